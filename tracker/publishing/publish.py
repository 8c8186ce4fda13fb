"""Publishing: one transaction in which rows leave and enter, and an edition opens and closes."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tracker.assessment.headlines import refresh_headlines
from tracker.models import Edition, EditionItem, Publishable, Replaceable, User
from tracker.publishing.act import opened, turn
from tracker.publishing.digests import record_entered
from tracker.publishing.gate import GateRefused, enter, problems_of
from tracker.publishing.selection import Selection, named, series_touched, stamp


def publish(
    items: Iterable[Publishable],
    by: User | None,
    summary: str,
    summary_ur: str = "",
    *,
    record: tuple[str, str] = ("", ""),
    at: datetime | None = None,
) -> Edition:
    """Publish the items, and what they rest on, as the next edition.

    `by` is the reviewer, who may have entered none of it; without one, `record` names the reviewed record
    folder and its digest. Raises GateRefused, and changes nothing, if anything is not fit to be published.
    """
    with turn():
        items = list(items)
        selection = with_what_they_rest_on(items, lock=True)
        _check(items, selection, by, summary)
        with opened(by, summary, summary_ur, record=record, at=at) as edition:
            _withdraw_replaced(edition, selection)
            _enter(edition, selection)
            refresh_headlines(edition.number, series_touched(selection))
        return edition


def with_what_they_rest_on(items: Iterable[Publishable], *, lock: bool = False) -> Selection:
    """The ids of the items by model, and of every unpublished row that one of them points at.

    With `lock` nobody changes these rows until the transaction ends: what is checked will be stamped.
    """
    selection: dict[type[Publishable], set[int]] = defaultdict(set)
    queue: dict[type[Publishable], set[int]] = defaultdict(set)
    for item in items:
        queue[type(item)].add(item.pk)
    while queue:
        model, ids = queue.popitem()
        rows = model.objects.filter(pk__in=ids - selection[model]).order_by("pk")
        locked = rows.select_for_update(no_key=True) if lock else rows
        selection[model] |= set(locked.values_list("pk", flat=True))
        for path, target in model.rests_on():
            unpublished = target.objects.unpublished().filter(pk__in=rows.order_by().values(path))
            if missing := set(unpublished.values_list("pk", flat=True)) - selection[target]:
                queue[target] |= missing
    return selection


def _check(items: Collection[Publishable], selection: Selection, by: User | None, summary: str) -> None:
    problems = [] if summary.strip() else [_("Say in a sentence what this edition publishes.")]
    if not items:
        problems.append(_("Nothing is selected."))
    problems += [
        _("%(kind)s %(code)s is no longer there.") % named(item)
        for item in items
        if item.pk not in selection[type(item)]
    ]
    for model, ids in selection.items():
        gone = model.objects.filter(pk__in=ids).published()
        problems += [_("%(kind)s %(code)s is published already.") % named(row) for row in gone.order_by("code")]
    problems += problems_of(selection, by)
    if problems:
        raise GateRefused(problems)


def _withdraw_replaced(edition: Edition, selection: Selection) -> None:
    """Before stamping: two live statements of one kind never stand side by side, not even for a moment."""
    for model, ids in selection.items():
        if issubclass(model, Replaceable):
            rows: Any = model.objects  # its plugin for mypy cannot follow a relation of an abstract model to itself
            replaced = set(rows.filter(replaced_by__in=ids).values_list("pk", flat=True))
            stamp(edition, {model: replaced}, EditionItem.Act.WITHDRAWN)


def _enter(edition: Edition, selection: Selection) -> None:
    secret = secrets.token_hex(32)
    problems: list[str] = []
    for model, ids in sorted(selection.items(), key=lambda entry: entry[0]._meta.model_name or ""):
        if ids:
            problems += enter(model, ids, edition)
            if not problems:
                record_entered(edition, model.objects.filter(pk__in=ids), secret)
    if problems:
        raise GateRefused(problems)
