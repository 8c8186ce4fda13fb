"""The thresholds of the judgements: their words here, their values in thresholds.sql and nowhere else."""

from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

THRESHOLDS: Final[dict[str, Any]] = {
    "on_track_from": _("On track from this pace on: the way covered, divided by the way planned."),
    "behind_below": _(
        "Behind below this: the weight of the steps proved, divided by that of the steps due; or the pace."
    ),
    "late_days": _("Behind if a step is late by more days than this."),
    "least_elapsed": _("No verdict on a pace before this share of the time has passed."),
    "usual_months": _("How often a figure is expected, in months, where its indicator has no reporting frequency."),
    "grace_days": _("Days after which a figure that is due and has not come is too old for a verdict."),
    "rival_days": _("Stocks within this many days of each other are of one time."),
    "period_tolerance": _("Periods whose lengths differ by no more than this share of the longer can be compared."),
    "projection_figures": _("Comparable figures that a projection needs."),
    "projection_years": _("No projection further ahead than this many years."),
    "jump_factor": _("A jump: one figure is this many times the other."),
    "jump_days": _("A jump: within this many days."),
}


def thresholds() -> dict[str, Decimal]:
    """Every threshold with its value, as the functions of the database take it in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, threshold(name) FROM unnest(%s::text[]) AS name", [list(THRESHOLDS)])
        return dict(cursor.fetchall())
