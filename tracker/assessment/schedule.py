"""The three answers of a commitment: reported, evidenced, scheduled. Rows of views over standing.sql."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from provinces.models import Area
from tracker.models import PolicyAction, ProgressUpdate


class State(models.TextChoices):
    """The one scale of commitments and series, in the order in which pages show it; exhaustive and exclusive."""

    DONE = "done", _("done")
    ON_TRACK = "on-track", _("on track")
    SLIPPING = "slipping", _("slipping")
    BEHIND = "behind", _("behind")
    OVERDUE = "overdue", _("overdue")
    NOTHING_DUE = "nothing-due", _("nothing due yet")
    PAUSED = "paused", _("paused")
    DROPPED = "dropped", _("dropped")
    CANNOT_SAY = "cannot-say", _("cannot say")
    NOT_SCORED = "not-scored", _("not scored")


class Reason(models.TextChoices):
    """Why no verdict is given: what is missing, of a plan or of a series."""

    NO_PLAN = "no-plan", _("no dated step and no deadline is published")
    NO_DATES = "no-dates", _("none of its steps has a date")
    UNSCORED = "unscored", _("it is recorded and never judged")
    REDACTED = "redacted", _("it is redacted")
    NOT_SCORED = "not-scored", _("the indicator or the commitment is never judged")
    DIRECTION_ONLY = "direction-only", _("only a direction is set, no value and no date")
    NO_FIGURE = "no-figure", _("no figure is on record")
    NO_WHOLE = "no-whole", _("no figure says how many there are in all")
    FIGURE_UNDATED = "figure-undated", _("the day of the latest figure is not known")
    FIGURE_AFTER_THE_DAY = "figure-after-the-day", _("the latest figure is of a later day")
    DEFINITION_CHANGED = "definition-changed", _("what is counted changed between the figures")
    FIGURE_TOO_OLD = "figure-too-old", _("the latest figure is too old")
    BASELINE_OF_ANOTHER_SERIES = "baseline-of-another-series", _("the baseline belongs to another series")
    PERIODS_DIFFER = "periods-differ", _("the latest figure and the baseline do not count over the same length of time")
    NO_DATE = "no-date", _("no date is published by which it is to be reached")
    NO_BASELINE = "no-baseline", _("the figure that it starts from is not public")
    BASELINE_AFTER_THE_DATE = "baseline-after-the-date", _("the baseline is not of a day before the date")
    TOO_EARLY = "too-early", _("too little of the time had passed by the day of the latest figure")


class Basis(models.TextChoices):
    """What the state of a commitment follows from."""

    STEPS = "steps", _("its milestones")
    SERIES = "series", _("its figures and their target")
    DEADLINE = "deadline", _("its deadline alone")


SHARE: dict[str, Any] = {"max_digits": 30, "decimal_places": 20, "null": True}
WEIGHT: dict[str, Any] = {"max_digits": 20, "decimal_places": 3, "null": True}


class Answers(models.Model):
    """The columns of an answer. What ends in `_now` is against the plan with its published changes, the rest
    against the plan as first published. Shares are of the weight of the milestones, and NULL without any.
    """

    reported = models.ForeignKey(
        ProgressUpdate, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("latest report")
    )
    state = models.CharField(_("state"), choices=State)
    rank = models.IntegerField()
    reason = models.CharField(_("reason"), choices=Reason, blank=True)
    state_now = models.CharField(_("state against the current plan"), choices=State)
    rank_now = models.IntegerField()
    reason_now = models.CharField(choices=Reason, blank=True)
    basis = models.CharField(_("judged by"), choices=Basis, blank=True)
    steps = models.IntegerField()
    steps_due = models.IntegerField()
    steps_late = models.IntegerField()
    steps_said = models.IntegerField(help_text="Said to be met, and not proved.")
    steps_proved = models.IntegerField()
    steps_dropped = models.IntegerField()
    steps_due_now = models.IntegerField()
    steps_late_now = models.IntegerField()
    weight = models.DecimalField(**WEIGHT)
    planned = models.DecimalField(**WEIGHT)
    earned = models.DecimalField(**WEIGHT)
    evidenced = models.DecimalField(_("evidenced"), **SHARE)
    self_reported = models.DecimalField(_("self-reported only"), **SHARE)
    planned_share = models.DecimalField(_("planned by now"), **SHARE)
    weight_now = models.DecimalField(**WEIGHT)
    planned_now = models.DecimalField(**WEIGHT)
    earned_now = models.DecimalField(**WEIGHT)
    evidenced_now = models.DecimalField(**SHARE)
    planned_share_now = models.DecimalField(**SHARE)
    days_late = models.IntegerField(null=True)
    days_late_now = models.IntegerField(null=True)
    due_on = models.DateField(null=True)
    due_on_now = models.DateField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.state


class Standing(Answers):
    """The three answers of a commitment as a whole."""

    action = models.OneToOneField(PolicyAction, models.DO_NOTHING, primary_key=True, related_name="standing")

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_standing"
        ordering = ["action"]


class AreaStanding(Answers):
    """The three answers of a commitment in one area that facts about it name."""

    pk = models.CompositePrimaryKey("action", "area")
    action = models.ForeignKey(PolicyAction, models.DO_NOTHING, related_name="area_standings")
    area = models.ForeignKey(Area, models.DO_NOTHING, related_name="+")

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_areastanding"
        ordering: ClassVar[list[str]] = ["action", "area"]
