"""Specimens of how commitments stand: the three answers in every state, and the counts of several commitments."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import english
from tracker.assessment.rollups import Kind, Rollup, column
from tracker.assessment.schedule import Basis, Reason, Standing, State
from tracker.models import Objective, ProgressUpdate, ResponsibleBody
from tracker.progress import STRIPS, StateCount, rolled_up
from tracker.views.answers import answers, contradictions
from tracker.views.styleguide.invented import citation
from tracker.views.styleguide.specimen import Contents, Group, Specimen

Status = ProgressUpdate.Status
PASSED, DAY, DUE = date(2032, 3, 31), date(2032, 7, 1), date(2033, 3, 31)

# Of each state: what a body says, and how many of five steps were due and are proved.
CASES: Final[dict[State, tuple[Status | None, int, int]]] = {
    State.DONE: (Status.COMPLETE, 5, 5),
    State.ON_TRACK: (Status.UNDER_WAY, 3, 3),
    State.SLIPPING: (Status.UNDER_WAY, 4, 3),
    State.BEHIND: (Status.COMPLETE, 4, 1),
    State.OVERDUE: (None, 5, 3),
    State.NOTHING_DUE: (None, 0, 0),
    State.PAUSED: (Status.PAUSED, 2, 1),
    State.DROPPED: (Status.CANCELLED, 0, 0),
    State.CANNOT_SAY: (Status.NOTHING, 0, 0),
    State.NOT_SCORED: (None, 0, 0),
}


def _answers(state: State) -> Specimen:
    return Specimen("components/three_answers.html", state.label, lambda request: _answered(request, state))


def _standing(state: State, status: Status | None, due: int, proved: int) -> Standing:
    steps = 0 if state in (State.CANNOT_SAY, State.NOT_SCORED) else 5
    report = ProgressUpdate(
        pk=1,
        body=ResponsibleBody(code="x", name="Body A"),
        as_of=date(2032, 6, 20),
        status=status or "",
        channel=ProgressUpdate.Channel.STATEMENT,
        citation=citation("A"),
    )
    reason = {State.CANNOT_SAY: Reason.NO_PLAN, State.NOT_SCORED: Reason.UNSCORED}.get(state, "")
    return Standing(
        reported=report if status else None,
        state=state,
        state_now=State.ON_TRACK if state == State.BEHIND else state,
        reason=reason,
        basis=Basis.STEPS if steps else "",
        steps=steps,
        steps_proved=proved,
        steps_said=1 if state == State.BEHIND else 0,
        steps_dropped=0,
        weight=D(steps),
        planned=D(due),
        earned=D(proved),
        evidenced=D(proved) / 5,
        self_reported=D("0.2"),
        weight_now=D(steps),
        planned_now=D(proved),
        earned_now=D(proved),
        days_late=92 if proved < due else None,
        due_on=(PASSED if state in (State.DONE, State.OVERDUE) else DUE) if steps else None,
    )


def _answered(request: HttpRequest, state: State) -> Contents:
    standing = _standing(state, *CASES[state])
    drift = SimpleNamespace(moves=0, due_now=DUE, dropped=state == State.DROPPED)
    action = SimpleNamespace(standing=standing, drift=drift, scored=state != State.NOT_SCORED, unscored_reason="")
    commitment: Any = SimpleNamespace(action=action, figures=[])
    reports = [standing.reported] if standing.reported else []
    changes = [SimpleNamespace(redacted_in_id=None)] if state == State.BEHIND else []
    facts: Any = SimpleNamespace(on=DAY, steps=[], reports=reports, changes=changes)
    working: Any = SimpleNamespace(formula=[])
    against = [line | {"url": "#answers"} for line in contradictions(commitment, None)]
    return {"answers": answers(request, commitment, facts, [], working), "against": against}


# Counts of several commitments


def _rolled_up(request: HttpRequest, name: str) -> Contents:
    """Every state occurs; what counts a state leads nowhere, since there is nothing to list."""
    states = {column(state): n for n, state in enumerate(STRIPS, 2)} | {column(State.NOT_SCORED): 1}
    now = states | {column(State.BEHIND): 3, column(State.ON_TRACK): 5}
    whole = Rollup(
        kind=Kind.LEDGER,
        commitments=sum(states.values()),
        redacted=1,
        scored=sum(states.values()) - 1,
        with_plan=40,
        evidenced=D("0.42"),
        evidenced_floor=D("0.31"),
        planned=D("0.65"),
        reasons=[Reason.NO_PLAN] * 6 + [Reason.NO_DATES] * 4,
        **states,
        **{f"{state}_now": n for state, n in now.items()},
    )
    told = rolled_up(request, whole, name)
    assert told is not None
    counts = [replace(one, url="#counts") for one in told["counts"]]
    return told | {"counts": counts, "not_scored": replace(told["not_scored"], url="#counts")}


def _counts(request: HttpRequest) -> list[StateCount]:
    return [StateCount(state, n % 4, "#counts") for n, state in enumerate(STRIPS, 2)]


def _lines(request: HttpRequest) -> Contents:
    summaries = ("6 of 11 have a plan", "1 of 4 with an owner", "2 of 2 with an owner")
    objectives = [Objective(number=1, name="Line of effort A"), Objective(number=2, name="Line of effort B"), None]
    return {
        "lines": [
            {
                "id": "specimen",
                "objective": objective,
                "summary": english(summary),
                "rollup": _rolled_up(request, "specimen-effort") if nth == 0 else None,
            }
            for nth, (objective, summary) in enumerate(zip(objectives, summaries, strict=True))
        ]
    }


GROUPS: Final[tuple[Group, ...]] = (
    Group("answers", gettext_lazy("The three answers"), tuple(_answers(state) for state in CASES)),
    Group(
        "counts",
        gettext_lazy("Counts of commitments"),
        (
            Specimen(
                "components/rollup.html",
                gettext_lazy("Counts by state"),
                lambda request: {"rollup": _rolled_up(request, "specimen-rollup")},
            ),
            Specimen(
                "charts/strip.svg",
                gettext_lazy("The drawing alone"),
                lambda request: {"strip": _rolled_up(request, "")["strip"], "id": "specimen-strip"},
            ),
            Specimen(
                "components/state_counts.html",
                gettext_lazy("The counts alone"),
                lambda request: {"counts": _counts(request)},
            ),
            Specimen(
                "components/state_counts.html",
                gettext_lazy("The counts in a row"),
                lambda request: {"counts": _counts(request), "compact": True},
            ),
            Specimen("components/lines_of_effort.html", gettext_lazy("Lines of effort at a glance"), _lines),
        ),
    ),
)
