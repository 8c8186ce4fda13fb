"""One edition: the act, what entered and left, and the digest that anybody can recompute."""

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.assessment.reading import Reading
from tracker.frame import file_name
from tracker.models import Edition
from tracker.publishing.digests import digest_file
from tracker.publishing.guard import publishable_models
from tracker.views.public import public


def _edition_or_404(number: int) -> Edition:
    found = Edition.objects.closed().filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404(_("There is no edition %d.") % number)
    return found


@public
def edition(request: HttpRequest, reading: Reading, number: int) -> TemplateResponse:
    found = _edition_or_404(number)
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in publishable_models()}
    acts = found.items.order_by().values_list("kind", "act").annotate(n=Count("pk"))
    kinds: dict[str, dict[str, int]] = {}
    for kind, act, count in acts:
        kinds.setdefault(kind, {})[act] = count
    before = [
        {
            "name": name,
            "entered": kinds.get(kind, {}).get("entered", 0),
            "withdrawn": kinds.get(kind, {}).get("withdrawn", 0),
        }
        for kind, name in names.items()
        if kind in kinds
    ]
    compare_url = f"{reverse('compare')}?from={number - 1}&to={number}"
    context = {
        "act": found,
        "previous": Edition.objects.closed().filter(number=number - 1).first(),
        "following": Edition.objects.closed().filter(number=number + 1).first(),
        "compare_before_url": compare_url if number > 1 else "",
        "kinds": before,
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
        headers={"Content-Disposition": f'attachment; filename="{file_name(f"edition-{number}.sha256")}"'},
    )
