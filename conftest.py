"""What all tests share."""

from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations


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
