"""How numbers, dates, names and tables are written, in both languages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal as D

import django_tables2 as tables
from django.core.paginator import Paginator
from django.template import Context, Engine
from django.test import RequestFactory, SimpleTestCase
from django.utils.safestring import mark_safe
from django.utils.translation import override

from azm.lib.partialdates import PartialDate
from azm.lib.templatetags import azm

TAGS = Engine(libraries={"azm": "azm.lib.templatetags.azm"})


@dataclass
class Body:
    name: str
    name_ur: str = ""


class NumberTests(SimpleTestCase):
    def test_thousands_have_commas(self):
        self.assertEqual(azm.digits(1234567), "1,234,567")
        self.assertEqual(azm.digits(999), "999")

    def test_the_minus_is_a_minus(self):
        self.assertEqual(azm.digits(D("-5.5")), "−5.5")

    def test_zeros_at_the_end_go_unless_asked_for(self):
        self.assertEqual(azm.digits(D("44.00")), "44")
        self.assertEqual(azm.digits(D("300")), "300")
        self.assertEqual(azm.digits(D("1E+3")), "1,000")
        self.assertEqual(azm.digits(D("44"), 1), "44.0")

    def test_halves_round_away_from_zero_as_in_postgresql(self):
        self.assertEqual([azm.digits(D(v), 1) for v in ("50.9375", "0.25", "-0.25")], ["50.9", "0.3", "−0.3"])

    def test_what_rounds_to_zero_has_no_sign(self):
        self.assertEqual(azm.digits(D("-0.04"), 1), "0.0")

    def test_no_data_is_nothing_and_zero_is_zero(self):
        self.assertEqual((azm.digits(None), azm.number(""), azm.percent(None)), ("", "", ""))
        self.assertEqual((azm.digits(0), azm.percent(0)), ("0", "0%"))

    def test_a_per_cent_sign_follows_without_a_space(self):
        self.assertEqual(azm.percent(D("50.9375"), 1), "50.9%")

    def test_words_pass_through(self):
        self.assertEqual(azm.digits("withheld"), "withheld")
        self.assertEqual(azm.digits(D("NaN")), "NaN")

    def test_urdu_isolates_numbers_with_latin_digits(self):
        with override("ur"):
            self.assertEqual(azm.number(16300), '<bdi dir="ltr">16,300</bdi>')
            self.assertEqual(azm.percent(44), '<bdi dir="ltr">44%</bdi>')
            self.assertEqual(azm.digits(16300), "16,300")

    def test_codes_are_escaped_in_both_languages(self):
        self.assertEqual(azm.bdi("<b>"), "&lt;b&gt;")
        with override("ur"):
            self.assertEqual(azm.bdi("<b>"), '<bdi dir="ltr">&lt;b&gt;</bdi>')


class PlainTests(SimpleTestCase):
    def test_isolation_survives_as_characters(self):
        with override("ur"):
            self.assertEqual(azm.plain(azm.number(7)), "\u20667\u2069")

    def test_tags_go_from_marked_up_labels(self):
        self.assertEqual(azm.plain(mark_safe("<b>44</b> &amp; more")), "44 &amp; more")

    def test_a_plain_label_is_still_escaped_by_the_template(self):
        rendered = TAGS.from_string("{% load azm %}{{ label|plain }}").render(Context({"label": "<b>"}))
        self.assertEqual(rendered, "&lt;b&gt;")


class DateTests(SimpleTestCase):
    def test_each_precision_short_and_long(self):
        for text, short, long in (
            ("2026-11-22", "22 Nov 2026", "22 November 2026"),
            ("2024-11", "Nov 2024", "November 2024"),
            ("2024", "2024", "2024"),
        ):
            value = PartialDate.parse(text)
            self.assertEqual((azm.date_short(value), azm.date_long(value)), (short, long))

    def test_plain_dates_are_known_to_the_day(self):
        self.assertEqual(azm.date_short(date(2026, 11, 2)), "2 Nov 2026")

    def test_a_moment_is_written_as_the_day_in_pakistan(self):
        self.assertEqual(azm.date_short(datetime(2026, 11, 21, 20, 0, tzinfo=UTC)), "22 Nov 2026")

    def test_a_range_of_bare_years_is_one_number_on_urdu_pages(self):
        years = PartialDate.parse("2013"), PartialDate.parse("2017")
        self.assertEqual(azm.date_range(*years), "2013 – 2017")
        with override("ur"):
            self.assertEqual(azm.date_range(*years), '<bdi dir="ltr">2013 – 2017</bdi>')

    def test_a_range_says_which_end_is_not_known(self):
        self.assertEqual(azm.date_range(PartialDate.parse("2024-07"), None), "Jul 2024 – …")

    def test_no_date_is_nothing(self):
        self.assertEqual(azm.date_long(None), "")

    def test_urdu_names_its_months_in_full(self):
        with override("ur"):
            written = '<bdi dir="ltr">22</bdi> نومبر <bdi dir="ltr">2026</bdi>'
            self.assertEqual(azm.date_short(PartialDate.parse("2026-11-22")), written)


class LanguageTests(SimpleTestCase):
    def test_english_pages_show_the_english_name(self):
        self.assertEqual(azm.in_language(Body("Rangers", "رینجرز"), "name"), "Rangers")

    def test_urdu_pages_show_the_urdu_name(self):
        with override("ur"):
            self.assertEqual(azm.in_language(Body("Rangers", "رینجرز"), "name"), "رینجرز")

    def test_a_missing_translation_is_english_and_says_so(self):
        with override("ur"):
            self.assertEqual(azm.in_language(Body("A & B"), "name"), '<span lang="en" dir="ltr">A &amp; B</span>')
            self.assertEqual(azm.in_language_text(Body("A & B"), "name"), "A & B")

    def test_nothing_in_either_language_is_nothing(self):
        with override("ur"):
            self.assertEqual(azm.in_language(Body(""), "name"), "")
            self.assertEqual(azm.in_language(None, "name"), "")

    def test_a_range_in_an_urdu_name_keeps_its_direction(self):
        with override("ur"):
            self.assertEqual(azm.in_language_text(Body("", "پالیسی 2023-2028"), "name"), "پالیسی \u20662023-2028\u2069")

    def test_a_name_from_the_record_is_escaped(self):
        source = TAGS.from_string('{% load azm %}{{ body|in_language:"name" }}')
        self.assertEqual(source.render(Context({"body": Body("<i>")})), "&lt;i&gt;")


class Commitments(tables.Table):
    code = tables.Column()
    figures = tables.Column(attrs={"cell": {"class": "num"}}, initial_sort_descending=True)
    note = tables.Column(orderable=False, verbose_name="A <note>")


class TableTests(SimpleTestCase):
    def table(self, **kwargs):
        rows = [{"code": "<1.1>", "figures": 3, "note": mark_safe("<i>x</i>")}, {"code": "1.2"}]
        table = Commitments(rows, **kwargs)
        table.paginate(page=1, per_page=25)
        return table

    def test_the_first_cell_heads_its_row_and_text_is_escaped(self):
        table = self.table()
        first, second = azm.table_rows(table, azm.table_columns(table))
        self.assertEqual(
            first,
            '<th scope="row">&lt;1.1&gt;</th><td class="num" data-label="Figures">3</td>'
            '<td data-label="A &lt;note&gt;"><i>x</i></td>',
        )
        self.assertIn('<td class="num" data-label="Figures">—</td>', second)

    def test_a_sorted_column_says_so_and_offers_the_other_way(self):
        code, figures, note = azm.table_columns(self.table(order_by="-code"))
        self.assertEqual((code.direction, code.sort_query), ("descending", {"sort": "code", "page": None}))
        self.assertEqual((figures.direction, figures.sort_query["sort"]), ("", "-figures"))
        self.assertIsNone(note.sort_query)


class PageTests(SimpleTestCase):
    def test_other_parameters_are_kept(self):
        request = RequestFactory().get("/actions/?policy=nap&edition=1&page=2")
        source = TAGS.from_string("{% load azm %}{% page_query 3 %}")
        self.assertEqual(source.render(Context({"request": request})), "?policy=nap&amp;edition=1&amp;page=3")

    def test_many_pages_are_elided(self):
        page = Paginator(range(1000), 10).page(50)
        self.assertEqual(list(azm.page_numbers(page)), [1, "…", 49, 50, 51, "…", 100])
