import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import bdi
from tracker.listings.base import (
    ENTERED,
    PLAN_COLUMNS,
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DueColumn,
    LedgerListing,
    LedgerTable,
    NameColumn,
    SearchFilter,
    standing,
)
from tracker.models import Milestone, Policy, PolicyAction


class MilestoneTable(LedgerTable):
    code = tables.Column(verbose_name=_("Code"))
    title = tables.Column(verbose_name=_("Milestone"), attrs={"cell": {"class": "wide wording plain"}})
    action = tables.Column(verbose_name=_("Action"), order_by="action__code")
    area = NameColumn(verbose_name=_("Area"), order_by="area__position", default=_("whole action"))
    due = DueColumn()

    class Meta(LedgerTable.Meta):
        empty_text = _("No milestone on record.")

    empty_reason = _(
        "No source gives a dated step of any commitment that could be verified."
        " One that is published with a source stands here from the next edition on."
    )

    def render_code(self, record: Milestone) -> str:
        return bdi(record.code)

    def render_title(self, record: Milestone) -> str:
        return self.named(record, "title")

    def render_action(self, record: Milestone) -> str:
        return self.named(record.action, "title")


class MilestoneFilter(django_filters.FilterSet):
    q = SearchFilter()
    policy = CodeFilter(standing(Policy), field_name="action__policy", label=_("Policy"), empty_label=_("All policies"))
    area = AreaFilter()
    # Whoever follows the link on the page of a commitment has chosen it; there is no list to choose from.
    action = CodeFilter(standing(PolicyAction), label=_("Action"), widget=forms.HiddenInput)

    class Meta:
        model = Milestone
        fields: list[str] = []


class MilestoneListing(LedgerListing):
    name = "milestones"
    title = _("Milestones")
    lead = _("Dated steps that can be verified.")
    noun = npgettext_lazy("counted", "milestone", "milestones")
    table_class = MilestoneTable
    filterset_class = MilestoneFilter
    columns = {
        "code": "code",
        "action": "action__code",
        "policy": "action__policy__code",
        "position": "position",
        "title": "title",
        "title_ur": "title_ur",
        "area": "area_id",
        "due": "due",
        **PLAN_COLUMNS,
        "means_of_verification": "means_of_verification",
        "means_of_verification_ur": "means_of_verification_ur",
        "weight": "weight",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        return (
            Milestone.objects.in_edition(self.reading.edition)
            .select_related("action", "area", "drift")
            .order_by("action__policy__position", "action__position", "position", "pk")
        )
