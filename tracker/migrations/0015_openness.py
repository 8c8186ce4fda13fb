import django.db.models.deletion
from django.db import migrations, models

from azm.lib.sqlfiles import apply_sql
from tracker.assessment.openness import OPENNESS_SQL
from tracker.assessment.silence import SILENCE_SQL
from tracker.assessment.waiting import WAITING_SQL


class Migration(migrations.Migration):
    """Who withholds a figure; what bodies wait for, which are silent, and what is not published."""

    dependencies = [("tracker", "0014_rollups")]

    operations = [
        migrations.AddField(
            model_name="metricsnapshot",
            name="withheld_by",
            field=models.ForeignKey(
                blank=True,
                help_text="The authority that keeps the value back, if the source names it. Only with the status withheld.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withheld",
                to="tracker.responsiblebody",
                verbose_name="withheld by",
            ),
        ),
        migrations.AlterField(
            model_name="metricsnapshot",
            name="no_value_reason",
            field=models.CharField(
                blank=True,
                help_text="The ground that is given, as it is worded; or that none is given.",
                max_length=300,
                verbose_name="why there is no value",
            ),
        ),
        migrations.AddConstraint(
            model_name="metricsnapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("withheld_by", None), ("status", "withheld"), _connector="OR"),
                name="metricsnapshot_withheld_by_an_authority",
                violation_error_message="Only a figure that is withheld is withheld by somebody.",
            ),
        ),
        apply_sql(WAITING_SQL, undo="DROP VIEW tracker_waiting; DROP FUNCTION open_waits"),
        apply_sql(SILENCE_SQL, undo="DROP VIEW tracker_silence; DROP FUNCTION duty_silence"),
        apply_sql(OPENNESS_SQL, undo="DROP VIEW tracker_gap; DROP FUNCTION unpublished"),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("code", models.CharField(primary_key=True, serialize=False)),
                (
                    "gap",
                    models.CharField(
                        choices=[
                            ("withheld", "figure withheld"),
                            ("not-collected", "figure not collected"),
                            ("not-found", "figure sought, none found"),
                            ("text-named", "text only named"),
                            ("text-partly", "text partly public"),
                            ("no-owner", "no owner named"),
                            ("no-measure", "no measure named"),
                            ("no-baseline", "no baseline given"),
                            ("no-deadline", "no deadline published"),
                            ("no-report", "no progress report"),
                        ],
                        verbose_name="what is missing",
                    ),
                ),
                ("place", models.IntegerField()),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("withholds", "withholds it"), ("leads", "leads the commitment")],
                        verbose_name="why this body",
                    ),
                ),
            ],
            options={
                "db_table": "tracker_gap",
                "ordering": ["place", "code"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Silence",
            fields=[
                (
                    "duty",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="silence",
                        serialize=False,
                        to="tracker.reportingduty",
                    ),
                ),
                ("begins", models.DateField(verbose_name="duty counted from")),
                ("counted_from", models.DateField(verbose_name="period from")),
                ("due", models.DateField(verbose_name="report due")),
                ("days", models.IntegerField(null=True, verbose_name="days since it was due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("silent", "silent"),
                            ("in-grace", "due, within the days of grace"),
                            ("reported", "has reported"),
                            ("not-due", "no report due yet"),
                            ("ended", "the duty has ended"),
                        ],
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "db_table": "tracker_silence",
                "ordering": ["due", "duty"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                (
                    "update",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="waiting",
                        serialize=False,
                        to="tracker.progressupdate",
                    ),
                ),
                ("since", models.DateField(verbose_name="waiting since")),
                ("told", models.IntegerField(verbose_name="reports that say so")),
            ],
            options={
                "db_table": "tracker_waiting",
                "ordering": ["since", "update"],
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
