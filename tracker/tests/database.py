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
