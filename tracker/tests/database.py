"""Asking the database itself, past the models."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction


@contextmanager
def refused(because: str) -> Iterator[None]:
    """The database says no, as an IntegrityError with a sentence; the test's transaction goes on."""
    with pytest.raises(IntegrityError, match=because) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.sqlstate == "23001"  # restrict_violation


def sql(statement: str, *parameters: object) -> None:
    if statement.startswith("TRUNCATE"):
        connection.check_constraints()  # PostgreSQL truncates nothing that has checks outstanding
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def contents() -> dict[str, str]:
    """All that is stored, by table: every column of every row, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in cursor.fetchall()]
        stored = {}
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(line::text, chr(10)), '') FROM public.\"{table}\" AS line")
            (stored[table],) = cursor.fetchone()
    return stored


def tables_with(needle: str) -> set[str]:
    return {table for table, text in contents().items() if needle in text}
