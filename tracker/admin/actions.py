"""Commitments, their steps, and published changes of plan."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import STACKED, LedgerInline
from tracker.models import ActionLink, Assignment, Measure, Milestone, PlanChange, PolicyAction

CORRECTION = (_("Correction"), {"fields": ["replaces", "reason"], "classes": ["collapse"]})


class MilestoneInline(LedgerInline):
    model = Milestone
    template = STACKED
    fields: ClassVar[Any] = ["position", "code", "title", "area", "due", "means_of_verification", "weight", "citation"]
    autocomplete_fields: ClassVar[Any] = ["area", "citation"]
    related: ClassVar[Any] = ["area", "citation"]


class AssignmentInline(LedgerInline):
    model = Assignment
    template = STACKED
    fields: ClassVar[Any] = ["body", "role", "area", "starts", "ends", "basis", "citation", "replaces", "reason"]
    autocomplete_fields: ClassVar[Any] = ["body", "area", "citation", "replaces"]
    related: ClassVar[Any] = ["action", "body", "area", "citation", "replaces"]


class MeasureInline(LedgerInline):
    model = Measure
    fields: ClassVar[Any] = ["position", "indicator", "use", "area", "note", "replaces", "reason"]
    autocomplete_fields: ClassVar[Any] = ["indicator", "area", "replaces"]
    related: ClassVar[Any] = ["action", "policy", "indicator", "area", "replaces"]


class LinkInline(LedgerInline):
    model = ActionLink
    fk_name = "action"
    fields: ClassVar[Any] = ["relation", "to_action", "to_policy", "note", "citation"]
    autocomplete_fields: ClassVar[Any] = ["to_action", "to_policy", "citation"]
    related: ClassVar[Any] = ["action", "to_action", "to_policy", "citation"]


@admin.register(PolicyAction)
class PolicyActionAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "title", "policy", "domain", "area", "due"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "policy", "domain", "scored", "area"]
    list_select_related: ClassVar[Any] = ["policy", "objective", "area", "citation"]
    search_fields: ClassVar[Any] = ["code", "title", "title_ur", "wording", "wording_ur"]
    autocomplete_fields: ClassVar[Any] = ["policy", "objective", "area", "citation"]
    inlines: ClassVar[Any] = [MilestoneInline, MeasureInline, AssignmentInline, LinkInline]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["policy", "objective", ("number", "position"), "code", "title", "wording", "citation"]}),
        (_("Kind, place and time"), {"fields": ["domain", "area", ("starts", "due"), "weight"]}),
        (_("Scoring"), {"fields": ["scored", "unscored_reason", "own_count", "remark"]}),
        (_("In Urdu"), {"fields": ["title_ur", "wording_ur", "unscored_reason_ur", "remark_ur"]}),
    ]


@admin.register(ActionLink)
class ActionLinkAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["action", "relation", "to_action", "to_policy"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "relation"]
    list_select_related: ClassVar[Any] = ["action", "to_action", "to_policy", "citation"]
    search_fields: ClassVar[Any] = [
        "code",
        "action__code",
        "action__title",
        "to_action__code",
        "to_policy__code",
        "note",
    ]
    autocomplete_fields: ClassVar[Any] = ["action", "to_action", "to_policy", "citation"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["action", "relation", "to_action", "to_policy", "note", "note_ur", "citation"]}),
    ]


@admin.register(Milestone)
class MilestoneAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "title", "action", "area", "due"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "action__policy", "area"]
    list_select_related: ClassVar[Any] = ["action", "area", "citation"]
    search_fields: ClassVar[Any] = ["code", "title", "title_ur", "means_of_verification", "action__code"]
    autocomplete_fields: ClassVar[Any] = ["action", "area", "citation"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["action", "position", "code", "title", "area", "due", "weight"]}),
        (_("Evidence"), {"fields": ["means_of_verification", "citation"]}),
        (_("In Urdu"), {"fields": ["title_ur", "means_of_verification_ur"]}),
    ]


@admin.register(PlanChange)
class PlanChangeAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["kind", "action", "milestone", "new_due", "announced"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "kind"]
    list_select_related: ClassVar[Any] = ["action", "milestone__action", "citation"]
    search_fields: ClassVar[Any] = ["code", "reason", "action__code", "action__title", "milestone__code"]
    autocomplete_fields: ClassVar[Any] = ["action", "milestone", "citation"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["action", "milestone", "kind", "announced"]}),
        (_("What it is from now on"), {"fields": ["new_due", "new_weight", "new_wording"]}),
        (_("Why, and who says so"), {"fields": ["reason", "reason_ur", "citation"]}),
    ]
