"""Does the database guard every publishable table as `guard.sql` says? Asked at start-up and in tests."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection

from tracker.models import Publishable

GUARD_SQL = Path(__file__).with_name("guard.sql")
# On every publishable table, and on single ones.
TRIGGERS = {
    "ledger_change",
    "ledger_frozen_delete",
    "ledger_frozen_update",
    "ledger_no_truncate",
    "ledger_open_edition_insert",
    "ledger_open_edition_update",
}
OTHER_TRIGGERS = {
    "tracker_change": {"change_no_truncate", "change_stays"},
    "tracker_edition": {
        "edition_closes",
        "edition_final",
        "edition_no_truncate",
        "edition_not_left_open",
        "edition_opens",
        "edition_stays",
    },
    "tracker_editionitem": {"editionitem_no_truncate", "editionitem_open", "editionitem_stays"},
    "tracker_metricsnapshot": {"snapshot_derived"},
    "tracker_request": {"request_ends", "request_no_truncate"},
    "tracker_requestedrow": {"requestedrow_no_truncate", "requestedrow_stays"},
    "tracker_return": {"return_no_truncate", "return_redacted", "return_stays"},
    "tracker_series": {"series_stays"},
}


def publishable_models() -> list[type[Publishable]]:
    """Every concrete model of the ledger whose rows are published, in the order of their names."""
    models = apps.get_app_config("tracker").get_models()
    return sorted((m for m in models if issubclass(m, Publishable)), key=lambda m: m._meta.model_name or "")


def attach_calls() -> str:
    """The statements that attach the guard to every publishable table as the models now stand."""
    return "\n".join(
        f"CALL ledger_attach('{model._meta.db_table}'"
        + "".join(f", '{name}'" for name in sorted(model.MENDABLE))
        + ");"
        for model in publishable_models()
    )


def guard_problems() -> Iterator[str]:
    """Sentences on every table whose enabled triggers differ from what its model needs."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname, tgname, tgargs FROM pg_trigger
               JOIN pg_class ON pg_class.oid = tgrelid
               WHERE NOT tgisinternal AND tgenabled = 'O' AND relname LIKE 'tracker_%%'
                 AND pg_table_is_visible(pg_class.oid)"""
        )
        found = {(table, trigger): bytes(arguments) for table, trigger, arguments in cursor.fetchall()}
    wanted = {model._meta.db_table: TRIGGERS for model in publishable_models()}
    for table, names in [*wanted.items(), *OTHER_TRIGGERS.items()]:
        if missing := sorted(name for name in names if (table, name) not in found):
            yield f"{table} is not guarded: {', '.join(missing)} missing or disabled."
    for model in publishable_models():
        table = model._meta.db_table
        if (table, "ledger_frozen_update") not in found:
            continue
        frozen = found[table, "ledger_frozen_update"].decode().split("\0")[:-1]
        if frozen != sorted(model.MENDABLE):
            yield f"{table}: the guard lets {frozen} be mended, the model says {sorted(model.MENDABLE)}."
