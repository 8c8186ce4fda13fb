"""Commitments, their steps, and published changes of plan."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import STACKED, LedgerInline
from tracker.models import ActionLink, Assignment, Measure, Milestone, PlanChange, PolicyAction

CORRECTION: Any = (_("Correction"), {"fields": ["replaces", "reason"], "classes": ["collapse"]})


class MilestoneInline(LedgerInline):
    model = Milestone
    template = STACKED
    fields = ["position", "code", "title", "area", "due", "means_of_verification", "weight", "citation"]
    autocomplete_fields = ["area", "citation"]
    related = ["area", "citation"]


class AssignmentInline(LedgerInline):
    model = Assignment
    template = STACKED
    fields = ["body", "role", "area", "starts", "ends", "basis", "citation", "replaces", "reason"]
    autocomplete_fields = ["body", "area", "citation", "replaces"]
    related = ["action", "body", "area", "citation", "replaces"]


class MeasureInline(LedgerInline):
    model = Measure
    fields = ["position", "indicator", "use", "area", "note", "replaces", "reason"]
    autocomplete_fields = ["indicator", "area", "replaces"]
    related = ["action", "policy", "indicator", "area", "replaces"]


class LinkInline(LedgerInline):
    model = ActionLink
    fk_name = "action"
    fields = ["relation", "to_action", "to_policy", "note", "citation"]
    autocomplete_fields = ["to_action", "to_policy", "citation"]
    related = ["action", "to_action", "to_policy", "citation"]


@admin.register(PolicyAction)
class PolicyActionAdmin(LedgerAdmin):
    list_display = ["code", "title", "policy", "domain", "area", "due"]
    list_filter = [*LedgerAdmin.list_filter, "policy", "domain", "scored", "area"]
    list_select_related = ["policy", "objective", "area", "citation"]
    search_fields = ["code", "title", "title_ur", "wording", "wording_ur"]
    autocomplete_fields = ["policy", "objective", "area", "citation"]
    inlines = [MilestoneInline, MeasureInline, AssignmentInline, LinkInline]
    fieldsets = [
        (None, {"fields": ["policy", "objective", ("number", "position"), "code", "title", "wording", "citation"]}),
        (_("Kind, place and time"), {"fields": ["domain", "area", ("starts", "due"), "weight"]}),
        (_("Scoring"), {"fields": ["scored", "unscored_reason", "own_count", "remark"]}),
        (_("In Urdu"), {"fields": ["title_ur", "wording_ur", "unscored_reason_ur", "remark_ur"]}),
    ]


@admin.register(ActionLink)
class ActionLinkAdmin(LedgerAdmin):
    list_display = ["action", "relation", "to_action", "to_policy"]
    list_filter = [*LedgerAdmin.list_filter, "relation"]
    list_select_related = ["action", "to_action", "to_policy", "citation"]
    search_fields = [
        "code",
        "action__code",
        "action__title",
        "to_action__code",
        "to_policy__code",
        "note",
    ]
    autocomplete_fields = ["action", "to_action", "to_policy", "citation"]
    fieldsets = [
        (None, {"fields": ["action", "relation", "to_action", "to_policy", "note", "note_ur", "citation"]}),
    ]


@admin.register(Milestone)
class MilestoneAdmin(LedgerAdmin):
    list_display = ["code", "title", "action", "area", "due"]
    list_filter = [*LedgerAdmin.list_filter, "action__policy", "area"]
    list_select_related = ["action", "area", "citation"]
    search_fields = ["code", "title", "title_ur", "means_of_verification", "action__code"]
    autocomplete_fields = ["action", "area", "citation"]
    fieldsets = [
        (None, {"fields": ["action", "position", "code", "title", "area", "due", "weight"]}),
        (_("Evidence"), {"fields": ["means_of_verification", "citation"]}),
        (_("In Urdu"), {"fields": ["title_ur", "means_of_verification_ur"]}),
    ]


@admin.register(PlanChange)
class PlanChangeAdmin(LedgerAdmin):
    list_display = ["kind", "action", "milestone", "new_due", "announced"]
    list_filter = [*LedgerAdmin.list_filter, "kind"]
    list_select_related = ["action", "milestone__action", "citation"]
    search_fields = ["code", "reason", "action__code", "action__title", "milestone__code"]
    autocomplete_fields = ["action", "milestone", "citation"]
    fieldsets = [
        (None, {"fields": ["action", "milestone", "kind", "announced"]}),
        (_("What it is from now on"), {"fields": ["new_due", "new_weight", "new_wording"]}),
        (_("Why, and who says so"), {"fields": ["reason", "reason_ur", "citation"]}),
    ]
