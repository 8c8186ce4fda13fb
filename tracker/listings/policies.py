import django_filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from tracker.listings.base import (
    ENTERED,
    SOURCE_COLUMNS,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NumberColumn,
    SearchFilter,
)
from tracker.models import Policy, PolicyAction


class PolicyTable(LedgerTable):
    name = tables.Column(verbose_name=_("Policy"), attrs={"cell": {"class": "wide wording plain"}})
    starts = DateColumn(verbose_name=_("Starts"))
    ends = DateColumn(verbose_name=_("Ends"))
    text = tables.Column(verbose_name=_("Text"))
    actions = NumberColumn(verbose_name=_("Actions"), accessor="commitments")

    class Meta(LedgerTable.Meta):
        empty_text = _("No policy is on record.")

    empty_reason = _("One enters with a source that names it, even if its text is not public.")

    def render_name(self, record: Policy) -> str:
        return self.named(record)

    def render_text(self, record: Policy) -> str:
        return str(record.get_text_display())


class PolicyFilter(django_filters.FilterSet):
    q = SearchFilter()
    text = django_filters.ChoiceFilter(choices=Policy.Text.choices, label=_("Text"), empty_label=_("Any"))

    class Meta:
        model = Policy
        fields: list[str] = []


class PolicyListing(LedgerListing):
    name = "policies"
    title = _("Policies")
    lead = _("The policies on the record, and which of them can be read.")
    noun = npgettext_lazy("counted", "policy", "policies")
    table_class = PolicyTable
    filterset_class = PolicyFilter
    columns = {
        "code": "code",
        "name": "name",
        "name_ur": "name_ur",
        "short_name": "short_name",
        "starts": "starts",
        "ends": "ends",
        "text": "text",
        "actions": "commitments",
        "note": "note",
        "note_ur": "note_ur",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition
        actions = PolicyAction.objects.in_edition(edition).filter(policy=OuterRef("pk")).order_by().values("policy")
        count = actions.annotate(n=Count("pk")).values("n")
        return (
            Policy.objects.in_edition(edition)
            .annotate(commitments=Coalesce(Subquery(count, output_field=IntegerField()), 0))
            .order_by("position", "code", "pk")
        )
