"""What the distance and the pace of a series say in one sentence or two, built from the numbers of pace.sql."""

from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, date_long, digits, in_language, number, percent, share
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Reason, State
from tracker.wording import day_or_period, figure


def of_series(distance: Distance) -> SafeString:
    """ "30% of the way from the baseline to the target is covered, where 50% was planned by 22 November 2026." """
    if distance.state == State.NOT_SCORED:
        return format_html(_("Recorded and never judged: {}."), unscored(distance))
    return format_html_join(" ", "{}", ((part,) for part in (way(distance), besides(distance)) if part))


def besides(distance: Distance) -> SafeString:
    """What its three numbers do not say: why there is no verdict, the date, where it leads, and the first plan."""
    parts: list[Any] = []
    if distance.state == State.CANNOT_SAY:
        parts.append(format_html(_("No verdict is given, for {}."), distance.get_reason_display()))
    if distance.state == State.OVERDUE:
        parts.append(format_html(_("It was due by {}."), date_long(distance.target.due)))
    if distance.projected is not None:
        parts.append(format_html(_("At the mean course of its figures it arrives in {}."), bdi(distance.projected)))
    if distance.moved:
        parts.append(_at_first(distance))
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def three_numbers(distance: Distance, values: dict[str, Decimal]) -> list[dict[str, Any]]:
    """Distance covered, time elapsed and pace, each with the arithmetic behind it; none of them without the others."""
    reached, baseline, due = distance.reached, distance.baseline, distance.target.due
    if reached is None or baseline is None or due is None or distance.covered is None or distance.elapsed is None:
        return []
    scored = distance.state not in (State.CANNOT_SAY, State.NOT_SCORED)
    return [
        {"name": _("Distance covered"), "value": share(distance.covered), "note": _points(distance)},
        {"name": _("Time elapsed at the last figure"), "value": share(distance.elapsed), "note": _time(distance)},
        {
            "name": _("Pace"),
            "state": {"state": distance.state, "word": distance.get_state_display()},
            "value": "" if distance.pace is None or not scored else number(distance.pace, 2),
            "note": _quotient(distance, values) if distance.pace is not None and scored else "",
        },
    ]


def _points(distance: Distance) -> str:
    assert distance.reached is not None
    assert distance.baseline is not None
    reached, base, required = (digits(v) for v in (distance.reached.value, distance.baseline.value, distance.required))
    return format_html(_("from baseline to target: {}"), bdi(f"({reached} − {base}) ÷ ({required} − {base})"))


def _time(distance: Distance) -> str:
    assert distance.reached is not None
    assert distance.baseline is not None
    days = [date_long(day) for day in (distance.reached.as_of, distance.baseline.as_of, distance.target.due)]
    return format_html(_("by {}, of the time from {} to {}"), *days)


def _quotient(distance: Distance, values: dict[str, Decimal]) -> str:
    planned = distance.planned if distance.planned is not None else distance.elapsed
    quotient = f"{digits(_hundredfold(distance.covered))} ÷ {digits(_hundredfold(planned))}"
    limits = number(values["on_track_from"]), number(values["behind_below"])
    return format_html(_("{}. On track from {}, slipping from {}, behind below."), bdi(quotient), *limits)


def _hundredfold(value: Decimal | None) -> Decimal:
    assert value is not None
    return (value * 100).quantize(Decimal("0.1"))


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


def way(distance: Distance) -> str:
    reached = distance.reached
    required: Decimal | None = distance.required
    if reached is None:
        return ""
    now = {"value": figure(reached), "day": day_or_period(reached) or _("a day that is not stated")}
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
