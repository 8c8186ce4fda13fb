"""The calendar of due dates, byte for byte, and what stands in it and what does not."""

from datetime import timedelta
from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.models import Edition
from tracker.publishing import withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_citation,
    make_milestone,
    make_plan_change,
    make_policy,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import PUBLISHED, load_areas, queries

LATER = PUBLISHED + timedelta(days=30)
WHOLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Azm//Ledger//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Due dates in Pakistan’s internal security policy
X-WR-CALNAME:Due dates in Pakistan’s internal security policy
DESCRIPTION:{description}
X-WR-CALDESC:{description}
X-AZM-EDITION:2
X-AZM-DIGEST:sha256:{digest}
BEGIN:VTIMEZONE
TZID:Asia/Karachi
BEGIN:STANDARD
DTSTART:20091101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
TZNAME:PKT
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:06f3beae-3c54-5cca-8d25-ad0d4cdf69ee
DTSTAMP:20261222T043000Z
LAST-MODIFIED:20261122T043000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20270228
SUMMARY;LANGUAGE=en:Due: Bill\\, drafted
DESCRIPTION;LANGUAGE=en:Milestone of: Law\\nPolicy: The plan\\n{month}
URL:http://testserver/actions/a-1/#a-1.m1
TRANSP:TRANSPARENT
END:VEVENT
BEGIN:VEVENT
UID:b884e7d5-e394-5015-b4a6-81662b12635a
DTSTAMP:20261222T043000Z
LAST-MODIFIED:20261222T043000Z
SEQUENCE:1
DTSTART;VALUE=DATE:20280630
SUMMARY;LANGUAGE=en:Due: Law
DESCRIPTION;LANGUAGE=en:Policy: The plan\\nOriginal deadline: 31 March 2027. Times moved: 1. Reason: No quorum.
URL:http://testserver/actions/a-1/
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
"""


def on(text: str) -> PartialDate:
    return PartialDate.parse(text)


def lines(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


class Reading(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.policy = make_policy(name="The plan")

    def events(self, address: str = "/calendar.ics") -> list[dict[str, str]]:
        """The events by the names of their properties."""
        response = self.client.get(address)
        assert response.status_code == 200, response.content
        found: list[dict[str, str]] = []
        for line in lines(response.content):
            if line == "BEGIN:VEVENT":
                found.append({})
            elif found:
                key, value = line.split(":", 1)
                found[-1].setdefault(key.split(";")[0], value)
        return found

    def summaries(self, address: str = "/calendar.ics") -> list[str]:
        return [event["SUMMARY"] for event in self.events(address)]

    def action(self, **fields: Any) -> Any:
        return make_action(**{"policy": self.policy, "due": on("2027-06-30"), **fields})


class TestWholeCalendar(Reading):
    def setUp(self) -> None:
        action = self.action(code="a-1", title="Law", due=on("2027-03-31"))
        step = make_milestone(code="a-1.m1", action=action, title="Bill, drafted", due=on("2027-02"))
        publish_all(action, step, at=PUBLISHED)
        moved = make_plan_change(action=action, kind="deadline", new_due=on("2028-06-30"), reason="No quorum.")
        self.edition = publish_all(moved, at=LATER)

    def expected(self) -> str:
        told = f"Actions and milestones of edition 2\\, sha256 {self.edition.digest}. Operational actions are left out."
        month = "Only the month is known (February 2027)\\; this is its last day."
        return WHOLE.replace("{digest}", self.edition.digest).replace("{description}", told).replace("{month}", month)

    def test_is_this_byte_for_byte_once_unfolded(self) -> None:
        response = self.client.get("/calendar.ics")
        assert lines(response.content) == self.expected().splitlines()
        assert response.content.count(b"\r\n") == response.content.count(b"\n")
        assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))

    def test_is_served_as_a_calendar(self) -> None:
        response = self.client.get("/calendar.ics")
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="azm.ics"'

    def test_of_an_earlier_edition_is_the_same_after_later_ones(self) -> None:
        first = self.client.get("/calendar.ics?edition=1").content
        publish_all(make_plan_change(action=self.policy.actions.get(), kind="dropped"))
        assert self.client.get("/calendar.ics?edition=1").content == first
        assert b"20270331" in first
        assert b"/actions/a-1/?edition=1" in first.replace(b"\r\n ", b"")

    def test_is_not_sent_again_to_a_reader_who_has_it(self) -> None:
        tag = self.client.get("/calendar.ics")["ETag"]
        assert self.client.get("/calendar.ics", headers={"If-None-Match": tag}).status_code == 304
        publish_all(self.action())
        assert self.client.get("/calendar.ics", headers={"If-None-Match": tag}).status_code == 200

    def test_keeps_the_name_of_an_event_that_was_moved(self) -> None:
        before = {event["UID"] for event in self.events("/calendar.ics?edition=1")}
        assert {event["UID"] for event in self.events()} == before


class TestWhatStandsInIt(Reading):
    def test_a_day_is_that_day_and_a_month_its_last(self) -> None:
        publish_all(self.action(due=on("2028-02")), self.action(due=on("2027-01-05")))
        day, month = self.events()
        assert (day["DTSTART"], month["DTSTART"]) == ("20270105", "20280229")
        assert "Only the month is known (February 2028)" in month["DESCRIPTION"]
        assert "Only the month" not in day["DESCRIPTION"]

    def test_a_year_or_no_date_is_left_out(self) -> None:
        publish_all(self.action(due=on("2028")), self.action(due=None))
        assert self.events() == []

    def test_a_deadline_that_became_a_mere_year_is_left_out(self) -> None:
        action = self.action()
        publish_all(action, make_plan_change(action=action, kind="deadline", new_due=on("2029")))
        assert self.events() == []

    def test_a_deadline_given_only_later_says_that_there_was_none(self) -> None:
        action = self.action(due=None)
        publish_all(action, make_plan_change(action=action, kind="deadline", new_due=on("2029-03-31")))
        (event,) = self.events()
        assert event["DTSTART"] == "20290331"
        assert "Original deadline: none published." in event["DESCRIPTION"]

    def test_the_last_of_several_moves_holds(self) -> None:
        action = self.action(due=on("2026-01-31"))
        first = make_plan_change(action=action, kind="deadline", new_due=on("2029-01-31"), announced=on("2026-02"))
        second = make_plan_change(action=action, kind="deadline", new_due=on("2028-01-31"), announced=on("2026-03"))
        publish_all(action, second, first)
        (event,) = self.events()
        assert (event["DTSTART"], event["SEQUENCE"]) == ("20280131", "2")
        assert "Original deadline: 31 January 2026. Times moved: 2." in event["DESCRIPTION"]
        earlier = make_plan_change(action=action, kind="deadline", new_due=on("2030-01-31"), announced=on("2025"))
        publish_all(earlier)
        (event,) = self.events()  # what was announced before, and entered only now, does not hold
        assert (event["DTSTART"], event["SEQUENCE"]) == ("20280131", "3")

    def test_a_milestone_is_moved_by_its_own_changes_only(self) -> None:
        action = self.action(title="The action")
        step = make_milestone(action=action, title="The step", due=on("2027-01-31"))
        publish_all(step, make_plan_change(action=action, kind="deadline", new_due=on("2029-01-31")))
        assert [(e["SUMMARY"], e["DTSTART"]) for e in self.events()] == [
            ("Due: The step", "20270131"),
            ("Due: The action", "20290131"),
        ]

    def test_operational_actions_are_left_out_with_their_milestones(self) -> None:
        action = self.action(domain="operational")
        publish_all(action, make_milestone(action=action, due=on("2027-01-01")), self.action(title="A law"))
        assert self.summaries() == ["Due: A law"]

    def test_a_dropped_action_is_left_out_with_its_milestones(self) -> None:
        action = self.action()
        publish_all(action, make_milestone(action=action, due=on("2027-01-01")))
        assert len(self.events()) == 2
        publish_all(make_plan_change(action=action, kind="dropped"))
        assert self.events() == []
        assert len(self.events("/calendar.ics?edition=1")) == 2

    def test_a_dropped_milestone_leaves_its_action(self) -> None:
        action = self.action(title="The action")
        step = make_milestone(action=action, due=on("2027-01-01"))
        publish_all(step, make_plan_change(action=None, milestone=step, kind="dropped"))
        assert self.summaries() == ["Due: The action"]

    def test_drafts_are_left_out(self) -> None:
        action = self.action(title="Published")
        publish_all(action)
        self.action(title="Draft")
        make_milestone(action=action, due=on("2027-01-01"))
        make_plan_change(action=action, kind="deadline", new_due=on("2030-01-31"))
        make_plan_change(action=action, kind="dropped")
        (event,) = self.events()
        assert (event["SUMMARY"], event["DTSTART"]) == ("Due: Published", "20270630")

    def test_what_was_withdrawn_is_left_out_from_then_on(self) -> None:
        action = self.action()
        change = make_plan_change(action=action, kind="deadline", new_due=on("2030-01-31"))
        publish_all(action, change)
        withdraw([change], reviewer(), "It was never said.", asked_by=asker())
        assert [event["DTSTART"] for event in self.events()] == ["20270630"]
        assert [event["DTSTART"] for event in self.events("/calendar.ics?edition=1")] == ["20300131"]

    def test_hostile_text_stays_text(self) -> None:
        publish_all(self.action(title="a\r\nEND:VEVENT\nX;Y,Z\\ <b>&amp; \x1b"))
        (event,) = self.events()
        assert event["SUMMARY"] == r"Due: a \nEND:VEVENT\nX\;Y\,Z\\ <b>&amp\;" + "  "

    def test_no_clerk_is_named(self) -> None:
        clerk = make_user("zulfiqar", first_name="Zulfiqar")
        publish_all(self.action(entered_by=clerk, citation=make_citation(entered_by=clerk)))
        text = self.client.get("/calendar.ics").content.lower()
        assert b"zulfiqar" not in text
        assert b"reviewer" not in text


class TestReadingIt(Reading):
    def test_in_urdu_has_the_same_events_in_urdu_words(self) -> None:
        publish_all(self.action(title_ur="قانون"))
        (english,), (urdu,) = self.events(), self.events("/ur/calendar.ics")
        assert (urdu["UID"], urdu["DTSTART"]) == (english["UID"], english["DTSTART"])
        assert "قانون" in urdu["SUMMARY"]
        assert urdu["URL"].startswith("http://testserver/ur/actions/")
        assert not any(bracket in urdu["DESCRIPTION"] for bracket in "<>")

    def test_takes_no_more_queries_for_more_events(self) -> None:
        def grow(n: int) -> None:
            for _ in range(n):
                action = self.action()
                step = make_milestone(action=action, due=on("2027-01-31"))
                publish_all(step, make_plan_change(action=action, kind="deadline", new_due=on("2029-01-31")))

        grow(1)
        before = queries(self.client, "/calendar.ics")
        grow(5)
        assert len(self.events()) == 12
        assert queries(self.client, "/calendar.ics") == before

    def test_a_wrong_edition_is_refused_in_plain_text(self) -> None:
        publish_all(self.action())
        response = self.client.get("/calendar.ics?edition=9")
        assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")

    def test_is_not_found_before_the_first_edition(self) -> None:
        assert not Edition.objects.exists()
        assert self.client.get("/calendar.ics").status_code == 404

    def test_takes_the_reading_methods_only(self) -> None:
        publish_all(self.action())
        assert self.client.post("/calendar.ics").status_code == 405
        assert self.client.head("/calendar.ics").content == b""
