from django.db import migrations

from azm.lib.sqlfiles import apply_sql
from tracker.models.snapshots import SNAPSHOTS_SQL


class Migration(migrations.Migration):
    """What snapshots derive. The guard and the other SQL of ours come with 0005, which has all their columns."""

    dependencies = [("tracker", "0001_ledger")]

    operations = [apply_sql(SNAPSHOTS_SQL, undo="DROP FUNCTION snapshot_derived CASCADE")]
