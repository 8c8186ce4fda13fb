"""The items of editions, each with the row that it tells of."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import english, in_language
from tracker.models import Edition, EditionItem, MetricSnapshot, Publishable, Replaceable
from tracker.publishing.guard import publishable_models

ENTERED, WITHDRAWN = EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN
ACTS: Final = (
    ENTERED,
    WITHDRAWN,
    EditionItem.Act.SUSPENDED,
    EditionItem.Act.RESTORED,
    EditionItem.Act.REDACTED,
)
"""In the order in which they are told."""
SNAPSHOT = "metricsnapshot"
NEWEST_FIRST: Final = ("-edition_id", "-kind", "-code", "-act")
"""A total order, which the unique index gives backwards."""


class Happened(TextChoices):
    """What happened to a row, as readers are told: a correction is neither a mere entry nor a withdrawal."""

    ENTERED = "entered", gettext_lazy("entered")
    CORRECTED = "corrected", gettext_lazy("corrected")
    REPLACED = "replaced", gettext_lazy("replaced by its correction")
    WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")
    SUSPENDED = "suspended", gettext_lazy("suspended")
    RESTORED = "restored", gettext_lazy("restored")
    REDACTED = "redacted", gettext_lazy("redacted")


def correctable_models() -> list[Any]:
    return [model for model in publishable_models() if issubclass(model, Replaceable)]


def shown_in(edition: Edition) -> Q:
    """Rows that no suspension hides in the edition, whether or not they stand in it."""
    return Q(suspended_in=None) | Q(suspended_in__gt=edition.number) | Q(restored_in__lte=edition.number)


def with_what_happened(items: QuerySet[EditionItem]) -> QuerySet[Any]:
    """Items with `happened`, one of Happened. What replaces a row enters in the edition in which the row leaves."""
    cases = [
        When(kind=model._meta.model_name, act=act, code__in=codes, then=Value(happened.value))
        for model in correctable_models()
        for happened, (act, codes) in _by_correction(model).items()
    ]
    return items.annotate(happened=Case(*cases, default=F("act"), output_field=CharField()))


def _by_correction(model: Any) -> dict[Happened, tuple[str, QuerySet]]:
    """Of the rows of a kind those that entered as a correction, and those that left for one."""
    codes = model.objects.published().order_by().values("code")
    return {
        Happened.CORRECTED: (ENTERED, codes.filter(replaces__isnull=False)),
        Happened.REPLACED: (WITHDRAWN, codes.filter(replaced_by__edition=F("withdrawn_in"))),
    }


def first_of_each(
    items: QuerySet[EditionItem], happenings: Iterable[tuple[str, str]], most: int
) -> QuerySet[EditionItem]:
    """Of everything that happened to every kind of row, named by the two, at most so many of the items.

    Each is read by itself, in the order of an index, however many items there are.
    """
    parts = [
        _happened(items, Happened(happened), kind).order_by("edition_id", "code").values("pk")[:most]
        for happened, kind in happenings
    ]
    return EditionItem.objects.filter(pk__in=parts[0].union(*parts[1:], all=True)) if parts else items.none()


def _happened(items: QuerySet[EditionItem], happened: Happened, kind: str) -> QuerySet[EditionItem]:
    model: Any = apps.get_model("tracker", kind)
    corrections = _by_correction(model) if issubclass(model, Replaceable) else {}
    if happened in corrections:
        act, codes = corrections[happened]
        return items.filter(kind=kind, act=act, code__in=codes)
    others = [codes for act, codes in corrections.values() if act == happened.value]
    rows = items.filter(kind=kind, act=happened.value)
    return rows.exclude(code__in=others[0]) if others else rows


# With what they correct


def with_corrections(items: QuerySet[EditionItem], edition: Edition) -> QuerySet[EditionItem]:
    """Items with `replaces`, `replaced_by`, `reason`, and for figures `old_value` and `new_value`.

    What replaces a row enters in the edition in which the row leaves. A draft that is to replace it some day
    is in none, and stays unknown here, as does the figure of what is suspended in `edition`.
    """
    entered = {model: model.objects.published().filter(code=OuterRef("code")) for model in correctable_models()}
    instead = {
        model: model.objects.filter(replaces__code=OuterRef("code"), edition=OuterRef("edition")) for model in entered
    }
    told, told_instead = (
        {model: rows.filter(shown_in(edition)) for model, rows in of.items()} for of in (entered, instead)
    )
    own, other = told[MetricSnapshot], told_instead[MetricSnapshot]
    return items.annotate(
        replaces=_text(_told(entered, ENTERED, "replaces__code")),
        replaced_by=_text(_told(instead, WITHDRAWN, "code")),
        reason=_text([*_told(told, ENTERED, "reason"), *_told(told_instead, WITHDRAWN, "reason")]),
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


# With their rows


@dataclass(frozen=True)
class Told:
    """What happened to one row in one edition."""

    item: EditionItem
    row: Any
    old: Any = None
    """The row that this one replaced when it entered."""

    @property
    def happened(self) -> Happened:
        return Happened.CORRECTED if self.old is not None else Happened(self.item.act)

    @property
    def reason(self) -> str:
        """Why: of a correction its own words, of an act on rows that were published before those of its edition."""
        if self.old is not None:
            return english(self.row.reason)
        edition = self.item.edition
        if edition.act == Edition.Act.PUBLICATION:
            return ""
        summary = in_language(edition, "summary")
        return format_html(_("{} Ground: {}."), summary, edition.get_ground_display()) if edition.ground else summary

    @property
    def stood_in(self) -> int:
        """The edition in which the row is read: for what left, the one before, the last in which it stood."""
        gone = self.item.act in (WITHDRAWN, EditionItem.Act.SUSPENDED)
        return self.item.edition_id - 1 if gone else self.item.edition_id


def stands(row: Publishable, edition: Edition) -> bool:
    """The same as `in_edition`, of a row at hand."""
    entered, left = row.edition_id, row.withdrawn_in_id
    is_in = entered is not None and entered <= edition.number and not (left and left <= edition.number)
    return is_in and not is_silent(row, edition)


def is_silent(row: Publishable, edition: Edition) -> bool:
    """Whether the words of the row are kept back in this edition: while, and if it stays, suspended."""
    suspended, restored = row.suspended_in_id, row.restored_in_id
    return bool(suspended and suspended <= edition.number and not (restored and restored <= edition.number))


def told(items: Iterable[EditionItem], prepared: Callable[[QuerySet], QuerySet]) -> list[Told]:
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
        keys = model.objects.published().filter(code__in=wanted).order_by().values("pk")
        if issubclass(model, Replaceable):
            keys = keys.union(keys.filter(replaces__isnull=False).values("replaces"))
        for row in prepared(model.objects.filter(pk__in=keys)):
            rows[kind, row.code] = by_key[kind, row.pk] = row
    return [Told(item, row, _old(item, row, by_key)) for item in items if (row := rows[item.kind, item.code])]


def _old(item: EditionItem, row: Any, rows: dict[tuple[str, int], Any]) -> Any:
    replaced = getattr(row, "replaces_id", None)
    return rows[item.kind, replaced] if replaced is not None and item.act == ENTERED else None
