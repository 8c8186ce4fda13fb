"""Where a row stands, in words."""

from django.utils.translation import gettext_lazy as _

from tracker.models import Publishable

STATES = {"draft": _("draft"), "submitted": _("submitted"), "returned": _("returned")}


def state_of(row: Publishable) -> tuple[str, str]:
    """The word for where a row stands, and the sentence that the list shows."""
    if row.withdrawn_in_id is not None:
        return "withdrawn", _("withdrawn in edition %d") % row.withdrawn_in_id
    if row.is_published:
        return "published", _("published in edition %d") % row.edition_id
    return row.stage, str(STATES[row.stage])
