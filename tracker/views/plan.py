"""The plan of one commitment: as first published and as it is now, step by step, and every change in between."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from tracker.assessment.drift import in_order
from tracker.assessment.reading import Reading
from tracker.models import Milestone, PlanChange, PolicyAction
from tracker.wording import drift_sentence, moved_by


def plan_changes(reading: Reading, action: PolicyAction, steps: Sequence[Milestone]) -> list[PlanChange]:
    """All that stand, of the commitment and of its steps, in the order in which they were said."""
    of_it = Q(action=action) | Q(milestone__in=steps)
    changes = PlanChange.objects.in_edition(reading.edition).filter(of_it)
    return list(in_order(changes.select_related("milestone", "citation__source")))


def plan(action: PolicyAction, steps: Sequence[Milestone], changes: Sequence[PlanChange]) -> dict[str, Any]:
    """The context of tracker/_plan.html; action and steps bring their `drift`."""
    things: list[Any] = [action, *steps]
    first = min((step.edition_id or 0 for step in steps), default=None)  # in which steps were published
    return {
        "drift": things[0].drift,
        "sentence": drift_sentence(things[0].drift),
        "rows": [_row(thing, first) for thing in things],
        "weighted": any(change.kind == PlanChange.Kind.WEIGHT for change in changes),
        "changes": changes,
        "wordings": [change for change in changes if change.new_wording and change.action_id],
    }


def _row(thing: Any, first: int | None) -> dict[str, Any]:
    """One line of the two plans, and whether it is a step that was added later than the first ones."""
    is_step = isinstance(thing, Milestone)
    return {
        "thing": thing,
        "is_step": is_step,
        "added_in": thing.edition_id if is_step and thing.edition_id != first else None,
        "drift": thing.drift,
        "by": moved_by(thing.drift) if thing.drift.moves else "",
    }
