"""Figures of areas are set side by side only where measure, definition, scope and period agree."""

from typing import Any

from django.db.models import Q
from django.test import TestCase

from provinces.models import Area
from tracker.assessment.areas import widest
from tracker.assessment.beside import Among, beside, most_agreeing
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.models import Indicator, IndicatorBreak, MetricSnapshot
from tracker.publishing import redact
from tracker.tests.factories import (
    asker,
    make,
    make_citation,
    make_indicator,
    make_snapshot,
    make_source,
    publish_all,
    reviewer,
)
from tracker.tests.pages import load_areas

ALL = Q()
YEAR = {"period_start": None, "period_end": "2023"}


class Figures(TestCase):
    indicator: Indicator

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.indicator = make_indicator(code="one", behaviour="flow")
        publish_all(cls.indicator)

    def say(self, area: str, value: Any = 1, indicator: Indicator | None = None, **how: Any) -> MetricSnapshot:
        series, _ = (indicator or self.indicator).series.get_or_create(area=Area.objects.get(code=area))
        made = make_snapshot(series=series, value=value, **(YEAR | how))
        publish_all(made)
        return made

    def codes(self, figure: MetricSnapshot, among: Q = ALL) -> set[str]:
        """Of which other areas a figure can be set beside this one."""
        return set(beside(Reading.of(), [figure], among).get(figure.pk, {}))


class TestBeside(Figures):
    def test_are_figures_of_the_same_period_and_of_no_other(self) -> None:
        own = self.say("PK-PB")
        self.say("PK-SD")
        self.say("PK-KP", period_end="2024")
        self.say("PK-BA", period_start="2022", period_end="2023")
        assert self.codes(own) == {"PK-SD"}

    def test_are_an_earlier_figure_too_where_the_latest_is_of_another_period(self) -> None:
        own = self.say("PK-PB")
        self.say("PK-SD", 7)
        self.say("PK-SD", 8, period_end="2024")
        (near,) = beside(Reading.of(), [own], ALL)[own.pk].values()
        assert near.value == 7

    def test_are_stocks_of_days_that_lie_close(self) -> None:
        stock = make_indicator(behaviour="stock")
        own = self.say("PK-PB", indicator=stock, period_end="2024-03-01")
        self.say("PK-SD", indicator=stock, period_end="2024-03-20")
        self.say("PK-KP", indicator=stock, period_end="2024-05-20")
        assert self.codes(own) == {"PK-SD"}

    def test_are_undated_only_where_one_source_tells_both(self) -> None:
        source, other = make_source(), make_source()
        undated = {"period_end": None}
        own = self.say("PK-PB", citation=make_citation(source=source), **undated)
        self.say("PK-SD", citation=make_citation(source=source), **undated)
        self.say("PK-KP", citation=make_citation(source=other), **undated)
        assert self.codes(own) == {"PK-SD"}

    def test_are_none_of_another_scope(self) -> None:
        own = self.say("PK-PB", scope="one district")
        self.say("PK-SD")
        assert self.codes(own) == set()

    def test_are_none_beyond_a_change_of_the_definition(self) -> None:
        stock = make_indicator(behaviour="stock")
        own = self.say("PK-PB", indicator=stock, period_end="2024-03-01")
        self.say("PK-SD", indicator=stock, period_end="2024-03-20")
        assert self.codes(own) == {"PK-SD"}
        publish_all(make(IndicatorBreak, indicator=stock, on="2024-03-10", citation=make_citation()))
        assert self.codes(own) == set()

    def test_are_none_of_another_measure_nor_of_the_area_itself(self) -> None:
        own = self.say("PK-PB")
        self.say("PK-PB", 2)
        self.say("PK-SD", indicator=make_indicator())
        assert self.codes(own) == set()

    def test_are_none_that_is_withheld_or_redacted(self) -> None:
        own = self.say("PK-PB")
        lost = self.say("PK-SD")
        self.say("PK-KP", None, status="withheld", no_value_reason="On security grounds.")
        redact([lost], reviewer(), "A person at risk.", asked_by=asker(), ground="person-at-risk")
        assert self.codes(own) == set()

    def test_are_those_asked_for(self) -> None:
        own = self.say("PK-PB")
        self.say("PK-SD")
        self.say("PK-KP")
        assert self.codes(own, Q(series__area="PK-KP")) == {"PK-KP"}

    def test_of_two_statements_the_better_attributed_stands_for_its_area(self) -> None:
        own = self.say("PK-PB")
        self.say("PK-SD", 7, citation=make_citation(attribution="writer"))
        self.say("PK-SD", 8, citation=make_citation(attribution="record"))
        (near,) = beside(Reading.of(), [own], ALL)[own.pk].values()
        assert near.value == 8

    def test_are_those_of_the_edition_that_is_read(self) -> None:
        own = self.say("PK-PB")
        then = Reading.of()
        self.say("PK-SD")
        assert beside(then, [own], ALL) == {}
        assert self.codes(own) == {"PK-SD"}

    def test_take_one_query_for_any_number(self) -> None:
        for area in ("PK-PB", "PK-SD", "PK-KP"):
            self.say(area)
        reading = Reading.of()
        figures = list(headlines(reading))
        with self.assertNumQueries(1):
            found = beside(reading, figures, ALL)
        assert {pk: len(near) for pk, near in found.items()} == {figure.pk: 2 for figure in figures}


class TestPlace(Figures):
    def test_is_by_size_and_shared_by_equals(self) -> None:
        rows = [self.say(area, value) for area, value in (("PK-PB", 9), ("PK-SD", 5), ("PK-KP", 5), ("PK-BA", 1))]
        places = [Among(row, [other for other in rows if other != row]) for row in rows]
        assert [(among.place, among.of) for among in places] == [(1, 4), (2, 4), (2, 4), (4, 4)]


class TestMostAgreeing(Figures):
    def agreeing(self, **figures: MetricSnapshot) -> set[str]:
        named = {f"PK-{code}": row for code, row in figures.items()}
        found = beside(Reading.of(), named.values(), Q(pk__in=[row.pk for row in named.values()]))
        return set(most_agreeing(named, found))

    def test_is_the_period_of_most_areas(self) -> None:
        assert self.agreeing(
            PB=self.say("PK-PB"), SD=self.say("PK-SD"), KP=self.say("PK-KP", period_end="2024")
        ) == {"PK-PB", "PK-SD"}  # fmt: skip

    def test_is_the_later_one_of_two_that_as_many_have(self) -> None:
        assert self.agreeing(
            PB=self.say("PK-PB"), SD=self.say("PK-SD"),
            KP=self.say("PK-KP", period_end="2024"), BA=self.say("PK-BA", period_end="2024"),
        ) == {"PK-KP", "PK-BA"}  # fmt: skip

    def test_is_nothing_where_no_two_agree(self) -> None:
        assert self.agreeing(PB=self.say("PK-PB"), SD=self.say("PK-SD", period_end="2024")) == set()
        assert self.agreeing(PB=self.say("PK-KP")) == set()
        assert most_agreeing({}, {}) == frozenset()


class TestWidest(Figures):
    def test_counts_units_with_a_figure_of_one_period(self) -> None:
        for area in ("PK-PB", "PK-SD", "PK-KP"):
            self.say(area)
        other = make_indicator()
        self.say("PK-PB", indicator=other)
        self.say("PK-SD", indicator=other, period_end="2024")
        for beyond in ("PK", "PK-BA+PK-KP", "PK-TA"):
            self.say(beyond)
        assert widest(Reading.of()) == {self.indicator.pk: 3}
