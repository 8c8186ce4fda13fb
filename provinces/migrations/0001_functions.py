from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

import azm.lib
from azm.lib.sqlfiles import apply_sql

UNDO = """
DROP FUNCTION is_partial_date(daterange);
DROP FUNCTION partial_date_text(daterange);
DROP FUNCTION search_document(VARIADIC text[]);
DROP FUNCTION search_words(text);
DROP FUNCTION fold_text(text);
DROP FUNCTION csv_text(text);
"""


class Migration(migrations.Migration):
    """What the columns and constraints of the ledger stand on."""

    operations = [
        BtreeGistExtension(),
        apply_sql(Path(azm.lib.__file__).with_name("functions.sql"), undo=UNDO),
        migrations.RunSQL(
            "CREATE DOMAIN partial_date AS daterange CHECK (is_partial_date(VALUE))",
            "DROP DOMAIN partial_date",
        ),
    ]
