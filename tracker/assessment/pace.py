"""Distance and pace of every series that is to reach something. Rows of a view over pace.sql."""

from typing import Any

from django.db import models

from tracker.assessment.schedule import Reason, State
from tracker.models import MetricSnapshot, PolicyAction, Series, Target

AMOUNT: dict[str, Any] = {"max_digits": 20, "decimal_places": 6, "null": True}
SHARE: dict[str, Any] = {"max_digits": 30, "decimal_places": 20, "null": True}


class DistanceQuerySet(models.QuerySet["Distance"]):
    def requirements(self) -> "DistanceQuerySet":
        """Those of duties that bind all, where there is a figure and something to measure it against."""
        return self.filter(target__basis=Target.Basis.REQUIREMENT, reached__isnull=False, required__isnull=False)


class Distance(models.Model):
    """How far a series has come towards a target or a requirement, and whether that is in time.

    The leading figure is divided by what is required, a value or all that another indicator counts in the same area;
    what is short is the difference, in the unit of the indicator. Where the definition changed between the two
    figures, neither is computed.

    Where the figure that it started from is on record, the way covered is (latest − baseline) ÷ (target − baseline),
    and the pace is the way covered, divided by the way planned by the day of the figure.
    """

    # `share` is 0.5 for half; it and `short`, in the unit of the indicator, are NULL where the definition changed between
    # the two figures (`broken`). `covered` and `planned` are parts of the way from the baseline, `pace` is their ratio.

    target = models.OneToOneField(Target, models.DO_NOTHING, primary_key=True, related_name="distance")
    action = models.ForeignKey(PolicyAction, models.DO_NOTHING, related_name="distances")
    series = models.ForeignKey(Series, models.DO_NOTHING, related_name="distances")
    reached = models.ForeignKey(MetricSnapshot, models.DO_NOTHING, null=True, related_name="+")
    whole = models.ForeignKey(MetricSnapshot, models.DO_NOTHING, null=True, related_name="+")
    baseline = models.ForeignKey(MetricSnapshot, models.DO_NOTHING, null=True, related_name="+")
    required = models.DecimalField(**AMOUNT)
    broken = models.BooleanField()
    share = models.DecimalField(**SHARE)
    short = models.DecimalField(**AMOUNT)
    covered = models.DecimalField(**SHARE)
    elapsed = models.DecimalField(**SHARE)
    planned = models.DecimalField(**SHARE)
    pace = models.DecimalField(**SHARE)
    state = models.CharField(choices=State)
    reason = models.CharField(choices=Reason, blank=True)
    projected = models.IntegerField(null=True)

    objects = DistanceQuerySet.as_manager()

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_distance"
        ordering = ["target"]

    def __str__(self) -> str:
        return f"{self.target}: {self.state}"

    @property
    def figure(self) -> MetricSnapshot:
        """The leading figure, where there is one."""
        assert self.reached is not None
        return self.reached
