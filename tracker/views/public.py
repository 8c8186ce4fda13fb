"""How a public page is made: read in an edition, rendered inside that reading, the same for everyone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.assessment.reading import Reading
from tracker.frame import reading_of
from tracker.models import Publishable
from tracker.publishing.items import stands
from tracker.views.removed import Removed, removed_page

type PublicView = Callable[..., TemplateResponse]


def public(view: PublicView) -> Callable[..., HttpResponseBase]:
    """Give the view the reading of its address, and render its template before the reading closes."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        reading = reading_of(request)
        with reading.opened():
            try:
                return view(request, reading, **arguments).render()
            except Removed as removed:
                return removed_page(request, reading, removed.row)

    return page


def standing_or_404(model: Any, reading: Reading, code: str, *related: str) -> Any:
    """The row with this code as it stands in the edition, with the rows `related` to it.

    One that was published and taken out again has a page that says so. A 404 says the same of a draft as of
    a code that nobody gave.
    """
    rows = model.objects.filter(code=code, edition__lte=reading.edition)
    row: Publishable | None = (rows.select_related(*related) if related else rows).first()
    if row is None:
        raise Http404(
            _("There is no %(kind)s “%(code)s” in edition %(edition)d.")
            % {"kind": model._meta.verbose_name, "code": code, "edition": reading.edition.number}
        )
    if not stands(row, reading.edition):
        raise Removed(row)
    return row
