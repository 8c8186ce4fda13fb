"""What every ledger row has at the desk: who sees it, who edits it while it is a draft, and how it moves on."""

from typing import Any, ClassVar

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from azm.lib.strictadmin import Strict
from tracker.access import may_publish
from tracker.admin import review, scope
from tracker.admin.acts import BOTH_PLACES, ActsOnPublished, links_of, possible_with
from tracker.admin.entries import desk_address
from tracker.admin.fields import STRICT_FIELDS, dressed, legible
from tracker.admin.filters import MineFilter, StateFilter
from tracker.admin.forms import LedgerForm, is_locked, token
from tracker.admin.inlines import Standing, standing_of
from tracker.admin.lists import LedgerChangeList, is_returned, note_of
from tracker.admin.states import stands, state_of
from tracker.assessment.rules import Severity, findings
from tracker.models import Publishable, Return
from tracker.publishing import GateRefused, stages


def field_of_autocomplete(request: HttpRequest) -> Any:
    """The foreign key for which the browser asks for suggestions."""
    model = apps.get_model(request.GET["app_label"], request.GET["model_name"])
    return model._meta.get_field(request.GET["field_name"])


class ReadOnlyAdmin(Strict):
    """What the ledger keeps by itself; nobody types it."""

    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LedgerAdmin(ActsOnPublished, Strict):
    """Rows are edited as drafts, locked while a reviewer has them, and read-only once published."""

    form = LedgerForm
    formfield_overrides = STRICT_FIELDS
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    actions = ["submit_for_review", "withdraw_to_draft", "publish_next_edition", "give_back", *ActsOnPublished.actions]
    list_filter = [StateFilter, MineFilter, "edition"]

    # Lists

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return scope.visible(super().get_queryset(request), request.user).select_related(
            *self.get_list_select_related(request)
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return LedgerChangeList

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        named: Any = self.list_select_related or []
        return [*named, "entered_by"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        first, *others = super().get_list_display(request)
        return [first, "state", *others]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, term: str) -> tuple[QuerySet, bool]:
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            field = field_of_autocomplete(request)
            queryset = scope.choosable(queryset, request.user, field.model, field.name)
        return super().get_search_results(request, queryset, term)

    @admin.display(description=_("state"), ordering="stage")
    def state(self, row: Publishable) -> str:
        word, sentence = state_of(row)
        note = note_of(getattr(row, "came_back", None))
        return format_html('<span class="state state-{}">{}</span>{}', word, sentence, note)

    # Forms

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, locked while a form is being saved; and whether that form has seen its present version."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            row = self.get_queryset(request).select_for_update(of=("self",)).filter(pk=row.pk).first()
        if row is not None and request.POST.get("seen", token(row)) != token(row):
            request.stale_row = row.pk  # type: ignore[attr-defined]
        request.ledger_row = row  # type: ignore[attr-defined]
        return row

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.clerk = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        fieldsets: list[Any] = [(name, dict(options)) for name, options in super().get_fieldsets(request, obj)]
        if obj is None:
            return fieldsets
        if self._is_fixed(request, obj):
            for _name, options in fieldsets:
                options["fields"] = [legible(self.model, names) for names in options["fields"]]
        if self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"] = [*fieldsets[0][1]["fields"], "seen"]
        given = [] if self._code_is_typed() else ["code"]
        return [
            *fieldsets,
            (_("Kept by the ledger"), {"fields": [*given, *self.kept, "state", "entered_by", "entered_at"]}),
        ]

    def _is_fixed(self, request: HttpRequest, row: Any) -> bool:
        """Whether the form shows the row to be read; translations may be open even then."""
        return not self.has_change_permission(request, row) or (row.is_published and not self._is_stale(request, row))

    kept: ClassVar[list[str]] = []  # further columns that the database derives

    def _code_is_typed(self) -> bool:
        return bool(self.opts.get_field("code").editable)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [*super().get_readonly_fields(request, obj), *self.kept, "state", "code", "entered_by", "entered_at"]
        if self._code_is_typed():
            fixed.remove("code")
        if obj is not None and obj.is_published and not self._is_stale(request, obj):
            shown = flatten_fieldsets(self.get_fieldsets(request, obj))
            open_ = {*scope.mendable(obj, request.user), "seen", *fixed}
            fixed += [name for name in shown if name not in open_]
        return fixed

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Before each table of drafts, one of the rows that can no longer be edited, if there are any."""
        inlines = super().get_inlines(request, obj)
        return [kind for inline in inlines for kind in ((standing_of(inline), inline) if obj else (inline,))]

    def get_inline_formsets(self, request: HttpRequest, *args: Any, **kwargs: Any) -> list[Any]:
        found = super().get_inline_formsets(request, *args, **kwargs)
        return [inline for inline in found if not isinstance(inline.opts, Standing) or inline.formset.forms]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        target = db_field.remote_field.model
        if isinstance(target, type) and issubclass(target, Publishable):
            kwargs["queryset"] = scope.choosable(target.objects.all(), request.user, self.model, db_field.name)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return dressed(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self._stamp(request, obj, change)
        form.store(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            self._stamp(request, row, not row._state.adding)
            row.save()

    def _stamp(self, request: HttpRequest, row: Any, change: bool) -> None:
        """The last check before the database: whose row it is, and that nothing has passed over it."""
        if change:
            row.version += 1
        else:
            row.entered_by = request.user
        if not scope.may_write(row, request.user) or self._is_stale(request, row) or is_locked(row):
            raise PermissionDenied

    # Permissions

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        if not scope.may_write(obj, request.user):
            return False
        if self._is_stale(request, obj):
            return True  # the form refuses to be saved, and gives the clerk back what they typed
        return not is_locked(obj) and (not obj.is_published or bool(scope.mendable(obj, request.user)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return scope.may_write(obj, request.user) and not obj.is_published and not is_locked(obj)

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return super().has_change_permission(request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(may_publish(request.user))

    @staticmethod
    def _is_stale(request: HttpRequest, row: Any) -> bool:
        return bool(getattr(request, "stale_row", None) == row.pk and getattr(request, "ledger_row", None) == row)

    # Pages

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The public page, where there is one: of a row that stands."""
        return super().get_view_on_site_url(obj) if obj is not None and stands(obj) else None

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = context.get("original")
        context["may_submit"] = self.has_submit_permission(request) and (row is None or not row.is_published)
        context["may_be_mended"] = row is not None and row.is_published and self.has_change_permission(request, row)
        context["row_state"] = state_of(row) if row is not None else None
        context["row_links"] = links_of(row, request.user) if row is not None else []
        if row is not None and is_returned(row):
            context["note"] = note_of(Return.newest(self.model, [row.pk]).get(row.pk))
        context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._after_saving(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._after_saving(request, obj, super().response_change(request, obj))

    def _after_saving(self, request: HttpRequest, row: Any, response: HttpResponse) -> HttpResponse:
        """Submit at once if that was the button; else say what the rules still find.

        A row that could not be submitted is saved as a draft. The clerk stays with it, and need not look for it.
        """
        if row.is_published:
            return response
        if request.POST.get("_save") == "submit":
            if self._submit(request, [row]) or IS_POPUP_VAR in request.POST:
                return response
            self.message_user(request, _("It is kept as a draft: mend it here and submit it again."), messages.WARNING)
            return HttpResponseRedirect(desk_address(row))
        self._remark(request, [row])
        return response

    def _remark(self, request: HttpRequest, rows: list[Any]) -> None:
        """What the rules find in these drafts: what stands in the way of publication, and what readers will be told."""
        says = {
            Severity.BLOCKS: (_("Saved, but before it can be published: %s"), messages.WARNING),
            Severity.WARNS: (_("Saved. Readers will be told: %s"), messages.WARNING),
            Severity.NOTES: (_("Saved. Readers will be told: %s"), messages.INFO),
        }
        for finding in findings(self.model.objects.filter(pk__in=[row.pk for row in rows])):
            sentence, level = says[finding.rule.severity]
            self.message_user(request, sentence % finding, level)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """To the start page, where what a clerk has just entered comes first."""
        return HttpResponseRedirect(reverse("admin:index"))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        """Back to the list that the clerk filtered, or to the start page."""
        if self.get_preserved_filters(request) or not self.has_view_permission(request):
            return super().response_post_save_change(request, obj)
        return HttpResponseRedirect(reverse("admin:index"))

    # Actions

    def get_actions(self, request: HttpRequest, action_location: Any = ActionLocation.CHANGE_LIST) -> dict[str, Any]:
        """On a row's own form, only what can be done with that row."""
        actions = super().get_actions(request, action_location=action_location)
        row = getattr(request, "ledger_row", None)
        if action_location is ActionLocation.CHANGE_FORM and row is not None:
            possible = self._possible_with(request, row)
            actions = {name: action for name, action in actions.items() if name in possible}
        return actions

    def _possible_with(self, request: HttpRequest, row: Any) -> set[str]:
        if row.is_published:
            return possible_with(row, request.user)
        if row.stage != Publishable.Stage.SUBMITTED:
            return {"submit_for_review"} if scope.may_write(row, request.user) else set()
        theirs = {"withdraw_to_draft"} if scope.may_write(row, request.user) else set()
        return theirs | {"publish_next_edition", "give_back"}

    @admin.action(description=_("Submit for review"), permissions=["submit"], location=BOTH_PLACES)
    def submit_for_review(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = scope.writable(queryset, request.user).filter(edition=None)
        self._submit(request, list(rows.exclude(stage=Publishable.Stage.SUBMITTED)))

    def _submit(self, request: HttpRequest, rows: list[Any]) -> bool:
        try:
            count = stages.submit(rows)
        except GateRefused as refused:
            for problem in refused.problems:
                self.message_user(request, _("Not submitted: %s") % problem, messages.ERROR)
            return False
        for row in rows:
            self.log_change(request, row, str(_("Submitted for review.")))
        self._told(request, count, ngettext("%d row submitted for review.", "%d rows submitted for review.", count))
        self._remark(request, rows)
        return True

    @admin.action(description=_("Withdraw to draft"), permissions=["submit"], location=BOTH_PLACES)
    def withdraw_to_draft(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = stages.withdraw_to_draft(scope.writable(queryset, request.user))
        self._told(request, count, ngettext("%d row is a draft again.", "%d rows are drafts again.", count))

    @admin.action(description=_("Publish as the next edition"), permissions=["publish"], location=BOTH_PLACES)
    def publish_next_edition(self, request: HttpRequest, queryset: QuerySet) -> TemplateResponse | None:
        rows = list(queryset.filter(edition=None, stage=Publishable.Stage.SUBMITTED))
        if not rows:
            self.message_user(
                request, _("None of these is submitted; only submitted rows are published."), messages.WARNING
            )
            return None
        return review.confirmation(request, self.admin_site, rows)

    @admin.action(description=_("Return to the author"), permissions=["publish"], location=BOTH_PLACES)
    def give_back(self, request: HttpRequest, queryset: QuerySet) -> TemplateResponse | None:
        rows = list(queryset.filter(edition=None, stage=Publishable.Stage.SUBMITTED))
        if not rows:
            self.message_user(
                request, _("None of these is submitted; only submitted rows are returned."), messages.WARNING
            )
            return None
        return review.returning(request, self.admin_site, rows)

    def _told(self, request: HttpRequest, count: int, sentence: str) -> None:
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, sentence % count, level)
