"""Area × measure, and the counts that the ledger makes itself: nothing is split, summed or averaged."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from provinces.models import Area
from tracker.assessment.areas import AreaMatrix, OnePeriod
from tracker.assessment.owncounts import coverage
from tracker.assessment.reading import Reading
from tracker.models import Indicator
from tracker.tests.factories import (
    make_action,
    make_indicator,
    make_measure,
    make_policy,
    make_snapshot,
    publish_all,
)
from tracker.tests.pages import load_areas, read, rows, sections

UNITS = ["PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS", "PK-GB", "PK-JK"]


class Areas(TestCase):
    indicator: Indicator
    other: Indicator

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.indicator = make_indicator(code="one", name="Arrests", position=1)
        cls.other = make_indicator(code="two", name="Checkpoints", position=2)
        action = make_action(policy=make_policy(code="nisp-2023-2028"))
        publish_all(
            make_measure(action=action, indicator=cls.indicator, position=1),
            make_measure(action=action, indicator=cls.other, position=2),
        )

    def say(self, area: str, value: Any = None, indicator: Indicator | None = None, **how: Any) -> None:
        series, _ = (indicator or self.indicator).series.get_or_create(area=Area.objects.get(code=area))
        publish_all(make_snapshot(series=series, value=value, **how))

    def withheld(self, area: str) -> None:
        self.say(area, status="withheld", no_value_reason="On security grounds.")

    def not_found(self, area: str) -> None:
        self.say(
            area,
            status="not-found",
            no_value_reason="Nothing was found.",
            citation=None,
            searched_on=date(2024, 7, 1),
            searched_where="The gazette",
        )

    def matrix(self) -> AreaMatrix:
        return AreaMatrix.of(Reading.of(), [self.indicator, self.other])

    def cells(self) -> dict[str, str]:
        """What the front page's table says about the first measure, by area."""
        return {row[0]: row[1] for row in rows(sections(read(self.client, "/"))["areas"])[1:-1]}


class TestTable(Areas):
    def test_has_four_different_words_for_no_figure(self) -> None:
        self.say("PK-PB", 7)
        self.say("PK-BA+PK-KP", 9)
        self.withheld("PK-SD")
        self.not_found("PK-IS")
        cells = self.cells()
        assert cells["Punjab"].startswith("7")
        assert cells["Khyber Pakhtunkhwa"] == cells["Balochistan"] == "joint only"
        assert cells["Khyber Pakhtunkhwa and Balochistan jointly"].startswith("9")
        assert cells["Sindh"] == "withheld"
        assert cells["Islamabad Capital Territory"] == "no public figure found, searched on 1 July 2024"
        assert cells["Gilgit-Baltistan"] == cells["Pakistan"] == "no figure"

    def test_tells_zero_from_nothing(self) -> None:
        self.say("PK-PB", 0)
        assert self.cells()["Punjab"].startswith("0")
        assert self.cells()["Sindh"] == "no figure"

    def test_prefers_a_figure_to_an_earlier_silence(self) -> None:
        self.withheld("PK-SD")
        self.say("PK-SD", 3, period_start=None, period_end="2024-07")
        self.say("PK-PB", 1)
        assert self.cells()["Sindh"].startswith("3")

    def test_says_joint_only_also_where_the_area_itself_withholds(self) -> None:
        """The joint figure is what a reader can go on."""
        self.say("PK-PB", 1)
        self.say("PK-BA+PK-KP", 9)
        self.withheld("PK-KP")
        assert self.cells()["Khyber Pakhtunkhwa"] == "joint only"

    def test_has_a_row_for_a_group_and_a_former_unit_only_with_a_figure(self) -> None:
        self.say("PK-PB", 1)
        assert not {"Khyber Pakhtunkhwa and Balochistan jointly", "Federally Administered Tribal Areas"} & set(
            self.cells()
        )
        self.say("PK-TA", 2)
        assert self.cells()["Federally Administered Tribal Areas"].startswith("2")

    def test_keeps_the_order_of_areas(self) -> None:
        assert [area.code for area in self.matrix().rows] == [*UNITS, "PK"]

    def test_adds_nothing_up(self) -> None:
        for area, value in (("PK-PB", 1000), ("PK-SD", 2000)):
            self.say(area, value)
        assert "3,000" not in str(self.cells())
        assert "1,500" not in str(self.cells())


class TestMatrix(Areas):
    def test_counts_units_with_a_figure_of_their_own(self) -> None:
        for area in ("PK-PB", "PK-KP", "PK", "PK-BA+PK-KP", "PK-TA"):
            self.say(area, 1)
        matrix = self.matrix()
        assert [area.code for area in matrix.units] == UNITS
        assert (matrix.covered(self.indicator), matrix.covered(self.other)) == (2, 0)

    def test_knows_who_is_counted_only_jointly(self) -> None:
        self.say("PK-BA+PK-KP", 9)
        self.say("PK-KP", 4)
        matrix = self.matrix()
        joint = [area.code for area in matrix.units if matrix.joint_only(area, self.indicator)]
        assert joint == ["PK-BA"]
        assert not any(matrix.joint_only(area, self.other) for area in matrix.units)

    def test_is_of_the_edition_that_is_read(self) -> None:
        self.say("PK-PB", 1)
        self.say("PK-SD", 1)
        then = AreaMatrix.of(Reading.of("2"), [self.indicator])
        assert (then.covered(self.indicator), self.matrix().covered(self.indicator)) == (1, 2)

    def test_takes_three_queries(self) -> None:
        self.say("PK-PB", 1)
        reading = Reading.of()
        with self.assertNumQueries(3):
            AreaMatrix.of(reading, [self.indicator, self.other])


class TestCoverage(Areas):
    def test_counts_measures_told_by_area(self) -> None:
        for area in ("PK-PB", "PK-SD"):
            self.say(area, 1)
        self.say("PK", 1, indicator=self.other)
        seen = coverage(self.matrix())
        assert (seen.measures, seen.told_by_area, seen.widest) == (2, 1, self.indicator)
        assert (seen.units_of_widest, seen.units) == (2, 7)

    def test_of_no_measure_is_nothing(self) -> None:
        seen = coverage(AreaMatrix.of(Reading.of(), []))
        assert (seen.measures, seen.told_by_area, seen.widest, seen.units_of_widest) == (0, 0, None, 0)


class TestOnePeriod(Areas):
    def test_is_found_for_several_measures_in_two_queries(self) -> None:
        self.say("PK-PB", 7)
        self.say("PK-SD", 9, self.other)
        empty = make_indicator()
        with CaptureQueriesContext(connection) as captured:
            found = OnePeriod.of_each(Reading.of(), [self.other, empty, self.indicator])
        assert [(one.indicator, list(one.figures)) for one in found] == [
            (self.other, ["PK-SD"]),
            (self.indicator, ["PK-PB"]),
        ]
        assert len(captured) == 3  # one of them for the edition itself
