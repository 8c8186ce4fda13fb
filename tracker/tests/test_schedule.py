"""The three answers of a commitment: reported, evidenced, scheduled. Every boundary of the scale."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Count
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.assessment.schedule import AreaStanding, Standing, State
from tracker.models import PolicyAction
from tracker.tests.factories import (
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_plan_change,
    publish_all,
    rolled_back,
)
from tracker.tests.judging import DAY, Plan, days_ago, in_area, reading, repeated, standing

TODAY, TOMORROW, LONG_AGO, LATER = days_ago(0), days_ago(-1), days_ago(400), days_ago(-400)


def steps(*kinds: str, **how: Any) -> Plan:
    """A plan by the letters of its steps: proved or unmet; due long ago, a while ago (30 days) or later."""
    plan = Plan(**how)
    for kind in kinds:
        word, when = kind.split()
        due = {"long-ago": LONG_AGO, "a-while-ago": days_ago(30), "later": LATER, "undated": None}[when]
        plan.step(due, proved=word == "proved")
    return plan


class TestState(TestCase):
    """What decides, at its boundary. The first plan is the current one."""

    CASES: ClassVar[dict[str, tuple[str, Callable[[], Plan]]]] = {
        "no plan at all": ("cannot-say", lambda: Plan()),
        "steps without dates": ("cannot-say", lambda: steps("unmet undated")),
        "steps without dates, one proved": ("cannot-say", lambda: steps("unmet undated", "proved undated")),
        "steps without dates, all proved": ("done", lambda: steps("proved undated", "proved undated")),
        "a step due today": ("nothing-due", lambda: _one(TODAY)),
        "a step due yesterday": ("behind", lambda: _one(days_ago(1))),
        "a step due tomorrow": ("nothing-due", lambda: _one(TOMORROW)),
        "a step due in this month": ("nothing-due", lambda: _one(PartialDate.parse("2026-11"))),
        "a step due in the last month": ("behind", lambda: _one(PartialDate.parse("2026-10"))),
        "a step due in this year": ("nothing-due", lambda: _one(PartialDate.parse("2026"))),
        "a step due in the last year": ("behind", lambda: _one(PartialDate.parse("2025"))),
        "all proved before they are due": ("done", lambda: steps("proved later")),
        "all that is due is proved": ("on-track", lambda: steps("proved long-ago", "unmet later")),
        "a ratio of exactly 0.75": ("slipping", lambda: steps(*["proved a-while-ago"] * 3, "unmet a-while-ago")),
        "a ratio just below 0.75": ("behind", lambda: _weighed("74.9", "25.1")),
        "a ratio just above 0.75": ("slipping", lambda: _weighed("75.1", "24.9")),
        "90 days late": ("slipping", lambda: _late(90)),
        "91 days late": ("behind", lambda: _late(91)),
        "late by a day, and as much proved ahead of time": (
            "slipping",
            lambda: _with_step(steps("proved later"), days_ago(1)),
        ),
        "the final day is today": ("nothing-due", lambda: Plan(due=TODAY)),
        "the final day was yesterday": ("overdue", lambda: Plan(due=days_ago(1))),
        "the final day is in this month": ("nothing-due", lambda: Plan(due=PartialDate.parse("2026-11"))),
        "the final day passed with 0.9 earned": (
            "overdue",
            lambda: steps(*["proved a-while-ago"] * 9, "unmet a-while-ago", due=days_ago(1)),
        ),
        "the final day passed and all is proved": ("done", lambda: steps("proved long-ago", due=days_ago(1))),
        "the final day passed, and a step is not dated": (
            "overdue",
            lambda: steps("proved long-ago", "unmet undated", due=days_ago(1)),
        ),
        "a final day to come, and steps without dates": ("nothing-due", lambda: steps("unmet undated", due=LATER)),
        "all proved, then one of them lost": ("behind", lambda: _lost(LATER)),
        "all proved, then one of them lost, and the final day passed": ("overdue", lambda: _lost(days_ago(1))),
        "all proved, then one of them lost that is not due": ("nothing-due", lambda: _lost(None, step=LATER)),
        "all dropped, and the final day passed": ("dropped", lambda: _dropped(2, of=2, due=days_ago(1))),
        "self-reported evidence only": ("behind", lambda: _said(days_ago(1))),
        "self-reported evidence only, nothing due": ("nothing-due", lambda: _said(LATER)),
        "never scored, with a plan": (
            "not-scored",
            lambda: steps("unmet long-ago", scored=False, unscored_reason="An operation."),
        ),
        "all steps dropped": ("dropped", lambda: _dropped(2, of=2)),
        "one of two steps dropped": ("behind", lambda: _dropped(1, of=2)),
        "the commitment dropped": ("dropped", lambda: _given_up()),
    }

    def test_at_every_boundary(self) -> None:
        for name, (state, made) in self.CASES.items():
            with self.subTest(name), rolled_back():
                assert made().state == state

    def test_occurs_in_each_of_its_kinds(self) -> None:
        """The table above and the pauses below leave none out."""
        assert {state for state, _made in self.CASES.values()} | {"paused"} == set(State.values)

    def test_is_one_for_every_commitment_and_adds_up(self) -> None:
        for _state, made in self.CASES.values():
            made().publish()
        with reading() as now:
            actions = PolicyAction.objects.in_edition(now.edition)
            counted = dict(
                actions.order_by()
                .values_list("standing__state")
                .annotate(n=Count("pk"))
                .values_list("standing__state", "n")
            )
            assert set(counted) <= set(State.values)
            assert sum(counted.values()) == actions.count() == len(self.CASES)
            assert Standing.objects.count() == len(self.CASES)

    def test_of_none_that_is_not_published(self) -> None:
        publish_all(make_action())
        make_action()
        with reading():
            assert Standing.objects.count() == 1

    def test_says_what_is_missing(self) -> None:
        for made, reason in (
            (Plan(), "no-plan"),
            (steps("unmet undated"), "no-dates"),
            (Plan(scored=False, unscored_reason="An operation."), "unscored"),
        ):
            with self.subTest(reason):
                assert made.standing().reason == reason

    def test_sorts_as_pages_show_it(self) -> None:
        late, fine = steps("unmet long-ago"), steps("proved long-ago", "unmet later")
        late.publish()
        fine.publish()
        with reading():
            assert list(Standing.objects.order_by("rank", "pk").values_list("action", flat=True)) == [
                fine.action.pk,
                late.action.pk,
            ]
            assert [
                state for _rank, state in sorted((_rank_of(state), state) for state in State.values)
            ] == State.values


def _rank_of(state: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state_rank(%s)", [state])
        return int(cursor.fetchone()[0])


def _one(due: PartialDate) -> Plan:
    return _with_step(Plan(), due)


def _with_step(plan: Plan, due: PartialDate) -> Plan:
    plan.step(due)
    return plan


def _weighed(proved: str, unmet: str) -> Plan:
    plan = Plan()
    plan.step(days_ago(10), proved=True, weight=Decimal(proved))
    plan.step(days_ago(10), weight=Decimal(unmet))
    return plan


def _late(days: int) -> Plan:
    """Nine of ten proved, so that the ratio is no reason."""
    return _with_step(steps(*["proved long-ago"] * 9), days_ago(days))


def _said(due: PartialDate) -> Plan:
    plan = Plan()
    plan.says(milestone=plan.step(due), met=True)
    return plan


def _lost(final: PartialDate | None, step: PartialDate = LONG_AGO) -> Plan:
    plan = Plan(due=final)
    for _n in range(2):
        made = plan.step(step)
        plan.proof(made, as_of=DAY - timedelta(50))
    plan.proof(made, met=False)
    return plan


def _dropped(some: int, of: int, **how: Any) -> Plan:
    plan = Plan(**how)
    made = [plan.step(LONG_AGO) for _n in range(of)]
    for step in made[:some]:
        plan.changes(step, kind="dropped")
    return plan


def _given_up() -> Plan:
    plan = steps("unmet long-ago")
    plan.changes(plan.action, kind="dropped")
    return plan


class TestPause(TestCase):
    def test_is_what_a_body_says(self) -> None:
        plan = steps("unmet long-ago")
        plan.says(status="paused")
        assert plan.states == ("paused", "paused")

    def test_is_not_what_others_say(self) -> None:
        plan = steps("unmet long-ago")
        plan.says(status="paused", channel="other", body=None)
        assert plan.state == "behind"

    def test_stops_no_clock(self) -> None:
        plan = steps("unmet long-ago", due=days_ago(1))
        plan.says(status="paused")
        assert plan.state == "overdue"

    def test_ends_with_the_next_report(self) -> None:
        plan = steps("unmet long-ago")
        plan.says(status="paused", as_of=DAY - timedelta(100))
        plan.says(status="under-way", as_of=DAY - timedelta(50))
        assert plan.state == "behind"

    def test_does_not_end_with_nothing_to_report(self) -> None:
        plan = steps("unmet long-ago")
        plan.says(status="paused", as_of=DAY - timedelta(100))
        plan.says(status="nothing-to-report", as_of=DAY - timedelta(50))
        found = plan.standing()
        assert (found.state, found.reported.status) == ("paused", "nothing-to-report")

    def test_that_is_a_cancellation_drops_the_commitment(self) -> None:
        plan = steps("unmet long-ago", due=days_ago(1))
        plan.says(status="cancelled")
        assert plan.states == ("dropped", "dropped")


class TestWithoutSteps(TestCase):
    """A commitment with a deadline alone is one step."""

    def test_is_done_when_completion_is_proved(self) -> None:
        plan = Plan(due=days_ago(1))
        plan.proof(None)
        found = plan.standing()
        assert (found.state, found.basis) == ("done", "deadline")

    def test_is_not_done_when_it_is_only_said(self) -> None:
        plan = Plan(due=days_ago(1))
        plan.says(status="complete")
        assert plan.state == "overdue"

    def test_can_fall_back(self) -> None:
        plan = Plan(due=days_ago(1))
        plan.proof(None, as_of=DAY - timedelta(50))
        plan.says(status="under-way", as_of=DAY - timedelta(20))
        assert plan.state == "overdue"

    def test_has_no_shares(self) -> None:
        found = Plan(due=LATER).standing()
        assert (found.evidenced, found.self_reported, found.planned_share, found.weight) == (None, None, None, None)


class TestReported(TestCase):
    def test_is_the_latest_report_on_the_commitment_itself(self) -> None:
        plan = Plan()
        plan.says(as_of=DAY - timedelta(90), status="not-started")
        latest = plan.says(as_of=DAY - timedelta(30), status="under-way")
        plan.says(milestone=plan.step(LATER), met=True, as_of=DAY)
        assert plan.standing().reported == latest

    def test_is_missing_where_there_is_none(self) -> None:
        assert Plan().standing().reported is None

    def test_is_not_of_a_later_day(self) -> None:
        plan = Plan()
        earlier = plan.says(as_of=DAY - timedelta(90))
        plan.says(as_of=DAY - timedelta(30), status="complete")
        assert plan.standing(on=DAY - timedelta(60)).reported == earlier

    def test_is_the_bodys_own_of_several_on_one_day(self) -> None:
        plan = Plan()
        own = plan.says(status="under-way")
        plan.says(status="paused", channel="other", body=None)
        assert plan.standing().reported == own

    def test_is_not_changed_by_a_repetition(self) -> None:
        plan = Plan()
        original = plan.says(status="under-way")
        plan.says(status="under-way", as_of=DAY, citation=repeated(original.citation), channel="other", body=None)
        assert plan.standing().reported == original

    def test_may_be_known_from_a_repetition_alone(self) -> None:
        plan = Plan()
        told = plan.says(citation=repeated(make_citation()))
        assert plan.standing().reported == told


class TestEvidence(TestCase):
    """One step, due long ago, and one report on it."""

    def setUp(self) -> None:
        self.plan = Plan()
        self.step = self.plan.step(LONG_AGO)

    def shares(self) -> tuple[Decimal | None, Decimal | None]:
        found = self.plan.standing()
        return found.evidenced, found.self_reported

    def test_is_nothing_without_a_report(self) -> None:
        assert self.shares() == (0, 0)

    def test_is_not_what_the_body_says_itself(self) -> None:
        self.plan.says(milestone=self.step, met=True, channel="filed")
        assert self.shares() == (0, 1)

    def test_is_what_somebody_else_says(self) -> None:
        self.plan.proof(self.step)
        assert self.shares() == (1, 0)

    def test_is_what_was_checked(self) -> None:
        self.plan.says(milestone=self.step, met=True, checked_on=DAY, checked_against="S.R.O. 1 of 2026.")
        assert self.shares() == (1, 0)

    def test_is_not_what_is_checked_later(self) -> None:
        plan = self.plan
        plan.says(milestone=self.step, met=True, checked_on=DAY + timedelta(1), checked_against="S.R.O. 1 of 2026.")
        assert self.shares() == (0, 1)

    def test_is_not_a_repetition_of_what_the_body_says(self) -> None:
        said = make_citation()
        self.plan.proof(self.step, citation=repeated(said))
        assert self.shares() == (0, 1)

    def test_is_not_what_unnamed_officials_say(self) -> None:
        self.plan.proof(self.step, citation=make_citation(attribution="unnamed-officials"))
        assert self.shares() == (0, 1)

    def test_is_not_what_a_body_that_leads_or_supports_says_elsewhere(self) -> None:
        for role, shares in {"lead": (0, 1), "support": (0, 1), "oversight": (1, 0), "forum": (1, 0)}.items():
            with self.subTest(role), rolled_back():
                body = make_body()
                self.plan.pending.append(make_assignment(action=self.plan.action, body=body, role=role))
                self.plan.proof(self.step, body=body)
                assert self.shares() == shares
            self.plan.pending = [self.plan.action, self.step]

    def test_falls_back_when_anybody_says_so(self) -> None:
        for who, channel in ((self.plan.body, "statement"), (None, "other")):
            with self.subTest(channel), rolled_back():
                self.plan.proof(self.step, as_of=DAY - timedelta(50))
                self.plan.says(milestone=self.step, met=False, body=who, channel=channel)
                assert self.shares() == (0, 0)
            self.plan.pending = [self.plan.action, self.step]

    def test_is_not_restored_by_the_body_itself(self) -> None:
        self.plan.proof(self.step, as_of=DAY - timedelta(50))
        self.plan.proof(self.step, met=False, as_of=DAY - timedelta(40))
        self.plan.says(milestone=self.step, met=True)
        assert self.shares() == (0, 1)

    def test_stays_while_the_body_repeats_it(self) -> None:
        self.plan.proof(self.step, as_of=DAY - timedelta(50))
        self.plan.says(milestone=self.step, met=True)
        assert self.shares() == (1, 0)

    def test_of_two_reports_on_one_day_is_the_one_that_denies(self) -> None:
        self.plan.proof(self.step)
        self.plan.proof(self.step, met=False)
        assert self.shares() == (0, 0)

    def test_is_weighed(self) -> None:
        self.plan.step(LATER, weight=3)
        self.plan.proof(self.step)
        assert self.shares() == (Decimal("0.25"), 0)

    def test_is_of_the_day_that_is_asked(self) -> None:
        self.plan.proof(self.step, as_of=DAY - timedelta(50))
        assert self.plan.standing(on=DAY - timedelta(51)).evidenced == 0
        assert self.plan.standing(on=DAY - timedelta(50)).evidenced == 1

    def test_is_of_the_edition_that_is_read(self) -> None:
        self.plan.publish()
        self.plan.proof(self.step)
        self.plan.publish()
        assert standing(self.plan.action, edition=1).evidenced == 0
        assert standing(self.plan.action, edition=2).evidenced == 1


class TestTwoPlans(TestCase):
    """As first published, and as changed since."""

    def test_differ_when_a_deadline_moves(self) -> None:
        plan = steps("proved long-ago", due=days_ago(1))
        plan.changes(plan.step(days_ago(1)), kind="deadline", new_due=LATER)
        plan.changes(plan.action, kind="deadline", new_due=LATER)
        found = plan.standing()
        assert (found.state, found.state_now) == ("overdue", "on-track")
        assert (found.due_on, found.due_on_now) == (days_ago(1).last_day, LATER.last_day)
        assert (found.days_late, found.days_late_now) == (1, None)

    def test_differ_when_a_step_is_dropped(self) -> None:
        plan = steps("proved long-ago", due=days_ago(1))
        plan.changes(plan.step(LONG_AGO), kind="dropped")
        found = plan.standing()
        assert (found.state, found.state_now) == ("overdue", "done")
        assert (found.evidenced, found.evidenced_now) == (Decimal("0.5"), 1)

    def test_differ_when_a_weight_changes(self) -> None:
        plan = steps("proved long-ago")
        plan.changes(plan.step(days_ago(10)), kind="weight", new_weight=Decimal("0.1"))
        assert plan.states == ("behind", "slipping")

    def test_agree_when_our_own_typing_is_corrected(self) -> None:
        plan = steps("proved long-ago", "unmet later")
        plan.changes(plan.action, kind="correction", new_wording="As it is printed.")
        assert plan.states == ("on-track", "on-track")

    def test_follow_the_newest_deadline(self) -> None:
        plan = Plan(due=days_ago(100))
        plan.changes(plan.action, kind="deadline", new_due=days_ago(1), announced=PartialDate.parse("2026-06"))
        plan.changes(plan.action, kind="deadline", new_due=LATER, announced=PartialDate.parse("2026-03"))
        assert plan.states == ("overdue", "overdue")
        publish_all(make_plan_change(action=plan.action, kind="deadline", new_due=LATER, announced=PartialDate.of(DAY)))
        assert plan.states == ("overdue", "nothing-due")

    def test_know_nothing_of_a_change_before_it_is_announced(self) -> None:
        plan = Plan(due=LATER)
        plan.changes(plan.action, kind="dropped", announced=PartialDate.of(DAY))
        plan.publish()
        assert plan.standing(on=DAY - timedelta(1)).state == "nothing-due"
        assert plan.standing().state == "dropped"

    def test_begin_with_the_first_deadline_that_is_set(self) -> None:
        plan = Plan()
        plan.changes(plan.action, kind="deadline", new_due=days_ago(1), announced=PartialDate.parse("2026-03"))
        plan.changes(plan.action, kind="deadline", new_due=LATER, announced=PartialDate.parse("2026-06"))
        assert plan.states == ("overdue", "nothing-due")

    def test_both_take_a_correction_of_our_typing(self) -> None:
        plan = Plan(due=days_ago(1))
        plan.changes(plan.action, kind="correction", new_due=LATER)
        assert plan.states == ("nothing-due", "nothing-due")

    def test_take_up_again_what_was_dropped(self) -> None:
        plan = Plan(due=LATER)
        plan.changes(plan.action, kind="dropped", announced=PartialDate.parse("2026-03"))
        plan.changes(plan.action, kind="deadline", new_due=LATER, announced=PartialDate.parse("2026-06"))
        assert plan.states == ("nothing-due", "nothing-due")

    def test_are_those_that_the_drift_is_told_of(self) -> None:
        """Two functions read the changes of plans; they agree on every kind and order of them."""
        plan = Plan(due=LATER)
        kinds: list[dict[str, Any]] = [
            {"kind": "deadline", "new_due": days_ago(5), "announced": PartialDate.parse("2026-05")},
            {"kind": "deadline", "new_due": days_ago(-5), "announced": PartialDate.parse("2026-02")},
            {"kind": "dropped", "announced": PartialDate.parse("2026-03")},
            {"kind": "weight", "new_weight": Decimal("2.5")},
            {"kind": "correction", "new_due": days_ago(50)},
        ]
        for length in range(4):
            for chosen in combinations(kinds, length):
                step = plan.step(None if length % 2 else days_ago(-30))
                for how in chosen:
                    plan.changes(step, **how)
        plan.publish()
        with reading() as now, connection.cursor() as cursor:
            cursor.execute(
                """SELECT step.milestone_id, step.due_on, step.due_on_now, step.weight_now, step.dropped
                     FROM plan_steps(%s, %s, false) step ORDER BY 1""",
                [now.edition.pk, DAY],
            )
            ours = cursor.fetchall()
            cursor.execute(
                """SELECT milestone_id, upper(due_first) - 1, upper(due_now) - 1, weight, dropped
                     FROM step_drift(%s) ORDER BY 1""",
                [now.edition.pk],
            )
            assert ours == cursor.fetchall()
            assert len(ours) == 26


class TestAreas(TestCase):
    """Per action and area, where facts name areas."""

    def setUp(self) -> None:
        make_area("PK")
        self.punjab, self.sindh = make_area("PK-PB", name="Punjab"), make_area("PK-SD", name="Sindh")
        self.plan = Plan()

    def areas(self) -> set[str]:
        self.plan.publish()
        with reading():
            return set(AreaStanding.objects.filter(action=self.plan.action).values_list("area", flat=True))

    def test_are_none_where_no_fact_names_one(self) -> None:
        self.plan.step(LONG_AGO)
        assert self.areas() == set()

    def test_are_those_that_a_fact_names(self) -> None:
        self.plan.step(LONG_AGO, area=self.punjab)
        self.plan.pending.append(make_assignment(action=self.plan.action, area=self.sindh))
        self.plan.says(area=make_area("PK-KP"))
        assert self.areas() == {"PK-PB", "PK-SD", "PK-KP"}

    def test_leave_out_the_area_of_the_commitment_itself(self) -> None:
        self.plan.step(LONG_AGO, area=make_area("PK"))
        assert self.areas() == set()

    def test_are_judged_by_their_own_steps_and_the_common_ones(self) -> None:
        self.plan.step(days_ago(1), area=self.punjab)
        self.plan.step(LATER, area=self.sindh)
        self.plan.step(LATER)
        self.plan.publish()
        assert in_area(self.plan.action, "PK-PB").state == "behind"
        assert in_area(self.plan.action, "PK-PB").steps == 2
        assert in_area(self.plan.action, "PK-SD").state == "nothing-due"
        assert self.plan.standing().steps == 3

    def test_may_each_meet_a_common_step_without_its_being_met(self) -> None:
        step = self.plan.step(LONG_AGO)
        self.plan.proof(step, area=self.punjab)
        self.plan.pending.append(make_assignment(action=self.plan.action, area=self.sindh))
        self.plan.publish()
        assert in_area(self.plan.action, "PK-PB").state == "done"
        assert in_area(self.plan.action, "PK-SD").state == "behind"
        assert self.plan.state == "behind"

    def test_have_met_what_is_met_everywhere(self) -> None:
        self.plan.proof(self.plan.step(LONG_AGO))
        self.plan.pending.append(make_assignment(action=self.plan.action, area=self.sindh))
        assert self.plan.state == "done"
        assert in_area(self.plan.action, "PK-SD").state == "done"

    def test_deny_what_is_said_to_be_met_everywhere(self) -> None:
        step = self.plan.step(LONG_AGO)
        self.plan.proof(step, as_of=DAY - timedelta(50))
        self.plan.says(milestone=step, met=False, area=self.sindh)
        self.plan.pending.append(make_assignment(action=self.plan.action, area=self.punjab))
        assert self.plan.state == "behind"
        assert in_area(self.plan.action, "PK-SD").state == "behind"
        assert in_area(self.plan.action, "PK-PB").state == "done"

    def test_are_reported_on_by_their_own_reports_and_those_on_the_whole(self) -> None:
        whole = self.plan.says(as_of=DAY - timedelta(50))
        of_sindh = self.plan.says(area=self.sindh, status="paused")
        self.plan.step(LONG_AGO, area=self.punjab)
        self.plan.publish()
        assert in_area(self.plan.action, "PK-SD").reported == of_sindh
        assert in_area(self.plan.action, "PK-SD").state == "paused"
        assert in_area(self.plan.action, "PK-PB").reported == whole
        assert self.plan.standing().reported == whole
