"""Editions: the list, the page of one, and the file by which anybody checks its digest."""

import hashlib

from django.test import TestCase

from tracker.models import Edition
from tracker.tests.factories import make_body, make_snapshot, make_source, open_edition, publish_all
from tracker.tests.pages import links, queries, read, rows, sections, visible


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
        assert (second[0], second[2], second[4]) == ("Edition 2", "A correction.", "1")
        assert (first[0], first[2], first[4]) == ("Edition 1", "The first figures.", "0")

    def test_list_is_in_the_language_of_the_page(self) -> None:
        assert "پہلے اعداد۔" in read(self.client, "/ur/editions/")

    def test_page_tells_the_act_and_its_rows(self) -> None:
        page = read(self.client, "/editions/2/")
        assert "A correction." in page
        counted = {row[0]: row[1:] for row in rows(sections(page)["rows"])[1:]}
        assert counted["Metric snapshots"] == ["1", "1"]
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
        before = queries(self.client, "/editions/1/")
        publish_all(*(make_source() for _ in range(10)))
        assert queries(self.client, "/editions/3/") == before
