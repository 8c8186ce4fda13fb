"""A series against time: its figures and what it is to reach, as places on two printed axes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from azm.lib import charts
from azm.lib.charts import Plot, Point
from provinces.models import COUNTRY
from tracker.assessment.courses import Course
from tracker.assessment.pace import Distance
from tracker.models import Indicator, IndicatorBreak, MetricSnapshot, Target
from tracker.views.measured import Measured

SHAPES = ("disc", "square", "triangle", "diamond")
SHARES = 2
"""A projection widens the axis to so many times what else is to be shown; beyond, its dots run off the chart."""


@dataclass(frozen=True)
class Aim:
    """What is to be reached, and the way there: from the baseline through interim targets to the day that is set."""

    distance: Distance
    level: str
    end: Point | None
    path: list[tuple[Point, Point]]


@dataclass(frozen=True)
class Gap:
    """A time for which a source says that there is no figure, and why."""

    band: charts.Span
    status: str
    middle: Any


class TimeChart:
    """The places of one course. Words and numbers to read are added by `chartwords`."""

    def __init__(self, measured: Measured, course: Course, height: int = 240, top: int = 36) -> None:
        self.measured, self.course = measured, course
        self.indicator, self.today = measured.indicator, measured.reading.on
        self.distances = measured.aims(course)
        self.plot = Plot.over(self._days(), self._values(), height, top)

    # Axes

    @cached_property
    def at_the_end(self) -> bool:
        """Whether a figure stands at the last day of its period, as pace is reckoned; else over the middle of it."""
        judged = any(distance.baseline_id and distance.target.due for distance in self.distances)
        return judged or self.indicator.behaviour == Indicator.Behaviour.CUMULATIVE

    def day(self, row: MetricSnapshot) -> date:
        assert row.as_of is not None
        if row.period_end is None or self.at_the_end:
            return row.as_of
        first: date = (row.period_start or row.period_end).first_day
        last: date = row.period_end.last_day
        return first + (last - first) / 2

    def _days(self) -> list[date]:
        rows = [*self.course.figures, *(rival for rival, _figure in self.course.rivals), *self.course.missing]
        ends = [distance.target.due.last_day for distance in self.distances if distance.target.due]
        known = [*map(self.day, rows), *ends, *([self.today] if self.distances else [])]
        limit = min(known) + (max(known) - min(known)) * SHARES
        years = [distance.projected for distance in self.distances if distance.projected]
        return [*known, *(date(year, 12, 31) for year in years if date(year, 7, 1) <= limit)]

    def _values(self) -> list[Any]:
        """From zero where a share of what is required is to be seen."""
        zero = [0 for distance in self.distances if distance.target.basis == Target.Basis.REQUIREMENT]
        rows = [*self.course.figures, *(rival for rival, _figure in self.course.rivals)]
        return [*zero, *(row.value for row in rows), *(distance.required for distance in self.distances)]

    # Marks

    def point(self, row: MetricSnapshot) -> Point:
        assert row.value is not None
        return self.plot.point(self.day(row), row.value)

    @cached_property
    def points(self) -> list[Point]:
        return [self.point(row) for row in self.course.figures]

    @cached_property
    def pieces(self) -> list[tuple[Point, Point]]:
        return [(self.point(earlier), self.point(later)) for earlier, later in self.course.joined]

    @cached_property
    def rivals(self) -> list[tuple[Point, Point]]:
        return [(self.point(rival), self.point(figure)) for rival, figure in self.course.rivals]

    @cached_property
    def replaced(self) -> list[tuple[Point, Point, bool]]:
        """Where the value first published lies; at the edge, and whether it is there because it is off the scale."""
        found = []
        for old, new in self.course.replaced:
            low, high = self.plot.values.low, self.plot.values.high
            assert old.value is not None
            value = min(max(old.value, low), high)
            found.append((self.plot.point(self.day(new), value), self.point(new), value != old.value))
        return found

    @cached_property
    def publishers(self) -> dict[str, str]:
        """Which shape the figures of a publisher have; the most told first. The last shape is for all others."""
        names = [publisher(row) for row in self.course.figures]
        ranked = sorted(set(names), key=lambda name: (-names.count(name), names.index(name)))
        return {name: SHAPES[min(rank, len(SHAPES) - 1)] for rank, name in enumerate(ranked)}

    @cached_property
    def baselines(self) -> list[Point]:
        found = [distance.baseline for distance in self.distances if distance.baseline]
        return list({row.pk: self.point(row) for row in found if row.as_of and row in self.course.figures}.values())

    @cached_property
    def gaps(self) -> list[Gap]:
        """Missing periods next to each other are one band."""
        found: list[tuple[date, date, str]] = []
        for first, last, status in sorted(self._missing()):
            if found and found[-1][2] == status and first <= found[-1][1] + timedelta(days=1):
                found[-1] = (found[-1][0], max(last, found[-1][1]), status)
            else:
                found.append((first, last, status))
        bands = [(self.plot.band(first, last), status, first + (last - first) / 2) for first, last, status in found]
        return [Gap(band, status, self.plot.days.share(day.toordinal())) for band, status, day in bands if band]

    def _missing(self) -> Iterator[tuple[date, date, str]]:
        days = sorted(self.day(row) for row in [*self.course.figures, *self.course.missing])
        for row in self.course.missing:
            if row.period_start and row.period_end:
                yield row.period_start.first_day, row.period_end.last_day, row.status
            else:  # of a day: half-way to what is told before and after it
                day = self.day(row)
                before = max((other for other in days if other < day), default=self.plot.first)
                after = min((other for other in days if other > day), default=self.plot.last)
                yield day - (day - before) / 2, day + (after - day) / 2, row.status

    @cached_property
    def breaks(self) -> list[tuple[IndicatorBreak, Any]]:
        """Where what is counted changed; in the middle, where the month or the year is known only."""
        known = [(row, row.on.first_day + (row.on.last_day - row.on.first_day) / 2) for row in self.measured.breaks
                 if not row.redacted_in_id]  # fmt: skip
        return [(row, self.plot.days.share(day.toordinal())) for row, day in known if self.plot.holds(day)]

    @property
    def today_at(self) -> Any:
        return self.plot.days.share(self.today.toordinal()) if self.plot.holds(self.today) else None

    # What is to be reached

    @cached_property
    def aims(self) -> list[Aim]:
        return [self._aim(distance) for distance in self.distances]

    def _aim(self, distance: Distance) -> Aim:
        due = distance.target.due
        end = self.plot.point(due.last_day, distance.required) if due else None
        return Aim(
            distance,
            self.plot.down(distance.required),
            end,
            self._path(distance, end) if end else [],
        )

    def _path(self, distance: Distance, end: Point) -> list[tuple[Point, Point]]:
        """The way that pace is reckoned against; none across a break, and none to where it already is."""
        baseline = distance.baseline
        if baseline is None or baseline.as_of is None or distance.broken or distance.holds or baseline.as_of >= end.day:
            return []
        marks = self.measured.marks.get((distance.series_id, distance.action_id), [])
        between = [mark for mark in marks if mark.value is not None and baseline.as_of < _due(mark) < end.day]
        places = [
            self.point(baseline),
            *(self.plot.point(_due(mark), mark.value or Decimal(0)) for mark in sorted(between, key=_due)),
            end,
        ]
        return list(pairwise(places))

    @cached_property
    def projections(self) -> list[tuple[Point, Point, int]]:
        """From the latest figure to the year that the assessment names: to its middle, for it names no day."""
        found = {}
        for distance in self.distances:
            if distance.projected is None or distance.reached not in self.course.figures:
                continue
            start, middle = self.point(distance.figure), date(distance.projected, 7, 1)
            arrival = middle if middle > start.day else date(distance.projected, 12, 31)
            if arrival > start.day:
                end = self.plot.point(arrival, distance.required)
                found[distance.projected, distance.required] = (start, end, distance.projected)
        return list(found.values())


def publisher(row: MetricSnapshot) -> str:
    return row.citation.source.publisher if row.citation else ""


def _due(mark: Target) -> date:
    assert mark.due is not None
    due: date = mark.due.last_day
    return due


def drawable(measured: Measured) -> list[TimeChart]:
    """The courses with enough to draw: several figures, or two with something to reach. The country first,
    then areas in their order.
    """
    charts = [TimeChart(measured, course) for course in measured.courses if course.figures]
    enough = [chart for chart in charts if chart.course.several or (len(chart.course.figures) > 1 and chart.distances)]
    return sorted(enough, key=lambda chart: (chart.course.area.code != COUNTRY, chart.course.area.position))
