"""What follows from the facts, as models: rows of views over the SQL functions beside this file.

They answer for the edition and the day of the reading that is open (`assessment/reading.py`).
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from tracker.assessment.schedule import AreaStanding, Standing
from tracker.models import PolicyAction


class Chain(models.Model):
    """The seven links of accountability of one commitment, each present or absent."""

    LINKS: ClassVar[dict[str, Any]] = {
        "owner": _("owner"),
        "measure": _("measure"),
        "baseline": _("baseline"),
        "requirement": _("requirement or target"),
        "deadline": _("deadline"),
        "figure": _("latest figure"),
        "report": _("report"),
    }

    action = models.OneToOneField(PolicyAction, models.DO_NOTHING, primary_key=True, related_name="chain")
    owner = models.BooleanField(LINKS["owner"])
    measure = models.BooleanField(LINKS["measure"])
    baseline = models.BooleanField(LINKS["baseline"])
    requirement = models.BooleanField(LINKS["requirement"])
    deadline = models.BooleanField(LINKS["deadline"])
    figure = models.BooleanField(LINKS["figure"])
    report = models.BooleanField(LINKS["report"])
    links = models.IntegerField(_("links"))

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_chain"
        ordering = ["action"]

    def __str__(self) -> str:
        return f"{self.links} of {len(self.LINKS)}"

    def present(self) -> dict[str, bool]:
        """The links in their order, by the word that a page shows."""
        return {str(word): getattr(self, name) for name, word in self.LINKS.items()}

    def absent(self) -> list[str]:
        """The names of the links that are missing, in their order."""
        return [name for name in self.LINKS if not getattr(self, name)]


READ = "current_setting('azm.edition')::integer, current_setting('azm.day')::date"


def judge(actions: Iterable[PolicyAction]) -> None:
    """Give each of these its chain and its standing. The views pay for all commitments, whichever are asked for."""
    found = {action.pk: action for action in actions}
    keys = [list(found)]
    for chain in Chain.objects.raw(f"SELECT * FROM action_chain({READ}, %s::bigint[])", keys):
        found[chain.pk].chain = chain
    for standing in Standing.objects.raw(f"SELECT * FROM action_standing({READ}, false, %s::bigint[])", keys):
        found[standing.pk].standing = standing


def by_area(action: PolicyAction) -> list[AreaStanding]:
    """Its answers in each area that facts about it name."""
    sql = f"SELECT * FROM action_standing({READ}, true, %s::bigint[])"
    found = list(AreaStanding.objects.raw(sql, [[action.pk]]))
    prefetch_related_objects(found, "area")
    return sorted(found, key=lambda standing: standing.area.position)
