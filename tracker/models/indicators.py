"""What is measured, for which commitment, where, and what it is to reach."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models.actions import PolicyAction
from tracker.models.base import (
    Publishable,
    Replaceable,
    cited_when_published,
    code_field,
    fact_code_field,
    search_field,
    search_index,
)
from tracker.models.policies import Policy
from tracker.models.sources import Citation


class Indicator(Publishable):
    """A defined quantity. Two sources share an indicator only if they count the same thing."""

    class Kind(models.TextChoices):
        INPUT = "input", _("input")
        OUTPUT = "output", _("output")
        OUTCOME = "outcome", _("outcome")

    class Behaviour(models.TextChoices):
        STOCK = "stock", _("stock: how many there are on a day")
        FLOW = "flow", _("flow: how many in a period")
        CUMULATIVE = "cumulative", _("cumulative: how many since a beginning")
        SHARE = "share", _("share: part of a whole, in per cent")

    class Direction(models.TextChoices):
        RISE = "rise", _("should rise")
        FALL = "fall", _("should fall")
        HOLD = "hold", _("should hold")
        NOT_SCORED = "not-scored", _("not scored")

    MENDABLE = (
        "name",
        "name_ur",
        "unit_ur",
        "counted_ur",
        "definition_ur",
        "unscored_reason_ur",
        "position",
        "short_name",
        "short_name_ur",
    )

    code = code_field(_("For example conviction-rate; it stands in addresses and files and never changes."))
    name = models.CharField(_("name"), max_length=200)
    name_ur = models.CharField(_("name in Urdu"), max_length=200, blank=True)
    short_name = models.CharField(
        _("short name"), max_length=40, blank=True, help_text=_("For narrow columns; empty if the name is short.")
    )
    short_name_ur = models.CharField(_("short name in Urdu"), max_length=40, blank=True)
    unit = models.CharField(_("unit"), max_length=60, help_text=_("For example operations, persons, per cent."))
    unit_ur = models.CharField(_("unit in Urdu"), max_length=60, blank=True)
    counted = models.CharField(_("what is counted"), max_length=300)
    counted_ur = models.CharField(_("what is counted, in Urdu"), max_length=300, blank=True)
    definition = models.TextField(
        _("definition"),
        help_text=_("As far as the sources tell it; what they leave unclear is said."),
    )
    definition_ur = models.TextField(_("definition in Urdu"), blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    behaviour = models.CharField(_("behaviour"), max_length=10, choices=Behaviour)
    frequency_months = models.PositiveSmallIntegerField(
        _("reporting frequency in months"),
        null=True,
        blank=True,
        help_text=_("Empty if nobody publishes it regularly."),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    unscored_reason = models.CharField(_("why it is not scored"), max_length=200, blank=True)
    unscored_reason_ur = models.CharField(_("why it is not scored, in Urdu"), max_length=200, blank=True)
    may_exceed_100 = models.BooleanField(_("may exceed 100 per cent"), default=False)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=1000)
    search = search_field("code", "name", "name_ur", "counted", "counted_ur", "definition", "definition_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(direction="not-scored") & ~Q(unscored_reason="")
                | ~Q(direction="not-scored") & Q(unscored_reason=""),
                name="indicator_unscored_has_reason",
                violation_error_message=_("Say why the indicator is not scored; the reason is published."),
            ),
            models.CheckConstraint(
                condition=Q(may_exceed_100=False) | Q(behaviour="share"),
                name="indicator_only_shares_exceed_100",
                violation_error_message=_("Only a share can be allowed to exceed 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6),
                name="indicator_decimals_storable",
                violation_error_message=_("Values are stored with six decimals at most."),
            ),
            models.CheckConstraint(
                condition=Q(frequency_months=None) | Q(frequency_months__gte=1),
                name="indicator_frequency_positive",
                violation_error_message=_("The reporting frequency is at least one month."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.code])

    @property
    def is_share(self) -> bool:
        return self.behaviour == self.Behaviour.SHARE


class IndicatorBreak(Publishable):
    """A date at which what is counted changed; figures on its two sides are not one series."""

    code = fact_code_field()
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="breaks", verbose_name=_("indicator"))
    on = PartialDateField(_("on"))
    description = models.CharField(_("what changed"), max_length=300)
    description_ur = models.CharField(_("what changed, in Urdu"), max_length=300, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="breaks",
        verbose_name=_("citation"),
    )

    MENDABLE = ("description_ur",)

    class Meta(Publishable.Meta):
        verbose_name = _("break of an indicator")
        verbose_name_plural = _("breaks of indicators")
        ordering = ["indicator", "on", "code"]
        constraints = [*Publishable.Meta.constraints, cited_when_published()]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.on}"


class Series(models.Model):
    """An indicator in an area. It holds no fact of its own."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="series", verbose_name=_("indicator"))
    area = models.ForeignKey("provinces.Area", models.PROTECT, related_name="+", verbose_name=_("area"))

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["indicator__position", "indicator__code", "area__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area"],
                name="series_once",
                violation_error_message=_("This indicator already has a series for this area."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}, {self.area_id}"


class Measure(Replaceable):
    """An action is measured by an indicator; or a policy's situation is described by one, never scored."""

    class Use(models.TextChoices):
        IMPLEMENTATION = "implementation", _("implementation")
        SITUATION = "situation", _("situation, never scored")

    code = fact_code_field()
    action = models.ForeignKey(
        PolicyAction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("action"),
    )
    policy = models.ForeignKey(
        Policy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("policy"),
        help_text=_("For the situation that the policy as a whole is about."),
    )
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="measures", verbose_name=_("indicator"))
    use = models.CharField(_("use"), max_length=15, choices=Use)
    area = models.ForeignKey(
        "provinces.Area",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("Whose series stands for the action; empty for the action's own area."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1, help_text=_("The first one leads the row."))
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_ur = models.CharField(_("note in Urdu"), max_length=300, blank=True)

    MENDABLE = ("note_ur",)

    class Meta(Replaceable.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["action", "policy", "position", "code"]
        constraints = [
            *Replaceable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(action=None, policy__isnull=False, use="situation") | Q(action__isnull=False, policy=None),
                name="measure_of_action_or_policy",
                violation_error_message=_(
                    "A measure belongs to an action; one of the situation may belong to a policy."
                ),
            ),
            models.UniqueConstraint(
                fields=["action", "policy", "indicator", "area"],
                condition=Q(edition__isnull=False, withdrawn_in=None),
                nulls_distinct=False,
                name="measure_once",
                violation_error_message=_("This measure is already recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action or self.policy}: {self.indicator}"


class Target(Replaceable):
    """What a series is to reach, and what kind of promise that is.

    A requirement is a duty that binds all: its date may be missing, so distance is shown and pace is not.
    Its full mark is a value, or *all* of what another indicator counts in the same area.
    """

    class Basis(models.TextChoices):
        TARGET = "target", _("target")
        REQUIREMENT = "requirement", _("requirement")
        DIRECTION = "direction", _("direction only")

    code = fact_code_field()
    series = models.ForeignKey(Series, models.PROTECT, related_name="targets", verbose_name=_("series"))
    action = models.ForeignKey(
        PolicyAction,
        models.PROTECT,
        related_name="targets",
        verbose_name=_("action"),
        help_text=_("The commitment that sets it."),
    )
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    whole = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="required_wholes",
        verbose_name=_("all of"),
        help_text=_("For a requirement that binds all: the indicator that counts them all."),
    )
    due = PartialDateField(_("due"), null=True, blank=True)
    interim = models.BooleanField(_("interim"), default=False, help_text=_("A mark on the way to a later target."))
    baseline = models.ForeignKey(
        "tracker.MetricSnapshot",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="baseline_of",
        verbose_name=_("baseline"),
        help_text=_("The figure it starts from; empty if unknown, which is never 0."),
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    note_ur = models.CharField(_("note in Urdu"), max_length=300, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("citation"),
    )

    MENDABLE = ("note_ur",)
    FIGURES = ("value",)

    class Meta(Replaceable.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["series", "due", "code"]
        constraints = [
            *Replaceable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=Q(redacted_in__isnull=False)
                | Q(basis="target", value__isnull=False, whole=None, due__isnull=False)
                | Q(basis="requirement", value__isnull=False, whole=None)
                | Q(basis="requirement", value=None, whole__isnull=False)
                | Q(basis="direction", value=None, whole=None, due=None),
                name="target_says_what_its_basis_needs",
                violation_error_message=_(
                    "A target needs a value and a date; a requirement a value or “all of”; a direction neither."
                ),
            ),
            models.CheckConstraint(
                condition=Q(interim=False) | Q(basis="target"),
                name="target_only_targets_are_interim",
                violation_error_message=_("Only a target with value and date can be an interim one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.get_basis_display()}"

    @property
    def is_readable(self) -> bool:
        """Whether its full mark is on record still: a value that was redacted is not."""
        return self.value is not None or self.whole_id is not None
