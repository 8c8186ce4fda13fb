"""One declaration, a page and a file: what they share, and what they refuse."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from unittest import mock

import django_filters
import django_tables2 as tables
import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left, Length
from django.http import HttpResponse
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from azm.lib import csvfiles, listedrows, listing
from azm.lib.listedrows import PER_PAGE, ListingTable
from azm.lib.listing import Listing

PAGE = """{{ title }}|{{ page.number }} of {{ page.paginator.num_pages }}|{{ page.paginator.count }}{% if page.paginator.more %}+{% endif %}|{% for row in page.object_list %}{{ row.record.name }} {% endfor %}|{{ csv_url }}|{{ clear_url }}|{% for chip in chips %}{{ chip.label }} → {{ chip.url }};{% endfor %}|{% for field in hidden %}{{ field.name }}={{ field.value }};{% endfor %}|{% for field in fields %}{{ field.name }} {% endfor %}/{% for field in more_fields %}{{ field.name }} {% endfor %}{% if more_in_force %}open{% endif %}|{% for head, falls in sorted_by %}{{ head }}{% if falls %} falling{% endif %};{% endfor %}|{{ total }} {{ noun_of_total }}|{{ table.empty_text }} {{ table.empty_reason }}"""  # noqa: E501


class WordTable(ListingTable):
    name = tables.Column()
    letter = tables.Column()
    length = tables.Column(order_by=("long",), empty_values=())
    colour = tables.Column(empty_values=(), orderable=False)


class WordFilter(django_filters.FilterSet):
    letter = django_filters.ChoiceFilter(choices=[("a", "The letter a"), ("b", "The letter b")], label="Letter")
    longer = django_filters.NumberFilter(field_name="long", lookup_expr="gt", label="Longer than")


class WordListing(Listing):
    name = "words"
    title = "Words"
    table_class, filterset_class = WordTable, WordFilter
    columns: ClassVar = {"name": "name", "letter": "letter", "length": "long"}
    parameters = Listing.parameters | {"edition"}
    template_name = "words.html"

    def get_queryset(self) -> QuerySet:
        return Group.objects.annotate(letter=Left("name", 1), long=Length("name")).order_by("name", "pk")


urlpatterns = WordListing.urls()
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"words.html": PAGE})]},
    }
]


@pytest.mark.urls(__name__)
@override_settings(TEMPLATES=TEMPLATES)
class Words(TestCase):
    """a00, a01 … b29: sixty words of which thirty share each letter, and one long word."""

    @classmethod
    def setUpTestData(cls) -> None:
        Group.objects.all().delete()
        words = [f"{letter}{number:02}" for number in range(30) for letter in "ab"]
        Group.objects.bulk_create(Group(name=name) for name in [*words, "a-long-word"])

    def page(self, query: str = "") -> list[str]:
        """The parts of the page, as the template above separates them."""
        response = self.client.get(f"/words/{query}")
        assert response.status_code == 200, response.content
        return response.text.split("|")

    def names(self, query: str = "") -> list[str]:
        return self.page(query)[3].split()

    def every_name(self, query: str) -> list[str]:
        """Of all pages one after the other."""
        pages = int(self.page(query)[1].split(" of ")[1])
        return [name for number in range(1, pages + 1) for name in self.names(f"{query}&page={number}")]

    def file(self, query: str = "") -> list[list[str]]:
        response = self.client.get(f"/words.csv{query}")
        assert response.status_code == 200
        return list(csv.reader(io.StringIO(response.getvalue().decode(), newline="")))


class TestPageAndFile(Words):
    def test_have_the_same_rows_in_the_same_order(self) -> None:
        for query in ("?", "?letter=a", "?longer=3", "?letter=b&longer=5"):
            for sort in (
                "",
                "name",
                "-name",
                "letter",
                "-letter",
                "length",
                "-length",
                "letter,-length",
                "-letter,name",
            ):
                asked = f"{query}&sort={sort}"
                with self.subTest(asked):
                    assert self.every_name(asked) == [row[0] for row in self.file(asked)[1:]]

    def test_keep_tied_rows_in_place_from_page_to_page(self) -> None:
        for sort in ("letter", "-letter", "length", "-length"):
            with self.subTest(sort):
                names = self.every_name(f"?sort={sort}")
                assert sorted(names) == sorted(Group.objects.values_list("name", flat=True))

    def test_sort_by_what_is_asked_and_then_by_key(self) -> None:
        keys = dict(Group.objects.values_list("name", "pk"))
        names = self.every_name("?sort=-letter")
        assert names == sorted(keys, key=lambda name: (-ord(name[0]), keys[name]))

    def test_differ_in_nothing_but_the_page(self) -> None:
        assert len(self.names()) == PER_PAGE
        assert len(self.file("?page=2")) == 62

    def test_lead_to_each_other(self) -> None:
        assert (
            self.page("?letter=a&sort=-name&page=2&edition=3")[4] == "/words.csv?letter=a&amp;sort=-name&amp;edition=3"
        )
        assert self.page()[4] == "/words.csv"


class TestFilters(Words):
    REFUSED: ClassVar = {
        "?leter=a": "This list has no filter “leter”. It has: letter, longer.",
        "?letter=a&x=&y=1": "This list has no filter “x, y”. It has: letter, longer.",
        "?per_page=-5": "This list has no filter “per_page”. It has: letter, longer.",
        "?per_page=1000000": "This list has no filter “per_page”. It has: letter, longer.",
        "?letter=c": "Letter: Select a valid choice. c is not one of the available choices.",
        "?longer=many": "Longer than: Enter a number.",
        "?sort=colour": "This list cannot be sorted by “colour”. It can be by: name, letter, length.",
        "?sort=pk": "This list cannot be sorted by “pk”. It can be by: name, letter, length.",
        "?sort=name,-password": "This list cannot be sorted by “-password”. It can be by: name, letter, length.",
        "?sort=--name": "This list cannot be sorted by “--name”. It can be by: name, letter, length.",
        "?sort=-": "This list cannot be sorted by “-”. It can be by: name, letter, length.",
    }

    def test_that_are_not_understood_are_refused_on_the_page_and_in_the_file(self) -> None:
        for query, sentence in self.REFUSED.items():
            for address in ("/words/", "/words.csv"):
                with self.subTest(address + query), mock.patch.object(listing, "_", lambda text: text):
                    response = self.client.get(address + query)
                    assert response.status_code == 400
                    assert not response.streaming
                    assert self.reason(address + query) == sentence

    def reason(self, address: str) -> str:
        seen: list[str] = []

        def told(request: Any, exception: Exception) -> HttpResponse:
            seen.append(str(exception))
            return HttpResponse(status=400)

        with mock.patch(f"{__name__}.handler400", told):
            self.client.get(address)
        return seen[0]

    def test_that_are_empty_filter_nothing(self) -> None:
        assert len(self.file("?letter=&longer=&sort=")) == 62
        assert self.file("?sort=,,") == self.file()

    def test_that_find_nothing_give_a_header_and_nothing_else(self) -> None:
        assert self.file("?longer=50") == [["name", "letter", "length"]]
        assert self.page("?longer=50")[1:4] == ["1 of 1", "0", ""]

    def test_in_force_can_be_taken_off_one_by_one(self) -> None:
        chips = self.page("?letter=a&longer=3&sort=name&page=1&edition=2")[6]
        assert chips == (
            "Letter: The letter a → /words/?longer=3&amp;sort=name&amp;edition=2;"
            "Longer than: 3 → /words/?letter=a&amp;sort=name&amp;edition=2;"
        )

    def test_can_be_taken_off_together(self) -> None:
        assert self.page("?letter=a&longer=3&sort=name&edition=2")[5] == "/words/?sort=name&amp;edition=2"

    def test_carry_order_and_edition_along(self) -> None:
        assert self.page("?letter=a&sort=-name&page=2&edition=2")[7] == "edition=2;sort=-name;\n".rstrip("\n")


class TestAround(Words):
    """What a page says besides its rows."""

    def test_shows_all_filters_unless_some_lead(self) -> None:
        assert self.page()[8] == "letter longer /"
        with mock.patch.object(WordListing, "leading_filters", ("longer",)):
            assert self.page()[8] == "longer /letter "
            assert self.page("?longer=3")[8] == "longer /letter "
            assert self.page("?letter=a")[8] == "longer /letter open"

    def test_says_by_what_the_rows_are_sorted(self) -> None:
        assert self.page()[9] == ""
        assert self.page("?sort=letter,-length")[9] == "Letter;Length falling;"

    def test_says_how_many_rows_there_are_without_the_filters(self) -> None:
        assert self.page()[10] == "61 rows"
        assert self.page("?letter=a")[10] == "61 rows"

    def test_says_more_than_where_counting_stopped(self) -> None:
        with mock.patch.object(listedrows, "COUNTED", 50):
            assert self.page("?longer=5")[10] == "more than 50 rows"

    def test_counts_all_rows_only_where_a_filter_is_in_force(self) -> None:
        with CaptureQueriesContext(connection) as without:
            self.page()
        with CaptureQueriesContext(connection) as narrowed:
            self.page("?letter=a")
        assert len(narrowed) == len(without) + 1

    def test_says_that_nothing_fits_and_what_there_is_otherwise(self) -> None:
        assert self.page("?longer=50")[11] == (
            "Nothing fits these filters. Without them there are 61 rows; remove one above, or all of them."
        )


class TestPages(Words):
    def test_that_do_not_exist_are_answered_with_one_that_does(self) -> None:
        for asked, answered in {
            "0": "3 of 3",
            "-5": "3 of 3",
            "abc": "1 of 3",
            "": "1 of 3",
            "2": "2 of 3",
            "4": "3 of 3",
            "1.5": "1 of 3",
            "٢": "2 of 3",
            "1" + "0" * 30: "3 of 3",
            "9" * 5000: "1 of 3",
            "NaN": "1 of 3",
        }.items():
            with self.subTest(asked[:40]):
                assert self.page(f"?page={asked}")[1] == answered

    def test_are_counted_no_further_than_the_limit(self) -> None:
        with mock.patch.object(listedrows, "COUNTED", 50):
            assert self.page()[1:3] == ["1 of 2", "50+"]
            assert self.page("?page=9")[1] == "2 of 2"
            assert len(self.names("?page=2")) == PER_PAGE
            assert len(self.file()) == 62

    def test_are_counted_exactly_up_to_the_limit(self) -> None:
        for counted, told in ((60, "60+"), (61, "61"), (62, "61")):
            with self.subTest(counted), mock.patch.object(listedrows, "COUNTED", counted):
                assert self.page()[2] == told

    def test_are_counted_in_one_short_query(self) -> None:
        with self.assertNumQueries(2) as queries:
            self.page("?sort=-length")
        count = queries[0]["sql"]
        assert f"LIMIT {listedrows.COUNTED + 1}" in count
        assert "ORDER BY" not in count


class TestFile(Words):
    def test_is_a_download_in_utf8(self) -> None:
        response = self.client.get("/words.csv")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="words.csv"'
        assert response.getvalue().startswith(b"name,letter,length\n")

    def test_is_streamed_in_blocks(self) -> None:
        with mock.patch.object(csvfiles, "BLOCK", 100):
            response = self.client.get("/words.csv")
            assert response.streaming
            blocks = list(response.streaming_content)
        assert len(blocks) > 3
        assert b"".join(blocks).count(b"\n") == 62

    def test_fails_before_its_first_byte_when_the_database_does(self) -> None:
        slow = {"name": RawSQL("pg_sleep(5)::text", [], output_field=TextField())}
        impatient = mock.patch.object(WordListing, "file_timeout", "20ms")
        with impatient, mock.patch.object(WordListing, "columns", slow):
            response = self.client.get("/words.csv")
        assert response.status_code == 503
        assert not response.streaming

    def test_leaves_no_transaction_when_the_reader_goes_away(self) -> None:
        for read_before in (0, 1, 2):
            with self.subTest(blocks=read_before), mock.patch.object(csvfiles, "BLOCK", 100):
                response = self.client.get("/words.csv")
                stream = iter(response.streaming_content)
                for _ in range(read_before):
                    next(stream)
                self.assert_left_free(response)

    def test_of_one_block_leaves_nothing_open_even_if_nobody_reads_it(self) -> None:
        before = list(connection.savepoint_ids)
        response = self.client.get("/words.csv")
        assert connection.savepoint_ids == before
        assert Group.objects.count() == 61
        assert response.getvalue().count(b"\n") == 62

    def test_leaves_none_when_only_its_head_is_asked_for(self) -> None:
        response = self.client.head("/words.csv")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response.getvalue() == b""
        self.assert_left_free(response)

    def test_is_read_in_the_transaction_that_the_listing_opens(self) -> None:
        @contextmanager
        def opened(_listing: Listing) -> Iterator[None]:
            with transaction.atomic():
                yield

        with mock.patch.object(WordListing, "opened", opened), mock.patch.object(csvfiles, "BLOCK", 100):
            before = list(connection.savepoint_ids)
            response = self.client.get("/words.csv")
            assert len(connection.savepoint_ids) == len(before) + 1
            self.assert_left_free(response)
            assert connection.savepoint_ids == before

    def assert_left_free(self, response: Any) -> None:
        """A server closes what it answered; the connection then takes the next query."""
        # The test's own transaction must outlive the end of the request.
        with mock.patch.object(connection, "close_if_unusable_or_obsolete"):
            response.close()
        assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
        assert Group.objects.count() == 61


class TestAddresses(Words):
    def test_answer_only_readers(self) -> None:
        for address in ("/words/", "/words.csv"):
            with self.subTest(address):
                assert self.client.head(address).status_code == 200
                assert self.client.post(address).status_code == 405
                assert self.client.delete(address).status_code == 405


def handler400(request: Any, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=400)
