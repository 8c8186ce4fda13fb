"""How a judgement was worked out: its inputs with their citations and editions, the rule, and the thresholds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment import sentences
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Answers, Basis, State
from tracker.assessment.thresholds import THRESHOLDS, thresholds
from tracker.models import Milestone, PlanChange, PolicyAction, ProgressUpdate

RULES: dict[str, Any] = {
    State.DONE: gettext_lazy(
        "Every step is proved; without steps, completion is proved or every target of its series reached."
    ),
    State.ON_TRACK: gettext_lazy("No step is late; or the pace of its series is at least the threshold."),
    State.SLIPPING: gettext_lazy("A step is late, or the pace below that of being on track, and it is not behind."),
    State.BEHIND: gettext_lazy(
        "The weight of the steps proved is too small a part of the weight of those due, or a step is too late,"
        " or the pace of its series is too low."
    ),
    State.OVERDUE: gettext_lazy("The final date has passed, and it is not done."),
    State.NOTHING_DUE: gettext_lazy("No step was due, and the final date has not passed."),
    State.PAUSED: gettext_lazy("A body says that it has paused, and the final date has not passed."),
    State.DROPPED: gettext_lazy("It or all of its steps were dropped by a published change, or a body says so."),
    State.CANNOT_SAY: gettext_lazy("A link is missing without which there is nothing to judge by."),
    State.NOT_SCORED: gettext_lazy("It is recorded and never judged; the reason is published."),
}
USED: dict[str, tuple[str, ...]] = {
    Basis.STEPS: ("behind_below", "late_days"),
    Basis.SERIES: ("on_track_from", "behind_below", "least_elapsed", "usual_months", "grace_days"),
    Basis.DEADLINE: (),
    "": (),
}


@dataclass(frozen=True)
class Input:
    """A fact that counted, or did not: what it is, what it says, and the row that it is."""

    term: Any
    says: Any
    row: Any

    @property
    def citation(self) -> str:
        return self.row.citation.code if self.row.citation else ""

    @property
    def edition(self) -> int:
        return int(self.row.edition_id)


@dataclass(frozen=True)
class Working:
    """What a panel shows below a judgement."""

    sentence: SafeString
    rule: Any
    formula: list[str]
    inputs: list[Input]
    thresholds: list[tuple[Any, Decimal]] = field(default_factory=list)


def working(reading: Reading, action: PolicyAction, answers: Answers) -> Working:
    """Of the standing of a commitment as a whole; for a reading that is open."""
    values = thresholds()
    distances = list(_distances(action)) if answers.basis == Basis.SERIES else []
    return Working(
        sentence=sentences.of_commitment(answers, action, reading.on),
        rule=RULES[answers.state],
        formula=[*_formula(answers, values), *(str(sentences.of_series(distance)) for distance in distances)],
        inputs=[*_plan(reading, action), *_reports(reading, action), *_series(distances)],
        thresholds=[(THRESHOLDS[name], values[name]) for name in USED[answers.basis]],
    )


def _formula(answers: Answers, values: dict[str, Decimal]) -> Iterator[str]:
    if answers.basis == Basis.STEPS and answers.planned:
        ratio = answers.earned / answers.planned
        yield format_html(
            _("weight proved {earned} ÷ weight due {planned} = {ratio}; behind below {threshold}"),
            earned=number(answers.earned), planned=number(answers.planned), ratio=number(ratio, 2),
            threshold=number(values["behind_below"]),
        )  # fmt: skip
    if answers.days_late:
        yield format_html(
            _("the latest step is {days} days late; behind after {threshold}"),
            days=number(answers.days_late), threshold=number(values["late_days"]),
        )  # fmt: skip


def _rows(function: str, reading: Reading, action: PolicyAction, *more: Any) -> list[dict[str, Any]]:
    """What a function of the edition and the day says of one commitment."""
    places = ", ".join(["%s"] * (2 + len(more)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}({places}) WHERE action_id = %s",
            [reading.edition.pk, reading.on, *more, action.pk],
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _plan(reading: Reading, action: PolicyAction) -> Iterator[Input]:
    if action.due is not None:
        yield Input(_("Deadline"), date_long(action.due), action)
    steps = {step["milestone_id"]: step for step in _rows("plan_steps", reading, action, False)}
    for milestone in Milestone.objects.filter(pk__in=steps).select_related("citation").order_by("position", "code"):
        step = steps[milestone.pk]
        word = _("proved") if step["proved"] else _("said to be met, not proved") if step["said"] else _("not met")
        says = format_html(
            _("due {due}, weight {weight}: {word}"),
            due=date_long(milestone.due) or _("on no day"), weight=number(step["weight"]), word=word,
        )  # fmt: skip
        yield Input(in_language(milestone, "title"), says, milestone)
    changes = PlanChange.objects.in_edition(reading.edition).filter(Q(action=action) | Q(milestone__action=action))
    for change in changes.filter(redacted_in=None).select_related("milestone", "citation").order_by("edition", "code"):
        term = in_language(change.milestone, "title") if change.milestone else _("The commitment")
        kind = change.get_kind_display()
        yield Input(term, format_html("{} {}", kind, date_long(change.new_due)) if change.new_due else kind, change)


def _reports(reading: Reading, action: PolicyAction) -> Iterator[Input]:
    told = {report["update_id"]: report for report in _rows("told_reports", reading, action)}
    updates = ProgressUpdate.objects.filter(pk__in=told).select_related("body", "milestone", "citation")
    for update in updates.order_by("-as_of", "code"):
        said = update.get_status_display() if update.milestone is None else _("met") if update.met else _("not met")
        kind = _("evidence") if told[update.pk]["evidence"] else _("self-reported")
        term = in_language(update.body, "name") if update.body else update.get_channel_display()
        about = in_language(update.milestone, "title") if update.milestone else _("the commitment")
        yield Input(
            term,
            format_html(
                _("{about}: {said}, {day} ({kind})"), about=about, said=said, day=date_long(update.as_of), kind=kind
            ),
            update,
        )


def _distances(action: PolicyAction) -> Any:
    return Distance.objects.filter(action=action).select_related(
        "target__citation", "reached__citation", "baseline__citation", "whole__citation"
    )


def _series(distances: list[Distance]) -> Iterator[Input]:
    for distance in distances:
        required = number(distance.required) if distance.required is not None else ""
        due = date_long(distance.target.due) or _("no date")
        yield Input(
            distance.target.get_basis_display(),
            format_html(_("{value}, {day}"), value=required, day=due),
            distance.target,
        )
        for term, figure in (
            (_("Baseline"), distance.baseline),
            (_("Latest figure"), distance.reached),
            (_("All there are"), distance.whole),
        ):
            if figure is not None:
                yield Input(
                    term,
                    format_html(_("{value}, {day}"), value=number(figure.value), day=date_long(figure.as_of)),
                    figure,
                )
