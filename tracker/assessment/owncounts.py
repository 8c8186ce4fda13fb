"""Counts that the ledger makes itself, for commitments that are about coordination and burden as such."""

from dataclasses import dataclass

from django.db.models import Count, Q

from tracker.assessment.areas import AreaMatrix
from tracker.assessment.owners import current_leads
from tracker.assessment.reading import Reading
from tracker.models import Indicator


@dataclass(frozen=True)
class Burden:
    """Of the commitments with a named lead, how many name a security force among the leads."""

    owned: int
    security: int


def burden(reading: Reading, actions: list[int]) -> Burden:
    leads = current_leads(reading).filter(action__in=actions)
    counts = leads.order_by().aggregate(
        owned=Count("action", distinct=True),
        security=Count("action", distinct=True, filter=Q(body__security_force=True)),
    )
    return Burden(**counts)


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
