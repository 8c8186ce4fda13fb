"""What was promised, and how it is grouped."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import LedgerInline
from tracker.models import LineageClaim, Objective, Policy, PolicyEvent, Statement


class ObjectiveInline(LedgerInline):
    model = Objective
    fields: ClassVar[Any] = ["number", "code", "name", "name_ur", "grouping", "words", "words_ur", "citation"]
    autocomplete_fields: ClassVar[Any] = ["citation"]
    related: ClassVar[Any] = ["citation"]


@admin.register(Policy)
class PolicyAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "name", "starts", "ends", "text"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "text"]
    list_select_related: ClassVar[Any] = ["citation"]
    search_fields: ClassVar[Any] = ["code", "name", "name_ur", "short_name"]
    autocomplete_fields: ClassVar[Any] = ["citation"]
    inlines: ClassVar[Any] = [ObjectiveInline]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["code", "name", "short_name", "text", "starts", "ends", "citation", "position"]}),
        (_("In Urdu"), {"fields": ["name_ur", "short_name_ur"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
    ]


@admin.register(PolicyEvent)
class PolicyEventAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["account", "policy", "on", "kind"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "kind", "policy"]
    list_select_related: ClassVar[Any] = ["policy", "citation"]
    search_fields: ClassVar[Any] = ["code", "account", "policy__code", "policy__name"]
    autocomplete_fields: ClassVar[Any] = ["policy", "citation"]
    fieldsets: ClassVar[Any] = [(None, {"fields": ["policy", "on", "kind", "account", "account_ur", "citation"]})]


@admin.register(LineageClaim)
class LineageClaimAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["policy", "relation", "predecessor"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "relation"]
    list_select_related: ClassVar[Any] = ["policy", "predecessor", "citation"]
    search_fields: ClassVar[Any] = ["code", "policy__code", "policy__name", "predecessor__code", "predecessor__name"]
    autocomplete_fields: ClassVar[Any] = ["policy", "predecessor", "citation"]
    fieldsets: ClassVar[Any] = [(None, {"fields": ["policy", "relation", "predecessor", "citation"]})]


@admin.register(Objective)
class ObjectiveAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "policy", "number", "name", "grouping"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "grouping", "policy"]
    list_select_related: ClassVar[Any] = ["policy", "citation"]
    search_fields: ClassVar[Any] = ["code", "name", "name_ur", "policy__name"]
    autocomplete_fields: ClassVar[Any] = ["policy", "citation"]
    fieldsets: ClassVar[Any] = [
        (
            None,
            {"fields": ["policy", "number", "code", "name", "name_ur", "grouping", "words", "words_ur", "citation"]},
        ),
    ]


@admin.register(Statement)
class StatementAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["words", "kind", "policy", "action", "area"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "kind", "policy", "area"]
    list_select_related: ClassVar[Any] = ["policy", "action", "area", "citation"]
    search_fields: ClassVar[Any] = ["code", "words", "words_ur", "policy__name", "action__code"]
    autocomplete_fields: ClassVar[Any] = ["policy", "action", "area", "citation"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["policy", "action", "area", "kind", "words", "words_ur", "citation"]}),
    ]
