"""What a refused request is told. Files are refused in plain text, pages in a page that leads on."""

from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext

from azm.lib.templatetags.azm import in_language
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.models import Indicator, Policy, PolicyAction, ResponsibleBody, Source
from tracker.searching.near import near_codes

# The pages of one row, by the name of their address, with the field that names the row.
KINDS: Final[dict[str, tuple[Any, str]]] = {
    "policy": (Policy, "name"),
    "action": (PolicyAction, "title"),
    "body": (ResponsibleBody, "name"),
    "indicator": (Indicator, "name"),
    "source": (Source, "title"),
}
FILES: Final = (".csv", ".json", ".sha256", ".atom", ".ics", ".svg")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Our own refusals say what was wrong; what Django says of a forged host is for who runs the site."""
    return _told(request, 400, str(exception) if type(exception) is BadRequest else "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Public pages take no forms but the readers' questions, which bring a ticket; the desk's forms bring a token."""
    return _told(request, 403, gettext("The form is out of date, or came from another site. Open the page again."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _told(request, 404, reason, **_ways(request))


def _told(request: HttpRequest, status: int, reason: str, **context: Any) -> HttpResponse:
    if request.path_info.endswith(FILES):
        return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    return render(request, f"{status}.html", {"reason": reason, **context}, status=status)


def _ways(request: HttpRequest) -> dict[str, Any]:
    """What may have been meant. Only an address of a row asks the database; a guess of a robot does not."""
    words = slugify(request.path_info.rstrip("/").rpartition("/")[2], allow_unicode=True)[:80].replace("-", " ")
    match, reading = request.resolver_match, getattr(request, "reading", None)
    if reading is None or match is None or match.url_name not in KINDS:
        return {"words": words}
    model, field = KINDS[match.url_name]
    code = match.kwargs["code"]
    near = near_codes(model, reading, code)
    return {
        "words": code,
        "later": _later(request, model, reading, code),
        "near": [{"url": href(request, row), "text": in_language(row, field), "code": row.code} for row in near],
    }


def _later(request: HttpRequest, model: Any, reading: Reading, code: str) -> dict[str, Any] | None:
    """The edition in which the row entered, if that is a later one than is read."""
    row = model.objects.filter(code=code, edition__gt=reading.edition.number).first()
    if row is None:
        return None
    return {"number": row.edition_id, "url": f"{row.get_absolute_url()}?edition={row.edition_id}"}
