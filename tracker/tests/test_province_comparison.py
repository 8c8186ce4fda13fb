"""Several areas side by side: the rows of the chosen ones, what can be compared marked, and all else told apart."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.test import TestCase

from provinces.models import Area
from tracker.models import Indicator
from tracker.tests.factories import (
    make_action,
    make_body,
    make_indicator,
    make_measure,
    make_policy,
    make_snapshot,
    make_update,
    publish_all,
)
from tracker.tests.pages import file_rows, links, load_areas, load_article, queries, read, rows, sections, visible

PAGE = "/provinces/compare/"
TWO = f"{PAGE}?area=PK-PB&area=PK-SD"
UNITS = ("PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS", "PK-GB", "PK-JK")
EXPECTED = Path(__file__).parent / "expected" / "province-comparison.csv"


class Comparison(TestCase):
    one: Indicator

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.one = make_indicator(code="one", name="Arrests", unit="arrests", position=1, behaviour="flow")
        publish_all(cls.one)

    def say(self, area: str, value: Any = None, indicator: Indicator | None = None, **how: Any) -> None:
        series, _ = (indicator or self.one).series.get_or_create(area=Area.objects.get(code=area))
        publish_all(make_snapshot(series=series, value=value, **({"period_start": None, "period_end": "2023"} | how)))

    def lines(self, address: str = TWO) -> list[list[str]]:
        return rows(sections(read(self.client, address))["measures"])


class TestChoice(Comparison):
    def test_is_a_form_of_boxes_that_works_without_a_script(self) -> None:
        page = read(self.client, TWO)
        boxes = re.findall(r'<input type="checkbox" name="area" value="([^"]+)"', page)
        assert tuple(boxes) == UNITS
        assert re.findall(r'value="([^"]+)"[^>]* checked', page) == ["PK-PB", "PK-SD"]
        assert '<form method="get" class="choices">' in page

    def test_of_none_asks_for_some_and_shows_nothing(self) -> None:
        page = read(self.client, PAGE)
        assert "No area is chosen yet. Tick two areas or more, and compare them." in visible(page)
        assert "<table" not in page
        assert file_rows(self.client.get("/provinces/compare.csv")) == []

    def test_of_one_asks_for_another_and_leads_to_its_page(self) -> None:
        page = read(self.client, f"{PAGE}?area=PK-PB")
        assert "One area alone cannot be compared. Tick at least one more. The page of Punjab" in visible(page)
        assert "/provinces/pk-pb/" in links(page)

    def test_of_all_is_one_column_each_in_the_order_of_areas(self) -> None:
        self.say("PK-GB", 1)
        asked = "&".join(f"area={code}" for code in reversed(UNITS))
        assert self.lines(f"{PAGE}?{asked}")[0] == [
            "Measure", "Punjab", "Sindh", "KP", "Balochistan", "Islamabad", "Gilgit-Baltistan", "AJK",
        ]  # fmt: skip

    def test_refuses_what_is_no_unit_in_page_and_file(self) -> None:
        for code in (
            "PK-XX",
            "pk-pb",
            "PK",
            "PK-TA",
            "PK-BA+PK-KP",
            "",
            "PK-PB'",
            "PK-PB,PK-SD",
            "ß" * 400,
            "<i>",
            "\x00",
        ):
            for address in (PAGE, "/provinces/compare.csv", f"/ur{PAGE}"):
                with self.subTest(code=code[:10], address=address):
                    response = self.client.get(address, {"area": ["PK-PB", code]})
                    assert response.status_code == 400
                    assert "<i>" not in response.text or response["Content-Type"].startswith("text/plain")

    def test_refuses_any_other_filter(self) -> None:
        for query in ("colour=green", "sort=area", "page=2", "indicator=one", "programme=true", "edition=99"):
            with self.subTest(query):
                assert self.client.get(f"{TWO}&{query}").status_code == 400

    def test_counts_an_area_once(self) -> None:
        self.say("PK-PB", 1)
        assert self.lines(f"{TWO}&area=PK-PB")[0] == ["Measure", "Punjab", "Sindh"]

    def test_keeps_edition_and_language(self) -> None:
        self.say("PK-PB", 1)
        page = read(self.client, f"{TWO}&edition=1")
        assert '<input type="hidden" name="edition" value="1">' in page
        assert "/provinces/compare.csv?area=PK-PB&area=PK-SD&edition=1" in links(page)
        assert "/ur/provinces/compare/?area=PK-PB&area=PK-SD&edition=1" in links(page)


class TestMeasures(Comparison):
    def test_have_a_figure_its_period_or_the_reason_why_there_is_none(self) -> None:
        self.say("PK-PB", 7)
        self.say("PK-SD", status="withheld", no_value_reason="On security grounds.")
        self.say("PK-BA+PK-KP", 9)
        self.say(
            "PK-IS", status="not-found", no_value_reason="Nothing.", citation=None,
            searched_on=date(2024, 7, 1), searched_where="The gazette",
        )  # fmt: skip
        asked = "&".join(f"area={code}" for code in UNITS[:6])
        assert self.lines(f"{PAGE}?{asked}")[1] == [
            "Arrests arrests", "7 2023", "withheld", "joint only", "joint only",
            "no public figure found, searched on 1 July 2024", "no figure recorded",
        ]  # fmt: skip

    def test_say_which_figures_cannot_be_compared_and_draw_none_of_them(self) -> None:
        self.say("PK-PB", 40)
        self.say("PK-SD", 20)
        self.say("PK-KP", 80, period_end="2024")
        page = sections(read(self.client, f"{TWO}&area=PK-KP"))["measures"]
        assert rows(page)[1][1:] == ["40 2023", "20 2023", "80 2024 · not comparable"]
        assert re.findall(r'<circle class="headline" cx="([^"]+)"', page) == ["100%", "50%"]

    def test_are_drawn_for_nobody_where_no_two_are_of_one_period(self) -> None:
        self.say("PK-PB", 40)
        self.say("PK-SD", 20, period_end="2024")
        page = sections(read(self.client, TWO))["measures"]
        assert rows(page)[1][1:] == ["40 2023 · not comparable", "20 2024 · not comparable"]
        assert "<circle" not in page

    def test_of_one_area_alone_are_neither_drawn_nor_called_incomparable(self) -> None:
        self.say("PK-PB", 40)
        page = sections(read(self.client, TWO))["measures"]
        assert rows(page)[1][1:] == ["40 2023", "no figure recorded"]
        assert "<circle" not in page

    def test_have_no_colour_of_a_judgement(self) -> None:
        self.say("PK-PB", 40)
        self.say("PK-SD", 20)
        page = sections(read(self.client, TWO))["measures"]
        assert not re.search(r'class="[^"]*(step-|state-|segment)', page)

    def test_of_the_situation_stand_apart_without_a_drawing(self) -> None:
        deaths = make_indicator(name="Deaths", unit="persons", position=0, behaviour="flow")
        publish_all(make_measure(action=None, policy=make_policy(), indicator=deaths, use="situation"))
        for area in ("PK-PB", "PK-SD"):
            self.say(area, 3, deaths)
            self.say(area, 4)
        page = sections(read(self.client, TWO))["measures"]
        assert [row[0] for row in rows(page)[1:]] == [
            "Arrests arrests", "The situation, told apart and never scored", "Deaths persons",
        ]  # fmt: skip
        assert page.count("<circle") == 2

    def test_of_which_nothing_is_recorded_are_named_below(self) -> None:
        publish_all(make_indicator(name="Checkpoints"))
        self.say("PK-PB", 1)
        page = visible(sections(read(self.client, TWO))["measures"])
        assert "No figure recorded in any of these areas, which is not zero: Checkpoints" in page

    def test_are_said_to_be_comparable_throughout_in_the_first_line(self) -> None:
        self.say("PK-PB", 1)
        assert "On no measure do all of these areas have figures of one period" in visible(read(self.client, TWO))
        self.say("PK-SD", 1)
        assert "On 1 measure all of these areas have figures of one period" in visible(read(self.client, TWO))

    def test_scroll_in_a_region_of_their_own(self) -> None:
        self.say("PK-PB", 1)
        region = '<div class="scroll" role="region" aria-label="All measures in these areas" tabindex="0">'
        assert region in read(self.client, TWO)

    def test_take_the_same_queries_when_rows_double(self) -> None:
        def grow() -> None:
            for _ in range(3):
                more = make_indicator(behaviour="flow")
                for area in ("PK-PB", "PK-SD"):
                    self.say(area, 5, more)
                    publish_all(make_action(area=Area.objects.get(code=area)), make_body(area_id=area))

        grow()
        before = queries(self.client, TWO)
        grow()
        assert queries(self.client, TWO) == before <= 18
        assert queries(self.client, TWO + "&area=PK-KP&area=PK-BA") == before


class TestCounts(Comparison):
    def test_hold_commitments_by_state_bodies_and_reports(self) -> None:
        punjab, sindh = Area.objects.get(code="PK-PB"), Area.objects.get(code="PK-SD")
        body = make_body(area=sindh)
        publish_all(
            make_action(area=punjab), make_action(area=punjab), make_action(area=sindh),
            body, make_body(area=punjab), make_update(body=body, as_of=date(2024, 1, 1)),
        )  # fmt: skip
        assert rows(sections(read(self.client, TWO))["counts"]) == [
            ["", "Punjab", "Sindh"],
            ["Population", "127,688,922 census 2023", "55,696,147 census 2023"],
            ["Commitments about the area", "2", "1"],
            ["Cannot say", "2", "1"],
            ["Bodies", "1", "1"],
            ["Bodies that ever published a report", "0", "1"],
            ["Last report by one of them", "never", "1 Jan 2024"],
        ]


class TestFile(TestCase):
    maxDiff = None

    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def test_is_exactly(self) -> None:
        response = self.client.get("/provinces/compare.csv?area=PK-KP&area=PK-SD&edition=1")
        self.assertEqual(response.getvalue().decode(), EXPECTED.read_text())

    def test_has_the_rows_of_the_list_of_all_areas_in_its_order(self) -> None:
        every = file_rows(self.client.get("/area-measures.csv"))
        chosen = file_rows(self.client.get("/provinces/compare.csv?area=PK-SD&area=PK-KP"))
        assert chosen == [row for row in every if row["area"] in ("PK-KP", "PK-SD")]

    def test_has_the_figures_of_the_page(self) -> None:
        chosen = file_rows(self.client.get("/provinces/compare.csv?area=PK-SD&area=PK-KP"))
        in_file = sorted(row["value"] for row in chosen if row["value"])
        page = sections(read(self.client, f"{PAGE}?area=PK-SD&area=PK-KP"))["measures"]
        on_page = re.findall(r"<a [^>]*><b>([^<]+)</b>", page)
        assert sorted(value.rstrip("%") for value in on_page) == in_file
        assert len(in_file) == 2

    def test_is_named_after_what_it_holds(self) -> None:
        response = self.client.get("/provinces/compare.csv?area=PK-SD")
        assert 'filename="azm-province-comparison-edition-1-' in response["Content-Disposition"]
