import django_filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.listings.base import ENTERED, LedgerListing, LedgerTable, NumberColumn, SearchFilter
from tracker.models import Indicator, MetricSnapshot


class IndicatorTable(LedgerTable):
    name = tables.Column(verbose_name=_("Indicator"), attrs={"cell": {"class": "wide plain"}})
    unit = tables.Column(verbose_name=_("Unit"))
    behaviour = tables.Column(verbose_name=_("Behaviour"), attrs={"cell": {"class": "secondary"}})
    direction = tables.Column(verbose_name=_("Direction"))
    figures = NumberColumn(verbose_name=_("Figures"))

    class Meta(LedgerTable.Meta):
        empty_text = _("No indicator is on record.")

    empty_reason = _("One enters with its definition and the unit in which it is counted.")

    def render_name(self, record: Indicator) -> str:
        return self.named(record)

    def render_unit(self, record: Indicator) -> str:
        return in_language(record, "unit")

    def render_behaviour(self, record: Indicator) -> str:
        return str(record.get_behaviour_display()).partition(":")[0]

    def render_direction(self, record: Indicator) -> str:
        return str(record.get_direction_display())


class IndicatorFilter(django_filters.FilterSet):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Indicator.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    behaviour = django_filters.ChoiceFilter(
        choices=Indicator.Behaviour.choices, label=_("Behaviour"), empty_label=_("Any behaviour")
    )
    direction = django_filters.ChoiceFilter(
        choices=Indicator.Direction.choices, label=_("Direction"), empty_label=_("Any direction")
    )

    class Meta:
        model = Indicator
        fields: list[str] = []


class IndicatorListing(LedgerListing):
    name = "indicators"
    title = _("Indicators")
    lead = _("What is measured, and how often a source has given a figure.")
    noun = npgettext_lazy("counted", "indicator", "indicators")
    table_class = IndicatorTable
    filterset_class = IndicatorFilter
    columns = {
        "code": "code",
        "name": "name",
        "name_ur": "name_ur",
        "unit": "unit",
        "unit_ur": "unit_ur",
        "counted": "counted",
        "definition": "definition",
        "decimals": "decimals",
        "kind": "kind",
        "behaviour": "behaviour",
        "frequency_months": "frequency_months",
        "direction": "direction",
        "unscored_reason": "unscored_reason",
        "may_exceed_100": "may_exceed_100",
        "figures": "figures",
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition
        snapshots = MetricSnapshot.objects.in_edition(edition).filter(
            series__indicator=OuterRef("pk"), value__isnull=False
        )
        count = snapshots.order_by().values("series__indicator").annotate(n=Count("pk")).values("n")
        return (
            Indicator.objects.in_edition(edition)
            .annotate(figures=Coalesce(Subquery(count, output_field=IntegerField()), 0))
            .order_by("position", "code", "pk")
        )
