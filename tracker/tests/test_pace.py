"""Distance and pace of series that have a target: every case in which a verdict is given, and in which it is not."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Standing
from tracker.assessment.sentences import of_commitment
from tracker.models import IndicatorBreak, MetricSnapshot, Series
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_citation,
    make_indicator,
    make_measure,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    publish_all,
    rolled_back,
)
from tracker.tests.judging import DAY, days_ago, reading

BEGUN = date(2024, 11, 22)  # two years before the day of judgement
ENDS = PartialDate.parse("2028-11-21")  # two years after it, less a day: the middle of the way is the day itself


class Course:
    """A series with a target and figures, in few words."""

    def __init__(self, **indicator: Any) -> None:
        indicator = {"behaviour": "stock", "direction": "rise", **indicator}
        self.indicator = make_indicator(**indicator)
        self.action = make_action(area=make_area("PK-KP"))
        self.series: Series = make_series(indicator=self.indicator)
        self.rows: list[Any] = []

    def figure(self, value: Any, on: date | str = DAY, since: str | None = None, **how: Any) -> MetricSnapshot:
        end = PartialDate.parse(on) if isinstance(on, str) else PartialDate.of(on)
        start = PartialDate.parse(since) if since else None
        series = how.pop("series", self.series)
        made: MetricSnapshot = make_snapshot(series=series, value=value, period_start=start, period_end=end, **how)
        self.rows.append(made)
        return made

    def target(self, value: Any, due: Any = ENDS, **how: Any) -> "Course":
        how = {"basis": "target", "series": self.series, "action": self.action, **how}
        self.rows.append(make_target(value=value, due=due, **how))
        return self

    def found(self, on: date = DAY) -> Distance:
        if pending := [row for row in self.rows if row.edition_id is None]:
            publish_all(*pending)
        with reading(on=on):
            return Distance.objects.get(action=self.action)

    def verdict(self, on: date = DAY) -> str:
        """The state, or why none can be given."""
        found = self.found(on)
        return found.reason or found.state


def course(baseline: Any, target: Any, now: Any, on: date = DAY, **indicator: Any) -> Course:
    """From a baseline two years ago to a target in two years."""
    made = Course(**indicator)
    begun = made.figure(baseline, BEGUN)
    made.target(target, baseline=begun)
    if now is not None:
        made.figure(now, on)
    return made


def flow(baseline_since: str, baseline_on: str, since: str | None, on: str) -> Course:
    made = Course(behaviour="flow")
    made.target(100, baseline=made.figure(0, baseline_on, since=baseline_since))
    made.figure(80, on, since=since)
    return made


class TestVerdict(TestCase):
    CASES: ClassVar[dict[str, tuple[str, Callable[[], Course]]]] = {
        # half of the time has passed: half of the way is planned
        "as planned": ("on-track", lambda: course(0, 100, 50)),
        "exactly 0.95 of it": ("on-track", lambda: course(0, 1000, 475)),
        "just below 0.95 of it": ("slipping", lambda: course(0, 1000, "474.9")),
        "exactly 0.75 of it": ("slipping", lambda: course(0, 1000, 375)),
        "just below 0.75 of it": ("behind", lambda: course(0, 1000, "374.9")),
        "back behind the baseline": ("behind", lambda: course(10, 100, 5)),
        "reached ahead of time": ("done", lambda: course(0, 100, 100)),
        "went past the target": ("done", lambda: course(0, 100, 120)),
        # falling, zero
        "falling as planned": ("on-track", lambda: course(100, 0, 50, direction="fall")),
        "falling too slowly": ("behind", lambda: course(100, 0, 70, direction="fall")),
        "fallen to a target of zero": ("done", lambda: course(100, 0, 0, direction="fall")),
        "from a baseline of zero": ("on-track", lambda: course(0, 10, 5)),
        "falling below zero": ("on-track", lambda: course(0, -10, -5, direction="fall")),
        # hold the line
        "held": ("on-track", lambda: course(100, 100, 100)),
        "more than held": ("on-track", lambda: course(100, 100, 101)),
        "not held": ("behind", lambda: course(100, 100, 99)),
        "held from above": ("on-track", lambda: course(100, 100, 99, direction="fall")),
        "not held from above": ("behind", lambda: course(100, 100, 101, direction="fall")),
        "to hold, and held as printed": ("on-track", lambda: course(100, 100, "100.4", direction="hold")),
        "to hold, and risen": ("behind", lambda: course(100, 100, 101, direction="hold")),
        "held at zero": ("on-track", lambda: course(0, 0, 0, direction="fall")),
        # past the date
        "past and reached": ("done", lambda: _past(100)),
        "past and not reached": ("overdue", lambda: _past("99.9")),
        "due today": ("behind", lambda: _due(days_ago(0))),
        "due yesterday": ("overdue", lambda: _due(days_ago(1))),
        "reached, then lost": ("behind", lambda: _lost(ENDS)),
        "reached, then lost past the date": ("overdue", lambda: _lost(days_ago(1))),
        # no baseline
        "no baseline": ("no-baseline", lambda: _plain(50)),
        "no baseline, and reached": ("done", lambda: _plain(100)),
        "no baseline, past the date": ("overdue", lambda: _plain(50, days_ago(1))),
        "a requirement without a date": ("no-date", lambda: _plain(50, None, basis="requirement")),
        "a requirement without a date, reached": ("done", lambda: _plain(100, None, basis="requirement")),
        "a direction only": ("direction-only", lambda: _directed()),
        # nothing to judge by
        "no figure": ("no-figure", lambda: Course().target(100)),
        "never scored": ("not-scored", lambda: course(0, 100, 50, direction="not-scored", unscored_reason="Arrests.")),
        "9.9 per cent of the time": ("too-early", lambda: _tenth(99)),
        "10 per cent of the time": ("behind", lambda: _tenth(100)),
        "the baseline itself is the latest figure": ("too-early", lambda: course(0, 100, None, frequency_months=60)),
        "a baseline of another area": ("baseline-of-another-series", lambda: _elsewhere()),
        "a break since the baseline": ("definition-changed", lambda: _broken("2025-11")),
        "a break before the baseline": ("on-track", lambda: _broken("2023")),
        # flows
        "years against years": ("on-track", lambda: flow("2024", "2024", "2025", "2025")),
        "a half-year against a year": ("periods-differ", lambda: flow("2024", "2024", "2025-07", "2025-12")),
        "a flow whose period is not stated": ("periods-differ", lambda: _unstated()),
        "a month against a longer month": ("on-track", lambda: flow("2025-02", "2025-02", "2026-03", "2026-03")),
    }

    def test_is_given_or_refused_at_every_boundary(self) -> None:
        for name, (verdict, made) in self.CASES.items():
            with self.subTest(name), rolled_back():
                assert made().verdict() == verdict

    def test_is_of_the_figure_not_of_a_later_day(self) -> None:
        assert course(0, 100, 50).verdict(on=DAY - timedelta(1)) == "figure-after-the-day"

    def test_needs_a_figure_not_older_than_its_frequency_and_grace(self) -> None:
        for frequency, days, verdict in (
            (3, 182, "done"),  # 24 May, three months and 90 days
            (3, 183, "figure-too-old"),
            (None, 455, "done"),  # a year and 90 days, where nobody publishes regularly
            (None, 456, "figure-too-old"),
        ):
            with self.subTest(frequency=frequency, days=days), rolled_back():
                made = course(0, 100, 100, on=DAY - timedelta(days), frequency_months=frequency)
                assert made.verdict() == verdict

    def test_is_of_the_requirement_to_all_of_another_indicator(self) -> None:
        whole = make_indicator(behaviour="stock")
        made = Course().target(None, None, basis="requirement", whole=whole)
        made.figure(16300)
        made.figure(32000, series=make_series(indicator=whole))
        found = made.found()
        assert (found.state, found.reason) == ("cannot-say", "no-date")
        assert (round(found.share, 4), found.short) == (Decimal("0.5094"), 15700)
        assert (found.covered, found.pace, found.elapsed) == (None, None, None)


def _past(value: Any) -> Course:
    made = Course()
    made.target(100, days_ago(10), baseline=made.figure(0, BEGUN))
    made.figure(value, DAY - timedelta(5))
    return made


def _due(due: PartialDate) -> Course:
    made = Course()
    made.target(100, due, baseline=made.figure(0, BEGUN))
    made.figure(50, DAY - timedelta(60))
    return made


def _lost(due: PartialDate) -> Course:
    made = Course()
    made.target(100, due, baseline=made.figure(0, BEGUN))
    made.figure(100, DAY - timedelta(200))
    made.figure(20, DAY)
    return made


def _plain(value: Any, due: Any = ENDS, **how: Any) -> Course:
    made = Course().target(100, due, **how)
    made.figure(value, DAY - timedelta(2))
    return made


def _directed() -> Course:
    made = Course().target(None, None, basis="direction")
    made.figure(7)
    return made


def _tenth(days: int) -> Course:
    """Of a thousand days."""
    made = Course(frequency_months=60)
    made.target(100, PartialDate.of(BEGUN + timedelta(1000)), baseline=made.figure(0, BEGUN))
    made.figure(1, BEGUN + timedelta(days))
    return made


def _elsewhere() -> Course:
    made = Course()
    abroad = make_series(indicator=made.indicator, area=make_area("PK"))
    made.target(100, baseline=made.figure(0, BEGUN, series=abroad))
    made.figure(50)
    return made


def _broken(on: str) -> Course:
    made = course(0, 100, 50)
    made.rows.append(make(IndicatorBreak, indicator=made.indicator, on=PartialDate.parse(on)))
    return made


def _unstated() -> Course:
    made = Course(behaviour="flow")
    made.target(100, baseline=made.figure(0, "2024", since="2024"))
    cited = make_citation(source=make_source(published=PartialDate.of(DAY)))
    made.rows.append(make_snapshot(series=made.series, value=80, period_start=None, period_end=None, citation=cited))
    return made


class TestDistanceCovered(TestCase):
    def test_is_the_way_from_the_baseline(self) -> None:
        found = course(20, 120, 70).found()
        assert (found.covered, found.elapsed, found.planned, found.pace) == (
            Decimal("0.5"),
            Decimal("0.5"),
            Decimal("0.5"),
            1,
        )

    def test_may_be_negative_or_more_than_all(self) -> None:
        assert course(20, 120, 10).found().covered == Decimal("-0.1")
        assert course(20, 120, 130).found().covered == Decimal("1.1")

    def test_follows_interim_targets(self) -> None:
        made = course(0, 100, 25)
        made.target(20, PartialDate.of(date(2025, 11, 22)), interim=True)  # after a quarter of the time
        made.target(30, PartialDate.of(date(2027, 11, 23)), interim=True)  # after three quarters
        found = made.found()
        assert round(found.planned, 2) == Decimal("0.25")
        assert found.state == "on-track"

    def test_of_an_interim_target_is_none_of_its_own(self) -> None:
        made = course(0, 100, 25)
        made.target(20, PartialDate.parse("2025-11-22"), interim=True)
        made.found()
        with reading():
            assert Distance.objects.filter(action=made.action).count() == 1

    def test_is_planned_by_the_last_mark_before_it_falls(self) -> None:
        """A way that first leads backwards: nothing of it is planned, and more than that is enough."""
        made = course(50, 100, 45)
        made.target(40, PartialDate.of(DAY), interim=True)
        found = made.found()
        assert found.planned == Decimal("-0.2")
        assert (found.state, found.pace) == ("on-track", None)


class TestProjection(TestCase):
    def yearly(self, *values: Any, **indicator: Any) -> Course:
        made = Course(**indicator)
        for years, value in enumerate(reversed(values)):
            made.figure(value, date(DAY.year - years, DAY.month, DAY.day))
        return made.target(100)

    def test_is_the_year_of_the_mean_course(self) -> None:
        assert self.yearly(10, 20, 30).found().projected == 2033

    def test_needs_three_figures(self) -> None:
        assert self.yearly(10, 20).found().projected is None

    def test_counts_rivals_once(self) -> None:
        made = self.yearly(10, 20)
        made.figure(21, DAY - timedelta(20))
        assert made.found().projected is None

    def test_is_missing_where_the_course_leads_elsewhere(self) -> None:
        assert self.yearly(30, 20, 10).found().projected is None
        assert self.yearly(10, 10, 10).found().projected is None

    def test_is_missing_across_a_break(self) -> None:
        made = self.yearly(10, 20, 30)
        made.rows.append(make(IndicatorBreak, indicator=made.indicator, on=PartialDate.parse("2025-06")))
        assert made.found().projected is None

    def test_is_missing_once_it_is_reached(self) -> None:
        assert self.yearly(10, 50, 100).found().projected is None

    def test_does_not_look_further_than_a_century(self) -> None:
        assert self.yearly("10.0", "10.1", "10.2").found().projected is None

    def test_mirrors_a_falling_course(self) -> None:
        made = self.yearly(190, 180, 170, direction="fall")
        assert made.found().projected == 2033


class TestScheduleBySeries(TestCase):
    """A commitment without steps stands where its series do."""

    def state(self, made: Course, on: date = DAY) -> tuple[str, str, str]:
        made.found(on)
        with reading(on=on):
            found = Standing.objects.get(action=made.action)
            return found.state, found.reason, found.basis

    def test_is_that_of_its_target(self) -> None:
        assert self.state(course(0, 100, 50)) == ("on-track", "", "series")
        assert self.state(course(0, 100, 10)) == ("behind", "", "series")

    def test_names_what_is_missing(self) -> None:
        assert self.state(_plain(50)) == ("cannot-say", "no-baseline", "series")
        assert self.state(_plain(50, None, basis="requirement")) == ("cannot-say", "no-date", "series")

    def test_is_the_worst_of_several(self) -> None:
        made = course(0, 100, 50)
        other = make_series(indicator=make_indicator(behaviour="stock"))
        made.target(100, series=other)
        publish_all(*made.rows)
        with reading():
            assert Standing.objects.get(action=made.action).state == "cannot-say"

    def test_is_not_of_a_series_in_another_area(self) -> None:
        made = Course()
        made.series = make_series(indicator=made.indicator, area=make_area("PK"))
        made.target(100, baseline=made.figure(0, BEGUN))
        made.figure(10)
        assert self.state(made)[0] == "cannot-say"
        made.rows.append(make_measure(action=made.action, indicator=made.indicator, area=make_area("PK")))
        publish_all(made.rows[-1])
        with reading():
            assert Standing.objects.get(action=made.action).state == "behind"

    def moved(self, **how: Any) -> Standing:
        """Of a commitment that is behind its first target, and level with the one that took its place."""
        made = course(0, 100, 30)
        made.found()
        first = made.rows[1]
        made.target(60, baseline=made.rows[0], replaces=first, reason="Lowered.", **how)
        made.found()
        with reading():
            return Standing.objects.select_related("action").get(action=made.action)

    def test_is_against_the_first_target_and_now_against_the_one_in_force(self) -> None:
        found = self.moved(citation=make_citation())
        assert (found.state, found.state_now, found.basis) == ("behind", "on-track", "series")
        told = of_commitment(found, found.action, DAY)
        assert "Against the plan with its published changes: on track." in told

    def test_of_a_target_whose_typing_was_corrected_is_one(self) -> None:
        citation = make_citation()
        made = course(0, 100, 30)
        made.rows[1].citation = citation
        made.rows[1].save()
        made.found()
        made.target(60, baseline=made.rows[0], replaces=made.rows[1], reason="Typing.", citation=citation)
        made.found()
        with reading():
            found = Standing.objects.get(action=made.action)
        assert (found.state, found.state_now) == ("on-track", "on-track")

    def test_is_not_of_a_direction(self) -> None:
        assert self.state(_directed()) == ("cannot-say", "no-plan", "")
