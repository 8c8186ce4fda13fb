import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import azm.lib.partialdates
import tracker.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("provinces", "0002_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["username"],
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("published_at", models.DateTimeField(verbose_name="published at")),
                (
                    "record",
                    models.CharField(
                        blank=True,
                        help_text="The reviewed folder of fixtures/record/ that this edition was loaded from, if it was.",
                        max_length=80,
                        verbose_name="record folder",
                    ),
                ),
                (
                    "record_digest",
                    models.CharField(blank=True, max_length=64, verbose_name="digest of the record folder"),
                ),
                ("summary", models.TextField(verbose_name="summary")),
                ("summary_ur", models.TextField(blank=True, verbose_name="summary in Urdu")),
                (
                    "recipe",
                    models.PositiveSmallIntegerField(
                        help_text="Which columns the row digests are made of; a recipe never changes.",
                        verbose_name="recipe",
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        max_length=64,
                        null=True,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                        verbose_name="digest",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="edition_numbered_from_one",
                        violation_error_message="Editions are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("summary", ""), _negated=True),
                        name="edition_has_summary",
                        violation_error_message="An edition says in a sentence what it publishes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_by", None), ("record__gt", ""), ("record_digest__gt", "")),
                            models.Q(("published_by__isnull", False), ("record", ""), ("record_digest", "")),
                            _connector="OR",
                        ),
                        name="edition_by_reviewer_or_record",
                        violation_error_message="An edition is published by a reviewer, or from a reviewed record folder.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("record", ""), _negated=True),
                        fields=("record",),
                        name="edition_one_per_record_folder",
                        violation_error_message="This record folder is already published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest", None), ("digest__regex", "^[0-9a-f]{64}$"), _connector="OR"),
                        name="edition_digest_is_sha256",
                        violation_error_message="A digest is 64 hexadecimal digits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example conviction-rate; it stands in addresses and files and never changes.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=200, verbose_name="name in Urdu")),
                (
                    "short_name",
                    models.CharField(
                        blank=True,
                        help_text="For narrow columns; empty if the name is short.",
                        max_length=40,
                        verbose_name="short name",
                    ),
                ),
                ("short_name_ur", models.CharField(blank=True, max_length=40, verbose_name="short name in Urdu")),
                (
                    "unit",
                    models.CharField(
                        help_text="For example operations, persons, per cent.", max_length=60, verbose_name="unit"
                    ),
                ),
                ("unit_ur", models.CharField(blank=True, max_length=60, verbose_name="unit in Urdu")),
                ("counted", models.CharField(max_length=300, verbose_name="what is counted")),
                ("counted_ur", models.CharField(blank=True, max_length=300, verbose_name="what is counted, in Urdu")),
                (
                    "definition",
                    models.TextField(
                        help_text="As far as the sources tell it; what they leave unclear is said.",
                        verbose_name="definition",
                    ),
                ),
                ("definition_ur", models.TextField(blank=True, verbose_name="definition in Urdu")),
                ("decimals", models.PositiveSmallIntegerField(default=0, verbose_name="decimals")),
                (
                    "kind",
                    models.CharField(
                        choices=[("input", "input"), ("output", "output"), ("outcome", "outcome")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "behaviour",
                    models.CharField(
                        choices=[
                            ("stock", "stock: how many there are on a day"),
                            ("flow", "flow: how many in a period"),
                            ("cumulative", "cumulative: how many since a beginning"),
                            ("share", "share: part of a whole, in per cent"),
                        ],
                        max_length=10,
                        verbose_name="behaviour",
                    ),
                ),
                (
                    "frequency_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty if nobody publishes it regularly.",
                        null=True,
                        verbose_name="reporting frequency in months",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("rise", "should rise"),
                            ("fall", "should fall"),
                            ("hold", "should hold"),
                            ("not-scored", "not scored"),
                        ],
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                ("unscored_reason", models.CharField(blank=True, max_length=200, verbose_name="why it is not scored")),
                (
                    "unscored_reason_ur",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is not scored, in Urdu"),
                ),
                ("may_exceed_100", models.BooleanField(default=False, verbose_name="may exceed 100 per cent")),
                ("position", models.PositiveSmallIntegerField(default=1000, verbose_name="position in lists")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("name"),
                            models.F("name_ur"),
                            models.F("counted"),
                            models.F("counted_ur"),
                            models.F("definition"),
                            models.F("definition_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["position", "code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="indicator_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="indicator_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="indicator_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="indicator_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("direction", "not-scored"), models.Q(("unscored_reason", ""), _negated=True)),
                            models.Q(models.Q(("direction", "not-scored"), _negated=True), ("unscored_reason", "")),
                            _connector="OR",
                        ),
                        name="indicator_unscored_has_reason",
                        violation_error_message="Say why the indicator is not scored; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_exceed_100", False), ("behaviour", "share"), _connector="OR"),
                        name="indicator_only_shares_exceed_100",
                        violation_error_message="Only a share can be allowed to exceed 100 per cent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decimals__lte", 6)),
                        name="indicator_decimals_storable",
                        violation_error_message="Values are stored with six decimals at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("frequency_months", None), ("frequency_months__gte", 1), _connector="OR"),
                        name="indicator_frequency_positive",
                        violation_error_message="The reporting frequency is at least one month.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="series",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "series",
                "verbose_name_plural": "series",
                "ordering": ["indicator__position", "indicator__code", "area__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "area"),
                        name="series_once",
                        violation_error_message="This indicator already has a series for this area.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="at")),
                ("who", models.BigIntegerField(null=True, verbose_name="user")),
                ("table", models.CharField(max_length=63, verbose_name="table")),
                ("row", models.BigIntegerField(verbose_name="row")),
                ("op", models.CharField(max_length=1, verbose_name="operation")),
                ("was", models.JSONField(null=True, verbose_name="the row as it was")),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["table", "row", "id"], name="change_of_row")],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example dunya-2024-07; it stands in addresses and files and never changes.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "title",
                    models.CharField(
                        help_text="As printed; if none is known, what it is.", max_length=300, verbose_name="title"
                    ),
                ),
                ("title_ur", models.CharField(blank=True, max_length=300, verbose_name="title in Urdu")),
                (
                    "author",
                    models.CharField(
                        blank=True, help_text="The byline, if there is one.", max_length=200, verbose_name="author"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official-document", "official document"),
                            ("official-statement", "official statement"),
                            ("meeting-record", "meeting record"),
                            ("information-request", "information request"),
                            ("dataset", "dataset"),
                            ("news", "news report"),
                            ("research", "research or opinion"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("ur", "Urdu")], default="en", max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="Empty only if the document is not on the web.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="link",
                    ),
                ),
                (
                    "published",
                    azm.lib.partialdates.PartialDateField(
                        blank=True, help_text="As far as it is known.", null=True, verbose_name="published on"
                    ),
                ),
                ("retrieved_on", models.DateField(blank=True, null=True, verbose_name="retrieved on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("note_ur", models.TextField(blank=True, verbose_name="note in Urdu")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("publisher"),
                            models.F("title"),
                            models.F("title_ur"),
                            models.F("author"),
                            models.F("note"),
                            models.F("note_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="source_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="source_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="source_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="source_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url", ""), ("url__regex", "^https?://"), _connector="OR"),
                        name="source_link_is_http",
                        violation_error_message="A link begins with http:// or https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example dunya-2024-07.incidents.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "quotation",
                    models.TextField(
                        blank=True,
                        help_text="The words of the source, character for character.",
                        verbose_name="quotation",
                    ),
                ),
                (
                    "paraphrase",
                    models.TextField(
                        blank=True,
                        help_text="Our words, where the original wording was not kept.",
                        verbose_name="paraphrase",
                    ),
                ),
                ("translation_ur", models.TextField(blank=True, verbose_name="our translation into Urdu")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Page, paragraph…", max_length=120, verbose_name="place in the source"
                    ),
                ),
                (
                    "speaker",
                    models.CharField(
                        blank=True,
                        help_text="As the source names them, for example “security sources”.",
                        max_length=200,
                        verbose_name="speaker",
                    ),
                ),
                ("speaker_ur", models.CharField(blank=True, max_length=200, verbose_name="speaker in Urdu")),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("record", "the document itself"),
                            ("named-office", "a named office or person"),
                            ("named-body", "a named body"),
                            ("unnamed-officials", "unnamed officials"),
                            ("writer", "the writer"),
                        ],
                        max_length=20,
                        verbose_name="attributed to",
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("quotation"),
                            models.F("paraphrase"),
                            models.F("translation_ur"),
                            models.F("speaker"),
                            models.F("speaker_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        help_text="The citation whose statement this one merely repeats.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="tracker.citation",
                        verbose_name="repeats",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="tracker.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="citation_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="citation_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="citation_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="citation_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paraphrase", ""), ("quotation", ""), _negated=True),
                        name="citation_has_words",
                        violation_error_message="Give the words of the source or, if they were not kept, a paraphrase.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats", None), models.Q(("repeats", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="citation_repeats_another",
                        violation_error_message="A citation cannot repeat itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EditionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[("entered", "entered"), ("withdrawn", "withdrawn"), ("redacted", "redacted")],
                        max_length=10,
                        verbose_name="act",
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind of row")),
                ("code", models.CharField(max_length=80, verbose_name="code of the row")),
                ("salt", models.CharField(max_length=64, verbose_name="salt")),
                (
                    "digest",
                    models.CharField(
                        max_length=64,
                        validators=[django.core.validators.RegexValidator("^[0-9a-f]{64}$")],
                        verbose_name="digest of the row",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="tracker.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition item",
                "verbose_name_plural": "edition items",
                "ordering": ["edition", "act", "kind", "code"],
                "indexes": [models.Index(fields=["kind", "code", "edition"], name="editionitem_row")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "kind", "code", "act"),
                        name="editionitem_once",
                        violation_error_message="A row enters, leaves or is redacted once in an edition.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="editionitem_digest_is_sha256",
                        violation_error_message="A digest is 64 hexadecimal digits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MetricSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the correction. Needed if this row replaces another.",
                        max_length=400,
                        verbose_name="reason for the correction",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "period_start",
                    azm.lib.partialdates.PartialDateField(
                        blank=True,
                        help_text="Empty for a stock, or if the source does not say.",
                        null=True,
                        verbose_name="period from",
                    ),
                ),
                (
                    "period_end",
                    azm.lib.partialdates.PartialDateField(
                        blank=True,
                        help_text="For a stock the day counted; empty if the source does not say.",
                        null=True,
                        verbose_name="period to",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("as-reported", "as reported"),
                            ("provisional", "provisional"),
                            ("final", "final"),
                            ("estimated", "estimated"),
                            ("withheld", "withheld"),
                            ("not-collected", "not collected"),
                            ("not-applicable", "not applicable"),
                            ("not-found", "no public figure found"),
                        ],
                        default="as-reported",
                        max_length=15,
                        verbose_name="observation status",
                    ),
                ),
                (
                    "qualifier",
                    models.CharField(
                        choices=[
                            ("exactly", "exactly"),
                            ("at-least", "at least"),
                            ("at-most", "at most"),
                            ("about", "about"),
                        ],
                        default="exactly",
                        max_length=10,
                        verbose_name="qualifier",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"),
                ),
                (
                    "numerator",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="Only if the source states it, also where it does not agree with the value.",
                        max_digits=20,
                        null=True,
                        verbose_name="numerator",
                    ),
                ),
                (
                    "denominator",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        help_text="As the numerator.",
                        max_digits=20,
                        null=True,
                        verbose_name="denominator",
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        blank=True,
                        help_text="If narrower than the area, for example “Kachha area”.",
                        max_length=200,
                        verbose_name="scope",
                    ),
                ),
                ("scope_ur", models.CharField(blank=True, max_length=200, verbose_name="scope in Urdu")),
                ("note", models.TextField(blank=True, help_text="What is unclear in the source.", verbose_name="note")),
                ("note_ur", models.TextField(blank=True, verbose_name="note in Urdu")),
                (
                    "no_value_reason",
                    models.CharField(
                        blank=True,
                        help_text="Withheld by whom, on what ground…",
                        max_length=300,
                        verbose_name="why there is no value",
                    ),
                ),
                ("searched_on", models.DateField(blank=True, null=True, verbose_name="searched on")),
                ("searched_where", models.CharField(blank=True, max_length=300, verbose_name="searched where")),
                ("as_of", models.DateField(blank=True, editable=False, null=True, verbose_name="as of")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.citation",
                        verbose_name="origin",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The published row that this one corrects; it is withdrawn when this one is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracker.metricsnapshot",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="tracker.series",
                        verbose_name="series",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "metric snapshot",
                "verbose_name_plural": "metric snapshots",
                "ordering": ["-as_of", "code"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("series"),
                        models.OrderBy(models.F("as_of"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="metricsnapshot_latest",
                    ),
                    models.Index(
                        models.OrderBy(models.F("as_of"), descending=True, nulls_last=True),
                        models.F("id"),
                        name="metricsnapshot_by_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="metricsnapshot_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="metricsnapshot_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="metricsnapshot_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="metricsnapshot_correction_has_reason",
                        violation_error_message="Say why this row replaces the other; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="metricsnapshot_replaces_another",
                        violation_error_message="A row cannot replace itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition", None),
                            models.Q(("citation", None), ("status", "not-found")),
                            models.Q(models.Q(("status", "not-found"), _negated=True), ("citation__isnull", False)),
                            _connector="OR",
                        ),
                        name="metricsnapshot_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation. Only “no public figure found” has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("searched_on__isnull", False),
                                ("status", "not-found"),
                                models.Q(("searched_where", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "not-found"), _negated=True),
                                ("searched_on", None),
                                ("searched_where", ""),
                            ),
                            _connector="OR",
                        ),
                        name="metricsnapshot_search_has_day_and_place",
                        violation_error_message="“No public figure found” says on which day and where one was searched for.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_start", None),
                            models.Q(
                                ("period_end__isnull", False),
                                models.Q(
                                    ("period_start", None),
                                    ("period_end", None),
                                    ("period_start__first_day__lte", models.F("period_end__last_day")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="metricsnapshot_period_in_order",
                        violation_error_message="A period ends, and not before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_end", None),
                            (
                                "period_end__first_day__lte",
                                models.Func(
                                    models.Func(
                                        models.Value("Asia/Karachi"), models.F("entered_at"), function="timezone"
                                    ),
                                    output_field=models.DateField(),
                                    template="(%(expressions)s)::date",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="metricsnapshot_period_not_in_future",
                        violation_error_message="A period cannot end after today.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("numerator", None), ("numerator__gte", 0), _connector="OR"),
                            models.Q(("denominator", None), ("denominator__gt", 0), _connector="OR"),
                        ),
                        name="metricsnapshot_fraction_possible",
                        violation_error_message="A numerator is not negative and a denominator is greater than 0.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("citation__isnull", False), ("edition__isnull", False), ("withdrawn_in", None)
                        ),
                        fields=("series", "period_start", "period_end", "origin"),
                        name="metricsnapshot_one_live_statement",
                        nulls_distinct=False,
                        violation_error_message="This statement is already recorded for this series and period. A second outlet is recorded as a citation that repeats the first; a correction names the figure that it replaces.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Headline",
            fields=[
                (
                    "series",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="headline",
                        serialize=False,
                        to="tracker.series",
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="headline",
                        to="tracker.metricsnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "headline",
                "verbose_name_plural": "headlines",
                "ordering": ["series"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorBreak",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("on", azm.lib.partialdates.PartialDateField(verbose_name="on")),
                ("description", models.CharField(max_length=300, verbose_name="what changed")),
                ("description_ur", models.CharField(blank=True, max_length=300, verbose_name="what changed, in Urdu")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaks",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaks",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "break of an indicator",
                "verbose_name_plural": "breaks of indicators",
                "ordering": ["indicator", "on", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="indicatorbreak_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="indicatorbreak_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="indicatorbreak_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="indicatorbreak_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example nisp-2023-2028.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=200, verbose_name="name in Urdu")),
                ("short_name", models.CharField(max_length=60, verbose_name="short name")),
                ("short_name_ur", models.CharField(blank=True, max_length=60, verbose_name="short name in Urdu")),
                ("starts", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="starts")),
                ("ends", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="ends")),
                (
                    "text",
                    models.CharField(
                        choices=[
                            ("public", "text public"),
                            ("partly", "text partly public"),
                            ("named", "named only, text not public"),
                        ],
                        max_length=10,
                        verbose_name="the text",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("note_ur", models.TextField(blank=True, verbose_name="note in Urdu")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position in lists")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("name"),
                            models.F("name_ur"),
                            models.F("short_name"),
                            models.F("short_name_ur"),
                            models.F("note"),
                            models.F("note_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policies",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy",
                "verbose_name_plural": "policies",
                "ordering": ["position", "code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="policy_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policy_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policy_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="policy_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="policy_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts", None),
                            ("ends", None),
                            ("starts__first_day__lte", models.F("ends__last_day")),
                            _connector="OR",
                        ),
                        name="policy_period_in_order",
                        violation_error_message="A policy cannot end before it starts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example azm-e-istehkam.o1.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=200, verbose_name="name in Urdu")),
                (
                    "grouping",
                    models.CharField(
                        choices=[
                            ("policy", "the policy's own"),
                            ("speaker", "a speaker's summary"),
                            ("azm", "grouping by Azm"),
                        ],
                        max_length=10,
                        verbose_name="whose grouping",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="The few words of the quotation that it stands for.",
                        max_length=200,
                        verbose_name="words",
                    ),
                ),
                ("words_ur", models.CharField(blank=True, max_length=200, verbose_name="our translation of the words")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"), models.F("name"), models.F("name_ur"), function="search_document"
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The policy's own words for this line of effort.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["policy", "grouping", "number", "code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="objective_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="objective_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="objective_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="objective_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition", None), ("citation__isnull", False), ("grouping", "azm"), _connector="OR"
                        ),
                        name="objective_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_in", None)),
                        fields=("policy", "grouping", "number"),
                        name="objective_number_once",
                        violation_error_message="This policy already has an objective with this number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example azm-1.1; it stands in addresses and files and never changes.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="As the policy or our grouping numbers it.", max_length=10, verbose_name="number"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position in the policy")),
                (
                    "title",
                    models.CharField(help_text="A short name in neutral words.", max_length=200, verbose_name="title"),
                ),
                ("title_ur", models.CharField(blank=True, max_length=200, verbose_name="title in Urdu")),
                (
                    "wording",
                    models.TextField(help_text="The commitment as the source words it.", verbose_name="wording"),
                ),
                ("wording_ur", models.TextField(blank=True, verbose_name="our translation of the wording")),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            ("operational", "operational"),
                            ("legal", "legal"),
                            ("political", "political"),
                            ("administrative", "administrative"),
                            ("socio-economic", "socio-economic"),
                            ("ideational", "ideational"),
                        ],
                        max_length=15,
                        verbose_name="domain",
                    ),
                ),
                ("starts", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="starts")),
                (
                    "due",
                    azm.lib.partialdates.PartialDateField(
                        blank=True, help_text="Empty unless a source gives a deadline.", null=True, verbose_name="due"
                    ),
                ),
                (
                    "weight",
                    models.DecimalField(
                        decimal_places=3,
                        default=1,
                        help_text="1 unless the policy weighs its actions.",
                        max_digits=7,
                        verbose_name="weight",
                    ),
                ),
                ("scored", models.BooleanField(default=True, verbose_name="scored")),
                ("unscored_reason", models.CharField(blank=True, max_length=200, verbose_name="why it is not scored")),
                (
                    "unscored_reason_ur",
                    models.CharField(blank=True, max_length=200, verbose_name="why it is not scored, in Urdu"),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True,
                        help_text="For example: “authorities” are the speaker, not the owner.",
                        max_length=200,
                        verbose_name="remark on who is named",
                    ),
                ),
                ("remark_ur", models.CharField(blank=True, max_length=200, verbose_name="remark in Urdu")),
                (
                    "own_count",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("area-coverage", "measures with a figure of their own, by area"),
                            ("burden", "named bodies: security forces and civil bodies"),
                        ],
                        max_length=15,
                        verbose_name="own count",
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("title"),
                            models.F("title_ur"),
                            models.F("wording"),
                            models.F("wording_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="tracker.objective",
                        verbose_name="objective",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy action",
                "verbose_name_plural": "policy actions",
                "ordering": ["policy__position", "position", "code"],
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="policyaction_search"),
                    models.Index(fields=["policy", "position", "id"], name="policyaction_in_policy"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policyaction_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policyaction_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="policyaction_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="policyaction_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_in", None)),
                        fields=("policy", "number"),
                        name="policyaction_number_once",
                        violation_error_message="This policy already has an action with this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts", None),
                            ("due", None),
                            ("starts__first_day__lte", models.F("due__last_day")),
                            _connector="OR",
                        ),
                        name="policyaction_dates_in_order",
                        violation_error_message="An action cannot be due before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)),
                        name="policyaction_weight_positive",
                        violation_error_message="A weight is greater than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scored", True), ("unscored_reason", "")),
                            models.Q(("scored", False), models.Q(("unscored_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="policyaction_unscored_has_reason",
                        violation_error_message="Say why the action is not scored; the reason is published.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example azm-1.1.m1.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position in the action")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("title_ur", models.CharField(blank=True, max_length=200, verbose_name="title in Urdu")),
                ("due", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "means_of_verification",
                    models.CharField(
                        help_text="What a reviewer would look at to see that it is met.",
                        max_length=300,
                        verbose_name="means of verification",
                    ),
                ),
                (
                    "means_of_verification_ur",
                    models.CharField(blank=True, max_length=300, verbose_name="means of verification in Urdu"),
                ),
                ("weight", models.DecimalField(decimal_places=3, default=1, max_digits=7, verbose_name="weight")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("title"),
                            models.F("title_ur"),
                            models.F("means_of_verification"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ["action", "position", "code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="milestone_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="milestone_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="milestone_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="milestone_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="milestone_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_in", None)),
                        fields=("action", "position"),
                        name="milestone_position_once",
                        violation_error_message="This action already has a milestone in this position.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)),
                        name="milestone_weight_positive",
                        violation_error_message="A weight is greater than 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineageClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("continues", "continues"),
                            ("revises", "revises"),
                            ("revives", "re-energises"),
                            ("part-of", "is part of"),
                        ],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage_claims",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage_back",
                        to="tracker.policy",
                        verbose_name="earlier policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "lineage claim",
                "verbose_name_plural": "lineage claims",
                "ordering": ["policy", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="lineageclaim_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="lineageclaim_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="lineageclaim_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="lineageclaim_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("policy", models.F("predecessor")), _negated=True),
                        name="lineageclaim_of_two_policies",
                        violation_error_message="A policy cannot continue itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("deadline", "new deadline"),
                            ("dropped", "dropped"),
                            ("weight", "new weight"),
                            ("correction", "correction of our own typing"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("new_due", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="new deadline")),
                (
                    "new_weight",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=7, null=True, verbose_name="new weight"
                    ),
                ),
                ("new_wording", models.TextField(blank=True, verbose_name="wording as it should have been typed")),
                (
                    "announced",
                    azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="announced on"),
                ),
                ("reason", models.CharField(help_text="Published.", max_length=400, verbose_name="reason")),
                ("reason_ur", models.CharField(blank=True, max_length=400, verbose_name="reason in Urdu")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_changes",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_changes",
                        to="tracker.milestone",
                        verbose_name="milestone",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_changes",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan change",
                "verbose_name_plural": "plan changes",
                "ordering": ["edition", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="planchange_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="planchange_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="planchange_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition", None), ("citation__isnull", False), ("kind", "correction"), _connector="OR"
                        ),
                        name="planchange_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", None), ("milestone__isnull", False)),
                            models.Q(("action__isnull", False), ("milestone", None)),
                            _connector="OR",
                        ),
                        name="planchange_of_one_thing",
                        violation_error_message="A plan change concerns one action or one milestone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "deadline"),
                                ("new_due__isnull", False),
                                ("new_weight", None),
                                ("new_wording", ""),
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
                                ("kind", "correction"), ("new_due", None), ("new_weight", None), ("new_wording__gt", "")
                            ),
                            _connector="OR",
                        ),
                        name="planchange_says_what_changes",
                        violation_error_message="A new deadline needs the date, a new weight the number above 0, a correction the wording, and none of them anything else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="planchange_has_reason",
                        violation_error_message="Say why the plan changed; the reason is published.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the correction. Needed if this row replaces another.",
                        max_length=400,
                        verbose_name="reason for the correction",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[("implementation", "implementation"), ("situation", "situation, never scored")],
                        max_length=15,
                        verbose_name="use",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="The first one leads the row.", verbose_name="position"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("note_ur", models.CharField(blank=True, max_length=300, verbose_name="note in Urdu")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose series stands for the action; empty for the action's own area.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="tracker.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The published row that this one corrects; it is withdrawn when this one is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracker.measure",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        help_text="For the situation that the policy as a whole is about.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["action", "policy", "position", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="measure_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="measure_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="measure_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="measure_correction_has_reason",
                        violation_error_message="Say why this row replaces the other; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="measure_replaces_another",
                        violation_error_message="A row cannot replace itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", None), ("policy__isnull", False), ("use", "situation")),
                            models.Q(("action__isnull", False), ("policy", None)),
                            _connector="OR",
                        ),
                        name="measure_of_action_or_policy",
                        violation_error_message="A measure belongs to an action; one of the situation may belong to a policy.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("edition__isnull", False), ("withdrawn_in", None)),
                        fields=("action", "policy", "indicator", "area"),
                        name="measure_once",
                        nulls_distinct=False,
                        violation_error_message="This measure is already recorded.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[("descends", "descends from"), ("refers", "refers to")],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("note_ur", models.CharField(blank=True, max_length=300, verbose_name="note in Urdu")),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_links",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "to_policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="tracker.policy",
                        verbose_name="to the policy",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
                (
                    "to_action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linked_from",
                        to="tracker.policyaction",
                        verbose_name="to the action",
                    ),
                ),
            ],
            options={
                "verbose_name": "link of an action",
                "verbose_name_plural": "links of actions",
                "ordering": ["action", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="actionlink_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="actionlink_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="actionlink_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="actionlink_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_action", None), ("to_policy__isnull", False)),
                            models.Q(("to_action__isnull", False), ("to_policy", None)),
                            _connector="OR",
                        ),
                        name="actionlink_to_one_thing",
                        violation_error_message="A link leads to one action or to one policy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_action", None),
                            models.Q(("to_action", models.F("action")), _negated=True),
                            _connector="OR",
                        ),
                        name="actionlink_to_another",
                        violation_error_message="An action cannot be linked to itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("on", azm.lib.partialdates.PartialDateField(verbose_name="on")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approved", "approved"),
                            ("announced", "announced"),
                            ("revised", "revised"),
                            ("decided", "decision under it"),
                            ("said", "statement about it"),
                            ("text-sought", "text searched for and not found"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "account",
                    models.CharField(
                        help_text="One neutral sentence; of a search, where.", max_length=400, verbose_name="account"
                    ),
                ),
                ("account_ur", models.CharField(blank=True, max_length=400, verbose_name="account in Urdu")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_events",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy event",
                "verbose_name_plural": "policy events",
                "ordering": ["policy", "on", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policyevent_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="policyevent_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="policyevent_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition", None), ("citation__isnull", False), ("kind", "text-sought"), _connector="OR"
                        ),
                        name="policyevent_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", ""), _negated=True),
                        name="policyevent_has_account",
                        violation_error_message="Say in a sentence what happened.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResponsibleBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        help_text="For example ministry-of-interior.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ur", models.CharField(blank=True, max_length=200, verbose_name="name in Urdu")),
                (
                    "sphere",
                    models.CharField(
                        blank=True,
                        choices=[("federal", "federal"), ("provincial", "provincial"), ("military", "military")],
                        help_text="Empty only if the source names the body without saying whose it is.",
                        max_length=12,
                        verbose_name="sphere",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "government"),
                            ("ministry", "ministry"),
                            ("authority", "authority"),
                            ("department", "department"),
                            ("directorate", "directorate"),
                            ("regulator", "regulator"),
                            ("committee", "committee"),
                            ("police", "police"),
                            ("ctd", "counter-terrorism department"),
                            ("investigation", "investigation agency"),
                            ("intelligence", "intelligence agency or centre"),
                            ("civil-armed-force", "civil armed force"),
                            ("armed-force", "armed force"),
                            ("court", "court"),
                            ("prosecution", "prosecution service"),
                            ("other", "other, as named"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "security_force",
                    models.BooleanField(
                        help_text="Does it carry arms: army, civil armed force, police?", verbose_name="security force"
                    ),
                ),
                ("command", models.CharField(blank=True, max_length=200, verbose_name="commanded by")),
                ("command_ur", models.CharField(blank=True, max_length=200, verbose_name="commanded by, in Urdu")),
                (
                    "valid_from",
                    azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="exists since"),
                ),
                (
                    "valid_to",
                    azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="existed until"),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="How it is classified, and after which source.", verbose_name="note"
                    ),
                ),
                ("note_ur", models.TextField(blank=True, verbose_name="note in Urdu")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("name"),
                            models.F("name_ur"),
                            models.F("note"),
                            models.F("note_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="tracker.responsiblebody",
                        verbose_name="administered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "responsible body",
                "verbose_name_plural": "responsible bodies",
                "ordering": ["name", "code"],
                "abstract": False,
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search"], name="responsiblebody_search")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="responsiblebody_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="responsiblebody_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="responsiblebody_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="responsiblebody_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_to", None),
                            ("valid_from__first_day__lte", models.F("valid_to__last_day")),
                            _connector="OR",
                        ),
                        name="responsiblebody_validity_in_order",
                        violation_error_message="A body cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None), models.Q(("parent", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="responsiblebody_parent_is_another",
                        violation_error_message="A body cannot be administered by itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "armed-force"), _negated=True), ("sphere", "military"), _connector="OR"
                        ),
                        name="responsiblebody_armed_force_is_military",
                        violation_error_message="An armed force belongs to the military sphere.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "civil-armed-force"), _negated=True),
                            ("sphere", "federal"),
                            _connector="OR",
                        ),
                        name="responsiblebody_civil_armed_force_is_federal",
                        violation_error_message="A civil armed force belongs to the federal sphere; its command is told apart.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportingDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                ("interval_months", models.PositiveSmallIntegerField(verbose_name="interval in months")),
                ("starts", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="to")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="tracker.responsiblebody",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "reporting duty",
                "verbose_name_plural": "reporting duties",
                "ordering": ["body", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="reportingduty_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="reportingduty_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="reportingduty_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="reportingduty_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interval_months__gte", 1)),
                        name="reportingduty_interval_positive",
                        violation_error_message="The interval is at least one month.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts", None),
                            ("ends", None),
                            ("starts__first_day__lte", models.F("ends__last_day")),
                            _connector="OR",
                        ),
                        name="reportingduty_in_order",
                        violation_error_message="A duty cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the correction. Needed if this row replaces another.",
                        max_length=400,
                        verbose_name="reason for the correction",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "met",
                    models.BooleanField(
                        blank=True, help_text="Only for a milestone.", null=True, verbose_name="milestone met"
                    ),
                ),
                ("as_of", models.DateField(verbose_name="as of")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not-started", "not started"),
                            ("under-way", "under way"),
                            ("complete", "complete"),
                            ("paused", "paused"),
                            ("cancelled", "cancelled"),
                            ("nothing-to-report", "nothing to report"),
                        ],
                        max_length=20,
                        verbose_name="reported status",
                    ),
                ),
                (
                    "account",
                    models.TextField(
                        help_text="What is reported, in neutral words; adjectives stay in the quotation.",
                        verbose_name="account",
                    ),
                ),
                ("account_ur", models.TextField(blank=True, verbose_name="account in Urdu")),
                ("needed", models.CharField(blank=True, max_length=300, verbose_name="what is needed")),
                ("needed_ur", models.CharField(blank=True, max_length=300, verbose_name="what is needed, in Urdu")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("filed", "filed by the body"),
                            ("statement", "taken from its public statement"),
                            ("other", "reported by somebody else"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "endorsed_by",
                    models.CharField(
                        blank=True,
                        help_text="The office that signed it, not a private person.",
                        max_length=200,
                        verbose_name="endorsed by",
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("code"),
                            models.F("account"),
                            models.F("account_ur"),
                            models.F("needed"),
                            models.F("needed_ur"),
                            function="search_document",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="tracker.milestone",
                        verbose_name="milestone",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The published row that this one corrects; it is withdrawn when this one is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracker.progressupdate",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose report it is; empty only if somebody else reports.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="updates",
                        to="tracker.responsiblebody",
                        verbose_name="reporting body",
                    ),
                ),
                (
                    "waiting_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holding_up",
                        to="tracker.responsiblebody",
                        verbose_name="waiting on",
                    ),
                ),
            ],
            options={
                "verbose_name": "progress update",
                "verbose_name_plural": "progress updates",
                "ordering": ["-as_of", "code"],
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="progressupdate_search"),
                    models.Index(fields=["action", "-as_of", "-id"], name="progressupdate_latest"),
                    models.Index(fields=["-as_of", "id"], name="progressupdate_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="progressupdate_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="progressupdate_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="progressupdate_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="progressupdate_correction_has_reason",
                        violation_error_message="Say why this row replaces the other; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="progressupdate_replaces_another",
                        violation_error_message="A row cannot replace itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="progressupdate_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("met", None), ("milestone", None)),
                            models.Q(("met__isnull", False), ("milestone__isnull", False)),
                            _connector="OR",
                        ),
                        name="progressupdate_met_goes_with_milestone",
                        violation_error_message="A report on a milestone says whether it is met; any other does not.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("needed", ""), ("waiting_on", None)),
                            models.Q(("waiting_on__isnull", False), models.Q(("needed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="progressupdate_waiting_says_for_what",
                        violation_error_message="Name both the body waited for and what is needed, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("body__isnull", False), ("channel", "other"), _connector="OR"),
                        name="progressupdate_body_reports",
                        violation_error_message="Name the reporting body, or choose “reported by somebody else”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account", ""), _negated=True),
                        name="progressupdate_has_account",
                        violation_error_message="Say what is reported.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(verbose_name="since")),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="tracker.responsiblebody",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "body", "since"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "body", "since"),
                        name="membership_once",
                        violation_error_message="This membership is already recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="membership_in_order",
                        violation_error_message="A membership cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the correction. Needed if this row replaces another.",
                        max_length=400,
                        verbose_name="reason for the correction",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("support", "support"),
                            ("oversight", "oversight"),
                            ("forum", "forum"),
                        ],
                        help_text="A court is a forum, never the lead for its judgements.",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("starts", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="from")),
                ("ends", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="to")),
                (
                    "basis",
                    models.CharField(
                        choices=[("named", "named by the source"), ("law", "inferred from law")],
                        default="named",
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("remark_ur", models.CharField(blank=True, max_length=200, verbose_name="remark in Urdu")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty if the role holds for the whole action.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The published row that this one corrects; it is withdrawn when this one is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracker.assignment",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="tracker.responsiblebody",
                        verbose_name="body",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["action", "role", "area", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="assignment_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="assignment_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="assignment_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="assignment_correction_has_reason",
                        violation_error_message="Say why this row replaces the other; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="assignment_replaces_another",
                        violation_error_message="A row cannot replace itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="assignment_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts", None),
                            ("ends", None),
                            ("starts__first_day__lte", models.F("ends__last_day")),
                            _connector="OR",
                        ),
                        name="assignment_in_order",
                        violation_error_message="An assignment cannot end before it begins.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("edition__isnull", False), ("role", "lead"), ("withdrawn_in", None)),
                        expressions=[
                            ("action", "="),
                            (django.db.models.functions.comparison.Coalesce("area", models.Value("")), "="),
                            (
                                models.Func(
                                    models.Func("starts", function="lower"),
                                    models.Func("ends", function="upper"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="assignment_one_lead_at_a_time",
                        violation_error_message="Another body leads this action, in this area, at this time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("aim", "stated aim"),
                            ("situation", "the situation in words"),
                            ("result", "a result without a figure"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text="The few words that matter, from the quotation.", max_length=200, verbose_name="words"
                    ),
                ),
                ("words_ur", models.CharField(blank=True, max_length=200, verbose_name="our translation into Urdu")),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="provinces.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="tracker.policy",
                        verbose_name="policy",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement in words",
                "verbose_name_plural": "statements in words",
                "ordering": ["policy", "kind", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="statement_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="statement_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="statement_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="statement_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[("draft", "draft"), ("submitted", "submitted"), ("returned", "returned")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="entered at"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Published beside the correction. Needed if this row replaces another.",
                        max_length=400,
                        verbose_name="reason for the correction",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=tracker.models.base.fact_code,
                        editable=False,
                        help_text="Given by the ledger.",
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+([.-][a-z0-9]+)*$",
                                "Small letters, digits, and single hyphens or full stops between them.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("target", "target"), ("requirement", "requirement"), ("direction", "direction only")],
                        max_length=12,
                        verbose_name="basis",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="value"),
                ),
                ("due", azm.lib.partialdates.PartialDateField(blank=True, null=True, verbose_name="due")),
                (
                    "interim",
                    models.BooleanField(
                        default=False, help_text="A mark on the way to a later target.", verbose_name="interim"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("note_ur", models.CharField(blank=True, max_length=300, verbose_name="note in Urdu")),
                (
                    "action",
                    models.ForeignKey(
                        help_text="The commitment that sets it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="tracker.policyaction",
                        verbose_name="action",
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        blank=True,
                        help_text="The figure it starts from; empty if unknown, which is never 0.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="baseline_of",
                        to="tracker.metricsnapshot",
                        verbose_name="baseline",
                    ),
                ),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="tracker.citation",
                        verbose_name="citation",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="entered in edition",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "redacted_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="redacted in edition",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        help_text="The published row that this one corrects; it is withdrawn when this one is published.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="tracker.target",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="tracker.series",
                        verbose_name="series",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        blank=True,
                        help_text="For a requirement that binds all: the indicator that counts them all.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="required_wholes",
                        to="tracker.indicator",
                        verbose_name="all of",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracker.edition",
                        verbose_name="withdrawn in edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["series", "due", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_in", None),
                            models.Q(("edition__isnull", False), ("withdrawn_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="target_withdrawn_after_entry",
                        violation_error_message="A row can leave only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("redacted_in", None),
                            models.Q(("edition__isnull", False), ("redacted_in__gt", models.F("edition"))),
                            _connector="OR",
                        ),
                        name="target_redacted_after_entry",
                        violation_error_message="A row can be redacted only in an edition after the one it entered in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[a-z0-9]+([.-][a-z0-9]+)*$")),
                        name="target_code_is_plain",
                        violation_error_message="A code has small letters, digits, single hyphens and full stops.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="target_correction_has_reason",
                        violation_error_message="Say why this row replaces the other; the reason is published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("replaces", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="target_replaces_another",
                        violation_error_message="A row cannot replace itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition", None), ("citation__isnull", False), _connector="OR"),
                        name="target_cited_when_published",
                        violation_error_message="Nothing is published without a source: choose a citation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                    models.CheckConstraint(
                        condition=models.Q(("interim", False), ("basis", "target"), _connector="OR"),
                        name="target_only_targets_are_interim",
                        violation_error_message="Only a target with value and date can be an interim one.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="bodies",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                through="tracker.Membership",
                to="tracker.responsiblebody",
                verbose_name="bodies",
            ),
        ),
    ]
