"""What the ledger is, who runs it, how to read it, and how to report what is wrong in it."""

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.assessment.reading import Reading
from tracker.views.public import public


@public
def about(request: HttpRequest, reading: Reading) -> TemplateResponse:
    return TemplateResponse(request, "tracker/about.html", {"operator": settings.AZM_OPERATOR})
