"""Dates known to the day, the month or only the year."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.test import SimpleTestCase, TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate, PartialDateField, PartialDateFormField

DAYS = st.dates(date(1, 1, 1), date(9998, 12, 31))
PARTIAL_DATES = st.builds(
    lambda day, length: PartialDate.parse(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10])
)
NONSENSE = (
    "",
    " ",
    "24",
    "202",
    "20245",
    "2024-",
    "2024-1",
    "2024-13",
    "2024-00",
    "2024-00-05",
    "2024-07-00",
    "9999",
    "9999-12",
    "9999-12-31",
    "2024-02-30",
    "2023-02-29",
    "2024-7-1",
    "2024-07-1",
    "2024/07/01",
    "1/2/2026",
    "01.02.2026",
    "July 2024",
    "20240701",
    "2024-W29",
    "-2024",
    "+2024",
    "0000",
    "٢٠٢٤",
    "۲۰۲۴-۰۷",
    "2024-07-01T00:00",
    "2024–07",
    "2024-07-22\n2024",
)


class TestPartialDate(SimpleTestCase):
    def test_is_read_as_far_as_it_is_known(self) -> None:
        for text, first, last, precision in (
            ("2023", date(2023, 1, 1), date(2023, 12, 31), "year"),
            ("2023-05", date(2023, 5, 1), date(2023, 5, 31), "month"),
            ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "month"),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
            ("2023-12", date(2023, 12, 1), date(2023, 12, 31), "month"),
            ("2023-05-17", date(2023, 5, 17), date(2023, 5, 17), "day"),
            ("9998-12-31", date(9998, 12, 31), date(9998, 12, 31), "day"),
            (" 2023 ", date(2023, 1, 1), date(2023, 12, 31), "year"),
        ):
            with self.subTest(text):
                parsed = PartialDate.parse(text)
                assert (parsed.first_day, parsed.last_day, parsed.precision) == (first, last, precision)
                assert str(parsed) == text.strip()

    def test_is_not_read_from_anything_else(self) -> None:
        for text in NONSENSE:
            with self.subTest(text), pytest.raises(ValueError, match=r"."):
                PartialDate.parse(text)

    @given(PARTIAL_DATES)
    def test_reads_what_it_writes(self, partial: PartialDate) -> None:
        assert PartialDate.parse(str(partial)) == partial

    @given(PARTIAL_DATES)
    def test_comes_back_from_a_range(self, partial: PartialDate) -> None:
        assert PartialDate.from_range(partial.as_range()) == partial

    @given(DAYS)
    def test_of_a_day_is_that_day(self, day: date) -> None:
        assert PartialDate.of(day) == PartialDate.parse(day.isoformat())
        assert PartialDate.of(day).precision == "day"

    @given(st.text("0123456789-/ T٢۴\n", max_size=11))
    def test_is_read_or_refused_never_anything_else(self, text: str) -> None:
        try:
            partial = PartialDate.parse(text)
        except ValueError:
            return
        assert str(partial) == text.strip()
        assert partial.first_day <= partial.last_day

    def test_comes_in_the_order_of_its_first_days_the_narrower_first(self) -> None:
        texts = ["2022", "2023-01-01", "2023-01", "2023", "2023-01-02", "2023-02", "2024"]
        assert sorted(map(PartialDate.parse, reversed(texts))) == list(map(PartialDate.parse, texts))


class TestFormField(SimpleTestCase):
    field = PartialDateFormField(required=False)

    def test_takes_a_year_a_month_or_a_day(self) -> None:
        for text in ("2024", "2024-07", "2024-07-22", " 2024-07 "):
            with self.subTest(text):
                assert self.field.clean(text) == PartialDate.parse(text)

    def test_takes_nothing_for_nothing(self) -> None:
        assert self.field.clean("") is None
        assert self.field.clean("  ") is None
        with pytest.raises(ValidationError, match="required"):
            PartialDateFormField().clean("")

    def test_says_how_to_write_it(self) -> None:
        for text in NONSENSE:
            if text.strip():
                with self.subTest(text), pytest.raises(ValidationError) as refusal:
                    self.field.clean(text)
                assert (
                    "Write a year (2024), a year and month (2024-07) or a day (2024-07-22)." in refusal.value.messages
                )

    def test_shows_what_it_read(self) -> None:
        assert self.field.prepare_value(PartialDate.parse("2024-07")) == "2024-07"
        assert self.field.prepare_value("1/2/2026") == "1/2/2026"
        assert self.field.prepare_value(None) is None

    def test_knows_whether_it_was_changed(self) -> None:
        initial = PartialDate.parse("2024-07")
        assert not self.field.has_changed(initial, "2024-07")
        assert self.field.has_changed(initial, "2024-07-01")
        assert self.field.has_changed(initial, "")
        assert not self.field.has_changed(None, "")


class TestField(SimpleTestCase):
    field = PartialDateField()

    def test_takes_the_same_date_in_several_forms(self) -> None:
        july = PartialDate.parse("2024-07")
        for value in (july, "2024-07", july.as_range()):
            with self.subTest(value):
                assert self.field.to_python(value) == july
        assert self.field.to_python(date(2024, 7, 22)) == PartialDate.parse("2024-07-22")
        assert self.field.to_python(None) is None
        assert self.field.to_python("") is None

    def test_refuses_nonsense_with_a_sentence(self) -> None:
        with pytest.raises(ValidationError, match="Write a year"):
            self.field.to_python("1/2/2026")

    def test_is_a_text_box_in_a_form(self) -> None:
        assert isinstance(self.field.formfield(), PartialDateFormField)


class TestDatabase(TestCase):
    """The domain `partial_date` and its functions, in PostgreSQL."""

    def ask(self, sql: str, *parameters: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {sql}", parameters)
            return cursor.fetchone()[0]

    def test_gives_back_what_it_was_given(self) -> None:
        @settings(max_examples=60, deadline=None)
        @given(PARTIAL_DATES)
        def gives_back(partial: PartialDate) -> None:
            assert PartialDate.from_range(self.ask("%s::partial_date", partial.as_range())) == partial

        gives_back()

    def test_writes_a_date_as_python_does(self) -> None:
        @settings(max_examples=60, deadline=None)
        @given(PARTIAL_DATES)
        def agrees(partial: PartialDate) -> None:
            assert self.ask("partial_date_text(%s)", partial.as_range()) == str(partial)

        agrees()
        assert self.ask("partial_date_text(NULL)") is None

    def test_knows_a_day_a_month_a_year_and_nothing_else(self) -> None:
        first = date(2023, 1, 1)
        for days in range(1, 800):
            last = first + timedelta(days=days - 1)
            if not self.ask("is_partial_date(daterange(%s::date, %s::date, '[]'))", first, last):
                continue
            assert days in (1, 31, 365)

    def test_refuses_other_ranges(self) -> None:
        for name, text in {
            "two months": "[2024-01-01,2024-03-01)",
            "thirty days": "[2024-01-01,2024-01-31)",
            "two years": "[2023-01-01,2025-01-01)",
            "a year from July": "[2023-07-01,2024-07-01)",
            "a month from the second": "[2024-01-02,2024-02-02)",
            "no end": "[2024-01-01,)",
            "no beginning": "(,2024-01-01)",
            "no days": "empty",
            "until infinity": "[2024-01-01,infinity)",
        }.items():
            with self.subTest(name), pytest.raises((IntegrityError, DataError)), transaction.atomic():
                self.ask("%s::partial_date", text)

    def test_accepts_every_way_to_write_a_range(self) -> None:
        for text in ("[2024-07-01,2024-07-31]", "(2024-06-30,2024-08-01)"):
            with self.subTest(text):
                assert self.ask("%s::partial_date = daterange('2024-07-01', '2024-08-01')", text)

    def test_takes_null(self) -> None:
        assert self.ask("NULL::partial_date") is None

    def test_orders_as_python_does(self) -> None:
        texts = ["2022", "2023-01-01", "2023-01", "2023", "2023-01-02", "2023-02", "2024"]
        ranges = [PartialDate.parse(text).as_range() for text in reversed(texts)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT partial_date_text(day) FROM unnest(%s::daterange[]) AS day ORDER BY day", [ranges])
            assert [text for (text,) in cursor.fetchall()] == texts
