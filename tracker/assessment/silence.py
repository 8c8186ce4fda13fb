"""Silence, as a model: rows of the view of silence.sql, for the edition and the day of the reading that is open."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import number
from tracker.assessment import method
from tracker.assessment.method import Entry, paragraphs
from tracker.assessment.reading import Reading
from tracker.models import MetricSnapshot, PolicyEvent, ProgressUpdate, ReportingDuty, ResponsibleBody

SILENCE_SQL = Path(__file__).with_name("silence.sql")


class DutyState(models.TextChoices):
    SILENT = "silent", _("silent")
    IN_GRACE = "in-grace", _("due, within the days of grace")
    REPORTED = "reported", _("has reported")
    NOT_DUE = "not-due", _("no report due yet")
    ENDED = "ended", _("the duty has ended")


class Silence(models.Model):
    """Silence is said only of a body whose duty to report is published or accepted.

    The next report is due one interval after its last one, or after the day on which the duty surely began. A body is
    silent when the days of grace after the due day have passed too, and the days of silence count from the due day. A
    report that says that there is nothing to report is a report.
    """

    duty = models.OneToOneField(ReportingDuty, models.DO_NOTHING, primary_key=True, related_name="silence")
    begins = models.DateField(_("duty counted from"))
    last = models.ForeignKey(
        ProgressUpdate, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("last report")
    )
    counted_from = models.DateField(_("period from"))
    due = models.DateField(_("report due"))
    days = models.IntegerField(_("days since it was due"), null=True)
    state = models.CharField(_("state"), choices=DutyState)

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_silence"
        ordering = ["due", "duty"]

    def __str__(self) -> str:
        return self.state

    @property
    def is_silent(self) -> bool:
        return self.state == DutyState.SILENT


@method.part("silence", _("Silence"))
def explained(reading: Reading) -> Iterator[Entry]:
    states = dict(Silence.objects.order_by().values_list("state").annotate(n=Count("pk")))
    example: list[str] = [
        format_html(gettext("{}: {}"), label, number(states.get(state, 0))) for state, label in DutyState.choices
    ]
    formula = gettext("silent: day > last report + interval + days of grace")
    yield Entry("silence-states", _("A duty to report"), paragraphs(Silence), formula, example, reverse("silence"))


def duties() -> QuerySet[ReportingDuty]:
    """The duties of the reading that is open, the longest silence first."""
    return (
        ReportingDuty.objects.filter(silence__state__isnull=False)
        .select_related("body", "policy", "silence__last__action", "citation__source")
        .order_by("silence__due", "pk")
    )


def with_last_report(reading: Reading, bodies: QuerySet[ResponsibleBody]) -> QuerySet[Any]:
    """Each with the day of its last report, whether it has a duty to report or not."""
    reports = ProgressUpdate.objects.in_edition(reading.edition).filter(body=OuterRef("pk"), redacted_in=None)
    return bodies.annotate(last_report=Subquery(reports.order_by("-as_of").values("as_of")[:1]))


def searched_texts(reading: Reading) -> QuerySet[PolicyEvent]:
    """The last search for the text of each policy."""
    return (
        PolicyEvent.objects.in_edition(reading.edition)
        .filter(kind=PolicyEvent.Kind.TEXT_SOUGHT, redacted_in=None)
        .order_by("policy_id", "-on", "code")
        .distinct("policy_id")
        .select_related("policy")
    )


def searched_figures(reading: Reading) -> QuerySet[MetricSnapshot]:
    """The searches for a figure that found none, newest first."""
    return (
        MetricSnapshot.objects.in_edition(reading.edition)
        .filter(status=MetricSnapshot.Status.NOT_FOUND, redacted_in=None, gap__code__isnull=False)
        .select_related("series__indicator", "series__area")
        .order_by("-searched_on", "series__indicator__position", "series__area__position", "code")
    )
