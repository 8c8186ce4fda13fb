"""What every row of the ledger has in common: its stage, and the editions it entered and left in."""

import secrets
from pathlib import Path
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

STANDS_SQL = Path(__file__).with_name("stands.sql")

SHOWN = Q(suspended_in=None) | Q(restored_in__isnull=False)
"""Not hidden by a suspension."""

CODE_PATTERN = r"^[a-z0-9]+([.-][a-z0-9]+)*$"


def fact_code() -> str:
    """A stable identifier for a row that has no name of its own."""
    return f"f-{secrets.token_hex(5)}"


def code_field(help_text: Any, **options: Any) -> models.CharField:
    return models.CharField(
        _("code"),
        max_length=80,
        unique=True,
        validators=[
            RegexValidator(
                CODE_PATTERN,
                _("Small letters, digits, and single hyphens or full stops between them."),
            )
        ],
        help_text=help_text,
        **options,
    )


def fact_code_field() -> models.CharField:
    return code_field(_("Given by the ledger."), default=fact_code, editable=False)


def stamp_field(verbose_name: Any, **options: Any) -> models.ForeignKey:
    """An edition in which something happened to a row; only `tracker.publishing` sets it."""
    return models.ForeignKey(
        "tracker.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=verbose_name,
        **options,
    )


def search_field(*names: str) -> models.GeneratedField:
    """A stored, indexed text-search document over the named columns."""
    return models.GeneratedField(
        expression=Func(*(F(name) for name in names), function="search_document"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


def search_index() -> GinIndex:
    return GinIndex(fields=["search"], name="%(class)s_search")


class LedgerQuerySet[M: "Publishable"](models.QuerySet[M]):
    """Rows of the ledger. Every public query begins with `in_edition`."""

    def in_edition(self, edition: "int | models.Model") -> Self:
        """Rows that stand in the edition: entered by then, and by then neither withdrawn nor suspended."""
        number = edition if isinstance(edition, int) else edition.pk
        return self.filter(
            Q(withdrawn_in=None) | Q(withdrawn_in__gt=number),
            Q(suspended_in=None) | Q(suspended_in__gt=number) | Q(restored_in__lte=number),
            edition__lte=number,
        )

    def standing(self) -> Self:
        """Rows that stand now: published, and neither withdrawn nor suspended."""
        return self.filter(SHOWN, edition__isnull=False, withdrawn_in=None)

    def published(self) -> Self:
        return self.filter(edition__isnull=False)

    def unpublished(self) -> Self:
        return self.filter(edition=None)

    def search(self, words: str) -> Self:
        """Rows that hold the words; what was redacted is found by its code alone, not by the mark in its place."""
        query = Func(Value(words), function="search_words", output_field=SearchQueryField())
        # Coalesced, so that the planner reads the index of the words and not that of the redactions.
        kept = self.alias(gone_in=Coalesce("redacted_in_id", Value(0)))
        return kept.filter(Q(gone_in=0) | Q(code=words.strip().lower()), search__matches=query)

    def get_by_natural_key(self, code: str) -> M:
        return self.get(code=code)


class SearchQueryField(models.Field):
    """The type `tsquery`; only ever the output of a function."""

    def db_type(self, connection: Any) -> str:
        return "tsquery"


@SearchVectorField.register_lookup
class SearchMatch(models.Lookup):
    """`search__matches=tsquery`, without the configuration juggling of SearchVectorExact."""

    lookup_name = "matches"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ {right}", (*left_params, *right_params)


class Publishable(models.Model):
    """A row that is published in one edition, may be withdrawn in a later one, and in between never changes.

    The database holds that (`tracker/publishing/guard.sql`), and only `tracker.publishing` stamps rows.
    Columns named in MENDABLE may be mended after publication; they stand outside every digest.
    """

    class Stage(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("returned")

    MENDABLE: ClassVar[tuple[str, ...]] = ()
    FIGURES: ClassVar[tuple[str, ...]] = ()
    """Columns whose numbers a redaction removes, as it removes every text."""

    code: models.CharField
    """What the row is called in addresses, files and digests; every model gives it."""

    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    edition = stamp_field(_("entered in edition"))
    withdrawn_in = stamp_field(_("withdrawn in edition"))
    suspended_in = stamp_field(_("suspended in edition"), db_index=False)
    restored_in = stamp_field(_("restored in edition"), db_index=False)
    redacted_in = stamp_field(_("redacted in edition"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"), db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(withdrawn_in=None) | Q(edition__isnull=False, withdrawn_in__gt=F("edition")),
                name="%(class)s_withdrawn_after_entry",
                violation_error_message=_("A row can leave only in an edition after the one it entered in."),
            ),
            models.CheckConstraint(
                condition=Q(suspended_in=None) | Q(edition__isnull=False, suspended_in__gt=F("edition")),
                name="%(class)s_suspended_after_entry",
                violation_error_message=_("A row can be suspended only in an edition after the one it entered in."),
            ),
            models.CheckConstraint(
                condition=Q(restored_in=None) | Q(suspended_in__isnull=False, restored_in__gt=F("suspended_in")),
                name="%(class)s_restored_after_suspension",
                violation_error_message=_("A row can be restored only in an edition after the one that suspended it."),
            ),
            models.CheckConstraint(
                condition=Q(redacted_in=None) | Q(edition__isnull=False, redacted_in__gt=F("edition")),
                name="%(class)s_redacted_after_entry",
                violation_error_message=_("A row can be redacted only in an edition after the one it entered in."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN),
                name="%(class)s_code_is_plain",
                violation_error_message=_("A code has small letters, digits, single hyphens and full stops."),
            ),
        ]

    def natural_key(self) -> tuple[str]:
        return (self.code,)

    @property
    def is_published(self) -> bool:
        return self.edition_id is not None

    @classmethod
    def texts(cls) -> list[models.Field]:
        """The columns that hold words of somebody, rather than a code or a choice of ours."""
        return [
            field
            for field in cls._meta.fields
            if isinstance(field, models.CharField | models.TextField)
            and not field.choices
            and field.name not in ("code", "number")
        ]

    @classmethod
    def rests_on(cls) -> list[tuple[str, "type[Publishable]"]]:
        """Paths to the publishable rows that a row of this class needs beside it, with their models.

        A series holds no fact of its own, so the path leads through it to its indicator.
        """
        paths: list[tuple[str, Any]] = []
        for field in _foreign_keys(cls):
            through = _foreign_keys(field.related_model) if field.name == "series" else []
            paths += [(field.name, field.related_model)]
            paths += [(f"{field.name}__{further.name}", further.related_model) for further in through]
        return [(path, model) for path, model in paths if issubclass(model, Publishable)]


def _foreign_keys(model: Any) -> list[models.ForeignKey]:
    return [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]


class Replaceable(Publishable):
    """A fact that nothing points at: it is corrected by a new row that names the one it replaces."""

    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
        help_text=_("The published row that this one corrects; it is withdrawn when this one is published."),
    )
    reason = models.CharField(
        _("reason for the correction"),
        max_length=400,
        blank=True,
        help_text=_("Published beside the correction. Needed if this row replaces another."),
    )

    class Meta(Publishable.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""),
                name="%(class)s_correction_has_reason",
                violation_error_message=_("Say why this row replaces the other; the reason is published."),
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="%(class)s_replaces_another",
                violation_error_message=_("A row cannot replace itself."),
            ),
        ]


def cited_when_published(**exempt: Any) -> models.CheckConstraint:
    """No published fact without a source; `exempt` is the condition under which a row may do without."""
    condition = Q(edition=None) | Q(citation__isnull=False)
    if exempt:
        condition |= Q(**exempt)
    return models.CheckConstraint(
        condition=condition,
        name="%(class)s_cited_when_published",
        violation_error_message=_("Nothing is published without a source: choose a citation."),
    )


def in_order(first: str, last: str) -> Q:
    """Two partial dates in order, as far as their precision can tell; either may be unknown."""
    return Q(**{first: None}) | Q(**{last: None}) | Q(**{f"{first}__first_day__lte": F(f"{last}__last_day")})


def localized(instance: models.Model, field: str) -> str:
    """The Urdu text while Urdu is active and there is one, else the English text."""
    urdu = getattr(instance, f"{field}_ur", "") if (get_language() or "").startswith("ur") else ""
    return urdu or getattr(instance, field)
