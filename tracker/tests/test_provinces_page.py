"""One area: what is known for it alone and, apart, what is told only together with others."""

from datetime import date

from django.test import TestCase

from provinces.models import Area
from tracker.tests.factories import (
    make_action,
    make_assignment,
    make_body,
    make_indicator,
    make_series,
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
        assert head == ["Indicator", "KP", "Pakistan", "Period", "Source"]
        assert figures == [["Conviction rate, terrorism cases", "35%", "44%", "2023", "Dunya News, July 2024"]]

    def test_of_its_composite_are_four_figures_apart(self) -> None:
        for code in ("pk-kp", "pk-ba"):
            with self.subTest(code):
                parts = self.parts(code)
                joint = items(parts["joint-1"])
                assert [item.split(" ")[0] for item in joint] == ["22,714", "1,063", "111", "354"]
                assert visible(parts["joint-1"]).startswith("Khyber Pakhtunkhwa and Balochistan jointly")
                for name, part in parts.items():
                    if name != "joint-1":
                        for figure in ("22,714", "1,063", "354"):
                            assert figure not in visible(part)

    def test_of_the_composite_itself_are_the_same_four_as_its_own(self) -> None:
        parts = self.parts("pk-ba+pk-kp")
        assert [row[1] for row in rows(parts["alone"])[1:]] == ["22,714", "1,063", "111", "354"]
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
        assert figures["Joint"][1:4] == ["131", "", "not stated"]
        assert "Kachha area" in figures["Joint"][0]

    def test_quote_what_is_said_in_words(self) -> None:
        assert "“continue to be at the receiving end of terrorism”" in visible(self.parts("pk-kp")["words"])

    def test_count_what_concerns_the_whole_country_apart(self) -> None:
        part = self.parts("pk-kp")["actions"]
        assert [row[0] for row in rows(part)[1:]] == ["azm-4.1", "azm-4.2"]
        assert "10 further actions are for the whole country." in visible(part)

    def test_lead_to_the_file_of_their_figures(self) -> None:
        (address,) = [link for link in links(self.parts("pk-kp")["alone"]) if ".csv" in link]
        assert {row["area"] for row in file_rows(self.client.get(address))} == {"PK-KP"}

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
        figures = {row[1]: row[-1] for row in rows(read(self.client, "/provinces/"))[1:]}
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

    def test_tells_what_is_withheld_from_what_is_absent(self) -> None:
        withheld = make_indicator(name="Withheld count")
        elsewhere = make_indicator(name="Count elsewhere")
        publish_all(
            make_snapshot(
                series=make_series(indicator=withheld, area=self.area),
                status="withheld",
                value=None,
                no_value_reason="On security grounds.",
            ),
            make_snapshot(series=make_series(indicator=elsewhere, area=Area.objects.get(code="PK-PB"))),
        )
        told = items(self.parts()["absent"])
        assert told == [
            "Withheld count: withheld – On security grounds.",
            "No figure of its own on record for: Count elsewhere. That is not zero.",
            "No progress report names this area.",
        ]

    def test_holds_actions_of_the_area_and_those_that_a_body_leads_in_it(self) -> None:
        own, led, other = make_action(area=self.area), make_action(), make_action()
        publish_all(own, other, make_assignment(action=led, area=self.area))
        codes = [row[0] for row in rows(self.parts()["actions"])[1:]]
        assert sorted(codes) == sorted([own.code, led.code])

    def test_holds_its_bodies_and_counts_its_reports(self) -> None:
        publish_all(
            make_body(name="Home Department", area=self.area), make_update(area=self.area, as_of=date(2024, 1, 1))
        )
        parts = self.parts()
        assert "Home Department" in visible(parts["bodies"])
        assert "1 progress report names this area." in visible(parts["absent"])
