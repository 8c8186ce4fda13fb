"""One policy: where it comes from, what was promised under it, and what happened to it."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse

from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind
from tracker.lineage import Axis, Lineage, beginning_of, beginnings, events_of, period
from tracker.models import Objective, Policy, Statement
from tracker.views.history import addresses
from tracker.views.programme import programme_context
from tracker.views.public import public, standing_or_404


@public
def policy(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(Policy, reading, code, "citation__source")
    kind = Kind.PROGRAMME if found.code == settings.AZM_PROGRAMME else Kind.POLICY
    context = {
        **programme_context(request, reading, found, kind),
        **lineage_context(reading, found),
        **said_context(reading, found),
        "record": addresses(request, {"policy": found.code}),
    }
    return TemplateResponse(request, "tracker/policy.html", context)


def lineage_context(reading: Reading, policy: Policy) -> dict[str, Any]:
    """The policy beside those that claims tie to it, as bars on one axis; the claims; and what happened to it."""
    lineage = Lineage.of(reading, policy)
    family = lineage.family
    events = list(events_of(reading, Q(policy=policy) | beginning_of(family)).select_related("citation__source"))
    begun = beginnings(events)
    axis = Axis.over(family, reading.on, begun.values())
    bars = [
        {
            "policy": one,
            "current": one.pk == policy.pk,
            "period": period(one, begun.get(one.pk)),
            "bar": axis.bar(one, begun.get(one.pk)),
        }
        for one in family
    ]
    own = [event for event in events if event.policy_id == policy.pk]
    return {"lineage": lineage, "axis": axis.drawn(), "bars": bars, "events": own}


def said_context(reading: Reading, policy: Policy) -> dict[str, Any]:
    """How others group its commitments, and what is said without a figure."""
    edition = reading.edition
    groupings = (
        Objective.objects.in_edition(edition)
        .filter(policy=policy)
        .exclude(grouping=Objective.Grouping.AZM)
        .select_related("citation__source")
    )
    statements = (
        Statement.objects.in_edition(edition)
        .filter(policy=policy, action=None)
        .select_related("area", "citation__source")
        .order_by("kind", "area__position", "code")
    )
    return {"groupings": groupings, "statements": statements}
