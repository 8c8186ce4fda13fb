"""The steps of commitments with what is said and proved of them, by plan_steps() of evidence.sql."""

from collections.abc import Iterable
from typing import Any

from tracker.assessment.standings import READ
from tracker.models import Milestone, PolicyAction


def steps_of(actions: Iterable[PolicyAction]) -> list[Any]:
    """The steps of these commitments, in the reading that is open; what was redacted is none of them.

    Each tells whether it is `said` to be met, whether that is `proved`, and whether it was `dropped`.
    """
    found = {action.pk: action for action in actions}
    steps: list[Any] = list(
        Milestone.objects.raw(
            "SELECT milestone.*, step.said, step.proved, step.dropped"
            f" FROM plan_steps({READ}, false, %s::bigint[]) step"
            " JOIN tracker_milestone milestone ON milestone.id = step.milestone_id"
            " ORDER BY milestone.action_id, milestone.position, milestone.code",
            [list(found)],
        )
    )
    for step in steps:
        step.action = found[step.action_id]
    return steps
