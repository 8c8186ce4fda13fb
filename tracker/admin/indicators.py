"""What is measured, and what it is to reach."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.actions import CORRECTION
from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import LedgerInline
from tracker.models import Indicator, IndicatorBreak, Measure, Series, Target

TARGET_NAMES = ["series__indicator", "series__area", "action", "whole", "citation", "replaces__series__indicator"]
BASELINE_NAMES = ["baseline__series__indicator"]


class BreakInline(LedgerInline):
    model = IndicatorBreak
    fields = ["on", "description", "description_ur", "citation"]
    autocomplete_fields = ["citation"]
    related = ["indicator", "citation"]


@admin.register(Indicator)
class IndicatorAdmin(LedgerAdmin):
    list_display = ["code", "name", "unit", "kind", "behaviour", "direction"]
    list_filter = [*LedgerAdmin.list_filter, "kind", "behaviour", "direction"]
    search_fields = ["code", "name", "name_ur", "counted", "unit"]
    inlines = [BreakInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "short_name", "unit", "decimals", "counted", "definition"]}),
        (_("How it behaves"), {"fields": ["kind", "behaviour", "may_exceed_100", "frequency_months"]}),
        (_("Which way is better"), {"fields": ["direction", "unscored_reason"]}),
        (
            _("In Urdu"),
            {"fields": ["name_ur", "short_name_ur", "unit_ur", "counted_ur", "definition_ur", "unscored_reason_ur"]},
        ),
        (_("In lists"), {"fields": ["position"]}),
    ]


@admin.register(IndicatorBreak)
class IndicatorBreakAdmin(LedgerAdmin):
    list_display = ["indicator", "on", "description"]
    list_select_related = ["indicator", "citation"]
    search_fields = ["code", "description", "indicator__code", "indicator__name"]
    autocomplete_fields = ["indicator", "citation"]
    fieldsets = [
        (None, {"fields": ["indicator", "on", "description", "description_ur", "citation"]}),
    ]


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):
    """Made by the forms of snapshots as they need one. A series that is wrong is deleted, never bent."""

    list_display = ["indicator", "area"]
    list_filter = ["area"]
    list_select_related = ["indicator", "area"]
    search_fields = ["indicator__code", "indicator__name", "area__code", "area__name"]
    autocomplete_fields = ["indicator", "area"]
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("indicator", "area")


@admin.register(Measure)
class MeasureAdmin(LedgerAdmin):
    list_display = ["indicator", "use", "action", "policy", "area"]
    list_filter = [*LedgerAdmin.list_filter, "use", "area"]
    list_select_related = ["action", "policy", "indicator", "area", "replaces"]
    search_fields = ["code", "indicator__code", "indicator__name", "action__code", "action__title"]
    autocomplete_fields = ["action", "policy", "indicator", "area", "replaces"]
    fieldsets = [
        (None, {"fields": ["action", "policy", "indicator", "use", "area", "position", "note", "note_ur"]}),
        CORRECTION,
    ]


@admin.register(Target)
class TargetAdmin(LedgerAdmin):
    list_display = ["series", "basis", "number", "due", "action"]
    list_filter = [*LedgerAdmin.list_filter, "basis", "series__area"]
    list_select_related = [*TARGET_NAMES, *BASELINE_NAMES]
    search_fields = ["code", "series__indicator__code", "series__indicator__name", "action__code"]
    autocomplete_fields = ["series", "action", "whole", "baseline", "citation", "replaces"]
    fieldsets = [
        (None, {"fields": ["action", "series", "basis", "value", "whole", "due", "interim", "baseline", "citation"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
        CORRECTION,
    ]

    @admin.display(description=_("value"), ordering="value")
    def number(self, target: Target) -> str | None:
        return None if target.value is None else f"{target.value.normalize():f}"
