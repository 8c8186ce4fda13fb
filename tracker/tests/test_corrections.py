"""Whatever left the ledger, with what came in its place and why: as a page and as a file."""

from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.models import EditionItem
from tracker.publishing import withdraw
from tracker.tests.factories import (
    asker,
    make_citation,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, links, queries, read, rows, visible

HEAD = (
    "code,kind,act,edition,published_at,replaced_by,reason,edition_summary,edition_summary_ur,old_value,new_value,"
    "digest\n"
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
            ["f-report", "progress update", "withdrawn", "3", "f-again", "=It was misread."],
            ["f-605", "metric snapshot", "withdrawn", "2", "f-506", "Two digits were swapped."],
        ]

    def test_gives_the_reason_of_a_withdrawal_that_nothing_replaces(self) -> None:
        withdraw([self.kept], reviewer(), "The source took it back.", asked_by=asker())
        assert [self.listed()[0][n] for n in (0, 3, 5, 6)] == ["f-600", "4", "nothing", "The source took it back."]

    def test_leads_to_the_comparison_that_shows_the_correction(self) -> None:
        markup = read(self.client, "/corrections/")
        address = "/editions/compare/?from=1&to=2#f-506"
        assert address in links(markup)
        assert 'id="f-506"' in read(self.client, address)
        assert "/editions/2/" in links(markup)

    def test_holds_of_an_earlier_edition_what_was_corrected_up_to_then(self) -> None:
        assert [row[0] for row in self.listed("?edition=2")] == ["f-605"]
        page = read(self.client, "/corrections/?edition=1")
        assert "Nothing published has been corrected, withdrawn or redacted." in visible(page)

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
        for query in ("kind=figure", "colour=green", "sort=reason", "edition=9"):
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
        assert response["Content-Disposition"] == 'attachment; filename="azm-corrections-edition-3.csv"'
        report, figure = self.item("f-report").digest, self.item("f-605").digest
        self.assertEqual(
            response.getvalue().decode(),
            HEAD
            + f"f-report,progressupdate,withdrawn,3,{days['3']},f-again,'=It was misread.,A report is corrected.,,,,"
            + f"{report}\n"
            + f"f-605,metricsnapshot,withdrawn,2,{days['2']},f-506,Two digits were swapped.,A figure is corrected.,,"
            + f"605,506.5,{figure}\n",
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


class TestCost(Corrections):
    def test_does_not_grow_with_the_rows(self) -> None:
        few = queries(self.client, "/corrections/")
        sources = [make_source() for _ in range(8)]
        publish_all(*sources)
        withdraw(sources, reviewer(), "Not about the subject.", asked_by=asker())
        assert len(self.listed()) == 10
        assert queries(self.client, "/corrections/") == few
