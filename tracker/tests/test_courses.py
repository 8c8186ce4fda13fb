"""The course of a series: which figures stand on one axis, and which of them a line may join."""

from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.assessment.courses import Course
from tracker.models import IndicatorBreak, MetricSnapshot
from tracker.tests.factories import (
    make,
    make_area,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    publish_all,
)
from tracker.tests.judging import reading
from tracker.views.measured import Measured


class Series:
    """One series, and the statements about it."""

    def __init__(self, behaviour: str = "stock") -> None:
        self.indicator = make_indicator(behaviour=behaviour)
        self.series = make_series(indicator=self.indicator, area=make_area("PK"))
        self.publishers: dict[str, Any] = {}

    def says(self, publisher: str, value: Any, end: str | None, start: str | None = None, **how: Any) -> MetricSnapshot:
        if publisher not in self.publishers:
            self.publishers[publisher] = make_source(publisher=publisher)
        cited = make_citation(source=self.publishers[publisher], attribution=how.pop("attribution", "named-office"))
        told: MetricSnapshot = make_snapshot(
            series=self.series, value=value, citation=cited,
            period_start=PartialDate.parse(start) if start else None,
            period_end=PartialDate.parse(end) if end else None, **how,
        )  # fmt: skip
        publish_all(told)
        return told

    def course(self) -> Course:
        with reading() as now:
            (found,) = Measured(now, self.indicator).courses
            return found


def values(course: Course) -> list[int]:
    return [int(figure.value or 0) for figure in course.figures]


def joined(course: Course) -> list[tuple[int, int]]:
    return sorted((int(a.value or 0), int(b.value or 0)) for a, b in course.joined)


class TestALine(TestCase):
    def test_joins_neighbours_of_one_publisher(self) -> None:
        made = Series()
        for n in range(4):
            made.says("Secretariat", 10 + n, f"202{n}-06-30")
        course = made.course()
        assert values(course) == [10, 11, 12, 13]
        assert joined(course) == [(10, 11), (11, 12), (12, 13)]

    def test_breaks_where_another_publisher_goes_on(self) -> None:
        made = Series()
        for value, who in ((10, "Dawn"), (11, "Dawn"), (12, "Jang"), (13, "Jang")):
            made.says(who, value, f"20{value}-06-30")
        assert joined(made.course()) == [(10, 11), (12, 13)]

    def test_breaks_where_what_is_counted_changed(self) -> None:
        made = Series()
        for n in range(4):
            made.says("Dawn", 10 + n, f"202{n}-06-30")
        publish_all(make(IndicatorBreak, indicator=made.indicator, on=PartialDate.parse("2021-12")))
        assert joined(made.course()) == [(10, 11), (12, 13)]

    def test_breaks_at_a_jump_for_whether_both_count_the_same_is_not_known(self) -> None:
        made = Series()
        for value, month in ((10, "01"), (11, "05"), (90, "09")):
            made.says("Dawn", value, f"2024-{month}-01")
        assert joined(made.course()) == [(10, 11)]

    def test_breaks_where_a_figure_is_withheld(self) -> None:
        made = Series()
        made.says("Dawn", 10, "2020-06-30")
        made.says("Dawn", None, "2021-06-30", status="withheld", no_value_reason="No ground is given.")
        made.says("Dawn", 12, "2022-06-30")
        course = made.course()
        assert (values(course), joined(course)) == ([10, 12], [])
        assert [gap.status for gap in course.missing] == ["withheld"]

    def test_breaks_between_periods_of_different_lengths(self) -> None:
        made = Series("share")
        made.says("Dawn", 33, "2015-11", "2015-06")
        made.says("Dawn", 18, "2016", "2016")
        made.says("Dawn", 20, "2017", "2017")
        assert joined(made.course()) == [(18, 20)]


class TestOneAxis(TestCase):
    def test_holds_flows_of_one_length_only_and_says_how_many_are_left_out(self) -> None:
        made = Series("flow")
        for year in (2023, 2024, 2025):
            made.says("Dawn", year - 2000, str(year), str(year))
        made.says("Dawn", 9, "2024-10", "2024-01")
        made.says("Dawn", 3, "2024-06", "2024-06")
        course = made.course()
        assert (values(course), course.left_out, course.several) == ([23, 24, 25], 2, True)

    def test_holds_counts_since_one_beginning(self) -> None:
        made = Series("cumulative")
        for year in (2016, 2017, 2018):
            made.says("Dawn", year - 2000, str(year), "2014-12")
        made.says("Dawn", 99, "2018", "2001-01")
        course = made.course()
        assert (values(course), course.left_out) == ([16, 17, 18], 1)

    def test_holds_no_narrower_scope(self) -> None:
        made = Series()
        for year in (2020, 2021):
            made.says("Dawn", year - 2000, f"{year}-06-30")
        made.says("Dawn", 1, "2021-01-01", scope="Kachha area")
        assert values(made.course()) == [20, 21]

    def test_two_days_are_not_several(self) -> None:
        made = Series()
        made.says("Dawn", 1, "2020-06-30")
        made.says("Dawn", 2, "2021-06-30")
        assert not made.course().several


class TestRivals(TestCase):
    def test_stand_beside_the_figure_that_leads_their_period(self) -> None:
        made = Series()
        leads = made.says("Secretariat", 100, "2024-06-30")
        made.says("Dawn", 90, "2024-06-25", attribution="unnamed-officials")
        made.says("Jang", 110, "2024-07-05", attribution="named-body")
        course = made.course()
        assert values(course) == [100]
        assert sorted((int(rival.value or 0), figure) for rival, figure in course.rivals) == [(90, leads), (110, leads)]

    def test_that_agree_are_no_mark(self) -> None:
        made = Series()
        made.says("Secretariat", 100, "2024-06-30")
        made.says("Dawn", 100, "2024-06-30", attribution="unnamed-officials")
        course = made.course()
        assert (course.rivals, course.left_out) == ([], 0)


class TestAReplacedValue(TestCase):
    def test_stays_beside_the_one_that_took_its_place(self) -> None:
        made = Series()
        slip = made.says("Secretariat", 1000, "2024-06-30")
        mended = made.says("Secretariat", 100, "2024-06-30", replaces=slip, reason="A nought too many.")
        course = made.course()
        assert course.figures == [mended]
        assert [(old.value, new) for old, new in course.replaced] == [(1000, mended)]
