from django.db import migrations, models


class Migration(migrations.Migration):
    """A report says whether it was held against the means of verification, when, and what was looked at."""

    dependencies = [("tracker", "0010_return")]

    operations = [
        migrations.AddField(
            model_name="progressupdate",
            name="checked_against",
            field=models.CharField(
                blank=True,
                help_text="What was looked at, for example the number and day of the notification. Published.",
                max_length=300,
                verbose_name="checked against",
            ),
        ),
        migrations.AddField(
            model_name="progressupdate",
            name="checked_on",
            field=models.DateField(
                blank=True,
                help_text="When what is reported was held against the means of verification. Whoever publishes the row confirms it by their own look; empty unless somebody looked.",
                null=True,
                verbose_name="checked on",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_against", ""), ("checked_on", None)),
                    models.Q(("checked_on__isnull", False), models.Q(("checked_against", ""), _negated=True)),
                    _connector="OR",
                ),
                name="progressupdate_check_says_against_what",
                violation_error_message="Give both the day of the check and what was looked at, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressupdate",
            constraint=models.CheckConstraint(
                condition=models.Q(("checked_on", None), ("checked_on__gte", models.F("as_of")), _connector="OR"),
                name="progressupdate_checked_after_it_happened",
                violation_error_message="What is reported as of a day cannot have been checked before that day.",
            ),
        ),
    ]
