"""What all listings of the ledger share: they are read in an edition."""

from contextlib import AbstractContextManager
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, DecimalField, F, Func, OuterRef, QuerySet, Value
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, npgettext_lazy
from django.utils.translation import gettext_lazy as _

from azm.lib.csvfiles import Columns
from azm.lib.listedrows import ListingTable
from azm.lib.listing import Listing
from azm.lib.templatetags.azm import date_short, in_language, in_language_text, number
from provinces.models import Area
from tracker.frame import file_name, href, reading_of, tombstone
from tracker.models.base import LedgerQuerySet


class LedgerListing(Listing):
    """A listing whose rows stand in the edition that the address asks for."""

    parameters: ClassVar[frozenset[str]] = Listing.parameters | {"edition", "on"}
    noun: ClassVar[Any] = npgettext_lazy("counted", "row", "rows")
    sample_column: ClassVar[Any] = Value(True, output_field=BooleanField())

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.reading = reading_of(request)

    def opened(self) -> AbstractContextManager[None]:
        return self.reading.opened()

    def counted(self, n: int) -> str:
        return str(self.noun % n)

    def columns_url(self) -> str:
        return href(self.request, reverse("data-columns", args=[self.name]))

    def file_name(self) -> str:
        return file_name(f"{self.name}-edition-{self.reading.edition.number}", self.reading.edition)

    def file_columns(self) -> Columns:
        return {**self.columns, "sample": self.sample_column} if settings.AZM_SAMPLE else self.columns


class LedgerTable(ListingTable):
    """Cells of the ledger: links that keep the edition, partial dates, numbers."""

    class Meta(ListingTable.Meta):
        template_name = "components/table.html"

    def link(self, target: Any, text: Any) -> str:
        return format_html('<a href="{}">{}</a>', href(self.request, target), text)

    def named(self, target: Any, field: str = "name") -> str:
        return self.link(target, in_language(target, field))

    def below(self, record: Any) -> str:
        return tombstone(self.request, record)


def none_named(text: Any) -> str:
    return format_html('<span class="none">{}</span>', text)


none_named_lazily = lazy(none_named, SafeString)


def state_of(state: str, word: Any, reason: Any = "") -> str:
    """A state as every page shows it: mark, word and, where it is given, what it follows from."""
    return render_to_string("components/state.html", {"state": state, "word": word, "reason": reason})


class NumberColumn(tables.Column):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"attrs": {"cell": {"class": "num"}}, **kwargs})

    def render(self, value: Any) -> str:
        return number(value)


class DateColumn(tables.Column):
    """A plain or partial date; without one, "not stated"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"default": none_named_lazily(_("not stated")), "attrs": {"cell": {"class": "date"}}, **kwargs}
        )

    def render(self, value: Any) -> str:
        return date_short(value)


class DueColumn(tables.Column):
    """The deadline in force, with the first one below it if it is another one."""

    def __init__(self) -> None:
        super().__init__(
            verbose_name=_("Due"),
            accessor="drift__due_now",
            order_by="drift__due_now",
            empty_values=(),
            default="",
            attrs={"cell": {"class": "date"}},
        )

    def render(self, record: Any) -> str:
        drift = record.drift
        due = date_short(drift.due_now) or none_named(_("not stated"))
        if drift.dropped:
            return format_html('<del>{}</del> <span class="note">{}</span>', due, _("dropped"))
        if drift.due_first == drift.due_now:
            return due
        return format_html(
            '{} <span class="note">{}</span>', due, format_html(str(_("at first {}")), date_short(drift.due_first))
        )


class NameColumn(tables.Column):
    """A related object by its name in the language of the page."""

    def __init__(self, *, field: str = "name", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = field

    def render(self, value: Any) -> str:
        return in_language(value, self.field)


class SearchFilter(django_filters.CharFilter):
    """Words, in English or Urdu, found by full-text search."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Words"), "max_length": 200, **kwargs})

    def filter(self, qs: Any, value: str) -> Any:
        return qs.search(value) if value else qs


class NamedField(django_filters.fields.ModelChoiceField):
    """Its choices bear their names in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        if getattr(obj, "redacted_in_id", None) is not None:
            return f"{obj.code} ({gettext('redacted')})"
        if getattr(obj, "kept_back", False):  # as a filter says that offers what may be hidden in the edition
            return f"{obj.code} ({gettext('suspended')})"
        return in_language_text(obj, "name") or in_language_text(obj, "title") or str(obj)


class NamedFields(django_filters.fields.ModelMultipleChoiceField):
    """The same, for several choices at once."""

    label_from_instance = NamedField.label_from_instance


class NamedChoices(django_filters.ModelMultipleChoiceFilter):
    field_class = NamedFields


class CodeFilter(django_filters.ModelChoiceFilter):
    """Another row of the ledger, named by its code; the choices are those that stand in the edition."""

    field_class = NamedField

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        super().__init__(
            queryset=lambda request: rows(request).order_by(*rows(request).model._meta.ordering),
            to_field_name="code",
            **kwargs,
        )


class YesNoFilter(django_filters.ChoiceFilter):
    """Yes, no or both. Unlike a BooleanFilter it refuses any other word, and does not offer "unknown"."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("true", _("yes")), ("false", _("no"))]
        super().__init__(**{"choices": choices, "empty_label": _("Both"), **kwargs})

    def filter(self, qs: Any, value: str) -> Any:
        return super().filter(qs, value == "true") if value else qs


class AreaFilter(django_filters.ModelChoiceFilter):
    field_class = NamedField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"queryset": Area.objects.all(), "label": _("Area"), "empty_label": _("All areas"), **kwargs}
        )


def standing(model: Any) -> Any:
    """The rows of a model that stand in the edition of the request: the choices of a filter."""
    return lambda request: model.objects.in_edition(request.reading.edition)


def joined(rows: LedgerQuerySet, column: str, **outer: Any) -> Func:
    """The column of several related rows in one cell, sorted and separated by semicolons."""
    matching: QuerySet = rows.filter(**{name: OuterRef(path) for name, path in outer.items()})
    values = ArraySubquery(matching.order_by(column).values(column).distinct())
    return Func(values, Value("; "), function="array_to_string", output_field=CharField())


def rounded(column: str) -> Func:
    """A computed share, to four places."""
    return Func(F(column), Value(4), function="round", output_field=DecimalField(max_digits=30, decimal_places=4))


# What every file says about the source of a row.
SOURCE_COLUMNS = {
    "quotation": "citation__quotation",
    "paraphrase": "citation__paraphrase",
    "speaker": "citation__speaker",
    "attribution": "citation__attribution",
    "citation": "citation__code",
    "source": "citation__source__code",
    "publisher": "citation__source__publisher",
    "source_title": "citation__source__title",
    "source_published": "citation__source__published",
    "source_url": "citation__source__url",
}
# The last columns of every file whose rows are published: the editions in which a row entered and, if it was,
# lost its content.
ENTERED = {"edition": F("edition_id"), "redacted_in": F("redacted_in_id")}
# What became of a deadline: the first on record, the one in force, and how often and how far it moved.
PLAN_COLUMNS = {
    "due_first": "drift__due_first",
    "due_now": "drift__due_now",
    "deadline_moves": "drift__moves",
    "drift_months": "drift__months_least",
    "drift_months_most": "drift__months_most",
    "weight_now": "drift__weight",
    "dropped": "drift__dropped",
}
