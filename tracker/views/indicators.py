"""One indicator: who says what, where and when."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.templatetags.azm import date_short, digits, in_language, in_language_text
from tracker.assessment.areas import OnePeriod
from tracker.assessment.headlines import is_headline
from tracker.assessment.reading import Reading
from tracker.challenges.shown import shown_beside_figures
from tracker.frame import href
from tracker.models import Citation, Indicator, IndicatorBreak, Measure, MetricSnapshot
from tracker.publishing.scopes import of_indicator
from tracker.remarks import panel
from tracker.views.areas import dot_table, indicator_tiles
from tracker.views.commitments import source_link
from tracker.views.history import addresses, history
from tracker.views.public import public, standing_or_404
from tracker.views.series import leads, pairs, targets
from tracker.wording import figure, period

PLOT_HEIGHT, PLOT_TOP = 240, 20  # as templates/charts/line.svg draws it


@public
def indicator(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(Indicator, reading, code)
    edition = reading.edition
    statements: list[Any] = list(
        MetricSnapshot.objects.in_edition(edition)
        .filter(series__indicator=found)
        .select_related("series__indicator", "series__area", "citation__source")
        .annotate(leads=is_headline(reading))
        .order_by("series__area__position", "-as_of", "code")
    )
    for statement in statements:
        statement.period_words, statement.figure_words = period(statement), figure(statement)
    said = OnePeriod.of(reading, found)
    by_area = said is not None and said.covered > 1
    context = {
        "indicator": found,
        "statements": statements,
        "statements_url": href(request, f"{reverse('snapshots-csv')}?indicator={found.code}"),
        "repeats": _repeats(reading, statements),
        **shown_beside_figures(reading, statements),
        "dots": dot_table(request, said) if said and by_area else None,
        "map": indicator_tiles(request, said) if said and by_area else None,
        "charts": line_charts(request, found, statements),
        "leads": leads(request, found),
        "pairs": pairs(request, found),
        "targets": targets(request, reading, found),
        "breaks": IndicatorBreak.objects.in_edition(edition).filter(indicator=found).select_related("citation__source"),
        "findings": panel(request, reading, {MetricSnapshot: Q(series__indicator=found)}, found.code),
        "measures": Measure.objects.in_edition(edition)
        .filter(indicator=found)
        .select_related("action__policy", "policy")
        .order_by("action__policy__position", "action__position", "code"),
        "history": history(request, reading, "indicator", found, of_indicator(found, edition)),
        "histories": _histories(request, reading, found),
    }
    return TemplateResponse(request, "tracker/indicator.html", context)


def _histories(request: HttpRequest, reading: Reading, indicator: Indicator) -> list[dict[str, Any]]:
    """The history of each series that ever had a statement, where there are several."""
    series = indicator.series.filter(snapshots__edition__lte=reading.edition).select_related("area")
    areas = [one.area for one in series.order_by("area__position").distinct()]
    return [
        {
            "name": in_language(area, "name"),
            "url": addresses(request, {"indicator": indicator.code, "area": area.code})["url"],
        }
        for area in areas
        if len(areas) > 1
    ]


def _repeats(reading: Reading, statements: list[MetricSnapshot]) -> list[Citation]:
    """Other outlets with the same statements; each counts once with its original."""
    cited = {snapshot.citation_id for snapshot in statements}
    return list(
        Citation.objects.in_edition(reading.edition)
        .filter(repeats__in=[pk for pk in cited if pk])
        .select_related("source", "repeats__source")
        .order_by("code")
    )


def line_charts(request: HttpRequest, indicator: Indicator, statements: list[MetricSnapshot]) -> list[dict[str, Any]]:
    """One chart for each series that has figures of at least three different days and one and the same kind of
    period: a year's flow and a month's flow are not one line.
    """
    series: dict[str, list[MetricSnapshot]] = {}
    for snapshot in statements:
        if snapshot.value is not None and (indicator.behaviour in ("stock", "share") or _whole_year(snapshot)):
            series.setdefault(snapshot.series.area_id, []).append(snapshot)
    return [
        _line_chart(request, indicator, points)
        for points in series.values()
        if len({point.as_of for point in points}) >= 3
    ]


def _points(snapshots: list[MetricSnapshot]) -> list[tuple[date, Decimal | None]]:
    """One point for each day; the line breaks where another publisher goes on, for theirs is another count."""
    by_day: dict[date, MetricSnapshot] = {}
    for snapshot in snapshots:
        if snapshot.as_of is not None:
            by_day.setdefault(_middle(snapshot), snapshot)
    points: list[tuple[date, Decimal | None]] = []
    publisher = None
    for day, snapshot in sorted(by_day.items()):
        now = snapshot.citation.source.publisher if snapshot.citation else None
        if points and now != publisher:
            points.append((day, None))
        points.append((day, snapshot.value))
        publisher = now
    return points


def _middle(snapshot: MetricSnapshot) -> date:
    """The middle of the period that the figure stands for: a year's figure belongs over its year."""
    assert snapshot.as_of is not None
    if snapshot.period_end is None:
        return snapshot.as_of
    first = (snapshot.period_start or snapshot.period_end).first_day
    middle: date = first + (snapshot.period_end.last_day - first) / 2
    return middle


def _whole_year(snapshot: MetricSnapshot) -> bool:
    return snapshot.period_end is not None and snapshot.period_end.precision == "year"


def _line_chart(request: HttpRequest, indicator: Indicator, snapshots: list[MetricSnapshot]) -> dict[str, Any]:
    area = snapshots[0].series.area
    points = _points(snapshots)
    days = charts.Scale.of_days(points[0][0], points[-1][0])
    values = charts.Scale.over([value for _day, value in points])
    last = points[-1][1]
    unit = in_language_text(indicator, "unit")
    return {
        "id": f"line-{area.slug}",
        "area": area,
        "title": _("%(indicator)s, %(area)s (%(unit)s)")
        % {"indicator": in_language_text(indicator, "name"), "area": in_language_text(area, "name"), "unit": unit},
        "line": charts.line(points, days, values, PLOT_HEIGHT, PLOT_TOP),
        "ticks": [
            {"y": values.down(tick.value, PLOT_HEIGHT, PLOT_TOP), "text": digits(tick.value)} for tick in values.ticks()
        ],
        "years": charts.years(days, every=1 + (points[-1][0].year - points[0][0].year) // 6),
        "label": digits(last),
        "head": [_("As of"), unit, _("Source")],
        "rows": [
            [date_short(snapshot.as_of), figure(snapshot), source_link(request, snapshot)] for snapshot in snapshots
        ],
    }
