"""A chart to take away: the drawing of the page as a file that stands alone."""

from textwrap import wrap
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, in_language_text, number, plain
from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.frame import file_name
from tracker.models import Indicator
from tracker.views.chartwords import chart_context
from tracker.views.measured import Measured
from tracker.views.public import public, standing_or_404
from tracker.views.timecharts import TimeChart, drawable, publisher

PARAMETERS = {"area", "edition", "on"}
HEAD, LINE, TALL_LINE, LETTERS = 88, 19, 28, 108
"""The height above the drawing, that of a line of text and of one in Nastaliq, in pixels; and the letters it holds."""


@public
def indicator_chart(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    """`/indicators/<code>/chart.svg`: the first chart of the page, or with `?area=` that of an area."""
    found = standing_or_404(Indicator, reading, code)
    area = _area(request)
    charts = drawable(Measured(reading, found))
    chart = next((one for one in charts if area is None or one.course.area == area), None)
    if chart is None:
        raise Http404(_("There are too few figures that can be compared to draw a chart of them."))
    name = f"{found.code}-{chart.course.area.slug}-edition-{reading.edition.number}"
    return TemplateResponse(
        request,
        "charts/file.svg",
        file_context(request, reading, chart),
        content_type="image/svg+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name(name, reading.edition, "svg")}"'},
    )


def _area(request: HttpRequest) -> Area | None:
    if unknown := sorted(set(request.GET) - PARAMETERS):
        raise BadRequest(
            _("A chart has no parameter “%(unknown)s”. It has: area.") % {"unknown": ", ".join(unknown)[:100]}
        )
    asked = request.GET.get("area")
    if asked is None:
        return None
    area = Area.objects.filter(code=asked).first()
    if area is None:
        raise BadRequest(_("There is no area “%s”.") % asked[:40])
    return area


def file_context(request: HttpRequest, reading: Reading, chart: TimeChart) -> dict[str, Any]:
    told, line = chart_context(request, chart), TALL_LINE if get_language_bidi() else LINE
    drawn = HEAD + int(told["height"])
    legend = [entry | {"y": drawn + 24 + n * line} for n, entry in enumerate(told["legend"])]
    below = drawn + 24 + len(legend) * line + 14
    lines = _lines(request, reading, chart, told["notes"])
    return told | {
        "legend": legend,
        "heading": in_language_text(chart.indicator, "name"),
        "subheading": plain(format_html(
            _("{}, {}"), in_language_text(chart.course.area, "name"), in_language_text(chart.indicator, "unit")
        )),
        "lines": [{"text": text, "y": below + n * line} for n, text in enumerate(lines)],
        "sources": told["description"],
        "file_height": below + len(lines) * line + 8,
    }  # fmt: skip


def _lines(request: HttpRequest, reading: Reading, chart: TimeChart, notes: list[str]) -> list[str]:
    """What stands below: notes, sources, the edition with its digest, and where the chart is found again."""
    edition = reading.edition
    rows = [*chart.course.figures, *(rival for rival, _figure in chart.course.rivals), *chart.course.missing]
    publishers = list(dict.fromkeys(publisher(row) for row in rows if row.citation))
    day = date_long(timezone.localdate(edition.published_at))
    paragraphs = [
        " ".join(str(plain(note)) for note in notes),
        _("Sources: %(publishers)s.") % {"publishers": _("; ").join(publishers)},
        str(plain(format_html(_("Azm, edition {} of {}"), number(edition.number), day))) + f", sha256:{edition.digest}",
        request.build_absolute_uri(_permanent(reading, chart.indicator)),
    ]
    return [line for text in paragraphs for line in wrap(text, LETTERS, break_long_words=False)]


def _permanent(reading: Reading, indicator: Indicator) -> str:
    """The page as the file shows it: in its edition, and judged on its day where that is another one."""
    query: dict[str, Any] = {"edition": reading.edition.number}
    if reading.on != timezone.localdate(reading.edition.published_at):
        query["on"] = reading.on.isoformat()
    return f"{indicator.get_absolute_url()}?{urlencode(query)}"
