import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.listings.base import DateColumn, LedgerListing, LedgerTable, NumberColumn
from tracker.models import Edition, EditionItem


class EditionTable(LedgerTable):
    number = NumberColumn(verbose_name=_("Edition"))
    published_at = DateColumn(verbose_name=_("Published"))
    act = tables.Column(verbose_name=_("Act"))
    summary = tables.Column(
        verbose_name=_("What it published"), orderable=False, attrs={"cell": {"class": "wide wording"}}
    )
    entered = NumberColumn(verbose_name=_("Entered"))
    withdrawn = NumberColumn(verbose_name=_("Withdrawn"))

    class Meta(LedgerTable.Meta):
        empty_text = _("Nothing is published.")

    empty_reason = _("The first publication is edition 1.")

    def render_number(self, record: Edition) -> str:
        return self.link(record, record)

    def render_act(self, record: Edition) -> str:
        return str(record.get_act_display())

    def render_summary(self, record: Edition) -> str:
        return in_language(record, "summary")


class EditionFilter(django_filters.FilterSet):
    class Meta:
        model = Edition
        fields: list[str] = []


class EditionListing(LedgerListing):
    """Every edition, whichever one is being read."""

    name = "editions"
    title = _("Editions")
    lead = _("Numbered acts of publication. What one of them published is never altered.")
    noun = npgettext_lazy("counted", "edition", "editions")
    table_class = EditionTable
    filterset_class = EditionFilter
    columns = {
        "number": "number",
        "published_at": "published_at",
        "summary": "summary",
        "summary_ur": "summary_ur",
        "entered": "entered",
        "withdrawn": "withdrawn",
        "recipe": "recipe",
        "digest": "digest",
        "act": "act",
        "ground": "ground",
        "suspended": "suspended",
        "restored": "restored",
        "redacted": "redacted",
    }

    def get_queryset(self) -> QuerySet:
        acts = {act.value: Count("items", filter=Q(items__act=act)) for act in EditionItem.Act}
        return Edition.objects.closed().annotate(**acts).order_by("-number")
