"""The series of areas side by side on one scale: small multiples, sorted by the last value."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.charts import Plot, Point
from azm.lib.templatetags.azm import date_long, in_language, in_language_text, number, plain
from provinces.models import Area
from tracker.assessment.courses import Course
from tracker.frame import href
from tracker.models import MetricSnapshot
from tracker.views.measured import Measured
from tracker.views.timecharts import TimeChart
from tracker.wording import figure

HEIGHT, TOP = 84, 12
LEAST = 2
"""So many areas with several figures are worth a comparison."""


def small_multiples(request: HttpRequest, measured: Measured) -> dict[str, Any] | None:
    """The context of components/small_multiples.html: areas with several figures, then those that withhold them."""
    told = [TimeChart(measured, course) for course in measured.courses if _single(course.area) and course.several]
    if len(told) < LEAST:
        return None
    told.sort(key=lambda chart: (-(chart.course.last.value or 0), chart.course.area.position))
    national = _national(measured)
    plot = _one_scale(told, national)
    silent = [course for course in measured.courses if _single(course.area) and not course.figures and course.missing]
    aimed = any(chart.distances for chart in told)
    return {
        "panels": [
            *(_panel(request, chart, plot, national) for chart in told),
            *(_silent(request, course) for course in silent),
        ],
        "height": plot.foot + 24,
        "plot": plot,
        "years": (plot.first.year, plot.last.year),
        "from_to": {"low": number(plot.values.low), "high": number(plot.values.high)},
        "legend": [
            {"mark": "line", "words": _("the area")},
            *([{"mark": "national", "words": in_language(national.course.area, "short_name")}] if national else []),
            *([{"mark": "reference", "words": _("what it is to reach")}] if aimed else []),
            *([{"mark": "missing", "words": _("no figure, and why")}] if silent else []),
        ],
    }  # fmt: skip


def _single(area: Area) -> bool:
    return area.kind in Area.UNIT_KINDS


def _national(measured: Measured) -> TimeChart | None:
    """The country beside each area, where both are shares; a sum would dwarf its parts."""
    if not measured.indicator.is_share:
        return None
    found = [course for course in measured.courses if course.area.kind == Area.Kind.COUNTRY and course.several]
    return TimeChart(measured, found[0]) if found else None


def _one_scale(told: Sequence[TimeChart], national: TimeChart | None) -> Plot:
    drawn = [*told, national] if national else list(told)
    days = [chart.day(row) for chart in drawn for row in chart.course.figures]
    values = [row.value for chart in drawn for row in chart.course.figures]
    required = [distance.required for chart in told for distance in chart.distances]
    return Plot.over(days, [*values, *required], HEIGHT, TOP)


def _panel(request: HttpRequest, chart: TimeChart, plot: Plot, national: TimeChart | None) -> dict[str, Any]:
    course = chart.course
    area, last = course.area, _place(chart, plot, course.last)
    return {
        "area": area,
        "name": in_language(area, "short_name"),
        "url": href(request, area),
        "title": plain(_told(chart)),
        "pieces": _pieces(chart, plot),
        "points": [_place(chart, plot, row) for row in course.figures],
        "last": last,
        "text": plain(figure(course.last)),
        "national": _pieces(national, plot) if national else [],
        "levels": sorted({plot.down(distance.required) for distance in chart.distances}),
    }


def _told(chart: TimeChart) -> Any:
    course = chart.course
    first, last = course.figures[0], course.last
    return format_html(
        _("{area}: from {first} ({first_day}) to {last} ({last_day})"),
        area=in_language_text(course.area, "name"), first=figure(first), first_day=date_long(first.as_of),
        last=figure(last), last_day=date_long(last.as_of),
    )  # fmt: skip


def _place(chart: TimeChart, plot: Plot, row: MetricSnapshot) -> Point:
    return plot.point(chart.day(row), row.value or Decimal(0))


def _pieces(chart: TimeChart, plot: Plot) -> list[tuple[Point, Point]]:
    return [(_place(chart, plot, one), _place(chart, plot, other)) for one, other in chart.course.joined]


def _silent(request: HttpRequest, course: Course) -> dict[str, Any]:
    latest = max(course.missing, key=lambda row: (row.as_of, row.pk))
    word = str(latest.get_status_display())
    name = in_language_text(course.area, "name")
    return {
        "area": course.area,
        "name": in_language(course.area, "short_name"),
        "url": href(request, course.area),
        "title": _("%(area)s: %(word)s") % {"area": name, "word": word},
        "word": word,
        "reason": latest.no_value_reason,
    }
