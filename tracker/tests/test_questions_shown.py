"""Published questions beside the figure or action: marked as such, in both languages, on the newest reading alone."""

import re
from typing import Any

from django.test import TestCase

from tracker.models import Challenge, Edition, PolicyAction, User
from tracker.publishing import redact, reverse, suspend, withdraw
from tracker.tests.factories import (
    asker,
    build,
    make_action,
    make_body,
    make_indicator,
    make_series,
    make_snapshot,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, items, links, queries, read, sections, visible

State, Kind = Challenge.State, Challenge.Kind
ACTION, INDICATOR = "/actions/promise/", "/indicators/counted/"
DAY = "2026-11-20"


class Shown(TestCase):
    moderator: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.moderator = make_user("moderator")
        cls.action = make_action(code="promise")
        series = make_series(indicator=make_indicator(code="counted", name="What is counted"))
        cls.first, cls.second = (make_snapshot(code=f"told-{n}", series=series, value=n) for n in (71, 72))
        publish_all(cls.action, cls.first, cls.second)

    def about(self, row: Any, text: str, state: Challenge.State = State.PUBLISHED, **fields: Any) -> Challenge:
        kind = Kind.ACTION if isinstance(row, PolicyAction) else Kind.FIGURE
        asked = build(Challenge, kind=kind, code=row.code, text=text, received=DAY, **fields)
        asked.moderate(state, self.moderator)
        asked.save()
        return asked

    def section(self, page: str) -> str:
        return sections(read(self.client, page)).get("questions", "")


class TestOnTheirPages(Shown):
    def test_stand_with_their_day_their_answer_and_what_they_are(self) -> None:
        self.about(self.action, "Who is to count?")
        self.about(self.action, "By when, exactly?", State.ANSWERED, answer="No source gives a date.")
        section = self.section(ACTION)
        text = visible(section)
        assert "2 questions of readers, answered: 1. Sent by readers and shown after moderation" in text
        assert "questions, not facts of the ledger" in text
        asked, answered = items(section)
        assert asked == "Questioned on 20 November 2026: Who is to count? Not answered yet."
        assert answered.startswith("Questioned on 20 November 2026: By when, exactly? Answered on ")
        assert answered.endswith(": No source gives a date.")

    def test_of_figures_name_the_figure_and_are_counted_beside_it(self) -> None:
        self.about(self.first, "Is this a share?")
        self.about(self.first, "Of which total?")
        page = read(self.client, INDICATOR)
        lines = items(sections(page)["questions"])
        assert len(lines) == 2
        assert all(re.search(r"Area \d+, 1 Jan 2024 – 30 Jun 2024: 71", line) for line in lines)
        assert "2 questions of readers" in visible(sections(page)["statements"])
        assert "#questions-told-71" in links(page)
        assert page.count('id="questions-told-71"') == 1
        assert "questions-told-72" not in page
        assert links(page).count("/snapshots/told-71/question/") == 1

    def test_stay_with_their_own_row(self) -> None:
        self.about(self.action, "About the action.")
        publish_all(make_action(code="another"))
        assert "About the action." not in read(self.client, "/actions/another/")
        assert "About the action." not in read(self.client, INDICATOR)

    def test_take_no_room_where_there_are_none(self) -> None:
        for page in (ACTION, INDICATOR):
            assert self.section(page) == ""

    def test_are_not_shown_before_or_without_publication(self) -> None:
        new = build(Challenge, kind=Kind.ACTION, code="promise", text="Nobody has read this yet.")
        new.save()
        self.about(self.action, "This was declined.", State.DECLINED, note="Off the point.")
        assert self.section(ACTION) == ""

    def test_are_shortened_where_a_moderator_shortened_them(self) -> None:
        self.about(self.action, "The private N. N. says so.", shown="Somebody says so.", note="Names a person.")
        page = read(self.client, ACTION)
        assert items(self.section(ACTION)) == [
            "Questioned on 20 November 2026: Somebody says so. Shortened by a moderator. Not answered yet."
        ]
        assert "N. N." not in page
        assert "Names a person." not in page
        assert "moderator</" not in page

    def test_lead_to_the_readers_source_only_if_a_moderator_said_so(self) -> None:
        url = "https://example.org/?a=1&b=<x>"
        self.about(self.action, "There is another source.", source_url=url.replace("<x>", "2"))
        assert "example.org" not in read(self.client, ACTION)
        Challenge.objects.update(show_source=True)
        section = self.section(ACTION)
        assert 'href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener noreferrer"' in section

    def test_are_text_and_never_markup(self) -> None:
        self.about(
            self.action, "<script>alert(1)</script> {{ 7*7 }} <img src=x onerror=y>", State.ANSWERED, answer="<b>no</b>"
        )
        section = self.section(ACTION)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} &lt;img src=x onerror=y&gt;" in section
        assert "&lt;b&gt;no&lt;/b&gt;" in section
        assert "<script>" not in read(self.client, ACTION)

    def test_leave_when_they_are_deleted(self) -> None:
        asked = self.about(self.action, "Who is to count?")
        assert self.section(ACTION)
        asked.delete()
        assert self.section(ACTION) == ""


class TestInUrdu(Shown):
    def test_keep_their_own_language_and_have_their_answer_in_that_of_the_page(self) -> None:
        self.about(
            self.action, "کون گنے گا؟", State.ANSWERED, language="ur", answer="The ministry.", answer_ur="وزارت۔"
        )
        for page, answer in ((ACTION, "The ministry."), (f"/ur{ACTION}", "وزارت۔")):
            section = self.section(page)
            assert '<blockquote class="asked" lang="ur" dir="rtl"><p>کون گنے گا؟</p></blockquote>' in section
            assert f'<div class="answer">{answer}</div>' in section

    def test_fall_back_to_the_english_answer_marked_as_such(self) -> None:
        self.about(self.action, "Who is to count?", State.ANSWERED, answer="The ministry.")
        section = self.section(f"/ur{ACTION}")
        assert '<blockquote class="asked" lang="en" dir="ltr">' in section
        assert '<span lang="en" dir="ltr">The ministry.</span>' in section


class TestNoPartOfTheLedger(Shown):
    def test_they_change_no_named_edition(self) -> None:
        pages = [f"{page}?edition={n}" for page in (ACTION, INDICATOR, f"/ur{ACTION}") for n in (1, 2)]
        publish_all(make_body())
        before = [read(self.client, page) for page in pages]
        self.about(self.action, "Who is to count?", State.ANSWERED, answer="The ministry.")
        self.about(self.first, "Of which total?")
        assert [read(self.client, page) for page in pages] == before
        assert "Who is to count?" in read(self.client, ACTION)

    def test_they_are_in_no_file_no_feed_and_no_search(self) -> None:
        addresses = ("/actions.csv", "/snapshots.csv", "/corrections.csv", "/feed.atom", "/search/?q=xylophone", "/")
        before = [self.client.get(address).getvalue() for address in addresses]
        self.about(self.action, "Is a xylophone an action?")
        assert [self.client.get(address).getvalue() for address in addresses] == before
        assert file_rows(self.client.get("/actions.csv"))

    def test_they_go_with_what_is_withdrawn(self) -> None:
        self.about(self.first, "Of which total?")
        withdraw([self.first], reviewer(), "Misread.", asked_by=asker())
        assert self.section(INDICATOR) == ""
        assert "Of which total?" not in read(self.client, f"{INDICATOR}?edition=1")

    def test_they_are_gone_from_what_is_redacted(self) -> None:
        """They may repeat what had to be taken out."""
        self.about(self.action, "Does N. N. live there?")
        redact([self.action], reviewer(), "A person.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)
        assert "N. N." not in read(self.client, ACTION)
        redact([self.first], reviewer(), "A person.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)
        asking = [link for page in (ACTION, INDICATOR) for link in links(read(self.client, page)) if "question" in link]
        assert asking == ["/snapshots/told-72/question/"]

    def test_they_hide_with_what_is_suspended(self) -> None:
        self.about(self.first, "Of which total?")
        suspension = suspend([self.first], reviewer(), "Is it forged?")
        assert self.section(INDICATOR) == ""
        reverse(suspension, make_user(), "It is not.")
        assert "Of which total?" in self.section(INDICATOR)


class TestCost(Shown):
    def test_is_the_same_when_questions_double(self) -> None:
        counts = {page: queries(self.client, page) for page in (ACTION, INDICATOR)}
        for number in range(4):
            self.about(self.action, f"Who is to count? ({number})", State.ANSWERED, answer="The ministry.")
            self.about(self.first, f"Of which total? ({number})")
            self.about(self.second, f"Of which total? ({number})")
        assert {page: queries(self.client, page) for page in counts} == counts
