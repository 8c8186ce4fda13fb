"""What happened between two editions. The items of the editions say which rows; the rows say what."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from azm.lib.partialdates import PartialDate
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
    original: PartialDate | None
    before: PartialDate | None
    after: PartialDate | None
    changes: list[PlanChange]
    """Those of the last edition that did not stand in the first."""


def moved_deadlines(between: Between) -> list[Moved]:
    """The plan as first published is never overwritten: every new deadline is a row beside it."""
    touched = Q(kind=PlanChange.Kind.DEADLINE, code__in=between.codes("planchange", ENTERED, WITHDRAWN))
    of = PlanChange.objects.filter(touched).order_by()
    changes = (
        PlanChange.objects.published()
        .filter(
            Q(action__in=of.filter(milestone=None).values("action"))
            | Q(milestone__in=of.filter(action=None).values("milestone")),
            kind=PlanChange.Kind.DEADLINE,
            edition__lte=between.last,
        )
        .select_related("action", "milestone__action", "citation__source")
        .order_by("edition_id", "pk")
    )
    by_thing: dict[Any, list[PlanChange]] = defaultdict(list)
    for change in changes:
        by_thing[change.action or change.milestone].append(change)
    moved = [_moved(between, thing, changes) for thing, changes in by_thing.items()]
    return sorted(
        (found for found in moved if found.before != found.after),
        key=lambda found: (isinstance(found.thing, Milestone), found.thing.code),
    )


def _moved(between: Between, thing: PolicyAction | Milestone, changes: list[PlanChange]) -> Moved:
    before = [change for change in changes if _stands(change, between.first)]
    after = [change for change in changes if _stands(change, between.last)]
    return Moved(
        thing,
        thing.due,
        before[-1].new_due if before else thing.due,
        after[-1].new_due if after else thing.due,
        [change for change in after if change not in before],
    )


def _stands(change: PlanChange, edition: Edition) -> bool:
    entered, left = change.edition_id or 0, change.withdrawn_in_id
    return entered <= edition.number and (left is None or left > edition.number)


def distance(original: PartialDate, new: PartialDate) -> tuple[int, str]:
    """How far a deadline moved, as a number of "months" or of "days".

    A deadline known by month or year has passed with its last day, and moves by months; so does one that
    keeps its day of the month.
    """
    start, end = original.last_day, new.last_day
    by_day = original.precision == new.precision == "day"
    if by_day and start.day != end.day:
        return (end - start).days, "days"
    return (end.year - start.year) * 12 + end.month - start.month, "months"
