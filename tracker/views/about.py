"""What the ledger is, who runs it, how to read it, and the files that can be taken."""

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings import LISTINGS
from tracker.views.public import public


@public
def about(request: HttpRequest, reading: Reading) -> TemplateResponse:
    lists = [
        {
            "title": listing.title,
            "page": href(request, reverse(listing.name)),
            "file": href(request, reverse(f"{listing.name}-csv")),
        }
        for listing in LISTINGS
    ]
    return TemplateResponse(request, "tracker/about.html", {"operator": settings.AZM_OPERATOR, "lists": lists})
