from django.db import migrations

from azm.lib.sqlfiles import apply_sql
from tracker.assessment.standings import CHAIN_SQL


class Migration(migrations.Migration):
    """The chain of accountability, which counts nothing that was redacted."""

    dependencies = [("tracker", "0008_challenge")]

    operations = [
        apply_sql(CHAIN_SQL, undo="DROP VIEW tracker_chain; DROP FUNCTION action_chain"),
    ]
