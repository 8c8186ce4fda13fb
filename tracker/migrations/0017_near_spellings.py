from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Words that are nearly spelt like a name are told by their trigrams; PostgreSQL brings the extension along."""

    dependencies = [("tracker", "0016_headlines")]

    operations = [TrigramExtension()]
