"""The page on which a reader questions a figure or an action, for readers and for those who mean it ill."""

import re
from datetime import date, datetime, timedelta
from unittest import mock
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import time_machine
from django.core import signing
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from tracker.challenges.ticket import AT_MOST, SALT, Ticket
from tracker.models import Edition
from tracker.publishing import redact, reverse, suspend, withdraw
from tracker.tests import desk
from tracker.tests.factories import (
    asker,
    make_action,
    make_body,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import links, queries, visible
from tracker.tests.questions import FORM, WORDS, ask, at_once, send, stored, ticket_in, ticket_on

FIGURE, ACTION = "/snapshots/told/question/", "/actions/promise/question/"
PAGES = (FIGURE, ACTION, f"{FIGURE}received/", f"{ACTION}received/")
URDU = "یہ شرح کس بنیاد پر نکالی گئی ہے؟"


@override_settings(AZM_QUESTION_LIMITS=[1000, 1000, 1000])
def main(page: str) -> str:
    """The page without the frame, which has a search of its own."""
    return page.partition("<main")[2].partition("</main>")[0]


class Questions(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cited = make_citation(source=make_source(publisher="The Gazette"), quotation="so many were counted")
        cls.action = make_action(code="promise", title="Count them all", wording="shall count them", citation=cited)
        series = make_series(indicator=make_indicator(code="counted", name="What is counted", unit="cases"))
        cls.figure = make_snapshot(code="told", series=series, value=217, citation=cited)
        publish_all(cls.action, cls.figure)


class TestThePage(Questions):
    def test_shows_the_figure_with_its_source_and_edition(self) -> None:
        text = visible(self.client.get(FIGURE).text)
        for words in (
            "Question this figure",
            "217 cases · What is counted · Area",
            "1 Jan 2024 – 30 Jun 2024",
            "so many were counted",
            "The Gazette",
            "As it stands in edition 1, published",
        ):
            with self.subTest(words):
                assert words in text

    def test_shows_the_action_with_its_wording_and_source(self) -> None:
        text = visible(self.client.get(ACTION).text)
        for words in ("Question this action", "promise Count them all", "shall count them", "The Gazette", "edition 1"):
            with self.subTest(words):
                assert words in text

    def test_says_what_happens_with_the_words_before_it_asks_for_them(self) -> None:
        for page in (FIGURE, ACTION):
            text = visible(self.client.get(page).text)
            for words in (
                "A moderator reads it first. Nothing of it is published before that",
                "No name and no address is asked for, and none is kept.",
                "Do not write the names of private persons, and nothing about operations",
                "It is no fact of the ledger",
            ):
                with self.subTest(words):
                    assert -1 < text.index(words) < text.index("Send the question")

    def test_asks_for_a_text_and_a_source_and_nothing_about_the_reader(self) -> None:
        names = re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]*)"', main(self.client.get(FIGURE).text))
        assert names == ["text", "source_url", "homepage", "ticket"]

    def test_hides_the_trap_from_people_and_from_those_who_listen(self) -> None:
        page = self.client.get(FIGURE).text
        (trap,) = re.findall(r'<div class="visually-hidden" aria-hidden="true">(.*?)</div>', page)
        assert 'name="homepage"' in trap
        assert 'tabindex="-1"' in trap
        assert 'autocomplete="off"' in trap

    def test_is_never_kept_and_not_for_search_engines(self) -> None:
        for page in PAGES:
            for answer in (self.client.get(page), self.client.get(f"/ur{page}"), self.client.get(f"{page}?edition=1")):
                with self.subTest(answer.request["PATH_INFO"]):
                    assert answer.status_code == 200
                    assert "no-store" in answer["Cache-Control"]
                    assert '<meta name="robots" content="noindex">' in answer.text

    def test_sets_no_cookie(self) -> None:
        for answer in (self.client.get(FIGURE), ask(self.client, FIGURE, "short"), self.client.get(PAGES[2])):
            assert not answer.cookies
        assert not ask(self.client, FIGURE).cookies

    def test_keeps_to_the_strict_policy(self) -> None:
        for page in PAGES:
            answer = self.client.get(page)
            assert "script-src 'self'" in answer["Content-Security-Policy"]
            assert "form-action 'self'" in answer["Content-Security-Policy"]
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?! src=)", answer.text)

    def test_has_one_heading_a_title_and_its_twin_in_urdu(self) -> None:
        for page in PAGES:
            for address, twin in ((page, f"/ur{page}"), (f"/ur{page}", page)):
                with self.subTest(address):
                    text = self.client.get(address).text
                    assert len(re.findall("<h1", text)) == 1
                    assert twin in links(text)
                    assert "&lt;" not in text
                    ids = re.findall(r'\bid="([^"]*)"', text)
                    assert len(ids) == len(set(ids))

    def test_labels_every_field(self) -> None:
        page = main(self.client.get(FIGURE).text)
        for field in re.findall(r'<(?:input|textarea)(?![^>]*type="hidden")[^>]* id="([^"]*)"', page):
            assert f'<label for="{field}">' in page

    def test_answers_to_reading_and_sending_alone(self) -> None:
        assert self.client.head(FIGURE).status_code == 200
        for method in (self.client.put, self.client.delete, self.client.patch, self.client.options):
            assert method(FIGURE).status_code == 405
        assert self.client.post(PAGES[2]).status_code == 405

    def test_is_linked_from_the_public_pages_which_stay_as_they_are(self) -> None:
        for page, address in (("/actions/promise/", ACTION), ("/indicators/counted/", FIGURE)):
            answer = self.client.get(page)
            assert re.search(f'rel="nofollow" href="{address}"', answer.text)
            assert not answer.cookies
            for word in ("csrf", "ticket", "<form method", "no-store"):
                assert word not in answer.text.lower()
            assert f'href="/ur{address}"' in self.client.get(f"/ur{page}").text
            assert f'href="{address}?edition=1"' in self.client.get(f"{page}?edition=1").text

    def test_is_no_page_to_cite(self) -> None:
        for page in PAGES:
            text = self.client.get(page).text
            assert "Cite this page" not in text
            assert "Permanent link" not in text

    def test_is_the_same_for_a_figure_that_was_not_found(self) -> None:
        nothing = make_snapshot(
            code="sought", status="not-found", value=None, citation=None, no_value_reason="Nothing was found.",
            searched_on=date(2024, 7, 1), searched_where="The gazette",
        )  # fmt: skip
        publish_all(nothing)
        text = visible(self.client.get("/snapshots/sought/question/").text)
        assert "no public figure found" in text
        assert "Nothing was found. Searched on 1 July 2024: The gazette" in text

    def test_takes_the_same_queries_when_questions_double(self) -> None:
        before = [queries(self.client, page) for page in PAGES]
        for number in range(4):
            ask(self.client, FIGURE, f"{WORDS} ({number})")
        assert [queries(self.client, page) for page in PAGES] == before


class TestWhatCannotBeQuestioned(Questions):
    def assert_told(self, address: str, status: int, words: str) -> None:
        for prefix in ("", "/ur"):
            for page in (address, f"{address}received/"):
                answer = self.client.get(prefix + page)
                with self.subTest(prefix + page):
                    assert answer.status_code == status
                    assert "no-store" in answer["Cache-Control"]
                    assert len(re.findall("<h1", answer.text)) == 1
                    if not prefix:
                        assert words in visible(answer.text)
        assert send(self.client, address, Ticket.new("policyaction", "x", 1).signed()).status_code == status
        assert stored() == []

    def test_is_what_nobody_published(self) -> None:
        make_action(code="draft")
        for code in ("draft", "nowhere", "told", "x" * 300, "a'b", "%F0%9F%87%B5"):
            self.assert_told(f"/actions/{code}/question/", 404, "There is no such page")
        self.assert_told("/snapshots/promise/question/", 404, "There is no such page")

    def test_tells_a_draft_from_nothing_to_nobody(self) -> None:
        make_action(code="draft")
        draft, nothing = (self.client.get(f"/actions/{code}/question/").text for code in ("draft", "crowd"))
        assert draft.replace("draft", "crowd") == nothing

    def test_is_what_entered_after_the_edition_that_is_read(self) -> None:
        publish_all(make_action(code="later"))
        assert self.client.get("/actions/later/question/?edition=1").status_code == 404
        assert self.client.get("/actions/later/question/?edition=2").status_code == 200

    def test_is_what_was_withdrawn(self) -> None:
        withdraw([self.figure], reviewer(), "Misread.", asked_by=asker())
        self.assert_told(FIGURE, 410, "It was withdrawn in edition 2, and what is withdrawn is no longer questioned.")
        assert "/corrections/" in links(self.client.get(FIGURE).text)
        assert self.client.get(f"{FIGURE}?edition=1").status_code == 410

    def test_is_what_is_suspended_until_it_stands_again(self) -> None:
        suspension = suspend([self.figure], reviewer(), "Is it forged?")
        self.assert_told(FIGURE, 410, "It was suspended in edition 2. Until that is settled it is not questioned.")
        reverse(suspension, make_user(), "It is not.")
        assert self.client.get(FIGURE).status_code == 200

    def test_is_what_was_redacted(self) -> None:
        redact([self.action], reviewer(), "A person.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)
        self.assert_told(ACTION, 410, "Its words and figures were removed for good")

    def test_is_anything_in_an_edition_that_is_not_there(self) -> None:
        for query in ("edition=9", "edition=x", "on=tomorrow"):
            assert self.client.get(f"{FIGURE}?{query}").status_code == 400
            assert self.client.post(f"{FIGURE}?{query}").status_code == 400

    def test_may_be_withdrawn_while_the_reader_writes(self) -> None:
        ticket = ticket_on(self.client.get(FIGURE))
        withdraw([self.figure], reviewer(), "Misread.", asked_by=asker())
        with at_once():
            assert send(self.client, FIGURE, ticket).status_code == 410
        assert stored() == []


class TestSending(Questions):
    def test_leads_to_a_page_of_thanks(self) -> None:
        answer = ask(self.client, FIGURE)
        assert (answer.status_code, answer["Location"]) == (303, f"{FIGURE}received/")
        assert "no-store" in answer["Cache-Control"]
        text = visible(self.client.get(answer["Location"]).text)
        assert "It is not published until one of them has read it." in text
        assert WORDS not in text

    def test_keeps_the_words_and_what_they_are_about(self) -> None:
        with time_machine.travel(datetime(2026, 11, 22, 23, 59, tzinfo=ZoneInfo("Asia/Karachi"))):
            ask(self.client, FIGURE, "  Is it so?\r\n\r\n\r\n\r\nWho says? ", source_url="https://example.org/a?b=1#c")
        (row,) = stored()
        assert (row.kind, row.code, row.edition_id) == ("metricsnapshot", "told", 1)
        assert row.text == "Is it so?\n\nWho says?"
        assert row.source_url == "https://example.org/a?b=1#c"
        assert (row.received, row.language) == (date(2026, 11, 22), "en")
        assert (row.state, row.shown, row.show_source, row.published_at) == ("new", "", False, None)

    def test_in_urdu_stays_in_urdu(self) -> None:
        answer = ask(self.client, f"/ur{ACTION}", URDU)
        assert (answer.status_code, answer["Location"]) == (303, f"/ur{ACTION}received/")
        (row,) = stored()
        assert (row.kind, row.code, row.text, row.language) == ("policyaction", "promise", URDU, "ur")

    def test_keeps_the_edition_in_which_it_was_read(self) -> None:
        ticket = ticket_on(self.client.get(FIGURE))
        publish_all(make_body())
        with at_once():
            send(self.client, FIGURE, ticket)
        answer = ask(self.client, f"{FIGURE}?edition=1", "And this one, in the first edition?")
        assert answer["Location"] == f"{FIGURE}received/?edition=1"
        ask(self.client, FIGURE, "And this one, in the newest edition?")
        assert [row.edition_id for row in stored()] == [1, 1, 2]

    def test_publishes_nothing(self) -> None:
        ask(self.client, ACTION, "A very particular sentence 8812.")
        for page in ("/actions/promise/", "/", ACTION, "/feed.atom", "/actions.csv", "/search/?q=8812"):
            answer = self.client.get(page)
            content = answer.getvalue() if answer.streaming else answer.content
            assert b"A very particular sentence" not in content

    def test_twice_counts_once(self) -> None:
        with at_once():
            ticket = ticket_on(self.client.get(FIGURE))
            first, second = send(self.client, FIGURE, ticket), send(self.client, FIGURE, ticket)
            changed = send(self.client, FIGURE, ticket, "Other words with the same form.")
        assert first.status_code == second.status_code == changed.status_code == 303
        assert first["Location"] == second["Location"]
        assert [row.text for row in stored()] == [WORDS]

    def test_the_same_words_again_counts_once(self) -> None:
        for text in (WORDS, f"  {WORDS}\r\n", WORDS.replace(" ", "\u00a0\u00a0"), f"\u202e{WORDS}"):
            assert ask(self.client, FIGURE, text).status_code == 303
        assert len(stored()) == 1
        ask(self.client, ACTION, WORDS)
        assert len(stored()) == 2

    def test_works_for_a_clerk_and_leaves_no_trace_of_them(self) -> None:
        user = desk.reviewing()
        client = desk.signed_in(user)
        assert ask(client, FIGURE).status_code == 303
        (row,) = stored()
        assert row.moderated_by is None

    def test_of_as_much_as_fits_is_taken(self) -> None:
        assert ask(self.client, FIGURE, "ہ" * 2000).status_code == 303
        assert ask(self.client, FIGURE, "x\r\n" * 998 + "end.").status_code == 303
        assert ask(self.client, FIGURE, "\N{FACE WITH TEARS OF JOY}" * 1990 + "a question").status_code == 303


class TestRefusal(Questions):
    def assert_refused(self, answer: HttpResponse, words: str, status: int = 400) -> str:
        assert answer.status_code == status
        assert words in visible(answer.text)
        assert stored() == []
        return str(answer.text)

    def test_of_bad_text_says_so_and_gives_the_text_back(self) -> None:
        for text, words in (
            ("", "This field is required."),
            (" \u200b\u2028 ", "This field is required."),
            ("short", "Please say in a sentence"),
            ("1234567890 !!!", "Please say in a sentence"),
            ("x" * 2001, "Ensure this value has at most 2000 characters (it has 2001)."),
            ("A text with a \0 in it", "Null characters are not allowed."),
            ("A text with a \x1b[31m in it", "characters that cannot be typed"),
            ("A text with \x07 and \x9b", "characters that cannot be typed"),
            ("Z\u0300\u0301\u0302\u0303\u0304\u0305 all over the page", "characters that cannot be typed"),
        ):
            with self.subTest(ascii(text)[:30]):
                page = self.assert_refused(ask(self.client, FIGURE, text), words)
                assert 'role="alert"' in page
                assert 'aria-invalid="true"' in page
        page = ask(self.client, FIGURE, "<b>short").text
        assert "&lt;b&gt;short</textarea>" in page
        assert "<b>short" not in page

    def test_of_a_bad_address_says_so(self) -> None:
        for address in (
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org/",
            "https://",
            "http://[",
            "https://user:secret@example.org/",
            "https://exa\u202emple.org/",
            "https://example.org/\u2066a",
            f"https://example.org/{'x' * 500}",
            "https://example.org/a b",
            "https://example.org/\0",
            "//",
        ):
            with self.subTest(ascii(address)[:40]):
                answer = ask(self.client, FIGURE, source_url=address)
                assert answer.status_code == 400
                assert 'id="id_source_url_error"' in answer.text
        assert stored() == []

    def test_of_what_was_sent_too_fast_keeps_the_form(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            ticket = ticket_on(self.client.get(FIGURE))
            clock.shift(3)
            page = self.assert_refused(send(self.client, FIGURE, ticket), "sent faster than anybody writes")
            assert f">\n{WORDS}</textarea>" in page
            clock.shift(2)
            assert send(self.client, FIGURE, ticket_in(page)).status_code == 303

    def test_of_a_form_that_is_too_old_gives_a_new_one(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            ticket = ticket_on(self.client.get(FIGURE))
            clock.shift(AT_MOST + 1)
            page = self.assert_refused(send(self.client, FIGURE, ticket), "This form was open for too long")
            clock.shift(5)
            assert send(self.client, FIGURE, ticket_in(page)).status_code == 303

    def test_of_a_forged_ticket_gives_a_new_one(self) -> None:
        good = ticket_on(self.client.get(FIGURE))
        another = Ticket.new("metricsnapshot", "another", 1).signed()
        of_an_action = ticket_on(self.client.get(ACTION))
        elsewhere = signing.Signer(salt="another").sign_object({"kind": "metricsnapshot"})
        for ticket in (
            "",
            "x",
            ":",
            "a:b:c",
            good[:-1],
            f"{good}x",
            another,
            of_an_action,
            elsewhere,
            "ٹکٹ",
            "x" * 500,
        ):
            with self.subTest(ascii(ticket)[:20]), at_once():
                page = self.assert_refused(send(self.client, FIGURE, ticket), "Please send it again.")
                assert ticket_in(page) not in (ticket, good)

    def test_is_of_no_ticket_at_all_too(self) -> None:
        answer = self.client.post(FIGURE, urlencode({"text": WORDS}), content_type=FORM)
        self.assert_refused(answer, "was not made here")
        self.assert_refused(self.client.post(FIGURE, "x=", content_type=FORM), "was not made here")
        self.assert_refused(self.client.post(FIGURE, "", content_type=FORM), "takes the form that it shows")

    def test_of_a_filled_trap_empties_it(self) -> None:
        answer = ask(self.client, FIGURE, homepage="https://casino.example")
        page = self.assert_refused(answer, "A hidden field that must stay empty was filled in")
        assert "casino" not in page
        with at_once():
            assert send(self.client, FIGURE, ticket_in(page)).status_code == 303

    def test_of_another_sites_form(self) -> None:
        for origin in ("https://evil.example", "http://testserver:81", "https://testserver", "null", "", "\u202e"):
            with self.subTest(origin):
                answer = ask(self.client, FIGURE, headers={"origin": origin})
                assert answer.status_code == 400
                assert stored() == []
        assert ask(self.client, FIGURE, headers={"origin": "http://testserver"}).status_code == 303

    def test_of_what_is_not_the_form(self) -> None:
        ticket = ticket_on(self.client.get(FIGURE))
        with at_once():
            for content_type in ("multipart/form-data; boundary=x", "application/json", "text/plain", ""):
                answer = self.client.post(FIGURE, f"text=x&ticket={ticket}".encode(), content_type=content_type)
                assert answer.status_code == 400
            for charset in ("utf-16", "latin-1", "nonsense"):
                answer = self.client.generic("POST", FIGURE, b"text=x", content_type=f"{FORM}; charset={charset}")
                assert answer.status_code == 400
            for length in ("99999", "99999999999999", "-1", "x", "9" * 5000):
                answer = self.client.post(FIGURE, b"text=x", content_type=FORM, CONTENT_LENGTH=length)
                assert answer.status_code == 400
        assert stored() == []

    def test_of_what_is_too_large_or_in_too_many_pieces(self) -> None:
        assert ask(self.client, FIGURE, "x" * 70_000).status_code == 400
        assert ask(self.client, FIGURE, text=["a"] * 12_000).status_code == 400
        assert self.client.post(FIGURE, "&" * 60_000, content_type=FORM).status_code == 400

    def test_of_half_a_form(self) -> None:
        with mock.patch("django.core.handlers.wsgi.LimitedStream.read", side_effect=OSError("gone")):
            self.assert_refused(self.client.post(FIGURE, "text=x", content_type=FORM), "did not arrive whole")

    def test_of_bytes_that_are_no_text(self) -> None:
        ticket = ticket_on(self.client.get(FIGURE))
        with at_once():
            for raw in (b"%FF%FE", b"%ED%A0%80", b"\xff\xfe", b"%00", b"%C3%28" * 10):
                answer = self.client.post(FIGURE, b"ticket=" + ticket.encode() + b"&text=" + raw, content_type=FORM)
                assert answer.status_code == 400
        assert stored() == []

    def test_asks_for_no_cookie_when_forms_are_checked_for_one(self) -> None:
        assert ask(Client(enforce_csrf_checks=True), FIGURE).status_code == 303

    def test_shows_in_urdu_what_is_wrong(self) -> None:
        page = ask(self.client, f"/ur{FIGURE}", "short").text
        assert '<html lang="ur" dir="rtl">' in page


class TestTicket(Questions):
    def test_names_the_row_the_edition_and_a_number_of_its_own(self) -> None:
        first, second = (
            Ticket(**signing.Signer(salt=SALT).unsign_object(ticket_on(self.client.get(FIGURE)))) for _ in range(2)
        )
        assert (first.kind, first.code, first.edition) == ("metricsnapshot", "told", 1)
        assert first.form != second.form
        assert len(first.form) == 32

    def test_holds_for_a_clock_that_is_a_little_ahead(self) -> None:
        with time_machine.travel(timezone.now() + timedelta(seconds=2), tick=False):
            ticket = ticket_on(self.client.get(FIGURE))
        assert send(self.client, FIGURE, ticket).status_code == 400
        with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
            assert send(self.client, FIGURE, ticket).status_code == 303
