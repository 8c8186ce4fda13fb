"""Numbers become places: every chart is right at its edges, and a gap stays a gap."""

from datetime import date
from decimal import Decimal as D
from itertools import pairwise
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from azm.lib import charts
from azm.lib.charts import Scale

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


class AttributeTests(TestCase):
    def test_two_decimals_without_trailing_zeros(self):
        self.assertEqual(charts.attribute(D("12.50")), "12.5")
        self.assertEqual(charts.attribute(D("33.3333")), "33.33")
        self.assertEqual(charts.attribute(D("100.00")), "100")

    def test_no_exponent_and_no_negative_zero(self):
        self.assertEqual(charts.attribute(D("1E+3")), "1000")
        self.assertEqual(charts.attribute(D("-0.001")), "0")


class ScaleTests(TestCase):
    def test_a_value_lies_at_its_share_of_the_axis(self):
        scale = Scale(D(0), D(32000))
        self.assertEqual(scale.across(16300), "50.94%")
        self.assertEqual(scale.across(0), "0%")
        self.assertEqual(scale.across(32000), "100%")

    def test_zero_is_inside_a_scale_that_crosses_it(self):
        self.assertEqual(Scale(D(-50), D(50)).across(0), "50%")

    def test_down_counts_pixels_from_the_top(self):
        scale = Scale(D(0), D(10))
        self.assertEqual(scale.down(10, 200, 20), "20")
        self.assertEqual(scale.down(0, 200, 20), "220")

    def test_a_scale_that_does_not_rise_is_refused(self):
        for low, high in ((5, 5), (6, 5)):
            with self.assertRaises(ValueError):
                Scale(D(low), D(high))

    def test_one_value_gives_a_scale_from_zero(self):
        self.assertEqual(Scale.over([D(44)]), Scale(D(0), D(60)))

    def test_zero_alone_and_nothing_at_all_give_a_scale(self):
        self.assertEqual(Scale.over([D(0)]), Scale(D(0), D(1)))
        self.assertEqual(Scale.over([]), Scale(D(0), D(1)))

    def test_a_gap_does_not_count_as_zero(self):
        self.assertEqual(Scale.over([None, D(52), D(58)], from_zero=False), Scale(D(52), D(58)))

    def test_a_single_value_away_from_zero_gives_a_scale(self):
        scale = Scale.over([D(-7)], from_zero=False)
        self.assertLess(scale.low, scale.high)

    @given(st.lists(st.none() | numbers, max_size=6), st.booleans())
    def test_every_value_lies_on_its_scale(self, values, from_zero):
        scale = Scale.over(values, from_zero=from_zero)
        for value in values:
            if value is not None:
                self.assertTrue(0 <= scale.share(value) <= 100)

    @given(numbers, numbers, st.integers(1, 8))
    def test_ticks_rise_evenly_inside_the_scale_and_are_few(self, one, other, about):
        if one == other:
            return
        ticks = [tick.value for tick in Scale(min(one, other), max(one, other)).ticks(about)]
        self.assertLessEqual(len(ticks), about + 1)
        self.assertTrue(all(min(one, other) <= value <= max(one, other) for value in ticks))
        self.assertLessEqual(len({b - a for a, b in pairwise(ticks)}), 1)

    def test_ticks_of_a_percentage_are_quarters(self):
        self.assertEqual(
            [(t.value, t.at) for t in Scale(D(0), D(100)).ticks()][1:4], [(25, "25%"), (50, "50%"), (75, "75%")]
        )


class ChainTests(TestCase):
    def test_seven_links_are_138_pixels_wide(self):
        self.assertEqual([charts.chain_x(n) for n in range(7)], [9, 29, 49, 69, 89, 109, 129])

    def test_it_runs_from_the_right_with_the_script(self):
        self.assertEqual(charts.chain_x(0, rightwards=False), 129)
        self.assertEqual(charts.chain_x(6, rightwards=False), 9)


class ElapsedTests(TestCase):
    def test_a_range_where_the_dates_are_known_by_year(self):
        self.assertEqual(charts.elapsed(D("57.9"), D("77.8")), charts.Elapsed("57.9%", "77.8%", "19.9%"))

    def test_one_end_where_the_dates_are_known_to_the_day(self):
        self.assertIsNone(charts.elapsed(D(40), D(40)).between)

    def test_time_stops_at_the_end_and_before_the_beginning(self):
        self.assertEqual(charts.elapsed(D(95), D(130)), charts.Elapsed("95%", "100%", "5%"))
        self.assertEqual(charts.elapsed(D(-20), D(0)), charts.Elapsed("0%", "0%", None))


class DistanceTests(TestCase):
    def test_the_madrassas_of_the_article(self):
        bar = charts.distance(D(16300), D(32000), stated=D("51.2"))
        self.assertEqual((bar.reached_at, bar.required_at, bar.stated_at), ("50.94%", "100%", "51.2%"))
        self.assertEqual([tick.value for tick in bar.ticks], [0, 5000, 10000, 15000])

    def test_two_totals_make_a_spread(self):
        bar = charts.distance(D(18164), D(32000), required_most=D(40000))
        self.assertEqual((bar.required_at, bar.most_at), ("80%", "100%"))

    def test_more_than_required_is_not_cut_off(self):
        bar = charts.distance(D(50), D(40))
        self.assertEqual((bar.reached_at, bar.required_at), ("100%", "80%"))

    def test_nothing_reached_is_a_bar_of_no_width_with_its_label_beside(self):
        bar = charts.distance(D(0), D(40))
        self.assertEqual(bar.reached_at, "0%")
        self.assertFalse(bar.label_inside)

    def test_a_requirement_of_nothing_is_refused(self):
        with self.assertRaises(ValueError):
            charts.distance(D(0), D(0))


class TileTests(TestCase):
    def test_a_tile_stands_at_its_row_and_column(self):
        self.assertEqual(charts.tile(3, 1), charts.Box(92, 276, 88, 88))

    def test_neighbours_join_with_a_seam(self):
        box = charts.joined_tile([(1, 0), (2, 0)])
        self.assertEqual((box.x, box.y, box.width, box.height), (0, 92, 88, 180))
        self.assertEqual(box.seams, ((0, 182, 88, 182),))

    def test_neighbours_side_by_side_join_with_an_upright_seam(self):
        self.assertEqual(charts.joined_tile([(1, 1), (1, 0)]).seams, ((90, 92, 90, 180),))

    def test_areas_that_do_not_touch_are_not_joined(self):
        for cells in ([(0, 2), (1, 0)], [(0, 0), (0, 2)], [(0, 0), (1, 1)], [(0, 0), (0, 0)], []):
            self.assertIsNone(charts.joined_tile(cells), cells)

    def test_five_shades_and_none_for_no_figure(self):
        scale = Scale(D(0), D(100))
        shades = [charts.shade(D(value), scale) for value in (0, 6, 20, 54, 72, 100, 120, -3)]
        self.assertEqual(shades, [1, 1, 2, 3, 4, 5, 5, 1])
        self.assertIsNone(charts.shade(None, scale))

    def test_long_names_break_once(self):
        self.assertEqual(charts.wrap("Punjab"), ["Punjab"])
        self.assertEqual(charts.wrap("Gilgit-Baltistan"), ["Gilgit-", "Baltistan"])
        self.assertEqual(charts.wrap("Azad Jammu and Kashmir"), ["Azad Jammu", "and Kashmir"])
        self.assertEqual(charts.wrap("Unbreakablename"), ["Unbreakablename"])


class DotTests(TestCase):
    scale = Scale(D(0), D(100))

    def test_no_figure_has_no_dot(self):
        self.assertIsNone(charts.dot(None, self.scale))

    def test_zero_has_one(self):
        self.assertEqual(charts.dot(D(0), self.scale).at, "0%")

    def test_the_label_avoids_the_line_and_the_edge(self):
        before = {v: charts.dot(D(v), self.scale, line=D(44)).label_before for v in (6, 35, 54, 72, 95)}
        self.assertEqual(before, {6: False, 35: True, 54: False, 72: False, 95: True})


class PlotTests(TestCase):
    plot = charts.Plot(Scale.of_days(date(2023, 1, 1), date(2025, 12, 31)), Scale(D(0), D(10)), height=100, top=20)

    def test_a_value_lies_above_the_foot_and_a_day_along_it(self):
        point = self.plot.point(date(2023, 1, 1), D(0))
        self.assertEqual((point.x, point.y), ("0%", "120"))
        point = self.plot.point(date(2025, 12, 31), D(10))
        self.assertEqual((point.x, point.y), ("100%", "20"))
        self.assertEqual((self.plot.foot, self.plot.down(D(5))), (120, "70"))

    def test_the_axes_hold_whole_quarters_and_a_year_at_least(self):
        ends = {
            ("2024-11-28", "2026-09-26"): (date(2024, 10, 1), date(2026, 9, 30)),
            ("2024-05-01", "2024-05-02"): (date(2024, 4, 1), date(2025, 3, 31)),
            ("2024-12-31", "2024-12-31"): (date(2024, 10, 1), date(2025, 9, 30)),
        }
        for days, (first, last) in ends.items():
            plot = charts.Plot.over(map(date.fromisoformat, days), [D(1)])
            self.assertEqual((plot.first, plot.last), (first, last), days)

    def test_values_that_would_keep_to_the_upper_half_do_not_start_at_zero(self):
        days = [date(2024, 1, 1)]
        self.assertEqual(charts.Plot.over(days, [D(840), D(1344)]).values, Scale(D(800), D(1400)))
        self.assertEqual(charts.Plot.over(days, [D(40), D(93)]).values, Scale(D(0), D(100)))
        self.assertEqual(charts.Plot.over(days, [D(840), D(1344), 0]).values.low, 0)
        self.assertEqual(charts.Plot.over(days, [D(-5), D(-4)]).values.low, D(-6))

    def test_a_figure_stands_at_either_end_of_the_axis(self):
        for values in ((D(1553), D(1926)), (D(840), D(1344)), (D(40), D(93)), (D(12), D(12)), (D(250), D(940))):
            plot = charts.Plot.over([date(2024, 1, 1)], values)
            ticks = [tick.value for tick in plot.ticks()]
            self.assertEqual((ticks[0], ticks[-1]), (plot.values.low, plot.values.high), values)

    def test_a_day_off_the_axis_is_told(self):
        self.assertTrue(self.plot.holds(date(2025, 12, 31)))
        self.assertFalse(self.plot.holds(date(2026, 1, 1)))
        self.assertIsNone(self.plot.band(date(2026, 2, 1), date(2026, 3, 1)))

    def test_a_year_without_room_is_not_named_and_narrow_screens_name_every_other_one(self):
        marks = charts.Plot.over([date(2015, 11, 1), date(2025, 12, 31)], [D(1)]).years()
        self.assertEqual([mark.number for mark in marks if mark.middle], list(range(2016, 2026)))
        self.assertIsNone(marks[0].begins)
        self.assertEqual(
            [mark.number for mark in marks if mark.middle and not mark.spare], [2017, 2019, 2021, 2023, 2025]
        )

    def test_many_years_are_named_as_far_as_there_is_room(self):
        marks = charts.Plot.over([date(2001, 1, 1), date(2026, 12, 31)], [D(1)]).years(most=4)
        self.assertEqual([mark.number for mark in marks if mark.middle], [])
        marks = charts.Plot.over([date(2015, 1, 1), date(2026, 12, 31)], [D(1)]).years(most=4)
        self.assertEqual([mark.number for mark in marks if mark.middle], [2015, 2018, 2021, 2024])


class LabelTests(TestCase):
    nothing = charts.Marks()

    def put(self, *labels, marks=nothing):
        return [(put.label.text, put.place) for put in charts.place(labels, marks, height=300)]

    def test_the_first_place_is_taken_where_nothing_is_in_the_way(self):
        label = charts.Label("46%", D(50), D(100))
        self.assertEqual(self.put(label), [("46%", label.places[0])])

    def test_two_labels_of_one_place_do_not_cover_each_other(self):
        one, other = charts.Label("one", D(50), D(100)), charts.Label("other", D(50), D(100))
        (_, first), (_, second) = self.put(one, other)
        self.assertNotEqual(first.dy, second.dy)

    def test_a_label_stays_inside_the_drawing_on_a_phone(self):
        ((_, at_the_end),) = self.put(charts.Label("a long label", D(100), D(100)))
        self.assertEqual(at_the_end.anchor, "end")
        ((_, at_the_top),) = self.put(charts.Label("high", D(50), D(5)))
        self.assertGreater(at_the_top.dy, 0)

    def test_a_label_keeps_clear_of_marks(self):
        above = charts.Marks(dots=((D(50), D(86)),))
        ((_, place),) = self.put(charts.Label("46%", D(50), D(100)), marks=above)
        self.assertGreater(place.dy, 0)

    def test_a_label_rather_lies_off_a_line_than_on_it(self):
        rising = charts.Marks(lines=(((D(0), D(85)), (D(100), D(88))),))
        ((_, place),) = self.put(charts.Label("46%", D(50), D(100)), marks=rising)
        self.assertGreater(place.dy, 0)

    def test_one_that_is_not_needed_gives_way_and_one_that_is_stays(self):
        only = (charts.Place(0, 0, "middle"),)
        taken = charts.Label("taken", D(50), D(100), places=only)
        self.assertEqual(len(self.put(taken, charts.Label("name", D(50), D(100), places=only, needed=False))), 1)
        self.assertEqual(len(self.put(taken, charts.Label("name", D(50), D(100), places=only))), 2)

    def test_a_tall_script_stands_further_from_its_mark(self):
        label = charts.Label("ہدف", D(50), D(100))
        (low,), (tall,) = (charts.place([label], self.nothing, 300, tall=tall) for tall in (False, True))
        self.assertLess(tall.place.dy, low.place.dy)

    def test_what_leaves_the_chart_on_a_phone_takes_no_room_there(self):
        only = (charts.Place(0, 0, "start"),)
        rival = charts.Label("44", D(62), D(100), more=", a bar council", places=only, needed=False)
        self.assertEqual(len(self.put(rival)), 1)
        whole = charts.Label("44, a bar council", D(62), D(100), places=only, needed=False)
        self.assertEqual(self.put(whole), [])


class YearTests(TestCase):
    def test_only_years_that_begin_on_the_scale(self):
        days = Scale.of_days(date(2023, 3, 1), date(2025, 12, 31))
        self.assertEqual([year.number for year in charts.years(days)], [2024, 2025])

    def test_every_other_year(self):
        days = Scale.of_days(date(2013, 1, 1), date(2018, 12, 31))
        self.assertEqual([year.number for year in charts.years(days, 2)], [2014, 2016, 2018])


class SpanTests(TestCase):
    days = Scale.of_days(date(2020, 1, 1), date(2029, 12, 31))

    def test_an_unknown_beginning_is_not_drawn(self):
        self.assertIsNone(charts.span(None, date(2024, 1, 1), self.days))

    def test_an_unknown_end_is_open(self):
        span = charts.span(date(2024, 6, 22), None, self.days)
        self.assertTrue(span.open)
        self.assertEqual(span.end, "100%")

    def test_what_began_before_the_scale_is_cut(self):
        self.assertEqual(charts.span(date(2014, 1, 1), date(2024, 12, 31), self.days).start, "0%")

    def test_what_lies_off_the_scale_is_not_drawn(self):
        self.assertIsNone(charts.span(date(2014, 1, 1), date(2018, 1, 1), self.days))
        self.assertIsNone(charts.span(date(2031, 1, 1), None, self.days))
