"""What all tests share."""

from collections.abc import Iterator
from itertools import count

import pytest
from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A request leaves its language behind, since the next one sets its own; a test may not."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="class")
def numbers() -> None:
    """The rows of a class are numbered alike whatever ran before it: with four digits, so that codes
    sort as they were made, and far from the positions of the record."""
    from tracker.tests import factories, pages  # which need the models, when Django is ready

    factories.NUMBERS, pages.MONTHS = count(1001), count(2)


def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
    """Django empties the tables between transactional tests. The ledger's guard, which refuses to let
    a published row go, looks away there and nowhere else."""
    with (
        transaction.atomic(using=self.connection.alias),
        self.connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql in sql_list:
            cursor.execute(sql)


DatabaseOperations.execute_sql_flush = execute_sql_flush
