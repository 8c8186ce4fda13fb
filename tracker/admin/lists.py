"""The lists of the desk: where each row stands and, if a reviewer returned it, what they wrote."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from azm.lib.strictadmin import StrictChangeList
from tracker.models import Publishable, Return


def is_returned(row: Publishable) -> bool:
    return row.stage == Publishable.Stage.RETURNED and not row.is_published


def note_of(returned: Return | None) -> Any:
    """Who returned a row, when, and what they wrote."""
    if returned is None:
        return ""
    when = timezone.localtime(returned.returned_at).strftime("%Y-%m-%d %H:%M")
    said = _("%(who)s, %(when)s:") % {"who": returned.returned_by, "when": when}
    return format_html('<span class="note">{} <q>{}</q></span>', said, returned.note)


class LedgerChangeList(StrictChangeList):
    """Rows that came back bring the newest note with them, for the column of states to show."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list: list[Any] = list(self.result_list)
        if came_back := [row.pk for row in self.result_list if is_returned(row)]:
            notes = Return.newest(self.model, came_back)
            for row in self.result_list:
                row.came_back = notes.get(row.pk)
