from django.db import migrations

from azm.lib.sqlfiles import apply_sql
from tracker.assessment.drift import DRIFT_SQL


class Migration(migrations.Migration):
    """How far each plan moved, computed for itself and no longer for all of them at once."""

    dependencies = [("tracker", "0009_request")]

    operations = [
        apply_sql(
            DRIFT_SQL,
            undo="DROP VIEW tracker_actiondrift, tracker_stepdrift;"
            "DROP FUNCTION action_drift, step_drift, drift_of, months_moved, date_precision, month_position",
        ),
        # What a database has that was made while this was written.
        migrations.RunSQL("DROP FUNCTION IF EXISTS plan_drift", migrations.RunSQL.noop),
    ]
