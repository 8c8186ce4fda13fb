"""What happened between two editions. The items of the editions say which rows; the rows say what."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from azm.lib.partialdates import PartialDate
from tracker.assessment.drift import ActionDrift, Drift, StepDrift, drifts
from tracker.models import Edition, EditionItem, MetricSnapshot, Milestone, PlanChange, PolicyAction, Replaceable
from tracker.publishing.guard import publishable_models
from tracker.publishing.recipes import NEWEST_RECIPE, RECIPES

ENTERED, WITHDRAWN = EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN
SNAPSHOT = "metricsnapshot"


@dataclass(frozen=True)
class Between:
    """Two editions, of which the first is not later than the last; what the later ones did, up to the last."""

    first: Edition
    last: Edition

    @property
    def items(self) -> QuerySet[EditionItem]:
        return EditionItem.objects.filter(edition__gt=self.first.number, edition__lte=self.last.number)

    def codes(self, kind: str, *acts: str) -> QuerySet[EditionItem, tuple[str]]:
        return self.items.filter(kind=kind, act__in=acts).order_by().values_list("code")


# Every item with what it corrects


def correctable_models() -> list[Any]:
    return [model for model in publishable_models() if issubclass(model, Replaceable)]


def with_corrections(items: QuerySet[EditionItem]) -> QuerySet[EditionItem]:
    """Items with `replaces`, `replaced_by`, `reason`, and for figures `old_value` and `new_value`.

    What replaces a row enters in the edition in which the row leaves. A draft that is to replace it some day
    is in none, and stays unknown here.
    """
    entered = {model: model.objects.published().filter(code=OuterRef("code")) for model in correctable_models()}
    instead = {
        model: model.objects.filter(replaces__code=OuterRef("code"), edition=OuterRef("edition")) for model in entered
    }
    own, other = entered[MetricSnapshot], instead[MetricSnapshot]
    return items.annotate(
        replaces=_text(_told(entered, ENTERED, "replaces__code")),
        replaced_by=_text(_told(instead, WITHDRAWN, "code")),
        reason=_text([*_told(entered, ENTERED, "reason"), *_told(instead, WITHDRAWN, "reason")]),
        old_value=_figure(_figures(ENTERED, own, "replaces__value"), _figures(WITHDRAWN, own, "value")),
        new_value=_figure(_figures(ENTERED, own, "value"), _figures(WITHDRAWN, other, "value")),
    )


def _told(rows: dict[Any, QuerySet], act: str, column: str) -> list[When]:
    return [
        When(kind=model._meta.model_name, act=act, then=Subquery(found.values(column)[:1]))
        for model, found in rows.items()
    ]


def _figures(act: str, rows: QuerySet, column: str) -> When:
    return When(kind=SNAPSHOT, act=act, then=Subquery(rows.values(column)[:1]))


def _text(cases: list[When]) -> Coalesce:
    return Coalesce(Case(*cases, output_field=CharField()), Value(""))


def _figure(*cases: When) -> Case:
    return Case(*cases, output_field=DecimalField())


# Counts


def counts(between: Between) -> list[dict[str, Any]]:
    """Of each kind that has rows: how many stood in the first edition, entered, left, and stand in the last."""
    first, last = between.first.number, between.last.number
    acts = EditionItem.objects.filter(edition__lte=last).order_by()
    told = {
        row["kind"]: row
        for row in acts.values("kind").annotate(
            entered=Count("pk", filter=Q(act=ENTERED, edition__gt=first)),
            withdrawn=Count("pk", filter=Q(act=WITHDRAWN, edition__gt=first)),
            came=Count("pk", filter=Q(act=ENTERED, edition__lte=first)),
            went=Count("pk", filter=Q(act=WITHDRAWN, edition__lte=first)),
        )
    }
    return [
        {
            "model": model,
            "before": (before := row["came"] - row["went"]),
            "entered": row["entered"],
            "withdrawn": row["withdrawn"],
            "after": before + row["entered"] - row["withdrawn"],
        }
        for model in publishable_models()
        if (row := told.get(model._meta.model_name or ""))
    ]


# Rows that entered, left, or were corrected


def entered(between: Between, model: Any) -> QuerySet:
    """Rows that entered and replace none."""
    rows = _rows(between, model, ENTERED)
    return rows.filter(replaces=None) if issubclass(model, Replaceable) else rows


def left(between: Between, model: Any) -> QuerySet:
    """Rows that left without another in their place."""
    rows = _rows(between, model, WITHDRAWN)
    return rows.exclude(replaced_by__edition__isnull=False) if issubclass(model, Replaceable) else rows


def corrected(between: Between, model: Any) -> QuerySet:
    """Rows that entered in the place of another, with all that the two may differ in.

    Fetched beside and not joined: planning twenty joins takes longer than running them, and most kinds of row
    have no correction at all.
    """
    beside = sorted({prefix for path in compared(model) if (prefix := related(path))})
    return (
        _rows(between, model, ENTERED)
        .filter(replaces__isnull=False)
        .prefetch_related("replaces", *beside, *(f"replaces__{prefix}" for prefix in beside))
    )


def _rows(between: Between, model: Any, act: str) -> QuerySet:
    rows: QuerySet = model.objects.filter(code__in=between.codes(model._meta.model_name, act))
    return rows.order_by("edition_id" if act == ENTERED else "withdrawn_in_id", "code")


def compared(model: Any) -> list[str]:
    """The columns in which a row and the one it replaces may differ: those of the recipe that tell content."""
    own = {"code", "reason", "replaces__code"}
    return [path for path in RECIPES[NEWEST_RECIPE][model._meta.model_name] if path not in own]


def related(path: str) -> str:
    """The relation that a column of a recipe leads through: `series__area` of `series__area_id`."""
    return path.removesuffix("_id") if path.endswith("_id") else path.rpartition("__")[0]


# Leading figures


@dataclass(frozen=True)
class Led:
    """A series whose leading figure is another one than before; either may be missing."""

    old: MetricSnapshot | None
    new: MetricSnapshot | None


@dataclass(frozen=True)
class Leading:
    """The series with another leading figure: those that had one, and those that gained their first."""

    changed: list[Led]
    first: list[Led]
    changed_count: int
    first_count: int


def leading_figures(between: Between, most: int) -> Leading:
    """Only a series of which a snapshot came or went can have another leading figure."""
    touched = MetricSnapshot.objects.filter(code__in=between.codes(SNAPSHOT, ENTERED, WITHDRAWN))
    series = list(touched.order_by().values_list("series", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT was.snapshot_id, now.snapshot_id
                 FROM (SELECT * FROM headline_snapshots(%(first)s) WHERE series_id = ANY(%(series)s)) was
                 FULL JOIN (SELECT * FROM headline_snapshots(%(last)s) WHERE series_id = ANY(%(series)s)) now
                      USING (series_id)
                 JOIN tracker_series series ON series.id = series_id
                 JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
                 JOIN provinces_area area ON area.code = series.area_id
                WHERE was.snapshot_id IS DISTINCT FROM now.snapshot_id
                ORDER BY indicator.position, indicator.code, area.position, series_id""",
            {"first": between.first.number, "last": between.last.number, "series": series},
        )
        pairs = cursor.fetchall()
    changed = [pair for pair in pairs if pair[0] is not None]
    first = [pair for pair in pairs if pair[0] is None]
    shown = [*changed[:most], *first[:most]]
    rows = MetricSnapshot.objects.select_related("series__indicator", "series__area", "citation__source").in_bulk(
        [pk for pair in shown for pk in pair if pk is not None]
    )

    def led(pairs: list[tuple[int | None, int | None]]) -> list[Led]:
        return [Led(rows.get(old or 0), rows.get(new or 0)) for old, new in pairs[:most]]

    return Leading(led(changed), led(first), len(changed), len(first))


# Deadlines


@dataclass(frozen=True)
class Moved:
    """An action or milestone whose deadline is another one than in the first edition."""

    thing: PolicyAction | Milestone
    before: PartialDate | None
    drift: Drift
    """The plan as it stands in the last edition, against the first deadline on record."""
    changes: list[PlanChange]
    """Those that set the deadline anew since the first edition."""


def moved_deadlines(between: Between) -> list[Moved]:
    """The plan as first published is never overwritten: every new deadline is a row beside it."""
    touched = PlanChange.objects.filter(
        kind=PlanChange.Kind.DEADLINE, code__in=between.codes("planchange", ENTERED, WITHDRAWN)
    )
    things: tuple[tuple[str, Any, Any, Any], ...] = (
        ("action", PolicyAction.objects, ActionDrift, ()),
        ("milestone", Milestone.objects, StepDrift, ("action",)),
    )
    return [
        moved
        for path, rows, model, related in things
        for moved in _moved(between, model, rows.select_related(*related or [None]), path, touched)
    ]


def _moved(between: Between, model: Any, rows: Any, path: str, touched: QuerySet[PlanChange]) -> Iterator[Moved]:
    ids = list(touched.filter(**{f"{path}__isnull": False}).order_by().values_list(path, flat=True).distinct())
    was, now = (drifts(model, edition.number, ids) for edition in (between.first, between.last))
    changes: dict[int, list[PlanChange]] = defaultdict(list)
    since = PlanChange.objects.in_edition(between.last).filter(
        kind=PlanChange.Kind.DEADLINE, edition__gt=between.first, **{f"{path}__in": ids}
    )
    for change in since.select_related("citation__source").order_by("edition_id", "code"):
        changes[getattr(change, f"{path}_id")].append(change)
    for thing in rows.filter(pk__in=now).order_by("code"):
        drift = now[thing.pk]
        before = was[thing.pk].due_now if thing.pk in was else drift.due_first
        if before != drift.due_now:
            yield Moved(thing, before, drift, changes[thing.pk])
