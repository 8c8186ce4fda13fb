"""The policies on the record, with their periods on one axis of years."""

from collections.abc import Mapping
from itertools import groupby

import django_filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import gettext, npgettext_lazy
from django.utils.translation import gettext_lazy as _

from tracker.lineage import (
    Axis,
    Told,
    beginning_of,
    beginnings,
    by_statement,
    claims_in,
    different,
    events_of,
    in_short,
)
from tracker.listings.base import (
    ENTERED,
    SOURCE_COLUMNS,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NumberColumn,
    SearchFilter,
)
from tracker.models import Policy, PolicyAction, PolicyEvent


class PolicyTable(LedgerTable):
    """The period of each policy is drawn too, on an axis over those of the page."""

    name = tables.Column(verbose_name=_("Policy"), attrs={"cell": {"class": "wording plain"}})
    drawn = tables.Column(
        verbose_name=_("Period, drawn"),
        accessor="pk",
        orderable=False,
        attrs={"cell": {"class": "years plain"}, "th": {"class": "years"}},
    )
    starts = DateColumn(verbose_name=_("Starts"))
    ends = DateColumn(verbose_name=_("Ends"))
    text = tables.Column(verbose_name=_("Text"), attrs={"cell": {"class": "plain"}})
    actions = NumberColumn(verbose_name=_("Actions"), accessor="commitments")

    class Meta(LedgerTable.Meta):
        empty_text = _("No policy is on record.")

    empty_reason = _("One enters with a source that names it, even if its text is not public.")

    axis: Axis
    begun: Mapping[int, PolicyEvent]
    claims: Mapping[int, list[Told]]

    def render_name(self, record: Policy) -> str:
        return format_html("{}{}", self.named(record), self.origin(self.claims.get(record.pk, [])))

    def origin(self, statements: list[Told]) -> str:
        """Below the name what it is said to come from, and whether that is contested."""
        if not (told := in_short(statements)):
            return ""
        contested = gettext("contested") if len(different(statements)) > 1 else ""
        return format_html(
            ' <span class="note">{}{}</span>', told, format_html(" · <b>{}</b>", contested) if contested else ""
        )

    def render_drawn(self, record: Policy) -> str:
        return self.axis.bar(record, self.begun.get(record.pk))

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
    template_name = "tracker/policies.html"
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

    def complete(self, rows: list[Policy]) -> None:
        statements = by_statement(claims_in(self.reading).filter(policy__in=rows))
        self.table.begun = beginnings(events_of(self.reading, beginning_of(rows)))
        self.table.claims = {pk: list(told) for pk, told in groupby(statements, key=lambda told: told.policy.pk)}
        self.table.axis = Axis.over(rows, self.reading.on, self.table.begun.values())
        self.table.under_heads = {"drawn": self.table.axis.drawn()}

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition
        actions = PolicyAction.objects.in_edition(edition).filter(policy=OuterRef("pk")).order_by().values("policy")
        count = actions.annotate(n=Count("pk")).values("n")
        return (
            Policy.objects.in_edition(edition)
            .annotate(commitments=Coalesce(Subquery(count, output_field=IntegerField()), 0))
            .order_by("position", "code", "pk")
        )
