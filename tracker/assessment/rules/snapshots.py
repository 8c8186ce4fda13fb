"""What the rules about figures share: their queries, and the rows that these speak of."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from tracker.assessment.rules.base import Finding, Rule, Scope
from tracker.models import MetricSnapshot

SQL = Path(__file__).parent / "sql"


@cache
def query_alone(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


@cache
def query(name: str) -> str:
    """The query of this name about figures, with what a figure is before it."""
    text, figures = query_alone(name), query_alone("figures")
    body = text.replace("\nWITH ", "\n, ", 1) if "\nWITH " in text else text
    return f"WITH {figures}\n{body}"


def with_snapshots(rows: QuerySet) -> QuerySet:
    """Snapshots with all that a sentence tells of them."""
    return rows.select_related("series__indicator", "series__area", "citation__source")


def figure_rule(rule: type[Rule], scope: Scope, name: str, **parts: Any) -> Iterator[Finding]:
    """What a query about figures finds: `subject` and `inputs` are keys of snapshots, the rest is told."""
    found = scope.select(
        query(name),
        rows=scope.rows(MetricSnapshot),
        subjects=scope.subjects(MetricSnapshot),
        **parts,
    )
    if not found:
        return
    keys = {key for row in found for key in (row["subject"], *(row["inputs"] or ()))}
    snapshots = with_snapshots(MetricSnapshot.objects.all()).in_bulk(keys)
    for row in sorted(found, key=lambda row: snapshots[row["subject"]].code):
        inputs = tuple(snapshots[key] for key in row.pop("inputs") or ())
        yield Finding(rule, snapshots[row.pop("subject")], row, inputs)
