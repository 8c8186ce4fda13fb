"""One source, with every passage that the ledger uses from it and the facts that rest on each."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.assessment.reading import Reading
from tracker.models import (
    Assignment,
    Citation,
    MetricSnapshot,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    Source,
)
from tracker.remarks import panel
from tracker.views.public import public, standing_or_404


@public
def source(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(Source, reading, code)
    edition = reading.edition
    snapshots = MetricSnapshot.objects.in_edition(edition).select_related("series__indicator", "series__area")
    related: list[Any] = [
        Prefetch("snapshots", snapshots.order_by("code"), "standing_snapshots"),
        Prefetch("actions", PolicyAction.objects.in_edition(edition), "standing_actions"),
        Prefetch("repeated_by", Citation.objects.in_edition(edition).select_related("source"), "standing_repeats"),
    ]
    citations = (
        Citation.objects.in_edition(edition)
        .filter(source=found)
        .select_related("repeats__source")
        .prefetch_related(*related)
        .order_by("code")
    )
    cited = Q(citation__source=found)
    about: dict[Any, Q] = dict.fromkeys([MetricSnapshot, PolicyAction, Milestone, Assignment, ProgressUpdate], cited)
    context = {"source": found, "citations": citations, "findings": panel(request, reading, about)}
    return TemplateResponse(request, "tracker/source.html", context)
