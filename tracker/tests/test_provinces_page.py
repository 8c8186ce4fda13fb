"""One area: what is known for it alone and, apart, what is told only together with others."""

import re
from datetime import UTC, date, datetime
from typing import Any

import time_machine
from django.test import TestCase

from provinces.models import Area
from tracker.models import Indicator, IndicatorBreak
from tracker.tests.factories import (
    make,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_indicator,
    make_measure,
    make_policy,
    make_snapshot,
    make_update,
    publish_all,
)
from tracker.tests.pages import file_rows, items, links, load_areas, load_article, read, rows, sections, visible


class TestProvincesOfTheArticle(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def parts(self, code: str) -> dict[str, str]:
        return sections(read(self.client, f"/provinces/{code}/"))

    def test_of_khyber_pakhtunkhwa_alone_is_its_conviction_rate(self) -> None:
        head, *figures = rows(self.parts("pk-kp")["alone"])
        assert head == [
            "Indicator", "KP", "Pakistan", "Among the areas with a figure", "By size", "Period", "Source",
        ]  # fmt: skip
        others = "Punjab 72%, Sindh 54%, Balochistan 6%"
        source = "Dunya News, July 20241"  # the number is printed in the place of the source
        assert figures == [["Conviction rate, terrorism cases", "35%", "44%", others, "3 of 4", "2023", source]]

    def test_of_its_composite_are_four_figures_apart(self) -> None:
        for code in ("pk-kp", "pk-ba"):
            with self.subTest(code):
                parts = self.parts(code)
                joint = items(parts["joint-1"])
                assert [item.split(" ")[0] for item in joint] == ["22,714", "1,063", "111", "354"]
                assert "All of them: Dunya News, July 2024, in its own words" in visible(parts["joint-1"])
                assert 'class="seam"' in parts["joint-1"]
                assert visible(parts["joint-1"]).startswith("Khyber Pakhtunkhwa and Balochistan jointly")
                for name, part in parts.items():
                    if name != "joint-1":
                        for figure in ("22,714", "1,063", "354"):
                            assert figure not in visible(part)

    def test_of_the_composite_itself_are_the_same_four_as_its_own(self) -> None:
        parts = self.parts("pk-ba+pk-kp")
        assert [row[1] for row in rows(parts["alone"])[1:] if len(row) > 1] == ["22,714", "1,063", "111", "354"]
        assert "joint-1" not in parts
        assert visible(parts["alone"]).startswith("The areas jointly")

    def test_of_an_area_without_a_figure_say_so(self) -> None:
        for code in ("pk-is", "pk-gb", "pk-jk", "pk-ta"):
            with self.subTest(code):
                parts = self.parts(code)
                assert "No figure for this area alone is on record." in visible(parts["alone"])
                assert "That is not zero." in visible(parts["absent"])
                assert "joint-1" not in parts

    def test_put_the_country_beside_only_where_the_period_is_the_same(self) -> None:
        figures = {row[0].split(" ")[0]: row for row in rows(self.parts("pk-pb")["alone"])[1:]}
        assert figures["Conviction"][1:3] == ["72%", "44%"]
        assert figures["Joint"][1:6] == ["131", "", "", "", "not stated"]
        assert "Kachha area" in figures["Joint"][0]

    def test_quote_what_is_said_in_words(self) -> None:
        assert "“continue to be at the receiving end of terrorism”" in visible(self.parts("pk-kp")["words"])

    def test_count_what_concerns_the_whole_country_apart(self) -> None:
        part = self.parts("pk-kp")["actions"]
        assert [row[0] for row in rows(part)[1:]] == ["azm-4.1", "azm-4.2"]
        assert rows(part)[1][3:] == ["4 provincial governments", "Cannot say no measure"]
        assert "10 further commitments are for the whole country." in visible(part)

    def test_lead_to_the_file_of_their_figures(self) -> None:
        (address,) = [link for link in links(self.parts("pk-kp")["alone"]) if ".csv" in link]
        assert {row["area"] for row in file_rows(self.client.get(address))} == {"PK-KP"}

    def test_begin_with_what_a_newspaper_would_print(self) -> None:
        leads = {code: self.lead(code) for code in ("pk-kp", "pk-pb", "pk-gb", "pk-ba+pk-kp")}
        joint = "Intelligence-based operations, Terrorism incidents, Security personnel killed (as reported) and "
        assert leads == {
            "pk-kp": "Conviction rate, terrorism cases (2023): 35%, below the country’s 44%. "
            f"4 measures are told only for Khyber Pakhtunkhwa and Balochistan jointly: {joint}"
            "Reported as “terrorist casualties”. "
            "The one body of the area on record has published no progress report.",
            "pk-pb": "Conviction rate, terrorism cases (2023): 72%, above the country’s 44%. "
            "The one body of the area on record has published no progress report.",
            "pk-gb": "No figure for this area alone is on record.",
            "pk-ba+pk-kp": "4 of 12 measures on record have a figure for this area alone.",
        }

    def lead(self, code: str) -> str:
        page = read(self.client, f"/provinces/{code}/")
        return visible(page.partition('<p class="lead">')[2].partition("</p>")[0])

    def test_call_nobody_silent_without_a_duty_to_report(self) -> None:
        silent, withheld, absent = items(self.parts("pk-kp")["absent"])
        assert silent == (
            "Silent: nobody can be called so: no duty to report is on record for its 1 body. "
            "No progress report names this area."
        )
        assert withheld == "Withheld: no figure, as far as is on record. A body has to say that it withholds."
        assert absent.startswith("Absent: No figure of its own on record for: ")

    def test_of_a_former_unit_lead_to_where_it_went(self) -> None:
        assert "Merged into Khyber Pakhtunkhwa, 2018" in visible(read(self.client, "/provinces/pk-ta/"))
        assert "Federally Administered Tribal Areas merged into it, 2018" in visible(
            read(self.client, "/provinces/pk-kp/")
        )

    def test_are_found_in_any_case_and_not_found_else(self) -> None:
        assert self.client.get("/provinces/PK-KP/").status_code == 200
        for code in ("pk-xx", "kp", "%F0%9F%87%B5", "pk-kp'", "ß" * 50):
            with self.subTest(code):
                assert self.client.get(f"/provinces/{code}/").status_code == 404

    def test_list_says_how_many_figures_stand_for_each(self) -> None:
        figures = {row[1]: row[-1] for row in rows(read(self.client, "/provinces/").rpartition("<table")[2])[1:]}
        assert figures == {
            "PK-PB": "2", "PK-SD": "1", "PK-KP": "1", "PK-BA": "1", "PK-BA+PK-KP": "4", "PK-IS": "0", "PK-GB": "0",
            "PK-JK": "0", "PK-TA": "0", "PK": "7",
        }  # fmt: skip


class TestProvincePage(TestCase):
    area: Area

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.area = Area.objects.get(code="PK-SD")

    def parts(self) -> dict[str, str]:
        return sections(read(self.client, "/provinces/pk-sd/"))

    def say(self, indicator: Indicator, area: str, value: Any, **how: Any) -> None:
        series, _ = indicator.series.get_or_create(area=Area.objects.get(code=area))
        publish_all(make_snapshot(series=series, value=value, **({"period_start": None, "period_end": "2023"} | how)))

    def figures(self) -> list[list[str]]:
        return rows(self.parts()["alone"])[1:]

    def test_stands_among_the_figures_of_its_period_each_from_zero(self) -> None:
        counted = make_indicator(name="Counted", behaviour="flow")
        for area, value in (("PK-SD", 40), ("PK-PB", 80), ("PK-KP", 10), ("PK", 200)):
            self.say(counted, area, value)
        self.say(counted, "PK-BA", 70, period_end="2022")
        (row,) = self.figures()
        assert row[1:5] == ["40", "200", "Punjab 80, KP 10", "2 of 3"]
        part = self.parts()["alone"].partition("</table>")[0]
        assert 'class="headline" cx="50%"' in part
        assert re.findall(r'class="other" cx="([^"]+)"', part) == ["100%", "12.5%"]
        assert (
            'class="reference" x1=' not in part.partition("</table>")[0]
        )  # the country's count is no mark on its scale

    def test_has_the_country_as_a_line_only_where_the_unit_allows(self) -> None:
        share = make_indicator(name="Share", behaviour="share")
        for area, value in (("PK-SD", 40), ("PK-PB", 80), ("PK", 55)):
            self.say(share, area, value)
        assert '<line class="reference" x1="55%"' in self.parts()["alone"]

    def test_has_no_strip_and_no_place_where_it_stands_alone_or_for_the_situation(self) -> None:
        alone, deaths = make_indicator(name="Alone"), make_indicator(name="Deaths", behaviour="flow")
        policy = make_policy()
        publish_all(make_measure(action=None, policy=policy, indicator=deaths, use="situation"))
        self.say(deaths, "PK-SD", 3)
        self.say(deaths, "PK-PB", 9)
        self.say(alone, "PK-SD", 3)
        assert [row[:5] for row in self.figures()] == [
            ["Alone", "3", "", "", ""],
            ["The situation, told apart and never scored"],
            ["Deaths", "3", "", "", ""],
        ]

    def test_notes_rivals_and_changes_of_the_definition(self) -> None:
        counted = make_indicator(name="Counted", behaviour="flow")
        self.say(counted, "PK-SD", 40)
        self.say(counted, "PK-SD", 44)
        publish_all(make(IndicatorBreak, indicator=counted, on="2019", citation=make_citation()))
        (row,) = self.figures()
        assert row[0] == "Counted 1 rival: 40 to 44 · definition changed: 2019"

    def test_tells_a_former_unit_apart(self) -> None:
        counted = make_indicator(name="Counted", behaviour="flow")
        for area in ("PK-KP", "PK-TA"):
            self.say(counted, area, 91)
        (row,) = rows(sections(read(self.client, "/provinces/pk-kp/"))["alone"])[1:]
        assert row[0] == "Counted FATA apart: 91"

    def test_sets_the_country_beside_what_is_told_jointly_as_a_figure_of_another_scope(self) -> None:
        counted = make_indicator(name="Counted", behaviour="flow")
        self.say(counted, "PK-BA+PK-KP", 7)
        self.say(counted, "PK", 19, period_end="2024")
        (joint,) = items(sections(read(self.client, "/provinces/pk-ba/"))["joint-1"])
        assert joint.startswith("7 Counted 2023 ")
        assert "◇ Pakistan, 2024: 19" in joint

    def test_tells_silent_withheld_sought_and_absent_apart(self) -> None:
        withheld, sought = make_indicator(name="Withheld count", position=1), make_indicator(name="Sought", position=2)
        body = make_body(name="Home Department", area=self.area)
        publish_all(body, make_duty(body=body, starts="2024-01", interval_months=3))
        self.say(make_indicator(name="Elsewhere"), "PK-PB", 1)
        self.say(withheld, "PK-SD", None, status="withheld", no_value_reason="On security grounds.")
        self.say(
            sought, "PK-SD", None, status="not-found", no_value_reason="Nothing.", citation=None,
            searched_on=date(2024, 7, 1), searched_where="The gazette",
        )  # fmt: skip
        with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
            told = items(self.parts()["absent"])
        assert told == [
            "Silent: Home Department: silent for 936 days; a report every 3 months is due. "
            "No progress report names this area.",
            "Withheld: Withheld count – On security grounds.",
            "Absent: Sought: no public figure found, searched on 1 July 2024. "
            "No figure of its own on record for: Elsewhere. That is not zero.",
        ]

    def test_holds_actions_of_the_area_and_those_that_a_body_leads_in_it(self) -> None:
        own, led, other = make_action(area=self.area), make_action(), make_action()
        publish_all(own, other, make_assignment(action=led, area=self.area, body=make_body(name="The police")))
        told = {row[0]: row[3:] for row in rows(self.parts()["actions"])[1:]}
        assert told == {own.code: ["none named", told[own.code][1]], led.code: ["The police", told[led.code][1]]}
        assert all(state.startswith("Cannot say") for _lead, state in told.values())

    def test_says_of_each_body_when_it_last_reported(self) -> None:
        body = make_body(name="Home Department", area=self.area, kind="department", sphere="provincial")
        publish_all(
            body,
            make_body(name="Police", area=self.area, kind="police", sphere="provincial"),
            make_update(body=body, area=self.area, as_of=date(2023, 1, 1)),
            make_update(body=body, as_of=date(2024, 1, 1)),
        )
        parts = self.parts()
        assert rows(parts["bodies"])[1:] == [
            ["Home Department", "department", "provincial", "1 Jan 2024"],
            ["Police", "police", "provincial", "never"],
        ]
        assert "1 progress report names this area." in visible(parts["absent"])
        assert "1 of its 2 bodies on record have published a progress report." in visible(
            read(self.client, "/provinces/pk-sd/")
        )

    def test_says_on_the_printed_sheet_what_the_sheet_leaves_out(self) -> None:
        publish_all(*(make_body(area=self.area) for _ in range(9)))
        assert '<p class="note print-only">The first 8 of 9; all are on the page.</p>' in self.parts()["bodies"]

    def test_leads_to_the_comparison_with_the_edition_kept(self) -> None:
        publish_all(make_body(area=self.area))
        assert "/provinces/compare/?area=PK-SD&edition=1" in links(read(self.client, "/provinces/pk-sd/?edition=1"))
        assert not [a for a in links(read(self.client, "/provinces/pk-ta/")) if "compare" in a]

    def test_shows_where_it_lies_among_tiles_that_lead_to_the_others(self) -> None:
        publish_all(make_body(area=self.area))
        (drawn,) = re.findall(r'<figure class="locator.*?</figure>', read(self.client, "/provinces/pk-sd/"), re.DOTALL)
        assert len(links(drawn)) == 7
        assert len(re.findall(r'class="shape here"', drawn)) == 1
        assert re.search(r'href="/provinces/pk-sd/" aria-label="Sindh" aria-current="page"', drawn)
