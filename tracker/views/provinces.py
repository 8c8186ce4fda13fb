"""One area: what is known for it alone and, apart, what is told only together with others; one printed page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language
from provinces.models import COUNTRY, Area
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.owners import current_leads
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind, Rollup
from tracker.assessment.silence import with_last_report
from tracker.assessment.standings import judge
from tracker.frame import href
from tracker.models import (
    Assignment,
    Indicator,
    MetricSnapshot,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
    Statement,
)
from tracker.progress import rolled_up
from tracker.remarks import panel
from tracker.views import absent
from tracker.views.areas import locator
from tracker.views.commitments import Commitment, owners, state
from tracker.views.provincelead import lead
from tracker.views.public import public
from tracker.views.scoreboard import Scoreboard

PRINTED = 8
"""Commitments and bodies that the printed sheet holds; the page holds all, and says so on the sheet."""
MEASURES_PRINTED = 17
"""Measures that it holds."""


@public
def province(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    area = Area.objects.filter(code=code.upper()).select_related("merged_into").first()
    if area is None:
        raise Http404(_("There is no area “%s”.") % code)
    edition = reading.edition
    board = Scoreboard(
        request, reading, area, AreaMatrix.of(reading, Indicator.objects.in_edition(edition), among=[area])
    )
    bodies = list(with_last_report(reading, ResponsibleBody.objects.in_edition(edition).filter(area=area)))
    context = {
        "area": area,
        "board": board,
        "lead": lead(board, bodies),
        "members": [member for member in board.matrix.areas if member.code in area.member_codes],
        "locator": locator(request, board.matrix.units, area) if board.is_unit else None,
        "alone": board.alone(),
        "joint": board.joint(),
        **_addresses(request, area),
        "statements": Statement.objects.in_edition(edition)
        .filter(area=area)
        .select_related("citation__source", "action")
        .order_by("kind", "code"),
        **commitments(request, reading, area),
        "bodies": bodies,
        "findings": panel(
            request,
            reading,
            {
                MetricSnapshot: Q(series__area=area),
                **dict.fromkeys([PolicyAction, Milestone, Assignment, ProgressUpdate], Q(area=area)),
            },
            area.code,
        ),
        "absent": list(absent.lines(request, reading, area, board.cells, len(bodies))),
        "printed": PRINTED,
        "measures_printed": MEASURES_PRINTED,
    }
    return TemplateResponse(request, "tracker/province.html", context)


def _addresses(request: HttpRequest, area: Area) -> dict[str, str]:
    query = urlencode({"area": area.code})
    return {
        f"{name}_url": href(request, f"{reverse(page)}?{query}")
        for name, page in {
            "figures": "snapshots-csv",
            "measures": "area-measures",
            "actions": "actions",
            "beside": "province-comparison",
        }.items()
    }


def commitments(request: HttpRequest, reading: Reading, area: Area) -> dict[str, Any]:
    """Commitments about the area, and those that somebody is assigned to in it: who leads, and where each stands."""
    edition = reading.edition
    assigned = Assignment.objects.in_edition(edition).filter(area=area)
    rows = list(
        PolicyAction.objects.in_edition(edition)
        .filter(Q(area=area) | Q(pk__in=assigned.values("action")))
        .select_related("policy")
        .order_by("policy__position", "position", "pk")
    )
    judge(rows)
    leads: dict[int, list[Assignment]] = {}
    for held in (
        current_leads(reading).filter(action__in=rows).select_related("body").order_by("area__position", "code")
    ):
        leads.setdefault(held.action_id, []).append(held)
    national = PolicyAction.objects.in_edition(edition).filter(area=COUNTRY).aggregate(n=Count("pk"))
    return {
        "actions": [
            {
                "action": action,
                "policy": in_language(action.policy, "short_name"),
                "lead": owners(leads.get(action.pk, [])),
                **state(Commitment(action)),
            }
            for action in rows
        ],
        "rollup": rolled_up(request, Rollup.objects.filter(kind=Kind.AREA, area=area).first(), "area"),
        "national_actions": national["n"],
    }
