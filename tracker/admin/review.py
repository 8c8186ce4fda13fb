"""The reviewer's screen: everything that is submitted, what would be published with it, and the act itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.access import may_publish
from tracker.admin.entries import Entry, entries
from tracker.assessment.rules import findings
from tracker.models import Edition, Publishable
from tracker.publishing import GateRefused, stages
from tracker.publishing.guard import publishable_models

SHOWN = 500  # of each kind; what is left comes with the next edition


@dataclass(frozen=True)
class Group:
    """The items of one kind; `of` is how many there are, if more than the screen shows."""

    name: Any
    entries: list[Entry]
    of: int


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Note to the authors"),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        help_text=gettext_lazy("What is to be mended. Its author reads it on the row’s form; it is never published."),
    )


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


def refuse_others(request: HttpRequest) -> None:
    if not may_publish(request.user):
        raise PermissionDenied


def review(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Everything submitted, with boxes to tick; what is ticked is published or returned to its authors."""
    refuse_others(request)
    if request.method == "POST":
        seen = _seen(request.POST.getlist("return_one") or request.POST.getlist("item"))
        rows = [row for model, ids in seen.items() for row in model.objects.filter(pk__in=ids).order_by("code")]
        return _act(request, site, seen, rows)
    ticked = request.GET.get("tick") != "none"
    context = {"title": _("Review"), "groups": _submitted(request), "ticked": ticked, "tick": True}
    return _page(request, site, "review", context)


def _act(request: Any, site: AdminSite, seen: Any, rows: list[Any]) -> HttpResponse:
    if "publish" in request.POST:
        return _publish(request, site, seen, rows)
    if not rows:
        messages.warning(request, _("Tick what is to be published or returned."))
        return HttpResponseRedirect(reverse("admin:tracker_edition_review"))
    if "give_back" in request.POST:
        return _give_back(request, site, seen, rows)
    if "return" in request.POST or "return_one" in request.POST:
        return returning(request, site, rows)
    return confirmation(request, site, rows)


def _submitted(request: HttpRequest) -> list[Group]:
    groups = []
    for model in publishable_models():
        rows = model.objects.unpublished().filter(stage=Publishable.Stage.SUBMITTED).order_by("code")
        if found := entries(rows[:SHOWN], request.user):
            groups.append(Group(model._meta.verbose_name_plural, found, rows.count() if len(found) == SHOWN else 0))
    return groups


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
            raise BadRequest(_("No such row.")) from None
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
    selection = stages.selection_of(rows)
    shown = [entry for group in _entries(request, selection) for entry in group]
    context = {
        "title": _("Publish as the next edition"),
        "chosen": [entry for entry in shown if (type(entry.row), entry.row.pk) in chosen],
        "beside": [entry for entry in shown if (type(entry.row), entry.row.pk) not in chosen],
        "replaced": [entry.replaces for entry in shown if entry.replaces],
        "remarks": _remarks(selection),
        "form": form or EditionForm(),
        "problems": list(problems),
        "next": Edition.objects.count() + 1,
    }
    return _page(request, site, "publish", context)


def returning(
    request: HttpRequest, site: AdminSite, rows: list[Any], form: ReturnForm | None = None
) -> TemplateResponse:
    """What goes back to its authors, and the note that tells them why."""
    refuse_others(request)
    context = {"title": _("Return to the authors"), "groups": _entries(request, rows), "form": form or ReturnForm()}
    return _page(request, site, "return", context)


def _entries(request: HttpRequest, rows: list[Any]) -> list[list[Entry]]:
    """The rows as the screen shows them, in as many queries as there are kinds."""
    return [
        entries(model.objects.filter(pk__in=ids).order_by("code"), request.user)
        for model, ids in _by_model(rows).items()
    ]


def _by_model(rows: Iterable[Any]) -> dict[type[Publishable], list[int]]:
    found: dict[type[Publishable], list[int]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row.pk)
    return found


def _remarks(rows: list[Any]) -> list[str]:
    """What the rules say about these rows, so that a reviewer need not press the button to learn it."""
    by_model = _by_model(rows)
    return [str(found) for model, ids in by_model.items() for found in findings(model.objects.filter(pk__in=ids))]


def _give_back(request: Any, site: AdminSite, seen: Any, rows: list[Any]) -> HttpResponse:
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return returning(request, site, rows, form)
    if [row for row in rows if row.version != seen[type(row)][row.pk]]:
        messages.error(request, _("Nothing was returned: something was changed since you looked at it. Look again."))
    else:
        count = stages.give_back(rows, request.user, form.cleaned_data["note"])
        messages.info(request, _("Returned to their authors: %d.") % count)
    return HttpResponseRedirect(reverse("admin:tracker_edition_review"))


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
