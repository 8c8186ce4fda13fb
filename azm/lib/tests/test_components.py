"""The shared parts of pages: what they say, and what they never contain."""

import re
from datetime import date
from decimal import Decimal as D
from pathlib import Path

from django.template import Context, Engine
from django.test import SimpleTestCase
from django.utils.translation import override

from azm.lib import charts

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = ROOT / "templates"
ENGINE = Engine(
    dirs=[TEMPLATES],
    libraries={
        "azm": "azm.lib.templatetags.azm",
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
    },
)
LINKS = {
    "owner": True,
    "measure": True,
    "baseline": False,
    "requirement or target": False,
    "deadline": False,
    "latest figure": True,
    "report": False,
}


def render(name, **context):
    return ENGINE.get_template(name).render(Context(context))


class ChainTests(SimpleTestCase):
    def test_it_says_in_words_what_it_draws(self):
        chain = render("components/chain.html", links=LINKS)
        self.assertInHTML(
            '<span class="visually-hidden">3 of 7 links. Present: owner, measure, latest figure. '
            "Absent: baseline, requirement or target, deadline, report.</span>",
            chain,
        )
        self.assertEqual(chain.count("<circle"), 7)
        self.assertEqual(chain.count('class="absent"'), 4)

    def test_a_full_chain_misses_nothing(self):
        self.assertNotIn("Absent", render("components/chain.html", links=dict.fromkeys(LINKS, True)))

    def test_on_urdu_pages_the_first_link_is_rightmost(self):
        with override("ur"):
            self.assertIn('<text x="129" y="13.5">1</text>', render("charts/chain.svg", links=LINKS))


class CommitmentTests(SimpleTestCase):
    def test_what_is_missing_is_said_in_words(self):
        row = {"code": "1.3", "url": "/actions/1.3/", "wording": "“dismantled”", "links": dict.fromkeys(LINKS, False)}
        row |= {"state": "cannot-say", "word": "cannot say", "reason": "no owner, no measure"}
        html = render("components/commitments.html", rows=[row], caption="State authority")
        for words in ("nobody named", "no figure", "Cannot say", "no owner, no measure", "0 of 7"):
            self.assertIn(words, html)

    def test_not_scored_has_no_mark(self):
        html = render("components/state.html", state="not-scored", word="not scored", reason="an activity count")
        self.assertNotIn("<svg", html)
        self.assertIn("Not scored", html)

    def test_each_state_has_a_mark_of_its_own_and_its_word(self):
        states = ["done", "on-track", "slipping", "behind", "overdue", "nothing-due", "paused", "dropped", "cannot-say"]
        drawn = {state: render("components/mark.html", state=state).split(">", 1)[1] for state in states}
        self.assertEqual(len(set(drawn.values())), len(states))
        for state in states:
            self.assertIn("Word", render("components/state.html", state=state, word="word"))


class DistanceTests(SimpleTestCase):
    def test_the_source_s_own_share_stands_beside_ours(self):
        html = render(
            "components/distance.html",
            id="d",
            distance=charts.distance(D(16300), D(32000), stated=D("51.2")),
            share=D("50.9375"),
            reached_label="16,300 registered",
            short_label="15,700 short",
            required_label="required: all, about 32,000",
            stated_label="51.2% says the source",
        )
        for words in ("50.9%", "16,300 ÷ 32,000", 'x="51.2%"', "51.2% says the source", 'width="50.94%"'):
            self.assertIn(words, html)

    def test_two_totals_give_a_range(self):
        bar = charts.distance(D(18164), D(32000), required_most=D(40000))
        html = render("components/distance.html", id="d", distance=bar, share=D("56.7625"), least_share=D("45.41"))
        self.assertIn("45.4 to 56.8%", html)
        self.assertEqual(html.count('class="requirement"'), 2)


class TileMapTests(SimpleTestCase):
    def tiles(self):
        tile = {"box": charts.tile(2, 1), "lines": ["Punjab"], "text": "72", "step": 4, "url": "/p/", "name": "Punjab"}
        empty = {"box": charts.tile(1, 1), "lines": ["ICT"], "word": "no figure", "step": None, "name": "Islamabad"}
        return render("components/tile_map.html", id="m", title="Rate", tiles=[tile, empty])

    def test_every_tile_is_named_with_its_value_or_its_word(self):
        self.assertIn('aria-label="Punjab: 72"', self.tiles())
        self.assertIn('aria-label="Islamabad: no figure"', self.tiles())

    def test_only_a_tile_without_a_figure_is_hatched(self):
        self.assertEqual(self.tiles().count("url(#m-hatch)"), 1)

    def test_it_is_not_mirrored_on_urdu_pages(self):
        with override("ur"):
            self.assertIn('<svg x="92" y="184"', self.tiles())


class FrameTests(SimpleTestCase):
    def test_pages_of_failure_need_no_context(self):
        for code in (400, 403, 404, 500, 503):
            html = render(f"{code}.html")
            self.assertEqual(html.count("<h1>"), 1, code)
            self.assertIn(f"<bdi>{code}</bdi>", html)

    def test_the_language_and_its_direction_are_declared(self):
        self.assertIn('<html lang="en">', render("base.html"))
        with override("ur"):
            page = render("base.html")
        self.assertIn('<html lang="ur" dir="rtl">', page)
        self.assertIn("urdu.css", page)

    def test_english_pages_load_no_font(self):
        self.assertNotIn("urdu.css", render("base.html"))

    def test_the_current_page_is_marked(self):
        items = [{"url": "/", "label": "Overview", "current": True}, {"url": "/actions/", "label": "Actions"}]
        page = render("base.html", navigation=items)
        self.assertIn('<a href="/" aria-current="page">Overview</a>', page)
        self.assertIn('<a href="/actions/">Actions</a>', page)

    def test_an_earlier_edition_says_so_above_everything(self):
        first, second = ({"number": n, "published": date(2026, 11, 20 + n)} for n in (1, 2))
        page = render("base.html", edition=first, newest_edition=second, newest_url="/?x", sample=False)
        self.assertIn("as it stood on 21 November 2026", page)
        self.assertIn('<a href="/?x">Read it in edition 2</a>', page)
        self.assertNotIn("as it stood", render("base.html", edition=second, newest_edition=second))

    def test_invented_pages_say_so(self):
        self.assertIn("SAMPLE", render("base.html", sample=True))
        self.assertNotIn("SAMPLE", render("base.html"))


class PolicyTests(SimpleTestCase):
    """A strict content security policy and two directions of script, held in every file."""

    def test_no_template_carries_style_or_script(self):
        for path in TEMPLATES.rglob("*.*"):
            if "admin" not in path.parts and path.name != "file.svg":  # a file that is taken away has its own style
                self.assertIsNone(re.search(r"\sstyle=|<style|<script(?! src=)|\son\w+=", path.read_text()), path)

    def test_directions_are_logical_except_for_numbers(self):
        physical = re.compile(
            r"(?:margin|padding|border)-(?:left|right|top|bottom)|float: (?:left|right)"
            r"|(?<![-\w])(?:left|right|top|bottom|width|height):"
            r"|text-align: left|text-align: right"
        )
        for name in ("azm.css", "urdu.css", "print.css"):
            css = (ROOT / "static" / "css" / name).read_text()
            css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
            self.assertEqual([m for m in physical.findall(css) if m != "text-align: right"], [], name)
            self.assertLessEqual(css.count("text-align: right"), 1)

    def test_only_the_urdu_stylesheet_loads_anything(self):
        for name in ("azm.css", "print.css"):
            self.assertNotIn("url(", (ROOT / "static" / "css" / name).read_text())

    def test_every_component_begins_with_its_context(self):
        for path in [*(TEMPLATES / "components").glob("*.*"), *(TEMPLATES / "charts").glob("*.*")]:
            self.assertTrue(path.read_text().startswith("{% comment %}\n"), path)
            self.assertIn("Context", path.read_text(), path)
