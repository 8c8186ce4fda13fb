"""What bodies report."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.actions import CORRECTION
from tracker.admin.base import LedgerAdmin
from tracker.models import ProgressUpdate


@admin.register(ProgressUpdate)
class ProgressUpdateAdmin(LedgerAdmin):
    list_display = ["action", "as_of", "status", "body", "area", "channel"]
    list_filter = [*LedgerAdmin.list_filter, "status", "channel", "action__policy", "area"]
    list_select_related = [
        "action",
        "milestone",
        "body",
        "area",
        "waiting_on",
        "citation",
        "replaces__action",
    ]
    search_fields = ["code", "action__code", "action__title", "body__name", "account", "account_ur"]
    autocomplete_fields = ["action", "milestone", "area", "body", "waiting_on", "citation", "replaces"]
    fieldsets = [
        (None, {"fields": ["action", ("milestone", "met"), "area", "as_of"]}),
        (_("Who reports, and how"), {"fields": ["body", "channel", "endorsed_by"]}),
        (_("What is reported"), {"fields": ["status", "account", "account_ur"]}),
        (_("The source"), {"fields": ["citation"]}),
        (_("Held against the means of verification"), {"fields": [("checked_on", "checked_against")]}),
        (_("What it waits for"), {"fields": ["waiting_on", "needed", "needed_ur"]}),
        CORRECTION,
    ]
