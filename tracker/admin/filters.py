"""Filters that every ledger list has."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.models import SHOWN, Publishable


class StateFilter(admin.SimpleListFilter):
    """Where a row stands: with its author, with a reviewer, or before the public."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            *Publishable.Stage.choices,
            ("published", _("published")),
            ("suspended", _("suspended")),
            ("withdrawn", _("withdrawn")),
            ("redacted", _("redacted")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        state = self.value()
        if state in Publishable.Stage.values:
            return queryset.filter(edition=None, stage=state)
        if state == "published":
            return queryset.filter(SHOWN, edition__isnull=False, withdrawn_in=None)
        if state == "suspended":
            return queryset.filter(~SHOWN, withdrawn_in=None)
        if state == "withdrawn":
            return queryset.filter(withdrawn_in__isnull=False)
        if state == "redacted":
            return queryset.filter(redacted_in__isnull=False)
        return queryset


class MineFilter(admin.SimpleListFilter):
    title = _("author")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(entered_by=request.user.pk) if self.value() == "yes" else queryset
