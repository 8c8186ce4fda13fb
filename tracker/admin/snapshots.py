"""Metric snapshots. A clerk names what was counted and where; the series is found or made."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from provinces.models import Area
from tracker.admin import scope
from tracker.admin.actions import CORRECTION
from tracker.admin.base import LedgerAdmin, ReadOnlyAdmin
from tracker.admin.forms import LedgerForm
from tracker.models import Headline, Indicator, MetricSnapshot, Series


def chooser(name: str) -> AutocompleteSelect:
    return AutocompleteSelect(Series._meta.get_field(name), admin.site)


class SnapshotForm(LedgerForm):
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=capfirst(_("indicator")),
        widget=chooser("indicator"),
        help_text=_("What was counted. Two sources share an indicator only if they count the same thing."),
    )
    area = forms.ModelChoiceField(
        Area.objects.all(),
        label=capfirst(_("area")),
        widget=chooser("area"),
        help_text=_("Exactly the area that the source speaks of, which may be a group of provinces."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "indicator" in self.fields:
            shown = scope.choosable(Indicator.objects.all(), self.clerk, Series, "indicator")
            self.fields["indicator"].queryset = shown  # type: ignore[attr-defined]
        if self.instance.series_id:
            series = self.instance.series
            self.initial = {**self.initial, "indicator": series.indicator, "area": series.area}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("indicator") and cleaned.get("area"):
            parts = {"indicator": cleaned["indicator"], "area": cleaned["area"]}
            self.instance.series = Series.objects.filter(**parts).first() or Series(**parts)
        return cleaned

    def stored_later(self) -> set[str]:
        return {"series"}

    def store(self, row: Any) -> None:
        if row.series_id is None:
            row.series, _made = Series.objects.get_or_create(indicator=row.series.indicator, area=row.series.area)
        row.save()


@admin.register(MetricSnapshot)
class MetricSnapshotAdmin(LedgerAdmin):
    form = SnapshotForm
    list_display = ["indicator", "area", "figure", "period", "status", "source"]
    list_filter = [*LedgerAdmin.list_filter, "status", "qualifier", "series__area"]
    list_select_related = [
        "series__indicator",
        "series__area",
        "citation__source",
        "origin",
        "replaces__series__indicator",
    ]
    search_fields = [
        "code",
        "series__indicator__code",
        "series__indicator__name",
        "series__area__name",
        "citation__code",
    ]
    autocomplete_fields = ["citation", "replaces", "withheld_by"]
    kept = ["as_of", "origin"]
    fieldsets = [
        (None, {"fields": ["indicator", "area", ("period_start", "period_end")]}),
        (_("The value"), {"fields": ["qualifier", "value", ("numerator", "denominator"), "status"]}),
        (_("The source"), {"fields": ["citation"]}),
        (_("What the value covers"), {"fields": ["scope", "scope_ur", "note", "note_ur"]}),
        (
            _("If there is no value"),
            {
                "fields": ["no_value_reason", "withheld_by", "searched_on", "searched_where"],
                "description": _("Only with the status withheld, not collected, not applicable or not found."),
            },
        ),
        CORRECTION,
    ]

    @admin.display(description=_("indicator"), ordering="series__indicator__name")
    def indicator(self, snapshot: MetricSnapshot) -> str:
        return snapshot.series.indicator.name

    @admin.display(description=_("area"), ordering="series__area__position")
    def area(self, snapshot: MetricSnapshot) -> str:
        return snapshot.series.area.short_name

    @admin.display(description=_("value"), ordering="value")
    def figure(self, snapshot: MetricSnapshot) -> str | None:
        if snapshot.value is None:
            return None
        exact = snapshot.qualifier == MetricSnapshot.Qualifier.EXACTLY
        number = f"{snapshot.value.normalize():f}"
        return number if exact else f"{snapshot.get_qualifier_display()} {number}"

    @admin.display(description=_("period"), ordering="as_of")
    def period(self, snapshot: MetricSnapshot) -> str | None:
        ends = [str(end) for end in (snapshot.period_start, snapshot.period_end) if end is not None]
        return " – ".join(dict.fromkeys(ends)) or None

    @admin.display(description=_("source"))
    def source(self, snapshot: MetricSnapshot) -> str | None:
        return snapshot.citation.source.publisher if snapshot.citation else None


@admin.register(Headline)
class HeadlineAdmin(ReadOnlyAdmin):
    """Kept by publishing."""

    list_display = ["series", "snapshot"]
    list_filter = ["series__area"]
    list_select_related = ["series__indicator", "series__area", "snapshot__series__indicator"]
    search_fields = ["series__indicator__code", "series__indicator__name", "snapshot__code"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.list_select_related)
