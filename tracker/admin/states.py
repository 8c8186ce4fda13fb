"""Where a row stands, in the words of the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import Publishable

STATES = {
    "draft": gettext_lazy("draft"),
    "submitted": gettext_lazy("submitted"),
    "returned": gettext_lazy("returned"),
}


def state_of(row: Publishable) -> tuple[str, str]:
    """The word for where a row stands, and the sentence that the list shows."""
    if not row.is_published:
        return row.stage, str(STATES[row.stage])
    word, sentence = _place(row)
    if row.redacted_in_id is not None:
        return "redacted", _("%(place)s, redacted in edition %(number)d") % {
            "place": sentence,
            "number": row.redacted_in_id,
        }
    return word, sentence


def _place(row: Publishable) -> tuple[str, str]:
    if row.withdrawn_in_id is not None:
        return "withdrawn", _("withdrawn in edition %d") % row.withdrawn_in_id
    if is_suspended(row):
        return "suspended", _("suspended in edition %d") % row.suspended_in_id
    return "published", _("published in edition %d") % row.edition_id


def is_suspended(row: Publishable) -> bool:
    """Hidden, until a second reviewer settles it."""
    return row.suspended_in_id is not None and row.restored_in_id is None and row.withdrawn_in_id is None


def stands(row: Publishable) -> bool:
    return row.is_published and row.withdrawn_in_id is None and not is_suspended(row)
