"""The queue of readers' questions: read, published, answered, declined, deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from azm.lib.plaintext import is_typed, plain_text
from tracker.access import may_moderate
from tracker.admin import scope
from tracker.admin.fields import STRICT_FIELDS, dressed
from tracker.challenges import throttle
from tracker.challenges.subjects import MODELS
from tracker.models import Assignment, Challenge, MetricSnapshot, PolicyAction
from tracker.naming import address

DECIDED = ("state", "moderated_by", "published_at", "answered_at")
WAITING_FIRST: list[Any] = [Case(When(state=Challenge.State.NEW, then=0), default=1), "received", "pk"]


def readable(challenges: QuerySet, user: Any) -> QuerySet:
    """All for those who moderate; for others those about rows that they entered, or that their bodies answer for."""
    if may_moderate(user):
        return challenges
    theirs = Assignment.objects.standing().filter(body__in=scope.bodies_of(user))
    actions = PolicyAction.objects.filter(Q(entered_by=user) | Q(pk__in=theirs.values("action")))
    figures = MetricSnapshot.objects.filter(entered_by=user)
    return challenges.filter(
        Q(kind=Challenge.Kind.ACTION, code__in=actions.values("code"))
        | Q(kind=Challenge.Kind.FIGURE, code__in=figures.values("code"))
    )


def row_of(challenge: Challenge) -> Any:
    """The published row that the question is about; published rows are never deleted."""
    return MODELS[challenge.kind].objects.filter(code=challenge.code).first()


class ChallengeAdminForm(forms.ModelForm):
    """`seen` is the version on the screen: nobody publishes over what a colleague has just shortened."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Challenge
        fields = ["language", "shown", "show_source", "answer", "answer_ur", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.fields["seen"].initial = self.initial["seen"] = self.instance.version

    def _cleaned(self, name: str) -> str:
        text = plain_text(self.cleaned_data[name])
        if not is_typed(text):
            raise ValidationError(_("The text holds characters that cannot be typed."))
        return text

    def clean_shown(self) -> str:
        text = self._cleaned("shown")
        return "" if text == self.instance.text else text

    def clean_answer(self) -> str:
        return self._cleaned("answer")

    def clean_answer_ur(self) -> str:
        return self._cleaned("answer_ur")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self.instance.version:
            raise ValidationError(
                _("A colleague has worked on this question since you opened it. Nothing was saved: open it again."),
                code="stale",
            )
        return cleaned

    def _post_clean(self) -> None:
        """The pressed button decides on the state, before the constraints are asked."""
        before = {name: getattr(self.instance, name) for name in DECIDED}
        self.instance.moderate(self._state_to_be(), self.clerk)  # type: ignore[attr-defined]
        super()._post_clean()  # type: ignore[misc]
        if self.errors:  # the page shows the question as it still is
            for name, value in before.items():
                setattr(self.instance, name, value)

    def _get_validation_exclusions(self) -> set[str]:
        """The constraints on what the button decides are checked as well."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {*DECIDED, "source_url"}

    def _state_to_be(self) -> Challenge.State:
        pressed = self.data.get("_save")
        if pressed == "publish" or (pressed != "decline" and self.instance.is_public):
            return Challenge.State.ANSWERED if self.cleaned_data.get("answer") else Challenge.State.PUBLISHED
        return Challenge.State.DECLINED if pressed == "decline" else Challenge.State(self.instance.state)


@admin.register(Challenge)
class ChallengeAdmin(admin.ModelAdmin):
    form = ChallengeAdminForm
    formfield_overrides = STRICT_FIELDS
    list_display = ["about", "excerpt", "where", "received"]
    list_filter = ["state", "kind", "language", "received"]
    search_fields = ["code", "text"]
    search_help_text = _("The code of a figure or action, or words of the question.")
    ordering = WAITING_FIRST
    list_per_page = 50
    show_full_result_count = False
    fieldsets = [
        (_("What the reader asks"), {"fields": ["row", "edition", "received", "asked", "named", "language"]}),
        (_("What is published"), {"fields": ["shown", "show_source", "answer", "answer_ur"]}),
        (_("For colleagues"), {"fields": ["note", "where", "moderated_by", "published_at", "answered_at", "seen"]}),
    ]
    readonly_fields = [
        "row",
        "edition",
        "received",
        "asked",
        "named",
        "where",
        "moderated_by",
        "published_at",
        "answered_at",
    ]

    # Lists

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        actions = PolicyAction.objects.filter(code=OuterRef("code")).values("title")
        figures = MetricSnapshot.objects.filter(code=OuterRef("code")).values("series__indicator__name")
        named = Case(
            When(kind=Challenge.Kind.ACTION, then=Subquery(actions)),
            When(kind=Challenge.Kind.FIGURE, then=Subquery(figures)),
        )
        rows = super().get_queryset(request).select_related("edition", "moderated_by")
        found: QuerySet = readable(rows, request.user).annotate(named_row=Coalesce(named, Value("")))
        return found

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        throttle.forget()
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("about"), ordering="code")
    def about(self, challenge: Any) -> str:
        return f"{challenge.get_kind_display()} {challenge.code}: {challenge.named_row}"

    @admin.display(description=_("question"))
    def excerpt(self, challenge: Challenge) -> str:
        return format_html("<bdi>{}</bdi>", Truncator(challenge.text).chars(100))

    @admin.display(description=_("state"), ordering="state")
    def where(self, challenge: Challenge) -> str:
        css = {"new": "submitted", "declined": "withdrawn"}.get(challenge.state, "published")
        return format_html('<span class="state state-{}">{}</span>', css, challenge.get_state_display())

    # One question

    @admin.display(description=_("about"))
    def row(self, challenge: Any) -> str:
        row = row_of(challenge)
        if row is None:
            return str(challenge)
        remark: Any = ""
        if row.withdrawn_in_id is not None:
            remark = _("It was withdrawn in edition %d; its page no longer shows questions.") % row.withdrawn_in_id
        elif row.redacted_in_id is not None:
            remark = _("It was redacted, and its page shows no questions. Delete what repeats what was taken out.")
        elif row.suspended_in_id is not None and row.restored_in_id is None:
            remark = _("It is suspended in edition %d; its page shows no questions until that is settled.")
            remark %= row.suspended_in_id
        link = format_html('<a href="{}">{}</a>', address(row, challenge.edition_id), self.about(challenge))
        return format_html("{} {}", link, remark)

    @admin.display(description=_("text as it was sent"))
    def asked(self, challenge: Challenge) -> str:
        return format_html('<div class="asked" lang="{}" dir="auto">{}</div>', challenge.language, challenge.text)

    @admin.display(description=_("source that the reader names"))
    def named(self, challenge: Challenge) -> str:
        """No link: what a stranger sends is not opened by a slip of the hand."""
        return format_html('<bdi dir="ltr">{}</bdi>', challenge.source_url) if challenge.source_url else "–"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while a form is being saved, so that of two moderators the second is told of the first."""
        row = super().get_object(request, object_id, from_field)
        if row is not None and request.method == "POST":
            row = self.get_queryset(request).select_for_update(of=("self",)).filter(pk=row.pk).first()
        return row

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.clerk = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Whoever only reads has no form, and so no version of it; notes are for those who moderate."""
        if self.has_change_permission(request, obj):
            return list(self.fieldsets)
        left_out = {"seen"} if may_moderate(request.user) else {"seen", "note", "moderated_by"}
        return [
            (title, {"fields": [name for name in options["fields"] if name not in left_out]})
            for title, options in self.fieldsets
        ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return dressed(super().formfield_for_dbfield(db_field, request, **kwargs), db_field.name)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        if "answer" in form.changed_data and obj.state == Challenge.State.ANSWERED:
            obj.answered_at = timezone.now()
        obj.version += 1
        obj.save()

    # Permissions

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Questions come from readers alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_about_own_row(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_about_own_row(request, obj)


def _is_about_own_row(request: HttpRequest, challenge: Challenge | None) -> bool:
    """Four eyes: nobody decides on a question about what they entered themselves."""
    if challenge is None:
        return False
    return bool(MODELS[challenge.kind].objects.filter(code=challenge.code, entered_by=request.user.pk).exists())
