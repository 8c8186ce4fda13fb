"""What is to be read below a chart against time: legend, notes, description, and the figures as a table."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib import charts
from azm.lib.templatetags.azm import (
    bdi,
    date_short,
    digits,
    english,
    in_language,
    in_language_text,
    number,
    plain,
)
from tracker.models import MetricSnapshot, Target
from tracker.views.chartlabels import aimed, levels, placed
from tracker.views.commitments import source_link
from tracker.views.timecharts import TimeChart, publisher
from tracker.wording import day_or_period, figure, period

LEVEL = 40
"""The height of the axis of years below the foot of the plot, in pixels."""


def chart_context(request: HttpRequest, chart: TimeChart) -> dict[str, Any]:
    """The context of components/line_chart.html, and of the file."""
    area, plot = chart.course.area, chart.plot
    return {
        "id": f"line-{area.slug}",
        "area": area,
        "chart": chart,
        "height": plot.foot + LEVEL,
        "head": head(chart),
        "latest": format_html("{} ({})", figure(chart.course.last), _when(chart.course.last)),
        "title": title(chart),
        "description": description(chart),
        "unit": "%" if chart.indicator.is_share else "",
        "ticks": [{"y": plot.down(tick.value), "text": digits(tick.value)} for tick in plot.ticks()],
        "wide_figures": max(len(digits(tick.value)) for tick in plot.ticks()) > 5,
        "years": plot.years(),
        "today_at": charts.percent(chart.today_at) if chart.today_at is not None else None,
        "bands": chart.gaps,
        "breaks": [charts.percent(share) for _row, share in chart.breaks],
        "dots": list(_dots(chart)),
        "labels": placed(chart),
        "legend": list(legend(chart)),
        "notes": list(notes(chart)),
        "columns": [_("As of"), in_language(chart.indicator, "unit"), _("What it is"), _("Source")],
        "rows": rows(request, chart),
    }


def head(chart: TimeChart) -> str:
    """What the section is called."""
    if not chart.distances:
        return _("Over time")
    required = all(distance.target.basis == Target.Basis.REQUIREMENT for distance in chart.distances)
    return _("Against what is required") if required else _("Against its target")


def title(chart: TimeChart) -> str:
    told = {field: in_language_text(chart.indicator, field) for field in ("name", "unit")}
    area = in_language_text(chart.course.area, "name")
    return _("%(indicator)s, %(area)s (%(unit)s)") % {"indicator": told["name"], "area": area, "unit": told["unit"]}


def description(chart: TimeChart) -> SafeString:
    """The line in a sentence, for those who do not see it."""
    first, last = chart.course.figures[0], chart.course.last
    count = len(chart.course.figures)
    text = ngettext(
        "{n} figure, {last} ({last_day}).", "{n} figures, from {first} ({first_day}) to {last} ({last_day}).", count
    )
    told = format_html(
        text, n=number(count), first=figure(first), first_day=_day(first),
        last=figure(last), last_day=_day(last),
    )  # fmt: skip
    return format_html_join(
        " ", "{}", ((part,) for part in [told, *(format_html("{}.", aimed(aims)) for aims in levels(chart).values())])
    )


def _dots(chart: TimeChart) -> Iterator[dict[str, Any]]:
    for row, point in zip(chart.course.figures, chart.points, strict=True):
        name = publisher(row)
        yield {
            "point": point,
            "shape": chart.publishers[name],
            "last": row is chart.course.last,
            "title": plain(format_html(_("{}: {}, {}"), _when(row), figure(row), bdi(name))),
        }


def _when(row: MetricSnapshot) -> Any:
    return period(row) or _("period not stated")


def _day(row: MetricSnapshot) -> Any:
    return day_or_period(row) or _("period not stated")


# Below the chart


def legend(chart: TimeChart) -> Iterator[dict[str, Any]]:
    """Only what occurs, and nothing that has its label in the chart."""
    lined = {publisher(row) for pair in chart.course.joined for row in pair}
    by_shape: dict[str, list[str]] = {}
    for name, shape in chart.publishers.items():
        by_shape.setdefault(shape, []).append(name)
    for shape, names in by_shape.items():
        yield {"mark": f"line-{shape}" if lined & set(names) else shape, "words": english("; ".join(names))}
    paths = [aim.path for aim in chart.aims if aim.path]
    if paths:
        straight = all(len(path) == 1 for path in paths)
        words = _("required path, straight line") if straight else _("required path, through interim targets")
        yield {"mark": "path", "words": words}
    if chart.projections:
        yield {"mark": "ahead", "words": _("mean course of its figures, continued")}
    if chart.rivals:
        yield {"mark": "rival", "words": _("another statement about the same time, tied to the figure that leads")}
    if chart.replaced:
        yield {"mark": "replaced", "words": _("as first published, later replaced")}
    if chart.gaps:
        said = sorted({str(MetricSnapshot.Status(gap.status).label) for gap in chart.gaps})
        yield {"mark": "missing", "words": _(", ").join(said)}
    for row, _share in chart.breaks:
        yield {"mark": "break", "words": format_html(_("{}: {}"), date_short(row.on), in_language(row, "description"))}


def notes(chart: TimeChart) -> Iterator[str]:
    """What the margin says of the axes and of what is not drawn."""
    if chart.plot.values.low:
        yield format_html(_("The scale starts at {}."), number(chart.plot.values.low))
    if not chart.course.joined:
        yield _("No line: no two neighbouring figures are of one publisher and count the same.")
    elif len(chart.publishers) > 1:
        yield _("The line breaks where another publisher goes on.")
    if chart.at_the_end and any(row.period_start for row in chart.course.figures):
        yield _("Each figure stands at the last day of its period.")
    if any(row.period_end is None for row in chart.course.figures):
        yield _("Where a source leaves the day out, the day of its publication stands for it.")
    if count := chart.course.left_out:
        text = ngettext(
            "{} statement cannot stand on this axis; it is in the table of every statement.",
            "{} statements cannot stand on this axis; they are in the table of every statement.",
            count,
        )
        yield format_html(text, number(count))


def rows(request: HttpRequest, chart: TimeChart) -> list[list[Any]]:
    """Everything that is drawn, the latest first: as of, value, what it is, source."""
    course = chart.course
    told = [(row, _("leads its period")) for row in course.figures]
    told += [(row, _("rival")) for row, _figure in course.rivals]
    told += [(row, "") for row in course.missing]
    told.sort(key=lambda pair: (pair[0].as_of, pair[0].pk), reverse=True)
    return [[_when(row), figure(row), what, source_link(request, row) if row.citation else ""] for row, what in told]
