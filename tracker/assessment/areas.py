"""Area × measure: which area has a figure of its own, and which is told only together with others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Func, IntegerField, TextChoices
from django.utils.translation import gettext_lazy as _

from provinces.models import COUNTRY, Area
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.models import Indicator, MetricSnapshot
from tracker.models.snapshots import WITH_VALUE

type Cells = Mapping[tuple[str, int], MetricSnapshot]


class CellState(TextChoices):
    """What is known of one measure in one area. Exactly one of these holds."""

    FIGURE = "figure", _("a figure")
    REDACTED = "redacted", _("redacted")
    JOINT_ONLY = "joint-only", _("joint only")
    WITHHELD = MetricSnapshot.Status.WITHHELD.value, _("withheld")
    NOT_COLLECTED = MetricSnapshot.Status.NOT_COLLECTED.value, _("not collected")
    NOT_APPLICABLE = MetricSnapshot.Status.NOT_APPLICABLE.value, _("not applicable")
    NOT_FOUND = MetricSnapshot.Status.NOT_FOUND.value, _("no public figure found")
    NONE = "none", _("no figure recorded")


@dataclass(frozen=True)
class Cell:
    """The state of one measure in one area, the statement behind it, and the groups that tell it jointly."""

    area: Area
    indicator: Indicator
    state: CellState
    snapshot: MetricSnapshot | None = None
    joint_with: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaMatrix:
    """The leading figure of every indicator in every area; nothing is split, summed or averaged."""

    areas: list[Area]
    indicators: list[Indicator]
    figures: Cells
    without_value: Cells

    @classmethod
    def of(cls, reading: Reading, indicators: Iterable[Indicator]) -> "AreaMatrix":
        wanted = list(indicators)
        found = headlines(reading).filter(series__indicator__in=wanted)
        statements = (
            MetricSnapshot.objects.in_edition(reading.edition)
            .filter(series__indicator__in=wanted, value=None)
            .select_related("series__indicator", "citation__source")
            .order_by(F("as_of").asc(nulls_first=True), "pk")
        )
        return cls(
            list(Area.objects.all()),
            wanted,
            {(row.series.area_id, row.series.indicator_id): row for row in found},
            {(row.series.area_id, row.series.indicator_id): row for row in statements},
        )

    @cached_property
    def units(self) -> list[Area]:
        return [area for area in self.areas if area.kind in Area.UNIT_KINDS and area.valid_to is None]

    @cached_property
    def redacted(self) -> dict[tuple[str, int], MetricSnapshot]:
        """Where there is no figure but there was one. It counts for nothing and keeps its place."""
        return {key: row for key, row in self.without_value.items() if row.redacted_in_id and key not in self.figures}

    @cached_property
    def told(self) -> frozenset[tuple[str, int]]:
        """Where anything is said at all: a figure, a redacted one, or why there is none."""
        return frozenset([*self.figures, *self.without_value])

    @cached_property
    def rows(self) -> list[Area]:
        """Units, then groups and former units of which anything is said, then the country; in their order."""
        told = {area for area, _indicator in self.told}
        return [
            area for area in self.areas if area in self.units or area.code in told or area.kind == Area.Kind.COUNTRY
        ]

    @cached_property
    def groups(self) -> list[Area]:
        return [area for area in self.areas if area.is_group]

    def jointly(self, area: Area, indicator: Indicator) -> tuple[str, ...]:
        """The groups with a figure that the area is counted in, where it has none of its own."""
        if (area.code, indicator.pk) in self.figures:
            return ()
        return tuple(
            group.code
            for group in self.groups
            if area.code in group.member_codes and (group.code, indicator.pk) in self.figures
        )

    def joint_only(self, area: Area, indicator: Indicator) -> bool:
        """Whether the area is counted only together with others."""
        return bool(self.jointly(area, indicator))

    def cell(self, area: Area, indicator: Indicator) -> Cell:
        """What is known there: a figure; that one was redacted; a joint figure; why there is none; or nothing."""
        key = (area.code, indicator.pk)
        if figure := self.figures.get(key):
            return Cell(area, indicator, CellState.FIGURE, figure)
        if lost := self.redacted.get(key):
            return Cell(area, indicator, CellState.REDACTED, lost)
        if groups := self.jointly(area, indicator):
            return Cell(area, indicator, CellState.JOINT_ONLY, joint_with=groups)
        if stated := self.without_value.get(key):
            return Cell(area, indicator, CellState(stated.status), stated)
        return Cell(area, indicator, CellState.NONE)

    def told_below_country(self, indicator: Indicator) -> bool:
        """Whether anything is said of any area or group, and not of the country alone."""
        return any(pk == indicator.pk and area != COUNTRY for area, pk in self.told)

    def covered(self, indicator: Indicator) -> int:
        """How many of the units have a figure of their own."""
        return sum((unit.code, indicator.pk) in self.figures for unit in self.units)


@dataclass(frozen=True)
class OnePeriod:
    """What is said of every area for one and the same period: the only figures of areas to set side by side."""

    indicator: Indicator
    units: list[Area]
    figures: Mapping[str, MetricSnapshot]
    redacted: frozenset[str]
    """Areas of which a figure was told for that period and then redacted; it is no figure."""

    @classmethod
    def of(cls, reading: Reading, indicator: Indicator) -> "OnePeriod | None":
        """The period that most units have a figure for, the latest of several; None if there is no figure."""
        return next(cls.of_each(reading, [indicator]), None)

    @classmethod
    def of_each(cls, reading: Reading, indicators: Iterable[Indicator]) -> "Iterator[OnePeriod]":
        """The same of several, in their order; those without a figure are left out.

        In a period the better attributed statement stands for an area, then the newest publication.
        """
        wanted = list(indicators)
        said = (
            MetricSnapshot.objects.in_edition(reading.edition)
            .filter(series__indicator__in=wanted, status__in=WITH_VALUE)
            .select_related("series__indicator", "series__area", "citation__source")
            .annotate(rank=Func(F("citation__attribution"), function="attribution_rank", output_field=IntegerField()))
            .order_by("rank", F("citation__source__published").desc(nulls_last=True), "-as_of", "-pk")
        )
        units = list(Area.objects.units())
        told: dict[int, list[MetricSnapshot]] = defaultdict(list)
        for snapshot in said:
            told[snapshot.series.indicator_id].append(snapshot)
        for indicator in wanted:
            if found := cls._widest(indicator, units, told[indicator.pk]):
                yield found

    @classmethod
    def _widest(cls, indicator: Indicator, units: list[Area], said: list[MetricSnapshot]) -> "OnePeriod | None":
        periods: dict[Any, dict[str, MetricSnapshot]] = {}
        redacted: dict[Any, set[str]] = defaultdict(set)
        for snapshot in said:
            period = (snapshot.period_start, snapshot.period_end, _source_of_undated(snapshot))
            if snapshot.value is None:
                redacted[period].add(snapshot.series.area_id)
            else:
                periods.setdefault(period, {}).setdefault(snapshot.series.area_id, snapshot)
        codes = {unit.code for unit in units}
        most = max(periods, key=lambda period: _reach(periods[period], codes), default=None)
        return None if most is None else cls(indicator, units, periods[most], frozenset(redacted[most]))

    @property
    def national(self) -> MetricSnapshot | None:
        return self.figures.get(COUNTRY)

    @cached_property
    def covered(self) -> int:
        return sum(unit.code in self.figures for unit in self.units)

    @property
    def any_figure(self) -> MetricSnapshot:
        return self.national or next(iter(self.figures.values()))


def _source_of_undated(snapshot: MetricSnapshot) -> int | None:
    """Statements without a period are of one period only if one source makes them."""
    if snapshot.period_end is not None or snapshot.citation is None:
        return None
    return snapshot.citation.source_id


def _reach(said: Mapping[str, MetricSnapshot], units: set[str]) -> tuple[int, Any]:
    """How many units are told, then how late; before all others where no source tells a day, nor has one itself."""
    latest = max(snapshot.as_of or date.min for snapshot in said.values())
    return len(units & set(said)), latest
