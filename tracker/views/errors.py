"""What a refused request is told. Files are refused in plain text, pages in a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _told(request, 400, str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return _told(request, 404, reason)


def _told(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    if request.path_info.endswith((".csv", ".json", ".sha256", ".atom", ".ics", ".svg")):
        return HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    context: dict[str, Any] = {"reason": reason}
    return render(request, f"{status}.html", context, status=status)
