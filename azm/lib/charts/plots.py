"""Charts against time: the places of days and values, of the years below them, and of bands between two days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Self

from azm.lib.charts.scales import Scale, Tick, attribute, percent
from azm.lib.charts.shapes import Span, span

LEAST_DAYS = 365
NAMED_FROM = Decimal(5)
"""A year of which less than this share of the axis is to be seen has no room for its name."""


@dataclass(frozen=True)
class Point:
    """A value on a day; `share` is `x` as a number, and `pixel` is `y`."""

    day: date
    value: Decimal
    share: Decimal
    pixel: Decimal

    @property
    def x(self) -> str:
        return percent(self.share)

    @property
    def y(self) -> str:
        return attribute(self.pixel)


@dataclass(frozen=True)
class YearMark:
    """A year on the axis: where it begins, if it does so on the axis, and where its name stands, if there is room."""

    number: int
    begins: str | None
    middle: str | None
    spare: bool
    """Whether narrow screens leave its name out."""


@dataclass(frozen=True)
class Plot:
    """The two printed axes. A value lies `top` pixels below the edge of the drawing, or up to `height` lower."""

    days: Scale
    values: Scale
    height: int = 240
    top: int = 36

    @classmethod
    def over(cls, days: Iterable[date], values: Iterable[Decimal | None], height: int = 240, top: int = 36) -> Self:
        """Axes that hold all of them: whole quarters, a year at least, and a round scale."""
        known = sorted(days)
        first, last = _quarter(known[0])[0], _quarter(known[-1])[1]
        while (last - first).days < LEAST_DAYS - 1:
            last = _quarter(last + timedelta(days=1))[1]
        return cls(Scale.of_days(first, last), Scale.about(values), height, top)

    @property
    def foot(self) -> int:
        return self.top + self.height

    @property
    def first(self) -> date:
        return date.fromordinal(int(self.days.low))

    @property
    def last(self) -> date:
        return date.fromordinal(int(self.days.high))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def point(self, day: date, value: Decimal) -> Point:
        down = self.top + self.height * (1 - self.values.share(value) / 100)
        return Point(day, value, self.days.share(day.toordinal()), down)

    def across(self, day: date) -> str:
        return self.days.across(day.toordinal())

    def down(self, value: Decimal) -> str:
        return self.values.down(value, self.height, self.top)

    def ticks(self) -> list[Tick]:
        """A figure at either end of the axis and between."""
        counted = (self.values.ticks(about) for about in range(4, 9))
        ends = (self.values.low, self.values.high)
        full = (ticks for ticks in counted if (ticks[0].value, ticks[-1].value) == ends)
        return next(full, self.values.ticks())

    def band(self, first: date, last: date) -> Span | None:
        """The strip of a time in which something is missing; None off the axis."""
        return span(first, last, self.days)

    def years(self, most: int = 12) -> list[YearMark]:
        """Every year on the axis, so many of them named as there is room for."""
        numbers = range(self.first.year, self.last.year + 1)
        every = -(-len(numbers) // most)
        return [self._year(number, every, narrow=len(numbers) > 6) for number in numbers]

    def _year(self, number: int, every: int, *, narrow: bool) -> YearMark:
        begins, ends = date(number, 1, 1), date(number, 12, 31)
        start, end = max(begins, self.first), min(ends, self.last)
        seen = self.days.share(end.toordinal() + 1) - self.days.share(start.toordinal())
        middle = self.days.share(start.toordinal()) + seen / 2
        nth = number - self.first.year
        named = seen >= NAMED_FROM and nth % every == 0
        return YearMark(
            number,
            begins=self.across(begins) if begins >= self.first else None,
            middle=percent(middle) if named else None,
            spare=narrow and nth // every % 2 == 1,
        )


def _quarter(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter that the day is in."""
    month = day.month - (day.month - 1) % 3
    after = date(day.year + 1, 1, 1) if month == 10 else date(day.year, month + 3, 1)
    return date(day.year, month, 1), after - timedelta(days=1)
