"""What is withheld and what is not published, by body, with authority and ground."""

from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy

from azm.lib.partialdates import PartialDateText
from azm.lib.templatetags.azm import date_long, english, in_language
from tracker.assessment.openness import GROUPS, Gap, Tally, by_body, gaps
from tracker.frame import href
from tracker.listings.base import AreaFilter, CodeFilter, LedgerListing, LedgerTable, none_named, standing
from tracker.models import Measure, Policy, ResponsibleBody
from tracker.wording import period

SHOWN = 25
"""Bodies that the table of counts names one by one; the others are one line of it."""
PER_BODY = 10
"""Rows that the page of a body tells; the list has all."""


class OpennessTable(LedgerTable):
    gap = tables.Column(
        verbose_name=gettext_lazy("What is missing"), order_by="place", attrs={"cell": {"class": "plain"}}
    )
    about = tables.Column(
        verbose_name=gettext_lazy("Of what"),
        accessor="code",
        orderable=False,
        empty_values=(),
        attrs={"cell": {"class": "wide plain"}},
    )
    body = tables.Column(
        verbose_name=gettext_lazy("Body"), order_by="body__name", empty_values=(), attrs={"cell": {"class": "plain"}}
    )
    ground = tables.Column(
        verbose_name=gettext_lazy("Ground, or where it was sought"),
        accessor="code",
        orderable=False,
        empty_values=(),
        attrs={"cell": {"class": "plain"}},
    )
    source = tables.Column(
        verbose_name=gettext_lazy("Source"),
        accessor="code",
        orderable=False,
        empty_values=(),
        attrs={"cell": {"class": "secondary"}},
    )

    class Meta(LedgerTable.Meta):
        empty_text = gettext_lazy("Nothing on record is withheld, and nothing was sought in vain.")

    empty_reason = gettext_lazy("Figures, texts of policies and the links of every commitment were looked through.")

    def render_gap(self, record: Gap) -> str:
        return str(record.get_gap_display())

    def render_about(self, record: Gap) -> str:
        target, words = subject(record)
        return self.link(target, words)

    def render_body(self, record: Gap) -> str:
        if record.body is None:
            return none_named(_("no body named"))
        return format_html('{} <span class="note">{}</span>', self.named(record.body), record.get_basis_display())

    def render_ground(self, record: Gap) -> Any:
        return ground(record)

    def render_source(self, record: Gap) -> str:
        cited = record.snapshot and record.snapshot.citation
        return self.link(cited, english(cited.source.publisher)) if cited else ""


def subject(gap: Gap) -> tuple[Any, Any]:
    """What the gap is about, as a row with an address, and in words."""
    if gap.snapshot is not None:
        series = gap.snapshot.series
        words = format_html(_("{}, {}"), in_language(series.indicator, "name"), in_language(series.area, "short_name"))
        when = period(gap.snapshot)
        return gap.snapshot, format_html(_("{}, {}"), words, when) if when else words
    if gap.target is not None:
        return gap.action, format_html(
            _("{}: {}"), in_language(gap.action, "title"), in_language(gap.target.series.indicator, "name")
        )
    if gap.action is not None:
        return gap.action, in_language(gap.action, "title")
    return gap.policy, in_language(gap.policy, "name")


def ground(gap: Gap) -> Any:
    """The reason that is given, and the day and place of a search; nothing where neither is on record."""
    if gap.snapshot is not None:
        reason = english(gap.snapshot.no_value_reason)
        if gap.snapshot.searched_on is None:
            return reason
        where = english(gap.snapshot.searched_where)
        return format_html(_("{} Searched on {}: {}"), reason, date_long(gap.snapshot.searched_on), where)
    if gap.search is not None:
        return format_html(_("Searched on {}: {}"), date_long(gap.search.on), in_language(gap.search, "account"))
    return ""


class PolicyFilter(CodeFilter):
    """A figure belongs to every policy that its indicator is a measure of."""

    def filter(self, qs: Any, value: Any) -> Any:
        if not value:
            return qs
        measures = Measure.objects.in_edition(self.parent.request.reading.edition).filter(
            Q(policy=value) | Q(action__policy=value)
        )
        of_figures = Q(snapshot__series__indicator__in=measures.order_by().values("indicator"))
        return qs.filter(Q(policy=value) | of_figures)


class OpennessFilter(django_filters.FilterSet):
    gap = django_filters.ChoiceFilter(
        choices=Gap.Kind.choices, label=gettext_lazy("What is missing"), empty_label=gettext_lazy("All")
    )
    body = CodeFilter(standing(ResponsibleBody), label=gettext_lazy("Body"), empty_label=gettext_lazy("All bodies"))
    basis = django_filters.ChoiceFilter(
        choices=[*Gap.Basis.choices, ("none", gettext_lazy("no body named"))],
        label=gettext_lazy("Why this body"),
        empty_label=gettext_lazy("All"),
        method="of_basis",
    )
    policy = PolicyFilter(standing(Policy), label=gettext_lazy("Policy"), empty_label=gettext_lazy("All policies"))
    about = django_filters.CharFilter(
        label=gettext_lazy("Code of what it is about"), max_length=80, method="of_subject"
    )
    area = AreaFilter(field_name="snapshot__series__area")

    class Meta:
        model = Gap
        fields: list[str] = []

    def of_subject(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        subjects = ("code", "action__code", "policy__code", "snapshot__code", "snapshot__series__indicator__code")
        return rows.filter(reduce(or_, (Q(**{subject: value}) for subject in subjects)))

    def of_basis(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(basis="" if value == "none" else value)


class OpennessListing(LedgerListing):
    name = "openness"
    title = gettext_lazy("Withheld and not published")
    lead = gettext_lazy(
        "What no source on record gives: withheld by whom and on what ground, or sought when and where."
    )
    noun = npgettext_lazy("counted", "thing that is not public", "things that are not public")
    table_class = OpennessTable
    filterset_class = OpennessFilter
    template_name = "tracker/openness.html"
    columns = {
        "code": "code",
        "gap": "gap",
        "body": "body__code",
        "body_name": "body__name",
        "body_name_ur": "body__name_ur",
        "basis": "basis",
        "authority": "snapshot__withheld_by__code",
        "ground": "snapshot__no_value_reason",
        "searched_on": Coalesce(
            Cast("snapshot__searched_on", TextField()), PartialDateText("search__on"), output_field=TextField()
        ),
        "searched_where": Coalesce("snapshot__searched_where", "search__account", output_field=TextField()),
        "indicator": Coalesce("snapshot__series__indicator__code", "target__series__indicator__code"),
        "area": Coalesce("snapshot__series__area_id", "target__series__area_id"),
        "period_start": "snapshot__period_start",
        "period_end": "snapshot__period_end",
        "policy": "policy__code",
        "action": "action__code",
        "snapshot": "snapshot__code",
        "target": "target__code",
        "citation": "snapshot__citation__code",
        "quotation": "snapshot__citation__quotation",
        "source": "snapshot__citation__source__code",
        "publisher": "snapshot__citation__source__publisher",
        "source_url": "snapshot__citation__source__url",
        "edition": Coalesce("snapshot__edition_id", "target__edition_id", "action__edition_id", "policy__edition_id"),
    }

    def get_queryset(self) -> QuerySet:
        rows: QuerySet = gaps()
        return rows

    def context(self) -> dict[str, Any]:
        lines, total = by_body(self.filterset.qs)
        return {"groups": [label for label, _kinds in GROUPS.values()], "tallies": tallied(lines), "tally": total}


def tallied(lines: list[Tally]) -> list[dict[str, Any]]:
    """Those with most by name, the others of them in one line, and last what stands under no body; it adds up."""
    named, unnamed = [t for t in lines if t.body is not None], [t for t in lines if t.body is None]
    shown: list[dict[str, Any]] = [{"tally": tally} for tally in named[:SHOWN]]
    if rest := named[SHOWN:]:
        shown.append({"tally": Tally.adding(rest), "others": len(rest)})
    return [*shown, *({"tally": tally} for tally in unnamed)]


def panel(request: HttpRequest, body: ResponsibleBody) -> dict[str, Any] | None:
    """What the page of a body says of what is not public under it: every kind counted, the first rows told."""
    rows = gaps().filter(body=body)
    counted = dict(rows.order_by().values_list("gap").annotate(n=Count("code")))
    if not counted:
        return None
    told = []
    for gap in rows[:PER_BODY]:
        target, words = subject(gap)
        told.append({"gap": gap, "target": target, "words": words, "ground": ground(gap)})
    query = urlencode({"body": body.code})
    total = sum(counted.values())
    return {
        "counts": [{"label": label, "n": counted[kind]} for kind, label in Gap.Kind.choices if kind in counted],
        "total": total,
        "more": total > PER_BODY,
        "rows": told,
        "url": href(request, f"{reverse('openness')}?{query}"),
        "csv_url": href(request, f"{reverse('openness-csv')}?{query}"),
    }
