"""The places of bars, tiles, dots, periods and strips."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from azm.lib.charts.scales import HUNDRED, Scale, Tick, percent


def chain_x(index: int, *, links: int = 7, rightwards: bool = True) -> int:
    """The centre of a link of the chain: 18 pixels wide, one every 20; it runs with the script."""
    place = index if rightwards else links - 1 - index
    return 9 + 20 * place


# Bars


@dataclass(frozen=True)
class Elapsed:
    """Shares of time between two bounds, both in per cent of the whole."""

    least: str
    most: str
    between: str | None


def elapsed(least: Decimal, most: Decimal) -> Elapsed:
    """The bar of elapsed time; one bound when the dates are known to the day. Never over the end."""
    least, most = (min(max(bound, Decimal(0)), HUNDRED) for bound in (least, most))
    return Elapsed(percent(least), percent(most), percent(most - least) if most > least else None)


@dataclass(frozen=True)
class Distance:
    """The places of a count and of what is required of all. The share itself is the assessment's to compute."""

    reached: Decimal
    required: Decimal
    required_most: Decimal | None
    reached_at: str
    required_at: str
    most_at: str | None
    stated_at: str | None
    short_at: str
    label_inside: bool
    short_fits: bool
    stated_before: bool
    ticks: list[Tick]


def distance(
    reached: Decimal,
    required: Decimal,
    *,
    required_most: Decimal | None = None,
    stated: Decimal | None = None,
) -> Distance:
    """The bar of a requirement. Two competing totals make a spread; `stated` is the source's own share in per cent."""
    if required <= 0:
        raise ValueError("a requirement of nothing has no distance")
    scale = Scale(Decimal(0), max(reached, required, required_most or required))
    here, there = scale.share(reached), scale.share(required)
    rival = None if stated is None else stated / HUNDRED * required
    return Distance(
        reached=reached,
        required=required,
        required_most=required_most,
        reached_at=percent(here),
        required_at=percent(there),
        most_at=None if required_most is None else scale.across(required_most),
        stated_at=None if rival is None else scale.across(rival),
        short_at=percent((here + there) / 2),
        label_inside=here >= 40,
        short_fits=there - here >= 30,
        stated_before=rival is not None and scale.share(rival) > 60,
        # The name of the requirement stands at the far end of the axis and needs its room.
        ticks=[tick for tick in scale.ticks(7) if scale.share(tick.value) <= 55],
    )


# Tiles

TILE, GAP = 88, 4


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    seams: tuple[tuple[int, int, int, int], ...] = ()


def tile(row: int, column: int) -> Box:
    return Box(column * (TILE + GAP), row * (TILE + GAP), TILE, TILE)


def joined_tile(cells: Sequence[tuple[int, int]]) -> Box | None:
    """One box over all (row, column) cells with a seam between neighbours; None if they leave gaps."""
    if not cells:
        return None
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    top, left, high, wide = min(rows), min(columns), len(rows), len(columns)
    full = {(top + r, left + c) for r in range(high) for c in range(wide)}
    if full != set(cells) or len(cells) != len(full):
        return None
    first, last = tile(top, left), tile(top + high - 1, left + wide - 1)
    right, bottom = last.x + TILE, last.y + TILE
    level = [last.y - GAP // 2 - r * (TILE + GAP) for r in range(high - 1)]
    upright = [last.x - GAP // 2 - c * (TILE + GAP) for c in range(wide - 1)]
    seams = [(first.x, y, right, y) for y in level] + [(x, first.y, x, bottom) for x in upright]
    return Box(first.x, first.y, right - first.x, bottom - first.y, tuple(seams))


def shade(value: Decimal | None, scale: Scale) -> int | None:
    """The step of the five-step ramp, 1 to 5; None where there is no figure."""
    if value is None:
        return None
    return min(max(int(scale.share(value) // 20) + 1, 1), 5)


def wrap(name: str, width: int = 12) -> list[str]:
    """A name in at most two lines, broken after a hyphen or at a space, as SVG does not break lines."""
    if len(name) <= width:
        return [name]
    breaks = [i + (name[i] == "-") for i, char in enumerate(name) if char in " -"]
    if not breaks:
        return [name]
    middle = min(breaks, key=lambda i: abs(2 * i - len(name)))
    return [name[:middle].strip(), name[middle:].strip()]


# Dots, years and periods


@dataclass(frozen=True)
class Dot:
    """A value on a level scale; its label stands before the dot where it would touch something."""

    at: str
    label_before: bool


def dot(value: Decimal | None, scale: Scale, *, line: Decimal | None = None) -> Dot | None:
    """Where a dot goes; `line` is the value of the reference line through all rows."""
    if value is None:
        return None
    share = scale.share(value)
    to_line = HUNDRED if line is None else scale.share(line) - share
    return Dot(percent(share), label_before=share > 88 or 0 < to_line < 12)


@dataclass(frozen=True)
class Year:
    """A year on an axis of time: where it begins, and where its name stands."""

    number: int
    begins: str
    middle: str


def years(days: Scale, every: int = 1) -> list[Year]:
    """The years whose first of January lies on the scale."""
    first, last = (date.fromordinal(int(end)) for end in (days.low, days.high))
    numbers = [n for n in range(first.year, last.year + 1) if date(n, 1, 1) >= first]
    middles = {n: min(Decimal(date(n, 7, 1).toordinal()), days.high) for n in numbers}
    return [Year(n, days.across(date(n, 1, 1).toordinal()), days.across(middles[n])) for n in numbers if n % every == 0]


@dataclass(frozen=True)
class Span:
    """A period on an axis of time; open where its end is not known."""

    start: str
    width: str
    end: str
    open: bool


def span(first: date | None, last: date | None, days: Scale) -> Span | None:
    """The bar of a period, cut to the scale; None where its beginning is unknown or off the scale."""
    if first is None or first.toordinal() >= days.high:
        return None
    start = max(days.share(first.toordinal()), Decimal(0))
    end = HUNDRED if last is None else min(days.share(last.toordinal() + 1), HUNDRED)
    if end <= start:
        return None
    return Span(percent(start), percent(end - start), percent(end), open=last is None)


# Strips


@dataclass(frozen=True)
class Segment:
    """A part of a strip: what it stands for, its places, and whether its shape has room in it."""

    of: str
    x: str
    middle: str
    width: str
    room: bool


def strip(counts: Iterable[tuple[str, int]], *, rightwards: bool = True) -> list[Segment]:
    """One bar divided by count, in the order of the counts; it runs with the script. Nothing has no segment."""
    parts = [(of, count) for of, count in counts if count]
    total = sum(count for _of, count in parts)
    segments: list[Segment] = []
    begun = 0
    for of, count in parts:
        start = begun if rightwards else total - begun - count
        width = HUNDRED * count / total
        x = HUNDRED * start / total
        segments.append(Segment(of, percent(x), percent(x + width / 2), percent(width), room=width >= 6))
        begun += count
    return segments
