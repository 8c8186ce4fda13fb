"""Numbers for the attributes of an SVG, and printed axes.

A chart has no `viewBox`. Across, a place is a share of the width in per cent, so that one drawing
fits every screen without a script and its text keeps its size; down, it is a number of pixels.
None is a gap and never 0. Formatting and words are the templates' business.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Self

HUNDRED = Decimal(100)
STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def attribute(value: Decimal | int) -> str:
    """A number as SVG reads it: two decimals at most, no exponent, no trailing zeros."""
    text = f"{Decimal(value):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: Decimal | int) -> str:
    return f"{attribute(share)}%"


def whole(value: Decimal, rounding: str) -> Decimal:
    """The whole number below or above; Decimal's own // cuts towards zero."""
    return value.to_integral_value(rounding)


def step_for(span: Decimal, about: int) -> Decimal:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` into at most `about`."""
    rough = span / about
    power = Decimal(1).scaleb(rough.adjusted())
    return next(factor * power for factor in STEPS if factor * power >= rough)


@dataclass(frozen=True)
class Tick:
    value: Decimal
    at: str


@dataclass(frozen=True)
class Scale:
    """A printed axis from `low` to `high`."""

    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"a scale must rise: {self.low} to {self.high}")

    @classmethod
    def over(cls, values: Iterable[Decimal | int | None], *, from_zero: bool = True) -> Self:
        """The round scale that holds all values; a single value, or none, still gives a scale."""
        known = [Decimal(value) for value in values if value is not None] or [Decimal(0)]
        if from_zero:
            known.append(Decimal(0))
        low, high = min(known), max(known)
        if low == high:
            high = low + (abs(low) or 1)
        step = step_for(high - low, 4)
        return cls(whole(low / step, ROUND_FLOOR) * step, whole(high / step, ROUND_CEILING) * step)

    @classmethod
    def about(cls, values: Iterable[Decimal | int | None]) -> Self:
        """From zero, unless the values would then keep to the upper half of the axis; a chart says where it starts."""
        known = [Decimal(value) for value in values if value is not None]
        return cls.over(known, from_zero=not known or min(known) * 2 <= max(known))

    @classmethod
    def of_days(cls, first: date, last: date) -> Self:
        """A scale of time; give it the ordinals of days."""
        return cls(Decimal(first.toordinal()), Decimal(last.toordinal()))

    def share(self, value: Decimal | int) -> Decimal:
        """Where the value lies, in per cent of the axis; beyond its ends outside 0 to 100."""
        return (Decimal(value) - self.low) / (self.high - self.low) * HUNDRED

    def across(self, value: Decimal | int) -> str:
        return percent(self.share(value))

    def down(self, value: Decimal | int, height: int, top: int = 0) -> str:
        """The pixel of the value on an upright axis of `height` pixels that begins `top` below."""
        return attribute(top + height * (1 - self.share(value) / HUNDRED))

    def ticks(self, about: int = 4) -> list[Tick]:
        step = step_for(self.high - self.low, about)
        first = whole(self.low / step, ROUND_CEILING)
        count = int(whole(self.high / step, ROUND_FLOOR) - first) + 1
        return [Tick(v := (first + n) * step, self.across(v)) for n in range(count)]
