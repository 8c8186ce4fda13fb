"""What the rules find in the real record: the contradictions of its sources, and nothing that is none."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.core.management import call_command
from django.test import TestCase

from tracker.assessment import rules
from tracker.assessment.reading import Reading
from tracker.assessment.rules import Finding, Rule, findings_in, text
from tracker.tests.factories import make_answer, make_body, publish_all
from tracker.tests.pages import file_rows, load_article, queries, read, sections, visible

EXPECTED = Path(__file__).parent / "expected"
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Karachi"))


class Record(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_record", verbosity=0)

    def found(self, rule: type[Rule], edition: str = "2") -> dict[str, Finding]:
        """The findings of the rule by the code of their subject."""
        reading = Reading.of(edition)
        with reading.opened():
            return {finding.subject.code: finding for finding in findings_in(reading, rules=[rule])}

    def told(self, rule: type[Rule], edition: str = "2") -> dict[str, str]:
        return {code: text(finding.sentence) for code, finding in self.found(rule, edition).items()}


class TestTheRecord(Record):
    def test_has_a_share_that_its_own_counts_do_not_give(self) -> None:
        finding = self.found(rules.ShareAgainstCounts, "1")["dunya-16"]
        assert text(finding.sentence) == "51.2% does not agree with 16,300 of 32,000, which is 50.9% (50.94)."
        assert [text(line) for line in finding.working] == [
            "16,300 ÷ 32,000 = 50.9% (50.94).",
            "51.2% stands for 51.15% to 51.25%: that needs 16,368 to 16,400 of 32,000.",
            "Or 16,300 of 31,805 to 31,867.",
        ]
        assert [citation.code for citation in finding.citations] == ["dunya-2024-07.madrassa-share"]
        assert set(self.found(rules.ShareAgainstCounts)) == {"dunya-16", "eurasia-rate"}

    def test_has_a_jump_of_pending_cases(self) -> None:
        told = self.told(rules.Jumps)
        assert told == {
            "supreme-court-2024-11-pending-pk": (
                "2,273 (Pakistan, 7 Nov 2024; ARY News) after 605 (Pakistan, period not stated; Dunya News):"
                " 3.8 times in 99 days, definition unknown."
            )
        }

    def test_has_more_operations_in_two_provinces_than_in_the_country(self) -> None:
        finding = self.found(rules.PartExceedsWhole)["dunya-02"]
        assert "22,714 (KP and Balochistan" in text(finding.sentence)
        assert "22,409 (Pakistan, period not stated; The Nation)" in text(finding.sentence)
        assert "22,714 − 22,409 = 305." in [text(line) for line in finding.working]

    def test_has_other_parts_above_their_wholes(self) -> None:
        assert set(self.found(rules.PartExceedsWhole)) == {
            "dawn-1850240-ibo",
            "dunya-02",
            "moi-2024-04-security-pk",
            "moi-2024-incidents-kp",
            "urdupoint-1860162-ibo",
        }
        assert set(self.found(rules.PartsExceedWhole)) == {"ary-2023-ibo-pk", "senate-2018-sentenced-pk"}

    def test_has_two_years_of_sindh_and_no_conflict_between_them(self) -> None:
        assert self.told(rules.TwoPeriods)["dunya-11"] == (
            "54% (Sindh, 2023; Dunya News) and 18% (Sindh, 2022; Jang) are figures of two years, not a conflict."
        )
        sindh = {code for code in self.found(rules.Rivals) if code.startswith(("dunya-11", "sindh-2022-rate"))}
        assert sindh == set()

    def test_has_five_conviction_rates_that_are_not_inconsistent(self) -> None:
        for edition in ("1", "2"):
            assert self.found(rules.RateOutsideItsAreas, edition) == {}
        page = sections(read(self.client, "/methodology/"))["rules-warns"]
        assert (
            "44% (Pakistan, 2023; Dunya News) lies within 6% to 72%, the range of 4 of 7 areas: no finding."
            in visible(page)
        )

    def test_reconciles_the_conviction_rates_with_the_convictions(self) -> None:
        finding = self.found(rules.RatesAndCounts)["dunya-09"]
        assert text(finding.sentence) == (
            "The 4 rates of areas and this one fit one base: 217 of about 494 is 44.0%, told is 44%."
        )
        assert [text(line) for line in finding.working] == [
            "Punjab: 152 ÷ 72% = 211.1.",
            "Sindh: 41 ÷ 54% = 75.9 (the count by subtraction).",
            "Khyber Pakhtunkhwa: 14 ÷ 35% = 40.0.",
            "Balochistan: 10 ÷ 6% = 166.7.",
            "211.1 + 75.9 + 40.0 + 166.7 = 493.7.",
            "217 ÷ 493.7 = 43.95%.",
            "Derived by us; what the base counts, no source says.",
        ]
        assert self.found(rules.RatesAndCounts, "1") == {}
        page = sections(read(self.client, "/indicators/conviction-rate/"))["findings"]
        assert "217 ÷ 493.7 = 43.95%." in visible(page)

    def test_has_rivals_of_one_time(self) -> None:
        assert set(self.found(rules.Rivals)) == {
            "ctd-kp-2023-incidents",
            "ctd-kp-2024-incidents-later",
            "dawn-2024-12-dgre",
            "sindh-2024-courts",
        }

    def test_has_no_military_body_on_a_political_action_and_no_date_in_the_future(self) -> None:
        for rule in (rules.MilitaryOnPolitical, rules.DeadlinePassed, rules.CompleteUnproved, rules.LateWeight):
            assert self.found(rule) == {}
        assert self.found(rules.Implausible) == {}

    def test_misses_a_link_of_every_commitment_of_the_article(self) -> None:
        told = self.told(rules.LinkMissing, "1")
        assert len(told) == 11
        assert told["azm-5.1"] == "Has 3 of 7 links; missing: owner, baseline, deadline, report."
        assert told["azm-3.2"] == (
            "Has 0 of 7 links; missing: owner, measure, baseline, requirement or target, deadline, latest figure,"
            " report."
        )

    def test_shows_findings_beside_what_they_are_about(self) -> None:
        for address, sentence in {
            "/": "22,714 − 22,409 = 305.",
            "/indicators/madrassa-registration-share/": "16,300 ÷ 32,000 = 50.9% (50.94).",
            "/indicators/atc-pending-cases/": "2,273 ÷ 605 = 3.76.",
            "/provinces/pk-sd/": "are figures of two years, not a conflict.",
            "/sources/dunya-2024-07/": "51.2% does not agree with 16,300 of 32,000",
            "/policies/azm-e-istehkam/": "51.2% does not agree",
        }.items():
            with self.subTest(address):
                assert sentence in visible(sections(read(self.client, address))["findings"])

    def test_leaves_pages_alone_that_nothing_is_remarked_on(self) -> None:
        for address in ("/bodies/rangers/", "/actions/azm-5.1/", "/indicators/madrassas-total/"):
            with self.subTest(address):
                assert "findings" not in sections(read(self.client, address))

    def test_is_narrowed_by_rule_weight_and_what_it_is_about(self) -> None:
        for query, subjects in {
            "rule=jump": {"supreme-court-2024-11-pending-pk"},
            "about=conviction-rate": {"dunya-11", "sindh-2024-rate", "dunya-09"},
            "about=PK-BA%2BPK-KP": {"dunya-02"},
            "about=dunya-16": {"dunya-16"},
            "severity=warns&about=atc-pending-cases": {"supreme-court-2024-11-pending-pk"},
            "about=nothing": set(),
        }.items():
            with self.subTest(query):
                rows = file_rows(self.client.get(f"/findings.csv?{query}"))
                assert {row["subject"] for row in rows} == subjects

    def test_refuses_a_rule_that_there_is_not(self) -> None:
        for query in ("rule=motives", "severity=blocks", "colour=green", "sort=motives"):
            for spelling in ("/findings/", "/findings.csv"):
                with self.subTest(query, spelling=spelling):
                    assert self.client.get(f"{spelling}?{query}").status_code == 400

    def test_is_sorted_either_way(self) -> None:
        subjects = [row["subject"] for row in file_rows(self.client.get("/findings.csv?sort=-subject"))]
        assert subjects == sorted(subjects, reverse=True)

    def test_is_paged(self) -> None:
        first, third = read(self.client, "/findings/"), read(self.client, "/findings/?page=3")
        assert re.search(r"<b>60</b> findings", first)
        assert first.count('class="finding"') == 25
        assert third.count('class="finding"') == 10


@time_machine.travel(NOON, tick=False)
class TestTheFileOfEditionOne(TestCase):
    def test_is_exactly(self) -> None:
        load_article()
        response = self.client.get("/findings.csv?edition=1")
        assert response.getvalue().decode() == (EXPECTED / "findings.csv").read_text(encoding="utf-8")
        assert response["Content-Disposition"].startswith('attachment; filename="azm-findings-edition-1')


class TestAnswers(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def test_stand_beside_the_finding_on_page_list_and_file(self) -> None:
        body = make_body(code="directorate", name="The directorate", name_ur="نظامت")
        answer = make_answer(
            rule="share-against-counts",
            subject_kind="metricsnapshot",
            subject_code="dunya-16",
            body=body,
            words="The share was rounded by the paper.",
            words_ur="حصہ اخبار نے گول کیا۔",
        )
        publish_all(answer)
        for address in ("/findings/", "/indicators/madrassa-registration-share/", "/"):
            with self.subTest(address):
                assert "The directorate answers: The share was rounded by the paper." in visible(
                    read(self.client, address)
                )
        assert "حصہ اخبار نے گول کیا۔" in read(self.client, "/ur/findings/")
        [row] = [row for row in file_rows(self.client.get("/findings.csv")) if row["subject"] == "dunya-16"]
        assert (row["answered_by"], row["answers"]) == ("directorate", "The share was rounded by the paper.")
        assert row["answer_citations"] == answer.citation.code
        before = file_rows(self.client.get("/findings.csv?edition=1"))
        assert {row["answered_by"] for row in before} == {""}

    def test_take_one_query_however_many(self) -> None:
        def answer(code: str) -> None:
            publish_all(make_answer(rule="link-missing", subject_kind="policyaction", subject_code=code))

        answer("azm-1.1")
        before = queries(self.client, "/findings/")
        for code in ("azm-1.2", "azm-1.3", "azm-2.1"):
            answer(code)
        assert queries(self.client, "/findings/") == before
