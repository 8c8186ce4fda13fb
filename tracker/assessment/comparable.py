"""Which figures can be set side by side, and why one of them leads. Rows of views over rivals.sql."""

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from tracker.models import MetricSnapshot, Series


class PairQuerySet(models.QuerySet["FigurePair"]):
    def told(self) -> "PairQuerySet":
        """With all that a page says of both figures, in one query."""
        of_figure = ("series__indicator", "series__area", "citation__source")
        return self.select_related(
            "series__indicator", *(f"{side}__{path}" for side in ("figure", "other") for path in of_figure)
        )


class FigurePair(models.Model):
    """Two figures of one series with what can be said of them. Of rivals `figure` would lead; else it is the later."""

    class Verdict(models.TextChoices):
        RIVALS = "rivals", _("rivals: two statements about the same")
        CHANGE = "change", _("a change: two times, to be set side by side")
        JUMP = "jump", _("a jump")
        NOT_COMPARABLE = "not-comparable", _("not comparable")

    class Reason(models.TextChoices):
        AGREE = "agree", _("they agree")
        DISAGREE = "disagree", _("they disagree")
        SAME_ORIGIN = "same-origin", _("one statement, told twice")
        ANOTHER_PERIOD = "another-period", _("they are of different periods")
        SCOPES_DIFFER = "scopes-differ", _("they count in different places")
        DEFINITION_CHANGED = "definition-changed", _("what is counted changed between them")
        PERIOD_NOT_STATED = "period-not-stated", _("a source does not say for which period")
        BEGINNINGS_DIFFER = "beginnings-differ", _("they count since different beginnings")
        LENGTHS_DIFFER = "lengths-differ", _("they count over different lengths of time")

    pk = models.CompositePrimaryKey("figure", "other")
    figure = models.ForeignKey(MetricSnapshot, models.DO_NOTHING, related_name="pairs")
    other = models.ForeignKey(MetricSnapshot, models.DO_NOTHING, related_name="+")
    series = models.ForeignKey(Series, models.DO_NOTHING, related_name="pairs")
    verdict = models.CharField(choices=Verdict)
    reason = models.CharField(choices=Reason)
    difference = models.DecimalField(max_digits=20, decimal_places=6)
    factor = models.DecimalField(max_digits=30, decimal_places=20, null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_figurepair"
        ordering = ["series", "figure", "other"]

    def __str__(self) -> str:
        return f"{self.figure_id}, {self.other_id}: {self.verdict}"


def by_weight() -> Case:
    """Pairs in the order of what a reader must know: disagreement, jumps, what cannot be compared, the rest."""
    verdict, reason = FigurePair.Verdict, FigurePair.Reason
    return Case(
        When(verdict=verdict.RIVALS, reason=reason.DISAGREE, then=Value(1)),
        When(verdict=verdict.JUMP, then=Value(2)),
        When(verdict=verdict.NOT_COMPARABLE, then=Value(3)),
        When(verdict=verdict.CHANGE, then=Value(4)),
        default=Value(5),
        output_field=IntegerField(),
    )


class Lead(models.Model):
    """The leading figure of a series, why it leads, and what its rivals say."""

    class Reason(models.TextChoices):
        ONLY_FIGURE = "only-figure", _("it is the only one on record")
        LATEST_PERIOD = "latest-period", _("it is of the latest period")
        BETTER_ATTRIBUTED = "better-attributed", _("it is the better attributed one for the latest period")
        NEWEST_PUBLISHED = "newest-published", _("it is the newest publication on the latest period")
        LATEST_DAY = "latest-day", _("it is of the latest day")
        ENTERED_LAST = "entered-last", _("nothing tells it from its rivals; it was entered last")

    series = models.OneToOneField(Series, models.DO_NOTHING, primary_key=True, related_name="lead")
    snapshot = models.OneToOneField(MetricSnapshot, models.DO_NOTHING, related_name="lead")
    reason = models.CharField(choices=Reason)
    rivals = models.IntegerField()
    low = models.DecimalField(max_digits=20, decimal_places=6)
    high = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_lead"
        ordering = ["series"]

    def __str__(self) -> str:
        return f"{self.series_id}: {self.reason}"
