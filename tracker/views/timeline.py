"""What happened to one commitment and when: lanes on one axis of time, and the same as a list, the newest first."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_bidi, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from azm.lib import timeline
from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import date_long, english, in_language, number
from azm.lib.timeline import Event
from tracker.assessment.reading import Reading
from tracker.assessment.steps import Facts, Step, StepState, Word
from tracker.models import Edition, PlanChange, PolicyEvent, ProgressUpdate
from tracker.wording import in_quotes

ORDER = ("plan", "first", "now", "evidence", "reports", "editions")
KEPT = ("evidence", "reports")
"""Lanes that are drawn empty too: that nothing is proved, or nobody reports, is news."""
LANES = {
    "plan": gettext_lazy("Plan"),
    "first": gettext_lazy("Original plan"),
    "now": gettext_lazy("Current plan"),
    "evidence": gettext_lazy("Evidence"),
    "reports": gettext_lazy("Reports"),
    "editions": gettext_lazy("Editions"),
}
KINDS = {
    "planned": gettext_lazy("step planned"),
    "final": gettext_lazy("deadline of the whole"),
    "met": gettext_lazy("met, with proof"),
    "lost": gettext_lazy("no longer met"),
    "report": gettext_lazy("report"),
    "said": gettext_lazy("step said to be met, not proved"),
    "redacted": gettext_lazy("report redacted"),
}
"""What a legend explains; an edition has its number below it."""


def timeline_context(reading: Reading, facts: Facts) -> dict[str, Any]:
    """The context of components/timeline.html. `facts.action` brings its drift, edition and citation."""
    listed = [*_happened(facts), *_promised(facts)]
    bare = not (facts.milestones or facts.changes or facts.reports)
    if bare:
        listed += policy_events(reading, facts)
    return {
        **(_chart(facts) if facts.action.drift.due_now or not bare else {}),
        "today": facts.on if bare else None,
        "entries": sorted(listed, key=lambda entry: entry["on"].last_day if entry["on"] else date.min, reverse=True),
    }


def _chart(facts: Facts) -> dict[str, Any]:
    """The lanes, and what stands beside them."""
    shown = _shown(facts.steps)
    dropped = facts.action.drift.dropped
    events = list(_drawn(facts, shown))
    chart = timeline.lanes(events, facts.on, ORDER, (*KEPT, "now") if dropped else KEPT)
    if chart is None or all(event.lane == "editions" for event in events):
        return {}  # a plan without a date, on which nobody reports
    left_out = len(facts.steps) - len(shown)
    return {
        "id": "timeline-chart",
        **named(chart),
        "description": _described(facts),
        "left_out": _left_out(left_out, len(facts.steps)) if left_out else "",
    }


def named(chart: timeline.Lanes) -> dict[str, Any]:
    """The lanes with their names, and the kinds of mark with the words that a legend explains them by."""
    empty = {"now": _("dropped")}
    return {
        "chart": chart,
        "lanes": [(lane, LANES[lane.name], empty.get(lane.name, _("none on record"))) for lane in chart.lanes],
        "legend": [(kind, word) for kind, word in KINDS.items() if kind in chart.kinds],
        "from_right": get_language_bidi(),
    }


def _left_out(left_out: int, all_steps: int) -> str:
    text = ngettext(
        "{} of {} steps is not drawn: only the next and the late ones are. The table below has all.",
        "{} of {} steps are not drawn: only the next and the late ones are. The table below has all.",
        left_out,
    )
    return format_html(text, number(left_out), number(all_steps))


# The lanes


def _shown(steps: Sequence[Step]) -> list[Step]:
    """All, while a lane can carry them; else those that are late or no longer met, and the next."""
    if len(steps) <= timeline.MOST_STEPS:
        return list(steps)
    missed = [step for step in steps if step.state in (StepState.LATE, StepState.LOST, StepState.SAID)]
    coming = sorted((step for step in steps if step.state == StepState.NOT_DUE), key=lambda step: step.days_to_go)
    chosen = {step.number for step in [*missed[-timeline.MOST_STEPS + 1 :], *coming[:1]]}
    return [step for step in steps if step.number in chosen]


def _drawn(facts: Facts, steps: Sequence[Step]) -> Iterator[Event]:
    yield from _plans(facts, steps)
    for step in steps:
        for report, word in step.turns:
            lane = "reports" if word == Word.SAID else "evidence"
            yield Event(lane, word.value, PartialDate.of(report.as_of), step.number)
    for report in facts.reports:
        if report.redacted_in_id is not None:
            yield Event("reports", "redacted", PartialDate.of(report.as_of))
        elif report.milestone_id is None:
            yield Event("reports", "report", PartialDate.of(report.as_of))
    for edition in _editions(facts):
        yield Event("editions", "edition", _day(edition), edition.pk)


def _plans(facts: Facts, steps: Sequence[Step]) -> Iterator[Event]:
    """One lane while the plan is as it was; else the first plan and the current one, each as it says."""
    things: list[tuple[Any, str, int | None]] = [(facts.action, "final", None)]
    things += [(step.milestone, "planned", step.number) for step in steps]
    changed = any(thing.drift.dropped or thing.drift.due_first != thing.drift.due_now for thing, _k, _n in things)
    for thing, kind, n in things:
        if thing.drift.due_first:
            yield Event("first" if changed else "plan", kind, thing.drift.due_first, n)
        if changed and thing.drift.due_now and not (thing.drift.dropped or facts.action.drift.dropped):
            yield Event("now", kind, thing.drift.due_now, n)


def _editions(facts: Facts) -> list[Edition]:
    """In which what the page tells of entered, each once."""
    rows: list[Any] = [facts.action, *facts.milestones, *facts.changes, *facts.reports]
    found = {row.edition_id: row.edition for row in rows}
    return [found[n] for n in sorted(found)]


def _day(edition: Edition) -> PartialDate:
    return PartialDate.of(timezone.localdate(edition.published_at))


def _described(facts: Facts) -> str:
    """What the chart shows, for those who do not see it: its numbers, of which the list below tells each."""
    met = sum(step.state == StepState.MET for step in facts.steps)
    reports = sum(report.milestone_id is None for report in facts.reports)
    counts = [
        ngettext("{} step planned", "{} steps planned", len(facts.steps)).format(len(facts.steps)),
        ngettext("{} proved to be met", "{} proved to be met", met).format(met),
        ngettext("{} report on the whole", "{} reports on the whole", reports).format(reports),
        ngettext("{} change of the plan", "{} changes of the plan", len(facts.changes)).format(len(facts.changes)),
    ]
    return _("{}. The list below tells each with its source.").format(_(", ").join(counts))


# The list


def _entry(
    row: Any, kind: str, on: PartialDate | None, text: str, account: str = "", details: Iterable[str] = ()
) -> dict[str, Any]:
    """One line of the list: what happened, what is said of it, and the row, which brings source and edition."""
    about = {"account": account, "details": list(details)}
    return {"row": row, "kind": kind, "on": on, "text": text, "code": row.code, **about}


def _happened(facts: Facts) -> Iterator[dict[str, Any]]:
    words = {pk: word for step in facts.steps for pk, word in step.words.items()}
    numbers = {step.milestone.pk: step.number for step in facts.steps}
    for report in facts.reports:
        word = words.get(report.pk)
        kind = "redacted" if report.redacted_in_id is not None else word.value if word else "report"
        text, account = _reported(report, word, numbers), in_language(report, "account")
        yield _entry(report, kind, PartialDate.of(report.as_of), text, account, _details(report))
    for change in facts.changes:
        on = change.announced or (change.citation.source.published if change.citation else None) or _day(change.edition)
        reason = format_html(_("Reason: {}"), in_language(change, "reason"))
        yield _entry(change, "change", on, _changed(change, numbers), reason)


def _reported(report: ProgressUpdate, word: Word | None, numbers: dict[int, int]) -> str:
    """ "Milestone 2 met: Posts filled.", or what a body says of the whole, between quotation marks."""
    who = in_language(report.body, "name") if report.body else _("Somebody else")
    if report.milestone is None:
        return format_html(_("{}: “{}”."), who, report.get_status_display())
    step, title = number(numbers.get(report.milestone_id or 0)), in_language(report.milestone, "title")
    texts = {
        Word.MET: _("Milestone {} met: {}."),
        Word.SAID: _("Milestone {} said to be met, not proved: {}."),
        Word.LOST: _("Milestone {} no longer met: {}."),
        Word.OPEN: _("Milestone {} not met: {}."),
    }
    # One that repeats another statement, or is about an area alone, says it and changes nothing for the whole.
    default = _("Milestone {} reported met: {}.") if report.met else _("Milestone {} reported not met: {}.")
    return format_html(texts[word] if word else default, step, title)


def _details(report: ProgressUpdate) -> Iterator[str]:
    if report.milestone is not None:
        yield in_language(report.body, "name") if report.body else report.get_channel_display()
    if report.area is not None:
        yield in_language(report.area, "name")
    if report.checked_on:
        text = _("Checked on {} against: {}")
        yield format_html(text, date_long(report.checked_on), english(report.checked_against))
    if report.waiting_on is not None:
        text = _("Waiting on {}: {}")
        yield format_html(text, in_language(report.waiting_on, "name"), in_language(report, "needed"))


def _changed(change: PlanChange, numbers: dict[int, int]) -> str:
    thing = _("the whole commitment")
    if change.milestone is not None:
        step, title = number(numbers.get(change.milestone_id or 0)), in_language(change.milestone, "title")
        thing = format_html(_("milestone {} ({})"), step, title)
    if change.kind == PlanChange.Kind.DROPPED:
        return format_html(_("Plan change: {} dropped."), thing)
    what: Any = ""
    if change.new_due:
        what = date_long(change.new_due)
    elif change.new_weight is not None:
        what = number(change.new_weight)
    elif change.new_wording:
        what = in_quotes(change, "new_wording")
    return format_html(_("Plan change: {}, {}: {}."), thing, change.get_kind_display(), what)


def _promised(facts: Facts) -> Iterator[dict[str, Any]]:
    """The document that words it, where its date is known; and the beginning that it names."""
    action = facts.action
    if action.citation is not None and (day := action.citation.source.published):
        yield _entry(action, "event", day, _("The document that words this commitment.")) | {"code": ""}
    if action.starts:
        yield _entry(action, "event", action.starts, _("The start that the source gives.")) | {"code": ""}


def policy_events(reading: Reading, facts: Facts) -> list[dict[str, Any]]:
    """What happened to the policy, for a commitment to which nothing has; searches for its text apart."""
    events = (
        PolicyEvent.objects.in_edition(reading.edition)
        .filter(policy=facts.action.policy_id)
        .exclude(kind=PolicyEvent.Kind.TEXT_SOUGHT)
        .select_related("edition", "citation__source")
    )
    return [_entry(event, "event", event.on, in_language(event, "account")) | {"code": ""} for event in events]
