"""What happened between two editions. The items of the editions say which rows; the rows say what."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, Count, Func, Q, QuerySet, Value, prefetch_related_objects
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from tracker.assessment.comparable import Lead
from tracker.assessment.drift import ActionDrift, Drift, StepDrift, drifts
from tracker.assessment.schedule import Standing
from tracker.models import Edition, EditionItem, MetricSnapshot, Milestone, PlanChange, PolicyAction
from tracker.publishing.guard import publishable_models
from tracker.publishing.recipes import NEWEST_RECIPE, RECIPES

ENTERED = EditionItem.Act.ENTERED
SNAPSHOT = "metricsnapshot"
EVERYTHING = Q()


@dataclass(frozen=True)
class Between:
    """Two editions, of which the first is not later than the last; what the later ones did, up to the last."""

    first: Edition
    last: Edition
    on: date | None = None
    """The day on which the last is judged, if it is another one than that of its publication."""

    @property
    def items(self) -> QuerySet[EditionItem]:
        return EditionItem.objects.filter(edition__gt=self.first.number, edition__lte=self.last.number)

    def codes(self, kind: str, *acts: str) -> QuerySet[EditionItem, tuple[str]]:
        """Of the rows of one kind to which anything happened, or one of these acts."""
        items = self.items.filter(kind=kind, act__in=acts) if acts else self.items.filter(kind=kind)
        return items.order_by().values_list("code")

    @property
    def judged(self) -> list[tuple[int, date]]:
        """Both editions, each with the day on which it is judged."""
        return [(self.first.number, judged_on(self.first)), (self.last.number, self.on or judged_on(self.last))]


# Counts


class Stands(Func):
    """Whether a row stands in an edition, as stands.sql says."""

    function = "stands"
    output_field = BooleanField()

    def __init__(self, edition: Edition) -> None:
        super().__init__("edition", "withdrawn_in", "suspended_in", "restored_in", Value(edition.number))


def counts(between: Between) -> list[dict[str, Any]]:
    """Of each kind that has rows: how many stood in the first edition and in the last, and what happened meanwhile."""
    acts: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, act, n in between.items.order_by().values_list("kind", "act").annotate(n=Count("pk")):
        acts[kind][act] = n
    models = {model._meta.model_name: model for model in publishable_models()}
    standing = [_standing(between, model) for model in models.values()]
    return [
        {
            "model": models[row["of"]],
            "before": row["before"],
            "after": row["after"],
            **{act.value: acts[row["of"]].get(act, 0) for act in EditionItem.Act},
        }
        for row in standing[0].union(*standing[1:], all=True).order_by("of")
        if row["before"] or row["after"] or acts[row["of"]]
    ]


def _standing(between: Between, model: Any) -> Any:
    rows = model.objects.filter(edition__lte=between.last).order_by()
    return (
        rows.values(of=Value(model._meta.model_name, CharField()))
        .annotate(
            before=Count("pk", filter=Stands(between.first)),
            after=Count("pk", filter=Stands(between.last)),
        )
        .values("of", "before", "after")
    )


# Corrections


def corrected(between: Between, model: Any) -> QuerySet:
    """Rows that entered in the place of another, with all that the two may differ in.

    Fetched beside and not joined: planning twenty joins takes longer than running them, and most kinds of row
    have no correction at all.
    """
    beside = sorted({prefix for path in compared(model) if (prefix := related(path))})
    rows: QuerySet = model.objects.filter(code__in=between.codes(model._meta.model_name, ENTERED))
    return (
        rows.filter(replaces__isnull=False)
        .order_by("edition_id", "code")
        .prefetch_related("replaces", *beside, *(f"replaces__{prefix}" for prefix in beside))
    )


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
    because: Lead | None = None
    """Why the new one leads."""


@dataclass(frozen=True)
class Leading:
    """The series with another leading figure: those that had one, and those that gained their first."""

    changed: list[Led]
    first: list[Led]
    changed_count: int
    first_count: int


def leading_figures(between: Between, most: int, about: Q = EVERYTHING) -> Leading:
    """Only a series of which a snapshot came, went or was hidden can have another leading figure.

    `about` narrows them to the series of some snapshots.
    """
    touched = MetricSnapshot.objects.filter(about, code__in=between.codes(SNAPSHOT))
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

    reasons = _leads(between.last, [rows[new].series_id for _old, new in changed[:most] if new in rows])

    def led(pairs: list[tuple[int | None, int | None]]) -> list[Led]:
        return [Led(rows.get(old or 0), rows.get(new or 0), reasons.get(new or 0)) for old, new in pairs[:most]]

    return Leading(led(changed), led(first), len(changed), len(first))


def _leads(edition: Edition, series: list[int]) -> dict[int, Lead]:
    """Why the leading figures of these series lead in the edition, by figure."""
    found = Lead.objects.raw(
        "SELECT * FROM series_leads(%s) WHERE series_id = ANY(%s::bigint[])", [edition.number, series]
    )
    return {lead.snapshot_id: lead for lead in found}


@dataclass(frozen=True)
class Beside:
    """Figures that entered beside others of their series and do not lead it: rivals, and figures of other periods."""

    leading: MetricSnapshot
    """What leads the series now."""
    count: int
    low: MetricSnapshot
    high: MetricSnapshot
    publishers: list[str]


def entered_beside(between: Between, most: int) -> list[Beside]:
    """One for each series that had a leading figure and gained figures that do not lead, without corrections.

    There may be one more than `most`, to say that there are more.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT now.snapshot_id, count(*),
                      (array_agg(entered.id ORDER BY entered.value, entered.code))[1],
                      (array_agg(entered.id ORDER BY entered.value DESC, entered.code))[1],
                      array_agg(DISTINCT source.publisher)
                 FROM tracker_metricsnapshot entered
                 JOIN tracker_citation citation ON citation.id = entered.citation_id
                 JOIN tracker_source source ON source.id = citation.source_id
                 JOIN headline_snapshots(%(first)s) was USING (series_id)
                 JOIN headline_snapshots(%(last)s) now USING (series_id)
                 JOIN tracker_series series ON series.id = series_id
                 JOIN tracker_indicator indicator ON indicator.id = series.indicator_id
                 JOIN provinces_area area ON area.code = series.area_id
                WHERE entered.edition_id > %(first)s AND entered.edition_id <= %(last)s AND entered.replaces_id IS NULL
                  AND entered.value IS NOT NULL AND entered.id <> now.snapshot_id
                  AND stands(entered.edition_id, entered.withdrawn_in_id, entered.suspended_in_id,
                             entered.restored_in_id, %(last)s)
                GROUP BY now.snapshot_id, indicator.position, indicator.code, area.position, series_id
                ORDER BY indicator.position, indicator.code, area.position, series_id
                LIMIT %(most)s""",
            {"first": between.first.number, "last": between.last.number, "most": most + 1},
        )
        found = cursor.fetchall()
    keys = {pk for leading, _n, low, high, _publishers in found for pk in (leading, low, high)}
    rows = MetricSnapshot.objects.select_related("series__indicator", "series__area", "citation__source").in_bulk(keys)
    return [Beside(rows[leading], n, rows[low], rows[high], publishers) for leading, n, low, high, publishers in found]


# States


@dataclass(frozen=True)
class Turned:
    """A commitment that is in another state than in the first edition."""

    action: PolicyAction
    was: Standing
    now: Standing


@dataclass(frozen=True)
class Turns:
    """The commitments in another state, the first of them, and how many there are in all."""

    shown: list[Turned]
    count: int


def judged_on(edition: Edition) -> date:
    """An edition is judged on the day of its publication, as where an address names it."""
    return timezone.localdate(edition.published_at)


def turned_states(between: Between, most: int | None = None, among: list[int] | None = None) -> Turns:
    """The commitments that stand in both editions and are in another state, each edition judged on its own day.

    So a state turns without any new row when a date passes. It is the one against the plan as first published,
    as lists show it. What was redacted has no state. `among` are the commitments that are asked for, if not all.
    """
    ends = between.judged
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT action_id
                 FROM action_standing(%s, %s, false, %s::bigint[]) was
                 JOIN action_standing(%s, %s, false, %s::bigint[]) now USING (action_id)
                 JOIN tracker_policyaction action ON action.id = action_id AND action.redacted_in_id IS NULL
                 JOIN tracker_policy policy ON policy.id = action.policy_id
                WHERE was.state <> now.state
                ORDER BY now.rank, was.rank, policy.position, action.position, action.id""",
            [*ends[0], among, *ends[1], among],
        )
        turned = [pk for (pk,) in cursor.fetchall()]
    shown = turned if most is None else turned[:most]
    actions = PolicyAction.objects.select_related("policy", "citation__source").in_bulk(shown)
    was, now = (_standings(edition, day, shown) for edition, day in ends)
    return Turns([Turned(actions[pk], was[pk], now[pk]) for pk in shown], len(turned))


def _standings(edition: int, day: date, actions: list[int]) -> dict[int, Standing]:
    """Read as functions and not as a view, since the reading of the page is another one."""
    sql = "SELECT * FROM action_standing(%s, %s, false, %s::bigint[])"
    found = list(Standing.objects.raw(sql, [edition, day, actions]))
    prefetch_related_objects(found, "reported__body")
    return {standing.action_id: standing for standing in found}


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


def moved_deadlines(between: Between, most: int | None, about: Q = EVERYTHING) -> list[Moved]:
    """The plan as first published is never overwritten: every new deadline is a row beside it.

    At most so many actions, and so many milestones, if not all, in the order of their codes. `about` narrows them
    to what some changes are of.
    """
    touched = PlanChange.objects.filter(about, kind=PlanChange.Kind.DEADLINE, code__in=between.codes("planchange"))
    actions = PolicyAction.objects.filter(pk__in=touched.order_by().values("action"))
    steps = Milestone.objects.filter(pk__in=touched.order_by().values("milestone")).select_related("action")
    return [
        *_moved(between, ActionDrift, actions.order_by("code")[:most], "action"),
        *_moved(between, StepDrift, steps.order_by("code")[:most], "milestone"),
    ]


def _moved(between: Between, model: Any, rows: QuerySet, path: str) -> Iterator[Moved]:
    things: dict[int, Any] = {thing.pk: thing for thing in rows}
    was, now = (drifts(model, edition.number, things) for edition in (between.first, between.last))
    changes: dict[int, list[PlanChange]] = defaultdict(list)
    since = PlanChange.objects.in_edition(between.last).filter(
        kind=PlanChange.Kind.DEADLINE, edition__gt=between.first, **{f"{path}__in": things}
    )
    for change in since.select_related("citation__source").order_by("edition_id", "code"):
        changes[getattr(change, f"{path}_id")].append(change)
    for pk, thing in things.items():
        if drift := now.get(pk):
            before = was[pk].due_now if pk in was else drift.due_first
            if before != drift.due_now:
                yield Moved(thing, before, drift, changes[pk])
