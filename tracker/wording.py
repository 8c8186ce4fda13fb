"""How a figure and its period are put into words; the same on every page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.redaction import REDACTED, redacted
from azm.lib.templatetags.azm import bdi, date_range, date_short, digits, in_language
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


def attribution(snapshot: MetricSnapshot) -> Any:
    """Who is speaking: the named speaker, or the writer's own words."""
    citation = snapshot.citation
    if citation is None:
        return ""
    return in_language(citation, "speaker") or _("in its own words")


def in_quotes(row: Any, field: str) -> str | SafeString:
    """Words of a source between quotation marks; the word in the place of redacted ones needs none."""
    text = in_language(row, field)
    return text if getattr(row, field) == REDACTED else format_html(_("“{}”"), text)
