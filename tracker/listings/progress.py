"""Roll-ups as a list and as a file: a row for each policy, line of effort, body, sphere and area."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import number, share
from tracker.assessment.rollups import EXCLUSIVE, Kind, Rollup, column
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.listings.base import CodeFilter, LedgerListing, LedgerTable, NumberColumn, none_named, rounded, standing
from tracker.models import Policy, ResponsibleBody
from tracker.progress import actions_url, asked_for, elapsed_words, scope_name, state_counts, strip


class ShareColumn(tables.Column):
    """A share; without one, that there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"attrs": {"cell": {"class": "num"}}, "default": _("no plan"), **kwargs})

    def render(self, value: Any) -> str:
        return share(value)


class ProgressTable(LedgerTable):
    scope = tables.Column(
        verbose_name=_("Scope"),
        order_by=("rank", "policy__position", "objective__number", "body__name", "area__position"),
        attrs={"cell": {"class": "plain"}},
    )
    commitments = NumberColumn(verbose_name=_("Commitments"))
    states = tables.Column(
        verbose_name=_("By state"), empty_values=(), orderable=False, attrs={"cell": {"class": "wide plain"}}
    )
    evidenced = ShareColumn(verbose_name=_("Proved"))
    planned = ShareColumn(verbose_name=_("Due"))
    with_plan = tables.Column(verbose_name=_("With a plan"), attrs={"cell": {"class": "num"}})
    evidenced_floor = ShareColumn(verbose_name=_("At least proved"))
    open = NumberColumn(verbose_name=_("Open"))
    elapsed = tables.Column(
        verbose_name=_("Time elapsed"),
        accessor="elapsed_least",
        order_by=("elapsed_least", "elapsed_most"),
        empty_values=(),
        attrs={"cell": {"class": "num secondary"}},
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No commitment is on record.")

    empty_reason = _("A policy that is published with its commitments is counted here.")

    def render_scope(self, record: Rollup) -> str:
        target = (record.objective and record.policy) or record.policy or record.body or record.area
        name = scope_name(record)
        told = self.link(target, name) if target else name
        return format_html('{} <span class="note">{}</span>', told, record.get_kind_display())

    def render_commitments(self, record: Rollup) -> str:
        return self.link(actions_url(self.request, **asked_for(record)), number(record.commitments))

    def render_states(self, record: Rollup) -> str:
        if not record.commitments:
            return none_named(_("no commitment"))
        drawn = render_to_string("charts/strip.svg", {"strip": strip(record), "id": f"strip-{record.code}"})
        words = format_html_join(
            " · ",
            '<a href="{}">{} {}</a>',
            ((one.url, number(one.count), one.state.label) for one in state_counts(self.request, record) if one.count),
        )
        return format_html('{}<span class="note">{}</span>', drawn, words)

    def render_with_plan(self, record: Rollup) -> str:
        return format_html(str(_("{} of {}")), number(record.with_plan), number(record.scored))

    def render_elapsed(self, record: Rollup) -> str:
        return elapsed_words(record)

    def below(self, record: Rollup) -> str:
        return super().below(record.objective or record.body or record.policy)


class ProgressFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Scope"), empty_label=_("All kinds of scope"))
    policy = CodeFilter(standing(Policy), label=_("Policy"), empty_label=_("All policies"))
    body = CodeFilter(standing(ResponsibleBody), label=_("Body"), empty_label=_("All bodies"))

    class Meta:
        model = Rollup
        fields: list[str] = []


class ProgressListing(LedgerListing):
    name = "progress"
    title = _("Progress")
    lead = _("The commitments of every policy, line of effort, body, sphere and area, counted. No average is formed.")
    noun = npgettext_lazy("counted", "scope", "scopes")
    table_class = ProgressTable
    filterset_class = ProgressFilter
    template_name = "tracker/progress.html"
    columns = {
        "code": "code",
        "kind": "kind",
        "scope": "scope",
        "policy": "policy__code",
        "objective": "objective__code",
        "body": "body__code",
        "area": "area_id",
        "commitments": "commitments",
        "redacted": "redacted",
        **{column(state): column(state) for state in State},
        **{f"{column(state)}_current": f"{column(state)}_now" for state in State},
        **{f"has_{link}": link for link in Chain.LINKS},
        "scored": "scored",
        "with_plan": "with_plan",
        "evidence": rounded("evidenced"),
        "evidence_floor": rounded("evidenced_floor"),
        "planned": rounded("planned"),
        "planned_floor": rounded("planned_floor"),
        "open": "open",
        "elapsed_least": rounded("elapsed_least"),
        "elapsed_most": rounded("elapsed_most"),
    }

    def get_queryset(self) -> QuerySet:
        return (
            Rollup.objects.select_related("policy", "objective", "body", "area")
            .defer("reasons")
            .order_by(
                "rank",
                "policy__position",
                F("objective__grouping").asc(nulls_last=True),
                "objective__number",
                "body__name",
                "area__position",
                "code",
            )
        )

    def context(self) -> dict[str, Any]:
        return {"exclusive": [kind.label for kind in EXCLUSIVE]}
