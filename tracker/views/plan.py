"""The plan of one commitment: as first published and as it is now, step by step, and how far each has come."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import number
from tracker.assessment.schedule import Answers, State
from tracker.assessment.steps import Facts, Step, StepState
from tracker.models import PlanChange
from tracker.wording import drift_sentence, moved_by

MARKS = {
    StepState.MET: State.DONE,
    StepState.DROPPED: State.DROPPED,
    StepState.UNDATED: State.CANNOT_SAY,
    StepState.LATE: State.SLIPPING,
    StepState.NOT_DUE: State.NOTHING_DUE,
}
"""A step has the marks of the one scale; what a body says of it has a speech mark, and what was lost its own."""
MOMENTS = {StepState.SAID: "said", StepState.LOST: "lost"}


def plan(facts: Facts, standing: Answers) -> dict[str, Any]:
    """The context of tracker/_plan.html; the action and its steps bring their `drift`."""
    action = facts.action
    first = min((step.edition_id or 0 for step in facts.milestones), default=None)  # in which steps were published
    return {
        "action": action,
        "drift": action.drift,
        "moved": moved_by(action.drift) if action.drift.moves else "",
        "sentence": _("Dropped by a published change.") if action.drift.dropped else drift_sentence(action.drift),
        "rows": [_row(step, first, scored=action.scored) for step in facts.steps],
        "changes": facts.changes,
        "standing": standing,
        "wordings": [change for change in facts.changes if change.new_wording and change.action_id],
        "reweighed": any(change.kind == PlanChange.Kind.WEIGHT for change in facts.changes),
    }


def _row(step: Step, first: int | None, *, scored: bool) -> dict[str, Any]:
    """One step: both its dates, the report by which it stands as it does, and whether it was added later."""
    milestone, drift = step.milestone, step.milestone.drift
    return {
        "number": step.number,
        "step": milestone,
        "drift": drift,
        "moved": moved_by(drift) if drift.moves else "",
        "added_in": milestone.edition_id if milestone.edition_id != first else None,
        "report": step.report,
        "lost": step.state == StepState.LOST,
        "own_word": step.state == StepState.SAID,
        **(_standing(step) if scored else _plainly(step)),
    }


def _standing(step: Step) -> dict[str, Any]:
    state = step.state
    if state is None:
        return {}
    late = _late(step) if state == StepState.LATE else ""
    return {"state": MARKS.get(state, ""), "moment": MOMENTS.get(state, ""), "word": state.label, "note": late}


def _plainly(step: Step) -> dict[str, Any]:
    """Of what is never judged: what was reported of the step, without a mark, and nothing of its being late."""
    told = (StepState.MET, StepState.SAID, StepState.LOST, StepState.DROPPED)
    return {"word": step.state.label if step.state in told else _("not met")} if step.state else {}


def _late(step: Step) -> str:
    text = ngettext("by {} day", "by {} days", step.days_late)
    late = format_html(text, number(step.days_late))
    return late if step.due_now_passed else format_html(_("{}; not due yet under the current plan"), late)
