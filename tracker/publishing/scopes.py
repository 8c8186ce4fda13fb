"""Which rows concern one action, body, area, policy or indicator. Drafts lead to nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from provinces.models import Area
from tracker.models import (
    ActionLink,
    Assignment,
    Edition,
    EditionItem,
    Indicator,
    IndicatorBreak,
    LineageClaim,
    Measure,
    MetricSnapshot,
    Milestone,
    Objective,
    PlanChange,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    ReportingDuty,
    ResponsibleBody,
    Series,
    Statement,
    Target,
)

type Scope = Mapping[Any, Q]
"""Of each model the rows that concern the subject."""


def items_of(scope: Scope) -> Q:
    """The items of editions that concern the subject, as a condition on them.

    Every branch is looked up by the index of items and by one of its own; joined by OR they would be looked for in
    the whole table.
    """
    first, *others = (
        EditionItem.objects.filter(
            kind=model._meta.model_name, code__in=model.objects.published().filter(branch).order_by().values("code")
        )
        .order_by()
        .values("pk")
        for model, rows in scope.items()
        for branch in _branches(rows)
    )
    return Q(pk__in=first.union(*others))


def together(scopes: Iterable[Scope]) -> Scope:
    """What concerns any of several subjects."""
    joint: dict[Any, Q] = {}
    for scope in scopes:
        for model, rows in scope.items():
            joint[model] = joint[model] | rows if model in joint else rows
    return joint


def _branches(rows: Q) -> Iterator[Q]:
    if rows.connector == Q.OR:
        for child in rows.children:
            yield from _branches(child if isinstance(child, Q) else Q(child))
    else:
        yield rows


def of_action(action: PolicyAction, edition: Edition) -> Scope:
    """The commitment, its steps and changes, who is named for it, what measures it, and what is said of it."""
    return {
        PolicyAction: Q(pk=action.pk),
        ActionLink: Q(action=action) | Q(to_action=action),
        Assignment: Q(action=action),
        Measure: Q(action=action),
        MetricSnapshot: Q(series__in=measured(edition, action=action)),
        Milestone: Q(action=action),
        PlanChange: Q(action=action) | Q(milestone__action=action),
        ProgressUpdate: Q(action=action),
        Statement: Q(action=action),
        Target: Q(action=action),
    }


def measured(edition: Edition, **of_measures: Any) -> QuerySet[Series]:
    """The series by which commitments are measured, each in the area of the measure or else of the commitment."""
    measures = Measure.objects.filter(edition__lte=edition, indicator=OuterRef("indicator"), **of_measures)
    areas = measures.annotate(of=Coalesce("area", "action__area")).filter(of=OuterRef("area"))
    return Series.objects.filter(Exists(areas))


def of_indicator(indicator: Indicator, edition: Edition) -> Scope:
    """What is counted, what it measures, and all that is told or demanded of it, in every area."""
    return {
        Indicator: Q(pk=indicator.pk),
        IndicatorBreak: Q(indicator=indicator),
        Measure: Q(indicator=indicator),
        MetricSnapshot: Q(series__indicator=indicator),
        Target: Q(series__indicator=indicator),
    }


def of_body(body: ResponsibleBody, edition: Edition) -> Scope:
    """What it is named for, what it reported or is waited for, and the plans of its commitments."""
    actions = Assignment.objects.filter(edition__lte=edition, body=body).order_by().values("action")
    return {
        ResponsibleBody: Q(pk=body.pk),
        PolicyAction: Q(pk__in=actions),
        Milestone: Q(action__in=actions),
        PlanChange: Q(action__in=actions) | Q(milestone__action__in=actions),
        Target: Q(action__in=actions),
        Assignment: Q(body=body),
        ProgressUpdate: Q(body=body) | Q(waiting_on=body) | Q(action__in=actions),
        ReportingDuty: Q(body=body),
        MetricSnapshot: Q(withheld_by=body),
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
        Objective: Q(policy=policy),
        PolicyAction: Q(policy=policy),
        Milestone: Q(action__policy=policy),
        PlanChange: Q(action__policy=policy) | Q(milestone__action__policy=policy),
        Assignment: Q(action__policy=policy),
        Statement: Q(policy=policy),
        MetricSnapshot: Q(series__indicator__in=measures.order_by().values("indicator")),
        Target: Q(action__policy=policy),
        ProgressUpdate: Q(action__policy=policy),
    }
