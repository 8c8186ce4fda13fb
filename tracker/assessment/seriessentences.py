"""What the distance and the pace of a series say in one sentence or two, built from the numbers of pace.sql."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, date_long, in_language, number, percent, share
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Reason, State
from tracker.wording import figure


def of_series(distance: Distance) -> SafeString:
    """ "30% of the way from the baseline to the target is covered, where 50% was planned by 22 November 2026." """
    if distance.state == State.NOT_SCORED:
        return format_html(_("Recorded and never judged: {}."), unscored(distance))
    parts: list[Any] = [_way(distance)]
    if distance.state == State.CANNOT_SAY:
        parts.append(format_html(_("No verdict is given, for {}."), distance.get_reason_display()))
    if distance.state == State.OVERDUE:
        parts.append(format_html(_("It was due by {}."), date_long(distance.target.due)))
    if distance.projected is not None:
        parts.append(format_html(_("At the mean course of its figures it arrives in {}."), bdi(distance.projected)))
    if distance.moved:
        parts.append(_at_first(distance))
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def unscored(distance: Distance) -> str:
    """Why it is recorded and never judged."""
    if distance.reason == Reason.REDACTED:
        return str(distance.get_reason_display())
    reason = in_language(distance.series.indicator, "unscored_reason") or in_language(
        distance.action, "unscored_reason"
    )
    return reason or str(distance.get_reason_display())


def amount(distance: Distance, value: Decimal | None) -> str:
    """A value of the series, with the sign of a share."""
    return percent(value) if distance.series.indicator.is_share else number(value)


def gap(distance: Distance, value: Decimal) -> str:
    """How much is missing; shares differ by points."""
    return format_html(_("{} points"), number(value)) if distance.series.indicator.is_share else number(value)


def _way(distance: Distance) -> str:
    reached = distance.reached
    required: Decimal | None = distance.required
    if reached is None:
        return ""
    now = {"value": figure(reached), "day": date_long(reached.as_of) or _("a day that is not stated")}
    if required is None:  # a direction, or all of what nobody has counted
        return format_html(_("The latest figure is {value}, of {day}."), **now)
    now["required"] = amount(distance, required)
    if distance.holds:
        return format_html(_("It is to stay at {required}, and was {value} on {day}."), **now)
    return _covered(distance, now) or _reached(distance, now)


def _covered(distance: Distance, now: dict[str, str]) -> str:
    """Of the way from the baseline; nothing without one."""
    covered: Decimal | None = distance.covered
    if covered is None or distance.planned is None or distance.baseline is None:
        return ""
    if covered < 0:
        text = _("It moved away from {required}: from {base} at the baseline to {value} on {day}.")
        return format_html(text, base=figure(distance.baseline), **now)
    text = _("{covered} of the way from the baseline is covered, where {planned} was planned by {day}.")
    return format_html(text, covered=share(covered), planned=share(distance.planned), day=now["day"])


def _reached(distance: Distance, now: dict[str, str]) -> str:
    """Of what is required; of what is to fall there is no share."""
    reached: Decimal | None = distance.share
    short: Decimal | None = distance.short
    if short is None:
        return format_html(_("It was {value} on {day}; {required} is what is to be reached."), **now)
    if reached is None:
        if distance.arrived:
            return format_html(_("It has come to {required}: it was {value} on {day}."), **now)
        text = _("It is to come to {required}, and was {value} on {day}, {gap} away.")
        return format_html(text, gap=gap(distance, abs(short)), **now)
    if short <= 0:
        return format_html(_("{share} of what is required is reached."), share=share(reached))
    text = _("{share} of what is required is reached, {short} short.")
    return format_html(text, share=share(reached), short=gap(distance, short))


def _at_first(distance: Distance) -> str:
    """A target that was moved does not take the verdict on the first one with it."""
    first = distance.first
    told = {
        "value": amount(distance, first.value) if first.value is not None else str(first.get_basis_display()),
        "day": date_long(first.due) or _("no date"),
        "state": distance.get_state_first_display(),
    }
    return format_html(_("The target as first published was {value}, {day}; against it: {state}."), **told)
