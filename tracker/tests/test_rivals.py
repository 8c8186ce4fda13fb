"""Figures side by side: rivals, changes, jumps, and what cannot be compared; and why one of them leads."""

from typing import Any, ClassVar

from django.db import connection
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.assessment.comparable import FigurePair, Lead
from tracker.assessment.thresholds import THRESHOLDS, thresholds
from tracker.models import IndicatorBreak, MetricSnapshot, Series
from tracker.tests.factories import (
    make,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    publish_all,
    rolled_back,
)
from tracker.tests.judging import reading, repeated


def series(behaviour: str = "stock") -> Series:
    made: Series = make_series(indicator=make_indicator(behaviour=behaviour))
    return made


def figure(
    of: Series, value: Any, period: str, said_by: str = "named-office", published: str = "2024-12", **how: Any
) -> Any:
    """For the period "start/end", or of one day; an empty one is not stated."""
    start, _slash, end = period.rpartition("/")
    how.setdefault("citation", make_citation(attribution=said_by, source=make_source(published=published)))
    return make_snapshot(series=of, value=value, period_start=start or None, period_end=end or None, **how)


def pairs(*figures: MetricSnapshot, also: Any = ()) -> list[tuple[str, str]]:
    publish_all(*figures, *also)
    with reading():
        return list(FigurePair.objects.order_by("figure", "other").values_list("verdict", "reason"))


LENGTHS, UNSTATED = ("not-comparable", "lengths-differ"), ("not-comparable", "period-not-stated")
RIVALS, AGREE = ("rivals", "disagree"), ("rivals", "agree")
CHANGE, JUMP = ("change", "another-period"), ("jump", "another-period")


class TestPair(TestCase):
    CASES: ClassVar[dict[str, tuple[str, tuple[Any, str], tuple[Any, str], tuple[str, str]]]] = {
        "stocks of one day": ("stock", (10, "2024-07-01"), (12, "2024-07-01"), RIVALS),
        "stocks that agree": ("stock", (10, "2024-07-01"), (10, "2024-07-01"), AGREE),
        "stocks 31 days apart": ("stock", (10, "2024-07-01"), (12, "2024-08-01"), RIVALS),
        "stocks 32 days apart": ("stock", (10, "2024-07-01"), (12, "2024-08-02"), CHANGE),
        "a stock that nearly doubles": ("stock", (100, "2024-01-01"), (199, "2024-12-31"), CHANGE),
        "a stock that doubles": ("stock", (100, "2024-01-01"), (200, "2024-12-31"), JUMP),
        "a stock that halves": ("stock", (200, "2024-01-01"), (100, "2024-12-31"), JUMP),
        "a stock that doubles in more than a year": ("stock", (100, "2023-01-01"), (200, "2024-01-03"), CHANGE),
        "a stock that was nothing": ("stock", (0, "2024-01-01"), (200, "2024-06-01"), CHANGE),
        "flows of one period": ("flow", (10, "2024/2024"), (12, "2024/2024"), RIVALS),
        "flows of one period, told by its days": ("flow", (10, "2024/2024"), (12, "2024-01-01/2024-12-31"), RIVALS),
        "flows of two years": ("flow", (10, "2023/2023"), (12, "2024/2024"), CHANGE),
        "a half-year and a year": ("flow", (10, "2023/2023"), (12, "2024-01/2024-06"), LENGTHS),
        "a flow whose period is not stated": ("flow", (10, ""), (12, "2024/2024"), UNSTATED),
        "shares of two years": ("share", (54, "2023/2023"), (18, "2022/2022"), CHANGE),
        "counts since one beginning": ("cumulative", (10, "2020/2023"), (12, "2020/2024"), CHANGE),
        "counts since two beginnings": (
            "cumulative", (10, "2019/2023"), (12, "2020/2024"), ("not-comparable", "beginnings-differ"),
        ),
    }  # fmt: skip

    def test_is_told_apart(self) -> None:
        for name, (behaviour, first, second, verdict) in self.CASES.items():
            with self.subTest(name), rolled_back():
                one = series(behaviour)
                assert pairs(figure(one, *first), figure(one, *second)) == [verdict]

    def test_is_never_of_two_series(self) -> None:
        assert pairs(figure(series(), 10, "2024-07-01"), figure(series(), 20, "2024-07-01")) == []

    def test_says_by_how_much(self) -> None:
        one = series()
        publish_all(figure(one, 605, "2024-07-31"), figure(one, 2273, "2024-11-07"))
        with reading():
            (pair,) = FigurePair.objects.all()
            assert (pair.verdict, round(pair.factor, 1), pair.difference) == ("jump", round(pair.factor, 1), 1668)
            assert round(float(pair.factor), 1) == 3.8
            assert pair.figure.value == 2273

    def test_of_another_place_is_not_comparable(self) -> None:
        one = series()
        found = pairs(figure(one, 10, "2024-07-01"), figure(one, 12, "2024-07-01", scope="Kachha area"))
        assert found == [("not-comparable", "scopes-differ")]

    def test_across_a_break_is_not_comparable(self) -> None:
        for on, verdict in (("2024-07-15", ("not-comparable", "definition-changed")), ("2024-06-15", RIVALS)):
            with self.subTest(on), rolled_back():
                one = series()
                broken = make(IndicatorBreak, indicator=one.indicator, on=PartialDate.parse(on))
                assert pairs(figure(one, 10, "2024-07-01"), figure(one, 12, "2024-07-20"), also=[broken]) == [verdict]

    def test_of_one_statement_told_twice_says_so(self) -> None:
        one, said = series(), make_citation(source=make_source(published="2024-12"))
        found = pairs(
            figure(one, 10, "2024-07-01", citation=said), figure(one, 10, "2024-07-02", citation=repeated(said))
        )
        assert found == [("rivals", "same-origin")]

    def test_is_of_the_leading_figure_of_a_period_not_of_each_rival(self) -> None:
        one = series()
        found = pairs(
            figure(one, 10, "2023-07-01"), figure(one, 11, "2024-07-01"), figure(one, 12, "2024-07-02", "writer")
        )
        assert sorted(found) == [CHANGE, RIVALS]

    def test_takes_the_figure_before_it_of_the_same_length_too(self) -> None:
        one = series("flow")
        found = pairs(figure(one, 10, "2022/2022"), figure(one, 5, "2023-01/2023-06"), figure(one, 12, "2023/2023"))
        assert sorted(found) == [CHANGE, LENGTHS, LENGTHS]


class TestLead(TestCase):
    def lead(self, *figures: MetricSnapshot) -> tuple[MetricSnapshot, str, int]:
        publish_all(*figures)
        with reading():
            (found,) = Lead.objects.select_related("snapshot")
            return found.snapshot, found.reason, found.rivals

    def test_is_the_only_figure(self) -> None:
        only = figure(series(), 10, "2024-07-01")
        assert self.lead(only) == (only, "only-figure", 0)

    def test_is_of_the_latest_period(self) -> None:
        one = series()
        latest = figure(one, 10, "2024-07-01", "writer")
        assert self.lead(latest, figure(one, 12, "2023-07-01")) == (latest, "latest-period", 0)

    def test_is_better_attributed(self) -> None:
        one = series("flow")
        better = figure(one, 10, "2024/2024", "named-body")
        assert self.lead(better, figure(one, 12, "2024/2024", "writer")) == (better, "better-attributed", 1)

    def test_is_the_newest_publication(self) -> None:
        one = series("flow")
        newer = figure(one, 10, "2024/2024", published="2025-02")
        assert self.lead(newer, figure(one, 12, "2024/2024", published="2025-01")) == (newer, "newest-published", 1)

    def test_is_of_the_latest_day(self) -> None:
        one = series()
        later = figure(one, 10, "2024-07-02")
        assert self.lead(later, figure(one, 12, "2024-07-01")) == (later, "latest-day", 1)

    def test_was_entered_last(self) -> None:
        one = series("flow")
        first, last = figure(one, 10, "2024/2024"), figure(one, 12, "2024/2024")
        assert self.lead(first, last) == (last, "entered-last", 1)

    def test_has_the_spread_of_its_rivals(self) -> None:
        one = series("flow")
        publish_all(
            figure(one, 10, "2024/2024"),
            figure(one, 14, "2024/2024", "writer"),
            figure(one, 7, "2024/2024", "writer"),
            figure(one, 99, "2023/2023"),
        )
        with reading():
            (found,) = Lead.objects.all()
            assert (found.low, found.high, found.rivals) == (7, 14, 2)

    def test_of_one_figure_has_no_spread(self) -> None:
        publish_all(figure(series(), 10, "2024-07-01"))
        with reading():
            (found,) = Lead.objects.all()
            assert (found.low, found.high, found.rivals) == (10, 10, 0)

    def test_counts_a_repeated_statement_once(self) -> None:
        one, said = series(), make_citation(source=make_source(published="2024-12"))
        original = figure(one, 10, "2024-07-03", citation=said)
        again = figure(one, 10, "2024-07-02", citation=repeated(said))
        assert self.lead(original, again)[2] == 0

    def test_is_never_across_a_break(self) -> None:
        one = series()
        after = figure(one, 10, "2024-07-20", "writer")
        broken = make(IndicatorBreak, indicator=one.indicator, on=PartialDate.parse("2024-07-10"))
        publish_all(broken)
        assert self.lead(after, figure(one, 12, "2024-07-01", "record")) == (after, "latest-period", 0)


class TestThresholds(TestCase):
    def test_have_a_value_each(self) -> None:
        assert set(thresholds()) == set(THRESHOLDS)
        assert all(value is not None for value in thresholds().values())

    def test_are_what_is_published(self) -> None:
        found = {name: float(value) for name, value in thresholds().items()}
        assert (found["on_track_from"], found["behind_below"], found["least_elapsed"]) == (0.95, 0.75, 0.1)
        assert (found["late_days"], found["rival_days"], found["projection_figures"]) == (90, 31, 3)

    def test_may_be_tried_out_in_a_transaction(self) -> None:
        one = series()
        publish_all(figure(one, 10, "2024-07-01"), figure(one, 12, "2024-08-01"))
        with reading(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL azm.threshold_rival_days = 30")
            assert thresholds()["rival_days"] == 30
            assert FigurePair.objects.get().verdict == "change"
