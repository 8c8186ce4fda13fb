"""Responsible bodies, what they are assigned to, and when they have to report."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models.base import (
    Publishable,
    Replaceable,
    cited_when_published,
    code_field,
    fact_code_field,
    in_order,
    search_field,
    search_index,
)
from tracker.models.sources import Citation


class ResponsibleBody(Publishable):
    """An organisation. Whether it is civil or military is never one yes or no.

    Civil armed forces are federal, paid and administered by the Interior and commanded by seconded
    officers: `sphere`, `kind`, `parent` and `command` say each of these apart.
    """

    class Sphere(models.TextChoices):
        FEDERAL = "federal", _("federal")
        PROVINCIAL = "provincial", _("provincial")
        MILITARY = "military", _("military")

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("government")
        MINISTRY = "ministry", _("ministry")
        AUTHORITY = "authority", _("authority")
        DEPARTMENT = "department", _("department")
        DIRECTORATE = "directorate", _("directorate")
        REGULATOR = "regulator", _("regulator")
        COMMITTEE = "committee", _("committee")
        POLICE = "police", _("police")
        CTD = "ctd", _("counter-terrorism department")
        INVESTIGATION = "investigation", _("investigation agency")
        INTELLIGENCE = "intelligence", _("intelligence agency or centre")
        CIVIL_ARMED_FORCE = "civil-armed-force", _("civil armed force")
        ARMED_FORCE = "armed-force", _("armed force")
        COURT = "court", _("court")
        PROSECUTION = "prosecution", _("prosecution service")
        OTHER = "other", _("other, as named")

    MENDABLE = ("name", "name_ur", "note_ur", "command_ur")

    code = code_field(_("For example ministry-of-interior."))
    name = models.CharField(_("name"), max_length=200)
    name_ur = models.CharField(_("name in Urdu"), max_length=200, blank=True)
    sphere = models.CharField(
        _("sphere"),
        max_length=12,
        choices=Sphere,
        blank=True,
        help_text=_("Empty only if the source names the body without saying whose it is."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    security_force = models.BooleanField(
        _("security force"), help_text=_("Does it carry arms: army, civil armed force, police?")
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("administered by"),
    )
    command = models.CharField(_("commanded by"), max_length=200, blank=True)
    command_ur = models.CharField(_("commanded by, in Urdu"), max_length=200, blank=True)
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    valid_from = PartialDateField(_("exists since"), null=True, blank=True)
    valid_to = PartialDateField(_("existed until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("How it is classified, and after which source."))
    note_ur = models.TextField(_("note in Urdu"), blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("citation"),
    )
    search = search_field("code", "name", "name_ur", "note", "note_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("responsible body")
        verbose_name_plural = _("responsible bodies")
        ordering = ["name", "code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=in_order("valid_from", "valid_to"),
                name="responsiblebody_validity_in_order",
                violation_error_message=_("A body cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="responsiblebody_parent_is_another",
                violation_error_message=_("A body cannot be administered by itself."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="armed-force") | Q(sphere="military"),
                name="responsiblebody_armed_force_is_military",
                violation_error_message=_("An armed force belongs to the military sphere."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="civil-armed-force") | Q(sphere="federal"),
                name="responsiblebody_civil_armed_force_is_federal",
                violation_error_message=_(
                    "A civil armed force belongs to the federal sphere; its command is told apart."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.code])


class Assignment(Replaceable):
    """A body has a role in an action, perhaps for one area, perhaps from one date to another."""

    class Role(models.TextChoices):
        LEAD = "lead", _("lead")
        SUPPORT = "support", _("support")
        OVERSIGHT = "oversight", _("oversight")
        FORUM = "forum", _("forum")

    class Basis(models.TextChoices):
        NAMED = "named", _("named by the source")
        LAW = "law", _("inferred from law")

    code = fact_code_field()
    action = models.ForeignKey(
        "tracker.PolicyAction", models.PROTECT, related_name="assignments", verbose_name=_("action")
    )
    body = models.ForeignKey(ResponsibleBody, models.PROTECT, related_name="assignments", verbose_name=_("body"))
    role = models.CharField(
        _("role"),
        max_length=10,
        choices=Role,
        help_text=_("A court is a forum, never the lead for its judgements."),
    )
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("Empty if the role holds for the whole action."),
    )
    starts = PartialDateField(_("from"), null=True, blank=True)
    ends = PartialDateField(_("to"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.NAMED)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    remark_ur = models.CharField(_("remark in Urdu"), max_length=200, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("citation"),
    )

    MENDABLE = ("remark_ur",)

    class Meta(Replaceable.Meta):
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["action", "role", "area", "code"]
        constraints = [
            *Replaceable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=in_order("starts", "ends"),
                name="assignment_in_order",
                violation_error_message=_("An assignment cannot end before it begins."),
            ),
            ExclusionConstraint(
                name="assignment_one_lead_at_a_time",
                expressions=[
                    ("action", RangeOperators.EQUAL),
                    (Coalesce("area", Value("")), RangeOperators.EQUAL),
                    (
                        Func(
                            Func("starts", function="lower"),
                            Func("ends", function="upper"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role="lead", edition__isnull=False, withdrawn_in=None),
                violation_error_message=_("Another body leads this action, in this area, at this time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} – {self.get_role_display()} – {self.action}"


class ReportingDuty(Publishable):
    """A published or accepted duty of a body to report. Silence is computed from nothing else."""

    code = fact_code_field()
    body = models.ForeignKey(ResponsibleBody, models.PROTECT, related_name="duties", verbose_name=_("body"))
    policy = models.ForeignKey(
        "tracker.Policy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("policy"),
    )
    interval_months = models.PositiveSmallIntegerField(_("interval in months"))
    starts = PartialDateField(_("from"), null=True, blank=True)
    ends = PartialDateField(_("to"), null=True, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        verbose_name=_("citation"),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("reporting duty")
        verbose_name_plural = _("reporting duties")
        ordering = ["body", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=Q(interval_months__gte=1),
                name="reportingduty_interval_positive",
                violation_error_message=_("The interval is at least one month."),
            ),
            models.CheckConstraint(
                condition=in_order("starts", "ends"),
                name="reportingduty_in_order",
                violation_error_message=_("A duty cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(body)s reports every %(months)d months") % {"body": self.body, "months": self.interval_months})
