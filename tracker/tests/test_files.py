"""The CSV files of edition 1, the article alone, whole and byte for byte; and what no cell may do."""

import csv
import io
from typing import Any, ClassVar
from unittest import mock

from django.conf import settings
from django.test import TestCase

from azm.lib import csvfiles
from tracker.listings import LISTINGS
from tracker.models import Edition
from tracker.tests.factories import (
    make_body,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    publish_all,
)
from tracker.tests.pages import file_rows, load_areas, load_article

EXPECTED = settings.BASE_DIR / "tracker" / "tests" / "expected"

# The sixteen figures of the article, each with its area and how it is qualified.
FIGURES = {
    ("terrorism-incidents", "PK-BA+PK-KP", "1063", "exactly"),
    ("intelligence-based-operations", "PK-BA+PK-KP", "22714", "exactly"),
    ("security-personnel-killed", "PK-BA+PK-KP", "111", "exactly"),
    ("reported-terrorist-casualties", "PK-BA+PK-KP", "354", "exactly"),
    ("joint-operations", "PK-PB", "131", "exactly"),
    ("terrorism-arrests", "PK", "1346", "at-least"),
    ("atc-pending-cases", "PK", "605", "exactly"),
    ("terrorism-convictions", "PK", "217", "exactly"),
    ("conviction-rate", "PK", "44", "exactly"),
    ("conviction-rate", "PK-PB", "72", "exactly"),
    ("conviction-rate", "PK-SD", "54", "exactly"),
    ("conviction-rate", "PK-KP", "35", "exactly"),
    ("conviction-rate", "PK-BA", "6", "exactly"),
    ("madrassas-registered", "PK", "16300", "exactly"),
    ("madrassas-total", "PK", "32000", "about"),
    ("madrassa-registration-share", "PK", "51.2", "exactly"),
}


class TestFilesOfTheArticle(TestCase):
    """A column renamed or a cell changed is a broken promise: then a line of the changelog goes with it."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def assert_is_exactly(self, name: str) -> None:
        response = self.client.get(f"/{name}.csv?edition=1")
        assert response.status_code == 200
        digest = Edition.objects.get(pk=1).digest[:16]
        assert response["Content-Disposition"] == f'attachment; filename="azm-{name}-edition-1-{digest}.csv"'
        expected = (EXPECTED / f"{name}.csv").read_bytes()
        self.assertEqual(response.getvalue().decode().split("\n"), expected.decode().split("\n"))

    def test_snapshots_are_exactly(self) -> None:
        self.assert_is_exactly("snapshots")

    def test_comparisons_are_their_header(self) -> None:
        """No series of the article has two figures."""
        self.assert_is_exactly("comparisons")

    def test_distances_are_exactly(self) -> None:
        self.assert_is_exactly("distances")

    def test_actions_are_exactly(self) -> None:
        self.assert_is_exactly("actions")

    def test_progress_is_exactly(self) -> None:
        self.assert_is_exactly("progress")

    def test_burden_is_exactly(self) -> None:
        self.assert_is_exactly("burden")

    def test_bodies_are_exactly(self) -> None:
        self.assert_is_exactly("bodies")

    def test_indicators_are_exactly(self) -> None:
        self.assert_is_exactly("indicators")

    def test_sources_are_exactly(self) -> None:
        self.assert_is_exactly("sources")

    def test_policies_are_exactly(self) -> None:
        self.assert_is_exactly("policies")

    def test_the_history_is_exactly(self) -> None:
        self.assert_is_exactly("history")

    def test_areas_and_measures_are_exactly(self) -> None:
        self.assert_is_exactly("area-measures")

    def test_what_is_not_published_is_exactly(self) -> None:
        self.assert_is_exactly("openness")

    def test_provinces_are_exactly(self) -> None:
        self.assert_is_exactly("provinces")

    def test_milestones_updates_and_corrections_are_their_headers(self) -> None:
        for name in ("milestones", "updates", "corrections", "waiting", "silence"):
            with self.subTest(name):
                self.assert_is_exactly(name)

    def test_editions_are_all_but_their_digest_exactly(self) -> None:
        (edition,) = file_rows(self.client.get("/editions.csv?edition=1"))
        assert edition["number"] == "1"
        assert edition["published_at"] == "2026-11-22 04:30:00+00"
        assert (edition["entered"], edition["withdrawn"], edition["recipe"]) == ("110", "0", "3")
        assert (edition["act"], edition["ground"], edition["suspended"], edition["redacted"]) == (
            "publication",
            "",
            "0",
            "0",
        )
        assert len(edition["digest"]) == 64  # of salted rows, so that it is another one each time

    def test_every_listing_is_compared(self) -> None:
        compared = {path.stem for path in EXPECTED.glob("*.csv")} - {"province-comparison"} | {"editions"}
        assert compared == {listing.name for listing in LISTINGS}

    def test_the_sixteen_figures_are_there_with_their_sources(self) -> None:
        found = file_rows(self.client.get("/snapshots.csv?edition=1"))
        assert len(found) == 16
        assert {(row["indicator"], row["area"], row["value"], row["qualifier"]) for row in found} == FIGURES
        for row in found:
            with self.subTest(row["code"]):
                assert row["source"] == "dunya-2024-07"
                assert row["source_url"] == "https://dunyanews.tv/en/Pakistan/820752"
                assert row["quotation"]
                assert row["attribution"] in ("writer", "unnamed-officials")
                assert row["edition"] == "1"

    def test_the_contradiction_stays_as_the_article_states_it(self) -> None:
        (share,) = file_rows(self.client.get("/snapshots.csv?edition=1&indicator=madrassa-registration-share"))
        assert (share["value"], share["numerator"], share["denominator"]) == ("51.2", "16300", "32000")

    def test_what_the_article_leaves_out_is_empty(self) -> None:
        by_code = {row["code"]: row for row in file_rows(self.client.get("/snapshots.csv?edition=1"))}
        assert by_code["dunya-05"]["period_start"] == by_code["dunya-05"]["period_end"] == ""
        actions = file_rows(self.client.get("/actions.csv?edition=1"))
        assert {(action["starts"], action["due"]) for action in actions} == {("", "")}

    def test_in_urdu_is_the_same_file(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                english = self.client.get(f"/{listing.name}.csv?edition=1").getvalue()
                assert self.client.get(f"/ur/{listing.name}.csv?edition=1").getvalue() == english


HOSTILE = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"]
HARMLESS = ['"quoted", twice', "a\nb", "'; DROP TABLE tracker_body; --", "100 %s", "عزمِ استحکام", "1-2"]


class TestHostileText(TestCase):
    """What an analyst may type, a spreadsheet must not run."""

    bodies: ClassVar[dict[str, str]] = {}

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.bodies = {f"body-x{n}": text for n, text in enumerate([*HOSTILE, *HARMLESS])}
        rows: list[Any] = [make_body(code=code, name=text, note=text) for code, text in cls.bodies.items()]
        series = make_series(indicator=make_indicator(code="balance", decimals=2))
        source = make_source(publisher="=cmd()", title="@title")
        rows.append(make_snapshot(series=series, value="-12.50", citation=make_citation(source=source, quotation="-x")))
        publish_all(*rows)

    def test_is_guarded_by_an_apostrophe_and_otherwise_as_it_was(self) -> None:
        found = {row["code"]: row for row in file_rows(self.client.get("/bodies.csv"))}
        for code, text in self.bodies.items():
            with self.subTest(text):
                written = f"'{text}" if text in HOSTILE else text
                assert found[code]["name"] == found[code]["note"] == written

    def test_of_a_source_is_guarded_in_the_rows_that_cite_it(self) -> None:
        (row,) = file_rows(self.client.get("/snapshots.csv"))
        assert (row["publisher"], row["source_title"], row["quotation"]) == ("'=cmd()", "'@title", "'-x")

    def test_does_not_touch_numbers_and_dates(self) -> None:
        (row,) = file_rows(self.client.get("/snapshots.csv"))
        assert (row["value"], row["period_start"], row["as_of"]) == ("-12.5", "2024-01-01", "2024-06-30")

    def test_is_escaped_on_the_page(self) -> None:
        publish_all(make_body(name="<script>alert(1)</script>", note="&amp;"))
        page = self.client.get("/bodies/").text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_has_the_same_number_of_cells_in_every_row(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                text = self.client.get(f"/{listing.name}.csv").getvalue().decode()
                lines = list(csv.reader(io.StringIO(text, newline="")))
                assert {len(line) for line in lines} == {len(listing.columns)}

    def test_begins_no_formula_in_any_file(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                for row in file_rows(self.client.get(f"/{listing.name}.csv")):
                    for cell in row.values():
                        assert cell[:1] not in tuple("=+@\t\r\n＝＋－＠")
                        assert not cell.startswith("-") or float(cell) < 0


class TestLargeFiles(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(*(make_source(note="x" * 500) for _ in range(40)))

    def test_come_in_blocks(self) -> None:
        with mock.patch.object(csvfiles, "BLOCK", 4096):
            response = self.client.get("/sources.csv")
            blocks = list(response.streaming_content)
        assert len(blocks) >= 5
        assert b"".join(blocks).count(b"\n") == 41

    def test_are_refused_in_plain_text_before_they_begin(self) -> None:
        for query, status in {"?kind=gossip": 400, "?edition=9": 400, "?colour=red": 400, "?sort=salt": 400}.items():
            with self.subTest(query):
                response = self.client.get(f"/sources.csv{query}")
                assert response.status_code == status
                assert not response.streaming
                assert response["Content-Type"] == "text/plain; charset=utf-8"
                assert response.text.count("\n") == 1
                assert len(response.text) > 20


class TestFilesOfNothing(TestCase):
    def test_are_not_found_before_the_first_edition(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                response = self.client.get(f"/{listing.name}.csv")
                assert response.status_code == 404
                assert response.text == "Nothing is published yet.\n"
                assert self.client.get(f"/{listing.name}/").status_code == 404
