from django.db import migrations, models


class Migration(migrations.Migration):
    """A correction of our own typing may concern a date."""

    dependencies = [("tracker", "0006_drift")]

    operations = [
        migrations.RemoveConstraint(
            model_name="planchange",
            name="planchange_says_what_changes",
        ),
        migrations.AddConstraint(
            model_name="planchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "deadline"), ("new_due__isnull", False), ("new_weight", None), ("new_wording", "")
                    ),
                    models.Q(("kind", "dropped"), ("new_due", None), ("new_weight", None), ("new_wording", "")),
                    models.Q(
                        ("kind", "weight"),
                        ("new_due", None),
                        ("new_weight__gt", 0),
                        ("new_weight__isnull", False),
                        ("new_wording", ""),
                    ),
                    models.Q(
                        ("kind", "correction"),
                        ("new_weight", None),
                        models.Q(("new_wording__gt", ""), ("new_due__isnull", False), _connector="OR"),
                    ),
                    _connector="OR",
                ),
                name="planchange_says_what_changes",
                violation_error_message="A new deadline needs the date, a new weight the number above 0, a correction of our own typing the wording or the date as it should have been, and none of them anything else.",
            ),
        ),
    ]
