"""One edition: the act, what entered and left, and the digest that anybody can recompute."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.assessment.reading import Reading
from tracker.frame import saved_as
from tracker.models import Edition
from tracker.publishing.compare import Between
from tracker.publishing.digests import digest_file
from tracker.views.acts import counted, happenings
from tracker.views.history import addresses
from tracker.views.public import public


def _edition_or_404(number: int) -> Edition:
    found = Edition.objects.closed().filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404(_("There is no edition %d.") % number)
    return found


@public
def edition(request: HttpRequest, reading: Reading, number: int) -> TemplateResponse:
    found = _edition_or_404(number)
    previous = Edition.objects.closed().filter(number=number - 1).first()
    listed = {"published_in": number}
    context = {
        "act": found,
        "ended_by": Edition.objects.closed().filter(ends=found).first(),
        "previous": previous,
        "following": Edition.objects.closed().filter(number=number + 1).first(),
        "compare_before_url": f"{reverse('compare')}?from={number - 1}&to={number}" if number > 1 else "",
        **counted(request, Between(previous or Edition(number=0), found), **listed),
        "happenings": happenings(request, found.items.all(), **listed),
        "rows": addresses(request, listed),
        "file_name": f"edition-{number}.sha256",
    }
    return TemplateResponse(request, "tracker/edition.html", context)


@require_safe
def edition_digests(request: HttpRequest, number: int) -> HttpResponseBase:
    """The digest file of an edition: its SHA-256 is the edition's digest."""
    found = _edition_or_404(number)
    return HttpResponse(
        digest_file(found),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{saved_as(f"edition-{number}.sha256")}"'},
    )
