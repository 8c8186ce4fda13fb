"""The course of a series over time: which figures can stand on one axis, and which of them a line may join.

What can be compared is the database's to say (rivals.sql); nothing is compared here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from provinces.models import Area
from tracker.assessment.comparable import FigurePair
from tracker.models import Indicator, MetricSnapshot
from tracker.models.snapshots import WITH_VALUE

MONTH = 30.4375
SEVERAL = 3

type Pairs = Iterable[FigurePair]
type Two = tuple[MetricSnapshot, MetricSnapshot]


@dataclass(frozen=True)
class Course:
    """What can be drawn of one series. A figure stands for each period, and rivals beside it."""

    series: int
    area: Area
    figures: list[MetricSnapshot]
    """Those that lead their period, in the order of time."""
    joined: list[Two] = field(default_factory=list)
    """Neighbours that are of two times, count the same, and are of one publisher, with nothing missing between."""
    rivals: list[Two] = field(default_factory=list)
    """A statement that disagrees, and the figure that leads its period."""
    missing: list[MetricSnapshot] = field(default_factory=list)
    """What is withheld, not collected, not applicable or was not found."""
    replaced: list[Two] = field(default_factory=list)
    """A value as it was first published, and the figure that took its place."""
    left_out: int = 0
    """Statements that count over another time, in another place, or on no day that is known."""

    @property
    def several(self) -> bool:
        return len({figure.as_of for figure in self.figures}) >= SEVERAL

    @property
    def last(self) -> MetricSnapshot:
        return self.figures[-1]


def courses(indicator: Indicator, statements: Iterable[MetricSnapshot], pairs: Pairs) -> list[Course]:
    """One for each series of which anything is told, in the order of the statements."""
    told: dict[int, list[MetricSnapshot]] = defaultdict(list)
    for statement in statements:
        told[statement.series_id].append(statement)
    said: dict[int, list[FigurePair]] = defaultdict(list)
    for pair in pairs:
        said[pair.series_id].append(pair)
    return [_course(indicator, rows, said[series]) for series, rows in told.items()]


def _course(indicator: Indicator, statements: Sequence[MetricSnapshot], pairs: Sequence[FigurePair]) -> Course:
    leaders = _leaders(pairs)
    with_value = [row for row in statements if row.value is not None]
    leading = [row for row in with_value if row.pk not in leaders and row.as_of is not None]
    figures = sorted(_on_one_axis(indicator, leading), key=lambda row: (row.as_of, row.pk))
    drawn = {row.pk: row for row in figures}
    gaps = [row for row in statements if row.value is None and row.as_of is not None]
    rivals = [(row, drawn[leaders[row.pk]]) for row in with_value if leaders.get(row.pk) in drawn]
    return Course(
        series=statements[0].series_id,
        area=statements[0].series.area,
        figures=figures,
        joined=list(_joined(drawn, pairs, [row.as_of for row in gaps if row.as_of])),
        rivals=[(rival, figure) for rival, figure in rivals if rival.value != figure.value],
        missing=[row for row in gaps if row.status not in WITH_VALUE],
        replaced=list(_replaced(figures)),
        left_out=len(with_value) - len(figures) - len(rivals),
    )  # fmt: skip


def _replaced(figures: Sequence[MetricSnapshot]) -> Iterable[Two]:
    for row in figures:
        old: Any = row.replaces
        if old is not None and old.value is not None and old.value != row.value:
            yield old, row


def _leaders(pairs: Sequence[FigurePair]) -> dict[int, int]:
    """Of every rival the figure that leads its period."""
    rivals = [(pair.figure_id, pair.other_id) for pair in pairs if pair.verdict == FigurePair.Verdict.RIVALS]
    behind = {other for _figure, other in rivals}
    found = {other: figure for figure, other in rivals}
    return found | {other: figure for figure, other in rivals if figure not in behind}


def _on_one_axis(indicator: Indicator, leading: Sequence[MetricSnapshot]) -> list[MetricSnapshot]:
    """Figures of one scope, over times of one length, or since one beginning: the most there are of a kind."""
    if not leading:
        return []
    kinds = Counter(_kind(indicator, row) for row in leading)
    latest = max(leading, key=lambda row: (row.as_of, row.pk))
    chosen = max(kinds, key=lambda kind: (kinds[kind], kind == _kind(indicator, latest)))
    return [row for row in leading if _kind(indicator, row) == chosen]


def _kind(indicator: Indicator, row: MetricSnapshot) -> tuple[Any, ...]:
    if indicator.behaviour == Indicator.Behaviour.CUMULATIVE:
        return row.scope, row.period_start and row.period_start.first_day
    if indicator.behaviour != Indicator.Behaviour.FLOW:
        return (row.scope,)
    if row.period_end is None:
        return row.scope, None
    first = (row.period_start or row.period_end).first_day
    return row.scope, round(((row.period_end.last_day - first).days + 1) / MONTH)


def _joined(drawn: dict[int, MetricSnapshot], pairs: Sequence[FigurePair], gaps: Sequence[date]) -> Iterable[Two]:
    for pair in pairs:
        later, earlier = drawn.get(pair.figure_id), drawn.get(pair.other_id)
        if pair.verdict != FigurePair.Verdict.CHANGE or later is None or earlier is None:
            continue
        assert earlier.as_of is not None
        assert later.as_of is not None
        if _publisher(earlier) == _publisher(later) and not any(earlier.as_of < gap < later.as_of for gap in gaps):
            yield earlier, later


def _publisher(row: MetricSnapshot) -> str:
    return row.citation.source.publisher if row.citation else ""
