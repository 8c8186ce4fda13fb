"""What readers see of suspensions and withdrawals: a line on every page, and a page where something stood."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tracker.models import Edition, EditionItem
from tracker.publishing import ratify, redact, reverse, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_body,
    make_indicator,
    make_milestone,
    make_policy,
    make_snapshot,
    make_source,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import World, links, load_areas, plain_pages, queries, read, visible

LINE = re.compile(r'<p class="suspension note">(.*?)</p>', re.DOTALL)


def lines(page: str) -> list[str]:
    return [visible(line) for line in LINE.findall(page)]


class TestLine(TestCase):
    """Edition 2 suspends a source with what rests on it."""

    first: Any
    snapshot: Any

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.first = make_user("first")
        cls.snapshot = make_snapshot()
        cls.world = World.make(1)
        publish_all(cls.snapshot)

    def suspended(self, reason: str = "Somebody says that it is forged", **urdu: str) -> Edition:
        return suspend([self.snapshot.citation.source], self.first, reason, **urdu)

    def test_is_above_the_title_of_every_page(self) -> None:
        edition = self.suspended()
        addresses = [*plain_pages(), *self.world.details(), "/no-such-page/", "/actions/unknown/"]
        for address in addresses:
            with self.subTest(address):
                page = self.client.get(address).text
                if address == "/no-such-page/":  # it reads no edition
                    assert lines(page) == []
                else:
                    (line,) = lines(page)
                    assert line.startswith(f"3 rows are suspended since edition {edition.number} (")
                    assert page.index('class="suspension') < page.index("<h1")

    def test_gives_the_day_and_the_reason_as_a_sentence_and_says_what_comes(self) -> None:
        edition = self.suspended()
        day = timezone.localdate(edition.published_at)
        (line,) = lines(read(self.client, "/about/"))
        assert line == (
            f"3 rows are suspended since edition {edition.number} ({day.day} {day:%B %Y}):"
            " Somebody says that it is forged. Another reviewer will ratify or reverse it."
        )

    def test_leads_to_the_list_of_what_is_suspended(self) -> None:
        self.suspended()
        (line,) = LINE.findall(read(self.client, "/about/"))
        assert links(line) == ["/corrections/?act=suspension"]
        assert read(self.client, links(line)[0]).count("waiting for another reviewer") == 3

    def test_speaks_urdu_on_urdu_pages(self) -> None:
        self.suspended(summary_ur="ماخذ جعلی بتایا جاتا ہے۔")
        (line,) = lines(read(self.client, "/ur/about/"))
        assert "ماخذ جعلی بتایا جاتا ہے۔" in line
        assert not re.search(r"[A-Za-z]{2,}", line)

    def test_goes_when_it_is_settled_either_way(self) -> None:
        for end in (ratify, reverse):
            again = make_snapshot()
            publish_all(again)
            suspension = suspend([again], self.first, "A doubt.")
            assert len(lines(read(self.client, "/about/"))) == 1
            end(suspension, reviewer(), "Settled.")
            assert lines(read(self.client, "/about/")) == []

    def test_is_on_a_page_of_an_edition_in_which_it_held_and_on_no_other(self) -> None:
        suspension = self.suspended()
        n = suspension.number
        before = {number: lines(read(self.client, f"/about/?edition={number}")) for number in (n - 1, n)}
        reverse(suspension, reviewer(), "It is genuine.")
        assert [len(before[number]) for number in (n - 1, n)] == [0, 1]
        assert {number: lines(read(self.client, f"/about/?edition={number}")) for number in (n - 1, n)} == before
        assert lines(read(self.client, f"/about/?edition={n + 1}")) == []
        (line,) = LINE.findall(read(self.client, f"/about/?edition={n}"))
        assert links(line) == [f"/corrections/?act=suspension&edition={n}"]

    def test_is_one_for_each_suspension(self) -> None:
        self.suspended("First.")
        suspend([self.world.indicator], self.first, "Second.")
        told = lines(read(self.client, "/about/"))
        assert ["First." in told[0], "Second." in told[1]] == [True, True]

    def test_costs_one_query_with_none_and_with_many(self) -> None:
        none = queries(self.client, "/about/")
        rows = [make_source() for _ in range(6)]
        publish_all(*rows)
        for row in rows[:3]:
            suspend([row], self.first, "A doubt.")
        redact(rows[3:], reviewer(), "A name.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)
        assert queries(self.client, "/about/") == none
        assert none == 5  # the edition, the three of a reading that is opened and closed, and this one

    def test_is_not_on_the_desk(self) -> None:
        self.suspended()
        assert "suspended since" not in self.client.get("/admin/login/").text


class TestPageOfWhatWasRemoved(TestCase):
    rows: dict[str, Any]

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.first = make_user("first")
        cls.rows = {
            "/policies/": make_policy(code="plan", name="A secret plan"),
            "/actions/": make_action(code="plan-1", title="A secret action"),
            "/bodies/": make_body(code="body", name="A secret body"),
            "/indicators/": make_indicator(code="measured", name="A secret measure"),
            "/sources/": make_source(code="source", title="A secret source"),
        }
        publish_all(*cls.rows.values())

    def suspend(self, row: Any) -> Edition:
        return suspend([row], self.first, "Somebody says that it is wrong")

    def withdraw(self, row: Any) -> Edition:
        return withdraw([row], reviewer(), "The source took it back.", asked_by=asker())

    def test_of_a_suspension_tells_what_when_and_why_and_where_to_read_it(self) -> None:
        for path, row in self.rows.items():
            with self.subTest(path):
                edition = self.suspend(row)
                response = self.client.get(row.get_absolute_url())
                assert response.status_code == 404  # for now
                text = visible(response.text)
                assert f"Suspended since edition {edition.number}" in text
                assert "Somebody says that it is wrong." in text
                assert row.code in text
                assert "secret" not in response.text
                before = f"{row.get_absolute_url()}?edition={edition.number - 1}"
                assert before in links(response.text)
                assert "secret" in read(self.client, before)
                assert f"/corrections/?kind={row._meta.model_name}" in links(response.text)
                assert path in links(response.text)

    def test_of_a_withdrawal_tells_the_same_and_that_it_is_gone(self) -> None:
        for path, row in self.rows.items():
            with self.subTest(path):
                edition = self.withdraw(row)
                response = self.client.get(row.get_absolute_url())
                assert response.status_code == 410
                text = visible(response.text)
                assert f"Withdrawn in edition {edition.number}" in text
                assert "The source took it back." in text
                assert "secret" not in response.text
                before = f"{row.get_absolute_url()}?edition={edition.number - 1}"
                assert before in links(response.text)
                assert "secret" in read(self.client, before)

    def test_of_a_ratified_suspension_tells_both_acts_and_leads_to_the_edition_before_them(self) -> None:
        row = self.rows["/actions/"]
        suspension = self.suspend(row)
        ratification = ratify(suspension, reviewer(), "It is wrong.")
        response = self.client.get(row.get_absolute_url())
        assert response.status_code == 410
        text = visible(response.text)
        assert text.index("Somebody says that it is wrong.") < text.index("It is wrong.", text.index("Ratification"))
        assert f"{row.get_absolute_url()}?edition=1" in links(response.text)
        assert ratification.number == suspension.number + 1
        # In the edition between the two it was suspended.
        assert self.client.get(f"{row.get_absolute_url()}?edition={suspension.number}").status_code == 404

    def test_of_a_reversed_suspension_is_the_page_again(self) -> None:
        row = self.rows["/bodies/"]
        suspension = self.suspend(row)
        reverse(suspension, reviewer(), "It is right.")
        assert "A secret body" in read(self.client, row.get_absolute_url())
        while_suspended = self.client.get(f"{row.get_absolute_url()}?edition={suspension.number}")
        assert while_suspended.status_code == 404
        assert "Suspended since" in while_suspended.text
        withdrawal = self.withdraw(row)
        gone = self.client.get(row.get_absolute_url())
        assert gone.status_code == 410
        assert f"{row.get_absolute_url()}?edition={withdrawal.number - 1}" in links(gone.text)
        assert "forged" not in gone.text

    def test_of_what_a_suspension_took_along_is_the_same(self) -> None:
        milestone = make_milestone()
        publish_all(milestone)
        self.suspend(milestone.action.policy)
        response = self.client.get(milestone.action.get_absolute_url())
        assert response.status_code == 404
        assert "Suspended since edition 3" in response.text

    def test_keeps_the_edition_in_its_links(self) -> None:
        row = self.rows["/actions/"]
        edition = self.withdraw(row)
        publish_all(make_source())
        page = self.client.get(f"{row.get_absolute_url()}?edition={edition.number}")
        assert page.status_code == 410
        assert f"/actions/?edition={edition.number}" in links(page.text)

    def test_is_in_urdu_too(self) -> None:
        row = self.rows["/actions/"]
        self.withdraw(row)
        page = self.client.get(f"/ur{row.get_absolute_url()}")
        assert page.status_code == 410
        assert f"/ur{row.get_absolute_url()}?edition=1" in links(page.text)

    def test_of_the_front_page_stands_in_its_place(self) -> None:
        with self.settings(AZM_PROGRAMME="plan"):
            self.suspend(self.rows["/policies/"])
            response = self.client.get("/")
        assert response.status_code == 404
        assert "Suspended since edition 2" in response.text
        assert "/policies/plan/?edition=1" in links(response.text)

    def test_takes_the_same_queries_however_much_left_with_it(self) -> None:
        snapshots = [make_snapshot() for _ in range(5)]
        publish_all(*snapshots)
        alone, source = self.rows["/sources/"], snapshots[0].citation.source
        self.suspend(alone)
        few = self.queries(alone.get_absolute_url())
        suspend([row.citation.source for row in snapshots], self.first, "All of them are wrong.")
        assert EditionItem.objects.filter(act="suspended").count() == 16
        assert self.queries(source.get_absolute_url()) == few

    def queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.client.get(address)
        return len(captured)


class TestWhatWasNeverPublished(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        publish_all(make_source())

    def answer(self, address: str) -> tuple[int, str, str]:
        response = self.client.get(address)
        code = urlsplit(address).path.strip("/").rpartition("/")[2]
        return response.status_code, response.text.replace(code, "CODE"), str(dict(response.headers))

    def test_is_answered_as_a_code_that_nobody_gave(self) -> None:
        for row in (make_policy(), make_action(), make_body(), make_indicator(), make_source()):
            with self.subTest(row._meta.model_name):
                draft = row.get_absolute_url()
                unknown = draft.replace(row.code, f"{row.code[:-1]}x")  # which is as near to what is published
                assert self.answer(draft) == self.answer(unknown)
                assert self.answer(draft)[0] == 404
                # The address is repeated, and offered to the search; nothing leads to the row or names it.
                assert f">{row.code}<" not in self.client.get(draft).text

    def test_nor_is_what_enters_later_told_in_an_earlier_edition(self) -> None:
        action = make_action()
        publish_all(action)
        withdraw([action], reviewer(), "Wrong.", asked_by=asker())
        draft = make_action()
        for earlier in (action, draft):
            response = self.client.get(f"{earlier.get_absolute_url()}?edition=1")
            assert response.status_code == 404
            assert "There is no such page" in response.text
