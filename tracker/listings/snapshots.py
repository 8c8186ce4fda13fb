from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import date_short, english, in_language
from tracker.assessment.comparable import Lead
from tracker.assessment.headlines import is_headline
from tracker.listings.base import (
    ENTERED,
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NameColumn,
    YesNoFilter,
    none_named,
    standing,
)
from tracker.models import Indicator, MetricSnapshot, Source
from tracker.wording import figure, period


class SnapshotTable(LedgerTable):
    indicator = tables.Column(
        verbose_name=_("Indicator"),
        accessor="series__indicator",
        order_by=("series__indicator__position", "series__indicator__code"),
        attrs={"cell": {"class": "wide plain"}},
    )
    area = NameColumn(verbose_name=_("Area"), accessor="series__area", order_by="series__area__position")
    period = tables.Column(
        verbose_name=_("Period"),
        empty_values=(),
        order_by=("period_end", "period_start"),
        attrs={"cell": {"class": ""}},
    )
    value = tables.Column(verbose_name=_("Figure"), empty_values=(), attrs={"cell": {"class": "num"}})
    source = tables.Column(
        verbose_name=_("Source"),
        accessor="citation__source__publisher",
        empty_values=(),
        order_by="citation__source__publisher",
    )
    as_of = DateColumn(verbose_name=_("As of"), attrs={"cell": {"class": "secondary date"}})
    leads = tables.Column(
        verbose_name=_("Leads its series, for"),
        accessor="lead",
        orderable=False,
        default="",
        attrs={"cell": {"class": "secondary"}},
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No figure on record.")

    empty_reason = _("One enters with a source; none is taken to be zero meanwhile.")

    def render_indicator(self, record: MetricSnapshot) -> str:
        return self.link(record, in_language(record.series.indicator, "name"))

    def render_period(self, record: MetricSnapshot) -> str:
        return period(record) or none_named(_("not stated"))

    def render_value(self, record: MetricSnapshot) -> str:
        return figure(record) if record.value is not None else none_named(figure(record))

    def render_leads(self, value: Lead) -> str:
        return str(value.get_reason_display())

    def render_source(self, record: MetricSnapshot) -> str:
        if record.citation is None:
            return none_named(format_html(str(_("searched on {}")), date_short(record.searched_on)))
        source = record.citation.source
        return format_html(
            str(_("{}, {}")),
            self.link(record.citation, english(source.publisher)),
            date_short(source.published) or _("undated"),
        )


class SnapshotFilter(django_filters.FilterSet):
    indicator = CodeFilter(
        standing(Indicator), field_name="series__indicator", label=_("Indicator"), empty_label=_("All indicators")
    )
    area = AreaFilter(field_name="series__area")
    status = django_filters.ChoiceFilter(
        choices=MetricSnapshot.Status.choices, label=_("Status"), empty_label=_("Any status")
    )
    source = CodeFilter(
        standing(Source), field_name="citation__source", label=_("Source"), empty_label=_("All sources")
    )
    headline = YesNoFilter(label=_("Leads its series"), field_name="is_headline")

    class Meta:
        model = MetricSnapshot
        fields: list[str] = []


class SnapshotListing(LedgerListing):
    name = "snapshots"
    title = _("Figures")
    lead = _("Every statement of a source about a number: what it says, for where and when, and who said it.")
    noun = npgettext_lazy("counted", "figure", "figures")
    table_class = SnapshotTable
    filterset_class = SnapshotFilter
    columns = {
        "code": "code",
        "indicator": "series__indicator__code",
        "indicator_name": "series__indicator__name",
        "indicator_name_ur": "series__indicator__name_ur",
        "area": "series__area_id",
        "area_name": "series__area__name",
        "area_name_ur": "series__area__name_ur",
        "period_start": "period_start",
        "period_end": "period_end",
        "as_of": "as_of",
        "status": "status",
        "qualifier": "qualifier",
        "value": "value",
        "unit": "series__indicator__unit",
        "numerator": "numerator",
        "denominator": "denominator",
        "scope": "scope",
        "note": "note",
        "no_value_reason": "no_value_reason",
        "withheld_by": "withheld_by__code",
        "searched_on": "searched_on",
        "searched_where": "searched_where",
        "headline": "is_headline",
        "lead_reason": "lead__reason",
        "origin": "origin__code",
        "replaces": "replaces__code",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        return (
            MetricSnapshot.objects.in_edition(self.reading.edition)
            .select_related("series__indicator", "series__area", "citation__source")
            .annotate(is_headline=is_headline(self.reading))
            .order_by(F("as_of").desc(nulls_last=True), "pk")  # the index metricsnapshot_by_day
        )

    def complete(self, rows: list[Any]) -> None:
        """Why a figure leads is asked of those shown, so that the page keeps the order of its index."""
        prefetch_related_objects(rows, "lead")
