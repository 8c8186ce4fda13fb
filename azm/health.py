"""Is it up, and can it work? For whatever watches the server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """A database that does not answer becomes a 503 in the middleware."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return healthz(request)
