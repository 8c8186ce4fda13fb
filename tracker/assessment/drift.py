"""Plan drift, as models: rows of the views of drift.sql, which answer for the edition of the reading that is open."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models import Milestone, PlanChange, PolicyAction

DRIFT_SQL = Path(__file__).with_name("drift.sql")


def _months(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=10, decimal_places=1, null=True)


class Drift(models.Model):
    """The first deadline on record beside the one in force, and how far apart they are.

    Of `changes` only those are `moves` after which the date is surely another one, not just a more precise one.
    `months_least` and `months_most` lead from the first to the last and differ where the two dates are not
    known alike; `travelled_least` and `travelled_most` add up every move, whichever way it went. All four are
    NULL without a deadline. `days` is there where both dates are days.
    """

    due_first = PartialDateField(_("first deadline"), null=True)
    due_now = PartialDateField(_("deadline in force"), null=True)
    changes = models.IntegerField(_("changes of the deadline"))
    moves = models.IntegerField(_("moves of the deadline"))
    months_least = _months(_("months moved, at least"))
    months_most = _months(_("months moved, at most"))
    days = models.IntegerField(_("days moved"), null=True)
    travelled_least = _months(_("months there and back, at least"))
    travelled_most = _months(_("months there and back, at most"))
    weight = models.DecimalField(_("weight in force"), max_digits=7, decimal_places=3)
    dropped = models.BooleanField(_("dropped"))
    last_move = models.ForeignKey(PlanChange, models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        abstract = True
        managed = False
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.due_first} → {self.due_now}"


class ActionDrift(Drift):
    action = models.OneToOneField(PolicyAction, models.DO_NOTHING, primary_key=True, related_name="drift")

    class Meta(Drift.Meta):
        abstract = False
        db_table = "tracker_actiondrift"
        ordering = ["action"]


class StepDrift(Drift):
    milestone = models.OneToOneField(Milestone, models.DO_NOTHING, primary_key=True, related_name="drift")

    class Meta(Drift.Meta):
        abstract = False
        db_table = "tracker_stepdrift"
        ordering = ["milestone"]


def in_order(changes: QuerySet[PlanChange]) -> QuerySet[PlanChange]:
    """By the day of announcement, or of the source, or else of publication: as drift.sql lets them follow."""
    said = Coalesce("announced__last_day", "citation__source__published__last_day", TruncDate("edition__published_at"))
    return changes.order_by(said, "edition", "code")


def drifts[D: Drift](model: type[D], edition: int, things: Iterable[int]) -> dict[int, D]:
    """The plans of these actions or milestones as they stood in any edition, whichever one is being read."""
    function, thing = ("action_drift", "action_id") if model is ActionDrift else ("step_drift", "milestone_id")
    found = model._default_manager.raw(
        f"SELECT * FROM {function}(%(edition)s) WHERE {thing} = ANY(%(things)s)",
        {"edition": edition, "things": list(things)},
    )
    return {drift.pk: drift for drift in found}
