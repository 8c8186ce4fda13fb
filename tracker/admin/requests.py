"""The reviewers' queue: requests to carry out or decline, and suspensions to ratify or reverse."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from tracker.access import may_publish
from tracker.admin import review, scope
from tracker.admin.acts import ask_view, page, suspend_view
from tracker.admin.base import ReadOnlyAdmin
from tracker.admin.reasons import AnswerForm, ReasonForm
from tracker.admin.rows import groups_of
from tracker.models import Edition, Request, RequestedRow
from tracker.publishing import GateRefused, ratify, requests
from tracker.publishing import reverse as reverse_suspension
from tracker.publishing.act import turn
from tracker.publishing.guard import publishable_models
from tracker.publishing.seen import fingerprint, refuse_unseen
from tracker.publishing.selection import by_model
from tracker.publishing.suspend import suspended_in

QUEUE = 200  # of each sort; the oldest come first
NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def queue(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Everything that waits for a second person."""
    review.refuse_others(request)
    context = {
        "title": _("Requests and suspensions"),
        "waiting": with_counts(Request.objects.waiting()).select_related("asked_by").order_by("pk")[:QUEUE],
        "suspensions": Edition.objects.unsettled()
        .select_related("published_by")
        .annotate(row_count=Count("items"))
        .order_by("number")[:QUEUE],
    }
    return page(request, site, "queue", context)


def with_counts(asked: QuerySet[Request]) -> QuerySet[Request]:
    rows = RequestedRow.objects.filter(request=OuterRef("pk")).order_by().values("request")
    return asked.annotate(row_count=Subquery(rows.annotate(n=Count("pk")).values("n")))


def _named(number: str, rows: QuerySet[Any]) -> Any:
    found = rows.filter(pk=number).first() if NUMBER.fullmatch(number) else None
    if found is None:
        raise Http404
    return found


def request_view(request: HttpRequest, site: AdminSite, number: str) -> HttpResponse:
    """One request with its rows in full: to whoever asked, and to a reviewer to carry out or decline."""
    asked = _named(number, Request.objects.select_related("asked_by", "declined_by", "edition"))
    if not scope.readable(Request.objects.filter(pk=asked.pk), request.user).exists():
        raise PermissionDenied
    if request.method != "POST":
        return _request_screen(request, site, asked)
    review.refuse_others(request)
    if "decline" in request.POST:
        return _decline(request, site, asked)
    if "carry-out" in request.POST:
        return _carry_out(request, site, asked)
    raise BadRequest(_("No such button."))


def _decline(request: Any, site: AdminSite, asked: Request) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _request_screen(request, site, asked, form)
    try:
        requests.decline(asked, request.user, form.cleaned_data["answer"])
    except GateRefused as refused:
        return _request_screen(request, site, asked, form, refused.problems)
    site.get_model_admin(Request).log_change(request, asked, str(_("Declined.")))
    messages.success(request, _("%s is declined; whoever asked reads why.") % asked)
    return HttpResponseRedirect(reverse("admin:tracker_request_queue"))


def _carry_out(request: Any, site: AdminSite, asked: Request) -> HttpResponse:
    try:
        edition = requests.carry_out(asked, request.user, seen=request.POST.get("seen", ""))
    except GateRefused as refused:
        return _request_screen(request, site, asked, problems=refused.problems)
    _told_of_edition(request, site, edition)
    return HttpResponseRedirect(request.path)


def _told_of_edition(request: HttpRequest, site: AdminSite, edition: Edition) -> None:
    site.get_model_admin(Edition).log_addition(request, edition, str(_("Published from the desk.")))
    link = format_html('<a href="{}">{}</a>', review.public_address(edition), edition)
    messages.success(request, format_html("{} {} ({})", link, _("is published."), edition.get_act_display()))


def _request_screen(
    request: Any,
    site: AdminSite,
    asked: Request,
    form: forms.Form | None = None,
    problems: Iterable[str] = (),
) -> HttpResponse:
    asked.refresh_from_db()  # another reviewer may have been quicker
    rows = requests.rows_of(asked)
    seen = fingerprint(by_model(rows))  # before the rows are read to be shown
    redaction = asked.act == Edition.Act.REDACTION
    own = asked.asked_by_id == request.user.pk
    context = {
        "title": _("%(request)s: %(act)s") % {"request": asked, "act": asked.get_act_display()},
        "asked": asked,
        "act": asked.act,
        "own": own,
        "may_settle": asked.is_waiting and may_publish(request.user) and not own,
        "groups": groups_of(by_model(rows)),
        "repeated": requests.repeated(f"{asked.reason}\n{asked.reason_ur}", rows) if redaction else [],
        "problems": list(problems),
        "form": form or AnswerForm(),
        "seen": seen,
        "vacuum": vacuum(asked) if redaction and asked.edition_id else "",
    }
    return page(request, site, "request", context)


def vacuum(asked: Request) -> str:
    """The command that rewrites the tables in which PostgreSQL keeps, for a while, what rows held before."""
    kinds = set(asked.rows.values_list("kind", flat=True))
    tables = [model._meta.db_table for model in publishable_models() if model._meta.model_name in kinds]
    others = ["tracker_change", "tracker_editionitem", "tracker_request", "django_admin_log"]
    return f"VACUUM (FULL, ANALYZE) {', '.join([*tables, *others])};"


def suspension_view(request: Any, site: AdminSite, number: int) -> HttpResponse:
    """One suspension with all that it hides, to ratify or reverse."""
    review.refuse_others(request)
    suspensions = Edition.objects.closed().filter(act=Edition.Act.SUSPENSION)
    suspension = _named(str(number), suspensions.select_related("published_by", "ended_by"))
    if request.method != "POST":
        return _suspension_screen(request, site, suspension)
    end = {"ratify": ratify, "reverse": reverse_suspension}.get(request.POST.get("end", ""))
    if end is None:
        raise BadRequest(_("No such button."))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _suspension_screen(request, site, suspension, form)
    try:
        with turn():
            refuse_unseen(suspended_in(suspension), request.POST.get("seen", ""))
            edition = end(suspension, request.user, form.cleaned_data["reason"], form.cleaned_data["reason_ur"])
    except GateRefused as refused:
        return _suspension_screen(request, site, suspension, form, refused.problems)
    _told_of_edition(request, site, edition)
    return HttpResponseRedirect(request.path)


def _suspension_screen(
    request: Any,
    site: AdminSite,
    suspension: Edition,
    form: ReasonForm | None = None,
    problems: Iterable[str] = (),
) -> HttpResponse:
    seen = fingerprint(suspended_in(suspension))  # before the rows are read to be shown
    ended_by = Edition.objects.filter(ends=suspension).select_related("published_by").first()
    hidden = {
        model: set(model.objects.filter(suspended_in=suspension).values_list("pk", flat=True))
        for model in publishable_models()
    }
    own = suspension.published_by_id == request.user.pk
    context = {
        "title": _("%(edition)s: %(act)s") % {"edition": suspension, "act": suspension.get_act_display()},
        "suspension": suspension,
        "public_address": review.public_address(suspension),
        "ended_by": ended_by,
        "own": own,
        "may_settle": ended_by is None and not own,
        "groups": groups_of(hidden),
        "problems": list(problems),
        "form": form or ReasonForm(),
        "seen": seen,
    }
    return page(request, site, "suspension", context)


class EndFilter(admin.SimpleListFilter):
    title = _("how it ended")
    parameter_name = "ended"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("waits for a reviewer")), ("done", _("carried out")), ("declined", _("declined"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        ends: dict[str | None, dict[str, Any]] = {
            "waiting": {"edition": None, "declined_by": None},
            "done": {"edition__isnull": False},
            "declined": {"declined_by__isnull": False},
        }
        return queryset.filter(**ends.get(self.value(), {}))


@admin.register(Request)
class RequestAdmin(ReadOnlyAdmin):
    """Rows are asked for from their own lists and pages; here is what became of it."""

    list_display = ["__str__", "act", "ended", "count", "start", "asked_by", "asked_at"]
    list_filter = [EndFilter, "act", "ground"]
    list_select_related = ["asked_by", "declined_by"]
    search_fields = ["reason", "rows__code"]
    search_help_text = _("Words of the reason, or the code of a row.")

    def get_urls(self) -> list[Any]:
        ours = {
            "queue/": ("queue", queue),
            "suspend/": ("suspend", suspend_view),
            "suspension/<int:number>/": ("suspension", suspension_view),
            "ask/<str:act>/": ("ask", self._ask),
        }
        return [
            *(self._url(route, name, view) for route, (name, view) in ours.items()),
            *super().get_urls(),
        ]

    def _url(self, route: str, name: str, view: Any) -> Any:
        def answer(request: HttpRequest, **named: Any) -> HttpResponse:
            response: HttpResponse = view(request, self.admin_site, **named)
            return response

        return path(route, self.admin_site.admin_view(answer), name=f"tracker_request_{name}")

    @staticmethod
    def _ask(request: HttpRequest, site: AdminSite, act: str) -> HttpResponse:
        if act not in (Edition.Act.WITHDRAWAL, Edition.Act.REDACTION):
            raise Http404
        return ask_view(request, site, Edition.Act(act))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_counts(scope.readable(super().get_queryset(request), request.user))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_review": may_publish(request.user)})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return request_view(request, self.admin_site, object_id)

    @admin.display(description=_("rows"))
    def count(self, asked: Any) -> int | None:
        number: int | None = asked.row_count
        return number

    @admin.display(description=_("reason"))
    def start(self, asked: Request) -> str:
        return Truncator(asked.reason).words(20)

    @admin.display(description=_("how it ended"))
    def ended(self, asked: Request) -> Any:
        if asked.edition_id is not None:
            return _("carried out in edition %d") % asked.edition_id
        return _("declined") if asked.declined_by_id is not None else _("waits for a reviewer")
