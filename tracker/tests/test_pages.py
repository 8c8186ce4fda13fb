"""What holds for every public page, whatever it is about."""

import re
from typing import Any, ClassVar
from unittest import mock

from django.contrib.auth.models import Group
from django.test import TestCase

from tracker.access import REVIEWER
from tracker.tests.desk import signed_in
from tracker.tests.factories import make_user
from tracker.tests.pages import World, files, links, plain_pages, queries, read, sections, visible
from tracker.views import history

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
)
# A page about one thing asks for the edition, the thing, and each kind of row that hangs on it.
MOST_QUERIES = 56


class Pages(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(2)

    @classmethod
    def pages(cls) -> list[str]:
        return [*plain_pages(), "/search/?q=words", *cls.world.details()]


class TestEveryPage(Pages):
    """Each page is asked for once in either language, and looked at from every side."""

    answers: ClassVar[dict[str, Any]]

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.answers = {}
        for page in [*cls.pages(), *(f"/ur{page}" for page in cls.pages())]:
            cls.answers[page] = cls.client_class().get(page)

    def read(self, page: str) -> str:
        assert self.answers[page].status_code == 200
        return str(self.answers[page].text)

    def test_is_there_in_both_languages(self) -> None:
        for page in self.pages():
            for prefix, language in (("", 'lang="en"'), ("/ur", 'lang="ur" dir="rtl"')):
                with self.subTest(prefix + page):
                    text = self.read(prefix + page)
                    assert f"<html {language}>" in text
                    assert f'hreflang="{"ur" if not prefix else "en"}"' in text

    def test_has_one_heading_and_a_title_of_its_own(self) -> None:
        titles: dict[str, str] = {}
        for page in self.pages():
            with self.subTest(page):
                text = self.read(page)
                (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", text, flags=re.DOTALL)
                assert visible(heading)
                title = re.findall(r"<title>(.*?)</title>", text.partition("</head>")[0])
                assert len(title) == 1
                assert len(title[0]) > len(" · Azm")
                assert title[0].endswith(" · Azm")
                titles[page] = title[0]
        titles.pop("/search/?q=words")
        titles.pop(self.world.policy.get_absolute_url())
        assert len(set(titles.values())) == len(titles)

    def test_has_no_id_twice_and_no_heading_that_names_nothing(self) -> None:
        for page in self.pages():
            with self.subTest(page):
                text = self.read(page)
                ids = re.findall(r'\bid="([^"]*)"', text)
                assert sorted(ids) == sorted(set(ids))
                for named in re.findall(r'aria-labelledby="([^"]*)"', text):
                    assert set(named.split()) <= set(ids)

    def test_is_rendered_to_its_end(self) -> None:
        for page in self.answers:
            text = self.read(page)
            assert text.rstrip().endswith("</html>")
            for leftover in (
                "{{",
                "{%",
                "None",
                "Decimal(",
                "<QuerySet",
                "object at 0x",
                '<a href=""',
                "&lt;bdi",
                "&lt;span",
                "&amp;lt;",
            ):
                with self.subTest(page=page, leftover=leftover):
                    assert leftover not in text

    def test_has_a_strict_policy_and_keeps_to_it(self) -> None:
        for page in self.pages():
            for prefix in ("", "/ur"):
                with self.subTest(prefix + page):
                    response = self.answers[prefix + page]
                    assert response["Content-Security-Policy"] == POLICY
                    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", response.text)
                    assert not re.search(r"<script(?![^>]*\ssrc=)", response.text)
                    assert response["X-Content-Type-Options"] == "nosniff"
                    assert response["X-Frame-Options"] == "DENY"

    def test_asks_nobody_else(self) -> None:
        for page in self.pages():
            text = self.read(page)
            for address in re.findall(r'(?:src|srcset|action)="([^"]*)"|<link [^>]*href="([^"]*)"', text):
                with self.subTest(page=page, address=address):
                    assert not re.match(r"(https?:)?//", "".join(address))

    def test_is_the_same_for_everyone(self) -> None:
        clerk = make_user("clerk", is_staff=True)
        clerk.groups.add(Group.objects.get_or_create(name=REVIEWER)[0])
        desk = signed_in(clerk)
        for page in [*self.pages(), *files()]:
            with self.subTest(page):
                response = self.client.get(page)
                text = response.getvalue() if response.streaming else response.content
                assert not response.has_header("Set-Cookie")
                assert not response.cookies
                assert response.get("Vary", "") in ("", "Accept-Encoding")
                assert b"csrf" not in text.lower()
                seen = desk.get(page, headers={"accept-language": "ur", "cookie": "django_language=ur"})
                assert (seen.getvalue() if seen.streaming else seen.content) == text
                assert seen.get("Vary", "") in ("", "Accept-Encoding")

    def test_answers_to_readers_alone(self) -> None:
        for page in [*self.pages(), *files()]:
            with self.subTest(page):
                head = self.client.head(page)
                assert head.status_code == 200
                assert head.getvalue() == b""
                for method in (self.client.post, self.client.put, self.client.delete):
                    assert method(page).status_code == 405

    def test_leads_to_its_twin_with_filters_kept(self) -> None:
        assert "/ur/bodies/?kind=department" in links(read(self.client, "/bodies/?kind=department"))
        assert "/bodies/?kind=department" in links(read(self.client, "/ur/bodies/?kind=department"))

    def test_marks_where_the_reader_is_in_the_menu(self) -> None:
        for page in ("/", "/actions/", "/data/", self.world.action.get_absolute_url()):
            with self.subTest(page):
                marked = re.findall(r'<a href="([^"]*)" aria-current="page"', self.read(page))
                assert set(marked) == {"/" if page == "/" else f"/{page.split('/')[1]}/"}

    def test_without_a_slash_is_found_with_one(self) -> None:
        for page in plain_pages():
            if page != "/":
                assert self.client.get(page.rstrip("/"))["Location"] == page


class TestEveryDetail(Pages):
    def test_takes_the_same_queries_when_what_hangs_on_it_doubles(self) -> None:
        pages = self.world.details()
        self.enterContext(mock.patch.object(history, "SHOWN", 1000))  # of all kinds, before and after
        before = {page: queries(self.client, page) for page in pages}
        lengths = {page: len(read(self.client, page)) for page in pages}
        self.world.grow(4)
        after = {page: queries(self.client, page) for page in pages}
        # The first edition now has a neighbour, which is a row of its own page.
        assert after == before
        assert max(after.values()) <= MOST_QUERIES
        for page in set(pages) - {"/editions/1/"}:
            assert len(read(self.client, page)) > lengths[page], f"nothing more hangs on {page}"

    def test_of_another_kind_is_not_found(self) -> None:
        for kind in ("policies", "actions", "bodies", "indicators", "sources", "provinces"):
            for code in ("nowhere", "%F0%9F%87%B5", "x" * 300, "a'b", "1 OR 1=1"):
                with self.subTest(kind=kind, code=code[:20]):
                    assert self.client.get(f"/{kind}/{code}/").status_code == 404

    def test_links_the_fact_that_its_list_names(self) -> None:
        """What a row of a list leads to stands on the page, under its own code."""
        for name in ("snapshots", "updates", "milestones"):
            for link in links(read(self.client, f"/{name}/")):
                address, _, code = link.partition("#")
                if code and address.startswith("/"):
                    with self.subTest(link):
                        assert f'id="{code}"' in read(self.client, address)


class TestPagesOfFailure(Pages):
    def test_stand_in_the_frame(self) -> None:
        for address, status in {"/nowhere/": 404, "/actions/?x=1": 400, "/?edition=99": 400, "/bodies/x/": 404}.items():
            for prefix in ("", "/ur"):
                with self.subTest(prefix + address):
                    response = self.client.get(prefix + address)
                    assert response.status_code == status
                    assert len(re.findall(r"<h1", response.text)) == 1
                    assert response["Content-Security-Policy"] == POLICY
                    assert response.get("Vary", "") in ("", "Accept-Encoding")
                    assert not response.cookies

    def test_of_files_are_plain_sentences(self) -> None:
        for address, status in {"/actions.csv?x=1": 400, "/editions/edition-9.sha256": 404}.items():
            response = self.client.get(address)
            assert response.status_code == status
            assert response["Content-Type"] == "text/plain; charset=utf-8"


class TestAbout(Pages):
    def test_names_the_operator_or_that_none_is_named(self) -> None:
        assert "The operator of this copy has not given a name. It is not a government site." in visible(
            read(self.client, "/about/")
        )
        with self.settings(AZM_OPERATOR="A <b>foundation</b>"):
            assert "This site is run by A &lt;b&gt;foundation&lt;/b&gt;." in read(self.client, "/about/")

    def test_says_how_to_report_an_error(self) -> None:
        part = sections(read(self.client, "/about/"))["report"]
        assert {"/snapshots/", "/actions/", "/openness/", "/corrections/"} <= set(links(part))

    def test_asks_for_a_native_reviewer_of_urdu(self) -> None:
        part = visible(sections(read(self.client, "/about/"))["urdu"])
        assert "A native reviewer is welcome" in part
        assert "To report a wording, give the address of the page" in part

    def test_is_one_click_away_from_every_page(self) -> None:
        for page in self.pages():
            found = links(read(self.client, page).partition("<footer")[2])
            with self.subTest(page):
                assert "/about/#report" in found
                assert "/about/" in found
