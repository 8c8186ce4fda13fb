"""Rows inside the form of the row they belong to: drafts to edit, and what stands beside them to read."""

from functools import cache
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.admin import scope
from tracker.admin.fields import STRICT_FIELDS, dressed, legible
from tracker.admin.forms import LedgerForm
from tracker.models import Publishable

EDITABLE = Q(edition=None) & ~Q(stage=Publishable.Stage.SUBMITTED)


class LabelledFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")


STACKED = admin.StackedInline.template  # for rows with more fields than a line has room for


class ReadFormSet(forms.BaseInlineFormSet):
    """Rows to look at: whatever is posted under their name is not even read."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(None, None, **kwargs)
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []

    @classmethod
    def get_default_prefix(cls) -> str:
        return f"standing-{super().get_default_prefix()}"

    def is_valid(self) -> bool:
        return True

    def save(self, commit: bool = True) -> list[Any]:
        return []


class LedgerInline(admin.TabularInline):
    """The drafts. A published or submitted row is never among them, so no forged form reaches one."""

    form = LedgerForm
    formset = LabelledFormSet
    formfield_overrides = STRICT_FIELDS
    extra = 0
    view_on_site = False
    show_change_link = True
    related: ClassVar[list[str]] = []

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related(*self.related)
        rows = scope.writable(rows, request.user).filter(EDITABLE)
        return rows.select_for_update(of=("self",)) if request.method == "POST" else rows

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.clerk = request.user
        return formset

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fields = list(super().get_fields(request, obj))
        if self.has_change_permission(request, obj):
            return [*fields, "seen"]
        return [legible(self.model, name) for name in fields]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        legible_ones = [field for field in self.get_fields(request, obj) if callable(field)]
        return [*super().get_readonly_fields(request, obj), *legible_ones]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        target = db_field.remote_field.model
        if isinstance(target, type) and issubclass(target, Publishable):
            kwargs["queryset"] = scope.choosable(target.objects.all(), request.user, self.model, db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return dressed(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name, named=True)


class Standing:
    """The rows that are no longer drafts; nothing of them can be changed here."""

    formset = ReadFormSet

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = admin.TabularInline.get_queryset(self, request).select_related(*self.related)  # type: ignore
        return scope.visible(rows, request.user).exclude(EDITABLE & Q(pk__in=scope.writable(rows, request.user)))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_delete_permission = has_add_permission


@cache
def standing_of(inline: type[LedgerInline]) -> type[LedgerInline]:
    name = inline.verbose_name_plural or inline.model._meta.verbose_name_plural
    title = format_lazy("{}: {}", name, _("published or with a reviewer"))
    return type(
        f"Standing{inline.__name__}",
        (Standing, inline),
        {"verbose_name_plural": title, "template": admin.TabularInline.template},
    )
