"""Which figures of different areas can be set side by side: one measure, one definition, one scope, one period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, IntegerField, Q, Value

from tracker.assessment.reading import Reading
from tracker.models import MetricSnapshot

# From a figure to every figure of its indicator, in whichever area.
ANCHOR = "series__indicator__series__snapshots"


type Beside = dict[int, dict[str, MetricSnapshot]]


def beside(reading: Reading, figures: Iterable[MetricSnapshot], among: Q) -> Beside:
    """For each of these figures, by area, the figure of another area that can be set beside it, of those in `among`.

    Periods agree as those of rivals do. Statements without a period are of one period only if one source makes
    them. Where several agree, the better attributed one stands for its area, then the newest publication.
    """
    of_area = {figure.pk: figure.series.area_id for figure in figures}
    found: dict[int, dict[str, MetricSnapshot]] = defaultdict(dict)
    for row in _agreeing(reading, list(of_area), among):
        if row.series.area_id != of_area[row.anchor]:
            found[row.anchor].setdefault(row.series.area_id, row)
    return found


def _agreeing(reading: Reading, figures: list[int], among: Q) -> Iterable[Any]:
    edition = reading.edition.number
    theirs = [F(f"{ANCHOR}__{name}") for name in ("period_start", "period_end", "as_of")]
    own = [F(name) for name in ("period_start", "period_end", "as_of")]
    undated = Q(period_end=None, anchor_end=None, citation__source=F("anchor_source"))
    return (
        MetricSnapshot.objects.in_edition(edition)
        .filter(among, value__isnull=False, redacted_in=None)
        .annotate(
            anchor=F(f"{ANCHOR}__pk"),
            anchor_scope=F(f"{ANCHOR}__scope"),
            anchor_end=F(f"{ANCHOR}__period_end"),
            anchor_source=F(f"{ANCHOR}__citation__source"),
            agrees=_truth("periods_agree", F("series__indicator__behaviour"), *theirs, *own),
            broken=_truth("broken_between", F("series__indicator"), theirs[-1], own[-1], Value(edition)),
            rank=Func(F("citation__attribution"), function="attribution_rank", output_field=IntegerField()),
        )
        .filter(Q(agrees=True) | undated, anchor__in=figures, anchor_scope=F("scope"), broken=False)
        .select_related("series__indicator", "series__area", "citation__source")
        .order_by("rank", F("citation__source__published").desc(nulls_last=True), "-as_of", "-pk")
    )


def _truth(function: str, *arguments: Any) -> Func:
    return Func(*arguments, function=function, output_field=BooleanField())


@dataclass(frozen=True)
class Among:
    """The figure of an area among those of the other areas of the same period. Its place is by size, not by merit."""

    figure: MetricSnapshot
    others: list[MetricSnapshot]

    @property
    def place(self) -> int:
        return 1 + sum(other.value > self.figure.value for other in self.others)  # type: ignore[operator]  # all have one

    @property
    def of(self) -> int:
        return 1 + len(self.others)


def most_agreeing(figures: Mapping[str, MetricSnapshot], found: Beside) -> frozenset[str]:
    """Of the figures of several areas, the areas of the most that can be set side by side; of the latest ones, if
    several sets are as large. One figure alone stands beside nothing.
    """
    circles: dict[str, frozenset[str]] = {
        code: frozenset([code, *found.get(figure.pk, ())]) & frozenset(figures) for code, figure in figures.items()
    }
    widest = max(circles, key=lambda code: (len(circles[code]), figures[code].as_of or date.min, code), default=None)
    return circles[widest] if widest is not None and len(circles[widest]) > 1 else frozenset()
