"""What all tests share."""

from collections.abc import Iterator

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
