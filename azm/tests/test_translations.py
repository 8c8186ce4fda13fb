"""The Urdu catalogue is complete, compiled, and keeps the places that the code fills in.

A missing string is added by `manage.py makemessages -l ur -e html,py,svg,txt --no-location`, translated
in the .po by hand, and compiled by `manage.py compilemessages -l ur`; both need GNU gettext.
"""

import ast
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

from django.conf import settings
from django.core.management import call_command
from django.test import SimpleTestCase, TestCase
from django.utils.translation import override
from django.utils.translation.template import templatize

from tracker.assessment import methods
from tracker.assessment.method import FORMULAS, untranslated
from tracker.assessment.openness import Gap
from tracker.assessment.pace import Distance
from tracker.assessment.rollups import Burden, Rollup
from tracker.assessment.rules import RULES
from tracker.assessment.silence import Silence
from tracker.assessment.standings import Chain
from tracker.assessment.waiting import Waiting

ROOT = settings.BASE_DIR
CATALOGUE = ROOT / "locale" / "ur" / "LC_MESSAGES"
APPS = ("azm", "provinces", "tracker", "templates")

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(_|n?gettext|pgettext)\(({LITERAL}(?:, {LITERAL})?)", re.DOTALL)


class Entry:
    """One message: all its msgid by keyword, and what it says in Urdu, one or two forms."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}

    @property
    def key(self) -> str:
        """As the compiled catalogue knows it."""
        context = self.parts.get("msgctxt")
        return self.parts["msgid"] if context is None else f"{context}\4{self.parts['msgid']}"

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The English and the Urdu of each form."""
        if "msgid_plural" not in self.parts:
            return [(self.parts["msgid"], self.parts["msgstr"])]
        english = (self.parts["msgid"], self.parts["msgid_plural"])
        return [(text, self.parts[f"msgstr[{n}]"]) for n, text in enumerate(english)]


def entries() -> list[Entry]:
    """The .po file, which is `keyword "text"` with further lines of text, and comments."""
    found: list[Entry] = []
    keyword = ""
    for line in (CATALOGUE / "django.po").read_text(encoding="utf-8").splitlines():
        if line.startswith(("msgctxt", "msgid ")) and keyword != "msgctxt":
            found.append(Entry())
        if line.startswith("msg"):
            keyword, line = line.split(" ", 1)
            found[-1].parts[keyword] = ""
        if line.startswith('"'):
            found[-1].parts[keyword] += ast.literal_eval(line)
    return found


def files(suffixes: tuple[str, ...]) -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*")):
            if path.suffix in suffixes and "tests" not in path.parts:
                yield path


def called(path: Path) -> Iterator[str]:
    """The messages of a Python file, as the catalogue's keys."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SINGULAR | PLURAL and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def written(path: Path) -> Iterator[str]:
    """The messages of a template; Django turns it into what looks like Python, as makemessages does."""
    for function, arguments in CALL.findall(templatize(path.read_text(encoding="utf-8"))):
        first, *others = ast.literal_eval(f"({arguments},)")
        yield f"{first}\4{others[0]}" if function == "pgettext" else first


def messages() -> dict[str, Path]:
    """What pages and the desk say, each message with a file that has it."""
    found = {text: path for path in files((".py",)) for text in called(path)}
    return found | {text: path for path in files((".html", ".svg", ".txt")) for text in written(path)}


def translated() -> Iterator[tuple[str, str]]:
    """Every form that is not left in English, as English and Urdu."""
    yield from (form for entry in entries()[1:] for form in entry.forms if form[1])


def places(text: str) -> list[str]:
    """What the code fills in: %(name)s, %d, %%, {name}, and {} as the numbers that they stand for."""
    percent = re.findall(r"%(?:\(\w+\))?[sd%]", text)
    fields = [field for _text, field, _spec, _conversion in Formatter().parse(text) if field is not None]
    return sorted([*percent, *(field or str(n) for n, field in enumerate(fields))])


class Visible(HTMLParser):
    """The text of a page outside what is marked as English, as a number or name, or as code."""

    VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle", "line", "col", "wbr"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marked: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            given = dict(attrs)
            self.marked.append(
                tag in ("bdi", "script", "style") or given.get("lang") == "en" or given.get("dir") == "ltr"
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.marked):
            # Attributes and drawings hold no tag; there characters isolate a number or a name.
            self.words += re.findall(r"[A-Za-z]{2,}", re.sub("\u2066[^\u2069]*\u2069", "", data))


class CatalogueTests(SimpleTestCase):
    def test_every_message_is_in_it(self) -> None:
        known = {entry.key for entry in entries()}
        found = messages()
        self.assertGreater(len([path for path in found.values() if path.suffix == ".py"]), 500)
        self.assertGreater(len([path for path in found.values() if path.suffix == ".html"]), 200)
        self.assertEqual({str(path): text for text, path in found.items() if text not in known}, {})

    def test_every_message_is_translated(self) -> None:
        found = messages()
        for entry in entries()[1:]:
            for english, urdu in entry.forms:
                with self.subTest(english):
                    self.assertTrue(urdu or entry.key not in found)

    def test_has_what_the_method_says_in_docstrings(self) -> None:
        """They are no calls of gettext, so that makemessages does not see them."""
        known = {entry.key for entry in entries()}
        formulas = [formula.find for part in methods.parts() for formula in FORMULAS.get(part.code, [])]
        self.assertGreater(len(formulas), 15)
        for documented in (*RULES, Burden, Chain, Distance, Gap, Rollup, Silence, Waiting, *formulas):
            with self.subTest(str(documented)):
                self.assertEqual([text for text in untranslated(documented) if text not in known], [])

    def test_a_translation_is_urdu(self) -> None:
        for english, urdu in translated():
            if re.search(r"[A-Za-z]", re.sub(r"%\(\w+\)[sd]|\{\w*\}|</?b>|%[sd]", "", english)):
                with self.subTest(english):
                    self.assertRegex(urdu, r"[\u0600-\u06FF–]")

    def test_nothing_in_it_waits_for_a_second_look_or_is_left_over(self) -> None:
        text = (CATALOGUE / "django.po").read_text(encoding="utf-8")
        self.assertNotRegex(text, r"(?m)^#(,.*fuzzy|~|:)")

    def test_a_translation_keeps_what_the_code_fills_in(self) -> None:
        for english, urdu in translated():
            with self.subTest(english):
                self.assertEqual(places(urdu), places(english))
                self.assertEqual(sorted(re.findall("<[^>]*>", urdu)), sorted(re.findall("<[^>]*>", english)))

    def test_the_compiled_file_says_the_same(self) -> None:
        with (CATALOGUE / "django.mo").open("rb") as file:
            compiled = GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        del compiled[""]  # the header, which msgfmt shortens
        readable: dict[object, str] = {}
        for entry in entries()[1:]:
            if "msgid_plural" in entry.parts:
                readable |= {(entry.key, n): urdu for n, (_english, urdu) in enumerate(entry.forms) if urdu}
            elif entry.parts["msgstr"]:
                readable[entry.key] = entry.parts["msgstr"]
        self.assertEqual(compiled, readable)

    def test_it_names_no_person(self) -> None:
        header = entries()[0].parts["msgstr"]
        self.assertNotIn("@", header)
        self.assertIn("Plural-Forms: nplurals=2; plural=(n != 1);\n", header)


class PageTests(TestCase):
    ADDRESSES = (
        "",
        "actions/",
        "actions/?policy=azm-e-istehkam&area=PK",
        "actions/azm-5.1/",
        "actions/azm-5.1/question/",
        "actions/azm-5.1/question/received/",
        "snapshots/dunya-09/question/",
        "bodies/",
        "bodies/?security_force=true",
        "bodies/rangers/",
        "indicators/",
        "indicators/conviction-rate/",
        "indicators/madrassas-registered/",
        "comparisons/",
        "distances/",
        "milestones/",
        "policies/",
        "policies/azm-e-istehkam/",
        "provinces/",
        "provinces/pk-kp/",
        "updates/",
        "editions/",
        "editions/1/",
        "editions/2/",
        "editions/compare/?from=1&to=2",
        "corrections/",
        "findings/",
        "area-measures/",
        "waiting/",
        "silence/",
        "openness/",
        "methodology/",
        "history/",
        "history/?indicator=conviction-rate",
        "search/?q=مدارس",
        "nothing-here/",
        "actions/?colour=green",
    )
    NAMES = {"Azm", "CSV", "SVG", "ISO", "colour", "q", "area", "body", "domain", "lacks", "led", "by"}
    NAMES |= {"objective", "open", "policy", "programme", "role", "sphere", "state"}

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_record", verbosity=0)

    def setUp(self) -> None:
        self.enterContext(override("en"))  # a request leaves its language behind

    def test_an_urdu_page_says_nothing_in_english_without_marking_it(self) -> None:
        for address in self.ADDRESSES:
            with self.subTest(address):
                words = Visible(self.client.get(f"/ur/{address}").content.decode()).words
                self.assertEqual([word for word in words if word not in self.NAMES], [])

    def test_a_drawing_on_an_urdu_page_holds_no_mark_up_of_the_text_around_it(self) -> None:
        """A browser does not draw what is inside <bdi> there; characters isolate numbers instead."""
        for address in self.ADDRESSES:
            drawings = re.findall(r"<svg.*?</svg>", self.client.get(f"/ur/{address}").content.decode(), re.DOTALL)
            with self.subTest(address):
                self.assertEqual([drawing for drawing in drawings if re.search("<(bdi|b|span|q)[ >]", drawing)], [])
