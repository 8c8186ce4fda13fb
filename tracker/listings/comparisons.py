"""Figures of one series two by two: rivals, changes, jumps, and what cannot be compared."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.assessment import comparing
from tracker.assessment.comparable import FigurePair, by_weight
from tracker.listings.base import AreaFilter, CodeFilter, LedgerListing, LedgerTable, rounded, standing
from tracker.models import Indicator
from tracker.wording import in_place

SIDES = ("figure", "other")


class ComparisonTable(LedgerTable):
    indicator = tables.Column(
        verbose_name=_("Indicator"),
        accessor="series__indicator",
        order_by=("series__indicator__position", "series__indicator__code"),
        attrs={"cell": {"class": "plain"}},
    )
    figure = tables.Column(
        verbose_name=_("Figure"), order_by=("figure__as_of", "figure__code"), attrs={"cell": {"class": "plain"}}
    )
    other = tables.Column(
        verbose_name=_("Beside"), order_by=("other__as_of", "other__code"), attrs={"cell": {"class": "plain"}}
    )
    verdict = tables.Column(
        verbose_name=_("What they are"), order_by=("weight", "reason"), attrs={"cell": {"class": "wide plain"}}
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No series has two figures.")

    empty_reason = _("A second statement about the same number, by any source, is set beside the first here.")

    def render_indicator(self, record: FigurePair) -> str:
        return self.link(record.series.indicator, in_language(record.series.indicator, "name"))

    def render_figure(self, record: FigurePair) -> str:
        return self.link(record.figure, in_place(record.figure))

    def render_other(self, record: FigurePair) -> str:
        return self.link(record.other, in_place(record.other))

    def render_verdict(self, record: FigurePair) -> str:
        return str(comparing.of_pair(record))


class ComparisonFilter(django_filters.FilterSet):
    indicator = CodeFilter(
        standing(Indicator), field_name="series__indicator", label=_("Indicator"), empty_label=_("All indicators")
    )
    area = AreaFilter(field_name="series__area")
    verdict = django_filters.ChoiceFilter(
        choices=FigurePair.Verdict.choices, label=_("What they are"), empty_label=_("All pairs")
    )
    reason = django_filters.ChoiceFilter(
        choices=FigurePair.Reason.choices, label=_("Reason"), empty_label=_("Any reason")
    )

    class Meta:
        model = FigurePair
        fields: list[str] = []


class ComparisonListing(LedgerListing):
    name = "comparisons"
    title = _("Figures side by side")
    lead = _(
        "Each figure that leads its period, beside its rivals and beside the one before it: what can be compared, and"
        " what cannot, with the reason."
    )
    noun = npgettext_lazy("counted", "pair", "pairs")
    table_class = ComparisonTable
    filterset_class = ComparisonFilter
    columns = {
        "code": "code",
        "indicator": "series__indicator__code",
        "area": "series__area_id",
        **{
            f"{side}{name}": f"{side}__{path}"
            for side in SIDES
            for name, path in {
                "": "code",
                "_value": "value",
                "_as_of": "as_of",
                "_scope": "scope",
                "_publisher": "citation__source__publisher",
                "_citation": "citation__code",
                "_edition": "edition_id",
            }.items()
        },
        "verdict": "verdict",
        "reason": "reason",
        "difference": "difference",
        "factor": "factor_rounded",
    }

    def get_queryset(self) -> QuerySet:
        return (
            FigurePair.objects.told()
            .annotate(
                code=Concat("figure__code", Value(":"), "other__code"),
                weight=by_weight(),
                factor_rounded=rounded("factor"),
            )
            .order_by("weight", "series__indicator__position", "series__indicator__code", "figure__code", "other__code")
        )  # fmt: skip
