"""What holds of every judgement, whatever the facts: laws, tried on plans and courses that Hypothesis makes up."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import IntegrityError
from django.forms.models import model_to_dict
from django.test import TestCase
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Standing, State
from tracker.models import (
    Citation,
    Edition,
    Indicator,
    MetricSnapshot,
    Milestone,
    PlanChange,
    PolicyAction,
    ProgressUpdate,
    Series,
    Target,
)
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_body,
    make_citation,
    make_indicator,
    make_series,
    open_edition,
    publish_all,
    rolled_back,
)
from tracker.tests.judging import DAY, reading

# From best to worst; the states that are not here cannot be compared with these.
BADNESS = {"done": 0, "on-track": 1, "nothing-due": 1, "slipping": 2, "behind": 3, "overdue": 4}
EXAMPLES = settings(max_examples=30, deadline=None)


@dataclass(frozen=True)
class Report:
    days_ago: int
    met: bool
    evidence: bool


@dataclass(frozen=True)
class Step:
    due_in: int | None
    weight: int
    reports: tuple[Report, ...] = ()


DUE = st.one_of(st.none(), st.integers(-200, 60))
REPORTS = st.builds(Report, st.integers(0, 300), st.booleans(), st.booleans())
STEPS = st.builds(Step, DUE, st.integers(1, 9), st.lists(REPORTS, max_size=3).map(tuple))
UNMET = st.builds(Step, DUE, st.integers(1, 9))
PLANS = st.lists(STEPS, max_size=5)


class Laws(TestCase):
    """One published commitment and its bodies; facts are stamped by hand, which is quicker than publishing."""

    cited: Citation
    repetition: Citation
    body: Any

    @classmethod
    def setUpTestData(cls) -> None:
        make_area("PK")
        cls.cited = make_citation()
        cls.repetition = make_citation(repeats=cls.cited)
        cls.body = make_body(citation=cls.cited)
        publish_all(cls.cited, cls.repetition, cls.body)


class TestPlans(Laws):
    @contextmanager
    def planned(self, final: int | None) -> Iterator[tuple[PolicyAction, Edition]]:
        due = None if final is None else PartialDate.of(DAY + timedelta(final))
        with rolled_back(), open_edition() as edition:
            yield make_action(due=due, edition=edition, citation=self.cited, area=make_area("PK")), edition

    def add(self, action: PolicyAction, edition: Edition, step: Step) -> None:
        made = make(
            Milestone,
            action=action,
            due=None if step.due_in is None else PartialDate.of(DAY + timedelta(step.due_in)),
            weight=step.weight,
            position=action.milestones.count() + 1,
            citation=self.cited,
            edition=edition,
        )
        for report in step.reports:
            self.report(made, edition, report, self.cited)

    def report(self, step: Milestone, edition: Edition, report: Report, cited: Citation, later: int = 0) -> None:
        make(
            ProgressUpdate,
            action=step.action,
            milestone=step,
            met=report.met,
            as_of=DAY - timedelta(max(0, report.days_ago - later)),
            channel="other" if report.evidence else "statement",
            body=None if report.evidence else self.body,
            citation=cited,
            edition=edition,
        )

    def standing(self, action: PolicyAction, edition: Edition) -> dict[str, Any]:
        found = self.row(action, edition)
        return model_to_dict(found) | {"state": found.state}

    def row(self, action: PolicyAction, edition: Edition) -> Standing:
        with reading_of(edition):
            return Standing.objects.get(action=action)

    def test_shares_are_between_nothing_and_all_or_unknown(self) -> None:
        @EXAMPLES
        @given(plan=PLANS, final=DUE)
        def holds(plan: list[Step], final: int | None) -> None:
            with self.planned(final) as (action, edition):
                for step in plan:
                    self.add(action, edition, step)
                found = self.row(action, edition)
            shares = (found.evidenced, found.self_reported, found.planned_share)
            if not plan:
                assert shares == (None, None, None)
                return
            assert all(0 <= share <= 1 for share in shares)
            assert found.evidenced + found.self_reported <= 1
            assert found.steps == len(plan)
            assert found.steps_proved + found.steps_said <= found.steps
            assert found.steps_late <= found.steps_due <= found.steps
            assert (found.state == "done") == (found.steps_proved == found.steps)
            assert (found.days_late or 0) > 0 or found.steps_late == 0
            assert found.state in State.values
            assert (found.reason != "") == (found.state in ("cannot-say", "not-scored"))
            assert (found.state, found.rank, found.evidenced) == (found.state_now, found.rank_now, found.evidenced_now)

        holds()

    def test_the_states_of_all_commitments_add_up(self) -> None:
        @EXAMPLES
        @given(plans=st.lists(st.tuples(PLANS, DUE, st.booleans()), min_size=1, max_size=4))
        def holds(plans: list[tuple[list[Step], int | None, bool]]) -> None:
            with rolled_back(), open_edition() as edition:
                for plan, final, scored in plans:
                    due = None if final is None else PartialDate.of(DAY + timedelta(final))
                    action = make_action(
                        due=due, edition=edition, citation=self.cited, area=make_area("PK"), scored=scored,
                        unscored_reason="" if scored else "An activity count.",
                    )  # fmt: skip
                    for step in plan:
                        self.add(action, edition, step)
                with reading_of(edition):
                    for state in ("state", "state_now"):
                        counted = Counter(Standing.objects.values_list(state, flat=True))
                        assert sum(counted.values()) == len(plans)
                        assert set(counted) <= set(State.values)
                        assert counted["not-scored"] == sum(not scored for _plan, _final, scored in plans)

        holds()

    def test_an_unmet_step_never_improves_a_state(self) -> None:
        @EXAMPLES
        @given(plan=PLANS, final=DUE, more=UNMET)
        def holds(plan: list[Step], final: int | None, more: Step) -> None:
            with self.planned(final) as (action, edition):
                for step in plan:
                    self.add(action, edition, step)
                before = self.row(action, edition)
                self.add(action, edition, more)
                after = self.row(action, edition)
            if after.state in BADNESS and before.state in BADNESS:
                assert BADNESS[after.state] >= BADNESS[before.state]
            elif before.state in BADNESS:  # nothing is dated: what was done cannot be said to be in time
                assert (before.state, after.state) == ("done", "cannot-say")
            assert after.evidenced <= (1 if before.evidenced is None else before.evidenced)

        holds()

    def test_a_proof_never_worsens_a_state(self) -> None:
        @EXAMPLES
        @given(plan=st.lists(STEPS, min_size=1, max_size=5), final=DUE)
        def holds(plan: list[Step], final: int | None) -> None:
            with self.planned(final) as (action, edition):
                for step in plan:
                    self.add(action, edition, step)
                before = self.row(action, edition)
                self.report(action.milestones.first(), edition, Report(0, True, True), self.cited)
                after = self.row(action, edition)
            denied_today = any(report.days_ago == 0 and not report.met for report in plan[0].reports)
            if before.state in BADNESS and not denied_today:
                assert BADNESS[after.state] <= BADNESS[before.state]
                assert after.evidenced >= before.evidenced

        holds()

    def test_a_repeated_statement_changes_nothing(self) -> None:
        @EXAMPLES
        @given(plan=st.lists(STEPS, min_size=1, max_size=4), final=DUE, later=st.integers(0, 300))
        def holds(plan: list[Step], final: int | None, later: int) -> None:
            with self.planned(final) as (action, edition):
                for step in plan:
                    self.add(action, edition, step)
                before = self.standing(action, edition)
                for made, step in zip(action.milestones.order_by("position"), plan, strict=True):
                    for report in step.reports:
                        self.report(made, edition, report, self.repetition, later)
                assert self.standing(action, edition) == before

        holds()

    def test_a_later_deadline_only_changes_what_is_said_of_the_current_plan(self) -> None:
        @EXAMPLES
        @given(plan=st.lists(STEPS, min_size=1, max_size=4), final=DUE, by=st.integers(1, 300))
        def holds(plan: list[Step], final: int | None, by: int) -> None:
            with self.planned(final) as (action, edition):
                for step in plan:
                    self.add(action, edition, step)
                before = self.row(action, edition)
                for made in action.milestones.exclude(due=None):
                    new = PartialDate.of(made.due.last_day + timedelta(by))
                    make(
                        PlanChange, action=None, milestone=made, kind="deadline", new_due=new,
                        citation=self.cited, edition=edition,
                    )  # fmt: skip
                after = self.row(action, edition)
            assert (after.state, after.planned, after.days_late) == (before.state, before.planned, before.days_late)
            if before.state_now in BADNESS:
                assert BADNESS[after.state_now] <= BADNESS[before.state_now]

        holds()


class TestCourses(Laws):
    BEGUN: ClassVar = date(2024, 11, 22)
    VALUES: ClassVar = st.integers(-50, 150)

    def judged(
        self, edition: Edition, base: Any, target: Any, now: Any, days: int, due: int, direction: str
    ) -> Distance:
        indicator: Indicator = make_indicator(
            behaviour="stock", direction=direction, edition=edition, frequency_months=60
        )
        series: Series = make_series(indicator=indicator)
        action = make_action(edition=edition, citation=self.cited, area=make_area("PK-KP"))

        def figure(value: Any, on: date) -> MetricSnapshot:
            period = PartialDate.of(on)
            return make(
                MetricSnapshot, series=series, value=value, period_start=None, period_end=period,
                citation=self.cited, edition=edition,
            )  # fmt: skip

        baseline = figure(base, self.BEGUN)
        figure(now, self.BEGUN + timedelta(days))
        made = make(
            Target, series=series, action=action, value=target, baseline=baseline, citation=self.cited,
            due=PartialDate.of(self.BEGUN + timedelta(due)), edition=edition,
        )  # fmt: skip
        with reading_of(edition):
            return Distance.objects.get(target=made)

    def test_falling_and_rising_mirror_each_other(self) -> None:
        @EXAMPLES
        @given(
            values=st.tuples(self.VALUES, self.VALUES, self.VALUES),
            days=st.integers(40, 730),
            due=st.integers(41, 1500),
        )
        def holds(values: tuple[int, int, int], days: int, due: int) -> None:
            base, target, now = values
            assume(target >= base)
            with rolled_back(), open_edition() as edition:
                rising = self.judged(edition, base, target, now, days, due, "rise")
                falling = self.judged(edition, 100 - base, 100 - target, 100 - now, days, due, "fall")
            for name in ("state", "reason", "covered", "elapsed", "planned", "pace"):
                assert getattr(rising, name) == getattr(falling, name), name
            if rising.short is not None:
                assert rising.short == -falling.short

        holds()

    def test_more_is_never_worse(self) -> None:
        @EXAMPLES
        @given(
            base=self.VALUES, way=st.integers(0, 100), now=st.lists(self.VALUES, min_size=2, max_size=2),
            days=st.integers(40, 730), due=st.integers(41, 1500),
        )  # fmt: skip
        def holds(base: int, way: int, now: list[int], days: int, due: int) -> None:
            with rolled_back(), open_edition() as edition:
                less, more = (self.judged(edition, base, base + way, value, days, due, "rise") for value in sorted(now))
            if less.state in BADNESS and more.state in BADNESS:
                assert BADNESS[more.state] <= BADNESS[less.state]
            assert less.elapsed == more.elapsed
            assert 0 <= less.elapsed <= 1

        holds()

    def test_a_repeated_figure_does_not_enter(self) -> None:
        """What the law on reports says of figures is held by the database: one statement of one origin, once."""
        with rolled_back(), open_edition() as edition:
            found = self.judged(edition, 0, 100, 50, 300, 1500, "rise")
            figure = MetricSnapshot.objects.filter(series=found.series).first()
            with pytest.raises(IntegrityError, match="metricsnapshot_one_live_statement"), rolled_back():
                make(
                    MetricSnapshot, series=figure.series, value=figure.value, period_start=None,
                    period_end=figure.period_end, citation=self.repetition, edition=edition,
                )  # fmt: skip

    def test_what_is_not_known_is_neither_nothing_nor_all(self) -> None:
        """Without a baseline there is no way, without a date no plan, and a share of what is not known is not known."""

        @EXAMPLES
        @given(value=self.VALUES, target=self.VALUES, based=st.booleans(), dated=st.booleans())
        def holds(value: int, target: int, based: bool, dated: bool) -> None:
            with rolled_back(), open_edition() as edition:
                found = self.judged(edition, 0, target, value, 300, 1500, "rise")
                made = found.target
                missing = {} if based else {"baseline": None}
                other = make(
                    Target, series=found.series, action=found.action, value=target, citation=self.cited,
                    edition=edition, due=made.due if dated else None,
                    basis="target" if dated else "requirement", **({"baseline": found.baseline} | missing),
                )  # fmt: skip
                with reading_of(edition):
                    found = Distance.objects.get(pk=other.pk)
            if not based:
                assert (found.covered, found.elapsed, found.planned, found.pace) == (None,) * 4
            if not dated:
                assert (found.elapsed, found.planned, found.pace) == (None,) * 3
            if found.pace is not None:
                assert found.covered is not None
                assert found.planned > 0

        holds()

    def test_without_a_figure_nothing_is_known(self) -> None:
        @EXAMPLES
        @given(target=self.VALUES)
        def holds(target: int) -> None:
            with rolled_back(), open_edition() as edition:
                indicator = make_indicator(behaviour="stock", direction="rise", edition=edition)
                action = make_action(edition=edition, citation=self.cited, area=make_area("PK-KP"))
                made = make(
                    Target, series=make_series(indicator=indicator), action=action, value=Decimal(target),
                    citation=self.cited, edition=edition,
                )  # fmt: skip
                with reading_of(edition):
                    found = Distance.objects.get(target=made)
            known = (found.share, found.short, found.covered, found.elapsed, found.planned, found.pace, found.projected)
            assert known == (None,) * 7
            assert (found.state, found.reason) == ("cannot-say", "no-figure")

        holds()


@contextmanager
def reading_of(edition: Edition) -> Iterator[None]:
    """Of an edition that is still open."""
    with reading() as now, replace(now, edition=edition).opened():
        yield
