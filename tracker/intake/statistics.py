"""What the planner knows of the ledger, refreshed after much was loaded."""

from django.apps import apps
from django.db import connection


def analyze() -> None:
    """The first page need not wait for autovacuum to plan well.

    Of our own tables only: the catalogue is shared by the databases of a server, and whoever analyzes it keeps
    all others waiting until the transaction ends.
    """
    models = [model for label in ("provinces", "tracker") for model in apps.get_app_config(label).get_models()]
    tables = [connection.ops.quote_name(model._meta.db_table) for model in models if model._meta.managed]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")
