"""Rows chosen for an act: of which model, which ids."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Edition, EditionItem, MetricSnapshot, Publishable
from tracker.publishing.digests import record
from tracker.publishing.guard import publishable_models

type Selection = Mapping[type[Publishable], set[int]]

# Which column each act of an item stamps.
STAMPS = {
    EditionItem.Act.ENTERED: "edition",
    EditionItem.Act.WITHDRAWN: "withdrawn_in",
    EditionItem.Act.SUSPENDED: "suspended_in",
    EditionItem.Act.RESTORED: "restored_in",
    EditionItem.Act.REDACTED: "redacted_in",
}


def by_model(items: Iterable[Publishable]) -> dict[type[Publishable], set[int]]:
    selection: dict[type[Publishable], set[int]] = defaultdict(set)
    for item in items:
        selection[type(item)].add(item.pk)
    return selection


def lock(selection: Selection) -> None:
    """Nobody else changes these rows until the transaction ends."""
    for model, ids in selection.items():
        list(model.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def stamp(edition: Edition, selection: Selection, act: EditionItem.Act) -> None:
    """Mark the published rows with what happens to them in the edition, and list them in it."""
    for model, ids in sorted(selection.items(), key=lambda entry: entry[0]._meta.model_name or ""):
        if ids:
            rows = model.objects.filter(pk__in=ids)
            record(edition, rows, act)
            rows.update(**{STAMPS[act]: edition})


def with_what_rests_on_them(selection: Selection) -> Selection:
    """The rows and every standing row that points at one of them, at however many removes."""
    found: dict[type[Publishable], set[int]] = defaultdict(set)
    queue = {model: set(ids) for model, ids in selection.items()}
    while queue:
        target, ids = queue.popitem()
        found[target] |= ids
        for model, resting in resting_on(target, ids):
            if new := resting - found[model]:
                queue.setdefault(model, set()).update(new)
    return found


def resting_on(target: type[Publishable], ids: Iterable[int]) -> Iterator[tuple[type[Publishable], set[int]]]:
    """Standing rows that point at these rows of one model; a correction does not rest on what it replaced."""
    for model in publishable_models():
        for path, other in model.rests_on():
            if other is target and path != "replaces":
                rows = model.objects.standing().filter(**{f"{path}__in": set(ids)})
                if found := set(rows.values_list("pk", flat=True)):
                    yield model, found


def series_touched(selection: Selection) -> list[int]:
    snapshots = MetricSnapshot.objects.filter(pk__in=selection.get(MetricSnapshot, set()))
    return list(snapshots.order_by().values_list("series", flat=True).distinct())


def named(row: Publishable) -> dict[str, object]:
    """How a sentence names a row."""
    return {"kind": row._meta.verbose_name, "code": row.code}


def problems_unless(selection: Selection, fit: Selection, sentence: str) -> Iterator[str]:
    """The sentence about every selected row that is not among the fit ones."""
    for model, ids in selection.items():
        for row in model.objects.filter(pk__in=ids - fit.get(model, set())).order_by("code"):
            yield sentence % named(row)


def those(selection: Selection, **conditions: Any) -> Selection:
    """The selected rows that fulfil the conditions."""
    return {
        model: set(model.objects.filter(pk__in=ids, **conditions).values_list("pk", flat=True))
        for model, ids in selection.items()
    }


def nothing_or_no_reason(selection: Selection, summary: str) -> Iterator[str]:
    if not summary.strip():
        yield _("Say in a sentence why; the reason is published.")
    if not any(selection.values()):
        yield _("Nothing is selected.")
