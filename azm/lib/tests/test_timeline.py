"""Places of a chart of lanes: what stands where, what is told together, and what has no place."""

from datetime import date
from decimal import Decimal as D

from django.test import SimpleTestCase

from azm.lib.charts import Scale
from azm.lib.partialdates import PartialDate
from azm.lib.timeline import HEAD, LANE, Event, Label, Lanes, axis, labels, lanes, spelt, ticks

DAY = PartialDate.parse
TODAY = date(2026, 11, 22)
ORDER = ("plan", "evidence", "reports")


def ends(days: Scale) -> tuple[date, date]:
    return date.fromordinal(int(days.low)), date.fromordinal(int(days.high))


def drawn(*events: tuple[str, str, int | None], kept: tuple[str, ...] = (), today: date = TODAY) -> Lanes:
    found = lanes([Event(lane, "planned", DAY(on), n) for lane, on, n in events], today, ORDER, kept)
    assert found is not None
    return found


class AxisTests(SimpleTestCase):
    def test_runs_over_whole_half_years_with_room_at_both_ends(self) -> None:
        assert ends(axis([DAY("2025-03-31"), DAY("2026-11-22")])) == (date(2025, 1, 1), date(2027, 1, 1))
        assert ends(axis([DAY("2025-01-10"), DAY("2025-06-20")])) == (date(2024, 7, 1), date(2026, 1, 1))

    def test_takes_in_every_day_that_a_date_may_be(self) -> None:
        first, last = ends(axis([DAY("2025")]))
        assert first <= date(2024, 12, 31)
        assert last >= date(2026, 1, 1)

    def test_of_a_single_day_still_has_a_length(self) -> None:
        assert ends(axis([DAY("2026-05-01")])) == (date(2026, 1, 1), date(2026, 7, 1))

    def test_names_years_and_julys_while_there_are_few(self) -> None:
        days = Scale.of_days(date(2025, 1, 1), date(2027, 1, 1))
        found = ticks(days, D(-100))
        assert [(tick.day, tick.at) for tick in found] == [
            (date(2025, 1, 1), "0%"), (date(2025, 7, 1), "24.79%"), (date(2026, 1, 1), "50%"),
            (date(2026, 7, 1), "74.79%"), (date(2027, 1, 1), "100%"),
        ]  # fmt: skip
        assert [tick.is_year for tick in found] == [True, False, True, False, True]
        assert [tick.named for tick in found] == [True, True, True, True, False]  # the last would leave the drawing

    def test_names_fewer_as_years_grow(self) -> None:
        def shown(last: int) -> list[date]:
            return [tick.day for tick in ticks(Scale.of_days(date(2000, 1, 1), date(last, 1, 1)), D(-100))]

        assert shown(2006) == [date(year, 1, 1) for year in range(2000, 2007)]
        assert shown(2015) == [date(year, 1, 1) for year in range(2000, 2015, 2)]
        assert shown(2025) == [date(year, 1, 1) for year in range(2000, 2026, 5)]

    def test_leaves_the_room_to_today(self) -> None:
        days = Scale.of_days(date(2025, 1, 1), date(2027, 1, 1))
        assert [tick.day for tick in ticks(days, D(50)) if not tick.named] == [date(2026, 1, 1), date(2027, 1, 1)]


class LaneTests(SimpleTestCase):
    def test_nothing_has_no_chart(self) -> None:
        assert lanes([], TODAY, ORDER, ORDER) is None

    def test_lanes_stand_in_their_order_below_the_axis(self) -> None:
        found = drawn(("reports", "2026-01-01", None), ("plan", "2025-05-01", 1))
        assert [(lane.name, lane.top, lane.bottom) for lane in found.lanes] == [
            ("plan", HEAD, HEAD + LANE),
            ("reports", HEAD + LANE, HEAD + 2 * LANE),
        ]
        assert found.height == HEAD + 2 * LANE

    def test_a_lane_may_be_kept_though_it_is_empty(self) -> None:
        found = drawn(("plan", "2025-05-01", 1), kept=("evidence",))
        assert [(lane.name, len(lane.marks)) for lane in found.lanes] == [("plan", 1), ("evidence", 0)]

    def test_a_day_is_a_place_and_a_month_or_a_year_a_bar_over_its_days(self) -> None:
        today = date(2026, 3, 1)
        day, month, year = drawn(
            ("plan", "2025-01-16", 1), ("plan", "2025-07", 2), ("plan", "2026", 3), today=today
        ).lanes[0].marks  # fmt: skip
        days = axis([DAY("2025-01-16"), DAY("2026")])
        assert ends(days) == (date(2025, 1, 1), date(2027, 7, 1))
        assert (day.x, day.start, day.width) == (days.across(date(2025, 1, 16).toordinal()), "", "")
        assert month.start == days.across(date(2025, 7, 1).toordinal())
        assert year.start == days.across(date(2026, 1, 1).toordinal())
        assert (month.width, year.width) == ("3.4%", "40.07%")  # 31 and 365 of 911 days
        assert year.x == "60.1%"

    def test_today_is_a_line_whose_word_stays_in_the_drawing(self) -> None:
        assert drawn(("plan", "2025-05-01", 1), today=date(2026, 12, 10)).today_anchor == "end"
        assert drawn(("plan", "2030-05-01", 1)).today_anchor == "middle"
        late = drawn(("plan", "2040-05-01", 1))
        assert (late.today_anchor, late.today) == ("start", "2.82%")

    def test_what_occurs_is_told_for_the_legend_once_each(self) -> None:
        found = lanes(
            [Event("reports", "report", DAY("2026")), Event("plan", "planned", DAY("2026")),
             Event("reports", "report", DAY("2025"))],
            TODAY, ORDER,
        )  # fmt: skip
        assert found is not None
        assert found.kinds == ["planned", "report"]


class LabelTests(SimpleTestCase):
    def test_marks_apart_have_a_label_each(self) -> None:
        assert labels([(D(10), 1), (D(30), 2)]) == [Label("1", "10%"), Label("2", "30%")]

    def test_marks_together_share_one_over_their_middle(self) -> None:
        assert labels([(D(30), 2), (D(10), 1), (D(32), 3)]) == [Label("1", "10%"), Label("2, 3", "31%")]
        assert labels([(D(10), 1), (D(13), 2), (D(16), 3)]) == [Label("1–3", "13%")]

    def test_numbers_are_told_once_and_as_a_range_where_they_are_one(self) -> None:
        assert spelt([4]) == "4"
        assert spelt([4, 1, 4]) == "1, 4"
        assert spelt([3, 2, 5, 4]) == "2–5"
        assert spelt([1, 2, 4]) == "1, 2, 4"
