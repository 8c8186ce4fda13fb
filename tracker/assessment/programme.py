"""Which policies make up a programme, and their commitments."""

from typing import Any

from django.db.models import Q, QuerySet

from tracker.assessment.reading import Reading
from tracker.models import LineageClaim, Policy, PolicyAction


def programme(reading: Reading, policy: Policy) -> QuerySet[Policy]:
    """The policy and those that a published claim says continue it."""
    claims = LineageClaim.objects.in_edition(reading.edition).filter(
        predecessor=policy, relation=LineageClaim.Relation.CONTINUES
    )
    return Policy.objects.in_edition(reading.edition).filter(Q(pk=policy.pk) | Q(pk__in=claims.values("policy")))


def commitments(reading: Reading, policies: Any) -> QuerySet[PolicyAction]:
    """The commitments of the policies, in their order."""
    return (
        PolicyAction.objects.in_edition(reading.edition)
        .filter(policy__in=policies)
        .order_by("policy__position", "position", "pk")
    )
