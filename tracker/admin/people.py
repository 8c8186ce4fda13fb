"""Who works at the desk, and for which bodies."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.fields import STRICT_FIELDS, dressed
from tracker.models import Membership, User


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["body"]
    formfield_overrides = STRICT_FIELDS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return dressed(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name, named=True)


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    inlines = [MembershipInline]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return list(super().get_inlines(request, obj)) if obj else []


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "body", "since", "until"]
    list_select_related = ["user", "body"]
    list_filter = ["until"]
    search_fields = ["user__username", "body__code", "body__name"]
    search_help_text = _("A user name, or the name of a body.")
    autocomplete_fields = ["user", "body"]
    formfield_overrides = STRICT_FIELDS
