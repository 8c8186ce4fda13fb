"""What happens to every request before and around the views."""

import logging
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.handlers.wsgi import get_bytes_from_wsgi
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

type Handler = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger(__name__)


class LanguageFromPath:
    """The path alone says the language: Urdu below /ur/, English elsewhere.

    Django's own LocaleMiddleware also asks a cookie and the browser, and so has to mark every page
    as varying; ours are the same for everyone, and caches keep one copy.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        urdu = request.path_info == "/ur" or request.path_info.startswith("/ur/")
        language = "ur" if urdu else "en"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class RefuseUnreadable:
    """Refuse a query that is no text (such as a lone surrogate), and a NUL, which no text of
    PostgreSQL can hold. In a path, Django has by now made readable what was not."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = unquote_to_bytes(get_bytes_from_wsgi(request.META, "QUERY_STRING", ""))
        # A cookie may hold a NUL too, escaped within quotation marks.
        held = "".join([request.path_info, *request.COOKIES.values()])
        if "\0" not in held and is_text(query):
            return self.get_response(request)
        return plain(_("This address holds characters that are not text."), status=400)


class BusyDatabase:
    """A query that took too long, or a database that does not answer, is no fault in the page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        logger.error("Database busy at %s", request.path, exc_info=exception)
        # Of a page a page, drawn without the request, whose frame would ask the database; of a file a sentence.
        of_page = request.path_info.endswith("/")
        response = (
            HttpResponse(render_to_string("503.html"), status=503)
            if of_page
            else plain(_("The database is busy. Please try again in a moment."), status=503)
        )
        response.headers["Retry-After"] = "30"
        return response


def is_text(raw: bytes) -> bool:
    """Valid UTF-8, which has no lone surrogates, without NUL."""
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def plain(sentence: str, *, status: int) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
