"""SQL that Django cannot express stands in files of its own; migrations apply them by this operation."""

from pathlib import Path

from django.db.migrations.operations import RunSQL


def apply_sql(path: Path, undo: str) -> RunSQL:
    """An operation that runs the SQL file at `path`, and `undo` when the migration is taken back.

    The file must be written with CREATE OR REPLACE, so that a later migration can apply its newer
    text over the older one.
    """
    # A list with a parameter-less tuple is sent as it is: sqlparse never splits our function bodies.
    return RunSQL(sql=[(path.read_text(encoding="utf-8"), None)], reverse_sql=[(undo, None)])
