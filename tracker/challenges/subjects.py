"""The published row that a question is about."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from tracker.assessment.reading import Reading
from tracker.models import Challenge, MetricSnapshot, PolicyAction
from tracker.naming import with_names

MODELS: dict[str, Any] = {Challenge.Kind.FIGURE: MetricSnapshot, Challenge.Kind.ACTION: PolicyAction}


class Gone(Exception):
    """The row was published once and stands no longer; the message says so."""


def find(kind: str, code: str, reading: Reading) -> Any:
    """The row that entered by the edition that is read and stands now."""
    model = MODELS[kind]
    row = with_names(model.objects.published(), "citation__source").filter(code=code).first()
    if row is None or row.edition_id > reading.edition.number:
        raise Http404(
            _("There is no %(kind)s “%(code)s” in edition %(edition)d.")
            % {"kind": model._meta.verbose_name, "code": code, "edition": reading.edition.number}
        )
    if row.withdrawn_in_id is not None:
        raise Gone(
            _("It was withdrawn in edition %(edition)d, and what is withdrawn is no longer questioned.")
            % {"edition": row.withdrawn_in_id}
        )
    if row.suspended_in_id is not None and row.restored_in_id is None:
        raise Gone(
            _("It was suspended in edition %(edition)d. Until that is settled it is not questioned.")
            % {"edition": row.suspended_in_id}
        )
    if row.redacted_in_id is not None:
        raise Gone(_("Its words and figures were removed for good; there is nothing left to question."))
    return row
