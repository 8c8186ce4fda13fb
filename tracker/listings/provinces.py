import django_filters
import django_tables2 as tables
from django.db.models import CharField, Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import bdi
from provinces.models import Area
from tracker.listings.base import LedgerListing, LedgerTable, NumberColumn
from tracker.models import MetricSnapshot


class AreaTable(LedgerTable):
    name = tables.Column(verbose_name=_("Area"), order_by="position", attrs={"cell": {"class": "wide plain"}})
    code = tables.Column(verbose_name=_("Code"), attrs={"cell": {"class": "secondary"}})
    kind = tables.Column(verbose_name=_("Kind"))
    population = NumberColumn(verbose_name=_("Population"), default="")
    figures = NumberColumn(verbose_name=_("Figures"))

    class Meta(LedgerTable.Meta):
        empty_text = _("No area is on record.")

    empty_reason = _("Areas come with the ledger, by ISO 3166-2.")

    def render_name(self, record: Area) -> str:
        return self.named(record)

    def render_code(self, value: str) -> str:
        return bdi(value)

    def render_kind(self, record: Area) -> str:
        return str(record.get_kind_display())


class AreaFilterSet(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Area.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))

    class Meta:
        model = Area
        fields: list[str] = []


class AreaListing(LedgerListing):
    """The areas themselves are reference data and belong to no edition; their counts of figures do."""

    name = "provinces"
    title = _("Provinces")
    lead = _("The areas as sources report on them. Codes and names follow ISO 3166-2; no position is implied.")
    noun = npgettext_lazy("counted", "area", "areas")
    table_class = AreaTable
    filterset_class = AreaFilterSet
    template_name = "tracker/provinces.html"
    columns = {
        "code": "code",
        "name": "name",
        "name_ur": "name_ur",
        "kind": "kind",
        "members": Func(F("member_codes"), Value(" "), function="array_to_string", output_field=CharField()),
        "merged_into": "merged_into_id",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "population": "population",
        "population_year": "population_year",
        "population_source": "population_source",
        "population_note": "population_note",
        "figures": "figures",
    }

    def get_queryset(self) -> QuerySet:
        snapshots = (
            MetricSnapshot.objects.in_edition(self.reading.edition)
            .filter(series__area=OuterRef("pk"), value__isnull=False)
            .order_by()
            .values("series__area")
        )
        count = snapshots.annotate(n=Count("pk")).values("n")
        return Area.objects.annotate(figures=Coalesce(Subquery(count, output_field=IntegerField()), 0)).order_by(
            "position", "pk"
        )
