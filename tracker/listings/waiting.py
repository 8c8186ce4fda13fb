"""Which body holds up which: the reports that say so and still hold."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy

from azm.lib.templatetags.azm import date_long, english, in_language, number
from tracker.assessment.waiting import waits
from tracker.listings.base import (
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NumberColumn,
    none_named,
    standing,
)
from tracker.models import Policy, ProgressUpdate, ResponsibleBody

SHOWN = 25
"""Bodies that the table of counts names one by one; the others are one line of it."""


class WaitingTable(LedgerTable):
    waiter = tables.Column(
        verbose_name=gettext_lazy("Who waits"),
        accessor="waiting__waiter",
        order_by="waiting__waiter__name",
        empty_values=(),
        attrs={"cell": {"class": "plain"}},
    )
    holder = tables.Column(
        verbose_name=gettext_lazy("For whom"),
        accessor="waiting__holder",
        order_by="waiting__holder__name",
        attrs={"cell": {"class": "plain"}},
    )
    needed = tables.Column(
        verbose_name=gettext_lazy("For what"), orderable=False, attrs={"cell": {"class": "wide plain"}}
    )
    action = tables.Column(
        verbose_name=gettext_lazy("Action"),
        order_by=("action__policy__position", "action__position"),
        attrs={"cell": {"class": "plain"}},
    )
    since = DateColumn(verbose_name=gettext_lazy("Since"), accessor="waiting__since")
    last_said = DateColumn(
        verbose_name=gettext_lazy("Last said"), accessor="as_of", attrs={"cell": {"class": "secondary date"}}
    )
    told = NumberColumn(
        verbose_name=gettext_lazy("Times said"), accessor="waiting__told", attrs={"cell": {"class": "num secondary"}}
    )
    source = tables.Column(verbose_name=gettext_lazy("Source"), accessor="code", orderable=False, empty_values=())

    class Meta(LedgerTable.Meta):
        pass

    def render_waiter(self, record: ProgressUpdate) -> str:
        waiter = record.waiting.waiter
        if waiter is not None:
            return self.named(waiter)
        return none_named(_("no body says so of itself"))

    def render_holder(self, record: ProgressUpdate) -> str:
        return self.named(record.waiting.holder)

    def render_needed(self, record: ProgressUpdate) -> str:
        return self.link(record, in_language(record, "needed"))

    def render_action(self, record: ProgressUpdate) -> str:
        about = [in_language(record.milestone, "title")] if record.milestone else []
        about += [in_language(record.area, "short_name")] if record.area else []
        note = format_html(' <span class="note">{}</span>', " · ".join(about)) if about else ""
        return format_html("{}{}", self.named(record.action, "title"), note)

    def render_source(self, record: ProgressUpdate) -> str:
        cited = record.citation
        return self.link(cited, english(cited.source.publisher)) if cited else ""


class WaitingFilter(django_filters.FilterSet):
    waiter = CodeFilter(
        standing(ResponsibleBody),
        field_name="waiting__waiter",
        label=gettext_lazy("Who waits"),
        empty_label=gettext_lazy("Anybody"),
    )
    holder = CodeFilter(
        standing(ResponsibleBody),
        field_name="waiting__holder",
        label=gettext_lazy("For whom"),
        empty_label=gettext_lazy("Anybody"),
    )
    about = django_filters.CharFilter(
        label=gettext_lazy("Code of what it is about"), max_length=80, method="of_subject"
    )
    policy = CodeFilter(
        standing(Policy),
        field_name="action__policy",
        label=gettext_lazy("Policy"),
        empty_label=gettext_lazy("All policies"),
    )
    area = AreaFilter()

    class Meta:
        model = ProgressUpdate
        fields: list[str] = []

    def of_subject(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(Q(code=value) | Q(action__code=value) | Q(milestone__code=value))


class WaitingListing(LedgerListing):
    name = "waiting"
    title = gettext_lazy("Waiting on")
    lead = gettext_lazy("Which body holds up which, as long as the latest report of whoever said so still says it.")
    noun = npgettext_lazy("counted", "open wait", "open waits")
    table_class = WaitingTable
    filterset_class = WaitingFilter
    template_name = "tracker/waiting.html"
    columns = {
        "code": "code",
        "waiter": "waiting__waiter__code",
        "waiter_name": "waiting__waiter__name",
        "waiter_name_ur": "waiting__waiter__name_ur",
        "holder": "waiting__holder__code",
        "holder_name": "waiting__holder__name",
        "holder_name_ur": "waiting__holder__name_ur",
        "needed": "needed",
        "needed_ur": "needed_ur",
        "action": "action__code",
        "policy": "action__policy__code",
        "milestone": "milestone__code",
        "area": "area_id",
        "since": "waiting__since",
        "last_said": "as_of",
        "times_said": "waiting__told",
        "reported_by": "body__code",
        "channel": "channel",
        **SOURCE_COLUMNS,
        "edition": "edition_id",
    }

    def get_queryset(self) -> QuerySet:
        return waits()

    def context(self) -> dict[str, Any]:
        if not self.page.paginator.count and not self.filterset.form.changed_data:
            self.table.empty_text = self.nothing()
        lines, total = balance(list(self.filterset.qs.order_by().values_list("waiting__waiter", "waiting__holder")))
        return {"balance": lines, "balance_total": total}

    def nothing(self) -> str:
        """That nobody is waited for, told with what was looked through."""
        reports = ProgressUpdate.objects.in_edition(self.reading.edition).filter(redacted_in=None)
        counted = reports.filter(as_of__lte=self.reading.on).aggregate(n=Count("pk"))["n"]
        if not counted:
            return format_html(
                _("No progress report is on record up to {}, and only a report says whom a body waits for."),
                date_long(self.reading.on),
            )
        return format_html(
            _("{} progress reports up to {} were looked through: none that still holds names a body waited for."),
            number(counted),
            date_long(self.reading.on),
        )


def balance(pairs: list[tuple[int | None, int]]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """For each body how often it is waited for and how often it waits; the lines add up to the total.

    Whose wait it is may be told by somebody else; such waits stand in a line without a body.
    """
    held: dict[int | None, int] = {}
    waiting: dict[int | None, int] = {}
    for waiter, holder in pairs:
        held[holder] = held.get(holder, 0) + 1
        waiting[waiter] = waiting.get(waiter, 0) + 1
    keys = sorted({*held, *waiting}, key=lambda key: (key is None, -held.get(key, 0), -waiting.get(key, 0), key or 0))
    bodies = ResponsibleBody.objects.in_bulk([key for key in keys if key is not None])
    lines: list[dict[str, Any]] = [
        {"body": bodies.get(key) if key else None, "holds_up": held.get(key, 0), "waits": waiting.get(key, 0)}
        for key in keys
    ]
    shown, rest = lines[:SHOWN], lines[SHOWN:]
    if rest:
        shown.append({"others": len(rest), **{k: sum(line[k] for line in rest) for k in ("holds_up", "waits")}})
    return shown, {"holds_up": len(pairs), "waits": len(pairs)}
