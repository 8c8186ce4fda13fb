"""Which body holds up which: what the latest report of whoever said so still says, and what ends a wait."""

import re
from datetime import date, timedelta
from typing import Any

from django.test import TestCase

from tracker.assessment.waiting import waits
from tracker.listings import waiting as listing
from tracker.models import Milestone, PolicyAction, ProgressUpdate, ResponsibleBody
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_area,
    make_body,
    make_citation,
    make_milestone,
    make_plan_change,
    make_policy,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.judging import DAY, reading, repeated
from tracker.tests.pages import file_rows, queries, read, rows, sections, visible


class Waits(TestCase):
    action: PolicyAction
    waiter: ResponsibleBody
    holder: ResponsibleBody

    @classmethod
    def setUpTestData(cls) -> None:
        make_area("PK")
        cls.action = make_action(code="train", title="Train the staff", policy=make_policy(code="plan"))
        cls.waiter, cls.holder = (
            make_body(code="college", name="The college"),
            make_body(code="treasury", name="The treasury"),
        )
        publish_all(cls.action, cls.waiter, cls.holder)

    def says(self, days_ago: int, holder: ResponsibleBody | None = None, **how: Any) -> ProgressUpdate:
        """The college reports, so many days before the day of judgement; of a body waited for, or of none."""
        on = {"waiting_on": holder, "needed": "the release of funds"} if holder else {}
        made = make_update(
            **{"action": self.action, "body": self.waiter, "as_of": DAY - timedelta(days_ago), **on, **how}
        )
        publish_all(made)
        return made

    def step(self) -> Milestone:
        made: Milestone = make_milestone(action=self.action)
        publish_all(made)
        return made

    def open(self, on: date = DAY, edition: int | None = None) -> list[tuple[str | None, str, str, int]]:
        """Who waits for whom, since how many days, as how many reports say."""
        with reading(edition, on):
            return [
                (
                    row.waiting.waiter and row.waiting.waiter.code,
                    row.waiting.holder.code,
                    str((on - row.waiting.since).days),
                    row.waiting.told,
                )
                for row in waits()
            ]


class TestAWait(Waits):
    def test_lasts_since_the_first_report_in_a_row_that_says_so(self) -> None:
        self.says(300, self.holder)
        self.says(200)  # in between it was over
        self.says(100, self.holder)
        self.says(40, self.holder)
        assert self.open() == [("college", "treasury", "100", 2)]

    def test_is_ended_by_a_later_report_of_the_same_reporter_without_it(self) -> None:
        self.says(100, self.holder)
        assert len(self.open()) == 1
        self.says(99)
        assert self.open() == []
        assert len(self.open(on=DAY - timedelta(100))) == 1, "on the day itself it was open"
        assert self.open(on=DAY - timedelta(101)) == []

    def test_stands_if_one_of_two_reports_of_a_day_says_so(self) -> None:
        self.says(100, self.holder)
        self.says(100)
        assert len(self.open()) == 1

    def test_for_another_body_ends_the_wait_for_the_first(self) -> None:
        other = make_body(code="ministry")
        self.says(100, self.holder)
        self.says(50, other)
        assert self.open() == [("college", "ministry", "50", 1)]

    def test_is_not_ended_by_somebody_elses_report_or_one_on_another_thing(self) -> None:
        self.says(100, self.holder)
        self.says(10, body=make_body())
        self.says(10, body=None, channel="other")
        self.says(10, milestone=self.step(), met=False)
        self.says(10, area=make_area("PK-KP"))
        self.says(10, action=make_action())
        assert self.open() == [("college", "treasury", "100", 1)]

    def test_on_a_step_ends_when_the_step_is_met(self) -> None:
        step = self.step()
        self.says(100, self.holder, milestone=step, met=False)
        self.says(100, body=None, channel="other", milestone=step, met=False)
        assert len(self.open()) == 1
        self.says(50, body=None, channel="other", milestone=step, met=True)
        assert self.open() == []

    def test_ends_when_the_commitment_or_the_step_is_dropped(self) -> None:
        step = self.step()
        self.says(100, self.holder, milestone=step, met=False)
        publish_all(make_plan_change(action=None, milestone=step))
        assert self.open() == []
        self.says(50, self.holder)
        assert len(self.open()) == 1
        publish_all(make_plan_change(action=self.action))
        assert self.open() == []

    def test_that_somebody_else_reports_names_nobody_who_waits(self) -> None:
        self.says(100, self.holder, body=None, channel="other")
        self.says(90, self.holder, body=make_body(), channel="other")
        assert [waiter for waiter, *_ in self.open()] == [None, None]

    def test_is_told_once_if_another_outlet_repeats_it(self) -> None:
        first = make_citation()
        self.says(100, self.holder, citation=first)
        self.says(90, self.holder, citation=repeated(first))
        assert self.open() == [("college", "treasury", "100", 1)]

    def test_never_rests_on_a_row_that_left(self) -> None:
        for take in ("withdraw", "suspend", "redact"):
            row = self.says(100, self.holder)
            assert len(self.open()) == 1
            if take == "withdraw":
                withdraw([row], reviewer(), "Wrong.", asked_by=asker())
            elif take == "suspend":
                suspend([row], reviewer(), "To be checked.")
            else:
                redact([row], reviewer(), "A court said so.", asked_by=asker(), ground="court-order")
            assert self.open() == [], take
        assert len(self.open(edition=2)) == 1, "what was withdrawn later stood then"


class TestList(Waits):
    def test_adds_up_both_ways(self) -> None:
        other = make_body(code="ministry", name="The ministry")
        self.says(100, self.holder)
        self.says(80, self.holder, body=other)
        self.says(60, other, body=make_body(code="police", name="The police"))
        self.says(50, other, body=None, channel="other", area=make_area("PK-KP"))
        found = file_rows(self.client.get("/waiting.csv"))
        table = rows(read(self.client, "/waiting/"))
        total = table[next(n for n, row in enumerate(table) if row[0] == "In all")]
        lines = table[1 : table.index(total)]
        assert len(found) == 4
        assert total == ["In all", "4", "4"]
        assert [sum(int(line[n]) for line in lines) for n in (1, 2)] == [4, 4]
        assert {line[0]: (line[1], line[2]) for line in lines} == {
            "The treasury": ("2", "0"),
            "The ministry": ("2", "1"),
            "The college": ("0", "1"),
            "The police": ("0", "1"),
            "Said of a commitment by somebody else": ("0", "1"),
        }

    def test_adds_up_where_bodies_share_a_line(self) -> None:
        pairs = [(None, n) for n in range(1, 41)] + [(1, 2)]
        lines, total = listing.balance(pairs)
        assert len(lines) == listing.SHOWN + 1
        assert lines[-1]["others"] == 41 - listing.SHOWN
        assert sum(line["holds_up"] for line in lines) == sum(line["waits"] for line in lines) == total["waits"] == 41

    def test_of_waits_is_exactly(self) -> None:
        row = self.says(100, self.holder, needed_ur="رقم کا اجرا", citation=make_citation(code="c"))
        (found,) = file_rows(self.client.get("/waiting.csv"))
        assert found == found | {
            "code": row.code, "waiter": "college", "holder": "treasury", "needed": "the release of funds",
            "needed_ur": "رقم کا اجرا", "action": "train", "policy": "plan", "milestone": "", "area": "",
            "since": "2026-08-14", "last_said": "2026-08-14", "times_said": "1", "reported_by": "college",
            "channel": "statement", "citation": "c", "edition": "2",
        }  # fmt: skip

    def test_says_what_was_looked_through_when_it_is_empty(self) -> None:
        assert "No progress report is on record" in visible(read(self.client, "/waiting/"))
        self.says(100)
        assert "1 progress reports up to" in visible(read(self.client, "/waiting/"))

    def test_takes_the_same_queries_when_waits_double(self) -> None:
        pages = ["/waiting/", "/waiting.csv", "/bodies/treasury/", "/bodies/college/", "/actions/train/"]
        for area in ("PK-KP", "PK-SD"):
            self.says(100, self.holder, area=make_area(area))
        before = {page: queries(self.client, page) for page in pages}
        for area in ("PK-PB", "PK-BA", "PK-GB", "PK-JK"):
            self.says(100, self.holder, area=make_area(area))
        assert {page: queries(self.client, page) for page in pages} == before


class TestPages(Waits):
    def test_of_bodies_and_of_the_action_tell_it_from_their_side(self) -> None:
        self.says(100, self.holder)
        said = "The college waits for The treasury: the release of funds Train the staff · since 14 August 2026"
        holder = sections(read(self.client, "/bodies/treasury/"))
        waiter = sections(read(self.client, "/bodies/college/"))
        assert "Others wait for it" in holder["owes"]
        assert "waiting" not in holder
        assert "Others wait for it" not in waiter["owes"]
        for page in (holder["owes"], waiter["waiting"], sections(read(self.client, "/actions/train/"))["reports"]):
            assert said in visible(page)

    def test_say_nothing_once_it_is_over(self) -> None:
        self.says(100, self.holder)
        self.says(50)
        for page in ("/bodies/treasury/", "/bodies/college/"):
            text = read(self.client, page)
            assert "waiting" not in sections(text)
            assert not re.search(r"\bwaits? for\b", visible(text))
