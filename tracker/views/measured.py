"""What is recorded of one indicator in an edition: each kind of row is asked for once, whatever the page says of it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Func, QuerySet

from tracker.assessment import seriesworking
from tracker.assessment.comparable import FigurePair, Lead, by_weight
from tracker.assessment.courses import Course, courses
from tracker.assessment.headlines import is_headline
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import State
from tracker.models import Indicator, IndicatorBreak, MetricSnapshot, Target


@dataclass
class Measured:
    reading: Reading
    indicator: Indicator

    @cached_property
    def statements(self) -> list[Any]:
        """Every statement, by area, the latest first, with whether it leads its series."""
        rows = MetricSnapshot.objects.in_edition(self.reading.edition).filter(series__indicator=self.indicator)
        return list(
            rows.select_related("series__indicator", "series__area", "citation__source", "replaces")
            .annotate(leads=is_headline(self.reading))
            .order_by("series__area__position", "-as_of", "code")
        )

    @cached_property
    def series(self) -> list[int]:
        """Keys and not a query, so that the functions of the database look at these series only."""
        return list(self.indicator.series.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def pairs(self) -> list[FigurePair]:
        """What can be said of any two figures, what a reader must know first; with the statements themselves."""
        told = {statement.pk: statement for statement in self.statements}
        found = FigurePair.objects.filter(series__in=self.series).order_by(
            by_weight(), "series__area__position", "-figure__as_of", "figure__code", "other__code"
        )
        rows = [pair for pair in found if pair.figure_id in told and pair.other_id in told]
        for pair in rows:
            pair.figure, pair.other = told[pair.figure_id], told[pair.other_id]
            pair.series = pair.figure.series
        return rows

    @cached_property
    def leads(self) -> list[Lead]:
        return list(Lead.objects.filter(series__in=self.series).order_by("series__area__position"))

    @cached_property
    def leads_told(self) -> list[Lead]:
        """The same with the statements themselves."""
        told = {statement.pk: statement for statement in self.statements}
        found = [lead for lead in self.leads if lead.snapshot_id in told]
        for lead in found:
            lead.snapshot = told[lead.snapshot_id]
        return found

    @cached_property
    def courses(self) -> list[Course]:
        return courses(self.indicator, self.statements, self.pairs)

    @cached_property
    def targets(self) -> list[Target]:
        """Redacted ones keep their place."""
        stated = Target.objects.in_edition(self.reading.edition).filter(series__indicator=self.indicator)
        return list(
            stated.select_related("series__area", "action", "whole", "citation__source")
            .order_by("series__area__position", "due", "code")
        )  # fmt: skip

    @cached_property
    def distances(self) -> dict[int, Distance]:
        """How far each target is, by its key."""
        if not self.targets:
            return {}
        return {distance.target_id: distance for distance in Distance.objects.filter(series__in=self.series).told()}

    @cached_property
    def marks(self) -> seriesworking.Marks:
        """The interim targets, by series and commitment."""
        found: dict[tuple[int, int], list[Target]] = {}
        for target in self.targets:
            if target.interim and not target.redacted_in_id:
                found.setdefault((target.series_id, target.action_id), []).append(target)
        return found

    @cached_property
    def breaks(self) -> QuerySet[IndicatorBreak]:
        found = IndicatorBreak.objects.in_edition(self.reading.edition).filter(indicator=self.indicator)
        return found.select_related("citation__source").order_by(Func("on", function="lower"), "code")

    def aims(self, course: Course) -> list[Distance]:
        """What the series of a course is to reach, each value and date once; nothing where nothing is judged."""
        judged = [
            self.distances[target.pk]
            for target in self.targets
            if target.series_id == course.series and target.pk in self.distances
        ]
        with_value = [aim for aim in judged if aim.required is not None and aim.state != State.NOT_SCORED]
        return list({(aim.required, str(aim.target.due), aim.baseline_id): aim for aim in with_value}.values())
