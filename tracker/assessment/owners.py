"""Who holds a role on a day. An owner is a lead whose time has begun and not run out, as in chain.sql."""

from datetime import date

from django.db.models import Q

from tracker.assessment.reading import Reading
from tracker.models import Assignment, LedgerQuerySet


def holds(on: date) -> Q:
    """An assignment may hold on the day: a month or a year that is only named lasts to its end."""
    begun = Q(starts=None) | Q(starts__first_day__lte=on)
    return begun & (Q(ends=None) | Q(ends__last_day__gte=on))


def current_leads(reading: Reading) -> LedgerQuerySet[Assignment]:
    leads: LedgerQuerySet[Assignment] = Assignment.objects.in_edition(reading.edition).filter(
        holds(reading.on), role=Assignment.Role.LEAD, redacted_in=None
    )
    return leads
