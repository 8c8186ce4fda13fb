"""How far plans moved: deadlines, weights, dropped steps; in every edition, and honest about what is not known."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate
from tracker.assessment.drift import ActionDrift, StepDrift
from tracker.assessment.reading import Reading
from tracker.models import Milestone, PolicyAction
from tracker.publishing import withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_citation,
    make_milestone,
    make_plan_change,
    make_source,
    publish_all,
    reviewer,
    rolled_back,
)

DAY = PartialDate.parse

day = st.dates(date(2000, 1, 1), date(2040, 12, 31)).map(lambda found: found.isoformat())
month = day.map(lambda found: found[:7])
year = day.map(lambda found: found[:4])
partial = st.one_of(day, month, year)


def months(was: str, now: str) -> tuple[Decimal, Decimal]:
    """How far one date is from the other, at least and at most, as the database reckons."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT months_moved(%(was)s, %(now)s, false), months_moved(%(was)s, %(now)s, true)",
            {"was": DAY(was).as_range(), "now": DAY(now).as_range()},
        )
        least, most = cursor.fetchone()
        return least, most


def apart(one: str, other: str) -> bool:
    """Whether two dates cannot be the same day."""
    a, b = DAY(one), DAY(other)
    return a.last_day < b.first_day or b.last_day < a.first_day


def close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) < Decimal("1e-9")


class Plans(TestCase):
    action: PolicyAction
    step: Milestone

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cited = make_citation(source=make_source(published=DAY("2025-01-01")))
        cls.action = make_action(code="law", due=DAY("2026-06"), citation=cls.cited)
        cls.step = make_milestone(code="law.m1", action=cls.action, due=DAY("2026-03-31"), citation=cls.cited)
        publish_all(cls.action, cls.step)

    def change(self, due: str = "", **how: Any) -> Any:
        """A change of the action's plan, or of the step's if `milestone` is given; published at once."""
        if due:
            how = {"kind": "deadline", "new_due": DAY(due), **how}
        if "milestone" in how:
            how["action"] = None
        found = make_plan_change(**{"action": self.action, "citation": self.cited, **how})
        publish_all(found)
        return found

    def drift(self, edition: int | None = None) -> ActionDrift:
        with Reading.of(None if edition is None else str(edition)).opened():
            return ActionDrift.objects.get(action=self.action)

    def step_drift(self) -> StepDrift:
        with Reading.of().opened():
            return StepDrift.objects.get(milestone=self.step)

    def told(self, edition: int | None = None) -> tuple[str, str, int, str, str]:
        found = self.drift(edition)
        return (
            str(found.due_first),
            str(found.due_now),
            found.moves,
            str(found.months_least),
            str(found.travelled_least),
        )


class TestDeadline(Plans):
    def test_that_nobody_moved_is_the_first_and_the_last(self) -> None:
        assert self.told() == ("2026-06", "2026-06", 0, "0.0", "0.0")

    def test_that_moved_twice_is_told_by_number_and_by_months(self) -> None:
        self.change("2027-01")
        self.change("2027-08")
        assert self.told() == ("2026-06", "2027-08", 2, "14.0", "14.0")
        assert self.drift().months_most == self.drift().travelled_most == 14

    def test_that_moved_forth_and_back_is_where_it_was_after_two_moves(self) -> None:
        self.change("2027-06")
        self.change("2026-06", announced=DAY("2026"))
        assert self.told() == ("2026-06", "2026-06", 2, "0.0", "24.0")

    def test_that_was_brought_forward_has_a_negative_drift(self) -> None:
        self.change("2026-01")
        assert self.told() == ("2026-06", "2026-01", 1, "-5.0", "5.0")

    def test_that_was_only_said_again_or_more_precisely_has_not_moved(self) -> None:
        for said in ("2026-06", "2026-06-30", "2026"):
            self.change(said)
            assert self.told()[1:] == (said, 0, "0.0", "0.0")

    def test_that_moved_by_way_of_a_whole_year_has_moved_once_at_least(self) -> None:
        self.change("2026")
        self.change("2026-01")
        assert self.told()[1:4] == ("2026-01", 1, "-5.0")

    def test_known_by_another_precision_is_between_two_numbers(self) -> None:
        self.change("2028")
        found = self.drift()
        assert (found.moves, str(found.months_least), str(found.months_most)) == (1, "18.0", "31.0")
        assert found.days is None

    def test_known_to_the_day_is_told_in_days_too(self) -> None:
        self.change("2026-04-21", milestone=self.step)
        found = self.step_drift()
        assert (found.moves, found.days, str(found.months_least)) == (1, 21, "0.7")
        assert self.told()[2] == 0

    def test_that_there_was_none_of_at_first_is_measured_from_the_first_that_was_given(self) -> None:
        undated = make_action(code="undated", citation=self.cited)
        publish_all(undated)
        self.action = undated
        found = self.drift()
        assert (found.due_first, found.due_now, found.moves, found.months_least) == (None, None, 0, None)
        self.change("2027")
        assert self.told() == ("2027", "2027", 0, "0.0", "0.0")
        self.change("2029")
        assert self.told() == ("2027", "2029", 1, "24.0", "24.0")

    def test_moves_in_the_order_of_announcement_not_of_entry(self) -> None:
        self.change("2028-06", announced=DAY("2026-05-01"))
        self.change("2027-06", announced=DAY("2025-11-20"))
        assert self.told() == ("2026-06", "2028-06", 2, "24.0", "24.0")

    def test_that_was_announced_on_no_known_day_counts_from_the_day_of_the_source(self) -> None:
        self.change("2028-06", announced=DAY("2024-12-31"))
        self.change("2027-06")  # its source is of 1 January 2025
        assert self.told()[1] == "2027-06"

    def test_is_another_one_in_each_edition(self) -> None:
        self.change("2027-01")
        self.change("2027-08")
        assert [self.told(edition)[1:4] for edition in (1, 2, 3)] == [
            ("2026-06", 0, "0.0"),
            ("2027-01", 1, "7.0"),
            ("2027-08", 2, "14.0"),
        ]

    def test_of_a_draft_moves_nothing(self) -> None:
        make_plan_change(action=self.action, kind="deadline", new_due=DAY("2030"), citation=self.cited)
        assert self.told()[1:3] == ("2026-06", 0)


class TestOurOwnTyping(Plans):
    def test_corrected_is_no_move_and_is_what_the_plan_always_said(self) -> None:
        self.change("2027-06")
        self.change(kind="correction", new_due=DAY("2026-09"), reason="We typed June.", citation=None)
        assert self.told() == ("2026-09", "2027-06", 1, "9.0", "9.0")
        self.change(kind="correction", new_due=DAY("2026-10"), reason="And then September.", citation=None)
        assert self.told()[0] == "2026-10"

    def test_of_the_wording_says_nothing_of_the_date(self) -> None:
        self.change(kind="correction", new_wording="To pass the law.", citation=None)
        assert self.told() == ("2026-06", "2026-06", 0, "0.0", "0.0")

    def test_of_a_change_is_mended_by_withdrawing_it(self) -> None:
        wrong = self.change("2072-06")
        withdraw([wrong], reviewer(), "We typed 2072.", asked_by=asker())
        assert self.told() == ("2026-06", "2026-06", 0, "0.0", "0.0")
        assert self.told(2)[1] == "2072-06"


class TestWeightAndDropping(Plans):
    def test_weight_in_force_is_the_last(self) -> None:
        assert self.step_drift().weight == 1
        self.change(kind="weight", new_weight=3, milestone=self.step)
        self.change(kind="weight", new_weight=2, milestone=self.step)
        assert self.step_drift().weight == 2
        assert self.drift().weight == 1

    def test_dropped_lasts_until_a_new_deadline(self) -> None:
        assert not self.step_drift().dropped
        self.change(kind="dropped", milestone=self.step)
        self.change(kind="weight", new_weight=2, milestone=self.step)
        found = self.step_drift()
        assert (found.dropped, found.moves, str(found.due_now)) == (True, 0, "2026-03-31")
        self.change("2027-03-31", milestone=self.step)
        assert not self.step_drift().dropped

    def test_the_last_move_is_named(self) -> None:
        self.change("2027-06")
        last = self.change("2028-06")
        self.change(kind="dropped")
        assert self.drift().last_move == last


class TestMonths(TestCase):
    """The arithmetic, on dates as they come."""

    def test_of_examples(self) -> None:
        for was, now, expected in [
            ("2026", "2028", (24, 24)),
            ("2026-06", "2025-12", (-6, -6)),
            ("2026-01-15", "2026-03-15", (2, 2)),
            ("2026-01-31", "2026-06-30", (5, 5)),
            ("2026-02-01", "2026-02-15", (0.5, 0.5)),
            ("2026", "2027-06", (5, 18)),
            ("2027-06", "2026", (-18, -5)),
            ("2026-12-31", "2026", (0, 0)),
        ]:
            with self.subTest(was=was, now=now):
                assert tuple(float(round(found, 1)) for found in months(was, now)) == expected

    def test_back_is_as_far_as_forth(self) -> None:
        @settings(max_examples=60, deadline=None)
        @given(partial, partial)
        def holds(was: str, now: str) -> None:
            (least, most), (back_least, back_most) = months(was, now), months(now, was)
            assert least <= most
            assert (back_least, back_most) == (-most, -least)

        holds()

    def test_add_up_where_dates_are_known_alike(self) -> None:
        @settings(max_examples=60, deadline=None)
        @given(st.one_of(st.tuples(kind, kind, kind) for kind in (day, month, year)))
        def holds(dates: tuple[str, str, str]) -> None:
            first, second, third = dates
            pairs = zip(months(first, second), months(second, third), months(first, third), strict=True)
            assert all(close(one + two, both) for one, two, both in pairs)

        holds()

    def test_hold_whatever_days_were_meant(self) -> None:
        @settings(max_examples=60, deadline=None)
        @given(st.tuples(partial, partial).filter(lambda dates: len(dates[0]) != len(dates[1])), st.data())
        def holds(dates: tuple[str, str], data: st.DataObject) -> None:
            a, b = map(DAY, dates)
            if apart(*dates):
                meant = [data.draw(st.dates(known.first_day, known.last_day)) for known in (a, b)]
                exactly, _same = months(*(found.isoformat() for found in meant))
                least, most = months(*dates)
                assert least <= exactly <= most

        holds()


class TestPaths(Plans):
    """Whatever way a deadline went."""

    def path(self, dates: list[str]) -> ActionDrift:
        """Of an action due on the first date and moved to each of the others, one day after the other."""
        action = make_action(due=DAY(dates[0]), citation=self.cited)
        moves = [
            make_plan_change(
                action=action,
                kind="deadline",
                new_due=DAY(due),
                announced=PartialDate.of(date(2025, 1, 1) + timedelta(days=number)),
                citation=self.cited,
            )
            for number, due in enumerate(dates[1:])
        ]
        publish_all(action, *moves)
        self.action = action
        return self.drift()

    def test_the_way_is_not_shorter_than_what_it_leads_to(self) -> None:
        @settings(max_examples=20, deadline=None)
        @given(st.lists(partial, min_size=1, max_size=5))
        def holds(dates: list[str]) -> None:
            with rolled_back():
                found = self.path(dates)
                assert (str(found.due_first), str(found.due_now)) == (dates[0], dates[-1])
                assert 0 <= found.moves < len(dates)
                assert found.months_least <= found.months_most
                assert 0 <= found.travelled_least <= found.travelled_most
                if found.moves == 0:
                    assert found.months_least == found.months_most == 0
                if len({len(due) for due in dates}) == 1:
                    assert found.travelled_least == found.travelled_most >= abs(found.months_least)

        holds()

    def test_there_and_back_is_two_moves_and_no_month(self) -> None:
        @settings(max_examples=20, deadline=None)
        @given(partial, partial)
        def holds(there: str, away: str) -> None:
            with rolled_back():
                found = self.path([there, away, there])
                assert (found.moves, found.months_least, found.months_most) == (2 * apart(there, away), 0, 0)
                least, most = sorted(map(abs, months(there, away)))
                assert abs(found.travelled_least - 2 * least) <= Decimal("0.05")
                assert abs(found.travelled_most - 2 * most) <= Decimal("0.05")

        holds()
