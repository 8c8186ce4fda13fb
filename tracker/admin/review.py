"""The reviewer's screen: everything that is submitted, what would be published with it, and the act itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access import may_publish
from tracker.assessment.rules import findings
from tracker.models import Edition, Publishable
from tracker.publishing import GateRefused, stages
from tracker.publishing.guard import publishable_models

SHOWN = 500  # of each kind; what is left comes with the next edition


@dataclass(frozen=True)
class Entry:
    """A row as the reviewer sees it."""

    row: Publishable
    desk: ModelAdmin
    own: bool

    @property
    def item(self) -> str:
        """How a form names the row, in the version that is on the screen."""
        return f"{self.row._meta.model_name}:{self.row.pk}:{self.row.version}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def address(self) -> str:
        return reverse(f"admin:tracker_{self.row._meta.model_name}_change", args=[self.row.pk])

    @property
    def details(self) -> list[tuple[str, str]]:
        """The columns of the row's list, as far as they are filled in."""
        told = []
        for name in self.desk.list_display:
            field, _name, value = lookup_field(name, self.row, self.desk)
            shown = display_for_field(value, field, "") if field else display_for_value(value, "")
            if shown:
                told.append((str(label_for_field(name, type(self.row), self.desk)), shown))
        return told

    @property
    def citation(self) -> Any:
        return getattr(self.row, "citation", None)

    @property
    def replaces(self) -> Any:
        return getattr(self.row, "replaces", None)


class EditionForm(forms.Form):
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=gettext_lazy("One sentence for the public: what this edition publishes. It is never changed."),
    )
    summary_ur = forms.CharField(
        label=gettext_lazy("Summary in Urdu"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "rtl", "lang": "ur"}),
    )


def field_of_autocomplete(request: HttpRequest) -> Any:
    """The foreign key for which the browser asks for suggestions."""
    model = apps.get_model(request.GET["app_label"], request.GET["model_name"])
    return model._meta.get_field(request.GET["field_name"])


def refuse_others(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied


def review(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Everything submitted, with boxes to tick; what is ticked is published or returned to its authors."""
    refuse_others(request)
    if request.method == "POST":
        seen = _seen(request.POST.getlist("item"))
        rows = [row for model, ids in seen.items() for row in _rows(site, request, model).filter(pk__in=ids)]
        if "return" in request.POST:
            count = stages.give_back(rows)
            messages.info(request, _("Returned to their authors: %d.") % count)
        elif "publish" in request.POST:
            return _publish(request, site, seen, rows)
        elif rows:
            return confirmation(request, site, rows)
        else:
            messages.warning(request, _("Tick what is to be published."))
        return HttpResponseRedirect(reverse("admin:tracker_edition_review"))
    context = {"title": _("Review"), "groups": _submitted(request, site)}
    return _page(request, site, "review", context)


def _submitted(request: HttpRequest, site: AdminSite) -> list[tuple[Any, list[Entry]]]:
    groups = []
    for model in publishable_models():
        rows = _rows(site, request, model).unpublished().filter(stage=Publishable.Stage.SUBMITTED)
        if entries := [_entry(request, site, row) for row in rows.order_by("code")[:SHOWN]]:
            groups.append((model._meta.verbose_name_plural, entries))
    return groups


def _rows(site: AdminSite, request: HttpRequest, model: type[Publishable]) -> Any:
    """With all that a line on the screen names."""
    rows: Any = site.get_model_admin(model).get_queryset(request)
    cited = any(field.name == "citation" for field in model._meta.fields)
    return rows.select_related("citation__source") if cited else rows


def _entry(request: HttpRequest, site: AdminSite, row: Publishable) -> Entry:
    return Entry(row, site.get_model_admin(type(row)), own=row.entered_by_id == request.user.pk)


def _seen(values: Iterable[str]) -> dict[type[Publishable], dict[int, int]]:
    """The versions that the form names, by model and row; a form that we did not make is refused."""
    known = {model._meta.model_name: model for model in publishable_models()}
    seen: dict[type[Publishable], dict[int, int]] = {}
    for value in values:
        try:
            name, pk, version = value.split(":")
            number = int(pk)
            if not 0 < number < 2**63:
                raise ValueError
            seen.setdefault(known[name], {})[number] = int(version)
        except (KeyError, ValueError):
            raise BadRequest("No such row.") from None
    return seen


def confirmation(
    request: HttpRequest,
    site: AdminSite,
    rows: list[Any],
    form: EditionForm | None = None,
    problems: Iterable[str] = (),
) -> TemplateResponse:
    """What would enter and leave, the summary to write, and what stands in the way."""
    refuse_others(request)
    chosen = {(type(row), row.pk) for row in rows}
    entries = [_entry(request, site, row) for row in _displayed(request, site, stages.selection_of(rows))]
    context = {
        "title": _("Publish as the next edition"),
        "chosen": [entry for entry in entries if (type(entry.row), entry.row.pk) in chosen],
        "beside": [entry for entry in entries if (type(entry.row), entry.row.pk) not in chosen],
        "replaced": [entry.replaces for entry in entries if entry.replaces],
        "remarks": _remarks(entries),
        "form": form or EditionForm(),
        "problems": list(problems),
        "next": Edition.objects.count() + 1,
    }
    return _page(request, site, "publish", context)


def _displayed(request: HttpRequest, site: AdminSite, rows: list[Publishable]) -> list[Any]:
    """The same rows with what their lines name, in as many queries as there are kinds."""
    by_model: dict[type[Publishable], list[int]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    return [
        row
        for model, ids in by_model.items()
        for row in _rows(site, request, model).filter(pk__in=ids).order_by("code")
    ]


def _remarks(entries: list[Entry]) -> list[str]:
    """What the rules say about these rows, so that a reviewer need not press the button to learn it."""
    by_model: dict[type[Publishable], list[int]] = {}
    for entry in entries:
        by_model.setdefault(type(entry.row), []).append(entry.row.pk)
    found = (findings(model.objects.filter(pk__in=ids)) for model, ids in by_model.items())
    return [str(finding) for group in found for finding in group]


def _publish(request: Any, site: AdminSite, seen: Any, rows: list[Any]) -> HttpResponse:
    form = EditionForm(request.POST)
    if not form.is_valid():
        return confirmation(request, site, rows, form)
    try:
        edition = stages.publish_submitted(seen, request.user, **form.cleaned_data)
    except GateRefused as refused:
        return confirmation(request, site, rows, form, refused.problems)
    site.get_model_admin(Edition).log_addition(request, edition, str(_("Published from the desk.")))
    messages.success(
        request, format_html('<a href="{}">{}</a> {}', public_address(edition), edition, _("is published."))
    )
    return HttpResponseRedirect(reverse("admin:tracker_edition_review"))


def public_address(edition: Edition) -> str:
    """The page of the edition: the public one where there is one, else the desk's own."""
    try:
        return reverse("edition", args=[edition.number])
    except NoReverseMatch:
        return reverse("admin:tracker_edition_change", args=[edition.number])


def _page(request: HttpRequest, site: AdminSite, template: str, context: dict[str, Any]) -> TemplateResponse:
    request.current_app = site.name
    told = {**site.each_context(request), "opts": Edition._meta, **context}
    return TemplateResponse(request, f"admin/tracker/edition/{template}.html", told)
