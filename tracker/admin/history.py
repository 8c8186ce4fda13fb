"""Who wrote: tells the history trigger of the database which user a request belongs to."""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse

READING = {"GET", "HEAD", "OPTIONS", "TRACE"}


def set_author(user: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('azm.user', %s, false)", ["" if user is None else str(user)])


class ChangeAuthor:
    """Middleware, after AuthenticationMiddleware. Requests that only read cost nothing and touch no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING or not request.user.is_authenticated:
            return self.get_response(request)
        set_author(request.user.pk)
        try:
            return self.get_response(request)
        finally:
            self.forget()

    @staticmethod
    def forget() -> None:
        """The connection serves other people next. One that is broken is closed, which forgets as well."""
        if connection.in_atomic_block and connection.needs_rollback:
            return  # what is rolled back forgets by itself
        try:
            set_author(None)
        except OperationalError:
            connection.close()  # the answer to the request is another's to give
