"""What bodies say to findings."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.actions import CORRECTION
from tracker.admin.base import LedgerAdmin
from tracker.admin.forms import LedgerForm
from tracker.assessment.rules import PUBLIC_RULES
from tracker.models import FindingAnswer


def rules() -> list[tuple[str, str]]:
    return [("", "---------"), *((rule.code, rule.code) for rule in PUBLIC_RULES)]


def kinds() -> list[tuple[str, Any]]:
    models = {model for rule in PUBLIC_RULES for model in rule.about}
    named = sorted((model._meta.model_name or "", model._meta.verbose_name) for model in models)
    return [("", "---------"), *named]


class AnswerForm(LedgerForm):
    rule = forms.ChoiceField(label=_("Rule"), choices=rules)
    subject_kind = forms.ChoiceField(label=_("Kind of row"), choices=kinds)


@admin.register(FindingAnswer)
class FindingAnswerAdmin(LedgerAdmin):
    form = AnswerForm
    list_display = ["body", "rule", "subject_kind", "subject_code"]
    list_filter = [*LedgerAdmin.list_filter, "rule"]
    list_select_related = ["body", "citation", "replaces"]
    search_fields = ["code", "body__code", "body__name", "subject_code"]
    autocomplete_fields = ["body", "citation", "replaces"]
    fieldsets = [
        (None, {"fields": ["rule", ("subject_kind", "subject_code"), "body"]}),
        (_("What it says"), {"fields": ["words", "words_ur", "citation"]}),
        CORRECTION,
    ]
