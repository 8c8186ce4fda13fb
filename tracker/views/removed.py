"""The page of what was published and taken out again: when, why, and how to read it as it stood."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.models import Edition, Publishable
from tracker.publishing.items import is_silent
from tracker.removals import reason

PLAIN = "text/plain; charset=utf-8"


class Removed(Exception):
    """What the address names has left the edition that is read."""

    def __init__(self, row: Publishable) -> None:
        super().__init__(row.code)
        self.row: Any = row  # of a kind that has a page


def removed_page(request: HttpRequest, reading: Reading, row: Any) -> HttpResponse:
    """Of its content only the code is told. What is withdrawn is gone for good, which is a 410; a suspension may
    be reversed, so that its page is a 404 like any other address at which there is nothing for now.
    """
    left, number = row.withdrawn_in_id, reading.edition.number
    withdrawn = left if left and left <= number else None
    suspended = row.suspended_in_id if is_silent(row, reading.edition) else None
    acts = Edition.objects.filter(number__in=[act for act in (suspended, withdrawn) if act]).order_by("number")
    before = min(act.number for act in acts) - 1
    path = row.get_absolute_url()
    kind = row._meta
    context: dict[str, Any] = {
        "kind": kind.verbose_name,
        "kinds": kind.verbose_name_plural,
        "kinds_url": href(request, path.removesuffix(f"{row.code}/")),
        "code": row.code,
        "entered": row.edition,
        "suspended": suspended,
        "withdrawn": withdrawn,
        "acts": [{"edition": act, "reason": reason(act)} for act in acts],
        "before": before,
        "before_url": f"{path}?edition={before}",
        "corrections_url": href(request, f"{reverse('corrections')}?kind={kind.model_name}"),
    }
    status = 410 if withdrawn else 404
    if request.path_info.endswith(".svg"):  # a file is refused in plain text, as everywhere
        told = gettext("Withdrawn in edition %d.") if withdrawn else gettext("Suspended since edition %d.")
        return HttpResponse(f"{told % (withdrawn or suspended)}\n", status=status, content_type=PLAIN)
    return TemplateResponse(request, "tracker/removed.html", context, status=status).render()
