"""How a figure, its period and the drift of a deadline are put into words; the same on every page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.redaction import REDACTED, redacted
from azm.lib.templatetags.azm import bdi, date_long, date_range, date_short, digits, english, in_language, number
from tracker.models import MetricSnapshot
from tracker.models.snapshots import WITH_VALUE

QUALIFIERS = {
    MetricSnapshot.Qualifier.AT_LEAST: "≥",
    MetricSnapshot.Qualifier.AT_MOST: "≤",
    MetricSnapshot.Qualifier.ABOUT: "~",
}


def figure(snapshot: MetricSnapshot) -> str:
    """ "≥ 1,346", "44%", "~ 32,000": the value with its qualifier; the unit is told by the indicator.

    Without a value the word in its place: "withheld"; of a figure that was redacted, that it was.
    """
    if snapshot.value is None:
        return redacted() if snapshot.status in WITH_VALUE else str(snapshot.get_status_display())
    indicator = snapshot.series.indicator
    text = digits(snapshot.value)  # with the decimals of the source, whatever others give
    mark = QUALIFIERS.get(MetricSnapshot.Qualifier(snapshot.qualifier), "")
    # Isolated as a whole: in a sentence that runs from the right the signs keep their side.
    return bdi(f"{mark} {text}{'%' if indicator.is_share else ''}".strip())


def figure_with_unit(snapshot: MetricSnapshot) -> str | SafeString:
    """ "22,714 operations", "44%"."""
    indicator = snapshot.series.indicator
    if indicator.is_share or snapshot.value is None:
        return figure(snapshot)
    return format_html("{} {}", figure(snapshot), in_language(indicator, "unit"))


def period(snapshot: MetricSnapshot) -> str | SafeString:
    """ "2023", "Jan 2024 – Jul 2024", "19 Dec 2024"; empty where the source leaves it unstated."""
    start, end = snapshot.period_start, snapshot.period_end
    if end is None:
        return ""
    if start is None or start == end:
        return date_short(end)
    return date_range(start, end)


def day_or_period(snapshot: MetricSnapshot) -> str | SafeString:
    """ "11 September 2024", or "2023": never a day that its source does not give; empty where it gives no time."""
    end = snapshot.period_end
    return date_long(end) if end is not None and end.precision == "day" else period(snapshot)


def attribution(snapshot: MetricSnapshot) -> Any:
    """Who is speaking: the named speaker, or the writer's own words."""
    citation = snapshot.citation
    if citation is None:
        return ""
    return in_language(citation, "speaker") or _("in its own words")


def in_place(snapshot: MetricSnapshot) -> str:
    """ "605 (Pakistan, period not stated; Dunya News)": a figure amid a sentence, with all that tells it apart."""
    publisher = english(snapshot.citation.source.publisher) if snapshot.citation else ""
    return format_html(
        _("{} ({}, {}; {})") if publisher else _("{} ({}, {})"),
        figure(snapshot),
        in_language(snapshot.series.area, "short_name"),
        period(snapshot) or _("period not stated"),
        publisher,
    )


def in_quotes(row: Any, field: str) -> str | SafeString:
    """Words of a source between quotation marks; the word in the place of redacted ones needs none."""
    text = in_language(row, field)
    return text if getattr(row, field) == REDACTED else format_html(_("“{}”"), text)


def drift_sentence(drift: Any) -> str | SafeString:
    """ "Deadline moved 2 times, 14 months later in all."."""
    if not drift.moves:
        return _("The deadline has not moved.") if drift.due_now else _("No deadline published.")
    times = format_html(ngettext("Deadline moved once", "Deadline moved {} times", drift.moves), number(drift.moves))
    by, way = moved_by(drift), (drift.travelled_least, drift.travelled_most)
    if way != tuple(sorted(map(abs, (drift.months_least, drift.months_most)))):
        return format_html(_("{}: {}, after {} there and back."), times, by, _span(*way))
    return format_html(_("{}, {}.") if drift.moves == 1 else _("{}, {} in all."), times, by)


def moved_by(drift: Any) -> str | SafeString:
    """ "14 months later", "21 days earlier", "18 to 31 months later": the deadline in force against the first one."""
    least, most = drift.months_least, drift.months_most
    if least is None:
        return _("no deadline")
    if least == most == 0 and not drift.days:
        return _("as it was at first")
    later = most > 0 or (drift.days or 0) > 0
    if drift.days and abs(drift.days) < 60 and least % 1:
        span = format_html(ngettext("{} day", "{} days", abs(drift.days)), number(abs(drift.days)))
    else:
        span = _span(*sorted(map(abs, (least, most))))
    return format_html(_("{} later") if later else _("{} earlier"), span)


def _span(least: Any, most: Any) -> SafeString:
    if least != most:
        return format_html(_("{} to {} months"), number(least), number(most))
    return format_html(ngettext("{} month", "{} months", 1 if most == 1 else 2), number(most))
