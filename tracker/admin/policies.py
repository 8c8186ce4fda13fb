"""What was promised, and how it is grouped."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import LedgerInline
from tracker.models import LineageClaim, Objective, Policy, PolicyEvent, Statement


class ObjectiveInline(LedgerInline):
    model = Objective
    fields = ["number", "code", "name", "name_ur", "grouping", "words", "words_ur", "citation"]
    autocomplete_fields = ["citation"]
    related = ["citation"]


@admin.register(Policy)
class PolicyAdmin(LedgerAdmin):
    list_display = ["code", "name", "starts", "ends", "text"]
    list_filter = [*LedgerAdmin.list_filter, "text"]
    list_select_related = ["citation"]
    search_fields = ["code", "name", "name_ur", "short_name"]
    autocomplete_fields = ["citation"]
    inlines = [ObjectiveInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "short_name", "text", "starts", "ends", "citation", "position"]}),
        (_("In Urdu"), {"fields": ["name_ur", "short_name_ur"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
    ]


@admin.register(PolicyEvent)
class PolicyEventAdmin(LedgerAdmin):
    list_display = ["account", "policy", "on", "kind"]
    list_filter = [*LedgerAdmin.list_filter, "kind", "policy"]
    list_select_related = ["policy", "citation"]
    search_fields = ["code", "account", "policy__code", "policy__name"]
    autocomplete_fields = ["policy", "citation"]
    fieldsets = [(None, {"fields": ["policy", "on", "kind", "account", "account_ur", "citation"]})]


@admin.register(LineageClaim)
class LineageClaimAdmin(LedgerAdmin):
    list_display = ["policy", "relation", "predecessor"]
    list_filter = [*LedgerAdmin.list_filter, "relation"]
    list_select_related = ["policy", "predecessor", "citation"]
    search_fields = ["code", "policy__code", "policy__name", "predecessor__code", "predecessor__name"]
    autocomplete_fields = ["policy", "predecessor", "citation"]
    fieldsets = [(None, {"fields": ["policy", "relation", "predecessor", "citation"]})]


@admin.register(Objective)
class ObjectiveAdmin(LedgerAdmin):
    list_display = ["code", "policy", "number", "name", "grouping"]
    list_filter = [*LedgerAdmin.list_filter, "grouping", "policy"]
    list_select_related = ["policy", "citation"]
    search_fields = ["code", "name", "name_ur", "policy__name"]
    autocomplete_fields = ["policy", "citation"]
    fieldsets = [
        (
            None,
            {"fields": ["policy", "number", "code", "name", "name_ur", "grouping", "words", "words_ur", "citation"]},
        ),
    ]


@admin.register(Statement)
class StatementAdmin(LedgerAdmin):
    list_display = ["words", "kind", "policy", "action", "area"]
    list_filter = [*LedgerAdmin.list_filter, "kind", "policy", "area"]
    list_select_related = ["policy", "action", "area", "citation"]
    search_fields = ["code", "words", "words_ur", "policy__name", "action__code"]
    autocomplete_fields = ["policy", "action", "area", "citation"]
    fieldsets = [
        (None, {"fields": ["policy", "action", "area", "kind", "words", "words_ur", "citation"]}),
    ]
