"""What a feed tells: the rows of the ledger that readers follow, in words, and where each is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.files.words import day, listed, name, urn, words
from tracker.models import (
    Assignment,
    Edition,
    EditionItem,
    LineageClaim,
    MetricSnapshot,
    Milestone,
    PlanChange,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    Statement,
    Target,
)
from tracker.wording import figure_with_unit, period

CAP: Final = 200
ACTS: Final = (EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN)


@dataclass(frozen=True)
class Told:
    """How one kind of row is told: what it is about, what it says, the text below it, and its page."""

    about: Callable[[Any], Iterable[str]]
    says: Callable[[Any], Iterable[str]] = lambda row: ()
    more: Callable[[Any], Any] = lambda row: ""
    page: Callable[[Any], str] = lambda row: str(row.get_absolute_url())
    related: tuple[str, ...] = ()


def _value(target: Target) -> str:
    """ "70%", "1,000 persons", "all of the madrassas registered"."""
    if target.whole:
        return f"{_('all of')} {name(target.whole)}"
    series = target.series
    return "" if target.value is None else words(figure_with_unit(MetricSnapshot(series=series, value=target.value)))


def _series(row: Any) -> list[str]:
    return [name(row.series.indicator), name(row.series.area)]


def _action_of(change: PlanChange) -> PolicyAction:
    """Of the action or of one milestone; the constraint planchange_of_one_thing sees to that."""
    if change.milestone is not None:
        return change.milestone.action
    assert change.action is not None
    return change.action


FOLLOWED: Final[dict[Any, Told]] = {
    Policy: Told(lambda row: [name(row)], more=lambda row: name(row, "note")),
    PolicyEvent: Told(
        lambda row: [name(row.policy, "short_name"), day(row.on)],
        lambda row: [str(row.get_kind_display())],
        lambda row: name(row, "account"),
        lambda row: row.policy.get_absolute_url(),
        ("policy",),
    ),
    LineageClaim: Told(
        lambda row: [name(row.policy, "short_name")],
        lambda row: [f"{row.get_relation_display()} {name(row.predecessor, 'short_name')}"],
        page=lambda row: row.policy.get_absolute_url(),
        related=("policy", "predecessor"),
    ),
    PolicyAction: Told(lambda row: [name(row, "title")], more=lambda row: name(row, "wording")),
    Milestone: Told(
        lambda row: [name(row.action, "title")],
        lambda row: [name(row, "title"), day(row.due)],
        related=("action",),
    ),
    PlanChange: Told(
        lambda row: [name(_action_of(row), "title"), name(row.milestone, "title") if row.milestone else ""],
        lambda row: [str(row.get_kind_display()), day(row.new_due)],
        lambda row: name(row, "reason"),
        lambda row: f"{_action_of(row).get_absolute_url()}#changes",
        ("action", "milestone__action"),
    ),
    Assignment: Told(
        lambda row: [name(row.action, "title")],
        lambda row: [name(row.body), str(row.get_role_display()), name(row.area) if row.area else ""],
        lambda row: name(row, "remark"),
        lambda row: f"{row.action.get_absolute_url()}#responsible",
        ("action", "body", "area"),
    ),
    Statement: Told(
        lambda row: [name(row.policy, "short_name"), name(row.area) if row.area else ""],
        lambda row: [f"“{name(row, 'words')}”"],
        page=lambda row: (row.action or row.policy).get_absolute_url(),
        related=("policy", "action", "area"),
    ),
    MetricSnapshot: Told(
        _series,
        lambda row: [
            str(row.get_status_display()) if row.value is None else words(figure_with_unit(row)),
            words(period(row)),
        ],
        lambda row: words(row.no_value_reason) or name(row, "note"),
        related=("series__indicator", "series__area"),
    ),
    Target: Told(
        _series,
        lambda row: [str(row.get_basis_display()), _value(row), day(row.due)],
        lambda row: name(row, "note"),
        lambda row: f"{row.action.get_absolute_url()}#measures",
        ("series__indicator", "series__area", "action", "whole"),
    ),
    ProgressUpdate: Told(
        lambda row: [name(row.action, "title"), name(row.milestone, "title") if row.milestone else ""],
        lambda row: [name(row.body) if row.body else "", str(row.get_status_display()), day(row.as_of)],
        lambda row: name(row, "account"),
        related=("action", "body", "milestone"),
    ),
}
KINDS: Final = {str(model._meta.model_name): model for model in FOLLOWED}


@dataclass(frozen=True)
class Entry:
    """One row that entered or left in one edition."""

    item: EditionItem
    row: Any

    @property
    def urn(self) -> str:
        return urn("edition", self.item.edition_id, self.item.act, self.item.kind, self.item.code)

    @property
    def published(self) -> datetime:
        return self.item.edition.published_at

    @property
    def entered(self) -> bool:
        return self.item.act == EditionItem.Act.ENTERED

    @property
    def corrects(self) -> bool:
        return self.entered and getattr(self.row, "replaces_id", None) is not None

    @property
    def redacted(self) -> bool:
        return self.row.redacted_in_id is not None

    @property
    def title(self) -> str:
        act = _("correction") if self.corrects else self.item.get_act_display()
        acts = [act, EditionItem.Act.REDACTED.label] if self.redacted else [act]
        what = self.item.code if self.redacted else self._told()
        return f"{what} ({listed(map(str, [self.row._meta.verbose_name, *acts]))})"

    def _told(self) -> str:
        told = FOLLOWED[KINDS[self.item.kind]]
        about, says = listed(told.about(self.row)), listed(told.says(self.row))
        return f"{about}: {says}" if says else about

    @property
    def summary(self) -> str:
        """Why it was corrected, or what it says at length."""
        if self.redacted:
            return ""
        if self.corrects:
            return words(self.row.reason)
        return str(FOLLOWED[KINDS[self.item.kind]].more(self.row))

    @property
    def address(self) -> str:
        """Its page in the edition: for what left, in the edition before, the last in which it stood."""
        path, hash_mark, fragment = FOLLOWED[KINDS[self.item.kind]].page(self.row).partition("#")
        edition = self.item.edition_id if self.entered else self.item.edition_id - 1
        return f"{path}?edition={edition}{hash_mark}{fragment}"


type Scope = dict[Any, Q]


def entries(edition: Edition, scope: Scope | None = None) -> list[Entry]:
    """The newest entries up to the edition, by a query for the items and one for each kind of row."""
    followed = Q(kind__in=KINDS) if scope is None else _within(scope)
    items = list(
        EditionItem.objects.filter(followed, edition__lte=edition, act__in=ACTS)
        .select_related("edition")
        .order_by("-edition_id", "-kind", "-code", "-act")[:CAP]  # the unique index, backwards
    )
    rows = {
        (kind, row.code): row
        for kind, model in KINDS.items()
        if (codes := [item.code for item in items if item.kind == kind])
        for row in model.objects.published().filter(code__in=codes).select_related(*FOLLOWED[model].related or [None])
    }
    return [Entry(item, rows[item.kind, item.code]) for item in items]


def _within(scope: Scope) -> Q:
    return reduce(
        or_,
        (
            Q(kind=model._meta.model_name, code__in=model.objects.published().filter(rows).order_by().values("code"))
            for model, rows in scope.items()
        ),
    )
