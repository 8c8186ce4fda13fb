"""CSV files: what a cell holds, that spreadsheets run nothing, and that they come in blocks."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.contrib.auth.models import Group
from django.db import DataError, connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast
from django.test import TestCase
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus

from azm.lib.csvfiles import BLOCK, copy_csv
from azm.lib.partialdates import PartialDate, PartialDateField

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org";"look")',
    "+1",
    "-1",
    "-",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
]
HARMLESS = [
    "Register every madrassa",
    'He said "no", twice',
    "one, two; three",
    "first line\nsecond line\r\nthird",
    "'; DROP TABLE auth_group; --",
    "%s %(name)s {0} \\N \\. \\t",
    "\\.",
    "1-2",
    "a=b",
    "  spaces kept  ",
    "عزمِ استحکام، «حکمتِ عملی»",
    "−5",
    "'quoted'",
    "NULL",
    "🇵🇰",
]


def file_of(rows: QuerySet, **columns: Any) -> str:
    return b"".join(copy_csv(rows, columns)).decode()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def cells(value: Any, field: Any) -> list[str]:
    """The cells of one row that holds this value in a column of this type."""
    Group.objects.create(name="only")
    return read(file_of(Group.objects.annotate(it=Cast(Value(value), field)), it="it"))[1]


def named(names: Iterable[str]) -> QuerySet:
    Group.objects.bulk_create(Group(name=name) for name in names)
    return Group.objects.order_by("pk")


class Rows(TestCase):
    """Groups stand in for rows of any kind: their names are free text."""

    @classmethod
    def setUpTestData(cls) -> None:
        Group.objects.all().delete()


class TestText(Rows):
    def test_that_begins_a_formula_gets_an_apostrophe(self) -> None:
        written = [row[0] for row in read(file_of(named(HOSTILE), name="name"))[1:]]
        assert written == [f"'{text}" for text in HOSTILE]

    def test_of_any_other_kind_is_read_back_as_it_was(self) -> None:
        written = [row[0] for row in read(file_of(named(HARMLESS), name="name"))[1:]]
        assert written == HARMLESS

    def test_is_guarded_in_expressions_too(self) -> None:
        rows = named(["x"]).annotate(joined=Func(Value("=1"), Value("+2"), function="concat", output_field=TextField()))
        assert read(file_of(rows, joined="joined"))[1] == ["'=1+2"]

    def test_that_is_empty_or_missing_is_an_empty_cell(self) -> None:
        rows = named(["x"]).annotate(
            empty=Value("", output_field=CharField()), missing=Value(None, output_field=CharField())
        )
        assert file_of(rows, empty="empty", name="name", missing="missing") == "empty,name,missing\n,x,\n"

    def test_of_any_kind_comes_back(self) -> None:
        texts = st.text(
            st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=80
        ).filter(bool)

        @settings(max_examples=40, deadline=None)
        @given(name=texts, start=st.sampled_from(["", *(text[0] for text in HOSTILE)]))
        def comes_back(name: str, start: str) -> None:
            Group.objects.all().delete()
            text = start + name
            cell = read(file_of(named([text]), name="name"))[1][0]
            assert cell in (text, f"'{text}")
            assert cell[0] not in "=+-@\t\r\n＝＋－＠"

        comes_back()


class TestTypedCells(Rows):
    """What is no text is written as it is: a minus before a number begins no formula."""

    CASES: ClassVar = [
        (Decimal("-5.500000"), DecimalField(max_digits=20, decimal_places=6), "-5.5"),
        (Decimal("16300.000000"), DecimalField(max_digits=20, decimal_places=6), "16300"),
        (Decimal("0.000000"), DecimalField(max_digits=20, decimal_places=6), "0"),
        (Decimal("-12345678901234.5"), DecimalField(max_digits=20, decimal_places=6), "-12345678901234.5"),
        (-7, IntegerField(), "-7"),
        (date(2026, 11, 22), DateField(), "2026-11-22"),
        (datetime(2026, 11, 22, 4, 30, tzinfo=UTC), DateTimeField(), "2026-11-22 04:30:00+00"),
        (True, BooleanField(), "true"),
        (False, BooleanField(), "false"),
    ]

    def test_are_plain(self) -> None:
        for value, field, written in self.CASES:
            with self.subTest(written), transaction.atomic():
                assert cells(value, field) == [written]
                Group.objects.all().delete()

    def test_that_are_unknown_are_empty_and_never_zero(self) -> None:
        for field in (DecimalField(max_digits=20, decimal_places=6), IntegerField(), DateField(), BooleanField()):
            with self.subTest(type(field).__name__):
                Group.objects.all().delete()
                assert cells(None, field) == []  # a line without a character is one empty cell

    def test_of_partial_dates_say_what_is_known(self) -> None:
        named(["only"])
        for text in ("2024", "2024-07", "2024-07-22", "0987-01"):
            with self.subTest(text):
                day = PartialDate.parse(text).as_range()
                rows = Group.objects.annotate(
                    it=RawSQL("daterange(%s, %s)", [day.lower, day.upper], output_field=PartialDateField())
                )
                assert read(file_of(rows, it="it"))[1] == [text]

    def test_of_conditions_are_true_or_false(self) -> None:
        rows = named(["a", "b"]).annotate(is_a=Q(name="a"))
        assert file_of(rows, name="name", is_a="is_a") == "name,is_a\na,true\nb,false\n"


class TestFile(Rows):
    def test_is_exactly_this(self) -> None:
        rows = named(['=1,"x"', "two\nlines"]).annotate(n=F("pk") - F("pk") - 1)
        expected = 'name,n,again\n"\'=1,""x""",-1,"\'=1,""x"""\n"two\nlines",-1,"two\nlines"\n'
        assert file_of(rows, name="name", n="n", again=F("name")) == expected

    def test_keeps_order_filter_and_slice_of_its_rows(self) -> None:
        named("dbace")
        rows = Group.objects.filter(name__gt="a").order_by("-name")
        assert file_of(rows, name="name") == "name\ne\nd\nc\nb\n"
        assert file_of(rows[1:3], name="name") == "name\nd\nc\n"

    def test_of_no_rows_is_its_header(self) -> None:
        assert file_of(Group.objects.filter(name="nobody"), code="name", n="pk") == "code,n\n"

    def test_of_rows_that_cannot_exist_is_its_header(self) -> None:
        assert file_of(Group.objects.none(), name="name") == "name\n"
        assert file_of(Group.objects.filter(pk__in=[]), name="name") == "name\n"

    def test_takes_values_as_parameters(self) -> None:
        rows = named(["%s", "'; DROP TABLE auth_group; --"]).filter(name__in=["%s", "'; DROP TABLE auth_group; --"])
        assert len(read(file_of(rows, name="name"))) == 3
        assert Group.objects.count() == 2


class TestStream(Rows):
    """Several blocks: a file need not fit into memory, and the reader may leave."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        Group.objects.bulk_create(Group(name=f"group {number:03}") for number in range(300))

    def stream(self) -> Iterator[bytes]:
        long = Func(Value("x"), Value(1000), function="repeat", output_field=TextField())
        return copy_csv(Group.objects.order_by("name").annotate(long=long), {"name": "name", "long": "long"})

    def test_comes_in_blocks(self) -> None:
        blocks = list(self.stream())
        assert len(b"".join(blocks)) > 4 * BLOCK
        assert 5 <= len(blocks) <= 8
        assert max(map(len, blocks)) < 2 * BLOCK
        assert len(read(b"".join(blocks).decode())) == 301

    def test_is_one_query(self) -> None:
        with self.assertNumQueries(0):  # COPY is sent below Django's wrapper, and nothing else is
            list(self.stream())

    def test_leaves_the_connection_free_when_the_reader_goes_away(self) -> None:
        for read_before in (0, 1, 2):
            with self.subTest(blocks=read_before):
                stream = self.stream()
                with transaction.atomic():
                    for _ in range(read_before):
                        next(stream)
                    stream.close()  # type: ignore[attr-defined]
                    assert connection.connection.info.transaction_status != TransactionStatus.ACTIVE
                    transaction.set_rollback(True)
                assert connection.connection.info.transaction_status == TransactionStatus.INTRANS
                assert Group.objects.count() == 300

    def test_fails_before_its_first_byte_when_the_database_refuses(self) -> None:
        rows = Group.objects.annotate(wrong=RawSQL("1 / (id - id)", [], output_field=IntegerField()))
        with pytest.raises(DataError), transaction.atomic():
            next(copy_csv(rows, {"wrong": "wrong"}))
