"""Who works at the desk, and for which bodies."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.admin.fields import STRICT_FIELDS, dressed
from tracker.models import Membership, User


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields: ClassVar[Any] = ["body"]
    formfield_overrides: ClassVar[Any] = STRICT_FIELDS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return dressed(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name, named=True)


@admin.register(User)
class DeskUserAdmin(UserAdmin):
    list_display: ClassVar[Any] = ["username", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    inlines: ClassVar[Any] = [MembershipInline]

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return super().get_inlines(request, obj) if obj else []


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display: ClassVar[Any] = ["user", "body", "since", "until"]
    list_select_related: ClassVar[Any] = ["user", "body"]
    list_filter: ClassVar[Any] = ["until"]
    search_fields: ClassVar[Any] = ["user__username", "body__code", "body__name"]
    search_help_text = _("A user name, or the name of a body.")
    autocomplete_fields: ClassVar[Any] = ["user", "body"]
    formfield_overrides: ClassVar[Any] = STRICT_FIELDS
