"""The plan of one commitment: as first published and as it is now, step by step, and every change in between."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from tracker.assessment.drift import in_order
from tracker.assessment.reading import Reading
from tracker.models import Milestone, PlanChange, PolicyAction
from tracker.wording import drift_sentence, moved_by


def plan_changes(reading: Reading, action: PolicyAction) -> list[PlanChange]:
    """All that stand, of the commitment and of its steps, in the order in which they were said."""
    of_it = Q(action=action) | Q(milestone__action=action)
    changes = PlanChange.objects.in_edition(reading.edition).filter(of_it)
    return list(in_order(changes.select_related("milestone", "citation__source")))


def plan(action: PolicyAction, steps: Sequence[Milestone], changes: Sequence[PlanChange]) -> dict[str, Any]:
    """The context of tracker/_plan.html; action and steps bring their `drift`."""
    things: list[Any] = [action, *steps]
    return {
        "drift": things[0].drift,
        "sentence": drift_sentence(things[0].drift),
        "rows": [_row(thing, since=action.edition_id) for thing in things],
        "weighted": any(change.kind == PlanChange.Kind.WEIGHT for change in changes),
        "changes": changes,
        "wordings": [change for change in changes if change.new_wording and change.action_id],
    }


def _row(thing: Any, *, since: int | None) -> dict[str, Any]:
    """One line of the two plans; `since` is the edition in which the commitment entered."""
    drift = thing.drift
    return {
        "thing": thing,
        "is_step": isinstance(thing, Milestone),
        "added_in": thing.edition_id if thing.edition_id != since else None,
        "drift": drift,
        "by": moved_by(drift) if drift.moves else "",
    }
