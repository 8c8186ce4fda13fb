"""How a plan of steps is judged: what was due, what is proved of it, and how late a step is."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import bdi, digits, number
from tracker.assessment.method import Example, formula, formulas
from tracker.assessment.methods.answers import about
from tracker.assessment.methods.survey import Survey

formulas("plans", gettext_lazy("Plans of steps"))


@formula(
    "plans",
    "planned-share",
    gettext_lazy("Planned by now"),
    gettext_lazy("weight of the steps due ÷ weight of all steps"),
)
def planned_share(reading: Survey) -> Example | None:
    """The share of the weight of the steps whose last day is over.

    A step due in a month or a year that is only named has until its end. Weights are equal unless the policy gives
    them.
    """
    found = reading.standing.get("planned")
    if found is None:
        return None
    quotient = f"{digits(found.planned)} ÷ {digits(found.weight)} = {digits(found.planned_share * 100, 1)}%"
    return about(found.action, bdi(quotient))


@formula(
    "plans",
    "proved-of-due",
    gettext_lazy("Proved of what was due"),
    gettext_lazy("weight of the steps proved ÷ weight of the steps due"),
)
def proved_of_due(reading: Survey) -> Example | None:
    """Below the threshold the commitment is behind. Steps proved ahead of time count."""
    found = reading.standing.get("due")
    if found is None:
        return None
    quotient = f"{digits(found.earned)} ÷ {digits(found.planned)} = {digits(found.earned / found.planned, 2)}"
    return about(found.action, bdi(quotient))


@formula(
    "plans", "days-late", gettext_lazy("How late"), gettext_lazy("the day of judgement − the last day of the step")
)
def days_late(reading: Survey) -> Example | None:
    """The days since the last day of the step that is late the longest and not proved."""
    found = reading.standing.get("late")
    return about(found.action, format_html(_("{days} days"), days=number(found.days_late))) if found else None
