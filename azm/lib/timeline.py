"""From dates to the places of a chart of lanes: plans, evidence, reports and editions on one axis of time.

As in charts.py a place across is a share of the width in per cent, and down it is a number of pixels. A date that is
known by month or year only is a bar over all the days that it may be, and never one of them. Time runs from the left
in both languages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from azm.lib.charts import HUNDRED, Scale, percent
from azm.lib.partialdates import PartialDate

HEAD, LANE = 26, 38
"""The height of the axis, and of each lane below it."""
MOST_STEPS = 10
"""Numbers that a lane carries; with more of them only what needs eyes is drawn."""
APART = Decimal(4)
"""In per cent of the axis: marks that are closer than this share one label."""
ROOM = Decimal(9)
"""What the word "today" needs on either side, where no other label of the axis then stands."""


@dataclass(frozen=True)
class Event:
    """Something with a date, in a lane; `number` is that of its step or edition."""

    lane: str
    kind: str
    on: PartialDate
    number: int | None = None


@dataclass(frozen=True)
class Mark:
    """A shape at a day; or the bar, with its shape in the middle, of a date that is not known to the day."""

    kind: str
    x: str
    start: str = ""
    width: str = ""


@dataclass(frozen=True)
class Label:
    """The numbers of marks that stand together: "1", "2, 4" or "5–7"."""

    text: str
    x: str


@dataclass(frozen=True)
class Lane:
    name: str
    top: int
    marks: list[Mark]
    labels: list[Label]

    @property
    def bottom(self) -> int:
        return self.top + LANE


@dataclass(frozen=True)
class Tick:
    """The first day of a year, or of July; without `named` there is only its line."""

    day: date
    at: str
    named: bool

    @property
    def is_year(self) -> bool:
        return self.day.month == 1


@dataclass(frozen=True)
class Lanes:
    lanes: list[Lane]
    ticks: list[Tick]
    today: str
    today_anchor: str
    kinds: list[str] = field(default_factory=list)
    """Every kind of mark that occurs, in the order of the lanes: what a legend has to explain."""

    @property
    def height(self) -> int:
        return HEAD + LANE * len(self.lanes)


def lanes(events: Iterable[Event], today: date, order: Sequence[str], kept: Sequence[str] = ()) -> Lanes | None:
    """The lanes that hold something, in this order, and those that are `kept` empty; None if nothing has a date.

    An empty lane says that nothing is on record where something could be.
    """
    found = sorted(events, key=lambda event: (order.index(event.lane), event.on, event.number or 0))
    if not found:
        return None
    days = axis([*(event.on for event in found), PartialDate.of(today)])
    names = [name for name in order if name in kept or any(event.lane == name for event in found)]
    drawn = [
        _lane(name, HEAD + LANE * place, [event for event in found if event.lane == name], days)
        for place, name in enumerate(names)
    ]
    now = days.share(today.toordinal())
    return Lanes(
        drawn,
        ticks(days, now),
        percent(now),
        "end" if now > HUNDRED - ROOM / 2 else "start" if now < ROOM / 2 else "middle",
        list(dict.fromkeys(event.kind for event in found)),
    )


def axis(dates: Iterable[PartialDate]) -> Scale:
    """Whole half-years around all the days that the dates may be, with room for a mark at either end."""
    known = list(dates)
    first = _half(min(day.first_day for day in known) - timedelta(days=15))
    last = _half(max(day.last_day for day in known) + timedelta(days=15))
    return Scale.of_days(first, _next_half(last))


def _half(day: date) -> date:
    return date(day.year, 1 if day.month < 7 else 7, 1)


def _next_half(half: date) -> date:
    return date(half.year, 7, 1) if half.month == 1 else date(half.year + 1, 1, 1)


def ticks(days: Scale, today: Decimal) -> list[Tick]:
    """Years and, while there are few, each July between them; none is named where "today" needs the room."""
    first, last = (date.fromordinal(int(end)) for end in (days.low, days.high))
    years = last.year - first.year
    every = 1 if years <= 10 else 2 if years <= 20 else 5
    months = (1, 7) if years <= 4 else (1,)
    starts = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in months]
    shown = [day for day in starts if first <= day <= last and day.year % every == 0]
    return [
        # At the very end the name would leave the drawing.
        Tick(day, percent(at), named=abs(at - today) >= ROOM and at <= HUNDRED - ROOM / 2)
        for day in shown
        for at in [days.share(day.toordinal())]
    ]


def _lane(name: str, top: int, events: Sequence[Event], days: Scale) -> Lane:
    numbered = [(_middle(event.on, days), event.number) for event in events if event.number is not None]
    return Lane(name, top, [_mark(event, days) for event in events], labels(numbered))


def _middle(on: PartialDate, days: Scale) -> Decimal:
    if on.precision == "day":
        return days.share(on.first_day.toordinal())
    return (days.share(on.first_day.toordinal()) + days.share(on.last_day.toordinal() + 1)) / 2


def _mark(event: Event, days: Scale) -> Mark:
    middle = percent(_middle(event.on, days))
    if event.on.precision == "day":
        return Mark(event.kind, middle)
    start, end = (days.share(day.toordinal()) for day in (event.on.first_day, event.on.last_day + timedelta(days=1)))
    return Mark(event.kind, middle, percent(start), percent(end - start))


def labels(numbered: Iterable[tuple[Decimal, int]]) -> list[Label]:
    """One label for each group of marks that stand close together, over its middle."""
    groups: list[list[tuple[Decimal, int]]] = []
    for place, number in sorted(numbered):
        if groups and place - groups[-1][-1][0] < APART:
            groups[-1].append((place, number))
        else:
            groups.append([(place, number)])
    return [Label(spelt(number for _place, number in group), percent(_between(group))) for group in groups]


def _between(group: Sequence[tuple[Decimal, int]]) -> Decimal:
    return (group[0][0] + group[-1][0]) / 2


def spelt(numbers: Iterable[int]) -> str:
    """ "3", "1, 4" and "2–5": each number once, three and more in a row as a range."""
    found = sorted(set(numbers))
    if len(found) > 2 and all(after == before + 1 for before, after in pairwise(found)):
        return f"{found[0]}–{found[-1]}"
    return ", ".join(map(str, found))
