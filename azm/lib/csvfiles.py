"""CSV files straight out of the database: the SQL of a queryset inside COPY, streamed in blocks.

Text that a spreadsheet would read as a formula gets a leading apostrophe; numbers, dates and booleans are
typed and stay as they are. The rule is part of the published data dictionary.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, CharField, DecimalField, F, Func, QuerySet, TextField
from django.db.models.functions import Cast

from azm.lib.partialdates import PartialDateField, PartialDateText

BLOCK = 64 * 1024
type Columns = Mapping[str, Any]


class CSVText(Func):
    """Text with an apostrophe before a first character that begins a formula; see functions.sql."""

    function = "csv_text"
    output_field = TextField()


def _named(rows: QuerySet, columns: Columns) -> QuerySet:
    """What an annotation is can be asked only once the query knows it."""
    named = {f"csv_{name}": F(e) if isinstance(e, str) else e for name, e in columns.items()}
    annotated: QuerySet = rows.annotate(**named)
    return annotated


def column_fields(rows: QuerySet, columns: Columns) -> dict[str, Any]:
    """The field behind each column; of a computed one a field without a model."""
    annotations = _named(rows, columns).query.annotations
    return {name: annotations[f"csv_{name}"].output_field for name in columns}


def csv_rows(rows: QuerySet, columns: Columns) -> QuerySet:
    """The queryset with one annotation for each column, each as the file carries it."""
    rows = _named(rows, columns)
    typed = {f"out_csv_{name}": _as_written(rows, f"csv_{name}") for name in columns}
    written: QuerySet = rows.annotate(**typed).values_list(*typed)
    return written


def _as_written(rows: QuerySet, name: str) -> Any:
    field = rows.query.annotations[name].output_field
    if isinstance(field, PartialDateField):
        return PartialDateText(F(name))
    if isinstance(field, DecimalField):
        return Func(F(name), function="trim_scale", output_field=DecimalField())
    if isinstance(field, BooleanField):
        return Cast(F(name), TextField())
    if isinstance(field, (CharField, TextField)):
        return CSVText(F(name))
    return F(name)


def copy_csv(rows: QuerySet, columns: Columns) -> Iterator[bytes]:
    """The header and every row as CSV, in blocks of 64 KiB; the caller holds a transaction open around it."""
    block = bytearray((",".join(columns) + "\n").encode())
    try:
        sql, params = csv_rows(rows, columns).query.sql_with_params()
    except EmptyResultSet:
        yield bytes(block)
        return
    # The cursor of psycopg itself: Django's debugging wrapper of `copy` takes no parameters. Its errors become
    # Django's, so that a file that takes too long is answered as a page that does.
    statement = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.cursor.copy(statement, params) as copy:
        for part in copy:
            block += part
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
        yield bytes(block)


def write_csv(rows: Iterable[Any], columns: Columns, *, head: bool = True) -> Iterator[bytes]:
    """The same of rows that are computed: a column is the name of their attribute. Without head it goes on a file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if head:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(getattr(row, attribute)) for attribute in columns.values()])
    yield text.getvalue().encode()


FORMULA = tuple("=+-@＝＋－＠\t\n\r")


def _cell(value: Any) -> str:
    """As COPY and `csv_text` write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
