"""Which figure leads a series, now and in every past edition."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate
from tracker.assessment.headlines import headlines, refresh_headlines
from tracker.assessment.reading import Reading
from tracker.models import Headline, MetricSnapshot, Series
from tracker.publishing import publish
from tracker.tests.factories import (
    make_area,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    publish_all,
    reviewer,
    rolled_back,
)

RANKS = {"record": 1, "named-office": 1, "named-body": 2, "unnamed-officials": 3, "writer": 3}


def leaders(edition: int | None = None) -> set[MetricSnapshot]:
    """As pages read them, of an edition or of the newest."""
    return set(headlines(Reading.of(None if edition is None else str(edition))))


def kept() -> dict[int, int]:
    """The narrow table: series and snapshot."""
    return dict(Headline.objects.values_list("series", "snapshot"))


def recomputed(edition: int) -> dict[int, int]:
    """The rule itself, asked about any edition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT series_id, snapshot_id FROM headline_snapshots(%s)", [edition])
        return dict(cursor.fetchall())


class Figures(TestCase):
    """Short words for figures of one series of flows and one of stocks."""

    flow: Series
    stock: Series

    @classmethod
    def setUpTestData(cls) -> None:
        cls.flow = make_series(indicator=make_indicator(behaviour="flow"))
        cls.stock = make_series(indicator=make_indicator(behaviour="stock"))

    def figure(
        self, series: Series, period: str, said_by: str = "named-office", published: str | None = "2024-12", **more: Any
    ) -> MetricSnapshot:
        """A figure for the period "start/end", or for a single day."""
        start, _slash, end = period.rpartition("/")
        citation = make_citation(attribution=said_by, source=make_source(published=published))
        return make_snapshot(
            series=series, period_start=start or None, period_end=end or None, citation=citation, **more
        )

    def assert_leads(self, leader: MetricSnapshot, *others: MetricSnapshot) -> None:
        """Whether they are published in this order, in the reverse one, or together."""
        for batches in (
            [[leader], *([row] for row in others)],
            [*([row] for row in others), [leader]],
            [[leader, *others]],
        ):
            with rolled_back():
                for rows in batches:
                    edition = publish_all(*rows)
                    assert recomputed(edition.number) == kept()
                assert leaders() == {leader}


class TestHeadline(Figures):
    def test_is_the_only_figure(self) -> None:
        self.assert_leads(self.figure(self.flow, "2024-01/2024-06"))

    def test_is_missing_where_there_is_no_figure(self) -> None:
        withheld = self.figure(self.flow, "2024", status="withheld", value=None, no_value_reason="On security grounds.")
        edition = publish_all(withheld)
        assert kept() == recomputed(edition.number) == {}
        assert leaders() == set()

    def test_is_not_taken_by_a_later_silence(self) -> None:
        self.assert_leads(
            self.figure(self.flow, "2023"),
            self.figure(self.flow, "2024", status="withheld", value=None, no_value_reason="On security grounds."),
        )

    def test_is_of_the_latest_period_however_it_is_attributed(self) -> None:
        self.assert_leads(
            self.figure(self.flow, "2024-01/2024-06", "writer", published="2024-07"),
            self.figure(self.flow, "2024-01/2024-05", "record", published="2024-12"),
        )

    def test_prefers_among_one_period_who_says_it(self) -> None:
        period = "2024-01/2024-06"
        for better, worse in (
            ("record", "named-body"),
            ("named-office", "named-body"),
            ("named-body", "unnamed-officials"),
            ("named-body", "writer"),
            ("record", "writer"),
        ):
            with self.subTest(better=better, worse=worse), rolled_back():
                self.assert_leads(
                    self.figure(self.flow, period, better, published="2024-07"),
                    self.figure(self.flow, period, worse, published="2024-12"),
                )

    def test_is_then_the_newest_publication(self) -> None:
        for one, equal in (("record", "named-office"), ("unnamed-officials", "writer"), ("writer", "writer")):
            with self.subTest(one=one, equal=equal), rolled_back():
                self.assert_leads(
                    self.figure(self.flow, "2024-01/2024-06", one, published="2024-08-02"),
                    self.figure(self.flow, "2024-01/2024-06", equal, published="2024-08-01"),
                )

    def test_knows_a_publication_without_a_day_last(self) -> None:
        self.assert_leads(
            self.figure(self.flow, "2024-01/2024-06", published="2024"),
            self.figure(self.flow, "2024-01/2024-06", published=None),
        )

    def test_is_at_last_the_latest_entry(self) -> None:
        earlier, later = self.figure(self.flow, "2024"), self.figure(self.flow, "2024")
        self.assert_leads(later, earlier)

    def test_of_flows_has_no_rival_of_another_period(self) -> None:
        """Not even of one that ends on the same day: there the figure entered last leads."""
        from_january = self.figure(self.flow, "2024-01/2024-06-30", "record")
        until_the_29th = self.figure(self.flow, "2024-02/2024-06-29", "record")
        self.assert_leads(self.figure(self.flow, "2024-02/2024-06-30", "writer"), from_january, until_the_29th)

    def test_of_stocks_has_rivals_within_31_days(self) -> None:
        self.assert_leads(
            self.figure(self.stock, "2024-06-30", "record"),
            self.figure(self.stock, "2024-07-31", "writer"),
        )

    def test_of_stocks_has_none_beyond(self) -> None:
        self.assert_leads(
            self.figure(self.stock, "2024-07-31", "writer"),
            self.figure(self.stock, "2024-06-29", "record"),
        )

    def test_of_an_unstated_period_counts_from_its_publication(self) -> None:
        self.assert_leads(
            self.figure(self.flow, "", published="2024-09-01"),
            self.figure(self.flow, "2024-01/2024-06", published="2024-10"),
        )

    def test_is_never_a_draft(self) -> None:
        self.figure(self.flow, "2024")
        self.assert_leads(self.figure(self.flow, "2023"))

    def test_leaves_with_what_is_withdrawn(self) -> None:
        wrong = self.figure(self.flow, "2024")
        earlier = self.figure(self.flow, "2023")
        publish_all(wrong, earlier)
        right = self.figure(self.flow, "2022", replaces=wrong, reason="The year was mistyped.")
        publish_all(right)
        assert leaders() == {earlier}

    def test_belongs_to_one_series(self) -> None:
        elsewhere = make_series(indicator=self.flow.indicator, area=make_area("PK-SD"))
        here, there = self.figure(self.flow, "2023"), self.figure(elsewhere, "2024")
        publish_all(here, there)
        assert leaders() == {here, there}


class TestPastHeadlines(Figures):
    def test_are_what_led_then(self) -> None:
        figures = [
            self.figure(self.flow, "2022"),
            self.figure(self.flow, "2023", "writer"),
            self.figure(self.flow, "2023", "record"),
        ]
        then = {publish_all(figure).number: leaders() for figure in figures}
        assert {number: leaders(number) for number in then} == then
        assert set.union(*then.values()) == set(figures)

    def test_are_none_before_the_first_figure(self) -> None:
        publish_all(make_source())
        publish_all(self.figure(self.flow, "2024"))
        assert leaders(1) == set()

    def test_are_read_in_one_query_with_what_a_page_tells(self) -> None:
        publish_all(self.figure(self.flow, "2024"), self.figure(self.stock, "2024-06-30"))
        reading = Reading.of()
        with self.assertNumQueries(1):
            for figure in headlines(reading):
                str(figure.series.area), str(figure.series.indicator), str(figure.citation.source)

    def test_can_be_set_anew(self) -> None:
        edition = publish_all(self.figure(self.flow, "2024"), self.figure(self.stock, "2024-06-30"))
        before = kept()
        Headline.objects.all().delete()
        refresh_headlines(edition.number, [self.stock.pk])
        assert set(kept()) == {self.stock.pk}
        refresh_headlines(edition.number)
        assert kept() == before


FIGURE = st.fixed_dictionaries(
    {
        "stock": st.booleans(),
        "day": st.dates(date(2024, 1, 1), date(2024, 3, 31)),
        "said_by": st.sampled_from(sorted(RANKS)),
        "published": st.none() | st.dates(date(2024, 5, 1), date(2024, 5, 30)).map(str),
        "corrects": st.booleans(),
    }
)


class TestAnyHistory(Figures):
    """Whatever is published in whatever order, with corrections in between."""

    def test_leaves_the_headlines_that_the_rule_asks_for(self) -> None:
        by = reviewer()

        @settings(max_examples=12, deadline=None)
        @given(editions=st.lists(st.lists(FIGURE, min_size=1, max_size=3), min_size=1, max_size=4))
        def leaves(editions: list[list[dict[str, Any]]]) -> None:
            with rolled_back():
                then = {}
                for drawn in editions:
                    edition = publish([self.made(figure) for figure in drawn], by, "Figures.")
                    then[edition.number] = kept()
                    assert kept() == self.wanted(edition.number)
                assert {number: recomputed(number) for number in then} == then

        leaves()

    def made(self, drawn: dict[str, Any]) -> MetricSnapshot:
        day = drawn["day"]
        series = self.stock if drawn["stock"] else self.flow
        published = drawn["published"]
        standing = MetricSnapshot.objects.filter(series=series, withdrawn_in=None, replaced_by=None)
        old = standing.published().order_by("id").first() if drawn["corrects"] else None
        correction = {"replaces": old, "reason": "Mistyped."} if old else {}
        return self.figure(
            series, str(day) if drawn["stock"] else f"2024/{day:%Y-%m}", drawn["said_by"], published, **correction
        )

    def wanted(self, number: int) -> dict[int, int]:
        """The rule once more, in Python."""
        rows = MetricSnapshot.objects.in_edition(number).select_related("citation__source", "series__indicator")
        by_series: dict[int, list[MetricSnapshot]] = {}
        for row in rows:
            by_series.setdefault(row.series_id, []).append(row)
        return {series: self.leading(figures).pk for series, figures in by_series.items()}

    def leading(self, figures: list[MetricSnapshot]) -> MetricSnapshot:
        latest = max(figures, key=lambda row: (row.as_of, row.pk))
        return max((row for row in figures if self.rivals(row, latest)), key=self.standing)

    def rivals(self, row: MetricSnapshot, latest: MetricSnapshot) -> bool:
        if row.series.indicator.behaviour == "stock":
            return (latest.as_of - row.as_of).days <= 31
        return (row.period_start, row.period_end) == (latest.period_start, latest.period_end)

    def standing(self, row: MetricSnapshot) -> tuple[int, date, date, int]:
        published: PartialDate | None = row.citation.source.published
        return -RANKS[row.citation.attribution], published.last_day if published else date.min, row.as_of, row.pk
