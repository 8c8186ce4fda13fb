"""What the rules about figures share: their queries, and the rows that these speak of."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import F, QuerySet

from tracker.assessment.rules.base import Finding, Rule, Scope
from tracker.models import MetricSnapshot

SQL = Path(__file__).parent / "sql"


@cache
def query(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def with_snapshots(rows: QuerySet) -> QuerySet:
    """Snapshots with all that a sentence tells of them."""
    return rows.select_related("series__indicator", "series__area", "citation__source")


def figures(scope: Scope) -> QuerySet:
    """The figures that count, each with its days, its area and its publisher: what the rules about figures compare."""
    table = scope.table(
        MetricSnapshot,
        "id",
        "series_id",
        "value",
        "qualifier",
        "scope",
        "as_of",
        "period_start",
        "period_end",
        "origin_id",
        indicator_id=F("series__indicator_id"),
        behaviour=F("series__indicator__behaviour"),
        area_id=F("series__area_id"),
        area_kind=F("series__area__kind"),
        member_codes=F("series__area__member_codes"),
        source_id=F("citation__source_id"),
        publisher=F("citation__source__publisher"),
        first_day=F("period_start__first_day"),
        last_day=F("period_end__last_day"),
    ).filter(value__isnull=False)
    if scope.is_of_drafts or scope.about is not None:  # figures are compared within their indicator only
        table = table.filter(series__indicator__in=scope.indicators)
    return table


def figure_rule(rule: type[Rule], scope: Scope, name: str, **parts: Any) -> Iterator[Finding]:
    """What a query about figures finds: `subject` and `inputs` are keys of snapshots, the rest is told."""
    found = scope.select(query(name), figures=figures(scope), **parts)
    if not found:
        return
    keys = {key for row in found for key in (row["subject"], *(row["inputs"] or ()))}
    snapshots = with_snapshots(MetricSnapshot.objects.all()).in_bulk(keys)
    for row in sorted(found, key=lambda row: snapshots[row["subject"]].code):
        inputs = tuple(snapshots[key] for key in row.pop("inputs") or ())
        yield Finding(rule, snapshots[row.pop("subject")], row, inputs)
