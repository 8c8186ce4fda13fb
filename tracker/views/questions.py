"""Asking about a figure or an action: the one page that takes something from its readers.

It is the same for everyone but for the ticket in its form, so it is never cached; it sets no cookie.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from azm.lib.addresses import client_address
from azm.lib.plaintext import script_language
from tracker.challenges import subjects, throttle
from tracker.challenges.form import ChallengeForm
from tracker.challenges.ticket import Ticket
from tracker.frame import href, reading_of
from tracker.models import Challenge
from tracker.naming import name
from tracker.views.errors import bad_request, page_not_found
from tracker.wording import figure_with_unit, period

LARGEST = 64 * 1024  # 2,000 characters of Urdu, percent-encoded, and the rest of the form, many times over
SENT_BEFORE = {"challenge_sent_once", "challenge_said_once"}

type View = Callable[..., HttpResponse]


def uncached(view: View) -> View:
    """Refusals are no more kept by caches than the page is, for a row may be published the next minute; nor does
    whoever sends rubbish fill the log.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, **arguments: Any) -> HttpResponse:
        try:
            return view(request, **arguments)
        except Http404 as error:
            return page_not_found(request, error)
        except BadRequest as error:
            return bad_request(request, error)
        except subjects.Gone as gone:
            return render(request, "410.html", {"reason": str(gone)}, status=410)

    return page


@csrf_exempt  # a ticket in the form and the Origin stand in for the cookie
@require_http_methods(["GET", "HEAD", "POST"])
@uncached
def question(request: HttpRequest, kind: Challenge.Kind, code: str) -> HttpResponse:
    reading = reading_of(request)
    row = subjects.find(kind, code, reading)
    if request.method == "POST":
        return _received(request, kind, row)
    throttle.forget()
    ticket = Ticket.new(kind, code, reading.edition.number)
    return _page(request, row, ChallengeForm(kind=kind, code=code, initial={"ticket": ticket.signed()}))


@require_safe
@uncached
def received(request: HttpRequest, kind: Challenge.Kind, code: str) -> HttpResponse:
    row = subjects.find(kind, code, reading_of(request))
    return render(request, "tracker/question_received.html", _context(request, row))


def _received(request: HttpRequest, kind: Challenge.Kind, row: Any) -> HttpResponse:
    _refuse_what_no_form_of_ours_sends(request)
    try:
        form = ChallengeForm(request.POST, kind=kind, code=row.code)
    except UnreadablePostError as error:
        raise BadRequest(_("The form did not arrive whole.")) from error
    if not form.is_valid():
        return _page(request, row, _again(form, reading_of(request).edition.number), status=400)
    try:
        record(form, client_address(request))
    except throttle.TooMany as full:
        response = _page(request, row, form, status=429, until=full.until)
        response.headers["Retry-After"] = str(full.seconds)
        return response
    response = HttpResponseRedirect(href(request, reverse(f"{_page_of(kind)}-question-received", args=[row.code])))
    response.status_code = 303
    return response


def _refuse_what_no_form_of_ours_sends(request: HttpRequest) -> None:
    """Before the body is read."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"{request.scheme}://{request.get_host()}":
        raise BadRequest(_("This form was sent from another site."))
    if request.content_type != "application/x-www-form-urlencoded":
        raise BadRequest(_("This page takes the form that it shows, and nothing else."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > LARGEST:
        raise BadRequest(_("This is more than the form can hold."))


def record(form: ChallengeForm, address: str) -> None:
    """Keep the question, or refuse it as one too many. The same form, and the same words, count once."""
    said, ticket = form.cleaned_data, form.cleaned_data["ticket"]
    challenge = Challenge(
        kind=ticket.kind,
        code=ticket.code,
        edition_id=ticket.edition,
        form=ticket.form,
        text=said["text"],
        source_url=said["source_url"],
        language=script_language(said["text"]),
    )
    marks = throttle.marks(address)
    try:
        with transaction.atomic():
            challenge.save(force_insert=True)
            throttle.count(marks)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name not in SENT_BEFORE:  # type: ignore[union-attr]
            raise


def _again(form: ChallengeForm, edition: int) -> ChallengeForm:
    """The form with what was typed; with a new ticket if its own is of no use, and without what only machines fill."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["homepage"] = ""
    if form.has_error("ticket") and not form.has_error("ticket", "soon"):
        data["ticket"] = Ticket.new(form.kind, form.code, edition).signed()
    form.data = data
    return form


def _page(request: HttpRequest, row: Any, form: ChallengeForm, *, status: int = 200, until: Any = None) -> HttpResponse:
    context = {"form": form, "until": until and timezone.localtime(until), **_context(request, row)}
    return render(request, "tracker/question.html", context, status=status)


def _context(request: HttpRequest, row: Any) -> dict[str, Any]:
    context = {"row": row, "name": name(row), "row_url": href(request, row)}
    context |= {"permanent_url": "", "cited_url": ""}  # a form is no page to cite
    if row._meta.model_name == Challenge.Kind.FIGURE:
        said = figure_with_unit(row) if row.value is not None else row.get_status_display()
        context |= {"is_figure": True, "said": said, "period": period(row)}
    return context


def _page_of(kind: str) -> str:
    return {Challenge.Kind.FIGURE: "snapshot", Challenge.Kind.ACTION: "action"}[Challenge.Kind(kind)]
