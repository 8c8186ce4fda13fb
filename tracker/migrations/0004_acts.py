import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from azm.lib.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("provinces", "0002_areas"),
        ("tracker", "0003_standings"),
    ]

    operations = [
        Together(
            migrations.RemoveConstraint(
                model_name="metricsnapshot",
                name="metricsnapshot_value_or_reason",
            ),
            migrations.RemoveConstraint(
                model_name="target",
                name="target_says_what_its_basis_needs",
            ),
            migrations.AddField(
                model_name="actionlink",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="actionlink",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="assignment",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="assignment",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="citation",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="citation",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="edition",
                name="act",
                field=models.CharField(
                    choices=[
                        ("publication", "publication"),
                        ("withdrawal", "withdrawal"),
                        ("suspension", "suspension"),
                        ("ratification", "ratification of a suspension"),
                        ("reversal", "reversal of a suspension"),
                        ("redaction", "redaction"),
                    ],
                    default="publication",
                    max_length=12,
                    verbose_name="act",
                ),
            ),
            migrations.AddField(
                model_name="edition",
                name="asked_by",
                field=models.ForeignKey(
                    blank=True,
                    help_text="The second person of a withdrawal or redaction.",
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="asked by",
                ),
            ),
            migrations.AddField(
                model_name="edition",
                name="ends",
                field=models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="ended_by",
                    to="tracker.edition",
                    verbose_name="suspension that it ends",
                ),
            ),
            migrations.AddField(
                model_name="edition",
                name="ground",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("court-order", "order of a court"),
                        ("personal-data", "personal data"),
                        ("person-at-risk", "a person at risk"),
                    ],
                    max_length=14,
                    verbose_name="ground",
                ),
            ),
            migrations.AddField(
                model_name="indicator",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="indicator",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="indicatorbreak",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="indicatorbreak",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="lineageclaim",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="lineageclaim",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="measure",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="measure",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="metricsnapshot",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="metricsnapshot",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="milestone",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="milestone",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="objective",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="objective",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="planchange",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="planchange",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="policy",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="policy",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="policyaction",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="policyaction",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="policyevent",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="policyevent",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="progressupdate",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="progressupdate",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="reportingduty",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="reportingduty",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="responsiblebody",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="responsiblebody",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="source",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="source",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="statement",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="statement",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AddField(
                model_name="target",
                name="restored_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="restored in edition",
                ),
            ),
            migrations.AddField(
                model_name="target",
                name="suspended_in",
                field=models.ForeignKey(
                    blank=True,
                    db_index=False,
                    editable=False,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="tracker.edition",
                    verbose_name="suspended in edition",
                ),
            ),
            migrations.AlterField(
                model_name="editionitem",
                name="act",
                field=models.CharField(
                    choices=[
                        ("entered", "entered"),
                        ("withdrawn", "withdrawn"),
                        ("redacted", "redacted"),
                        ("suspended", "suspended"),
                        ("restored", "restored"),
                    ],
                    max_length=10,
                    verbose_name="act",
                ),
            ),
            migrations.AlterField(
                model_name="editionitem",
                name="salt",
                field=models.CharField(blank=True, max_length=64, verbose_name="salt"),
            ),
            migrations.AddConstraint(
                model_name="actionlink",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="actionlink_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="actionlink",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="actionlink_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="assignment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="assignment_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="assignment",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="assignment_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="citation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="citation_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="citation",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="citation_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="edition",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(
                            ("act__in", ["withdrawal", "redaction"]),
                            ("asked_by__isnull", False),
                            ("published_by__isnull", False),
                        ),
                        models.Q(models.Q(("act__in", ["withdrawal", "redaction"]), _negated=True), ("asked_by", None)),
                        _connector="OR",
                    ),
                    name="edition_removal_takes_two",
                    violation_error_message="A withdrawal or redaction is asked for by one person and done by another.",
                ),
            ),
            migrations.AddConstraint(
                model_name="edition",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("asked_by", None),
                        models.Q(("asked_by", models.F("published_by")), _negated=True),
                        _connector="OR",
                    ),
                    name="edition_asked_by_another",
                    violation_error_message="Who asked for a withdrawal or redaction cannot carry it out.",
                ),
            ),
            migrations.AddConstraint(
                model_name="edition",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("act", "redaction"), models.Q(("ground", ""), _negated=True)),
                        models.Q(models.Q(("act", "redaction"), _negated=True), ("ground", "")),
                        _connector="OR",
                    ),
                    name="edition_redaction_has_ground",
                    violation_error_message="A redaction names its ground, and nothing else has one.",
                ),
            ),
            migrations.AddConstraint(
                model_name="edition",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("act__in", ["ratification", "reversal"]), ("ends__isnull", False)),
                        models.Q(models.Q(("act__in", ["ratification", "reversal"]), _negated=True), ("ends", None)),
                        _connector="OR",
                    ),
                    name="edition_ends_a_suspension",
                    violation_error_message="A ratification or reversal names the suspension that it ends.",
                ),
            ),
            migrations.AddConstraint(
                model_name="indicator",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="indicator_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="indicator",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="indicator_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="indicatorbreak",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="indicatorbreak_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="indicatorbreak",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="indicatorbreak_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="lineageclaim",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="lineageclaim_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="lineageclaim",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="lineageclaim_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="measure",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="measure_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="measure",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="measure_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="metricsnapshot",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="metricsnapshot_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="metricsnapshot",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="metricsnapshot_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="metricsnapshot",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("redacted_in__isnull", False),
                        models.Q(
                            ("no_value_reason", ""),
                            ("status__in", ["as-reported", "provisional", "final", "estimated"]),
                            ("value__isnull", False),
                        ),
                        models.Q(
                            models.Q(
                                ("status__in", ["as-reported", "provisional", "final", "estimated"]), _negated=True
                            ),
                            ("value", None),
                            models.Q(("no_value_reason", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                    name="metricsnapshot_value_or_reason",
                    violation_error_message="A reported, provisional, final or estimated figure needs a value; every other status needs a reason and no value. No data is never 0.",
                ),
            ),
            migrations.AddConstraint(
                model_name="milestone",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="milestone_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="milestone",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="milestone_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="objective",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="objective_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="objective",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="objective_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="planchange",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="planchange_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="planchange",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="planchange_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policy",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="policy_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policy",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="policy_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policyaction",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="policyaction_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policyaction",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="policyaction_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policyevent",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="policyevent_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="policyevent",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="policyevent_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="progressupdate",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="progressupdate_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="progressupdate",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="progressupdate_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="reportingduty",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="reportingduty_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="reportingduty",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="reportingduty_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="responsiblebody",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="responsiblebody_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="responsiblebody",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="responsiblebody_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="source",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="source_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="source",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="source_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="statement",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="statement_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="statement",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="statement_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="target",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("suspended_in", None),
                        models.Q(("edition__isnull", False), ("suspended_in__gt", models.F("edition"))),
                        _connector="OR",
                    ),
                    name="target_suspended_after_entry",
                    violation_error_message="A row can be suspended only in an edition after the one it entered in.",
                ),
            ),
            migrations.AddConstraint(
                model_name="target",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("restored_in", None),
                        models.Q(("restored_in__gt", models.F("suspended_in")), ("suspended_in__isnull", False)),
                        _connector="OR",
                    ),
                    name="target_restored_after_suspension",
                    violation_error_message="A row can be restored only in an edition after the one that suspended it.",
                ),
            ),
            migrations.AddConstraint(
                model_name="target",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("redacted_in__isnull", False),
                        models.Q(
                            ("basis", "target"), ("due__isnull", False), ("value__isnull", False), ("whole", None)
                        ),
                        models.Q(("basis", "requirement"), ("value__isnull", False), ("whole", None)),
                        models.Q(("basis", "requirement"), ("value", None), ("whole__isnull", False)),
                        models.Q(("basis", "direction"), ("due", None), ("value", None), ("whole", None)),
                        _connector="OR",
                    ),
                    name="target_says_what_its_basis_needs",
                    violation_error_message="A target needs a value and a date; a requirement a value or “all of”; a direction neither.",
                ),
            ),
            migrations.AlterConstraint(
                model_name="editionitem",
                name="editionitem_once",
                constraint=models.UniqueConstraint(
                    fields=("edition", "kind", "code", "act"),
                    name="editionitem_once",
                    violation_error_message="Each thing happens to a row once in an edition.",
                ),
            ),
        ),
    ]
