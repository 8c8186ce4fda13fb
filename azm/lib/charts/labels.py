"""Where the labels of a chart go, so that none covers another: a few places are tried for each, the best one is taken.

How wide the drawing will be is not known, so that a place has to do on a phone and on a desk. Widths of text are
estimates, and generous.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from azm.lib.charts.scales import attribute, percent

type Anchor = Literal["start", "middle", "end"]
type Box = tuple[float, float, float, float]

PHONE, TABLET, DESK = WIDTHS = (270, 560, 880)
CHARACTER, LINE, SPACE, TALLER = 7.1, 15, 3, 7
ABOVE, BELOW = -11, 21
COVERS, TOUCHES, CROSSES = 1000, 30, 1
"""What it costs to cover another label or leave the drawing, to touch a mark, and to lie on a line."""


@dataclass(frozen=True)
class Place:
    """How far from its mark a label begins, and which end of it stands there."""

    dx: int
    dy: int
    anchor: Anchor


AROUND = (
    Place(0, ABOVE, "middle"), Place(0, BELOW, "middle"), Place(10, 5, "start"), Place(-10, 5, "end"),
    Place(4, ABOVE, "start"), Place(4, BELOW, "start"), Place(-4, ABOVE, "end"), Place(-4, BELOW, "end"),
    Place(0, 2 * ABOVE - 4, "middle"), Place(0, 2 * BELOW - 4, "middle"),
)  # fmt: skip
AFTER = (Place(10, BELOW, "start"), *AROUND)
BEFORE_THE_END = tuple(Place(0, dy, "end") for dy in (-7, 18, -23, 34))
AT_THE_START = tuple(Place(3, dy, "start") for dy in (BELOW, ABOVE, BELOW + 15, ABOVE - 15))


@dataclass(frozen=True)
class Label:
    """What is to be written at a place (`x` in per cent, `y` in pixels). `more` leaves the chart on a phone."""

    text: str
    x: Decimal
    y: Decimal
    css: str = ""
    more: str = ""
    places: tuple[Place, ...] = AROUND
    needed: bool = True
    """One that is not needed is left out where there is no room for it."""


@dataclass(frozen=True)
class Placed:
    label: Label
    place: Place
    tall: bool = False

    @property
    def x(self) -> str:
        return percent(self.label.x)

    @property
    def y(self) -> str:
        return attribute(self.label.y)

    @property
    def css(self) -> str:
        return f"{self.label.css} {self.place.anchor}".strip()


@dataclass(frozen=True)
class Marks:
    """What labels should keep clear of: marks, and lines from one place to another."""

    dots: tuple[tuple[Decimal, Decimal], ...] = ()
    lines: tuple[tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]], ...] = ()


def place(labels: Iterable[Label], marks: Marks, height: int, *, tall: bool = False) -> list[Placed]:
    """The labels in the order of their importance, each at the first of its places that costs least.

    A `tall` script, such as Nastaliq, needs more room above and below.
    """
    found: list[Placed] = []
    for label in labels:
        tried = [Placed(label, _apart(place) if tall else place, tall) for place in label.places]
        costs = [_cost(one, found, marks, height) for one in tried]
        if label.needed or min(costs) < COVERS:
            found.append(tried[costs.index(min(costs))])
    return found


def _apart(place: Place) -> Place:
    """Further from what the label stands above or below."""
    return replace(place, dy=place.dy + (TALLER if place.dy > 6 else -TALLER if place.dy < 0 else 0))


def _cost(one: Placed, others: list[Placed], marks: Marks, height: int) -> int:
    return sum(_cost_at(width, one, others, marks, height) for width in WIDTHS)


def _cost_at(width: int, one: Placed, others: list[Placed], marks: Marks, height: int) -> int:
    box = _box(one, width)
    outside = box[0] < -2 or box[2] > width + 2 or box[1] < 0 or box[3] > height
    covered = sum(_overlap(box, _box(other, width)) for other in others)
    touched = sum(_holds(box, x, y, width, 5) for x, y in marks.dots)
    crossed = sum(_holds(box, x, y, width, 1) for line in marks.lines for x, y in _along(line))
    return COVERS * (outside + covered) + TOUCHES * touched + CROSSES * crossed


def _box(one: Placed, width: int) -> Box:
    """The rectangle of a label: left, top, right, bottom."""
    label, put = one.label, one.place
    long = CHARACTER * len(label.text + ("" if width == PHONE else label.more))
    x = float(label.x) / 100 * width + put.dx
    left = x - {"start": 0.0, "middle": long / 2, "end": long}[put.anchor]
    foot = float(label.y) + put.dy + SPACE + (TALLER if one.tall else 0)
    return left, foot - LINE - (2 * TALLER if one.tall else 0), left + long, foot


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: Box, x: Decimal, y: Decimal, width: int, radius: int) -> bool:
    across, down = float(x) / 100 * width, float(y)
    return _overlap(box, (across - radius, down - radius, across + radius, down + radius))


def _along(line: tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]) -> Iterable[tuple[Decimal, Decimal]]:
    """Places on a line, the ends left out."""
    (x, y), (to_x, to_y) = line
    for step in range(1, 8):
        yield x + (to_x - x) * step / 8, y + (to_y - y) * step / 8
