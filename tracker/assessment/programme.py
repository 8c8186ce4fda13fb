"""Which policies make up the programme of the front page, and the counts over its commitments."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from tracker.assessment.reading import Reading
from tracker.assessment.standings import Chain
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


def chain_counts(actions: QuerySet[PolicyAction]) -> dict[str, int]:
    """How many of the commitments have each link of the chain; "total" is how many there are."""
    links = {link: Count("pk", filter=Q(**{f"chain__{link}": True})) for link in Chain.LINKS}
    return actions.order_by().aggregate(total=Count("pk"), **links)
