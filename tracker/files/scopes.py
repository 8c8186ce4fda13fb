"""Which rows concern one body, one area or one policy. Drafts lead to nothing."""

from django.db.models import Q

from provinces.models import Area
from tracker.files.entries import Scope
from tracker.models import (
    Assignment,
    Edition,
    LineageClaim,
    Measure,
    MetricSnapshot,
    Milestone,
    PlanChange,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    ResponsibleBody,
    Statement,
    Target,
)


def of_body(body: ResponsibleBody, edition: Edition) -> Scope:
    """What it is named for, what it reported or is waited for, and the plans of its commitments."""
    actions = Assignment.objects.filter(edition__lte=edition, body=body).order_by().values("action")
    return {
        PolicyAction: Q(pk__in=actions),
        Milestone: Q(action__in=actions),
        PlanChange: Q(action__in=actions) | Q(milestone__action__in=actions),
        Target: Q(action__in=actions),
        Assignment: Q(body=body),
        ProgressUpdate: Q(body=body) | Q(waiting_on=body) | Q(action__in=actions),
    }


def of_area(area: Area, edition: Edition) -> Scope:
    """What is told for the area, alone or jointly with others."""
    groups = Area.objects.filter(member_codes__contains=[area.code])
    areas = [area.code, *groups.values_list("code", flat=True)]
    return {
        PolicyAction: Q(area__in=areas),
        Milestone: Q(area__in=areas) | Q(area=None, action__area__in=areas),
        PlanChange: Q(action__area__in=areas) | Q(milestone__area__in=areas) | Q(milestone__action__area__in=areas),
        Assignment: Q(area__in=areas),
        Statement: Q(area__in=areas),
        MetricSnapshot: Q(series__area__in=areas),
        Target: Q(series__area__in=areas),
        ProgressUpdate: Q(area__in=areas),
    }


def of_policy(policy: Policy, edition: Edition) -> Scope:
    """The policy, its lineage on both sides, its commitments, and the figures that measure them."""
    measures = Measure.objects.filter(Q(policy=policy) | Q(action__policy=policy), edition__lte=edition)
    return {
        Policy: Q(pk=policy.pk),
        PolicyEvent: Q(policy=policy),
        LineageClaim: Q(policy=policy) | Q(predecessor=policy),
        PolicyAction: Q(policy=policy),
        Milestone: Q(action__policy=policy),
        PlanChange: Q(action__policy=policy) | Q(milestone__action__policy=policy),
        Assignment: Q(action__policy=policy),
        Statement: Q(policy=policy),
        MetricSnapshot: Q(series__indicator__in=measures.order_by().values("indicator")),
        Target: Q(action__policy=policy),
        ProgressUpdate: Q(action__policy=policy),
    }
