"""The page of a body: what it owes, has delivered and waits for, when it last spoke, and how we know."""

import re
from datetime import date
from typing import Any

import time_machine
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.models import Challenge, ResponsibleBody
from tracker.publishing import redact
from tracker.tests.factories import (
    asker,
    build,
    make_action,
    make_answer,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_milestone,
    make_plan_change,
    make_policy,
    make_source,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.pages import items, links, read, rows, sections, visible

DAY = PartialDate.parse


@time_machine.travel(date(2026, 11, 22), tick=False)
class Bodies(TestCase):
    """The police lead two commitments of a plan: one with a deadline and two steps, one without."""

    body: ResponsibleBody
    dated: Any
    undated: Any
    notified: Any
    filled: Any

    @classmethod
    def setUpTestData(cls) -> None:
        cls.source = make_source(publisher="The Gazette", title="Notifications", published=DAY("2024-12"))
        cls.citation = make_citation(code="gazette.words", source=cls.source)
        plan = make_policy(code="plan", name="The plan", short_name="Plan")
        cls.body = make_body(
            code="police",
            name="The police",
            sphere="provincial",
            kind="police",
            security_force=True,
            citation=cls.citation,
        )
        cls.dated = make_action(
            code="connect", title="Connect the registry", policy=plan, position=1, due=DAY("2027-06-30")
        )
        cls.undated = make_action(code="staff", title="Staff the desks", policy=plan, position=2, due=None)
        cls.notified = make_milestone(action=cls.dated, title="Rules notified", due=DAY("2026-03-01"), position=1)
        cls.filled = make_milestone(action=cls.dated, title="Posts filled", due=DAY("2026-06-01"), position=2)
        publish_all(
            cls.body,
            cls.dated,
            cls.undated,
            cls.notified,
            cls.filled,
            *(cls.names(action, role="lead") for action in (cls.dated, cls.undated)),
        )

    @classmethod
    def names(cls, action: Any, **how: Any) -> Any:
        return make_assignment(action=action, body=cls.body, **{"citation": cls.citation, **how})

    def says(self, **how: Any) -> Any:
        made = make_update(
            **{"action": self.dated, "body": self.body, "channel": "filed", "as_of": date(2026, 8, 1), **how}
        )
        publish_all(made)
        return made

    def page(self, address: str = "/bodies/police/") -> str:
        return read(self.client, address)

    def lead(self, address: str = "/bodies/police/") -> str:
        (found,) = re.findall(r'<p class="lead">(.*?)</p>', self.page(address))
        return visible(found)


class TestLead(Bodies):
    def test_tells_what_it_leads_with_how_many_deadlines_and_that_it_never_spoke(self) -> None:
        assert self.lead() == (
            "Leads 2 commitments, 1 with a deadline. Of these 1 behind. No report by it is on record."
        )

    def test_says_that_none_has_a_deadline(self) -> None:
        other = make_body(code="college")
        publish_all(other, make_assignment(action=make_action(due=None), body=other))
        assert self.lead("/bodies/college/").startswith("Leads 1 commitment, without a deadline.")

    def test_of_a_body_that_leads_nothing_says_so(self) -> None:
        publish_all(make_body(code="idle"))
        assert self.lead("/bodies/idle/") == "Leads no commitment on record. No report by it is on record."

    def test_counts_what_is_overdue(self) -> None:
        late = make_action(due=DAY("2025-01"))
        publish_all(late, self.names(late))
        assert "Of these 1 behind, 1 overdue." in self.lead()

    def test_tells_when_and_where_it_last_spoke(self) -> None:
        self.says(as_of=date(2026, 8, 1))
        self.says(as_of=date(2026, 2, 1), channel="statement")
        assert self.lead().endswith("It last spoke as of 1 August 2026, filed by the body.")

    def test_counts_each_commitment_of_its_other_roles_once(self) -> None:
        watched = make_action()
        publish_all(
            watched, self.names(watched, role="oversight", area=None), self.names(make_action(), role="oversight")
        )
        assert "Oversees 2 commitments." in self.lead()

    def test_calls_it_silent_only_under_a_duty_to_report(self) -> None:
        publish_all(make_duty(body=self.body, interval_months=6, starts=DAY("2025-11-30")))
        assert "On its duty to report it is silent for 176 days." in self.lead()
        assert "No report by it" not in self.lead()

    def test_tells_whom_it_waits_for_and_how_many_commitments_wait_for_it(self) -> None:
        treasury = make_body(code="treasury", name="The treasury")
        publish_all(treasury)
        self.says(waiting_on=treasury, needed="money")
        assert self.lead().endswith("It waits for The treasury.")
        assert self.lead("/bodies/treasury/").endswith("1 commitment waits for it.")


class TestWhatItOwes(Bodies):
    def led(self) -> list[list[str]]:
        return rows(sections(self.page())["owes"])[1:]

    def test_is_each_commitment_with_its_deadline_state_and_chain(self) -> None:
        first, second = self.led()
        assert first[:2] == ["Connect the registry Plan", "30 Jun 2027"]
        assert first[2].startswith("Behind")
        assert first[3].startswith("2 of 7")
        assert second[1:3] == ["not stated", "Cannot say no measure"]

    def test_shows_the_deadline_in_force_with_the_first_one(self) -> None:
        publish_all(make_plan_change(action=self.dated, kind="deadline", new_due=DAY("2028-01")))
        assert self.led()[0][1] == "Jan 2028 at first 30 Jun 2027"

    def test_leaves_out_what_another_body_leads_by_now(self) -> None:
        publish_all(self.names(make_action(title="Handed over"), ends=DAY("2025-12")))
        assert "Handed over" not in visible(sections(self.page())["owes"])
        assert "Lead (no longer)" in visible(sections(self.page())["named"])

    def test_leaves_out_a_redacted_assignment_and_keeps_its_tombstone(self) -> None:
        secret = self.names(make_action(title="A secret"))
        publish_all(secret)
        redact([secret], reviewer(), "A court asked.", asked_by=asker(), ground="court-order")
        assert len(self.led()) == 2
        assert "Redacted in edition" in visible(sections(self.page())["named"])


class TestWhatItHasDelivered(Bodies):
    def delivered(self) -> str:
        return sections(self.page())["delivered"]

    def test_is_nothing_at_first(self) -> None:
        assert "0 of 2 steps are met and proved. 0 of 2 commitments are done." in visible(self.delivered())
        assert not rows(self.delivered())

    def test_tells_the_proof_of_another_from_its_own_word(self) -> None:
        self.says(milestone=self.filled, met=True)
        self.says(milestone=self.notified, met=True, body=None, channel="other")
        told = visible(self.delivered())
        assert "1 of 2 steps is met" not in told
        assert "1 of 2 steps are met and proved. 1 more is said to be met, and not proved." in told
        assert rows(self.delivered())[1:] == [
            ["Rules notified", "Connect the registry", "1 Mar 2026", "Proved"],
            ["Posts filled", "Connect the registry", "1 Jun 2026", "said to be met, not proved"],
        ]

    def test_says_that_there_is_no_step_to_prove(self) -> None:
        other = make_body(code="college")
        publish_all(other, make_assignment(action=make_action(), body=other))
        assert "No dated step of what it leads is on record." in visible(
            sections(self.page("/bodies/college/"))["delivered"]
        )

    def test_is_no_section_of_a_body_that_leads_nothing(self) -> None:
        publish_all(make_body(code="idle"))
        assert "delivered" not in sections(self.page("/bodies/idle/"))


class TestWhenItLastSpoke(Bodies):
    def test_is_its_newest_report_and_how_it_came(self) -> None:
        self.says(as_of=date(2026, 2, 1), channel="statement", account="Tenders are out.")
        last = self.says(as_of=date(2026, 8, 1), account="Contracts are signed.")
        part = sections(self.page())["reports"]
        assert "1 August 2026: Connect the registry" in visible(part)
        assert "2 reports are on record, 1 filed by the body, 1 taken from its public statement." in visible(part)
        assert visible(part).index("Contracts are signed.") < visible(part).index("Tenders are out.")
        assert last.get_absolute_url() in links(part)

    def test_is_no_report_of_a_later_day(self) -> None:
        self.says(as_of=date(2026, 8, 1))
        told = visible(sections(self.page("/bodies/police/?edition=2&on=2026-07-01"))["reports"])
        assert "No public information found" in told

    def test_is_not_a_redacted_report(self) -> None:
        self.says(as_of=date(2026, 2, 1))
        redact([self.says()], reviewer(), "A court asked.", asked_by=asker(), ground="court-order")
        assert "It last spoke as of 1 February 2026" in self.lead()
        part = visible(sections(self.page())["reports"])
        assert "1 report is on record" in part
        assert "Redacted in edition" in part


class TestTheRest(Bodies):
    def test_groups_other_roles_by_policy_and_tells_a_common_passage_once(self) -> None:
        policy = make_policy(code="older", short_name="Older plan")
        watched = [make_action(policy=policy, title=f"Watched {n}", position=n) for n in (1, 2)]
        publish_all(*watched, *(self.names(action, role="oversight") for action in watched))
        part = sections(self.page())["named"]
        assert "Oversight · Older plan 2" in visible(part)
        assert items(part) == ["Watched 1", "Watched 2"]
        assert links(part).count("/sources/" + self.source.code + "/#gazette.words") == 1

    def test_tells_what_it_is_before_anything_else(self) -> None:
        (facts,) = re.findall(r'<ul class="facts">(.*?)</ul>', self.page(), flags=re.DOTALL)[:1]
        assert items(facts)[:2] == ["Police, provincial", "A security force"]

    def test_names_each_source_once(self) -> None:
        self.says(citation=make_citation(source=self.source))
        assert items(sections(self.page())["sources"]) == ["Notifications The Gazette, December 2024 · 2 passages"]

    def test_quotes_what_it_answers_to_findings(self) -> None:
        publish_all(
            make_answer(
                body=self.body, rule="deadline-passed", subject_kind="policyaction", subject_code="connect",
                words="We shall report in spring.", citation=self.citation,
            )
        )  # fmt: skip
        part = sections(self.page())["answers"]
        assert "We shall report in spring." in visible(part)
        assert "/findings/?about=connect" in links(part)

    def asks(self, code: str, text: str) -> None:
        asked = build(Challenge, kind=Challenge.Kind.ACTION, code=code, text=text)
        asked.moderate(Challenge.State.PUBLISHED, reviewer())
        asked.save()

    def test_shows_questions_of_readers_about_what_it_leads(self) -> None:
        self.asks("connect", "Where is the registry?")
        self.asks(make_action().code, "Of another commitment.")
        part = sections(self.page())["questions"]
        assert "Connect the registry" in visible(part)
        assert len(items(part)) == 1
        assert "questions" not in sections(self.page("/bodies/police/?edition=1"))


class TestList(Bodies):
    def test_begins_with_who_is_named_for_most(self) -> None:
        publish_all(make_body(name="A body named for nothing", sphere="federal", security_force=False))
        names = [row[0] for row in rows(self.page("/bodies/"))[1:]]
        assert names == ["The police", "A body named for nothing"]

    def test_counts_spheres_and_who_carries_arms_among_what_the_filters_leave(self) -> None:
        publish_all(make_body(code="office", sphere="federal", security_force=False))
        (facts,) = re.findall(r'<ul class="facts">(.*?)</ul>', self.page("/bodies/"), flags=re.DOTALL)
        assert items(facts) == ["Federal 1", "Provincial 1", "Security forces among them 1"]
        assert links(facts)[0] == "?sphere=federal"
        (facts,) = re.findall(r'<ul class="facts">(.*?)</ul>', self.page("/bodies/?sphere=federal"), flags=re.DOTALL)
        assert items(facts) == ["Federal 1"]

    def test_says_when_it_last_reported(self) -> None:
        self.says(as_of=date(2026, 8, 1))
        head, row = rows(self.page("/bodies/"))
        assert row[head.index("Last report")] == "1 Aug 2026"
