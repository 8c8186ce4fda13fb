"""What django-axes asks us when it counts failed logins."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class Throttle(AxesDatabaseHandler):
    """A limit of its own for each way of counting."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Failures as axes compares them, with AXES_FAILURE_LIMIT: what uses up a limit reaches that."""
        totals = [
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        ]
        return max(
            total * settings.AXES_FAILURE_LIMIT // limit
            for total, limit in zip(totals, settings.AZM_LOGIN_LIMITS, strict=True)
        )


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """Cut to what the column of axes holds; a longer name is nobody's anyway."""
    name = (credentials or request.POST).get("username")
    return name[:150] if name else name
