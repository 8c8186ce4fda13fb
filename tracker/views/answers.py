"""The three answers of a commitment, side by side: what the body says, the evidence supports and the calendar says."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import date_long, english, in_language, number, share
from tracker.assessment.panel import RULES, Working
from tracker.assessment.schedule import Answers, Basis, State
from tracker.assessment.steps import Facts, StepState, ratio
from tracker.frame import href
from tracker.models import ProgressUpdate, ReportingDuty
from tracker.views.commitments import Commitment, about
from tracker.wording import drift_sentence, figure_with_unit

RATED = (State.ON_TRACK, State.SLIPPING, State.BEHIND, State.OVERDUE)
"""States that follow from the weight proved ÷ the weight due, which then stands beside them."""
GOING_ON = (ProgressUpdate.Status.NOT_STARTED, ProgressUpdate.Status.UNDER_WAY, ProgressUpdate.Status.PAUSED)


def answers(
    request: HttpRequest,
    commitment: Commitment,
    facts: Facts,
    duties: Sequence[ReportingDuty],
    working: Working,
) -> list[dict[str, Any]]:
    """The context of components/three_answers.html; `duties` are those of whoever leads it."""
    standing = commitment.action.standing
    return [
        {"question": _("What the body says"), **_said(request, standing, facts, duties)},
        {"question": _("What the evidence supports"), **_supported(request, commitment, facts)},
        {"question": _("What the calendar says"), **_scheduled(commitment, facts, working)},
    ]


# What the body says


def _said(request: HttpRequest, standing: Answers, facts: Facts, duties: Sequence[ReportingDuty]) -> dict[str, Any]:
    """In ink and between quotation marks, whatever it says: nothing of it is computed."""
    report = next((report for report in facts.reports if report.pk == standing.reported_id), None)
    silence = list(_silence(duties))
    if report is None:
        missing = _("No report on the commitment as a whole is on record.")
        if not duties:
            silence = [_("No duty to report is on record for whoever leads it, so this is not called silence.")]
        return {"moment": "silent", "word": _("No report"), "sentence": _joined([missing, *silence])}
    word = format_html(_("“{}”"), capfirst(report.get_status_display()))
    return {"moment": "report", "word": word, "said": True, "sentence": _joined([_speaker(request, report), *silence])}


def _speaker(request: HttpRequest, report: ProgressUpdate) -> str:
    """ "Ministry M, 14 October 2026; filed by the body. Source: Gazette"."""
    who = in_language(report.body, "name") if report.body else _("Somebody else")
    told = format_html(_("{}, {}; {}."), who, date_long(report.as_of), report.get_channel_display())
    if report.citation is None:
        return told
    publisher = english(report.citation.source.publisher)
    link = format_html('<a href="{}">{}</a>', href(request, report.citation), publisher)
    return format_html("{} {}", told, format_html(_("Source: {}."), link))


def _silence(duties: Sequence[ReportingDuty]) -> Iterator[str]:
    for duty in duties:
        if duty.silence.is_silent:
            days = duty.silence.days or 0
            text = ngettext("{} has been silent for {} day.", "{} has been silent for {} days.", days)
            yield format_html(text, in_language(duty.body, "name"), number(days))


# What the evidence supports


def _supported(request: HttpRequest, commitment: Commitment, facts: Facts) -> dict[str, Any]:
    standing = commitment.action.standing
    if standing.steps:
        return {"word": format_html(_("{} proved"), share(standing.evidenced)), "sentence": _proof(standing, facts)}
    if commitment.action.scored and commitment.figures:
        first = commitment.figures[0]
        name = format_html(_("{}:"), in_language(first.series.indicator, "name"))
        nothing = _("A figure, and no milestone that could be verified.")
        return {"word": figure_with_unit(first), "sentence": _joined([name, about(request, first), nothing])}
    nothing = _("No milestone is on record, so there is nothing to verify.")
    if not commitment.action.scored:
        return {"state": State.NOT_SCORED, "word": _("No milestone"), "sentence": nothing}
    return {"state": State.CANNOT_SAY, "word": _("Cannot say"), "sentence": nothing}


def _proof(standing: Answers, facts: Facts) -> str:
    """ "3 of 5 steps proved. 1 is only said to be met, which does not count. 1 is no longer met."."""
    proved, said = standing.steps_proved, standing.steps_said
    lost = sum(step.state == StepState.LOST for step in facts.steps)
    checked = sum(bool(step.report and step.report.checked_on) for step in facts.steps if step.proved)
    text = ngettext("{} of {} step proved.", "{} of {} steps proved.", standing.steps)
    parts = [format_html(text, number(proved), number(standing.steps))]
    if checked:
        text = ngettext("{} was checked by a reviewer.", "{} were checked by a reviewer.", checked)
        parts.append(format_html(text, number(checked)))
    if said:
        text = ngettext(
            "{} is only said to be met ({} of the weight), which does not count.",
            "{} are only said to be met ({} of the weight), which does not count.",
            said,
        )
        parts.append(format_html(text, number(said), share(standing.self_reported)))
    if lost:
        text = ngettext("{} is no longer met.", "{} are no longer met.", lost)
        parts.append(format_html(text, number(lost)))
    return _joined(parts)


# What the calendar says


def _scheduled(commitment: Commitment, facts: Facts, working: Working) -> dict[str, Any]:
    """Against the plan as first published; the current plan follows where it changed."""
    standing = commitment.action.standing
    earned_of_due = ratio(standing.earned, standing.planned)
    told = {
        "state": standing.state,
        "word": capfirst(standing.get_state_display()),
        "ratio": number(earned_of_due, 2) if standing.state in RATED and earned_of_due is not None else "",
        "sentence": _joined(_when(commitment, facts, working)),
    }
    changed = any(change.redacted_in_id is None for change in facts.changes)
    judged = standing.state not in (State.NOT_SCORED, State.DROPPED)
    return told | {"now": _now(standing, facts.on)} if changed and judged else told


def _when(commitment: Commitment, facts: Facts, working: Working) -> Iterator[str]:
    standing = commitment.action.standing
    if standing.state == State.NOT_SCORED:
        reason = in_language(commitment.action, "unscored_reason") or standing.get_reason_display()
        yield format_html(_("{}."), capfirst(reason))
        return
    if standing.state in (State.PAUSED, State.DROPPED):
        yield RULES[standing.state]
    if standing.basis == Basis.STEPS and standing.state != State.CANNOT_SAY:
        yield from _steps(standing, facts)
    elif standing.basis == Basis.SERIES:
        yield from working.formula[:1]
    elif standing.due_on is not None:
        text = _("It was due by {}.") if standing.due_on < facts.on else _("It is due by {}.")
        yield format_html(text, date_long(standing.due_on))
    elif standing.reason:
        yield format_html(_("{}."), capfirst(standing.get_reason_display()))


def _steps(standing: Answers, facts: Facts) -> Iterator[str]:
    due_on, on = standing.due_on, facts.on
    if due_on is not None and due_on < on and standing.planned == standing.weight:
        text = _("Under the plan as first published all was due by {}; {} proved.")
        yield format_html(text, date_long(due_on), _of(standing.earned, standing.weight, standing.steps))
    elif standing.planned:
        text = _("Under the plan as first published {} due by {}, {} proved.")
        due = _of(standing.planned, standing.weight, standing.steps)
        yield format_html(text, due, date_long(on), number(standing.earned))
    else:
        yield format_html(_("Nothing was due by {}."), date_long(on))
        coming = [step.row["due_on"] for step in facts.steps if step.row and step.row["due_on"]]
        if coming:
            yield format_html(_("The first step is due on {}."), date_long(min(coming)))
    if standing.days_late:
        text = ngettext(
            "The oldest open step is {} day late.", "The oldest open step is {} days late.", standing.days_late
        )
        yield format_html(text, number(standing.days_late))


def _of(part: Decimal | None, whole: Decimal | None, steps: int) -> str:
    """ "3 of 5 steps", or "55 of 100 points" where steps do not weigh the same as one another."""
    if whole == steps:
        return format_html(ngettext("{} of {} step", "{} of {} steps", steps), number(part), number(whole))
    return format_html(_("{} of {} points"), number(part), number(whole))


def _now(standing: Answers, on: date) -> dict[str, Any]:
    """The second clause: where it stands against the plan with its published changes."""
    earned_of_due = ratio(standing.earned_now, standing.planned_now)
    sentence = _("Under the current plan:")
    if standing.basis == Basis.STEPS and standing.planned_now is not None:
        left = standing.steps - standing.steps_dropped
        due = _of(standing.planned_now, standing.weight_now, left)
        sentence = format_html(_("Under the current plan {} due, {} proved:"), due, number(standing.earned_now))
    elif standing.due_on_now is not None:
        text = _("Under the current plan it was due by {}:")
        if standing.due_on_now >= on:
            text = _("Under the current plan it is due by {}:")
        sentence = format_html(text, date_long(standing.due_on_now))
    return {
        "sentence": sentence,
        "state": standing.state_now,
        "word": standing.get_state_now_display(),
        "ratio": number(earned_of_due, 2) if standing.state_now in RATED and earned_of_due is not None else "",
    }


# Where they contradict each other


def contradictions(commitment: Commitment, findings: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What one of the answers says against another, with where that is worked out."""
    standing, drift = commitment.action.standing, commitment.action.drift
    if standing.state == State.NOT_SCORED:
        return []
    remarked = any(row["rule"].code == "complete-unproved" for row in findings["rows"]) if findings else False
    found = [*_complete(standing, remarked=remarked), *_going_on(standing, drift)]
    if standing.state_now != standing.state:
        text = _("By the plan as first published: {}; by the current one: {}. {}")
        moved = drift_sentence(drift) if drift.moves else ""
        sentence = format_html(text, standing.get_state_display(), standing.get_state_now_display(), moved)
        found.append({"sentence": sentence, "url": "#milestones", "label": _("Both plans")})
    return found


def _complete(standing: Answers, *, remarked: bool) -> Iterator[dict[str, Any]]:
    """Reported complete, and not proved: a rule remarks on it where there are steps."""
    if standing.reported is None or standing.reported.status != ProgressUpdate.Status.COMPLETE:
        return
    where = {"url": "#findings", "label": _("The finding")} if remarked else {"url": "#how", "label": _("The working")}
    if standing.steps and standing.evidenced < 1:
        still_open = (standing.weight or Decimal(0)) - (standing.earned or Decimal(0))
        text = _("Reported complete; {} not proved.")
        yield {"sentence": format_html(text, _of(still_open, standing.weight, standing.steps)), **where}
    elif standing.state != State.DONE:
        yield {"sentence": _("Reported complete; that is not proved by anybody else."), **where}


def _going_on(standing: Answers, drift: Any) -> Iterator[dict[str, Any]]:
    """Reported as going on, and dropped by the plan, or done by all that it is judged by."""
    if standing.reported is None or standing.reported.status not in GOING_ON:
        return
    status = standing.reported.get_status_display()
    if drift.dropped or 0 < standing.steps == standing.steps_dropped:
        text = _("Reported as “{}”; a published change dropped it.")
        yield {"sentence": format_html(text, status), "url": "#timeline", "label": _("The timeline")}
    elif standing.state == State.DONE:
        text = _("Reported as “{}”; all that it is judged by says that it is done.")
        yield {"sentence": format_html(text, status), "url": "#how", "label": _("The working")}


def _joined(parts: Any) -> str:
    return format_html_join(" ", "{}", ((part,) for part in parts if part))
