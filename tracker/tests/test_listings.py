"""Every list of the ledger, asked in every way: the page and the file hold the same rows in the same order."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest import mock
from urllib.parse import quote

import django_filters
from django.db import connection
from django.test import RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext

from azm.lib import listedrows
from azm.lib.listedrows import PER_PAGE
from azm.lib.listing import Listing
from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.listings import LISTINGS, SnapshotListing, SourceListing
from tracker.models import Edition, MetricSnapshot, Publishable
from tracker.publishing import withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_indicator,
    make_measure,
    make_milestone,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.pages import World, file_rows, queries, rows, visible

PAGES = ["0", "-5", "abc", "", "1.5", "1" + "0" * 30, "9" * 5000]
UNREADABLE = ["%00", "a%00", "%ED%A0%80", "%FF"]
# What a list may cost, whatever its length: the edition, the reading opened and closed, the rows counted and
# fetched, and once more for each choice of its filters.
MOST_QUERIES = 18
# Lists that are computed take more: that of findings a query or two for each rule.
MOST_QUERIES_OF_FINDINGS = 40
COMPUTED = ("findings", "area-measures")


def key(listing: type[Listing]) -> str:
    """The first column of a file names its row."""
    return next(iter(listing.columns))


class Lists(TestCase):
    def page_keys(self, listing: type[Listing], query: str) -> list[str]:
        """The rows of all pages, one page after the other."""
        found: list[str] = []
        for number in range(1, 100):
            response = self.client.get(f"/{listing.name}/?{query}&page={number}")
            assert response.status_code == 200, response.content
            page = response.context["page"]
            shown = [str(getattr(row.record, key(listing))) for row in page.object_list]
            assert len(shown) == len(rows(response.text.rpartition("<table")[2])) - 1 or not shown
            found += shown
            if not page.has_next():
                return found
        raise AssertionError("a list without an end")

    def unrendered_keys(self, listing: type[Listing], query: str) -> list[str]:
        """The same without the template, where rows and their order alone matter."""
        found: list[str] = []
        for number in range(1, 100):
            asked = listing(RequestFactory().get(f"/{listing.name}/?{query}&page={number}"))
            with asked.opened():
                found += [str(getattr(row.record, key(listing))) for row in asked.page.object_list]
            if not asked.page.has_next():
                return found
        raise AssertionError("a list without an end")

    def file_keys(self, listing: type[Listing], query: str) -> list[str]:
        return [row[key(listing)] for row in file_rows(self.client.get(f"/{listing.name}.csv?{query}"))]

    def assert_agree(self, listing: type[Listing], query: str, *, rendered: bool = True) -> list[str]:
        with self.subTest(listing=listing.name, query=query):
            on_page = (self.page_keys if rendered else self.unrendered_keys)(listing, query)
            assert on_page == self.file_keys(listing, query)
            assert len(on_page) == len(set(on_page))
            return on_page
        return []


class TestPageAndFile(Lists):
    """On a world that holds two rows and more of everything, in two editions."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(1)
        cls.world.grow(1)
        cls.diversify()

    @classmethod
    def diversify(cls) -> None:
        """Rows that every filter tells apart."""
        body = make_body(code="force", sphere="military", kind="armed-force", security_force=True)
        publish_all(
            body,
            make_action(domain="political", title="Consensus", area=Area.objects.get(code="PK-SD")),
            make_source(kind="dataset", language="ur", publisher="Bureau"),
            make_policy(text="public", name="A public text"),
            make_indicator(kind="input", behaviour="stock", direction="not-scored", unscored_reason="Context."),
            make_snapshot(status="provisional", citation=make_citation(source=make_source(code="elsewhere"))),
            make_milestone(action=make_action(policy=make_policy(code="other-plan"))),
            make_update(status="complete", body=body, as_of=date(2023, 5, 5)),
            make_snapshot(value=-1),
            *cls.compared(),
            make_update(
                body=body, waiting_on=cls.world.body, needed="men", as_of=date(2023, 5, 5),
                area=Area.objects.get(code="PK"),
            ),
            make_update(body=cls.world.body, waiting_on=body, needed="men", as_of=date(2023, 5, 5)),
            make_duty(body=body, policy=cls.world.policy, starts="2999"),
            make_snapshot(
                series=cls.world.indicator.series.get_or_create(area=Area.objects.get(code="PK-SD"))[0],
                status="withheld", value=None, no_value_reason="On security grounds.", withheld_by=body,
            ),
            make_measure(action=None, policy=cls.world.policy, indicator=make_indicator(code="calm"), use="situation"),
            make_assignment(body=body),
        )  # fmt: skip
        wrong = (make_snapshot(), make_update())
        publish_all(*wrong)
        why = {"reason": "It was misread."}
        publish_all(
            *(make_snapshot(series=row.series, replaces=row, **why) for row in wrong[:1]),
            *(make_update(action=row.action, replaces=row, **why) for row in wrong[1:]),
        )
        forged = make_source()
        publish_all(forged)
        withdraw([forged], reviewer(), "Forged.", asked_by=asker())

    @staticmethod
    def compared() -> Iterator[Publishable]:
        """Two statements about the same, a figure of another time, and a target that is reached."""
        series = make_series(indicator=make_indicator(behaviour="stock"), area=Area.objects.get(code="PK-SD"))
        for value, day in ((10, "2024-07-01"), (12, "2024-07-02"), (11, "2023-07-01")):
            yield make_snapshot(series=series, value=value, period_start=None, period_end=PartialDate.parse(day))
        action = make_action(policy=make_policy(code="another-plan"))
        yield make_target(series=series, action=action, basis="target", value=10, due=PartialDate.parse("2024-01"))

    def test_have_the_same_rows_in_the_order_of_the_list(self) -> None:
        for listing in LISTINGS:
            assert self.assert_agree(listing, ""), "a list without rows tests nothing"

    def test_have_the_same_rows_under_every_sort(self) -> None:
        for listing in LISTINGS:
            everything = sorted(self.file_keys(listing, ""))
            for column in listing.table_class.sortable():
                for direction in ("", "-"):
                    assert sorted(self.assert_agree(listing, f"sort={direction}{column}", rendered=False)) == everything

    def test_have_the_same_rows_under_every_filter(self) -> None:
        for listing in LISTINGS:
            everything = len(self.file_keys(listing, ""))
            for name, value in self.values_of_filters(listing):
                found = self.assert_agree(listing, f"{name}={value}", rendered=False)
                with self.subTest(listing=listing.name, filter=name, value=value):
                    assert len(found) < everything, "the filter lets everything through"

    def values_of_filters(self, listing: type[Listing]) -> Iterator[tuple[str, str]]:
        """Of every filter a few values, one of which finds something."""
        form = self.client.get(f"/{listing.name}/").context["form"]
        for name, field in form.fields.items():
            if isinstance(listing.filterset_class.base_filters[name], django_filters.CharFilter):
                values = [self.file_keys(listing, "")[0], "nowhere-to-be-found"]
            else:
                values = [quote(str(value)) for value, _label in field.choices if value not in ("", None)]
            finds = next((value for value in values if self.file_keys(listing, f"{name}={value}")), None)
            assert finds is not None, f"no value of {listing.name}?{name}= finds anything"
            yield from ((name, value) for value in {finds, values[0], values[-1]})

    def test_have_the_same_rows_under_filter_sort_and_edition_together(self) -> None:
        asked = {
            "actions": "policy=nisp-2023-2028&lacks=report&sort=-links",
            "snapshots": "indicator=measured&status=as-reported&sort=-period",
            "bodies": "parent=ministry&area=PK-KP&sort=name",
            "updates": "body=ministry&sort=-as_of",
            "sources": "kind=news&sort=-citations",
        }
        for listing in LISTINGS:
            if query := asked.get(listing.name):
                newest = self.assert_agree(listing, query)
                first = self.assert_agree(listing, f"{query}&edition=1")
                assert 0 < len(first) < len(newest), listing.name

    def test_sort_in_the_order_that_is_asked(self) -> None:
        def values(listing: type[Listing], sort: str, column: str) -> list[Any]:
            return [row[column] for row in file_rows(self.client.get(f"/{listing.name}.csv?sort={sort}"))]

        for listing in LISTINGS:
            for column in set(listing.table_class.sortable()) & {"code", "as_of", "number", "publisher"}:
                with self.subTest(listing=listing.name, column=column):
                    rising = values(listing, column, column)
                    falling = values(listing, f"-{column}", column)
                    assert rising == sorted(rising)
                    assert falling == sorted(falling, reverse=True)

    def test_know_each_other(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                page = self.client.get(f"/{listing.name}/?edition=1&page=1").text
                assert f'href="/{listing.name}.csv?edition=1"' in page

    def test_have_a_twin_in_urdu(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                page = self.client.get(f"/ur/{listing.name}/")
                assert page.status_code == 200
                assert '<html lang="ur" dir="rtl">' in page.text
                assert f'href="/ur/{listing.name}.csv"' in page.text
                assert self.client.get(f"/ur/{listing.name}.csv").status_code == 200

    def test_keep_sorting_by_the_links_of_the_table(self) -> None:
        for listing in LISTINGS:
            sortable = listing.table_class.sortable()
            page = self.client.get(f"/{listing.name}/?sort={sortable[0]}").text
            with self.subTest(listing.name):
                assert 'aria-sort="ascending"' in page
                assert f"sort=-{sortable[0]}" in page


class TestRefusal(Lists):
    """What a list does not understand it refuses, and never answers with everything."""

    @classmethod
    def setUpTestData(cls) -> None:
        World.make(1)

    def assert_refused(self, listing: type[Listing], query: str) -> None:
        for address in (f"/{listing.name}/?{query}", f"/{listing.name}.csv?{query}"):
            with self.subTest(address[:100]):
                response = self.client.get(address)
                assert response.status_code == 400
                assert not response.streaming
                if ".csv" in address:
                    assert response["Content-Type"] == "text/plain; charset=utf-8"
                    assert response.text.count("\n") == 1

    def test_meets_a_filter_that_does_not_exist(self) -> None:
        for listing in LISTINGS:
            for query in ("areas=PK-KP", "Kind=news", "per_page=-5", "per_page=1000000"):
                self.assert_refused(listing, query)

    def test_meets_a_value_that_is_none(self) -> None:
        for listing in LISTINGS:
            for name, one in listing.filterset_class.base_filters.items():
                if isinstance(one, django_filters.CharFilter):
                    self.assert_refused(listing, f"{name}={'x' * 201}")
                else:
                    for value in ("nonsense", "' OR 1=1 --", "9" * 20):
                        self.assert_refused(listing, f"{name}={value}")

    def test_meets_a_column_that_does_not_sort(self) -> None:
        for listing in LISTINGS:
            unsortable = [n for n, c in listing.table_class.base_columns.items() if c.orderable is False]
            for column in ("entered_by", "--code", "-", "pk", *unsortable):
                self.assert_refused(listing, f"sort={column}")

    def test_meets_an_edition_or_a_day_that_cannot_be_read(self) -> None:
        for listing in LISTINGS:
            for query in ("edition=0", "edition=99", "edition=new", "on=yesterday", "on=2999-01-01"):
                self.assert_refused(listing, query)

    def test_meets_what_is_no_text(self) -> None:
        for listing in LISTINGS:
            for piece in UNREADABLE:
                for query in (f"q={piece}", f"{piece}=1", f"page={piece}"):
                    self.assert_refused(listing, query)

    def test_names_what_is_wrong(self) -> None:
        reasons = {
            "/actions.csv?areas=PK": "This list has no filter “areas”. "
            "It has: area, body, domain, lacks, led_by, objective, open, policy, programme, q, role, sphere, state.\n",
            "/sources.csv?kind=x": "Kind: Select a valid choice. x is not one of the available choices.\n",
            "/bodies.csv?sort=x": "This list cannot be sorted by “x”. "
            "It can be by: name, sphere, kind, parent, area, last_report, assigned.\n",
            "/bodies.csv?edition=7": "There is no edition “7”. Editions are numbered from 1 to 1.\n",
        }
        for address, reason in reasons.items():
            with self.subTest(address):
                assert self.client.get(address).text == reason

    def test_is_the_same_in_urdu(self) -> None:
        for query in ("areas=PK", "domain=x", "sort=salt", "edition=9"):
            for address in (f"/ur/actions/?{query}", f"/ur/actions.csv?{query}"):
                with self.subTest(address):
                    assert self.client.get(address).status_code == 400

    def test_names_it_on_the_page_too(self) -> None:
        page = self.client.get("/actions/?areas=<b>PK</b>")
        assert page.status_code == 400
        assert "no filter" in page.text
        assert page.text.count("<h1>") == 1
        assert "<b>PK" not in page.text


class TestPages(Lists):
    """More rows than a page holds, and most of them tied in every column."""

    SIZE = 2 * PER_PAGE + 3

    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(*(make_source(publisher="Same", title="Same") for _ in range(cls.SIZE)))

    def test_that_do_not_exist_are_answered_with_one_that_does(self) -> None:
        for page in PAGES:
            with self.subTest(page[:40]):
                response = self.client.get(f"/sources/?page={page}")
                assert response.status_code == 200
                assert response.context["page"].number in (1, 3)
                assert len(response.context["page"].object_list) in (3, PER_PAGE)

    def test_of_every_list_exist_for_any_number(self) -> None:
        for listing in LISTINGS:
            for page in PAGES:
                with self.subTest(listing=listing.name, page=page[:40]):
                    assert self.client.get(f"/{listing.name}/?page={page}").status_code == 200

    def test_keep_tied_rows_in_one_order(self) -> None:
        for sort in ("", "title", "-title", "publisher", "-publisher", "kind", "published", "-citations"):
            assert len(self.assert_agree(SourceListing, f"sort={sort}")) == self.SIZE

    def test_say_how_many_rows_there_are_until_the_limit(self) -> None:
        assert "<b>53</b> sources" in self.client.get("/sources/").text
        with mock.patch.object(listedrows, "COUNTED", 30):
            page = self.client.get("/sources/?page=9")
            assert "More than <b>30</b> sources" in page.text
            assert page.context["page"].number == 2
            assert len(page.context["page"].object_list) == 5
            assert len(file_rows(self.client.get("/sources.csv"))) == self.SIZE

    def test_are_counted_up_to_the_limit_and_never_all(self) -> None:
        for listing in LISTINGS:
            if listing.name in COMPUTED:
                continue
            with self.subTest(listing.name), CaptureQueriesContext(connection) as captured:
                self.client.get(f"/{listing.name}/?sort={listing.table_class.sortable()[0]}")
                counts = [query["sql"] for query in captured if "COUNT(*) FROM (SELECT" in query["sql"]]
                assert len([sql for sql in counts if "LIMIT 10001" in sql]) == 1
                bare = [
                    query["sql"] for query in captured if query["sql"].startswith('SELECT COUNT(*) AS "__count" FROM "')
                ]
                assert bare == []

    def test_without_rows_say_so_and_the_file_is_its_header(self) -> None:
        for listing in LISTINGS:
            if listing.name in ("sources", "editions", "history", "provinces", "progress"):
                continue
            with self.subTest(listing.name):
                page = self.client.get(f"/{listing.name}/")
                assert page.status_code == 200
                assert 'class="empty"' in page.text
                assert 'class="filters"' not in page.text, "filters of nothing"
                assert self.client.get(f"/{listing.name}.csv").getvalue().decode() == ",".join(listing.columns) + "\n"


class TestQueries(Lists):
    """A list costs the same, however long it is."""

    def test_stay_the_same_when_rows_double(self) -> None:
        world = World.make(2)
        addresses = [f"/{listing.name}{end}" for listing in LISTINGS for end in ("/", ".csv", "/?edition=1")]
        # A page of the history costs a query for each kind among its 25 rows; see test_history_page.
        addresses = [address for address in addresses if not address.startswith("/history/")]
        before = {address: queries(self.client, address) for address in addresses}
        rows_before = {listing.name: len(self.file_keys(listing, "")) for listing in LISTINGS}
        world.grow(4)
        for listing in LISTINGS:
            # Spheres, areas and groups of commitments have a row each, however many commitments there are.
            if listing.name not in ("editions", "provinces", "progress", "burden"):
                assert len(self.file_keys(listing, "")) >= 1.8 * rows_before[listing.name], listing.name
        after = {address: queries(self.client, address) for address in addresses}
        # An edition that is no longer the newest takes one query more, to know the newest.
        assert after == before
        computed = {address for address in after if address.startswith(tuple(f"/{name}" for name in COMPUTED))}
        assert max(after[address] for address in set(after) - computed) <= MOST_QUERIES
        assert max(after[address] for address in computed) <= MOST_QUERIES_OF_FINDINGS


class TestListOfEditions(Lists):
    def test_stays_the_same_size_of_queries_when_editions_double(self) -> None:
        publish_all(make_source())
        before = queries(self.client, "/editions/")
        for _ in range(3):
            publish_all(make_source())
        assert queries(self.client, "/editions/") == before

    def test_holds_every_edition_whichever_is_read(self) -> None:
        publish_all(make_source())
        publish_all(make_source())
        for query in ("", "edition=1"):
            assert self.assert_agree(LISTINGS[-1], query) == ["2", "1"]

    def test_never_holds_one_that_is_open(self) -> None:
        publish_all(make_source())
        Edition.objects.create(
            number=2, published_at="2026-01-01T00:00Z", published_by=reviewer(), summary="Open.", recipe=1
        )
        assert self.page_keys(LISTINGS[-1], "") == self.file_keys(LISTINGS[-1], "") == ["1"]
        Edition.objects.filter(number=2).update(digest="0" * 64)


class TestListOfFigures(Lists):
    """Which figure leads is told for the edition that is read."""

    def test_filters_by_the_headline_of_the_edition(self) -> None:
        series = make_series()
        old = make_snapshot(series=series, period_start=None, period_end="2023")
        publish_all(old)
        new = make_snapshot(series=series, period_start=None, period_end="2024")
        publish_all(new)
        for query, leading, other in (("edition=1", [old], []), ("edition=2", [new], [old]), ("", [new], [old])):
            assert self.assert_agree(SnapshotListing, f"{query}&headline=true") == [row.code for row in leading]
            assert self.assert_agree(SnapshotListing, f"{query}&headline=false") == [row.code for row in other]

    def test_tells_what_was_searched_and_not_found(self) -> None:
        publish_all(
            make_snapshot(
                status="not-found", value=None, no_value_reason="Nothing found.", citation=None,
                searched_on=date(2024, 7, 1), searched_where="The gazette", period_start=None, period_end=None,
            )
        )  # fmt: skip
        (row,) = file_rows(self.client.get("/snapshots.csv"))
        assert (row["value"], row["status"], row["searched_on"]) == ("", "not-found", "2024-07-01")
        assert "searched on 1 Jul 2024" in visible(self.client.get("/snapshots/").text)
        assert MetricSnapshot.objects.get().citation is None
