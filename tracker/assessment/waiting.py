"""Which body holds up which, as a model: rows of the view of waiting.sql, for the reading that is open."""

from collections.abc import Iterator
from pathlib import Path

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import number
from tracker.assessment import method
from tracker.assessment.method import Entry, paragraphs
from tracker.assessment.reading import Reading
from tracker.models import ProgressUpdate, ResponsibleBody

WAITING_SQL = Path(__file__).with_name("waiting.sql")


class Waiting(models.Model):
    """A commitment waits for a body as long as the latest report of whoever said so still says it.

    A later report by the same reporter on the same thing that no longer names the body ends the wait. So does the
    step being met, or the commitment or the step being dropped. It has lasted since the first of the reports in a
    row that name the body.
    """

    update = models.OneToOneField(ProgressUpdate, models.DO_NOTHING, primary_key=True, related_name="waiting")
    waiter = models.ForeignKey(
        ResponsibleBody, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("who waits")
    )
    holder = models.ForeignKey(
        ResponsibleBody, models.DO_NOTHING, related_name="+", verbose_name=_("who is waited for")
    )
    since = models.DateField(_("waiting since"))
    told = models.IntegerField(_("reports that say so"))

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_waiting"
        ordering = ["since", "update"]

    def __str__(self) -> str:
        return f"{self.holder_id} since {self.since}"


@method.part("waiting", _("Waiting on"))
def explained(reading: Reading) -> Iterator[Entry]:
    example: list[str] = [format_html(gettext("{}: {}"), gettext("open waits"), number(Waiting.objects.count()))]
    yield Entry("waiting-open", _("An open wait"), paragraphs(Waiting), example=example, url=reverse("waiting"))


def waits() -> QuerySet[ProgressUpdate]:
    """The reports that say of an open wait, longest first; in the reading that is open."""
    return (
        ProgressUpdate.objects.filter(waiting__since__isnull=False)
        .select_related(
            "waiting__waiter", "waiting__holder", "body", "action__policy", "milestone", "area", "citation__source"
        )
        .order_by("waiting__since", "pk")
    )
