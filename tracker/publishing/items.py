"""The items of editions, each with the row that it tells of."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import english, in_language
from tracker.models import Edition, EditionItem, Replaceable
from tracker.publishing.compare import correctable_models

ENTERED, WITHDRAWN = EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN
SUSPENDED = EditionItem.Act.SUSPENDED
NEWEST_FIRST: Final = ("-edition_id", "-kind", "-code", "-act")
"""A total order, which the unique index gives backwards."""

type Prepared = Callable[[QuerySet], QuerySet]


@dataclass(frozen=True)
class Told:
    """What happened to one row in one edition."""

    item: EditionItem
    row: Any
    old: Any = None
    """The row that this one replaced when it entered."""

    @property
    def entered(self) -> bool:
        return self.item.act == ENTERED

    @property
    def corrects(self) -> bool:
        return self.old is not None

    @property
    def reason(self) -> str:
        """Why: of a correction its own words, of an act on rows that were published before those of its edition."""
        if self.corrects:
            return english(self.row.reason)
        edition = self.item.edition
        if edition.act == Edition.Act.PUBLICATION:
            return ""
        summary = in_language(edition, "summary")
        return format_html(_("{} Ground: {}."), summary, edition.get_ground_display()) if edition.ground else summary

    @property
    def stood_in(self) -> int:
        """The edition in which the row is read: for what left, the one before, the last in which it stood."""
        gone = self.item.act in (WITHDRAWN, SUSPENDED)
        return self.item.edition_id - 1 if gone else self.item.edition_id

    def silent(self, edition: Edition) -> bool:
        """Whether the words of the row are kept back in this edition: while, and if it stays, suspended."""
        suspended, restored = self.row.suspended_in_id, self.row.restored_in_id
        return bool(suspended and suspended <= edition.number and not (restored and restored <= edition.number))


def told(items: Iterable[EditionItem], prepared: Prepared) -> list[Told]:
    """The items with their rows and with those that they replaced, by one query for each kind of row.

    `prepared` adds to the rows of one kind what their words are made of.
    """
    items = list(items)
    codes: dict[str, set[str]] = defaultdict(set)
    for item in items:
        codes[item.kind].add(item.code)
    rows: dict[tuple[str, str], Any] = {}
    by_key: dict[tuple[str, int], Any] = {}
    for kind, wanted in codes.items():
        model: Any = apps.get_model("tracker", kind)
        named = Q(code__in=wanted)
        if issubclass(model, Replaceable):
            named |= Q(replaced_by__code__in=wanted)
        for row in prepared(model.objects.published().filter(named)):
            rows[kind, row.code] = by_key[kind, row.pk] = row
    return [Told(item, row, _old(item, row, by_key)) for item in items if (row := rows[item.kind, item.code])]


def _old(item: EditionItem, row: Any, rows: dict[tuple[str, int], Any]) -> Any:
    replaced = getattr(row, "replaces_id", None)
    return rows[item.kind, replaced] if replaced is not None and item.act == ENTERED else None


def without_replaced(items: QuerySet[EditionItem]) -> QuerySet[EditionItem]:
    """A correction is told once, where the new row enters, and not again where the old one leaves."""
    replaced = Q()
    for model in correctable_models():
        gone = model.objects.filter(replaced_by__edition=F("withdrawn_in")).order_by().values("code")
        replaced |= Q(kind=model._meta.model_name, act=WITHDRAWN, code__in=gone)
    return items.exclude(replaced)


def first_of_each_kind(items: QuerySet[EditionItem], most: int) -> QuerySet[EditionItem]:
    """At most so many items of every act and kind, in the order of their codes."""
    place = Window(RowNumber(), partition_by=["act", "kind"], order_by="code")
    return items.annotate(place=place).filter(place__lte=most).order_by("act", "kind", "code")
