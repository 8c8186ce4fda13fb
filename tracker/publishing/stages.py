"""Stages: how drafts travel to a reviewer, and what a reviewer publishes from the desk.

`stage` is changed here and nowhere else. Published rows have none to change.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import Edition, Publishable, Return, User
from tracker.publishing.gate import GateRefused
from tracker.publishing.publish import publish, with_what_they_rest_on
from tracker.publishing.selection import Selection, by_model, named

DRAFT, SUBMITTED, RETURNED = (Publishable.Stage.DRAFT, Publishable.Stage.SUBMITTED, Publishable.Stage.RETURNED)

type Seen = Mapping[type[Publishable], Mapping[int, int]]  # the version of each row that the reviewer looked at


def submit(items: Iterable[Publishable]) -> int:
    """Hand the items, and the drafts that they rest on, to a reviewer; GateRefused if none could publish them."""
    items = list(items)
    with transaction.atomic():
        if problems := rehearse(items):
            raise GateRefused(problems)
        return _move(with_what_they_rest_on(items), [DRAFT, RETURNED], SUBMITTED)


def withdraw_to_draft(items: Iterable[Publishable]) -> int:
    """Take submitted items back, so that they can be edited again."""
    return _move(by_model(items), [SUBMITTED], DRAFT)


def give_back(items: Iterable[Publishable], by: User, note: str) -> int:
    """A reviewer returns submitted items to their authors, and says in a note what is to be mended."""
    if not note.strip():
        raise GateRefused([_("Say what the author is to mend.")])
    count = 0
    with transaction.atomic():
        for model, ids in by_model(items).items():
            submitted = model.objects.unpublished().filter(pk__in=ids, stage=SUBMITTED)
            rows = list(submitted.order_by("pk").select_for_update(no_key=True))
            kind = model._meta.model_name or ""
            Return.objects.bulk_create(
                Return(kind=kind, row=row.pk, code=row.code, note=note.strip(), returned_by=by) for row in rows
            )
            count += _move({model: {row.pk for row in rows}}, [SUBMITTED], RETURNED)
    return count


def _move(selection: Selection, before: list[Any], after: Any) -> int:
    return sum(
        model.objects.unpublished().filter(pk__in=ids, stage__in=before).update(stage=after)
        for model, ids in selection.items()
    )


class _Rehearsed(Exception):
    """Ends a rehearsal, so that its savepoint is rolled back."""


def rehearse(items: Iterable[Publishable]) -> list[str]:
    """What publication would refuse, found by publishing in a savepoint that is always rolled back."""
    try:
        with transaction.atomic():
            publish(items, None, "rehearsal", record=("rehearsal", "rehearsal"))
            raise _Rehearsed
    except _Rehearsed:
        return []
    except GateRefused as refused:
        return refused.problems


def selection_of(items: Iterable[Publishable]) -> list[Publishable]:
    """The rows that would be published with the items, themselves included, in the order of kind and code."""
    return [
        row
        for model, ids in sorted(with_what_they_rest_on(items).items(), key=lambda entry: entry[0].__name__)
        for row in model.objects.filter(pk__in=ids).order_by("code")
    ]


def publish_submitted(seen: Seen, by: User, summary: str, summary_ur: str = "") -> Edition:
    """Publish what a reviewer looked at: submitted rows, each in the version that was on the screen."""
    with transaction.atomic():
        items = [
            row
            for model, versions in seen.items()
            for row in model.objects.select_for_update(no_key=True).filter(pk__in=versions).order_by("pk")
        ]
        if problems := _not_as_seen(seen, items):
            raise GateRefused(problems)
        return publish(items, by, summary, summary_ur)


def _not_as_seen(seen: Seen, items: list[Publishable]) -> list[str]:
    problems = []
    if len(items) < sum(len(versions) for versions in seen.values()):
        problems.append(_("Something was deleted since you looked at it. Look again."))
    for row in selection_of(items):
        if not row.is_published and row.stage != SUBMITTED:
            problems.append(_("%(kind)s %(code)s is not submitted: its author must submit it first.") % named(row))
        elif seen.get(type(row), {}).get(row.pk) != row.version:
            problems.append(_("%(kind)s %(code)s was changed or added since you looked. Look again.") % named(row))
    return problems
