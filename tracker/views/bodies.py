"""One responsible body."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.assessment.reading import Reading
from tracker.models import Assignment, ProgressUpdate, ReportingDuty, ResponsibleBody
from tracker.publishing.scopes import of_body
from tracker.views.history import history
from tracker.views.public import public, standing_or_404


@public
def body(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(ResponsibleBody, reading, code)
    edition = reading.edition
    updates = ProgressUpdate.objects.in_edition(edition).select_related("action", "area", "citation__source")
    context = {
        "body": found,
        "assignments": Assignment.objects.in_edition(edition)
        .filter(body=found)
        .select_related("action__policy", "area", "citation__source")
        .order_by("action__policy__position", "action__position", "role", "code"),
        "updates": updates.filter(body=found).order_by("-as_of", "code"),
        "waited_for": updates.filter(waiting_on=found).order_by("-as_of", "code"),
        "duties": ReportingDuty.objects.in_edition(edition).filter(body=found).select_related("citation__source"),
        "children": ResponsibleBody.objects.in_edition(edition).filter(parent=found),
        "history": history(request, reading, "body", found, of_body(found, edition)),
    }
    return TemplateResponse(request, "tracker/body.html", context)
