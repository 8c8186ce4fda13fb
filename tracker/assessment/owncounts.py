"""A count that the ledger makes itself, for a commitment that is about its record by area as such."""

from dataclasses import dataclass

from tracker.assessment.areas import AreaMatrix
from tracker.models import Indicator


@dataclass(frozen=True)
class Coverage:
    """How many measures have a figure for at least one unit, and the one that most units share."""

    measures: int
    told_by_area: int
    widest: Indicator | None
    units_of_widest: int
    units: int


def coverage(matrix: AreaMatrix) -> Coverage:
    covered = {indicator: matrix.covered(indicator) for indicator in matrix.indicators}
    widest = max(covered, key=lambda indicator: covered[indicator], default=None)
    return Coverage(
        measures=len(covered),
        told_by_area=sum(count > 0 for count in covered.values()),
        widest=widest,
        units_of_widest=covered.get(widest, 0) if widest else 0,
        units=len(matrix.units),
    )
