"""Whatever left the ledger, with what came in its place and why: as a page and as a file."""

from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import date_short
from tracker.models import Edition, EditionItem, MetricSnapshot
from tracker.publishing import ratify, redact, reverse, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make_citation,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, links, queries, read, rows, visible

HEAD = (
    "code,kind,act,edition,published_at,replaced_by,reason,edition_summary,edition_summary_ur,old_value,new_value,"
    "digest,edition_act,ground,outcome,ended_in\n"
)


class Corrections(TestCase):
    """Edition 1 holds two figures and a report; edition 2 corrects a figure, edition 3 the report."""

    figure: Any
    kept: Any
    report: Any

    @classmethod
    def setUpTestData(cls) -> None:
        cited = make_citation()
        series = make_series()
        cls.figure = make_snapshot(code="f-605", series=series, value=605, citation=cited)
        cls.kept = make_snapshot(
            code="f-600", series=series, value=600, period_start=None, period_end=PartialDate.parse("2023"),
            citation=cited,
        )  # fmt: skip
        cls.report = make_update(code="f-report", citation=cited)
        publish_all(cls.figure, cls.kept, cls.report)
        about = {"series": series, "citation": cited}
        publish_all(
            make_snapshot(
                code="f-506", value="506.50", replaces=cls.figure, reason="Two digits were swapped.", **about
            ),
            summary="A figure is corrected.",
        )
        publish_all(
            make_update(
                code="f-again",
                action=cls.report.action,
                body=cls.report.body,
                citation=cited,
                replaces=cls.report,
                reason="=It was misread.",
            ),
            summary="A report is corrected.",
        )

    def listed(self, query: str = "") -> list[list[str]]:
        return rows(read(self.client, f"/corrections/{query}"))[1:]

    def item(self, code: str) -> EditionItem:
        return EditionItem.objects.get(code=code, act="withdrawn")


class TestPage(Corrections):
    def test_lists_them_newest_first_with_what_replaced_them_and_why(self) -> None:
        assert [[*row[:4], *row[5:]] for row in self.listed()] == [
            ["f-report", "progress update", "corrected", "3", "f-again", "=It was misread."],
            ["f-605", "metric snapshot", "corrected", "2", "f-506", "Two digits were swapped."],
        ]

    def test_gives_the_reason_of_a_withdrawal_that_nothing_replaces(self) -> None:
        withdraw([self.kept], reviewer(), "The source took it back.", asked_by=asker())
        assert [self.listed()[0][n] for n in (0, 2, 3, 5, 6)] == [
            "f-600", "withdrawn", "4", "nothing", "The source took it back.",
        ]  # fmt: skip

    def test_leads_to_the_comparison_that_shows_the_correction(self) -> None:
        markup = read(self.client, "/corrections/")
        address = "/editions/compare/?from=1&to=2#f-506"
        assert address in links(markup)
        assert 'id="f-506"' in read(self.client, address)
        assert "/editions/2/" in links(markup)

    def test_holds_of_an_earlier_edition_what_was_corrected_up_to_then(self) -> None:
        assert [row[0] for row in self.listed("?edition=2")] == ["f-605"]
        page = read(self.client, "/corrections/?edition=1")
        assert "Nothing published has been corrected, hidden or removed." in visible(page)

    def test_says_nothing_of_a_draft_that_is_to_replace_a_row(self) -> None:
        withdraw([self.kept], reviewer(), "The source took it back.", asked_by=asker())
        make_snapshot(code="f-draft", series=self.kept.series, replaces=self.kept, reason="A secret.")
        for address in ("/corrections/", "/corrections.csv"):
            text = read(self.client, address)
            assert "f-600" in text
            assert "f-draft" not in text
            assert "secret" not in text

    def test_can_be_cut_by_kind_and_refuses_what_is_none(self) -> None:
        assert [row[0] for row in self.listed("?kind=metricsnapshot")] == ["f-605"]
        for query in ("kind=figure", "act=undone", "colour=green", "sort=reason", "edition=9"):
            for address in ("/corrections/", "/corrections.csv"):
                with self.subTest(address=address, query=query):
                    assert self.client.get(f"{address}?{query}").status_code == 400

    def test_is_linked_from_the_foot_of_every_page_and_keeps_the_edition(self) -> None:
        assert "/corrections/" in links(read(self.client, "/about/"))
        assert "/corrections/?edition=2" in links(read(self.client, "/actions/?edition=2"))


class TestFile(Corrections):
    def test_holds_the_same_with_the_values_of_figures(self) -> None:
        days = {row["edition"]: row["published_at"] for row in file_rows(self.client.get("/corrections.csv"))}
        response = self.client.get("/corrections.csv")
        digest = Edition.objects.get(pk=3).digest[:16]
        assert response["Content-Disposition"] == f'attachment; filename="azm-corrections-edition-3-{digest}.csv"'
        report, figure = self.item("f-report").digest, self.item("f-605").digest
        self.assertEqual(
            response.getvalue().decode(),
            HEAD
            + f"f-report,progressupdate,withdrawn,3,{days['3']},f-again,'=It was misread.,A report is corrected.,,,,"
            + f"{report},publication,,,\n"
            + f"f-605,metricsnapshot,withdrawn,2,{days['2']},f-506,Two digits were swapped.,A figure is corrected.,,"
            + f"605,506.5,{figure},publication,,,\n",
        )

    def test_of_an_earlier_edition_stays_as_it_was(self) -> None:
        before = read(self.client, "/corrections.csv?edition=2")
        withdraw([self.kept], reviewer(), "The source took it back.", asked_by=asker())
        assert read(self.client, "/corrections.csv?edition=2") == before
        assert len(file_rows(self.client.get("/corrections.csv"))) == 3

    def test_has_a_row_for_every_item_that_is_no_entry(self) -> None:
        withdraw([self.kept], reviewer(), "The source took it back.", asked_by=asker())
        found = {(row["code"], row["act"]) for row in file_rows(self.client.get("/corrections.csv"))}
        assert found == set(EditionItem.objects.exclude(act="entered").values_list("code", "act"))


class TestActs(Corrections):
    """Edition 4 suspends a citation with what rests on it; it is settled in edition 5, or not."""

    def setUp(self) -> None:
        self.suspension = suspend([self.kept.citation], make_user(), "The source is said to be forged.")

    def suspended(self, query: str = "act=suspension") -> dict[str, str]:
        return {row[0]: row[2] for row in self.listed(f"?{query}")}

    def file(self, query: str = "act=suspension") -> list[tuple[str, ...]]:
        found = file_rows(self.client.get(f"/corrections.csv?{query}"))
        return [(row["code"], row["act"], row["edition_act"], row["outcome"], row["ended_in"]) for row in found]

    def test_a_suspension_waits_for_another_reviewer(self) -> None:
        assert self.suspended()["f-600"] == "suspended; waiting for another reviewer"
        assert ("f-600", "suspended", "suspension", "waiting", "") in self.file()
        assert set(self.suspended()) == {row[0] for row in self.file()}
        assert self.suspended().keys() == {self.kept.citation.code, "f-600", "f-506", "f-again"}
        assert {row[6] for row in self.listed("?act=suspension")} == {"The source is said to be forged."}

    def test_a_ratified_one_says_so_and_is_a_withdrawal(self) -> None:
        ratify(self.suspension, reviewer(), "It is.")
        day = date_short(Edition.objects.get(number=5).published_at)
        assert self.suspended()["f-600"] == f"suspended; ratified in edition 5, {day}"
        assert ("f-600", "suspended", "suspension", "ratified", "5") in self.file()
        assert self.suspended("act=ratification")["f-600"] == "withdrawn, the suspension being ratified"
        assert ("f-600", "withdrawn", "ratification", "", "") in self.file("act=ratification")

    def test_a_reversed_one_says_so_and_restores(self) -> None:
        reverse(self.suspension, reviewer(), "It is not.")
        day = date_short(Edition.objects.get(number=5).published_at)
        assert self.suspended()["f-600"] == f"suspended; reversed in edition 5, {day}"
        assert ("f-600", "suspended", "suspension", "reversed", "5") in self.file()
        assert self.suspended("act=reversal")["f-600"] == "restored, the suspension being reversed"

    def test_a_suspension_waits_still_in_the_edition_before_its_end(self) -> None:
        page, file = self.suspended("act=suspension&edition=4"), self.file("act=suspension&edition=4")
        reverse(self.suspension, reviewer(), "It is not.")
        assert self.suspended("act=suspension&edition=4") == page
        assert self.file("act=suspension&edition=4") == file

    def test_a_redaction_gives_its_ground_and_no_content(self) -> None:
        """Of the figure that was corrected, and of the one that stands instead, with the reason for that."""
        reverse(self.suspension, reviewer(), "It is not.")
        new = MetricSnapshot.objects.get(code="f-506")
        ground = Edition.Ground.PERSONAL_DATA
        redact([self.figure, new], reviewer(), "A name was in it.", asked_by=asker(), ground=ground)
        told = {row[0]: (row[2], row[6]) for row in self.listed("?act=redaction")}
        assert told == dict.fromkeys(("f-506", "f-605"), ("redacted: personal data", "A name was in it."))
        corrected = next(row for row in self.listed("?act=publication") if row[0] == "f-605")
        assert (corrected[5], corrected[6]) == ("f-506", "redacted")
        file = {(row["code"], row["act"]): row for row in file_rows(self.client.get("/corrections.csv"))}
        redacted, was = file["f-506", "redacted"], file["f-605", "withdrawn"]
        assert (redacted["ground"], redacted["edition_act"]) == ("personal-data", "redaction")
        assert (was["old_value"], was["new_value"], was["reason"]) == ("", "", "[redacted]")
        for address in ("/corrections/", "/corrections.csv", "/corrections.csv?edition=2"):
            text = read(self.client, address)
            assert "506.5" not in text
            assert "Two digits" not in text

    def test_are_the_choices_of_a_filter(self) -> None:
        everything = sorted(row["code"] + row["act"] for row in file_rows(self.client.get("/corrections.csv")))
        by_act = [self.file(f"act={act}") for act in Edition.Act]
        assert sorted(row[0] + row[1] for found in by_act for row in found) == everything
        assert [row[0] for row in self.file("act=suspension&kind=progressupdate")] == ["f-again"]

    def test_take_the_same_queries_when_they_are_settled(self) -> None:
        before = queries(self.client, "/corrections/")
        reverse(self.suspension, reviewer(), "It is not.")
        assert queries(self.client, "/corrections/") == before


class TestCost(Corrections):
    def test_does_not_grow_with_the_rows(self) -> None:
        few = queries(self.client, "/corrections/")
        sources = [make_source() for _ in range(8)]
        publish_all(*sources)
        withdraw(sources, reviewer(), "Not about the subject.", asked_by=asker())
        assert len(self.listed()) == 10
        assert queries(self.client, "/corrections/") == few
