import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from azm.lib.sqlfiles import apply_sql
from tracker.models.returns import RETURNS_SQL


class Migration(migrations.Migration):
    """What reviewers wrote when they returned drafts: a table that only grows."""

    dependencies = [("tracker", "0009_request")]

    operations = [
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of row")),
                ("row", models.BigIntegerField(verbose_name="row")),
                ("code", models.CharField(max_length=80, verbose_name="code of the row")),
                ("note", models.TextField(verbose_name="note")),
                (
                    "returned_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="returned at"
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="returned by",
                    ),
                ),
            ],
            options={
                "verbose_name": "return",
                "verbose_name_plural": "returns",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["kind", "row", "-id"], name="return_of_row")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="return_has_note",
                        violation_error_message="Say what the author is to mend.",
                    )
                ],
            },
        ),
        # The triggers go with the table.
        apply_sql(RETURNS_SQL, undo="DROP FUNCTION return_redacted CASCADE"),
    ]
