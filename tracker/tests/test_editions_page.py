"""Editions: the list, the page of one, and the file by which anybody checks its digest."""

import hashlib
from typing import Any

from django.test import TestCase

from provinces.models import Area
from tracker.models import Edition, EditionItem, ResponsibleBody
from tracker.publishing import redact, reverse, suspend, withdraw
from tracker.publishing.items import Happened
from tracker.tests.factories import (
    asker,
    make_body,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    make_user,
    open_edition,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, items, links, load_areas, queries, read, rows, sections, visible


class TestEditionsPage(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        wrong = make_snapshot(value=1)
        publish_all(wrong, make_body(), summary="The first figures.", summary_ur="پہلے اعداد۔")
        publish_all(
            make_snapshot(value=2, series=wrong.series, replaces=wrong, reason="Mistyped."), summary="A correction."
        )

    def test_list_has_the_newest_first_with_what_entered_and_left(self) -> None:
        head, second, first = rows(read(self.client, "/editions/"))
        assert head[0].startswith("Edition")
        assert (second[0], *second[2:4], second[5]) == ("Edition 2", "publication", "A correction.", "1")
        assert (first[0], *first[2:4], first[5]) == ("Edition 1", "publication", "The first figures.", "0")

    def test_list_is_in_the_language_of_the_page(self) -> None:
        assert "پہلے اعداد۔" in read(self.client, "/ur/editions/")

    def test_page_tells_the_act_and_its_rows(self) -> None:
        page = read(self.client, "/editions/2/")
        assert "A correction." in page
        counted = {row[0]: row[1:] for row in rows(sections(page)["rows"])[1:]}
        assert counted["Metric snapshots"] == ["1", "1", "1", "1"]
        assert Edition.objects.get(pk=2).digest in page
        assert Edition.objects.get(pk=1).digest in visible(sections(page)["act"])

    def test_page_leads_to_its_neighbours_and_to_the_ledger_as_it_was(self) -> None:
        first, second = read(self.client, "/editions/1/"), read(self.client, "/editions/2/")
        assert "/editions/2/" in links(first)
        assert "/editions/1/" in links(second)
        assert "/?edition=1" in links(first)

    def test_file_has_the_digest_of_the_edition(self) -> None:
        for number in (1, 2):
            response = self.client.get(f"/editions/edition-{number}.sha256")
            assert response.status_code == 200
            assert hashlib.sha256(response.content).hexdigest() == Edition.objects.get(pk=number).digest
            assert f'filename="edition-{number}.sha256"' in response["Content-Disposition"]

    def test_that_does_not_exist_is_not_found(self) -> None:
        for number in ("0", "3", "9" * 12, "9" * 40):
            with self.subTest(number):
                assert self.client.get(f"/editions/{number}/").status_code == 404
                refused = self.client.get(f"/editions/edition-{number}.sha256")
                assert refused.status_code == 404
                assert refused["Content-Type"] == "text/plain; charset=utf-8"

    def test_that_is_open_is_not_found(self) -> None:
        with open_edition() as edition:
            assert self.client.get(f"/editions/{edition.number}/").status_code == 404
            assert self.client.get(f"/editions/edition-{edition.number}.sha256").status_code == 404

    def test_page_takes_the_same_queries_however_much_entered(self) -> None:
        publish_all(make_source())
        publish_all(*(make_source() for _ in range(30)))
        assert queries(self.client, "/editions/4/") == queries(self.client, "/editions/3/")


class TestRowsOfAnEdition(TestCase):
    """The page lists what happened, in words, with links to where it stands."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        series = make_series(indicator=make_indicator(name="Cases"), area=Area.objects.get(code="PK-SD"))
        cls.wrong = make_snapshot(code="f-old", series=series, value=1)
        publish_all(cls.wrong, make_body(name="A ministry"), *(make_source(title=f"Report {n}") for n in range(12)))

    def happened(self, number: int, prefix: str = "") -> dict[str, list[str]]:
        found = sections(read(self.client, f"{prefix}/editions/{number}/"))
        return {name: items(found[name]) for name in found if name in {kind.value for kind in Happened}}

    def correct(self) -> Any:
        new = make_snapshot(
            code="f-new",
            series=self.wrong.series,
            value=2,
            citation=self.wrong.citation,
            replaces=self.wrong,
            reason="Mistyped.",
        )
        publish_all(new)
        return new

    def test_says_which_entered_and_which_replaced_what(self) -> None:
        self.correct()
        assert set(self.happened(1)) == {"entered"}
        assert "A ministry" in self.happened(1)["entered"]
        period = "1 Jan 2024 – 30 Jun 2024"
        assert self.happened(2) == {
            "corrected": [f"Cases, Sindh: 2 operations, {period}, instead of 1 operations, {period} Mistyped."]
        }

    def test_shows_the_first_of_each_kind_and_leads_to_all_of_them(self) -> None:
        markup = sections(read(self.client, "/editions/1/"))["entered"]
        assert sum(link.startswith("/sources/") and "#" not in link for link in links(markup)) == 10
        assert "/history/?published_in=1&happened=entered&kind=source" in links(markup)
        every = "/history/?published_in=1&happened=entered&kind=source"
        assert len(file_rows(self.client.get(every.replace("/?", ".csv?")))) == 14  # with what the others cite

    def test_has_a_file_of_all(self) -> None:
        markup = sections(read(self.client, "/editions/1/"))["rows"]
        assert "/history.csv?published_in=1" in links(markup)
        assert len(file_rows(self.client.get("/history.csv?published_in=1"))) == EditionItem.objects.count()

    def test_links_to_where_the_rows_stood(self) -> None:
        withdraw([self.correct()], reviewer(), "The source took it back.", asked_by=asker())
        (address,) = links(sections(read(self.client, "/editions/3/"))["withdrawn"])
        assert address == f"{self.wrong.series.indicator.get_absolute_url()}?edition=2#f-new"
        assert 'id="f-new"' in read(self.client, address.partition("#")[0])

    def test_tells_a_suspension_and_what_became_of_it(self) -> None:
        suspension = suspend([self.wrong], reviewer(), "A court objects.")
        act = visible(sections(read(self.client, "/editions/2/"))["act"])
        assert "Suspension, waiting for another reviewer, who withdraws or restores the rows" in act
        assert "by one reviewer" in act
        assert self.happened(2) == {"suspended": ["Cases, Sindh: f-old"]}
        reverse(suspension, make_user("another"), "It was right.")
        assert "Suspension, reversal of a suspension: edition 3" in visible(
            sections(read(self.client, "/editions/2/"))["act"]
        )
        act = sections(read(self.client, "/editions/3/"))["act"]
        assert "Reversal of a suspension: edition 2" in visible(act)
        assert "/editions/2/" in links(act)
        assert self.happened(3) == {"restored": ["Cases, Sindh: 1 operations, 1 Jan 2024 – 30 Jun 2024"]}

    def test_tells_a_redaction_with_its_ground(self) -> None:
        redact([self.wrong], reviewer(), "A court asked.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        act = visible(sections(read(self.client, "/editions/2/"))["act"])
        assert "Kind of act Redaction" in act
        assert "Ground Order of a court" in act
        assert "by two people: one asked, another did it" in act
        assert self.happened(2) == {"redacted": ["Cases, Sindh: f-old"]}
        assert "Cases, Sindh: f-old (content redacted later)" in self.happened(1)["entered"]

    def test_counts_every_act_and_adds_it_up(self) -> None:
        self.correct()
        head, *kinds, total = rows(sections(read(self.client, "/editions/2/"))["rows"])
        assert head == ["Kind of row", "In edition 1", "Entered", "Withdrawn", "In edition 2"]
        assert kinds == [["Metric snapshots", "1", "1", "1", "1"]]
        assert total == ["All of these", "1", "1", "1", "1"]
        assert "/history/?published_in=2&kind=metricsnapshot" in links(
            sections(read(self.client, "/editions/2/"))["rows"]
        )
        suspend(ResponsibleBody.objects.published(), reviewer(), "A reason.")
        assert rows(sections(read(self.client, "/editions/3/"))["rows"])[0] == [
            "Kind of row",
            "In edition 2",
            "Suspended",
            "In edition 3",
        ]

    def test_has_nothing_before_the_first(self) -> None:
        head, *kinds, total = rows(sections(read(self.client, "/editions/1/"))["rows"])
        assert head == ["Kind of row", "Entered", "In edition 1"]
        assert ["Sources", "14", "14"] in kinds  # with what the others cite
        assert total[0] == "All rows"
        assert total[1] == total[2] == str(EditionItem.objects.count())

    def test_explains_the_digest_that_names_of_files_begin_with(self) -> None:
        said = visible(sections(read(self.client, "/editions/1/"))["check"])
        assert "Names of CSV files end in its first 16 digits" in said
