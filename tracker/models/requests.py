"""Requests: somebody asks that published rows be withdrawn or redacted, and a reviewer answers. Never published."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tracker.models.editions import Edition

ASKED = ["withdrawal", "redaction"]


class RequestQuerySet(models.QuerySet["Request"]):
    def waiting(self) -> "RequestQuerySet":
        """Requests that nobody has carried out or declined."""
        return self.filter(edition=None, declined_by=None)


class Request(models.Model):
    """What was asked stays as it was asked; it ends once, in an edition or with an answer.

    A database trigger holds that (`tracker/publishing/requests.sql`), and only `tracker.publishing` ends one.
    """

    act = models.CharField(
        _("what is asked"), max_length=10, choices=[choice for choice in Edition.Act.choices if choice[0] in ASKED]
    )
    reason = models.TextField(_("reason"), help_text=_("Becomes the published summary of the edition."))
    reason_ur = models.TextField(_("reason in Urdu"), blank=True)
    ground = models.CharField(_("ground"), max_length=14, choices=Edition.Ground, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), db_default=Now())
    edition = models.OneToOneField(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="request",
        verbose_name=_("carried out in edition"),
    )
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("declined by"),
    )
    declined_at = models.DateTimeField(_("declined at"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("Why it was declined; for the desk alone."))

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=ASKED),
                name="request_asks_for_a_removal",
                violation_error_message=_("Ask for a withdrawal or for a redaction."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="request_has_reason",
                violation_error_message=_("Say in a sentence why; the reason is published."),
            ),
            models.CheckConstraint(
                condition=Q(act="redaction") & ~Q(ground="") | ~Q(act="redaction") & Q(ground=""),
                name="request_redaction_has_ground",
                violation_error_message=_("A redaction names its ground, and nothing else has one."),
            ),
            models.CheckConstraint(
                condition=Q(edition=None) | Q(declined_by=None),
                name="request_ends_once",
                violation_error_message=_("A request is carried out or declined, not both."),
            ),
            models.CheckConstraint(
                condition=Q(declined_by=None, declined_at=None, answer="")
                | Q(declined_by__isnull=False, declined_at__isnull=False) & ~Q(answer=""),
                name="request_declined_with_answer",
                violation_error_message=_("Say why the request is declined; whoever asked reads it."),
            ),
            models.CheckConstraint(
                condition=Q(declined_by=None) | ~Q(declined_by=F("asked_by")),
                name="request_declined_by_another",
                violation_error_message=_("Nobody answers a request of their own."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Request %d") % self.pk)

    @property
    def is_waiting(self) -> bool:
        return self.edition_id is None and self.declined_by_id is None


class RequestedRow(models.Model):
    """One row that a request is about. `ended` follows the request, so that no row is asked for twice at a time."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="rows", verbose_name=_("request"))
    kind = models.CharField(_("kind of row"), max_length=40)
    code = models.CharField(_("code of the row"), max_length=80)
    ended = models.BooleanField(_("ended"), default=False, editable=False)

    class Meta:
        verbose_name = _("requested row")
        verbose_name_plural = _("requested rows")
        ordering = ["request", "kind", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=Q(ended=False),
                name="requestedrow_asked_for_once",
                violation_error_message=_("The withdrawal or redaction of this row has been asked for already."),
            ),
            models.UniqueConstraint(
                fields=["request", "kind", "code"],
                name="requestedrow_once",
                violation_error_message=_("A request names a row once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
