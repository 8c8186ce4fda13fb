"""The catalogue of the files: nothing that can be taken is missing in it, and it cannot say what is not so."""

import re
from typing import Any

from django.test import RequestFactory, TestCase, override_settings
from django.utils.translation import gettext

from tracker.listings import LISTINGS
from tracker.listings.dictionary import columns_of
from tracker.listings.meanings import MEANINGS
from tracker.tests.pages import World, file_rows, files, links, queries, read, rows, sections, visible


def listed(page: str) -> dict[str, list[str]]:
    """The rows of the table of lists, by the name of their file."""
    return {row[2].removesuffix(".csv"): row for row in rows(sections(page)["lists"])[1:]}


class Catalogue(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(2)


class TestDataPage(Catalogue):
    def test_has_every_list_with_page_file_and_columns(self) -> None:
        found = links(read(self.client, "/data/"))
        for listing in LISTINGS:
            with self.subTest(listing.name):
                assert {f"/{listing.name}/", f"/{listing.name}.csv", f"/data/{listing.name}/"} <= set(found)
        assert set(files()) <= set(found)

    def test_counts_the_rows_that_the_files_have(self) -> None:
        for address in ("/data/", "/data/?edition=1"):
            table = listed(read(self.client, address))
            for listing in LISTINGS:
                with self.subTest(listing.name):
                    file = self.client.get(f"/{listing.name}.csv{address.removeprefix('/data/')}")
                    assert table[listing.name][1] == f"{len(file_rows(file)):,}"

    def test_says_how_to_check_the_edition(self) -> None:
        page = sections(read(self.client, "/data/"))["check"]
        assert "/editions/edition-1.sha256" in links(page)
        assert re.search(r"\b[0-9a-f]{64}\b", visible(page))
        assert "sha256sum edition-1.sha256" in visible(page)

    def test_leads_to_feeds_and_calendar(self) -> None:
        assert {"/feed.atom", "/calendar.ics"} <= set(links(sections(read(self.client, "/data/"))["follow"]))

    def test_keeps_the_edition_that_is_read(self) -> None:
        found = links(sections(read(self.client, "/data/?edition=1"))["lists"])
        assert found
        assert all(link.endswith("?edition=1") for link in found)

    def test_counts_what_is_stored_by_one_query(self) -> None:
        before = queries(self.client, "/data/")
        self.world.grow(4)
        assert queries(self.client, "/data/") == before
        assert before <= 45  # the rules of findings ask most of them


class TestColumns(Catalogue):
    def columns(self, listing: Any) -> list[Any]:
        asked = listing(RequestFactory().get("/"))
        with asked.opened():
            return columns_of(asked)

    def test_of_every_file_are_all_there_in_their_order(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                header = self.client.get(f"/{listing.name}.csv").getvalue().decode().splitlines()[0].split(",")
                table = rows(sections(read(self.client, f"/data/{listing.name}/"))["columns"])
                explained = [row[0] for row in table[1:] if len(row) == 3]
                assert explained == header

    def test_have_a_type_and_a_meaning_each(self) -> None:
        for listing in LISTINGS:
            for column in self.columns(listing):
                with self.subTest(listing=listing.name, column=column.name):
                    assert column.type
                    assert column.meaning

    def test_of_a_choice_name_what_may_stand_there(self) -> None:
        [domain] = [column for column in self.columns(LISTINGS[1]) if column.name == "domain"]
        assert "operational" in dict(domain.values)
        for row in file_rows(self.client.get("/actions.csv")):
            assert row["domain"] in dict(domain.values)

    def test_are_typed_as_the_file_writes_them(self) -> None:
        shapes = {
            gettext("true or false"): r"true|false",
            gettext("whole number"): r"-?\d+",
            gettext("number"): r"-?\d+(\.\d+)?",
            gettext("date"): r"\d{4}-\d\d-\d\d",
            gettext("date, month or year"): r"\d{4}(-\d\d){0,2}",
        }
        for listing in LISTINGS:
            types = {column.name: str(column.type) for column in self.columns(listing)}
            for row in file_rows(self.client.get(f"/{listing.name}.csv")):
                for name, value in row.items():
                    with self.subTest(listing=listing.name, column=name, value=value):
                        assert not value or re.fullmatch(shapes.get(types[name], ".*"), value, flags=re.DOTALL)

    def test_of_a_sample_say_so(self) -> None:
        with override_settings(AZM_SAMPLE=True):
            last = self.columns(LISTINGS[0])[-1]
        assert last.name == "sample"
        assert "invented" in last.meaning

    def test_have_no_meaning_left_over(self) -> None:
        """A meaning that is written by hand belongs to a column that is there."""
        names = {name for listing in LISTINGS for name in listing.columns} | {"sample"}
        full = {f"{listing.name}.{name}" for listing in LISTINGS for name in listing.columns}
        assert set(MEANINGS) - names - full == set()

    def test_of_a_list_that_is_none_are_not_found(self) -> None:
        assert self.client.get("/data/nothing/").status_code == 404

    def test_are_linked_from_their_list(self) -> None:
        for listing in LISTINGS:
            assert f"/data/{listing.name}/" in links(read(self.client, f"/{listing.name}/"))
