"""One responsible body: what it owes, has delivered and waits for, when it last spoke, and how we know."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind, Rollup
from tracker.assessment.silence import duties
from tracker.assessment.waiting import waits
from tracker.frame import href
from tracker.listings.openness import panel as panel_of_openness
from tracker.listings.silence import duties_in_words
from tracker.models import Assignment, ProgressUpdate, ReportingDuty, ResponsibleBody
from tracker.progress import rolled_up
from tracker.publishing.scopes import of_body
from tracker.remarks import panel
from tracker.views.bodyrecord import (
    answers,
    assignments_of,
    delivered,
    lead,
    led,
    other_roles,
    questions,
    reports,
    sources,
)
from tracker.views.history import history
from tracker.views.public import public, standing_or_404


@public
def body(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(ResponsibleBody, reading, code, "parent", "area", "citation__source")
    edition = reading.edition
    rollups = {r.kind: r for r in Rollup.objects.filter(kind__in=[Kind.LEAD, Kind.SUPPORT], body=found)}
    assignments = assignments_of(reading, found)
    leads, steps = led(assignments)
    spoken = reports(request, reading, found)
    waiting = {"waits_for": list(waits().filter(waiting__waiter=found))}
    waiting["holds_up"] = list(waits().filter(waiting__holder=found))
    owed = duties_in_words(duties().filter(body=found))
    roles = other_roles(assignments)
    context: dict[str, Any] = {
        "body": found,
        "lead": lead(rollups.get(Kind.LEAD), roles, spoken, owed, **waiting),
        "leads": leads,
        "leading": rolled_up(request, rollups.get(Kind.LEAD), "leading"),
        "supporting": rolled_up(request, rollups.get(Kind.SUPPORT), "supporting"),
        "progress_url": href(request, f"{reverse('progress')}?body={found.code}"),
        "delivered": delivered(rollups.get(Kind.LEAD), steps),
        "roles": roles,
        "spoken": spoken,
        "duties": owed,
        "lost_duties": ReportingDuty.objects.in_edition(edition).filter(body=found, redacted_in__isnull=False),
        **waiting,
        "openness": panel_of_openness(request, found),
        "findings": panel(request, reading, dict.fromkeys([Assignment, ProgressUpdate], Q(body=found)), found.code),
        "answers": answers(request, reading, found),
        **questions(request, reading, assignments),
        "children": ResponsibleBody.objects.in_edition(edition).filter(parent=found),
        "sources": sources(found, assignments, spoken["rows"], [row["duty"] for row in owed], *waiting.values()),
        "history": history(request, reading, "body", found, of_body(found, edition)),
    }
    return TemplateResponse(request, "tracker/body.html", context)
