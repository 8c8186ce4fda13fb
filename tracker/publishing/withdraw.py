"""Withdrawal: rows leave the ledger in an edition of their own, and stay in every earlier one."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tracker.assessment.headlines import refresh_headlines
from tracker.models import Edition, MetricSnapshot, Publishable, User
from tracker.models.base import LedgerQuerySet
from tracker.publishing.act import opened, turn
from tracker.publishing.digests import record_withdrawn
from tracker.publishing.gate import GateRefused, Selection
from tracker.publishing.guard import publishable_models


def withdraw(items: Iterable[Publishable], by: User, summary: str, summary_ur: str = "") -> Edition:
    """Withdraw the items as the next edition; `summary` is the published reason.

    Raises GateRefused, and changes nothing, if an item does not stand or another standing row rests on it.
    """
    with turn():
        selection = _selected(items)
        if problems := list(_problems(selection, summary)):
            raise GateRefused(problems)
        with opened(by, summary, summary_ur) as edition:
            for model, ids in selection.items():
                rows = model.objects.filter(pk__in=ids)
                record_withdrawn(edition, rows)
                rows.update(withdrawn_in=edition)
            refresh_headlines(edition.number, _series(selection))
        return edition


def _selected(items: Iterable[Publishable]) -> Selection:
    """The ids by model, locked until the withdrawal is done."""
    selection: dict[type[Publishable], set[int]] = {}
    for item in items:
        selection.setdefault(type(item), set()).add(item.pk)
    for model, ids in selection.items():
        list(model.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return selection


def _problems(selection: Selection, summary: str) -> Iterator[str]:
    if not summary.strip():
        yield _("Say in a sentence why this is withdrawn; the reason is published.")
    if not selection:
        yield _("Nothing is selected.")
    for model, ids in selection.items():
        for row in _standing(model, ids, stands=False).order_by("code"):
            yield _("%(kind)s %(code)s does not stand: it is not published, or withdrawn already.") % {
                "kind": model._meta.verbose_name,
                "code": row.code,
            }
    yield from _left_without_ground(selection)


def _standing(model: type[Publishable], ids: Iterable[int], *, stands: bool) -> LedgerQuerySet:
    rows = model.objects.filter(pk__in=ids)
    standing = {"edition__isnull": False, "withdrawn_in": None}
    return rows.filter(**standing) if stands else rows.exclude(**standing)


def _left_without_ground(selection: Selection) -> Iterator[str]:
    """Standing rows, themselves not withdrawn now, that rest on something that would be gone."""
    for model in publishable_models():
        resting = model.objects.filter(edition__isnull=False, withdrawn_in=None).exclude(
            pk__in=selection.get(model, set())
        )
        for path, target in model.rests_on():
            if path == "replaces" or not selection.get(target):
                continue
            for row in resting.filter(**{f"{path}__in": selection[target]}).order_by("code")[:20]:
                yield _("%(kind)s %(code)s rests on it and stands; withdraw both, or correct it first.") % {
                    "kind": model._meta.verbose_name,
                    "code": row.code,
                }


def _series(selection: Selection) -> list[int]:
    snapshots = MetricSnapshot.objects.filter(pk__in=selection.get(MetricSnapshot, set()))
    return list(snapshots.order_by().values_list("series", flat=True).distinct())
