"""Who is responsible, for what, and when they report."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.actions import CORRECTION
from tracker.admin.base import LedgerAdmin
from tracker.models import Assignment, ReportingDuty, ResponsibleBody


@admin.register(ResponsibleBody)
class ResponsibleBodyAdmin(LedgerAdmin):
    list_display = ["name", "code", "sphere", "kind", "security_force", "area"]
    list_filter = [*LedgerAdmin.list_filter, "sphere", "kind", "security_force", "area"]
    list_select_related = ["parent", "area", "citation"]
    search_fields = ["code", "name", "name_ur"]
    autocomplete_fields = ["parent", "area", "citation"]
    fieldsets = [
        (None, {"fields": ["code", "name", "name_ur", "sphere", "kind", "security_force", "citation"]}),
        (_("Under whom, and where"), {"fields": ["parent", "command", "command_ur", "area"]}),
        (_("Since and until when"), {"fields": ["valid_from", "valid_to"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
    ]


@admin.register(Assignment)
class AssignmentAdmin(LedgerAdmin):
    list_display = ["body", "role", "action", "area", "starts", "ends"]
    list_filter = [*LedgerAdmin.list_filter, "role", "body__sphere", "action__policy", "area"]
    list_select_related = ["body", "action", "area", "citation", "replaces"]
    search_fields = ["code", "body__code", "body__name", "action__code", "action__title"]
    autocomplete_fields = ["body", "action", "area", "citation", "replaces"]
    fieldsets = [
        (None, {"fields": ["action", "body", "role", "area", ("starts", "ends"), "basis", "citation"]}),
        (_("Remark"), {"fields": ["remark", "remark_ur"]}),
        CORRECTION,
    ]


@admin.register(ReportingDuty)
class ReportingDutyAdmin(LedgerAdmin):
    list_display = ["body", "interval_months", "policy", "starts", "ends"]
    list_filter = [*LedgerAdmin.list_filter, "policy"]
    list_select_related = ["body", "policy", "citation"]
    search_fields = ["code", "body__code", "body__name", "policy__code"]
    autocomplete_fields = ["body", "policy", "citation"]
    fieldsets = [
        (None, {"fields": ["body", "policy", "interval_months", ("starts", "ends"), "citation"]}),
    ]
