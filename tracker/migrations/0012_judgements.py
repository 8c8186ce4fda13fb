import django.db.models.deletion
from django.db import migrations, models

from azm.lib.sqlfiles import apply_sql
from tracker.assessment.sql import (
    CHAIN_SQL,
    COMPARABLE_SQL,
    EVIDENCE_SQL,
    HEADLINE_SQL,
    PACE_SQL,
    RIVALS_SQL,
    STANDING_SQL,
    THRESHOLDS_SQL,
)

# Distances were those to requirements alone, and the chain was that of all commitments: a function with one argument more
# would stand beside the older one, and a call with two could mean either.
FORMER = """
DROP VIEW IF EXISTS tracker_chain;
DROP FUNCTION IF EXISTS action_chain(integer, date);
DROP VIEW IF EXISTS tracker_distance;
DROP FUNCTION IF EXISTS requirement_distance;
"""


class Migration(migrations.Migration):
    """Judgements: comparable figures, evidence, pace, and the three answers."""

    dependencies = [("provinces", "0002_areas"), ("tracker", "0011_checked")]

    operations = [
        migrations.RunSQL([(FORMER, None)], migrations.RunSQL.noop),
        apply_sql(CHAIN_SQL, undo="DROP VIEW tracker_chain; DROP FUNCTION action_chain"),
        apply_sql(THRESHOLDS_SQL, undo="DROP FUNCTION threshold"),
        apply_sql(
            COMPARABLE_SQL,
            undo="DROP FUNCTION attribution_rank, periods_agree, period_days, lengths_agree, broken_between",
        ),
        apply_sql(HEADLINE_SQL, undo="DROP FUNCTION headline_snapshots"),
        apply_sql(
            RIVALS_SQL,
            undo="""DROP VIEW tracker_figurepair, tracker_lead;
                    DROP FUNCTION figure_pairs, series_leads, leading_figures, rival_figures, told_figures""",
        ),
        apply_sql(EVIDENCE_SQL, undo="DROP FUNCTION plan_steps, judged_scopes, changed_plans, told_reports"),
        apply_sql(PACE_SQL, undo="DROP VIEW tracker_distance; DROP FUNCTION target_progress, target_states"),
        apply_sql(
            STANDING_SQL,
            undo="""DROP VIEW tracker_standing, tracker_areastanding;
                    DROP FUNCTION action_standing, state_severity, plan_state, state_rank""",
        ),
        migrations.DeleteModel(name="Distance"),
        migrations.CreateModel(
            name="AreaStanding",
            fields=[
                ("state", models.CharField(verbose_name="state")),
                ("rank", models.IntegerField()),
                ("reason", models.CharField(blank=True, verbose_name="reason")),
                ("state_now", models.CharField(verbose_name="state against the current plan")),
                ("rank_now", models.IntegerField()),
                ("reason_now", models.CharField(blank=True)),
                ("basis", models.CharField(blank=True, verbose_name="judged by")),
                ("steps", models.IntegerField()),
                ("steps_due", models.IntegerField()),
                ("steps_late", models.IntegerField()),
                ("steps_said", models.IntegerField(help_text="Said to be met, and not proved.")),
                ("steps_proved", models.IntegerField()),
                ("steps_dropped", models.IntegerField()),
                ("steps_due_now", models.IntegerField()),
                ("steps_late_now", models.IntegerField()),
                ("weight", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("planned", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("earned", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                (
                    "evidenced",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="evidenced"),
                ),
                (
                    "self_reported",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="self-reported only"),
                ),
                (
                    "planned_share",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="planned by now"),
                ),
                ("weight_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("planned_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("earned_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("evidenced_now", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("planned_share_now", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("days_late", models.IntegerField(null=True)),
                ("days_late_now", models.IntegerField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("due_on_now", models.DateField(null=True)),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "action", "area", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ],
            options={
                "db_table": "tracker_areastanding",
                "ordering": ["action", "area"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FigurePair",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "figure", "other", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("verdict", models.CharField()),
                ("reason", models.CharField()),
                ("difference", models.DecimalField(decimal_places=6, max_digits=20)),
                ("factor", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
            ],
            options={
                "db_table": "tracker_figurepair",
                "ordering": ["series", "figure", "other"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "series",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="lead",
                        serialize=False,
                        to="tracker.series",
                    ),
                ),
                ("reason", models.CharField()),
                ("rivals", models.IntegerField()),
                ("low", models.DecimalField(decimal_places=6, max_digits=20)),
                ("high", models.DecimalField(decimal_places=6, max_digits=20)),
            ],
            options={
                "db_table": "tracker_lead",
                "ordering": ["series"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("state", models.CharField(verbose_name="state")),
                ("rank", models.IntegerField()),
                ("reason", models.CharField(blank=True, verbose_name="reason")),
                ("state_now", models.CharField(verbose_name="state against the current plan")),
                ("rank_now", models.IntegerField()),
                ("reason_now", models.CharField(blank=True)),
                ("basis", models.CharField(blank=True, verbose_name="judged by")),
                ("steps", models.IntegerField()),
                ("steps_due", models.IntegerField()),
                ("steps_late", models.IntegerField()),
                ("steps_said", models.IntegerField(help_text="Said to be met, and not proved.")),
                ("steps_proved", models.IntegerField()),
                ("steps_dropped", models.IntegerField()),
                ("steps_due_now", models.IntegerField()),
                ("steps_late_now", models.IntegerField()),
                ("weight", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("planned", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("earned", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                (
                    "evidenced",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="evidenced"),
                ),
                (
                    "self_reported",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="self-reported only"),
                ),
                (
                    "planned_share",
                    models.DecimalField(decimal_places=20, max_digits=30, null=True, verbose_name="planned by now"),
                ),
                ("weight_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("planned_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("earned_now", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("evidenced_now", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("planned_share_now", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("days_late", models.IntegerField(null=True)),
                ("days_late_now", models.IntegerField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("due_on_now", models.DateField(null=True)),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="tracker.policyaction",
                    ),
                ),
            ],
            options={
                "db_table": "tracker_standing",
                "ordering": ["action"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Distance",
            fields=[
                (
                    "target",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="distance",
                        serialize=False,
                        to="tracker.target",
                    ),
                ),
                ("required", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("broken", models.BooleanField()),
                ("share", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("short", models.DecimalField(decimal_places=6, max_digits=20, null=True)),
                ("covered", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("elapsed", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("planned", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("pace", models.DecimalField(decimal_places=20, max_digits=30, null=True)),
                ("state", models.CharField()),
                ("reason", models.CharField(blank=True)),
                ("projected", models.IntegerField(null=True)),
            ],
            options={
                "db_table": "tracker_distance",
                "ordering": ["target"],
                "managed": False,
                "default_permissions": (),
            },
        ),
    ]
