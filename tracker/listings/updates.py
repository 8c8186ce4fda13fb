import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.listings.base import (
    ENTERED,
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NameColumn,
    SearchFilter,
    standing,
)
from tracker.models import Policy, ProgressUpdate, ResponsibleBody


class UpdateTable(LedgerTable):
    action = tables.Column(
        verbose_name=_("Action"), order_by="action__code", attrs={"cell": {"class": "wide wording plain"}}
    )
    as_of = DateColumn(verbose_name=_("As of"))
    status = tables.Column(verbose_name=_("Reported"))
    body = NameColumn(verbose_name=_("Body"), order_by="body__name", default=_("somebody else"))
    area = NameColumn(
        verbose_name=_("Area"), order_by="area__position", default="", attrs={"cell": {"class": "secondary"}}
    )
    waiting_on = NameColumn(
        verbose_name=_("Waiting on"), order_by="waiting_on__name", default="", attrs={"cell": {"class": "secondary"}}
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No progress report on record.")

    empty_reason = _(
        "No body has published one that the ledger knows of."
        " A report that a body files, or states in public, stands here once it is published."
    )

    def render_action(self, record: ProgressUpdate) -> str:
        return self.link(record, in_language(record.action, "title"))

    def render_status(self, record: ProgressUpdate) -> str:
        return str(record.get_status_display())


class UpdateFilter(django_filters.FilterSet):
    q = SearchFilter()
    policy = CodeFilter(standing(Policy), field_name="action__policy", label=_("Policy"), empty_label=_("All policies"))
    body = CodeFilter(standing(ResponsibleBody), label=_("Body"), empty_label=_("All bodies"))
    status = django_filters.ChoiceFilter(
        choices=ProgressUpdate.Status.choices, label=_("Reported status"), empty_label=_("Any status")
    )
    area = AreaFilter()

    class Meta:
        model = ProgressUpdate
        fields: list[str] = []


class UpdateListing(LedgerListing):
    name = "updates"
    title = _("Progress reports")
    lead = _("What bodies report on their commitments, in their own channel or in public.")
    noun = npgettext_lazy("counted", "report", "reports")
    table_class = UpdateTable
    filterset_class = UpdateFilter
    columns = {
        "code": "code",
        "action": "action__code",
        "policy": "action__policy__code",
        "milestone": "milestone__code",
        "met": "met",
        "area": "area_id",
        "body": "body__code",
        "as_of": "as_of",
        "status": "status",
        "account": "account",
        "account_ur": "account_ur",
        "waiting_on": "waiting_on__code",
        "needed": "needed",
        "channel": "channel",
        "endorsed_by": "endorsed_by",
        "checked_on": "checked_on",
        "checked_against": "checked_against",
        "replaces": "replaces__code",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        return (
            ProgressUpdate.objects.in_edition(self.reading.edition)
            .select_related("action", "body", "area", "waiting_on")
            .order_by("-as_of", "pk")
        )
