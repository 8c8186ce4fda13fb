"""Which figure leads a series, in the newest edition and in any earlier one."""

from collections.abc import Iterable
from pathlib import Path

from django.db import connection
from django.db.models.expressions import RawSQL

from tracker.models import Edition, Headline, MetricSnapshot
from tracker.models.base import LedgerQuerySet

HEADLINE_SQL = Path(__file__).with_name("headline.sql")


def headlines(edition: Edition | int, *, newest: bool = False) -> LedgerQuerySet[MetricSnapshot]:
    """The leading figure of every series as of the edition.

    The newest edition is read from the narrow table that publishing keeps (`newest=True`); an earlier one
    is computed by the rule itself.
    """
    number = edition if isinstance(edition, int) else edition.number
    rows = MetricSnapshot.objects.in_edition(number)
    if newest:
        return rows.filter(headline__isnull=False)
    return rows.filter(pk__in=RawSQL("SELECT snapshot_id FROM headline_snapshots(%s)", [number]))


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
