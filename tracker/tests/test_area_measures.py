"""Every measure in every area: each cell in one state, the states add up, and nothing is mixed, split or summed."""

from collections import Counter
from datetime import date
from typing import Any
from unittest import mock

from django.test import TestCase

from provinces.models import Area
from tracker.assessment.areas import AreaMatrix, CellState
from tracker.assessment.reading import Reading
from tracker.listings import areas as listing
from tracker.models import Indicator, MetricSnapshot
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_indicator,
    make_measure,
    make_policy,
    make_snapshot,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, links, load_areas, queries, read, rows, visible

UNITS = ["PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS", "PK-GB", "PK-JK"]


class Measures(TestCase):
    indicator: Indicator

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.indicator = make_indicator(code="one", name="Arrests", unit="arrests", position=1)
        publish_all(cls.indicator)

    def say(self, area: str, value: Any = None, indicator: Indicator | None = None, **how: Any) -> MetricSnapshot:
        series, _ = (indicator or self.indicator).series.get_or_create(area=Area.objects.get(code=area))
        made = make_snapshot(series=series, value=value, **how)
        publish_all(made)
        return made

    def not_found(self, area: str) -> MetricSnapshot:
        return self.say(
            area, status="not-found", no_value_reason="Nothing was found.", citation=None,
            searched_on=date(2024, 7, 1), searched_where="The gazette",
        )  # fmt: skip

    def cells(self, query: str = "") -> dict[str, dict[str, str]]:
        found = file_rows(self.client.get(f"/area-measures.csv?{query}"))
        return {row["code"]: row for row in found}


class TestCells(Measures):
    def test_of_every_area_and_measure_are_each_in_one_state_and_add_up(self) -> None:
        other = make_indicator(code="two", position=2)
        publish_all(other)
        self.say("PK-PB", 7)
        self.say("PK-BA+PK-KP", 9)
        self.say("PK-SD", status="withheld", no_value_reason="On security grounds.")
        self.say("PK-GB", status="not-collected", no_value_reason="Nobody counts.")
        self.say("PK-JK", status="not-applicable", no_value_reason="There is none.")
        self.not_found("PK-IS")
        self.say("PK", 16)
        lost = self.say("PK-TA", 3)
        redact([lost], reviewer(), "A person at risk.", asked_by=asker(), ground="person-at-risk")
        found = self.cells()
        areas = [*UNITS, "PK-BA+PK-KP", "PK-TA", "PK"]
        assert len(found) == 2 * len(areas)
        states = Counter(row["state"] for row in found.values())
        assert sum(states.values()) == len(found)
        assert set(states) == set(CellState.values)
        # The other measure is told nowhere, and that is said of every area.
        assert states["none"] == len(areas)
        assert states["joint-only"] == 2
        assert (found["one.pk-kp"]["joint_with"], found["one.pk-kp"]["value"]) == ("PK-BA+PK-KP", "")
        assert (found["one.pk-is"]["searched_on"], found["one.pk-is"]["searched_where"]) == (
            "2024-07-01",
            "The gazette",
        )
        assert found["one.pk-sd"]["reason"] == "On security grounds."
        assert (found["one.pk-ta"]["state"], found["one.pk-ta"]["value"]) == ("redacted", "")

    def test_count_areas_without_the_country_groups_and_former_units(self) -> None:
        for area in ("PK-PB", "PK-SD", "PK-KP", "PK", "PK-BA+PK-KP", "PK-TA"):
            self.say(area, 1)
        assert {(row["areas_reported"], row["areas"]) for row in self.cells().values()} == {("3", "7")}
        page = read(self.client, "/area-measures/")
        assert "3 of 7 areas reported" in visible(page)

    def test_hold_the_decimals_of_the_source_and_zero(self) -> None:
        self.say("PK-PB", "54.50", qualifier="about")
        self.say("PK-SD", 0)
        found = self.cells()
        assert (found["one.pk-pb"]["value"], found["one.pk-pb"]["qualifier"]) == ("54.5", "about")
        assert found["one.pk-sd"]["value"] == "0"
        assert found["one.pk-kp"]["value"] == ""

    def test_never_hold_a_row_that_left(self) -> None:
        self.say("PK-PB", 7)
        withdrawn, suspended = self.say("PK-SD", 8), self.say("PK-KP", 9)
        withdraw([withdrawn], reviewer(), "Wrong.", asked_by=asker())
        suspend([suspended], reviewer(), "To be checked.")
        assert [code for code, row in self.cells().items() if row["state"] != "none"] == ["one.pk-pb"]
        before = self.cells("edition=4")
        assert [code for code, row in before.items() if row["state"] == "figure"] == [
            "one.pk-pb",
            "one.pk-sd",
            "one.pk-kp",
        ]

    def test_prefer_the_latest_statement_without_a_figure(self) -> None:
        self.not_found("PK-PB")
        self.say("PK-PB", status="withheld", no_value_reason="Secret.", period_start=None, period_end="2025")
        assert self.cells()["one.pk-pb"]["state"] == "withheld"


class TestFilters(Measures):
    def test_keep_what_measures_a_policy_or_the_programme(self) -> None:
        programme, other = make_policy(code="nisp-2023-2028"), make_policy(code="other")
        situation, foreign = make_indicator(code="calm", position=2), make_indicator(code="far", position=3)
        publish_all(
            make_measure(action=make_action(policy=programme), indicator=self.indicator),
            make_measure(action=None, policy=programme, indicator=situation, use="situation"),
            make_measure(action=make_action(policy=other), indicator=foreign),
        )

        def told(query: str) -> set[str]:
            return {row["indicator"] for row in self.cells(query).values()}

        assert told("programme=true") == {"one"}
        assert told("policy=nisp-2023-2028") == {"one", "calm"}
        assert told("policy=other") == {"far"}
        assert told("use=situation") == {"calm"}
        assert told("") == {"one", "calm", "far"}

    def test_narrow_the_table_as_they_narrow_the_rows(self) -> None:
        self.say("PK-PB", 7)
        page = read(self.client, "/area-measures/?area=PK-PB")
        head, line = rows(page)[:2]
        assert head == ["Measure", "Punjab"]
        assert line[1].startswith("7 ")


class TestPage(Measures):
    def test_says_in_words_why_there_is_no_figure(self) -> None:
        self.say("PK-PB", 7)
        self.say("PK-BA+PK-KP", 9)
        self.not_found("PK-IS")
        _head, line = rows(read(self.client, "/area-measures/"))[:2]
        assert line.count("joint only") == 2
        assert "no public figure found, searched on 1 July 2024" in line
        assert line.count("no figure recorded") == 4  # Sindh, GB, AJK and the country

    def test_keeps_the_edition_in_its_links(self) -> None:
        self.say("PK-PB", 7)
        found = links(read(self.client, "/area-measures/?edition=2&on=2026-11-01"))
        assert "/provinces/pk-pb/?edition=2&on=2026-11-01" in found

    def test_names_how_many_measures_the_table_leaves_out(self) -> None:
        self.say("PK-PB", 7)
        publish_all(make_indicator(code="two", position=2))
        with mock.patch.object(listing, "SHOWN", 1):
            assert "1 further measure is in the list below." in visible(read(self.client, "/area-measures/"))

    def test_takes_the_same_queries_when_measures_and_figures_double(self) -> None:
        self.say("PK-PB", 7)
        before = [queries(self.client, f"/area-measures{end}") for end in ("/", ".csv")]
        for number in range(2, 6):
            indicator = make_indicator(code=f"m{number}", position=number)
            publish_all(make_measure(action=make_action(), indicator=indicator))
            for area in UNITS:
                self.say(area, number, indicator)
        assert [queries(self.client, f"/area-measures{end}") for end in ("/", ".csv")] == before


class TestMatrix(Measures):
    def test_has_exactly_one_cell_for_each_pair(self) -> None:
        self.say("PK-PB", 1)
        matrix = AreaMatrix.of(Reading.of(), [self.indicator])
        cells = [matrix.cell(area, indicator) for area in matrix.rows for indicator in matrix.indicators]
        assert len(cells) == len(matrix.rows) * len(matrix.indicators)
        assert sum(c.state == CellState.FIGURE and c.area in matrix.units for c in cells) == matrix.covered(
            self.indicator
        )
