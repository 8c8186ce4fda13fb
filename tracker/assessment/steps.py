"""What one commitment is judged by: its steps, their changes and the reports, with what evidence.sql says of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.assessment.drift import in_order
from tracker.assessment.reading import Reading
from tracker.models import Milestone, PlanChange, PolicyAction, ProgressUpdate


class StepState(TextChoices):
    """Where one step is, in the order in which the first that holds is told."""

    MET = "met", _("met")
    DROPPED = "dropped", _("dropped")
    SAID = "said", _("said to be met, not proved")
    LOST = "lost", _("no longer met")
    UNDATED = "undated", _("no date")
    LATE = "late", _("late")
    NOT_DUE = "not-due", _("not due yet")


class Word(TextChoices):
    """What a report on a step does: only what is proved counts, and only what was told can be taken back."""

    MET = "met", _("met")
    SAID = "said", _("said to be met")
    LOST = "lost", _("no longer met")
    OPEN = "open", _("not met")


SAYS = {StepState.MET: Word.MET, StepState.SAID: Word.SAID, StepState.LOST: Word.LOST}
"""What the report said by which a step is where it is."""


@dataclass(frozen=True)
class Step:
    """A milestone with its row of plan_steps(), and the reports on it that count, the oldest first.

    A redacted milestone has no row, and no state.
    """

    number: int
    milestone: Milestone
    on: date
    row: Mapping[str, Any] | None = None
    reports: Sequence[tuple[ProgressUpdate, bool]] = ()
    """Each with whether it is evidence."""

    @cached_property
    def words(self) -> dict[int, Word]:
        """By report; of several in a row that say the same each says it."""
        found: dict[int, Word] = {}
        met = False
        for report, evidence in self.reports:
            if report.met:
                found[report.pk] = Word.MET if evidence else Word.SAID
                met = True
            else:
                found[report.pk] = Word.LOST if met else Word.OPEN
                met = False
        return found

    @cached_property
    def turns(self) -> list[tuple[ProgressUpdate, Word]]:
        """The reports after which it stands otherwise than before: what a chart of it shows."""
        turns: list[tuple[ProgressUpdate, Word]] = []
        for report, _evidence in self.reports:
            word = self.words[report.pk]
            before = turns[-1][1] if turns else Word.OPEN
            if word != before and not (word == Word.SAID and before == Word.MET):
                turns.append((report, word))
        return turns

    @property
    def proved(self) -> bool:
        return bool(self.row and self.row["proved"])

    @property
    def report(self) -> ProgressUpdate | None:
        """The one by which it stands as it does: of the proof the first that nobody took back."""
        wanted = SAYS.get(self.state) if self.state else None
        turns = [report for report, word in self.turns if word == wanted]
        return turns[-1] if turns else None

    @property
    def days_late(self) -> int:
        """Against the plan as first published; 0 while it is not late."""
        due = self.row["due_on"] if self.row else None
        return max((self.on - due).days, 0) if due else 0

    @property
    def days_to_go(self) -> int:
        """Under the current plan, until the last day on which it may be due."""
        due = self.row["due_on_now"] if self.row else None
        return (due - self.on).days if due else 0

    @property
    def due_now_passed(self) -> bool:
        return bool(self.row and self.row["due_on_now"] and self.row["due_on_now"] < self.on)

    @property
    def state(self) -> StepState | None:
        row = self.row
        if row is None:
            return None
        if row["proved"]:
            return StepState.MET
        if row["dropped"]:
            return StepState.DROPPED
        if row["said"]:
            return StepState.SAID
        if any(word == Word.LOST for _report, word in self.turns[-1:]):
            return StepState.LOST
        if row["due_on"] is None:
            return StepState.UNDATED
        return StepState.LATE if self.days_late else StepState.NOT_DUE


@dataclass(frozen=True)
class Facts:
    """All that stands in the edition, in the order in which pages tell it."""

    action: PolicyAction
    on: date
    milestones: list[Milestone]
    changes: list[PlanChange]
    reports: list[ProgressUpdate]
    """The newest first."""
    planned: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    """Of each milestone its row of plan_steps()."""
    told: Mapping[int, bool] = field(default_factory=dict)
    """Of each report that counts, whether it is evidence."""

    @classmethod
    def of(cls, reading: Reading, action: PolicyAction) -> "Facts":
        """Five queries, however much there is; for a reading that is open."""
        edition = reading.edition
        steps = Milestone.objects.in_edition(edition).filter(action=action).order_by("position", "code")
        milestones = list(steps.select_related("area", "drift", "edition", "citation__source"))
        changes = PlanChange.objects.in_edition(edition).filter(Q(action=action) | Q(milestone__in=milestones))
        reports = ProgressUpdate.objects.in_edition(edition).filter(action=action).order_by("-as_of", "code")
        planned = _rows("plan_steps", reading, action, False)
        told = _rows("told_reports", reading, action)
        return cls(
            action,
            reading.on,
            milestones,
            list(in_order(changes.select_related("milestone", "edition", "citation__source"))),
            list(reports.select_related("body", "area", "milestone", "waiting_on", "edition", "citation__source")),
            {row["milestone_id"]: row for row in planned},
            {row["update_id"]: row["evidence"] for row in told},
        )

    @cached_property
    def steps(self) -> list[Step]:
        return [
            Step(number, milestone, self.on, self.planned.get(milestone.pk), self._counting(milestone))
            for number, milestone in enumerate(self.milestones, 1)
        ]

    def _counting(self, milestone: Milestone) -> list[tuple[ProgressUpdate, bool]]:
        """The reports that plan_steps() hears for the whole: of two on one day "not met" comes last."""
        home = milestone.area_id or self.action.area_id
        heard = [
            report
            for report in self.reports
            if report.milestone_id == milestone.pk
            and report.pk in self.told
            and (report.area_id in (None, home) or (milestone.area_id is None and not report.met))
        ]
        heard.sort(key=lambda report: (report.as_of, not report.met))
        return [(report, self.told[report.pk]) for report in heard]


def _rows(function: str, reading: Reading, action: PolicyAction, *more: Any) -> list[dict[str, Any]]:
    """What a function of the edition and the day says of one commitment."""
    places = ", ".join(["%s"] * (2 + len(more)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}({places}, %s::bigint[])",
            [reading.edition.pk, reading.on, *more, [action.pk]],
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def ratio(earned: Decimal | None, planned: Decimal | None) -> Decimal | None:
    """The weight proved ÷ the weight due; None where nothing was due."""
    return earned / planned if earned is not None and planned else None
