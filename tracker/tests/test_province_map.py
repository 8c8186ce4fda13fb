"""The list of provinces with its map: tiles by default, outlines only where the operator turned them on."""

import re
from typing import Any

from django.test import TestCase, override_settings
from django.utils.html import escape

from provinces.models import Area
from tracker.models import Indicator
from tracker.tests.factories import make_indicator, make_snapshot, publish_all
from tracker.tests.pages import links, load_areas, queries, read, visible

OUTLINES = override_settings(AZM_OUTLINE_MAP=True)
DISCLAIMER = "An illustration, not authoritative boundaries: no position on the status of any area or line is implied."


class Maps(TestCase):
    registered: Indicator
    killed: Indicator

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.registered = make_indicator(code="registered", name="Registered", direction="rise", position=2)
        cls.killed = make_indicator(
            code="killed", name="Killed", direction="not-scored", unscored_reason="The situation.", position=1
        )
        for value, area in enumerate(("PK-PB", "PK-SD", "PK-KP", "PK-IS"), start=1):
            for indicator in (cls.registered, cls.killed):
                cls.say(indicator, area, value * 10)

    @classmethod
    def say(cls, indicator: Indicator, area: str, value: Any) -> None:
        series, _ = indicator.series.get_or_create(area=Area.objects.get(code=area))
        publish_all(make_snapshot(series=series, value=value, period_start=None, period_end="2023"))

    def figure(self, address: str = "/provinces/") -> str:
        (found,) = re.findall(
            r'<figure class="(?:tile|outline)-map">.*?</figure>', read(self.client, address), re.DOTALL
        )
        return str(found)


def _chooser(page: str) -> str:
    """The form that chooses the measure, and not the search above it."""
    return page[page.index('name="measure"') :].partition("</form>")[0]


class TestMap(Maps):
    def test_is_of_tiles_that_lead_to_their_areas(self) -> None:
        drawn = self.figure()
        assert drawn.startswith('<figure class="tile-map">')
        assert {link for link in links(drawn) if link.startswith("/provinces/")} == {
            f"/provinces/pk-{code}/" for code in ("pb", "sd", "kp", "ba", "is", "gb", "jk")
        }
        assert 'aria-label="Punjab: 10"' in drawn
        assert 'aria-label="Balochistan: no figure"' in drawn

    def test_shows_what_most_areas_have_and_of_two_such_the_one_with_a_shade(self) -> None:
        page = read(self.client, "/provinces/")
        assert '<option value="registered" selected>Registered</option>' in page
        for area in ("PK-GB", "PK-JK"):
            self.say(self.killed, area, 1)
        assert '<option value="killed" selected>Killed</option>' in read(self.client, "/provinces/")

    def test_shows_the_measure_that_is_chosen(self) -> None:
        assert "Every statement about: Killed" in visible(read(self.client, "/provinces/?measure=killed"))

    def test_has_no_shade_for_a_count_that_is_never_scored(self) -> None:
        assert set(re.findall(r"step-\d", self.figure("/provinces/?measure=killed"))) == {"step-0"}
        assert "step-5" in self.figure("/provinces/?measure=registered")
        assert 'class="dots"' not in read(self.client, "/provinces/?measure=killed")

    def test_offers_only_measures_that_two_areas_have_in_one_period(self) -> None:
        publish_all(make_snapshot(series=make_indicator(code="lonely").series.create(area_id="PK-PB")))
        offered = re.findall(r'<option value="([^"]+)"', _chooser(read(self.client, "/provinces/")))
        assert offered == ["killed", "registered"]

    def test_refuses_a_measure_that_has_none(self) -> None:
        for asked in ("lonely", "x", "'; DROP", "<b>", "9" * 500, "ß"):
            for prefix in ("", "/ur"):
                with self.subTest(asked=asked[:10], prefix=prefix):
                    response = self.client.get(f"{prefix}/provinces/", {"measure": asked})
                    assert response.status_code == 400
                    assert escape(asked[:100]) in response.text

    def test_keeps_the_filters_of_the_list_and_these_keep_the_measure(self) -> None:
        page = read(self.client, "/provinces/?kind=province&measure=killed&edition=8")
        of_map, of_list = re.findall(r"<form method=\"get\">.*?</form>", page, re.DOTALL)
        assert '<input type="hidden" name="kind" value="province">' in of_map
        assert '<input type="hidden" name="edition" value="8">' in of_map
        assert '<input type="hidden" name="measure" value="killed">' in of_list
        assert "/provinces.csv?kind=province&edition=8" in links(page)

    def test_is_no_matter_of_the_file(self) -> None:
        assert self.client.get("/provinces.csv?measure=killed").status_code == 400

    def test_is_said_to_be_missing_where_nothing_can_be_shown(self) -> None:
        page = read(self.client, "/provinces/?edition=1")  # one area alone had a figure then
        assert "No two areas have a figure of one measure and one period." in visible(page)

    def test_takes_the_same_queries_whatever_there_is(self) -> None:
        before = queries(self.client, "/provinces/")
        for _ in range(4):
            more = make_indicator(direction="rise")
            for area in ("PK-PB", "PK-SD", "PK-GB"):
                self.say(more, area, 1)
        assert queries(self.client, "/provinces/") == before <= 16

    def test_is_not_mirrored_in_urdu(self) -> None:
        places = [re.findall(r'<svg x="(\d+)" y="(\d+)"', self.figure(f"{way}/provinces/")) for way in ("", "/ur")]
        assert places[0] == places[1] != []


class TestOutlines(Maps):
    def test_are_never_drawn_unless_the_operator_says_so(self) -> None:
        for address in ("/provinces/", "/provinces/pk-pb/"):
            page = read(self.client, address)
            assert DISCLAIMER not in visible(page)
            assert 'class="ground" d="' not in page

    @OUTLINES
    def test_take_the_place_of_the_tiles_with_a_disclaimer_below(self) -> None:
        drawn = self.figure()
        assert drawn.startswith('<figure class="outline-map">')
        assert len(re.findall(r'<path class="ground" d="M', drawn)) == 7
        assert DISCLAIMER in visible(drawn)

    @OUTLINES
    def test_have_every_value_in_a_list_beside_them(self) -> None:
        listed = self.figure().partition('<ul class="outline-values">')[2]
        assert "Islamabad Capital Territory 40" in visible(listed)
        assert "Balochistan no figure" in visible(listed)
        assert "/provinces/pk-jk/" in links(listed)

    @OUTLINES
    def test_have_no_shade_for_a_count_that_is_never_scored(self) -> None:
        assert set(re.findall(r"step-\d", self.figure("/provinces/?measure=killed"))) == {"step-0"}

    @OUTLINES
    def test_show_where_a_province_lies(self) -> None:
        page = read(self.client, "/provinces/pk-pb/")
        (drawn,) = re.findall(r'<figure class="locator.*?</figure>', page, re.DOTALL)
        assert len(re.findall(r"<path ", drawn)) == 7
        assert len(re.findall(r'<path class="shape here"', drawn)) == 1
        assert DISCLAIMER in visible(drawn)

    @OUTLINES
    def test_are_not_drawn_for_areas_that_have_none(self) -> None:
        """Those of the sample are invented."""
        Area.objects.units().update(tile_row=None, tile_column=None)
        for n, row in enumerate(("PK-XA", "PK-XB")):
            Area.objects.create(
                code=row, name=row, short_name=row, kind="province", position=900 + n, tile_row=n, tile_column=0
            )
        Area.objects.filter(code__in=["PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS", "PK-GB", "PK-JK"]).update(
            kind="former", valid_to="2020"
        )
        for area in ("PK-XA", "PK-XB"):
            self.say(self.registered, area, 5)
        assert self.figure().startswith('<figure class="tile-map">')
