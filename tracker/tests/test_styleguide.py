"""The page of components: every one of them is there, and nothing on it can be taken for a fact."""

import re
from base64 import b64decode
from collections import Counter
from decimal import Decimal
from html import unescape
from itertools import pairwise
from typing import Any, ClassVar
from xml.etree import ElementTree

from django.conf import settings
from django.test import SimpleTestCase, TestCase
from django.urls import resolve

from azm.lib.colours import contrast, tokens
from tracker.assessment.schedule import State
from tracker.progress import STRIPS
from tracker.tests.factories import make_source, publish_all
from tracker.tests.pages import queries, sections, visible

TEMPLATES = settings.BASE_DIR / "templates"
STYLESHEET = settings.BASE_DIR / "static" / "css" / "azm.css"


class TestStyleguide(TestCase):
    answers: ClassVar[dict[str, Any]]

    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(make_source())

    def page(self, address: str = "/styleguide/") -> Any:
        response = self.client.get(address)
        assert response.status_code == 200
        return response

    def test_shows_every_component_and_every_chart(self) -> None:
        """Add a Specimen to tracker/views/styleguide for what is named here."""
        parts = {*TEMPLATES.glob("components/*.html"), *TEMPLATES.glob("charts/*.svg")}
        assert len(parts) > 40
        for address in ("/styleguide/", "/ur/styleguide/"):
            rendered = {template.name for template in self.page(address).templates}
            assert {str(part.relative_to(TEMPLATES)) for part in parts} - rendered == set()

    def test_declares_each_component_itself(self) -> None:
        """It is not enough that another component draws it."""
        page = self.page().text
        for part in (*TEMPLATES.glob("components/*.html"), *TEMPLATES.glob("charts/*.svg")):
            with self.subTest(part.name):
                assert f'<code dir="ltr">{part.relative_to(TEMPLATES)}</code>' in page

    def test_shows_every_state_by_its_word_and_in_all_three_answers(self) -> None:
        page = self.page().text
        answers = visible(sections(page)["answers"])
        for state in State:
            assert str(state.label).capitalize() in visible(page)
            assert str(state.label).capitalize() in answers

    def test_shows_every_state_that_is_judged_in_the_strip(self) -> None:
        counts = sections(self.page().text)["counts"]
        for state in STRIPS:
            assert f'class="segment segment-{state}"' in counts

    def test_has_no_id_twice(self) -> None:
        """Labels, titles of drawings and hatchings are found by them."""
        for address in ("/styleguide/", "/ur/styleguide/"):
            ids = Counter(re.findall(r'\sid="([^"]*)"', self.page(address).text))
            assert "" not in ids
            assert [name for name, times in ids.items() if times > 1] == []

    def test_leads_to_no_page_of_what_is_invented(self) -> None:
        """What is not on record has no page of its own."""
        shown = self.page().text.partition("<main")[2].partition("</main>")[0]
        addresses = {href.partition("#")[0].partition("?")[0] for href in re.findall(r'href="([^"]*)"', shown)}
        assert [address for address in addresses if address and resolve(address).kwargs] == []

    def picture(self, address: str = "/styleguide/") -> str:
        (coded,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]*)"', self.page(address).text)
        return b64decode(coded).decode()

    def test_shows_the_file_of_a_chart_as_a_picture(self) -> None:
        """Its style must not reach the page, and the page's not reach it."""
        assert ElementTree.fromstring(self.picture()).tag == "{http://www.w3.org/2000/svg}svg"
        assert "An invented share" in self.picture()
        assert "<style" not in self.page().text.partition("<main")[2]

    def test_sets_the_lines_of_the_file_wide_enough_for_nastaliq(self) -> None:
        for address, x, apart in (("/styleguide/", 58, 19), ("/ur/styleguide/", 900, 28)):
            places = [int(y) for y in re.findall(rf'x="{x}" y="(\d+)"', self.picture(address))]
            assert len(places) == 8
            assert {below - above for above, below in pairwise(places)} == {apart}

    def test_tells_those_who_do_not_see_the_picture_what_it_shows(self) -> None:
        for address in ("/styleguide/", "/ur/styleguide/"):
            (told,) = re.findall(r'<img class="picture" [^>]* alt="([^"]*)">', self.page(address).text)
            assert "38%" in told
            assert "<" not in unescape(told)

    def test_says_that_nothing_on_it_is_true_and_is_in_no_index(self) -> None:
        page = self.page().text
        assert "says nothing about Pakistan" in visible(page)
        assert '<meta name="robots" content="noindex">' in page

    def test_shows_every_colour_with_its_contrast(self) -> None:
        shown = sections(self.page().text)["colours"]
        for token in tokens(STYLESHEET):
            assert f">{token.name}</code>" in shown
            assert token.light in shown

    def test_asks_the_database_for_the_reading_alone(self) -> None:
        assert queries(self.client, "/styleguide/") <= 8


class TestColours(SimpleTestCase):
    def test_contrast_is_that_of_the_guidelines(self) -> None:
        for one, other, known in (("#000", "#fff", "21.0"), ("#777", "#ffffff", "4.5"), ("#fff", "#fff", "1.0")):
            assert contrast(one, other) == contrast(other, one) == Decimal(known)

    def test_of_text_is_enough_in_light_and_in_dark(self) -> None:
        text = {"ink", "ink-2", "ink-3", "green", "off", "done", "track", "risk", "over", "later"}
        marks = {"risk-fill", "rule-2"}
        known = {token.name: token for token in tokens(STYLESHEET)}
        assert text | marks <= set(known)
        for names, least in ((text, Decimal("4.5")), (marks, Decimal(3))):
            for name in names:
                with self.subTest(name):
                    assert min(known[name].on_light, known[name].on_dark) >= least

    def test_of_words_on_a_colour_is_enough_too(self) -> None:
        known = {token.name: token for token in tokens(STYLESHEET)}
        pairs = (("on-green", "green"), ("on-sample", "sample"), ("on-step", "step-3"), ("on-step-4", "step-4"))
        for on, ground in (*pairs, ("on-step-5", "step-5"), ("on-step", "step-1"), ("ink", "green-wash")):
            with self.subTest(on=on, ground=ground):
                assert contrast(known[on].light, known[ground].light) >= Decimal("4.5")
                assert contrast(known[on].dark, known[ground].dark) >= Decimal("4.5")
