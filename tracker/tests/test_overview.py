"""The front page on edition 1: what a stakeholder reads of the article, and nothing that it does not say."""

import re
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import time_machine
from django.test import TestCase, override_settings

from azm.lib.templatetags.azm import share
from tracker.assessment.rollups import Rollup
from tracker.tests.factories import make_policy, publish_all
from tracker.tests.judging import reading
from tracker.tests.pages import (
    World,
    items,
    links,
    load_article,
    queries,
    read,
    rows,
    sections,
    visible,
)
from tracker.tests.test_sample import Sample

# A page is one reading: the programme and its policies, counts, commitments with what hangs on them,
# areas and figures, the situation, what is not public, and the edition's own acts; a policy's page adds its
# lineage, events, groupings and statements. A rule takes a query, and another where it finds something.
MOST_QUERIES = 56


@time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Karachi")), tick=False)
class Article(TestCase):
    page: str
    parts: dict[str, str]

    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def setUp(self) -> None:
        self.page = read(self.client, "/")
        self.parts = sections(self.page)


class TestOverview(Article):
    def test_begins_with_the_sentence_of_counts(self) -> None:
        assert [visible(title) for title in re.findall(r"<h1>(.*?)</h1>", self.page)] == [
            "Of 11 commitments 5 have an owner, 4 a figure, 1 a requirement and none a deadline"
        ]

    def test_then_says_through_which_policy_how_far_and_how_late(self) -> None:
        (lead,) = re.findall(r'<p class="lead">(.*?)</p>', self.page)
        assert visible(lead) == (
            "On the public record through Vision Azm-e-Istehkam. "
            "Madrassa registration: 16,300 of about 32,000, 50.9% of what the policy requires "
            "(the source says 51.2%); no deadline published. "
            "Between 58% and 78% of the policy’s time has passed."
        )

    def test_stands_in_this_order(self) -> None:
        assert list(self.parts) == [
            "glance",
            "line-azm-o1",
            "line-azm-o2",
            "line-azm-o3",
            "line-azm-o4",
            "line-azm-o5",
            "areas",
            "map",
            "burden",
            "situation",
            "findings",
            "not-public",
        ]

    def test_tells_time_as_a_range_reckoned_on_a_day(self) -> None:
        glance = visible(self.parts["glance"])
        assert "Time is reckoned on 22 November 2026; dates known by year only give a range." in glance
        assert "Time elapsed 58 to 78%" in glance

    def test_counts_each_link_of_the_chain(self) -> None:
        assert items(self.parts["glance"]) == [
            "5 owner",
            "4 measure",
            "0 baseline",
            "1 requirement or target",
            "0 deadline",
            "4 latest figure",
            "0 report",
        ]

    def test_lists_the_lines_of_effort_before_their_commitments(self) -> None:
        overview = re.findall(r'<ol class="lines">(.*?)</ol>', self.page)[0]
        assert items(overview)[0] == "1 State authority 2 of 3 with an owner, 2 with a figure"
        assert [f'id="{link[1:]}"' in self.page for link in links(overview)] == [True] * 5
        assert self.page.index('class="lines"') < self.page.index('id="line-azm-o1"')

    def test_folds_measures_that_would_bury_the_first(self) -> None:
        assert "<details><summary>3 other measures</summary>" in self.parts["line-azm-o2"]
        assert "<details" not in self.parts["line-azm-o1"]

    def test_says_what_the_edition_brought(self) -> None:
        told = items(self.parts["map"])
        assert told[:2] == ["11 commitments entered", "16 figures entered"]
        assert told[-1] == "0 rows withdrawn"
        assert not [link for link in links(self.parts["map"]) if "compare" in link]  # there is no edition before

    LINES: ClassVar = {
        "line-azm-o1": ["1.1", "1.2", "1.3"],
        "line-azm-o2": ["2.1"],
        "line-azm-o3": ["3.1", "3.2"],
        "line-azm-o4": ["4.1", "4.2", "4.3", "4.4"],
        "line-azm-o5": ["5.1"],
    }

    def commitments(self) -> dict[str, list[str]]:
        """The cells of every commitment, by its number."""
        found = [cells for line in self.LINES for cells in rows(self.parts[line])[1:]]
        return {cells[0].split(" ")[0]: cells for cells in found}

    def test_has_eleven_commitments_under_five_lines_of_effort(self) -> None:
        for line, numbers in self.LINES.items():
            with self.subTest(line):
                assert [cells[0].split(" ")[0] for cells in rows(self.parts[line])[1:]] == numbers
        assert len(self.commitments()) == 11
        assert "Grouping by Azm; the policy’s own chapters are not public." in visible(self.page)

    def test_words_the_lines_as_the_article_does(self) -> None:
        words = {
            "line-azm-o1": "1 State authority “aims to establish state authority with nationwide participation”",
            "line-azm-o2": "2 Legal support “effective legal support”",
            "line-azm-o3": "3 Unity and consensus “national unity against terrorism and extremism”",
            "line-azm-o4": "4 Provinces and coordination “inadequate coordination among federating units”",
            "line-azm-o5": "5 Madrassa registration “a policy necessitating madrassa (seminary) registration”",
        }
        for line, begins in words.items():
            with self.subTest(line):
                assert visible(self.parts[line]).startswith(begins)

    def test_names_who_is_named_and_nobody_else(self) -> None:
        named = {number: cells[1].split(" ")[0] for number, cells in self.commitments().items()}
        assert [number for number, first in named.items() if first != "nobody"] == ["1.1", "1.2", "3.1", "4.1", "4.2"]
        assert self.commitments()["4.1"][1].startswith("4 provincial governments")
        assert self.commitments()["4.2"][1].startswith("Federal government, 4 provincial governments")

    def test_gives_each_figure_with_place_time_and_speaker(self) -> None:
        cells = {number: row[2] for number, row in self.commitments().items()}
        assert [number for number, cell in cells.items() if not cell.startswith("no figure")] == [
            "1.1",
            "1.2",
            "2.1",
            "5.1",
        ]
        assert cells["1.1"].startswith("22,714 operations Khyber Pakhtunkhwa and Balochistan jointly, Jan 2024")
        assert "131 operations Punjab, Kachha area, period not stated. Dunya News, July 2024" in cells["1.2"]
        assert cells["2.1"].startswith("44% Pakistan, 2023. Dunya News, July 2024")
        for beside in ("217", "605", "≥ 1,346"):
            assert beside in cells["2.1"]
        assert cells["5.1"].startswith("16,300 madrassas Pakistan, period not stated. Dunya News, July 2024")

    def test_requires_all_madrassas_and_nothing_else(self) -> None:
        cells = {number: row[3] for number, row in self.commitments().items()}
        assert cells["5.1"].startswith("Required: all, no date 15,700 short")
        assert [number for number, cell in cells.items() if "Required" in cell] == ["5.1"]
        line = visible(self.parts["line-azm-o5"])
        assert "50.9% of what is required 16,300 ÷ 32,000" in line
        assert "The count of 2014 is unknown, which is not 0." in line

    def test_never_scores_operations_and_convictions(self) -> None:
        cells = {number: row[3] for number, row in self.commitments().items()}
        assert [number for number, cell in cells.items() if "Not scored" in cell] == ["1.1", "1.2", "2.1"]

    def test_says_what_is_missing_where_nothing_can_be_said(self) -> None:
        cells = {number: row[3] for number, row in self.commitments().items()}
        assert cells["1.3"] == "Cannot say no owner, no measure"
        assert cells["3.1"] == "Cannot say no measure"
        assert cells["5.1"].endswith("Cannot say no owner")

    def test_counts_itself_what_the_article_does_not(self) -> None:
        cells = {number: row[2] for number, row in self.commitments().items()}
        assert cells["4.2"] == (
            "no figure our count: 2 of 9 measures are told by area; Conviction rate, terrorism cases in 4 of 7 areas"
        )
        assert cells["4.4"] == "no figure our count: 2 of 5 commitments with an owner name a security force"

    def test_draws_seven_areas_of_which_three_have_no_figure(self) -> None:
        tiles = re.sub(r"<[^>]+>", " ", self.parts["map"])
        for rate in ("72%", "54%", "35%", "6%", "44%"):
            assert rate in tiles
        assert len(re.findall(r">no figure</text>", self.parts["map"])) == 3

    def test_averages_nothing(self) -> None:
        text = visible(self.page).lower()
        for word in ("average", "mean of", "overall progress", "in total"):
            assert word not in text
        (total,) = [row for row in rows(self.parts["areas"]) if row[0] == "Areas with a figure of their own"]
        assert total[1:] == ["4 of 7", "1 of 7", "0 of 7"]

    def test_tells_conviction_rates_of_four_provinces_and_the_country(self) -> None:
        rates = {row[0]: row[1] for row in rows(self.parts["areas"])[1:-1]}
        assert {area: rate.removesuffix("2023").strip() for area, rate in rates.items()} == {
            "Punjab": "72%",
            "Sindh": "54%",
            "Khyber Pakhtunkhwa": "35%",
            "Balochistan": "6%",
            "Khyber Pakhtunkhwa and Balochistan jointly": "no figure",
            "Islamabad Capital Territory": "no figure",
            "Gilgit-Baltistan": "no figure",
            "Azad Jammu and Kashmir": "no figure",
            "Pakistan": "44%",
        }

    def test_keeps_a_joint_figure_in_a_row_of_its_own(self) -> None:
        operations = {row[0]: row[3] for row in rows(self.parts["areas"])[1:-1]}
        assert operations["Khyber Pakhtunkhwa"] == operations["Balochistan"] == "joint only"
        assert operations["Khyber Pakhtunkhwa and Balochistan jointly"].startswith("22,714")
        assert operations["Punjab"] == operations["Pakistan"] == "no figure"

    def test_says_what_is_told_for_the_country_alone(self) -> None:
        part = visible(self.parts["areas"])
        assert "Told for the country alone:" in part
        for figure in ("217", "605", "≥ 1,346", "16,300", "~ 32,000", "51.2%"):
            assert figure in part

    def test_links_every_commitment_figure_and_source(self) -> None:
        for line in self.LINES:
            addresses = links(self.parts[line])
            assert any(address.startswith("/actions/azm-") for address in addresses)
        assert "/sources/dunya-2024-07/#dunya-2024-07.madrassas" in links(self.parts["line-azm-o5"])

    def test_offers_the_rows_that_it_shows_as_files(self) -> None:
        assert "/area-measures.csv?programme=true" in links(self.parts["areas"])
        assert "/actions.csv?policy=azm-e-istehkam" in links(self.page)


class TestSituation(Article):
    """Apart, in neutral words, never scored, and not first."""

    def test_is_last_but_two(self) -> None:
        assert list(self.parts)[-3] == "situation"
        assert "Context, apart from the ledger of commitments. Never scored; no ratio is formed." in visible(self.page)

    def test_holds_three_joint_figures(self) -> None:
        part = self.parts["situation"]
        assert items(part)[:3] == [
            "1,063 Terrorism incidents",
            "111 Security personnel killed (as reported)",
            "354 Reported as “terrorist casualties”",
        ]
        assert "Khyber Pakhtunkhwa and Balochistan jointly, Jan 2024" in visible(part)

    def test_figures_stand_nowhere_else_on_the_page(self) -> None:
        others = " ".join(visible(part) for name, part in self.parts.items() if name != "situation")
        for figure in ("1,063", "354"):
            assert figure not in others
        assert not re.search(r"\b111\b", others)

    def test_is_told_in_words_between_quotation_marks(self) -> None:
        assert items(self.parts["situation"])[3:] == [
            "In words only: Punjab, Gilgit-Baltistan and Azad Jammu and Kashmir: “better security”",
            "In words only: Sindh: “a high crime rate”",
            "In words only: Khyber Pakhtunkhwa and Balochistan: “continue to be at the receiving end of terrorism”",
            "In words only: Pakistan: “no no-go areas” (security sources)",
            "The stated aim: “its complete eradication”. An aspiration is recorded, not turned into a number.",
        ]

    def test_uses_no_word_that_judges_without_quotation_marks(self) -> None:
        text = re.sub(r"“[^”]*”", "", visible(re.sub(r"<q\b.*?</q>", "", self.page, flags=re.DOTALL)))
        for word in (
            "martyr",
            "casualties",
            "alarming",
            "terrorists and criminal",
            " only 51.2",
            "eradicat",
            "shaheed",
        ):
            assert word not in text.lower()

    def test_says_nothing_of_civilians_that_no_row_says(self) -> None:
        assert "civilian" not in visible(self.page).lower()


class TestNotPublic(Article):
    def test_is_counted_at_the_end(self) -> None:
        part = self.parts["not-public"]
        assert list(self.parts)[-1] == "not-public"
        assert items(part) == [
            "The text of National Internal Security Policy 2023-2028 and its approval",
            "Its first and its last day",
            "Who is to act on 6 commitments of 11",
            "What 7 commitments of 11 are measured by",
            "A deadline for 11 commitments of 11",
            "A progress report on 11 commitments of 11",
            "The figure that “Madrassas registered” started from, the baseline",
            "Conviction rate, terrorism cases: Islamabad Capital Territory, Gilgit-Baltistan"
            " and Azad Jammu and Kashmir",
            "Intelligence-based operations: Khyber Pakhtunkhwa and Balochistan, each alone",
            "The period of Joint operations of Rangers and law enforcement agencies: 131 (Punjab)",
        ]
        assert "10 things that no source on record gives." in visible(part)

    def test_claims_no_search_that_is_not_on_record(self) -> None:
        assert "Last looked on" not in self.page


class TestPolicyOfTheProgramme(Article):
    def test_shows_the_same_chain_on_its_own_page(self) -> None:
        page = read(self.client, "/policies/nisp-2023-2028/")
        shared = list(self.parts)
        assert [name for name in sections(page) if name in shared] == shared
        assert "Of 11 commitments 5 have an owner, 4 a figure, 1 a requirement and none a deadline." in visible(page)
        assert "2023 – 2028 named only, text not public" in visible(page)

    def test_tells_its_lineage_with_the_words_of_the_claim(self) -> None:
        part = sections(read(self.client, "/policies/azm-e-istehkam/"))["lineage"]
        assert "continues NISP 2023-2028" in visible(part)
        assert "is a continuation of the National Internal Security Policy 2023-2028." in visible(part)


class TestOtherFrontPages(TestCase):
    def test_are_chosen_by_a_setting(self) -> None:
        publish_all(make_policy(code="another", name="Another policy"))
        assert self.client.get("/").status_code == 404
        with override_settings(AZM_PROGRAMME="another"):
            page = read(self.client, "/")
        assert "No commitment of this policy is on record" in page

    def test_take_the_same_queries_when_rows_double(self) -> None:
        world = World.make(2)
        addresses = ["/", "/?edition=1", world.policy.get_absolute_url()]
        before = {address: queries(self.client, address) for address in addresses}
        world.grow(4)
        assert {address: queries(self.client, address) for address in addresses} == before
        assert max(before.values()) <= MOST_QUERIES


class TestOfAPolicyWithPlans(Sample):
    def setUp(self) -> None:
        super().setUp()
        self.page = read(self.client, "/?on=2026-11-22")
        with reading():
            self.whole = Rollup.objects.get(code="programme.sample-programme")

    def test_begins_with_what_is_proved_and_what_was_due(self) -> None:
        whole = self.whole
        (title,) = re.findall(r"<h1>(.*?)</h1>", self.page)
        assert visible(title) == (
            f"{share(whole.evidenced)} of the planned work is proved; {share(whole.planned)} was due"
        )

    def test_then_counts_the_plans_and_what_is_late(self) -> None:
        whole = self.whole
        (lead,) = re.findall(r'<p class="lead">(.*?)</p>', self.page)
        assert visible(lead).startswith(
            f"Of {whole.commitments} commitments {whole.with_plan} have a plan; "
            f"{whole.slipping + whole.behind + whole.overdue} are slipping, behind or overdue, "
            f"and of {whole.cannot_say} nothing can be said."
        )

    def test_draws_each_line_of_effort_and_says_its_states_in_words(self) -> None:
        (overview,) = re.findall(r'<ol class="lines">(.*?)</ol>', self.page, flags=re.DOTALL)
        assert overview.count('<svg class="chart strip"') == len(items(overview)) == 4
        for link in links(overview):
            assert 'class="states compact"' in sections(self.page)[link[1:]]

    def test_gives_the_deadline_of_a_commitment_beside_its_state(self) -> None:
        assert re.search(r'class="requirement">by \d', self.page)

    def test_leads_to_the_comparison_with_the_edition_before(self) -> None:
        assert "/editions/compare/?from=7&to=8" in links(sections(self.page)["map"])
