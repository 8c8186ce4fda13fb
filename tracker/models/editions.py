"""Editions: numbered acts of publication, chained by digests."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

HEX_PATTERN = r"^[0-9a-f]{64}$"
HEX = RegexValidator(HEX_PATTERN)


class EditionQuerySet(models.QuerySet["Edition"]):
    def closed(self) -> "EditionQuerySet":
        return self.exclude(digest=None)

    def newest(self) -> "Edition | None":
        return self.closed().order_by("-number").first()

    def unsettled(self) -> "EditionQuerySet":
        """Suspensions that nobody has ratified or reversed yet."""
        return self.closed().filter(act=Edition.Act.SUSPENSION, ended_by=None)


class Edition(models.Model):
    """One act of publication. It is open while `digest` is NULL, which lasts one transaction."""

    class Act(models.TextChoices):
        PUBLICATION = "publication", _("publication")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        SUSPENSION = "suspension", _("suspension")
        RATIFICATION = "ratification", _("ratification of a suspension")
        REVERSAL = "reversal", _("reversal of a suspension")
        REDACTION = "redaction", _("redaction")

    class Ground(models.TextChoices):
        """On which content may be removed, in the order in which reviewers choose."""

        COURT_ORDER = "court-order", _("order of a court")
        PERSONAL_DATA = "personal-data", _("personal data")
        PERSON_AT_RISK = "person-at-risk", _("a person at risk")

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    act = models.CharField(_("act"), max_length=12, choices=Act, default=Act.PUBLICATION)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
        help_text=_("The second person of a withdrawal or redaction."),
    )
    ground = models.CharField(_("ground"), max_length=14, choices=Ground, blank=True)
    ends = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ended_by",
        verbose_name=_("suspension that it ends"),
    )
    record = models.CharField(
        _("record folder"),
        max_length=80,
        blank=True,
        help_text=_("The reviewed folder of fixtures/record/ that this edition was loaded from, if it was."),
    )
    record_digest = models.CharField(_("digest of the record folder"), max_length=64, blank=True)
    summary = models.TextField(_("summary"))
    summary_ur = models.TextField(_("summary in Urdu"), blank=True)
    recipe = models.PositiveSmallIntegerField(
        _("recipe"),
        help_text=_("Which columns the row digests are made of; a recipe never changes."),
    )
    digest = models.CharField(  # noqa: DJ001 (NULL is an edition that is still open)
        _("digest"), max_length=64, null=True, blank=True, validators=[HEX]
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="edition_numbered_from_one",
                violation_error_message=_("Editions are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="edition_has_summary",
                violation_error_message=_("An edition says in a sentence what it publishes."),
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, record__gt="", record_digest__gt="")
                | Q(published_by__isnull=False, record="", record_digest=""),
                name="edition_by_reviewer_or_record",
                violation_error_message=_("An edition is published by a reviewer, or from a reviewed record folder."),
            ),
            models.CheckConstraint(
                condition=Q(act__in=["withdrawal", "redaction"], asked_by__isnull=False, published_by__isnull=False)
                | ~Q(act__in=["withdrawal", "redaction"]) & Q(asked_by=None),
                name="edition_removal_takes_two",
                violation_error_message=_("A withdrawal or redaction is asked for by one person and done by another."),
            ),
            models.CheckConstraint(
                condition=Q(asked_by=None) | ~Q(asked_by=F("published_by")),
                name="edition_asked_by_another",
                violation_error_message=_("Who asked for a withdrawal or redaction cannot carry it out."),
            ),
            models.CheckConstraint(
                condition=Q(act="redaction") & ~Q(ground="") | ~Q(act="redaction") & Q(ground=""),
                name="edition_redaction_has_ground",
                violation_error_message=_("A redaction names its ground, and nothing else has one."),
            ),
            models.CheckConstraint(
                condition=Q(act__in=["ratification", "reversal"], ends__isnull=False)
                | ~Q(act__in=["ratification", "reversal"]) & Q(ends=None),
                name="edition_ends_a_suspension",
                violation_error_message=_("A ratification or reversal names the suspension that it ends."),
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=~Q(record=""),
                name="edition_one_per_record_folder",
                violation_error_message=_("This record folder is already published."),
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(digest__regex=HEX_PATTERN),
                name="edition_digest_is_sha256",
                violation_error_message=_("A digest is 64 hexadecimal digits."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Edition %d") % self.number)

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.number])


class EditionItem(models.Model):
    """What happened to one row in one edition, and the digest of the row.

    Only ever inserted; a redaction alone empties the salts of its rows.
    """

    class Act(models.TextChoices):
        ENTERED = "entered", _("entered")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REDACTED = "redacted", _("redacted")
        SUSPENDED = "suspended", _("suspended")
        RESTORED = "restored", _("restored")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items", verbose_name=_("edition"))
    act = models.CharField(_("act"), max_length=10, choices=Act)
    kind = models.CharField(_("kind of row"), max_length=40)
    code = models.CharField(_("code of the row"), max_length=80)
    salt = models.CharField(_("salt"), max_length=64, blank=True)
    digest = models.CharField(_("digest of the row"), max_length=64, validators=[HEX])

    class Meta:
        verbose_name = _("edition item")
        verbose_name_plural = _("edition items")
        ordering = ["edition", "act", "kind", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "code", "act"],
                name="editionitem_once",
                violation_error_message=_("Each thing happens to a row once in an edition."),
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=HEX_PATTERN),
                name="editionitem_digest_is_sha256",
                violation_error_message=_("A digest is 64 hexadecimal digits."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "code", "edition"], name="editionitem_row")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.act} {self.kind} {self.code}"

    def line(self) -> str:
        """The row's line in the digest file of its edition, as `sha256sum` writes one."""
        return f"{self.digest}  {self.act}/{self.kind}/{self.code}\n"


class Change(models.Model):
    """The history of every ledger table, drafts included, written by a trigger and never edited.

    A redaction alone empties `was` of its rows.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"), db_default=models.functions.Now())
    who = models.BigIntegerField(_("user"), null=True)
    table = models.CharField(_("table"), max_length=63)
    row = models.BigIntegerField(_("row"))
    op = models.CharField(_("operation"), max_length=1)
    was = models.JSONField(_("the row as it was"), null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["table", "row", "id"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.op} {self.table} {self.row}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("The history is written by the database alone.")
