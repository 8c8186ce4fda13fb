"""The chain of accountability, the distance to a requirement and the time elapsed, as SQL computes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.db import connection
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.standings import Chain
from tracker.models import IndicatorBreak, PolicyAction
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_measure,
    make_milestone,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    make_update,
    publish_all,
    rolled_back,
)
from tracker.tests.pages import rows, visible

DAY = date(2026, 11, 22)


@contextmanager
def reading(edition: int | None = None, on: date = DAY) -> Iterator[Reading]:
    found = Reading.of(None if edition is None else str(edition), on.isoformat())
    with found.opened():
        yield found


def held(action: PolicyAction, edition: int | None = None, on: date = DAY) -> set[str]:
    """The links that the action has, as its row of the view says."""
    with reading(edition, on):
        chain = Chain.objects.get(pk=action.pk)
        found = {link for link in Chain.LINKS if getattr(chain, link)}
        assert chain.links == len(found)
        assert set(chain.absent()) == set(Chain.LINKS) - found
        return found


def withdraw(row: Any, replacement: Any) -> None:
    """By the correction of the row, which is the one way in which a fact leaves."""
    row.refresh_from_db()
    replacement.replaces, replacement.reason = row, "It was wrong."
    replacement.save()
    publish_all(replacement)


class Chains(TestCase):
    action: PolicyAction

    @classmethod
    def setUpTestData(cls) -> None:
        make_area("PK")
        make_area("PK-KP")
        cls.action = make_action(area=make_area("PK-KP"))
        publish_all(cls.action)

    def other(self) -> PolicyAction:
        return make_action(area=make_area("PK-KP"))


class TestChain(Chains):
    def test_has_no_link_at_first(self) -> None:
        assert held(self.action) == set()

    def test_has_each_link_by_one_fact_and_no_other_link_by_it(self) -> None:
        indicator = make_indicator()
        series = make_series(indicator=indicator)
        facts: dict[str, tuple[set[str], Callable[[], list[Any]]]] = {
            "a lead": ({"owner"}, lambda: [make_assignment(action=self.action)]),
            "a measure": ({"measure"}, lambda: [make_measure(action=self.action, indicator=indicator)]),
            "a measure with a figure": (
                {"measure", "figure"},
                lambda: [make_measure(action=self.action, indicator=indicator), make_snapshot(series=series)],
            ),
            "a requirement": (
                {"requirement"},
                lambda: [make_target(action=self.action, basis="requirement", due=None)],
            ),
            "a target, which has a date": (
                {"requirement", "deadline"},
                lambda: [make_target(action=self.action, basis="target")],
            ),
            "a direction": (set(), lambda: [make_target(action=self.action, basis="direction", value=None, due=None)]),
            "a baseline": (
                {"requirement", "baseline"},
                lambda: [
                    make_target(
                        action=self.action, basis="requirement", due=None, baseline=make_snapshot(series=series)
                    )
                ],
            ),
            "a new deadline": (
                {"deadline"},
                lambda: [make_plan_change(action=self.action, kind="deadline", new_due=PartialDate.parse("2027"))],
            ),
            "another change of plan": (set(), lambda: [make_plan_change(action=self.action)]),
            "a report": ({"report"}, lambda: [make_update(action=self.action)]),
            "a milestone": (set(), lambda: [make_milestone(action=self.action, due=PartialDate.parse("2027"))]),
        }
        for name, (links, facts_of) in facts.items():
            with self.subTest(name), rolled_back():
                publish_all(*facts_of())
                assert held(self.action) == links

    def test_has_a_deadline_where_the_action_has_one(self) -> None:
        dated = make_action(due=PartialDate.parse("2027"))
        publish_all(dated)
        assert held(dated) == {"deadline"}

    def test_has_no_link_by_a_draft(self) -> None:
        make_assignment(action=self.action)
        make_measure(action=self.action)
        make_update(action=self.action)
        make_target(action=self.action)
        assert held(self.action) == set()

    def test_has_no_link_by_a_fact_about_another_action(self) -> None:
        other = self.other()
        publish_all(make_assignment(action=other), make_update(action=other), make_target(action=other))
        assert held(self.action) == set()
        assert held(other) == {"owner", "report", "requirement", "deadline"}

    def test_has_all_seven(self) -> None:
        indicator = make_indicator()
        stated = make_snapshot(series=make_series(indicator=indicator))
        publish_all(
            make_assignment(action=self.action),
            make_measure(action=self.action, indicator=indicator),
            make_target(action=self.action, baseline=stated),
            make_update(action=self.action),
        )
        assert held(self.action) == set(Chain.LINKS)

    def test_of_an_unpublished_action_does_not_exist(self) -> None:
        draft = make_action()
        with reading():
            assert not Chain.objects.filter(pk=draft.pk).exists()


class TestOwner(Chains):
    def test_is_a_lead_and_no_other_role(self) -> None:
        for role in ("support", "oversight", "forum"):
            with self.subTest(role), rolled_back():
                publish_all(make_assignment(action=self.action, role=role))
                assert held(self.action) == set()

    def test_may_lead_in_one_area_only(self) -> None:
        publish_all(make_assignment(action=self.action, area=make_area("PK-KP")))
        assert held(self.action) == {"owner"}

    TIMES: ClassVar = {
        (None, None): True,
        ("2026-11-22", None): True,
        ("2026-11-23", None): False,
        (None, "2026-11-22"): True,
        (None, "2026-11-21"): False,
        (None, "2026-11"): True,  # it may have lasted to the end of the month
        (None, "2026-10"): False,
        ("2026", "2026"): True,
        ("2027", None): False,
        ("2024", "2025"): False,
    }

    def test_is_one_on_the_day_that_is_asked(self) -> None:
        for (starts, ends), owned in self.TIMES.items():
            with self.subTest(starts=starts, ends=ends), rolled_back():
                publish_all(make_assignment(action=self.action, starts=starts, ends=ends))
                assert held(self.action) == ({"owner"} if owned else set())

    def test_of_then_is_not_the_owner_of_now(self) -> None:
        publish_all(make_assignment(action=self.action, ends=PartialDate.parse("2025-06-30")))
        assert held(self.action, on=date(2025, 6, 30)) == {"owner"}
        assert held(self.action, on=date(2025, 7, 1)) == set()

    def test_who_is_shown_is_the_owner_of_the_day(self) -> None:
        """The sentence of counts and the row beside it cannot contradict each other."""
        policy = make_policy(code="nisp-2023-2028")
        action = make_action(policy=policy)
        former = make_body(name="Former ministry")
        publish_all(make_assignment(action=action, body=former, ends=PartialDate.parse("2025")))
        for address, owned in (("/?on=2025-12-31", True), ("/?on=2026-01-01", False)):
            with self.subTest(address):
                page = self.client.get(address).text
                assert ("1 has an owner" in visible(page)) == owned
                assert (">nobody named<" in page) != owned
                assert ("Former ministry" in page) == owned
        assert "Former ministry" in self.client.get(action.get_absolute_url()).text  # with its dates
        assert "Former ministry" not in str(rows(self.client.get("/actions/?on=2026-01-01").text))
        assert former.code.encode() not in self.client.get("/actions.csv?on=2026-01-01").getvalue()


class TestFigureOfTheChain(Chains):
    def test_is_a_value_in_the_series_that_the_measure_names(self) -> None:
        indicator = make_indicator()
        publish_all(make_measure(action=self.action, indicator=indicator, area=make_area("PK")))
        publish_all(make_snapshot(series=make_series(indicator=indicator)))
        assert held(self.action) == {"measure"}
        publish_all(make_snapshot(series=make_series(indicator=indicator, area=make_area("PK"))))
        assert held(self.action) == {"measure", "figure"}

    def test_is_no_statement_that_there_is_none(self) -> None:
        indicator = make_indicator()
        series = make_series(indicator=indicator)
        publish_all(
            make_measure(action=self.action, indicator=indicator),
            make_snapshot(series=series, status="withheld", value=None, no_value_reason="On security grounds."),
        )
        assert held(self.action) == {"measure"}

    def test_may_be_zero(self) -> None:
        indicator = make_indicator()
        publish_all(
            make_measure(action=self.action, indicator=indicator),
            make_snapshot(series=make_series(indicator=indicator), value=0),
        )
        assert held(self.action) == {"measure", "figure"}

    def test_is_not_one_of_the_situation(self) -> None:
        indicator = make_indicator()
        publish_all(
            make_measure(action=self.action, indicator=indicator, use="situation"),
            make_snapshot(series=make_series(indicator=indicator)),
        )
        assert held(self.action) == set()


class TestChainInEditions(Chains):
    def test_is_what_it_was_then(self) -> None:
        publish_all(make_assignment(action=self.action))
        publish_all(make_update(action=self.action))
        assert [held(self.action, edition) for edition in (1, 2, 3)] == [set(), {"owner"}, {"owner", "report"}]

    def test_loses_what_is_withdrawn(self) -> None:
        other = self.other()
        for link, make_fact in {
            "owner": make_assignment,
            "report": make_update,
            "measure": make_measure,
            "requirement": make_target,
        }.items():
            with self.subTest(link), rolled_back():
                fact = make_fact(action=self.action)
                before = publish_all(fact).number
                withdraw(fact, make_fact(action=other))
                assert link in held(self.action, before)
                assert held(self.action) == set()
                assert link in held(other)

    def test_loses_a_figure_that_is_withdrawn(self) -> None:
        indicator = make_indicator()
        series = make_series(indicator=indicator)
        wrong = make_snapshot(series=series)
        before = publish_all(wrong, make_measure(action=self.action, indicator=indicator)).number
        withdraw(
            wrong, make_snapshot(series=series, status="withheld", value=None, no_value_reason="Withdrawn by the body.")
        )
        assert held(self.action, before) == {"measure", "figure"}
        assert held(self.action) == {"measure"}


class TestDistance(TestCase):
    """Madrassas registered, of all madrassas."""

    def setUp(self) -> None:
        self.part = make_indicator(behaviour="stock")
        self.all = make_indicator(behaviour="stock")
        self.action = make_action()

    def requirement(self, **how: Any) -> Any:
        how = how or {"whole": self.all, "value": None}
        series, _ = self.part.series.get_or_create(area=make_area("PK-KP"))
        return make_target(series=series, action=self.action, basis="requirement", due=None, **how)

    def figure(self, indicator: Any, value: Any, day: str = "2024-07-01", area: str = "PK-KP") -> Any:
        series, _ = indicator.series.get_or_create(area=make_area(area))
        return make_snapshot(series=series, value=value, period_start=None, period_end=PartialDate.parse(day))

    def found(self) -> Distance | None:
        with reading():
            return Distance.objects.filter(target__action=self.action).first()

    def test_is_the_share_of_the_whole_and_the_gap(self) -> None:
        publish_all(self.requirement(), self.figure(self.part, 16300), self.figure(self.all, 32000))
        distance = self.found()
        assert distance is not None
        assert (round(distance.share * 100, 1), distance.short, distance.required) == (Decimal("50.9"), 15700, 32000)
        assert distance.whole is not None
        assert not distance.broken

    def test_may_be_to_a_value(self) -> None:
        publish_all(self.requirement(value=40), self.figure(self.part, 10))
        distance = self.found()
        assert distance is not None
        assert (distance.share, distance.short, distance.whole) == (Decimal("0.25"), 30, None)

    def test_of_nothing_reached_is_all_of_it(self) -> None:
        publish_all(self.requirement(value=40), self.figure(self.part, 0))
        distance = self.found()
        assert distance is not None
        assert (distance.share, distance.short) == (0, 40)

    def test_of_more_than_required_is_not_cut_off(self) -> None:
        publish_all(self.requirement(value=40), self.figure(self.part, 50))
        distance = self.found()
        assert distance is not None
        assert (distance.share, distance.short) == (Decimal("1.25"), -10)

    def test_to_zero_has_a_gap_and_no_share(self) -> None:
        publish_all(self.requirement(value=0), self.figure(self.part, 7))
        distance = self.found()
        assert distance is not None
        assert (distance.share, distance.short) == (None, -7)

    def assert_unknown(self, because: str) -> None:
        distance = self.found()
        assert distance is not None
        assert (distance.state, distance.reason) == ("cannot-say", because)
        assert (distance.share, distance.short) == (None, None)
        with reading():
            assert not Distance.objects.requirements().exists()

    def test_is_unknown_without_a_figure(self) -> None:
        publish_all(self.requirement(value=40))
        self.assert_unknown("no-figure")

    def test_is_unknown_without_the_whole(self) -> None:
        publish_all(self.requirement(), self.figure(self.part, 16300))
        self.assert_unknown("no-whole")

    def test_is_unknown_where_the_whole_is_of_another_area(self) -> None:
        publish_all(self.requirement(), self.figure(self.part, 16300), self.figure(self.all, 32000, area="PK"))
        self.assert_unknown("no-whole")

    BREAKS: ClassVar = {
        "2024-06-30": False,
        "2024-07-01": False,  # both figures or only the later one count in the new way
        "2024-07-02": True,
        "2024-12-31": True,
        "2025-01-01": False,
        "2024": True,  # it may lie between them
        "2025": False,
        "2024-08": True,
    }

    def test_has_no_share_across_a_break(self) -> None:
        publish_all(
            self.requirement(), self.figure(self.part, 18000, "2024-12-31"), self.figure(self.all, 32000, "2024-07-01")
        )
        for day, broken in self.BREAKS.items():
            with self.subTest(day), rolled_back():
                publish_all(make(IndicatorBreak, indicator=self.part, on=PartialDate.parse(day)))
                distance = self.found()
                assert distance is not None
                assert distance.broken == broken
                assert (distance.share is None, distance.short is None) == (broken, broken)

    def test_is_told_across_a_break_without_a_share(self) -> None:
        policy = make_policy(code="nisp-2023-2028", name="The programme")
        self.action = make_action(policy=policy, title="Register")
        publish_all(
            self.requirement(),
            make_measure(action=self.action, indicator=self.part, area=make_area("PK-KP")),
            self.figure(self.part, 18000, "2024-12-31"),
            self.figure(self.all, 32000, "2024-07-01"),
            make(IndicatorBreak, indicator=self.part, on=PartialDate.parse("2024-10")),
        )
        page = self.client.get("/").text
        assert "18,000 of about 32,000; no share is computed" in page
        assert "56.3%" not in page
        assert self.client.get(self.action.get_absolute_url()).status_code == 200

    def test_follows_the_leading_figure_of_the_edition(self) -> None:
        publish_all(self.requirement(value=100), self.figure(self.part, 10, "2023-01-01"))
        publish_all(self.figure(self.part, 60, "2024-01-01"))
        shares = []
        for edition in (1, 2):
            with reading(edition):
                shares.append(Distance.objects.get(target__action=self.action).share)
        assert shares == [Decimal("0.1"), Decimal("0.6")]

    def test_ends_with_the_requirement(self) -> None:
        wrong = self.requirement(value=100)
        publish_all(wrong, self.figure(self.part, 10))
        withdraw(wrong, self.requirement(value=50))
        with reading():
            (distance,) = Distance.objects.filter(target__action=self.action)
            assert distance.share == Decimal("0.2")


def elapsed(starts: PartialDate | None, ends: PartialDate | None, on: date) -> tuple[Decimal, Decimal]:
    """At least and at most, as elapsed_share() says."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT elapsed_share(%(s)s::daterange, %(e)s::daterange, %(on)s, true),"
            "       elapsed_share(%(s)s::daterange, %(e)s::daterange, %(on)s, false)",
            {"s": starts and starts.as_range(), "e": ends and ends.as_range(), "on": on},
        )
        return cursor.fetchone()


class TestElapsed(TestCase):
    DAYS: ClassVar = st.dates(date(2000, 1, 1), date(2060, 12, 31))

    def test_is_a_range_where_only_years_are_known(self) -> None:
        least, most = elapsed(PartialDate.parse("2023"), PartialDate.parse("2028"), DAY)
        assert (round(least * 100, 1), round(most * 100, 1)) == (Decimal("57.9"), Decimal("77.8"))

    def test_is_unknown_without_a_beginning_or_an_end(self) -> None:
        year = PartialDate.parse("2023")
        for starts, ends in ((None, year), (year, None), (None, None)):
            assert elapsed(starts, ends, DAY) == (None, None)

    def test_of_one_day_is_nothing_before_it_and_all_from_it_on(self) -> None:
        day = PartialDate.of(DAY)
        assert elapsed(day, day, DAY - timedelta(1)) == (0, 0)
        assert elapsed(day, day, DAY) == (1, 1)

    def test_of_any_period_stays_between_nothing_and_all(self) -> None:
        precision = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])

        @settings(max_examples=60, deadline=None)
        @given(days=st.tuples(self.DAYS, self.DAYS).map(sorted), first=precision, last=precision, on=self.DAYS)
        def stays(days: list[date], first: str, last: str, on: date) -> None:
            starts, ends = PartialDate.parse(f"{days[0]:{first}}"), PartialDate.parse(f"{days[1]:{last}}")
            one, other = elapsed(starts, ends, on)
            assert 0 <= one <= 1
            assert 0 <= other <= 1
            if starts.last_day < ends.first_day:
                assert one <= other
            if first == last == "%Y-%m-%d":
                assert one == other

        stays()

    def test_never_goes_back(self) -> None:
        @settings(max_examples=40, deadline=None)
        @given(days=st.tuples(self.DAYS, self.DAYS).map(sorted), on=st.tuples(self.DAYS, self.DAYS).map(sorted))
        def goes_on(days: list[date], on: list[date]) -> None:
            starts, ends = (PartialDate.parse(f"{day:%Y}") for day in days)
            for earlier, later in zip(elapsed(starts, ends, on[0]), elapsed(starts, ends, on[1]), strict=True):
                assert earlier <= later

        goes_on()

    def test_is_one_number_where_days_are_known(self) -> None:
        publish_all(
            make_policy(
                code="nisp-2023-2028", starts=PartialDate.parse("2024-01-01"), ends=PartialDate.parse("2024-12-31"),
                citation=make_citation(source=make_source()),
            )
        )  # fmt: skip
        assert "50% of the policy’s time has passed." in self.client.get("/?on=2024-07-01").text

    def test_is_not_told_where_no_period_is(self) -> None:
        publish_all(make_policy(code="nisp-2023-2028"))
        assert "time has passed" not in self.client.get("/").text
