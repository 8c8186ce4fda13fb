"""What is done with published rows from their list or their own page: ask that they go, or hide them at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.access import may_ask, may_publish
from tracker.admin import review, scope
from tracker.admin.reasons import AskForm, ReasonForm, RedactionForm
from tracker.admin.rows import MOST, groups_of, lines_of, rows_in, rows_named, without
from tracker.admin.states import is_suspended, stands
from tracker.models import Edition, Publishable, Request
from tracker.publishing import GateRefused, requests
from tracker.publishing.act import turn
from tracker.publishing.seen import fingerprint, refuse_unseen
from tracker.publishing.selection import Selection, by_model, with_what_rests_on_them
from tracker.publishing.suspend import suspend, unfit_to_suspend

BOTH_PLACES = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]
TITLES = {
    Edition.Act.WITHDRAWAL: gettext_lazy("Ask for withdrawal"),
    Edition.Act.REDACTION: gettext_lazy("Ask for redaction"),
    Edition.Act.SUSPENSION: gettext_lazy("Suspend at once"),
}


class ActsOnPublished:
    """The actions, for the admin of every ledger row."""

    actions = ["ask_withdrawal", "ask_redaction", "suspend_at_once"]

    def has_ask_permission(self, request: HttpRequest) -> bool:
        return may_ask(request.user)

    @admin.action(description=TITLES[Edition.Act.WITHDRAWAL], permissions=["ask"], location=BOTH_PLACES)
    def ask_withdrawal(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return _first_screen(self, request, queryset, Edition.Act.WITHDRAWAL)

    @admin.action(description=TITLES[Edition.Act.REDACTION], permissions=["ask"], location=BOTH_PLACES)
    def ask_redaction(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return _first_screen(self, request, queryset, Edition.Act.REDACTION)

    @admin.action(description=TITLES[Edition.Act.SUSPENSION], permissions=["publish"], location=BOTH_PLACES)
    def suspend_at_once(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return _first_screen(self, request, queryset, Edition.Act.SUSPENSION)


def possible_with(row: Publishable, user: Any) -> set[str]:
    """Which of the actions the page of a published row offers; who may do them at all is asked elsewhere."""
    possible = {"suspend_at_once"} if stands(row) and row.suspended_in_id is None else set()
    if scope.may_ask_about(row, user) and not requests.asked_for(type(row), [row.pk]):
        possible |= {"ask_withdrawal"} if stands(row) else set()
        possible |= {"ask_redaction"} if row.redacted_in_id is None else set()
    return possible


def links_of(row: Publishable, user: Any) -> list[tuple[str, str]]:
    """What the page of a row links about where it stands: sentences and, where the user may go there, addresses."""
    if not row.is_published:
        return []
    stamps = (row.edition_id, row.suspended_in_id, row.restored_in_id, row.withdrawn_in_id, row.redacted_in_id)
    editions = Edition.objects.in_bulk({number for number in stamps if number is not None})
    links = [
        (f"{edition}: {edition.get_act_display()}", review.public_address(edition))
        for _number, edition in sorted(editions.items())
    ]
    if is_suspended(row) and may_publish(user):
        links.append((_("Ratify or reverse the suspension"), address_of_suspension(row.suspended_in_id)))
    for asked in requests.asked_for(type(row), [row.pk]):
        sentence = _("Its %(act)s has been asked for.") % {"act": asked.request.get_act_display()}
        readable = scope.readable(Request.objects.all(), user).filter(pk=asked.request_id).exists()
        links.append((sentence, address_of(asked.request) if readable else ""))
    return links


def address_of(request: Request) -> str:
    return reverse("admin:tracker_request_change", args=[request.pk])


def address_of_suspension(number: int | None) -> str:
    return reverse("admin:tracker_request_suspension", args=[number])


def _first_screen(desk: Any, request: HttpRequest, queryset: QuerySet, act: Edition.Act) -> HttpResponse | None:
    rows: list[Any] = list(queryset[: MOST + 1])
    if len(rows) > MOST:
        desk.message_user(request, _("Choose at most %d rows at once.") % MOST, messages.ERROR)
        return None
    if foreign := _not_to_ask_about(rows, request.user):
        for sentence in foreign:
            desk.message_user(request, sentence, messages.ERROR)
        return None
    return _screen(request, desk.admin_site, act, rows)


def _not_to_ask_about(rows: Iterable[Publishable], user: Any) -> list[str]:
    return [
        _("%(kind)s %(code)s is not of your bodies; a central analyst or a reviewer can ask.")
        % {"kind": row._meta.verbose_name, "code": row.code}
        for row in rows
        if not scope.may_ask_about(row, user)
    ]


def ask_view(request: Any, site: AdminSite, act: Edition.Act) -> HttpResponse:
    """The answer to the form of the first screen."""
    if not may_ask(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _to_the_lists(request)
    rows = rows_named(request.POST.getlist("item"), request.user)
    if _not_to_ask_about(rows, request.user):
        raise PermissionDenied
    form = _form(act, rows, request.POST)
    if not form.is_valid():
        return _screen(request, site, act, rows, form)
    words = {name: value for name, value in form.cleaned_data.items() if name in ("reason", "reason_ur", "ground")}
    items = rows_in(requests.what_would_go(act, by_model(rows))) if form.cleaned_data.get("include") else rows
    try:
        if foreign := _not_to_ask_about(items, request.user):
            raise GateRefused(foreign)
        asked = requests.ask(items, request.user, act, **words, seen=request.POST.get("seen", ""))
    except GateRefused as refused:
        return _screen(request, site, act, rows, form, refused.problems)
    site.get_model_admin(Request).log_addition(request, asked, str(_("Asked.")))
    messages.success(request, _("Asked. A reviewer, never you, carries it out or declines."))
    return HttpResponseRedirect(address_of(asked))


def suspend_view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The same of a suspension, which a reviewer does alone."""
    review.refuse_others(request)
    if request.method != "POST":
        return _to_the_lists(request)
    rows = rows_named(request.POST.getlist("item"), request.user)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _screen(request, site, Edition.Act.SUSPENSION, rows, form)
    try:
        edition = _suspend(rows, request, **form.cleaned_data)
    except GateRefused as refused:
        return _screen(request, site, Edition.Act.SUSPENSION, rows, form, refused.problems)
    site.get_model_admin(Edition).log_addition(request, edition, str(_("Suspended at the desk.")))
    count = edition.items.count()
    sentence = ngettext("%(edition)s hides %(n)d row", "%(edition)s hides %(n)d rows", count)
    told = {"edition": edition, "n": count}
    messages.success(request, _("%s until another reviewer ratifies or reverses it.") % (sentence % told))
    return HttpResponseRedirect(address_of_suspension(edition.number))


def _suspend(rows: list[Publishable], request: Any, reason: str, reason_ur: str) -> Edition:
    with turn():
        refuse_unseen(with_what_rests_on_them(by_model(rows)), request.POST.get("seen", ""))
        return suspend(rows, request.user, reason, reason_ur)


def _to_the_lists(request: HttpRequest) -> HttpResponseRedirect:
    messages.info(request, _("Choose the rows in their list first, then the action."))
    return HttpResponseRedirect(reverse("admin:index"))


def _form(act: Edition.Act, rows: list[Publishable], data: Any = None) -> ReasonForm:
    return RedactionForm(rows, data) if act == Edition.Act.REDACTION else AskForm(data)


def _screen(
    request: HttpRequest,
    site: AdminSite,
    act: Edition.Act,
    rows: list[Publishable],
    form: ReasonForm | None = None,
    problems: Iterable[str] = (),
) -> TemplateResponse:
    """The rows in full, what goes with them, the reason to write, and what stands in the way."""
    chosen = by_model(rows)
    suspending = act == Edition.Act.SUSPENSION
    going = with_what_rests_on_them(chosen) if suspending else requests.what_would_go(act, chosen)
    seen = fingerprint(going)  # before the rows are read, so that it is never newer than what is shown
    beside = without(going, chosen)
    limited = not suspending and not scope.may_ask_about_all(request.user)
    not_theirs = limited and bool(_not_to_ask_about(rows_in(beside), request.user))
    count_beside = sum(map(len, beside.values()))
    form = form or (ReasonForm() if suspending else _form(act, rows))
    form.show_only_what_matters(include=bool(count_beside) and not not_theirs)
    context = {
        "title": TITLES[act],
        "act": str(act),
        "address": reverse("admin:tracker_request_suspend")
        if suspending
        else reverse("admin:tracker_request_ask", args=[act]),
        "back": _page_of(rows),
        "chosen": lines_of(rows_in(chosen)),
        "beside": groups_of(beside),
        "count_beside": count_beside,
        "not_theirs": not_theirs,
        "form": form,
        "problems": list(problems) or _unfit(act, chosen, going),
        "seen": seen,
    }
    return page(request, site, "act", context)


def _page_of(rows: list[Publishable]) -> str:
    """Where the action was chosen: the page of the one row, or the list."""
    kind = f"admin:tracker_{rows[0]._meta.model_name}"
    return reverse(f"{kind}_change", args=[rows[0].pk]) if len(rows) == 1 else reverse(f"{kind}_changelist")


def _unfit(act: Edition.Act, chosen: Selection, going: Selection) -> list[str]:
    if act == Edition.Act.SUSPENSION:
        return list(unfit_to_suspend(chosen, going))
    return list(requests.unfit(act, chosen))


def page(request: HttpRequest, site: AdminSite, template: str, context: dict[str, Any]) -> TemplateResponse:
    request.current_app = site.name
    told = {**site.each_context(request), "opts": Request._meta, **context}
    return TemplateResponse(request, f"admin/tracker/request/{template}.html", told)
