"""Editions and the history: what the ledger did, to read only; and the way to the reviewer's screen."""

import json
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.access import may_publish
from tracker.admin import review
from tracker.admin.base import ReadOnlyAdmin
from tracker.models import Change, Edition, EditionItem, Return, User
from tracker.publishing.guard import publishable_models


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["number", "act", "summary", "published_at", "published_by", "asked_by", "record"]
    list_filter = ["act", "ground"]
    list_select_related = ["published_by", "asked_by"]
    search_fields = ["summary", "summary_ur", "record", "digest"]
    date_hierarchy = "published_at"
    fields = [
        "number",
        "act",
        "ground",
        "ends",
        "published_at",
        "published_by",
        "asked_by",
        "summary",
        "summary_ur",
        "items",
        "record",
        "record_digest",
        "recipe",
        "digest",
    ]
    readonly_fields = ["items"]

    def get_urls(self) -> list[Any]:
        return [
            path("review/", self.admin_site.admin_view(self.review_view), name="tracker_edition_review"),
            *super().get_urls(),
        ]

    def review_view(self, request: HttpRequest) -> HttpResponse:
        return review.review(request, self.admin_site)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_review": may_publish(request.user)})

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return None if obj is None else review.public_address(obj)

    @admin.display(description=_("rows that entered or left"))
    def items(self, edition: Edition) -> str:
        address = reverse("admin:tracker_editionitem_changelist")
        return format_html('<a href="{}?edition__number__exact={}">{}</a>', address, edition.pk, edition.items.count())


class KindFilter(admin.SimpleListFilter):
    """The kinds are known; asking the table for them would read all of it."""

    title = _("kind of row")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(model._meta.model_name or "", model._meta.verbose_name) for model in publishable_models()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(EditionItem)
class EditionItemAdmin(ReadOnlyAdmin):
    list_display = ["edition", "act", "kind", "code", "digest"]
    list_filter = ["act", KindFilter, "edition"]
    list_select_related = ["edition"]
    search_fields = ["code", "digest"]
    fields = ["edition", "act", "kind", "code", "digest"]


class TableFilter(admin.SimpleListFilter):
    title = _("table")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(model._meta.db_table, model._meta.verbose_name_plural) for model in publishable_models()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(table=self.value()) if self.value() else queryset


class OperationFilter(admin.SimpleListFilter):
    title = _("operation")
    parameter_name = "op"
    NAMES: ClassVar[dict[str, Any]] = {"I": _("entered"), "U": _("changed"), "D": _("deleted")}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.NAMES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(op=self.value()) if self.value() in self.NAMES else queryset


class AuthorFilter(admin.SimpleListFilter):
    title = _("user")
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        people = User.objects.filter(is_staff=True).values_list("pk", "username")
        return [("none", _("nobody at the desk")), *((str(pk), name) for pk, name in people)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "none":
            return queryset.filter(who=None)
        known = {key for key, _name in self.lookup_choices}
        return queryset.filter(who=self.value()) if self.value() in known else queryset


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """The history that the database writes by itself."""

    list_display = ["at", "author", "operation", "table", "row"]
    list_filter = [OperationFilter, TableFilter, AuthorFilter]
    search_fields = ["=row", "table"]
    search_help_text = _("The number of a row, or the name of a table.")
    fields = ["at", "author", "operation", "table", "row", "before"]
    readonly_fields = ["author", "operation", "before"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        name = User.objects.filter(pk=OuterRef("who")).values("username")
        rows: QuerySet = super().get_queryset(request).annotate(username=Subquery(name))
        return rows

    @admin.display(description=_("user"))
    def author(self, change: Any) -> str | None:
        name: str | None = change.username
        return name

    @admin.display(description=_("operation"))
    def operation(self, change: Change) -> Any:
        return OperationFilter.NAMES.get(change.op, change.op)

    @admin.display(description=_("the row as it was"))
    def before(self, change: Change) -> str:
        return format_html("<pre>{}</pre>", json.dumps(change.was, ensure_ascii=False, indent=2, sort_keys=True))


@admin.register(Return)
class ReturnAdmin(ReadOnlyAdmin):
    """What reviewers wrote to authors. An author reads it on the row itself."""

    list_display = ["returned_at", "returned_by", "kind", "code", "note"]
    list_filter = [KindFilter]
    list_select_related = ["returned_by"]
    search_fields = ["code", "note"]
    fields = ["returned_at", "returned_by", "kind", "code", "note"]
