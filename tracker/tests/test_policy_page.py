"""Where a policy comes from: periods on one axis of years, and rival claims side by side with their speakers."""

import re
from datetime import date
from typing import Any

import time_machine
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.models import LineageClaim, Policy, PolicyEvent
from tracker.publishing import redact
from tracker.tests.factories import asker, make, make_citation, make_policy, make_source, publish_all, reviewer
from tracker.tests.pages import load_article, read, rows, sections, visible

DAY = PartialDate.parse


@time_machine.travel(date(2026, 11, 22), tick=False)
class Lineages(TestCase):
    older: Policy
    newer: Policy
    third: Policy

    @classmethod
    def setUpTestData(cls) -> None:
        cls.older = make_policy(
            code="older",
            name="The older plan",
            short_name="Older",
            starts=DAY("2014-12-24"),
            ends=None,
            text="public",
            position=3,
        )
        cls.third = make_policy(
            code="third",
            name="The third plan",
            short_name="Third",
            starts=DAY("2018"),
            ends=DAY("2023"),
            text="partly",
            position=2,
        )
        cls.newer = make_policy(
            code="newer", name="The newer plan", short_name="Newer", starts=None, ends=None, text="named", position=1
        )
        publish_all(cls.older, cls.newer, cls.third)

    def claims(self, policy: Policy, relation: str, *predecessors: Policy, speaker: str = "A minister") -> Any:
        """One statement, which may claim several things."""
        citation = make_citation(
            source=make_source(publisher="The Daily"), speaker=speaker, quotation=f"Says {speaker}."
        )
        made = [
            make(LineageClaim, policy=policy, relation=relation, predecessor=earlier, citation=citation)
            for earlier in predecessors
        ]
        publish_all(*made)
        return made

    def page(self, code: str = "newer") -> str:
        return read(self.client, f"/policies/{code}/")

    def part(self, code: str = "newer") -> str:
        return sections(self.page(code))["lineage"]

    def told(self, code: str = "newer") -> list[list[str]]:
        return [row for row in rows(self.part(code)) if len(row) == 3 and row[0] != "What is claimed"]


class TestClaims(Lineages):
    def test_stand_side_by_side_with_their_words_and_speakers(self) -> None:
        self.claims(self.newer, "continues", self.older, speaker="A minister")
        self.claims(self.newer, "part-of", self.third, speaker="A general")
        assert self.told() == [
            [
                "continues Older",
                "“Says A minister.”".replace("“", "").replace("”", ""),
                "A minister The Daily, 22 July 2024",
            ],
            ["is part of Third", "Says A general.", "A general The Daily, 22 July 2024"],
        ]

    def test_that_differ_are_called_contested(self) -> None:
        self.claims(self.newer, "continues", self.older)
        self.claims(self.newer, "continues", self.older, speaker="Another")
        self.claims(self.newer, "part-of", self.third)
        said = "Where it comes from is contested: 3 statements on record say 2 different things."
        assert said in visible(self.part())
        (lead,) = re.findall(r'<p class="lead">(.*?)</p>', self.page())
        assert visible(lead).endswith(said)

    def test_that_agree_are_not(self) -> None:
        self.claims(self.newer, "continues", self.older)
        assert "1 statement on record says where it comes from; none says otherwise." in visible(self.part())
        self.claims(self.newer, "continues", self.older, speaker="Another")
        assert "2 statements on record say where it comes from, and they agree." in visible(self.part())
        assert "contested" not in visible(self.page())

    def test_in_one_breath_are_one_statement_and_no_contest(self) -> None:
        self.claims(self.newer, "part-of", self.older, self.third)
        assert [row[0] for row in self.told()] == ["is part of Third is part of Older"]
        assert "1 statement on record" in visible(self.part())

    def test_of_a_later_policy_stand_on_the_page_of_the_earlier_one(self) -> None:
        self.claims(self.newer, "continues", self.older)
        part = self.part("older")
        assert "What is said to come from it" in visible(part)
        assert self.told("older")[0][0] == "Newer continues Older"
        assert "contested" not in visible(part)

    def test_that_are_redacted_contest_nothing(self) -> None:
        self.claims(self.newer, "continues", self.older)
        redacted = self.claims(self.newer, "part-of", self.third)
        redact(redacted, reviewer(), "A court asked.", asked_by=asker(), ground="court-order")
        assert "none says otherwise" in visible(self.part())
        assert "Redacted in edition" in visible(self.part())

    def test_that_nobody_made_are_said_to_be_missing(self) -> None:
        assert "No statement on record ties it to another policy." in visible(self.part())


class TestBars(Lineages):
    def bars(self, markup: str) -> dict[str, str]:
        """The drawing of each policy by its name."""
        found = {}
        for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", markup, flags=re.DOTALL):
            if drawing := re.search(r'<td class="years[^>]*>(<svg.*?</svg>)\s*</td>', row, flags=re.DOTALL):
                found[visible(row.partition("</th>")[0]).split(" continues")[0]] = drawing[1]
        return found

    def test_stand_on_one_axis_with_those_that_claims_tie_to_the_policy(self) -> None:
        self.claims(self.newer, "continues", self.older)
        assert list(self.bars(self.part())) == ["The newer plan", "The older plan"]
        assert re.findall(r">(\d{4})</text>", self.part().partition("</thead>")[0])[:3] == ["2014", "2016", "2018"]

    def test_tell_publicity_by_fill_and_an_open_end_by_an_arrow(self) -> None:
        bars = self.bars(read(self.client, "/policies/"))
        assert '<rect class="period public"' in bars["The older plan"]
        assert 'class="onward"' in bars["The older plan"]
        assert '<rect class="period partly"' in bars["The third plan"]
        assert 'class="onward"' not in bars["The third plan"]
        assert "<rect" not in bars["The newer plan"]

    def test_hatch_a_policy_that_is_only_named(self) -> None:
        publish_all(
            make_policy(code="secret", name="A secret plan", starts=DAY("2023"), ends=DAY("2028"), text="named")
        )
        assert 'fill="url(#named-secret)"' in self.bars(read(self.client, "/policies/"))["A secret plan"]

    def test_mark_the_approval_of_a_policy_without_a_period(self) -> None:
        publish_all(
            make(PolicyEvent, policy=self.newer, kind="announced", on=DAY("2024-06-25")),
            make(PolicyEvent, policy=self.newer, kind="approved", on=DAY("2024-06-22")),
            make(PolicyEvent, policy=self.newer, kind="said", on=DAY("2020-01-01")),
        )
        assert 'class="begun"' in self.bars(self.part())["The newer plan"]
        assert "period not stated; approved 22 Jun 2024" in visible(self.part())

    def test_say_the_same_in_words(self) -> None:
        self.claims(self.newer, "continues", self.older, self.third)
        cells = {row[0]: row[2:] for row in rows(self.part()) if len(row) == 4}
        assert cells["The older plan"] == ["since 24 Dec 2014, no end stated", "text public"]
        assert cells["The third plan"] == ["2018 – 2023", "text partly public"]
        assert cells["The newer plan"] == ["period not stated", "named only, text not public"]


class TestList(Lineages):
    def test_says_below_the_name_what_is_claimed_and_that_it_is_contested(self) -> None:
        self.claims(self.newer, "continues", self.older, self.third)
        self.claims(self.newer, "part-of", self.third)
        names = [row[0] for row in rows(read(self.client, "/policies/"))[1:]]
        assert names[0] == "The newer plan continues Third, Older; is part of Third · contested"
        assert names[1:] == ["The third plan", "The older plan"]

    def test_of_nothing_draws_no_axis(self) -> None:
        assert "years-alone" not in read(self.client, "/policies/?q=nowhere")


class TestArticle(TestCase):
    def test_tells_the_one_claim_of_the_article(self) -> None:
        load_article()
        part = visible(sections(read(self.client, "/policies/nisp-2023-2028/"))["lineage"])
        assert "Azm-e-Istehkam continues NISP 2023-2028" in part
