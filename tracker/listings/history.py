"""What happened to every row in every edition: the whole history, or that of one thing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.core.paginator import Page
from django.db.models import CharField, Func, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import bdi, date_short, english, in_language
from tracker.frame import href, reading_of
from tracker.listings.base import AreaFilter, CodeFilter, DateColumn, LedgerListing, LedgerTable, NumberColumn
from tracker.models import Edition, EditionItem, Indicator, Policy, PolicyAction, ResponsibleBody
from tracker.naming import address, name, place, says, with_names
from tracker.publishing.guard import publishable_models
from tracker.publishing.items import (
    NEWEST_FIRST,
    Happened,
    Told,
    is_silent,
    shown_in,
    stands,
    told,
    with_corrections,
    with_what_happened,
)
from tracker.publishing.scopes import Scope, items_of, of_action, of_area, of_body, of_indicator, of_policy


@dataclass(frozen=True)
class Line:
    """What happened to one row, in the words and with the links of the page that shows it.

    The edition that the page reads may be a later one; `beside` is the thing whose page it is.
    """

    request: HttpRequest
    told: Told
    beside: Any = None

    @property
    def edition(self) -> Edition:
        return reading_of(self.request).edition

    @property
    def kind(self) -> Any:
        return self.told.row._meta.verbose_name

    @property
    def silent(self) -> bool:
        return is_silent(self.told.row, self.edition)

    @property
    def name(self) -> str:
        return name(self.told.row, self.beside, edition=self.edition)

    @property
    def gone(self) -> Any:
        """Why the words of the row are missing."""
        row, act = self.told.row, self.told.item.act
        if row.redacted_in_id is not None and act != EditionItem.Act.REDACTED:
            return _("content redacted later")
        if self.silent and act not in (EditionItem.Act.SUSPENDED, EditionItem.Act.WITHDRAWN):
            return _("suspended later")
        return ""

    @property
    def url(self) -> str:
        """Where the row stands or, if it does not any more, where it stood last."""
        row = self.told.row
        return href(self.request, place(row)) if stands(row, self.edition) else self.url_then

    @property
    def url_then(self) -> str:
        """Where the row stood in the edition in which this happened."""
        return address(self.told.row, self.told.stood_in)

    @property
    def old(self) -> str:
        """What the row that this one replaced had said."""
        old = self.told.old
        return "" if old is None or old.redacted_in_id is not None or self.silent else says(old)

    @property
    def reason(self) -> str:
        return "" if self.silent and self.told.old is not None else self.told.reason

    @property
    def source(self) -> str:
        """Who says so: speaker, publisher and date, with a link to the passage."""
        citation = getattr(self.told.row, "citation", None)
        if citation is None or self.silent:
            return ""
        speaker = "" if citation.redacted_in_id is not None else in_language(citation, "speaker")
        url = href(self.request, citation) if stands(citation, self.edition) else address(citation, self.told.stood_in)
        link = format_html('<a href="{}">{}</a>', url, english(citation.source.publisher))
        told_day = format_html(str(_("{}, {}")), link, date_short(citation.source.published) or _("undated"))
        return format_html("{} · {}", speaker, told_day) if speaker else told_day


def lines(request: HttpRequest, items: Iterable[EditionItem], beside: Any = None) -> list[Line]:
    """The items, which bring their editions, as lines; by one query for each kind of row."""
    return [Line(request, one, beside) for one in told(items, with_names_and_sources)]


def with_names_and_sources(rows: QuerySet) -> QuerySet:
    cited = any(field.name == "citation" for field in rows.model._meta.fields)
    return with_names(rows, *(["citation__source"] if cited else []))


def kinds() -> list[tuple[str, Any]]:
    return [(model._meta.model_name or "", model._meta.verbose_name) for model in publishable_models()]


class HistoryTable(LedgerTable):
    row = tables.Column(
        verbose_name=_("Row"), empty_values=(), orderable=False, attrs={"cell": {"class": "wide plain"}}
    )
    kind = tables.Column(verbose_name=_("Kind of row"), attrs={"cell": {"class": "plain"}})
    happened = tables.Column(verbose_name=_("What happened"), orderable=False, attrs={"cell": {"class": "plain"}})
    edition = NumberColumn(verbose_name=_("Edition"), order_by="edition_id")
    published = DateColumn(verbose_name=_("Published"), accessor="edition__published_at")
    source = tables.Column(
        verbose_name=_("Source"), empty_values=(), orderable=False, attrs={"cell": {"class": "plain"}}
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("Nothing happened.")

    empty_reason = _("An edition that publishes, corrects or withdraws a row brings it here.")

    def render_row(self, record: Any) -> str:
        line = record.line
        instead = format_html(str(_("instead of {}")), format_html("<del>{}</del>", line.old)) if line.old else ""
        notes = [(note,) for note in (bdi(record.code), line.gone, instead, line.reason) if note]
        return format_html(
            '<a href="{}">{}</a><span class="note">{}</span>',
            line.url,
            line.name,
            format_html_join(" · ", "{}", notes),
        )

    def render_kind(self, value: str) -> Any:
        return dict(kinds()).get(value, value)

    def render_happened(self, value: str) -> Any:
        return Happened(value).label

    def render_edition(self, record: EditionItem) -> str:
        return format_html('<a href="{}">{}</a>', href(self.request, record.edition), bdi(record.edition_id))

    def render_source(self, record: Any) -> Any:
        return record.line.source


class ThingFilter(CodeFilter):
    """What concerns one thing. Whoever follows the link on its page has chosen it; there is no list to choose from."""

    def __init__(self, model: Any, scope: Callable[[Any, Edition], Scope], **kwargs: Any) -> None:
        super().__init__(
            lambda request: model.objects.filter(edition__lte=request.reading.edition).annotate(
                kept_back=~shown_in(request.reading.edition)
            ),
            widget=forms.HiddenInput,
            **kwargs,
        )
        self.scope = scope

    def filter(self, qs: Any, value: Any) -> Any:
        return qs.filter(items_of(self.scope(value, self.parent.request.reading.edition))) if value else qs


class HistoryFilter(django_filters.FilterSet):
    published_in = django_filters.ModelChoiceFilter(
        queryset=lambda request: Edition.objects.closed().filter(number__lte=request.reading.edition.number),
        field_name="edition",
        label=_("Edition"),
        empty_label=_("All editions"),
    )
    happened = django_filters.ChoiceFilter(
        choices=Happened.choices, label=_("What happened"), empty_label=_("Anything")
    )
    kind = django_filters.ChoiceFilter(choices=kinds, label=_("Kind of row"), empty_label=_("All kinds"))
    area = AreaFilter(method="about_area")
    action = ThingFilter(PolicyAction, of_action, label=_("Action"))
    body = ThingFilter(ResponsibleBody, of_body, label=_("Body"))
    indicator = ThingFilter(Indicator, of_indicator, label=_("Indicator"))
    policy = ThingFilter(Policy, of_policy, label=_("Policy"))

    class Meta:
        model = EditionItem
        fields: list[str] = []

    def about_area(self, rows: QuerySet, name: str, area: Any) -> QuerySet:
        return rows.filter(items_of(of_area(area, self.request.reading.edition)))


class ItemName(Func):
    """ "2/entered/source/gazette": what the item is called in its edition's file of digests, after the edition."""

    template = "concat_ws('/', %(expressions)s)"
    output_field = CharField()

    def __init__(self) -> None:
        super().__init__("edition_id", "act", "kind", "code")


class HistoryListing(LedgerListing):
    """Every item of every edition, up to the one that is read."""

    name = "history"
    title = _("History")
    lead = _(
        "What entered, was corrected, withdrawn, suspended, restored or redacted, in which edition, and who says so."
    )
    noun = npgettext_lazy("counted", "act", "acts")
    table_class = HistoryTable
    filterset_class = HistoryFilter
    columns = {
        "item": "item",
        "edition": "edition_id",
        "published_at": "edition__published_at",
        "edition_act": "edition__act",
        "ground": "edition__ground",
        "happened": "happened",
        "kind": "kind",
        "code": "code",
        "replaces": "replaces",
        "replaced_by": "replaced_by",
        "reason": "reason",
        "old_value": "old_value",
        "new_value": "new_value",
    }

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition
        items = with_what_happened(EditionItem.objects.filter(edition__lte=edition))
        rows = with_corrections(items.annotate(item=ItemName()), edition)
        return rows.select_related("edition").order_by(*NEWEST_FIRST)

    @cached_property
    def page(self) -> Page:
        """A page of items, each with its line: its rows are fetched kind by kind and not one by one."""
        page = super().page
        rows: Any = page.object_list  # of the table; they are read from this queryset, once
        records = list(rows.data)
        for record, line in zip(records, lines(self.request, records), strict=True):
            record.line = line
        return page
