"""How a figure and its period are put into words; the same on every page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import date_short, in_language, number
from tracker.models import MetricSnapshot

QUALIFIERS = {
    MetricSnapshot.Qualifier.AT_LEAST: "≥",
    MetricSnapshot.Qualifier.AT_MOST: "≤",
    MetricSnapshot.Qualifier.ABOUT: "~",
}


def figure(snapshot: MetricSnapshot) -> str | SafeString:
    """ "≥ 1,346", "44%", "~ 32,000": the value with its qualifier; the unit is told by the indicator."""
    indicator = snapshot.series.indicator
    text = number(snapshot.value, indicator.decimals if indicator.decimals else None)
    if indicator.is_share:
        text = format_html("{}%", text)
    mark = QUALIFIERS.get(MetricSnapshot.Qualifier(snapshot.qualifier))
    return format_html("{} {}", mark, text) if mark else text


def figure_with_unit(snapshot: MetricSnapshot) -> str | SafeString:
    """ "22,714 operations", "44%"."""
    indicator = snapshot.series.indicator
    if indicator.is_share:
        return figure(snapshot)
    return format_html("{} {}", figure(snapshot), in_language(indicator, "unit"))


def period(snapshot: MetricSnapshot) -> str | SafeString:
    """ "2023", "Jan 2024 – Jul 2024", "19 Dec 2024"; empty where the source leaves it unstated."""
    start, end = snapshot.period_start, snapshot.period_end
    if end is None:
        return ""
    if start is None or start == end:
        return date_short(end)
    if (start.first_day, end.last_day) == (start.first_day, PartialDate.parse(str(start.first_day.year)).last_day):
        whole_year = start.first_day.month == 1 and start.first_day.day == 1
        if whole_year:
            return date_short(PartialDate.parse(str(start.first_day.year)))
    return format_html("{} – {}", date_short(start), date_short(end))


def attribution(snapshot: MetricSnapshot) -> Any:
    """Who is speaking: the named speaker, or the writer's own words."""
    citation = snapshot.citation
    if citation is None:
        return ""
    return in_language(citation, "speaker") or _("in its own words")
