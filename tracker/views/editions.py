"""One edition: the act, what entered and left, and the digest that anybody can recompute."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.assessment.reading import Reading
from tracker.models import Edition
from tracker.publishing.digests import digest_file
from tracker.publishing.guard import publishable_models
from tracker.publishing.items import ACTS
from tracker.views.acts import happenings
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
    context = {
        "act": found,
        "ended_by": Edition.objects.closed().filter(ends=found).first(),
        "previous": Edition.objects.closed().filter(number=number - 1).first(),
        "following": Edition.objects.closed().filter(number=number + 1).first(),
        "compare_before_url": f"{reverse('compare')}?from={number - 1}&to={number}" if number > 1 else "",
        **_counts(found),
        "happenings": happenings(request, found.items.all(), published_in=number),
        "rows": addresses(request, {"published_in": number}),
        "file_name": f"edition-{number}.sha256",
    }
    return TemplateResponse(request, "tracker/edition.html", context)


def _counts(edition: Edition) -> dict[str, Any]:
    """How many rows of each kind did what: a table with a column for every act that the edition has."""
    told: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, act, count in edition.items.order_by().values_list("kind", "act").annotate(n=Count("pk")):
        told[kind][act] = count
    had = [act for act in ACTS if any(act in counts for counts in told.values())]
    return {
        "acts": [act.label for act in had],
        "kinds": [
            {"name": model._meta.verbose_name_plural, "counts": [(act.label, counts.get(act, 0)) for act in had]}
            for model in publishable_models()
            if (counts := told.get(model._meta.model_name or ""))
        ],
        "totals": [(act.label, sum(counts.get(act, 0) for counts in told.values())) for act in had],
    }


@require_safe
def edition_digests(request: HttpRequest, number: int) -> HttpResponseBase:
    """The digest file of an edition: its SHA-256 is the edition's digest."""
    found = _edition_or_404(number)
    return HttpResponse(
        digest_file(found),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="edition-{number}.sha256"'},
    )
