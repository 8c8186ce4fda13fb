"""Which figure leads a series, in the newest edition and in any earlier one."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tracker.assessment.reading import Reading
from tracker.models import Headline, MetricSnapshot
from tracker.models.base import LedgerQuerySet


def is_headline(reading: Reading) -> Any:
    """Whether a snapshot leads its series in the reading, as an expression to annotate or filter by.

    The newest edition is read from the narrow table that publishing keeps; an earlier one is computed by
    the rule itself.
    """
    if reading.is_newest:
        return Q(headline__isnull=False)
    return Q(pk__in=RawSQL("SELECT snapshot_id FROM headline_snapshots(%s)", [reading.edition.number]))


def headlines(reading: Reading) -> LedgerQuerySet[MetricSnapshot]:
    """The leading figure of every series, with what a page needs to tell it."""
    return (
        MetricSnapshot.objects.in_edition(reading.edition)
        .filter(is_headline(reading))
        .select_related("series__indicator", "series__area", "citation__source")
    )


def refresh_headlines(edition: int, series: Iterable[int] | None = None) -> None:
    """Set the headline table to what the rule says in this edition, for the given series or for all."""
    of_these = "" if series is None else "WHERE series_id = ANY(%(series)s)"
    params = {"edition": edition, "series": None if series is None else list(series)}
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Headline._meta.db_table} {of_these}", params)
        cursor.execute(
            f"""INSERT INTO {Headline._meta.db_table} (series_id, snapshot_id)
                SELECT series_id, snapshot_id FROM headline_snapshots(%(edition)s) {of_these}""",
            params,
        )
