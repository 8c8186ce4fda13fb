"""What bodies report on their commitments."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.actions import Milestone, PolicyAction
from tracker.models.base import (
    Replaceable,
    cited_when_published,
    fact_code_field,
    search_field,
    search_index,
)
from tracker.models.bodies import ResponsibleBody
from tracker.models.sources import Citation


class ProgressUpdate(Replaceable):
    """A report on an action or on one milestone of it, perhaps for one area.

    The status is the one reported; what follows from the evidence is computed elsewhere.
    """

    class Status(models.TextChoices):
        NOT_STARTED = "not-started", _("not started")
        UNDER_WAY = "under-way", _("under way")
        COMPLETE = "complete", _("complete")
        PAUSED = "paused", _("paused")
        CANCELLED = "cancelled", _("cancelled")
        NOTHING = "nothing-to-report", _("nothing to report")

    class Channel(models.TextChoices):
        FILED = "filed", _("filed by the body")
        STATEMENT = "statement", _("taken from its public statement")
        OTHER = "other", _("reported by somebody else")

    code = fact_code_field()
    action = models.ForeignKey(PolicyAction, models.PROTECT, related_name="updates", verbose_name=_("action"))
    milestone = models.ForeignKey(
        Milestone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="updates",
        verbose_name=_("milestone"),
    )
    met = models.BooleanField(_("milestone met"), null=True, blank=True, help_text=_("Only for a milestone."))
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    body = models.ForeignKey(
        ResponsibleBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="updates",
        verbose_name=_("reporting body"),
        help_text=_("Whose report it is; empty only if somebody else reports."),
    )
    as_of = models.DateField(_("as of"))
    status = models.CharField(_("reported status"), max_length=20, choices=Status)
    account = models.TextField(
        _("account"),
        help_text=_("What is reported, in neutral words; adjectives stay in the quotation."),
    )
    account_ur = models.TextField(_("account in Urdu"), blank=True)
    waiting_on = models.ForeignKey(
        ResponsibleBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holding_up",
        verbose_name=_("waiting on"),
    )
    needed = models.CharField(_("what is needed"), max_length=300, blank=True)
    needed_ur = models.CharField(_("what is needed, in Urdu"), max_length=300, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    endorsed_by = models.CharField(
        _("endorsed by"),
        max_length=200,
        blank=True,
        help_text=_("The office that signed it, not a private person."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_(
            "When what is reported was held against the means of verification. Whoever publishes the row confirms it by"
            " their own look; empty unless somebody looked."
        ),
    )
    checked_against = models.CharField(
        _("checked against"),
        max_length=300,
        blank=True,
        help_text=_("What was looked at, for example the number and day of the notification. Published."),
    )
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="updates",
        verbose_name=_("citation"),
    )
    search = search_field("code", "account", "account_ur", "needed", "needed_ur")

    MENDABLE = ("account_ur", "needed_ur")

    class Meta(Replaceable.Meta):
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        ordering = ["-as_of", "code"]
        indexes = [
            search_index(),
            models.Index(fields=["action", "-as_of", "-id"], name="progressupdate_latest"),
            models.Index(fields=["-as_of", "id"], name="progressupdate_by_day"),
        ]
        constraints = [
            *Replaceable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=Q(milestone=None, met=None) | Q(milestone__isnull=False, met__isnull=False),
                name="progressupdate_met_goes_with_milestone",
                violation_error_message=_("A report on a milestone says whether it is met; any other does not."),
            ),
            models.CheckConstraint(
                condition=Q(waiting_on=None, needed="") | Q(waiting_on__isnull=False) & ~Q(needed=""),
                name="progressupdate_waiting_says_for_what",
                violation_error_message=_("Name both the body waited for and what is needed, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(channel="other"),
                name="progressupdate_body_reports",
                violation_error_message=_("Name the reporting body, or choose “reported by somebody else”."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None, checked_against="") | Q(checked_on__isnull=False) & ~Q(checked_against=""),
                name="progressupdate_check_says_against_what",
                violation_error_message=_("Give both the day of the check and what was looked at, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on=None) | Q(checked_on__gte=F("as_of")),
                name="progressupdate_checked_after_it_happened",
                violation_error_message=_("What is reported as of a day cannot have been checked before that day."),
            ),
            models.CheckConstraint(
                condition=~Q(account=""),
                name="progressupdate_has_account",
                violation_error_message=_("Say what is reported."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.code}, {self.as_of}: {self.get_status_display()}"

    def clean(self) -> None:
        if self.milestone is not None and self.milestone.action_id != self.action_id:
            raise ValidationError({"milestone": _("This milestone belongs to another action.")})

    def get_absolute_url(self) -> str:
        return f"{self.action.get_absolute_url()}#{self.code}"
