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

type PublicView = Callable[..., TemplateResponse]


def public(view: PublicView) -> Callable[..., HttpResponseBase]:
    """Give the view the reading of its address, and render its template before the reading closes."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        reading = reading_of(request)
        with reading.opened():
            return view(request, reading, **arguments).render()

    return page


def standing_or_404(model: Any, reading: Reading, code: str, **related: Any) -> Any:
    """The row with this code as it stands in the edition; a 404 says where else it may be found."""
    row = model.objects.in_edition(reading.edition).filter(code=code).first()
    if row is None:
        raise Http404(
            _("There is no %(kind)s “%(code)s” in edition %(edition)d.")
            % {"kind": model._meta.verbose_name, "code": code, "edition": reading.edition.number}
        )
    return row
