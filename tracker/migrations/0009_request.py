import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from azm.lib.sqlfiles import apply_sql
from tracker.publishing.requests import REQUESTS_SQL


class Migration(migrations.Migration):
    """What clerks ask reviewers to take out of the ledger, and how each request ended."""

    dependencies = [
        ("tracker", "0008_challenge"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[("withdrawal", "withdrawal"), ("redaction", "redaction")],
                        max_length=10,
                        verbose_name="what is asked",
                    ),
                ),
                (
                    "reason",
                    models.TextField(help_text="Becomes the published summary of the edition.", verbose_name="reason"),
                ),
                ("reason_ur", models.TextField(blank=True, verbose_name="reason in Urdu")),
                (
                    "ground",
                    models.CharField(
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
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="asked at"),
                ),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="declined at")),
                (
                    "answer",
                    models.TextField(
                        blank=True, help_text="Why it was declined; for the desk alone.", verbose_name="answer"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="declined by",
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="tracker.edition",
                        verbose_name="carried out in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "request",
                "verbose_name_plural": "requests",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["withdrawal", "redaction"])),
                        name="request_asks_for_a_removal",
                        violation_error_message="Ask for a withdrawal or for a redaction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="request_has_reason",
                        violation_error_message="Say in a sentence why; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", "redaction"), models.Q(("ground", ""), _negated=True)),
                            models.Q(models.Q(("act", "redaction"), _negated=True), ("ground", "")),
                            _connector="OR",
                        ),
                        name="request_redaction_has_ground",
                        violation_error_message="A redaction names its ground, and nothing else has one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("declined_by", None), _connector="OR"),
                        name="request_ends_once",
                        violation_error_message="A request is carried out or declined, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("declined_at", None), ("declined_by", None)),
                            models.Q(
                                ("declined_at__isnull", False),
                                ("declined_by__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="request_declined_with_answer",
                        violation_error_message="Say why the request is declined; whoever asked reads it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_by", None),
                            models.Q(("declined_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="request_declined_by_another",
                        violation_error_message="Nobody answers a request of their own.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of row")),
                ("code", models.CharField(max_length=80, verbose_name="code of the row")),
                ("ended", models.BooleanField(default=False, editable=False, verbose_name="ended")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="tracker.request",
                        verbose_name="request",
                    ),
                ),
            ],
            options={
                "verbose_name": "requested row",
                "verbose_name_plural": "requested rows",
                "ordering": ["request", "kind", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended", False)),
                        fields=("kind", "code"),
                        name="requestedrow_asked_for_once",
                        violation_error_message="The withdrawal or redaction of this row has been asked for already.",
                    ),
                    models.UniqueConstraint(
                        fields=("request", "kind", "code"),
                        name="requestedrow_once",
                        violation_error_message="A request names a row once.",
                    ),
                ],
            },
        ),
        apply_sql(REQUESTS_SQL, undo="DROP FUNCTION request_ends, requestedrow_stays CASCADE"),
    ]
