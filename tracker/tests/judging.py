"""Commitments with a plan, and what is said of them, in few words: for the tests of judgements."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count
from typing import Any

from azm.lib.partialdates import PartialDate
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import AreaStanding, Standing
from tracker.models import Citation, Milestone, PolicyAction, ProgressUpdate
from tracker.tests.factories import (
    make_action,
    make_area,
    make_body,
    make_citation,
    make_milestone,
    make_plan_change,
    make_update,
    publish_all,
)

DAY = date(2026, 11, 22)
POSITIONS = count(1)


def days_ago(days: int) -> PartialDate:
    """A day before the day of judgement; after it, if negative."""
    return PartialDate.of(DAY - timedelta(days))


@contextmanager
def reading(edition: int | None = None, on: date = DAY) -> Iterator[Reading]:
    found = Reading.of(None if edition is None else str(edition), on.isoformat())
    with found.opened():
        yield found


def standing(action: PolicyAction, edition: int | None = None, on: date = DAY) -> Standing:
    with reading(edition, on):
        return Standing.objects.select_related("reported").get(action=action)


def in_area(action: PolicyAction, area: str, on: date = DAY) -> AreaStanding:
    with reading(on=on):
        return AreaStanding.objects.get(action=action, area=area)


class Plan:
    """A commitment with steps, and reports on them. Nothing is published before `standing` is asked."""

    def __init__(self, **how: Any) -> None:
        how.setdefault("area", make_area("PK"))
        self.action: PolicyAction = make_action(**how)
        self.pending: list[Any] = [self.action]
        self.body = make_body()

    def step(self, due: PartialDate | None, *, proved: bool = False, weight: Any = 1, **how: Any) -> Milestone:
        position = next(POSITIONS)
        made = make_milestone(action=self.action, due=due, weight=weight, position=position, **how)
        self.pending.append(made)
        if proved:
            self.proof(made)
        return made

    def says(self, **how: Any) -> ProgressUpdate:
        """A body's own report."""
        how.setdefault("as_of", DAY - timedelta(10))
        if "met" in how:
            how.setdefault("status", "complete" if how["met"] else "under-way")
        made = make_update(**{"action": self.action, "body": self.body, "channel": "statement", **how})
        self.pending.append(made)
        return made

    def proof(self, milestone: Milestone | None, *, met: bool = True, **how: Any) -> ProgressUpdate:
        """Somebody else's report."""
        of_step = {"milestone": milestone, "met": met} if milestone else {"status": "complete"}
        return self.says(**{**of_step, "body": None, "channel": "other", **how})

    def changes(self, what: Any, **how: Any) -> Any:
        of = {"milestone": what, "action": None} if isinstance(what, Milestone) else {"action": what}
        made = make_plan_change(**of, **how)
        self.pending.append(made)
        return made

    def publish(self) -> None:
        if self.pending:
            publish_all(*self.pending)
            self.pending = []

    def standing(self, on: date = DAY) -> Standing:
        self.publish()
        return standing(self.action, on=on)

    @property
    def state(self) -> str:
        return self.standing().state

    @property
    def states(self) -> tuple[str, str]:
        """Against the plan as first published, and against the current one."""
        found = self.standing()
        return found.state, found.state_now


def repeated(citation: Citation) -> Citation:
    """Another outlet with the same statement."""
    repetition: Citation = make_citation(repeats=citation)
    return repetition
