"""What is late: commitments, their steps and figures, duties to report, and who holds up whom."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q, prefetch_related_objects
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment.latesteps import LateStep, late_steps
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Answers, Basis, State
from tracker.assessment.sentences import of_commitment, of_silence
from tracker.assessment.seriessentences import of_series
from tracker.assessment.silence import DutyState, duties
from tracker.assessment.waiting import waits
from tracker.frame import href
from tracker.models import ProgressUpdate, ReportingDuty
from tracker.naming import listed
from tracker.views.briefings.sheet import FEW, Group, Point, Sheet
from tracker.views.commitments import Commitment, owners

LATE: Final = (State.OVERDUE, State.BEHIND, State.SLIPPING)
CLOSED: Final = (State.DONE, State.DROPPED, State.NOT_SCORED)


def late(sheet: Sheet) -> list[Group]:
    """What holds on the day of the sheet, the worst first."""
    return [*_commitments(sheet), *_steps(sheet), *_targets(sheet), *_silence(sheet), *_waits(sheet)]


# Commitments


def _commitments(sheet: Sheet) -> Iterator[Group]:
    """Late by the plan as first published or, where that one cannot be judged, by the plan in force."""
    found = [commitment for commitment in sheet.gathered if _state(commitment) is not None]
    prefetch_related_objects([commitment.action.standing for commitment in found], "reported__citation__source")
    found.sort(key=lambda commitment: LATE.index(_state(commitment)))
    full = sheet.whole("actions")
    group = sheet.group("late-commitments", _("Commitments"), found, lambda one: _commitment(sheet, one), full)
    yield group if group.points else sheet.remark("late-commitments", _("Commitments"), _none_late(sheet))


def _state(commitment: Commitment) -> State | None:
    standing = commitment.action.standing
    states = (State(standing.state), State(standing.state_now))
    if states[0] in (State.CANNOT_SAY, *LATE):
        return next((state for state in states if state in LATE), None)
    return None


def _commitment(sheet: Sheet, commitment: Commitment) -> Point:
    action, standing = commitment.action, commitment.action.standing
    state: Any = _state(commitment)
    parts = [
        of_commitment(standing, action, sheet.reading.on),
        _since(standing, sheet),
        _("It is judged by its figures and their target.") if standing.basis == Basis.SERIES else "",
        format_html(_("Led by {}."), owners(commitment.leads)) if commitment.leads else _("Nobody is named for it."),
    ]
    return Point(
        about=in_language(action, "title"),
        url=href(sheet.request, action),
        state=state,
        word=state.label,
        words=_joined(parts),
        notes=sheet.notes.of(action.citation, standing.reported and standing.reported.citation),
    )


def _since(standing: Answers, sheet: Sheet) -> SafeString | str:
    """Since when, reckoned from the day that was missed first."""
    on = sheet.reading.on
    if standing.state == State.OVERDUE and standing.due_on is not None:
        days = (on - standing.due_on).days
        text = ngettext("Its deadline of {day} passed {n} day ago.", "Its deadline of {day} passed {n} days ago.", days)
        return format_html(text, day=date_long(standing.due_on), n=number(days))
    if standing.days_late:
        day = on - timedelta(standing.days_late)
        text = ngettext(
            "A step has been late since {day}, {n} day.", "A step has been late since {day}, {n} days.",
            standing.days_late,
        )  # fmt: skip
        return format_html(text, day=date_long(day), n=number(standing.days_late))
    return ""


def _none_late(sheet: Sheet) -> SafeString | str:
    """That nothing is called late, told with how many could be."""
    total, day = len(sheet.gathered), date_long(sheet.reading.on)
    dated = sum(commitment.action.chain.deadline for commitment in sheet.gathered)
    if not total:
        return _("No commitment is on record here, so none can be late.")
    if not dated:
        text = ngettext(
            "The {n} commitment has no published deadline, so nothing can be called late. That is not the same as being"
            " in time.",
            "None of {n} commitments has a published deadline, so nothing can be called late. That is not the same as"
            " being in time.",
            total,
        )
        return format_html(text, n=number(total))
    text = _("Of {n} commitments {dated} have a published deadline; none is late on {day}.")
    return format_html(text, n=number(total), dated=number(dated), day=day)


# Steps and targets


def _steps(sheet: Sheet) -> Iterator[Group]:
    open_still = [c.action.pk for c in sheet.gathered if c.action.standing.state not in CLOSED]
    full = sheet.whole("milestones")
    found, count = late_steps(open_still, FEW)
    yield sheet.group("steps", _("Steps past their day"), found, lambda step: _step(sheet, step), full, count)


def _step(sheet: Sheet, step: LateStep) -> Point:
    days = (sheet.reading.on - step.due).days
    text = ngettext("due {day}, {n} day ago", "due {day}, {n} days ago", days)
    word = _("only said to be met") if step.said else _("not met")
    told = [
        format_html(text, day=date_long(step.due), n=number(days)),
        word,
        _("dropped since") if step.dropped else "",
    ]
    return Point(
        about=in_language(step.milestone, "title"),
        url=href(sheet.request, step.milestone),
        words=format_html("{}: {}", in_language(step.milestone.action, "title"), format_html(_("{}."), listed(told))),
        notes=sheet.notes.of(step.milestone.citation),
    )


def _targets(sheet: Sheet) -> Iterator[Group]:
    found: list[Distance] = list(
        Distance.objects.filter(action__in=sheet.actions, state__in=LATE).told().order_by("action", "target")
    )
    found.sort(key=lambda distance: LATE.index(State(distance.state)))
    full = sheet.whole("distances")
    yield sheet.group(
        "targets", _("Figures against their target"), found, lambda one: _target(sheet, one), full, most=FEW
    )


def _target(sheet: Sheet, distance: Distance) -> Point:
    series = distance.series
    return Point(
        about=format_html("{}, {}", in_language(series.indicator, "name"), in_language(series.area, "short_name")),
        url=href(sheet.request, series.indicator),
        state=distance.state,
        word=distance.get_state_display(),
        words=format_html("{}: {}", in_language(distance.action, "title"), of_series(distance)),
        notes=sheet.notes.of(distance.target.citation, distance.reached and distance.reached.citation),
    )


# Reports that are due, and waits


def _silence(sheet: Sheet) -> Iterator[Group]:
    leads = {lead.body_id for commitment in sheet.gathered for lead in commitment.leads}
    of_leads = Q(policy=None, body__in=leads) if sheet.subject.kind == "policy" else Q()
    of_subject = duties().filter(sheet.subject.duties | of_leads)
    owed = list(of_subject.select_related("silence__last__citation__source"))
    silent = [duty for duty in owed if duty.silence.state == DutyState.SILENT]
    full = sheet.whole("silence")
    group = sheet.group("silence", _("Duties in silence"), silent, lambda duty: _duty(sheet, duty), full)
    yield group if group.points else sheet.remark("silence", _("Duties in silence"), _none_silent(len(owed)))


def _duty(sheet: Sheet, duty: ReportingDuty) -> Point:
    cited = duty.silence.last and duty.silence.last.citation
    return Point(
        about=in_language(duty.body, "name"),
        url=href(sheet.request, duty.body),
        words=of_silence(duty, duty.silence),
        notes=sheet.notes.of(duty.citation, cited),
    )


def _none_silent(owed: int) -> SafeString | str:
    if not owed:
        return _("No duty to report, published or accepted, is on record here; so nobody is called silent.")
    text = ngettext(
        "{n} duty to report is on record; it is not in silence.",
        "{n} duties to report are on record; none is in silence.",
        owed,
    )
    return format_html(text, n=number(owed))


def _waits(sheet: Sheet) -> Iterator[Group]:
    found = list(waits().filter(sheet.subject.waits))
    full = sheet.whole("waiting")
    yield sheet.group("waiting", _("Waiting on somebody"), found, lambda wait: _wait(sheet, wait), full, most=FEW)


def _wait(sheet: Sheet, update: ProgressUpdate) -> Point:
    waiting: Any = update.waiting
    waiter = in_language(waiting.waiter, "name") if waiting.waiter else _("A commitment, as somebody else says")
    holder = in_language(waiting.holder, "name")
    needed = format_html(_("{} waits for {}: {}"), waiter, holder, in_language(update, "needed"))
    return Point(
        about=in_language(update.action, "title"),
        url=href(sheet.request, update),
        words=format_html(_("{}, since {}."), needed, date_long(waiting.since)),
        notes=sheet.notes.of(update.citation),
    )


def _joined(parts: list[Any]) -> SafeString:
    return format_html_join(" ", "{}", ((part,) for part in parts if part))
