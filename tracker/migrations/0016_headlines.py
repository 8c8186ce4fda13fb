from django.db import migrations

REFRESH = """
DELETE FROM tracker_headline;
INSERT INTO tracker_headline (series_id, snapshot_id)
SELECT series_id, snapshot_id FROM headline_snapshots((SELECT max(number) FROM tracker_edition));
"""


class Migration(migrations.Migration):
    """The leading figures of an older database follow the rule that is applied now."""

    dependencies = [("tracker", "0015_openness")]

    operations = [migrations.RunSQL([(REFRESH, None)], migrations.RunSQL.noop)]
