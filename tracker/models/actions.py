"""Commitments, their dated steps, and the published changes of plan."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models.base import (
    Publishable,
    cited_when_published,
    code_field,
    fact_code_field,
    in_order,
    search_field,
    search_index,
)
from tracker.models.policies import Objective, Policy
from tracker.models.sources import Citation


class PolicyAction(Publishable):
    """One commitment of a policy, in its original wording (the quotation of its citation)."""

    class Domain(models.TextChoices):
        OPERATIONAL = "operational", _("operational")
        LEGAL = "legal", _("legal")
        POLITICAL = "political", _("political")
        ADMINISTRATIVE = "administrative", _("administrative")
        SOCIO_ECONOMIC = "socio-economic", _("socio-economic")
        IDEATIONAL = "ideational", _("ideational")

    class OwnCount(models.TextChoices):
        """Counts that the ledger makes itself, for commitments about the record as such."""

        AREA_COVERAGE = "area-coverage", _("measures with a figure of their own, by area")
        BURDEN = "burden", _("named bodies: security forces and civil bodies")

    MENDABLE = ("title_ur", "wording_ur", "unscored_reason_ur", "remark_ur")

    code = code_field(_("For example azm-1.1; it stands in addresses and files and never changes."))
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="actions", verbose_name=_("policy"))
    objective = models.ForeignKey(
        Objective,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("objective"),
    )
    number = models.CharField(_("number"), max_length=10, help_text=_("As the policy or our grouping numbers it."))
    position = models.PositiveSmallIntegerField(_("position in the policy"))
    title = models.CharField(_("title"), max_length=200, help_text=_("A short name in neutral words."))
    title_ur = models.CharField(_("title in Urdu"), max_length=200, blank=True)
    wording = models.TextField(_("wording"), help_text=_("The commitment as the source words it."))
    wording_ur = models.TextField(_("our translation of the wording"), blank=True)
    domain = models.CharField(_("domain"), max_length=15, choices=Domain)
    area = models.ForeignKey("provinces.Area", models.PROTECT, related_name="+", verbose_name=_("area"))
    starts = PartialDateField(_("starts"), null=True, blank=True)
    due = PartialDateField(_("due"), null=True, blank=True, help_text=_("Empty unless a source gives a deadline."))
    weight = models.DecimalField(
        _("weight"),
        max_digits=7,
        decimal_places=3,
        default=1,
        help_text=_("1 unless the policy weighs its actions."),
    )
    scored = models.BooleanField(_("scored"), default=True)
    unscored_reason = models.CharField(_("why it is not scored"), max_length=200, blank=True)
    unscored_reason_ur = models.CharField(_("why it is not scored, in Urdu"), max_length=200, blank=True)
    remark = models.CharField(
        _("remark on who is named"),
        max_length=200,
        blank=True,
        help_text=_("For example: “authorities” are the speaker, not the owner."),
    )
    remark_ur = models.CharField(_("remark in Urdu"), max_length=200, blank=True)
    own_count = models.CharField(_("own count"), max_length=15, choices=OwnCount, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions",
        verbose_name=_("citation"),
    )
    search = search_field("code", "title", "title_ur", "wording", "wording_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("policy action")
        verbose_name_plural = _("policy actions")
        ordering = ["policy__position", "position", "code"]
        indexes = [
            search_index(),
            models.Index(fields=["policy", "position", "id"], name="policyaction_in_policy"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.UniqueConstraint(
                fields=["policy", "number"],
                condition=Q(withdrawn_in=None),
                name="policyaction_number_once",
                violation_error_message=_("This policy already has an action with this number."),
            ),
            models.CheckConstraint(
                condition=in_order("starts", "due"),
                name="policyaction_dates_in_order",
                violation_error_message=_("An action cannot be due before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="policyaction_weight_positive",
                violation_error_message=_("A weight is greater than 0."),
            ),
            models.CheckConstraint(
                condition=Q(scored=True, unscored_reason="") | Q(scored=False) & ~Q(unscored_reason=""),
                name="policyaction_unscored_has_reason",
                violation_error_message=_("Say why the action is not scored; the reason is published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        if self.objective is not None and self.objective.policy_id != self.policy_id:
            raise ValidationError({"objective": _("This objective belongs to another policy.")})

    def get_absolute_url(self) -> str:
        return reverse("action", args=[self.code])


class ActionLink(Publishable):
    """An action descends from another action, or refers to a whole policy."""

    class Relation(models.TextChoices):
        DESCENDS = "descends", _("descends from")
        REFERS = "refers", _("refers to")

    code = fact_code_field()
    action = models.ForeignKey(PolicyAction, models.PROTECT, related_name="links", verbose_name=_("action"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    to_action = models.ForeignKey(
        PolicyAction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="linked_from",
        verbose_name=_("to the action"),
    )
    to_policy = models.ForeignKey(
        Policy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="linked_from",
        verbose_name=_("to the policy"),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_ur = models.CharField(_("note in Urdu"), max_length=300, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_links",
        verbose_name=_("citation"),
    )

    MENDABLE = ("note_ur",)

    class Meta(Publishable.Meta):
        verbose_name = _("link of an action")
        verbose_name_plural = _("links of actions")
        ordering = ["action", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=Q(to_action=None, to_policy__isnull=False) | Q(to_action__isnull=False, to_policy=None),
                name="actionlink_to_one_thing",
                violation_error_message=_("A link leads to one action or to one policy."),
            ),
            models.CheckConstraint(
                condition=Q(to_action=None) | ~Q(to_action=F("action")),
                name="actionlink_to_another",
                violation_error_message=_("An action cannot be linked to itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action.code} {self.get_relation_display()} {self.to_action or self.to_policy}"


class Milestone(Publishable):
    """A dated step of an action that can be verified, and how."""

    MENDABLE = ("title_ur", "means_of_verification_ur")

    code = code_field(_("For example azm-1.1.m1."))
    action = models.ForeignKey(PolicyAction, models.PROTECT, related_name="milestones", verbose_name=_("action"))
    position = models.PositiveSmallIntegerField(_("position in the action"))
    title = models.CharField(_("title"), max_length=200)
    title_ur = models.CharField(_("title in Urdu"), max_length=200, blank=True)
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    due = PartialDateField(_("due"), null=True, blank=True)
    means_of_verification = models.CharField(
        _("means of verification"),
        max_length=300,
        help_text=_("What a reviewer would look at to see that it is met."),
    )
    means_of_verification_ur = models.CharField(_("means of verification in Urdu"), max_length=300, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=7, decimal_places=3, default=1)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("citation"),
    )
    search = search_field("code", "title", "title_ur", "means_of_verification")

    class Meta(Publishable.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["action", "position", "code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.UniqueConstraint(
                fields=["action", "position"],
                condition=Q(withdrawn_in=None),
                name="milestone_position_once",
                violation_error_message=_("This action already has a milestone in this position."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0),
                name="milestone_weight_positive",
                violation_error_message=_("A weight is greater than 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.action.get_absolute_url()}#{self.code}"


class PlanChange(Publishable):
    """A published change to an action or a milestone. The original is never overwritten.

    A correction of our own typing tells the wording, or the date of the row itself, as it should have been
    entered: that is no change of the plan. A change that was itself typed wrongly is withdrawn and entered anew.
    """

    class Kind(models.TextChoices):
        DEADLINE = "deadline", _("new deadline")
        DROPPED = "dropped", _("dropped")
        WEIGHT = "weight", _("new weight")
        CORRECTION = "correction", _("correction of our own typing")

    code = fact_code_field()
    action = models.ForeignKey(
        PolicyAction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_changes",
        verbose_name=_("action"),
    )
    milestone = models.ForeignKey(
        Milestone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_changes",
        verbose_name=_("milestone"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    new_due = PartialDateField(_("new deadline"), null=True, blank=True)
    new_weight = models.DecimalField(_("new weight"), max_digits=7, decimal_places=3, null=True, blank=True)
    new_wording = models.TextField(_("wording as it should have been typed"), blank=True)
    announced = PartialDateField(_("announced on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, help_text=_("Published."))
    reason_ur = models.CharField(_("reason in Urdu"), max_length=400, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_changes",
        verbose_name=_("citation"),
    )

    MENDABLE = ("reason_ur",)

    class Meta(Publishable.Meta):
        verbose_name = _("plan change")
        verbose_name_plural = _("plan changes")
        ordering = ["edition", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(kind="correction"),
            models.CheckConstraint(
                condition=Q(action=None, milestone__isnull=False) | Q(action__isnull=False, milestone=None),
                name="planchange_of_one_thing",
                violation_error_message=_("A plan change concerns one action or one milestone."),
            ),
            models.CheckConstraint(
                condition=Q(kind="deadline", new_due__isnull=False, new_weight=None, new_wording="")
                | Q(kind="dropped", new_due=None, new_weight=None, new_wording="")
                | Q(kind="weight", new_due=None, new_weight__isnull=False, new_weight__gt=0, new_wording="")
                | Q(kind="correction", new_weight=None) & (Q(new_wording__gt="") | Q(new_due__isnull=False)),
                name="planchange_says_what_changes",
                violation_error_message=_(
                    "A new deadline needs the date, a new weight the number above 0, a correction of our own typing"
                    " the wording or the date as it should have been, and none of them anything else."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="planchange_has_reason",
                violation_error_message=_("Say why the plan changed; the reason is published."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.action or self.milestone}"
