"""One responsible body."""

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.assessment.reading import Reading
from tracker.assessment.silence import duties
from tracker.assessment.waiting import waits
from tracker.listings.openness import panel as panel_of_openness
from tracker.listings.silence import duties_in_words
from tracker.models import Assignment, ProgressUpdate, ReportingDuty, ResponsibleBody
from tracker.publishing.scopes import of_body
from tracker.remarks import panel
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
        "waits_for": waits().filter(waiting__waiter=found),
        "holds_up": waits().filter(waiting__holder=found),
        "duties": duties_in_words(duties().filter(body=found)),
        "lost_duties": ReportingDuty.objects.in_edition(edition).filter(body=found, redacted_in__isnull=False),
        "openness": panel_of_openness(request, found),
        "findings": panel(request, reading, dict.fromkeys([Assignment, ProgressUpdate], Q(body=found)), found.code),
        "children": ResponsibleBody.objects.in_edition(edition).filter(parent=found),
        "history": history(request, reading, "body", found, of_body(found, edition)),
    }
    return TemplateResponse(request, "tracker/body.html", context)
