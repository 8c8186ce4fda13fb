"""The start page of the desk: what waits for whom."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import FETCH_PEERS, Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.access import may_publish
from tracker.admin.entries import desk_address
from tracker.admin.lists import note_of
from tracker.models import Publishable, Return
from tracker.publishing.guard import publishable_models

SHOWN = 20  # of each queue; lists have the rest
DRAFT, SUBMITTED, RETURNED = (Publishable.Stage.DRAFT, Publishable.Stage.SUBMITTED, Publishable.Stage.RETURNED)


@dataclass(frozen=True)
class Waiting:
    """A row in a queue. `note` is what the reviewer wrote who returned it."""

    row: Any
    note: Any

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def address(self) -> str:
        return desk_address(self.row)


@dataclass(frozen=True)
class Queue:
    """The newest rows of a clerk in one stage and, if there are more, the lists that have all of them by kind."""

    title: str
    rows: list[Waiting]
    count: int
    lists: list[tuple[str, int, str]]


def queues_of(user: Any) -> list[Queue]:
    """What the user entered and has not seen published: what came back first."""
    counts = _counts(user)
    titles = {RETURNED: _("Returned to me"), DRAFT: _("My drafts"), SUBMITTED: _("Submitted, waiting for a reviewer")}
    return [
        Queue(title, _newest(user, stage), sum(of_stage.values()), _lists(of_stage, stage))
        for stage, title in titles.items()
        if (of_stage := Counter({model: n for (model, found), n in counts.items() if found == stage}))
    ]


def waiting_for_review(user: Any) -> dict[str, int] | None:
    """For a reviewer: how much is submitted, and how much of it they entered themselves."""
    if not may_publish(user):
        return None
    waiting = [model.objects.unpublished().filter(stage=SUBMITTED) for model in publishable_models()]
    found = [
        rows.order_by().values("entered_by").annotate(n=Count("pk")).values_list("entered_by", "n") for rows in waiting
    ]
    told = list(_together(found))
    return {"count": sum(n for _who, n in told), "own": sum(n for who, n in told if who == user.pk)}


def _mine(model: type[Publishable], user: Any) -> QuerySet:
    rows: QuerySet = model.objects.unpublished().filter(entered_by=user).order_by()
    return rows


def _together(parts: list[QuerySet]) -> QuerySet:
    first, *others = parts
    return first.union(*others, all=True).order_by()


def _counts(user: Any) -> dict[tuple[type[Publishable], str], int]:
    """In one query over all kinds."""
    models = {model._meta.model_name: model for model in publishable_models()}
    parts = [
        _mine(model, user).values("stage").annotate(n=Count("pk")).values_list(Value(name), "stage", "n")
        for name, model in models.items()
    ]
    return {(models[name], stage): n for name, stage, n in _together(parts)}


def _newest(user: Any, stage: str) -> list[Waiting]:
    """The rows entered last, of whichever kind; then the rows themselves, in a query for each kind among them."""
    models = {model._meta.model_name: model for model in publishable_models()}
    newest = [
        _mine(model, user).filter(stage=stage).order_by("-entered_at", "-pk")[:SHOWN] for model in models.values()
    ]
    parts = [rows.values_list(Value(rows.model._meta.model_name), "pk", "entered_at") for rows in newest]
    told = sorted(_together(parts), key=lambda row: (row[2], row[1]), reverse=True)[:SHOWN]
    found = [(models[name], pk) for name, pk, _at in told]
    rows: dict[Any, Any] = {}
    for model in dict.fromkeys(model for model, _pk in found):
        ids = [pk for of, pk in found if of is model]
        notes = Return.newest(model, ids) if stage == RETURNED else {}
        for row in model.objects.filter(pk__in=ids).fetch_mode(FETCH_PEERS):
            rows[model, row.pk] = Waiting(row, note_of(notes.get(row.pk)))
    return [rows[key] for key in found if key in rows]


def _lists(counts: Counter[type[Publishable]], stage: str) -> list[tuple[str, int, str]]:
    if sum(counts.values()) <= SHOWN:
        return []
    return [
        (
            str(model._meta.verbose_name_plural),
            count,
            reverse(f"admin:tracker_{model._meta.model_name}_changelist") + f"?state={stage}&mine=yes",
        )
        for model, count in counts.most_common()
    ]
