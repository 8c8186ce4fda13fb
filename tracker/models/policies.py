"""Policies, what they continue, and how their commitments are grouped."""

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
from tracker.models.sources import Citation


class Policy(Publishable):
    """A strategy document with a period; its text public, partly public, or only named by others."""

    class Text(models.TextChoices):
        PUBLIC = "public", _("text public")
        PARTLY = "partly", _("text partly public")
        NAMED = "named", _("named only, text not public")

    MENDABLE = ("name", "name_ur", "short_name", "short_name_ur", "note_ur", "position")

    code = code_field(_("For example nisp-2023-2028."))
    name = models.CharField(_("name"), max_length=200)
    name_ur = models.CharField(_("name in Urdu"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60)
    short_name_ur = models.CharField(_("short name in Urdu"), max_length=60, blank=True)
    starts = PartialDateField(_("starts"), null=True, blank=True)
    ends = PartialDateField(_("ends"), null=True, blank=True)
    text = models.CharField(_("the text"), max_length=10, choices=Text)
    note = models.TextField(_("note"), blank=True)
    note_ur = models.TextField(_("note in Urdu"), blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policies",
        verbose_name=_("citation"),
    )
    position = models.PositiveSmallIntegerField(_("position in lists"))
    search = search_field("code", "name", "name_ur", "short_name", "short_name_ur", "note", "note_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["position", "code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=in_order("starts", "ends"),
                name="policy_period_in_order",
                violation_error_message=_("A policy cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policy", args=[self.code])


class PolicyEvent(Publishable):
    """Something dated that happened to a policy, or a search for its text that found none."""

    class Kind(models.TextChoices):
        APPROVED = "approved", _("approved")
        ANNOUNCED = "announced", _("announced")
        REVISED = "revised", _("revised")
        DECIDED = "decided", _("decision under it")
        SAID = "said", _("statement about it")
        TEXT_SOUGHT = "text-sought", _("text searched for and not found")

    MENDABLE = ("account_ur",)

    code = fact_code_field()
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="events", verbose_name=_("policy"))
    on = PartialDateField(_("on"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    account = models.CharField(_("account"), max_length=400, help_text=_("One neutral sentence; of a search, where."))
    account_ur = models.CharField(_("account in Urdu"), max_length=400, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="policy_events",
        verbose_name=_("citation"),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("policy event")
        verbose_name_plural = _("policy events")
        ordering = ["policy", "on", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(kind="text-sought"),
            models.CheckConstraint(
                condition=~Q(account=""),
                name="policyevent_has_account",
                violation_error_message=_("Say in a sentence what happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.short_name}, {self.on}: {self.account}"


class LineageClaim(Publishable):
    """Somebody says that a policy continues, revises or belongs to another. Claims may contradict each other."""

    class Relation(models.TextChoices):
        CONTINUES = "continues", _("continues")
        REVISES = "revises", _("revises")
        REVIVES = "revives", _("re-energises")
        PART_OF = "part-of", _("is part of")

    code = fact_code_field()
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="lineage", verbose_name=_("policy"))
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    predecessor = models.ForeignKey(
        Policy, models.PROTECT, related_name="lineage_back", verbose_name=_("earlier policy")
    )
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lineage_claims",
        verbose_name=_("citation"),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("lineage claim")
        verbose_name_plural = _("lineage claims")
        ordering = ["policy", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=~Q(policy=F("predecessor")),
                name="lineageclaim_of_two_policies",
                violation_error_message=_("A policy cannot continue itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.short_name} {self.get_relation_display()} {self.predecessor.short_name}"


class Objective(Publishable):
    """A line of effort or a chapter of a policy. Where the grouping is ours, every page says so."""

    class Grouping(models.TextChoices):
        POLICY = "policy", _("the policy's own")
        SPEAKER = "speaker", _("a speaker's summary")
        AZM = "azm", _("grouping by Azm")

    MENDABLE = ("name", "name_ur", "words_ur")

    code = code_field(_("For example azm-e-istehkam.o1."))
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="objectives", verbose_name=_("policy"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    name_ur = models.CharField(_("name in Urdu"), max_length=200, blank=True)
    grouping = models.CharField(_("whose grouping"), max_length=10, choices=Grouping)
    words = models.CharField(
        _("words"), max_length=200, blank=True, help_text=_("The few words of the quotation that it stands for.")
    )
    words_ur = models.CharField(_("our translation of the words"), max_length=200, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="objectives",
        verbose_name=_("citation"),
        help_text=_("The policy's own words for this line of effort."),
    )
    search = search_field("code", "name", "name_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["policy", "grouping", "number", "code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            cited_when_published(grouping="azm"),
            models.UniqueConstraint(
                fields=["policy", "grouping", "number"],
                condition=Q(withdrawn_in=None),
                name="objective_number_once",
                violation_error_message=_("This policy already has an objective with this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Statement(Publishable):
    """What a source says in words only: an aim, a description of the situation, a result without a figure.

    The words are quoted, never paraphrased into a status, and enter no count.
    """

    class Kind(models.TextChoices):
        AIM = "aim", _("stated aim")
        SITUATION = "situation", _("the situation in words")
        RESULT = "result", _("a result without a figure")

    code = fact_code_field()
    policy = models.ForeignKey(Policy, models.PROTECT, related_name="statements", verbose_name=_("policy"))
    action = models.ForeignKey(
        "tracker.PolicyAction",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("action"),
    )
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.CharField(_("words"), max_length=200, help_text=_("The few words that matter, from the quotation."))
    words_ur = models.CharField(_("our translation into Urdu"), max_length=200, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("citation"),
    )

    MENDABLE = ("words_ur",)

    class Meta(Publishable.Meta):
        verbose_name = _("statement in words")
        verbose_name_plural = _("statements in words")
        ordering = ["policy", "kind", "code"]
        constraints = [*Publishable.Meta.constraints, cited_when_published()]

    def __str__(self) -> str:
        return self.words
