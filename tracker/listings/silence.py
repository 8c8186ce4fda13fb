"""Silence: only where a duty to report is on record; elsewhere what was searched for and not found."""

from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Case, Count, F, QuerySet, When
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext_lazy

from azm.lib.templatetags.azm import date_long, date_range, date_short, english, in_language, number
from tracker.assessment.silence import DutyState, Silence, duties, searched_figures, searched_texts
from tracker.listings.base import (
    SOURCE_COLUMNS,
    CodeFilter,
    DateColumn,
    LedgerListing,
    LedgerTable,
    none_named,
    standing,
)
from tracker.models import MetricSnapshot, Policy, PolicyEvent, ReportingDuty, ResponsibleBody

SHOWN = 25


class SilenceTable(LedgerTable):
    body = tables.Column(
        verbose_name=gettext_lazy("Body"), order_by="body__name", attrs={"cell": {"class": "wide plain"}}
    )
    duty = tables.Column(
        verbose_name=gettext_lazy("Duty"), accessor="interval_months", attrs={"cell": {"class": "plain"}}
    )
    period = tables.Column(
        verbose_name=gettext_lazy("Period"),
        accessor="silence__counted_from",
        attrs={"cell": {"class": "secondary"}},
    )
    due = DateColumn(verbose_name=gettext_lazy("Report due"), accessor="silence__due")
    last = tables.Column(
        verbose_name=gettext_lazy("Last report"),
        accessor="silence__last",
        order_by="silence__last__as_of",
        empty_values=(),
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        accessor="silence__state",
        orderable=False,
        attrs={"cell": {"class": "end"}},
    )
    source = tables.Column(
        verbose_name=gettext_lazy("Source"),
        accessor="code",
        orderable=False,
        empty_values=(),
        attrs={"cell": {"class": "secondary"}},
    )

    class Meta(LedgerTable.Meta):
        pass

    def render_body(self, record: ReportingDuty) -> str:
        return self.named(record.body)

    def render_duty(self, record: ReportingDuty) -> str:
        if record.policy is None:
            return every(record)
        return format_html("{} {}", every(record), self.named(record.policy, "short_name"))

    def render_period(self, record: ReportingDuty) -> str:
        silence: Silence = record.silence
        return date_range(silence.counted_from, silence.due)

    def render_last(self, record: ReportingDuty) -> str:
        last = record.silence.last
        return self.link(last, date_short(last.as_of)) if last else none_named(_("none on record"))

    def render_state(self, record: ReportingDuty) -> str:
        return said(record.silence)

    def render_source(self, record: ReportingDuty) -> str:
        cited = record.citation
        return self.link(cited, english(cited.source.publisher)) if cited else ""


def every(duty: ReportingDuty) -> str:
    n = duty.interval_months
    return format_html(ngettext("every month", "every {} months", n), number(n))


def said(silence: Silence) -> str:
    """ "silent for 91 days", "due 12 days ago, within the days of grace", "has reported"."""
    days = silence.days
    if days is None:
        return str(DutyState(silence.state).label)
    if silence.is_silent:
        return format_html(
            "<b>{}</b>", format_html(ngettext("silent for {} day", "silent for {} days", days), number(days))
        )
    return format_html(
        ngettext("due {} day ago, within the days of grace", "due {} days ago, within the days of grace", days),
        number(days),
    )


class SilenceFilter(django_filters.FilterSet):
    body = CodeFilter(standing(ResponsibleBody), label=gettext_lazy("Body"), empty_label=gettext_lazy("All bodies"))
    policy = CodeFilter(standing(Policy), label=gettext_lazy("Policy"), empty_label=gettext_lazy("All policies"))
    state = django_filters.ChoiceFilter(
        field_name="silence__state",
        choices=DutyState.choices,
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("Any state"),
    )

    class Meta:
        model = ReportingDuty
        fields: list[str] = []


class SilenceListing(LedgerListing):
    name = "silence"
    title = gettext_lazy("Silence")
    lead = gettext_lazy("Said only of a body whose duty to report is published or accepted; of nobody else.")
    noun = npgettext_lazy("counted", "duty to report", "duties to report")
    table_class = SilenceTable
    filterset_class = SilenceFilter
    template_name = "tracker/silence.html"
    columns = {
        "code": "code",
        "body": "body__code",
        "body_name": "body__name",
        "body_name_ur": "body__name_ur",
        "policy": "policy__code",
        "interval_months": "interval_months",
        "starts": "starts",
        "ends": "ends",
        "state": "silence__state",
        "period_start": "silence__counted_from",
        "due": "silence__due",
        "last_report": "silence__last__code",
        "last_report_on": "silence__last__as_of",
        "last_report_action": "silence__last__action__code",
        "days_past_due": "silence__days",
        "days_of_silence": "days_of_silence",
        **SOURCE_COLUMNS,
        "edition": "edition_id",
    }

    def get_queryset(self) -> QuerySet:
        return with_days(duties())

    def context(self) -> dict[str, Any]:
        if not self.page.paginator.count and not self.filterset.form.changed_data:
            self.table.empty_text = self.nothing()
        counted = dict(self.filterset.qs.order_by().values_list("silence__state").annotate(n=Count("pk")))
        texts, figures = list(searched_texts(self.reading)), list(searched_figures(self.reading)[: SHOWN + 1])
        return {
            "states": [{"label": label, "n": counted.get(state, 0)} for state, label in DutyState.choices],
            "searches": [*map(searched_text, texts), *map(searched_figure, figures[:SHOWN])],
            "more_searches": len(figures) > SHOWN,
        }

    def nothing(self) -> str:
        """That nobody is called silent, told with how many bodies were looked at."""
        bodies = ResponsibleBody.objects.in_edition(self.reading.edition).aggregate(n=Count("pk"))["n"]
        return format_html(
            _("No duty to report, published or accepted, is on record for any of {} bodies; so none is called silent."),
            number(bodies),
        )


def searched_text(event: PolicyEvent) -> dict[str, Any]:
    return {
        "about": in_language(event.policy, "name"),
        "target": event.policy,
        "what": _("its text"),
        "on": date_long(event.on),
        "where": in_language(event, "account"),
    }


def searched_figure(snapshot: MetricSnapshot) -> dict[str, Any]:
    return {
        "about": in_language(snapshot.series.indicator, "name"),
        "target": snapshot,
        "what": in_language(snapshot.series.area, "name"),
        "on": date_long(snapshot.searched_on),
        "where": english(snapshot.searched_where),
    }


def with_days(rows: QuerySet) -> QuerySet:
    """Days of silence are there only where it has begun; before, days since the due day are no silence."""
    days = Case(When(silence__state=DutyState.SILENT, then=F("silence__days")))
    found: QuerySet = rows.annotate(days_of_silence=days)
    return found


def duties_in_words(rows: Iterable[ReportingDuty]) -> list[dict[str, Any]]:
    """What the pages of a body and of an action say of each duty."""
    return [
        {
            "duty": row,
            "every": every(row),
            "due": date_long(row.silence.due),
            "said": said(row.silence),
            "last": row.silence.last,
        }
        for row in rows
    ]
