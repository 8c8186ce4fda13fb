"""One indicator: who says what, where and when."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from azm.lib.templatetags.azm import in_language
from provinces.models import COUNTRY
from tracker.assessment.areas import OnePeriod
from tracker.assessment.indicatorsentence import of_indicator
from tracker.assessment.reading import Reading
from tracker.challenges.shown import shown_beside_figures
from tracker.frame import href
from tracker.models import Citation, Indicator, Measure, MetricSnapshot
from tracker.publishing.scopes import of_indicator as scope_of_indicator
from tracker.remarks import panel
from tracker.views.areas import dot_table, indicator_tiles
from tracker.views.chartwords import chart_context
from tracker.views.history import addresses, history
from tracker.views.measured import Measured
from tracker.views.public import public, standing_or_404
from tracker.views.series import leads, pairs, targets
from tracker.views.smallmultiples import small_multiples
from tracker.views.timecharts import TimeChart, drawable
from tracker.wording import figure, period

OPEN = 20
"""So many statements are shown at once; of more, those that do not lead their series are folded away."""


@public
def indicator(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(Indicator, reading, code)
    measured = Measured(reading, found)
    said = OnePeriod.of(reading, found)
    by_area = said is not None and said.covered > 1
    context = {
        "indicator": found,
        "finding": of_indicator(
            found, measured.leads_told, said if by_area else None, list(measured.distances.values())
        ),
        "dots": dot_table(request, said) if said and by_area else None,
        "map": indicator_tiles(request, said) if said and by_area else None,
        "charts": [with_files(request, chart) for chart in drawable(measured)],
        "multiples": small_multiples(request, measured),
        "targets": targets(request, measured),
        "leads": leads(request, measured),
        **_statements(request, measured),
        "pairs": pairs(request, measured),
        "breaks": measured.breaks,
        "findings": panel(request, reading, {MetricSnapshot: Q(series__indicator=found)}, found.code),
        "measures": Measure.objects.in_edition(reading.edition)
        .filter(indicator=found)
        .select_related("action__policy", "policy")
        .order_by("action__policy__position", "action__position", "code"),
        "history": history(request, reading, "indicator", found, scope_of_indicator(found, reading.edition)),
        "histories": _histories(request, reading, found),
    }
    context["country_first"] = bool(context["charts"]) and context["charts"][0]["area"].code == COUNTRY
    return TemplateResponse(request, "tracker/indicator.html", context)


def with_files(request: HttpRequest, chart: TimeChart) -> dict[str, Any]:
    """The context of a chart, and where its figures and its drawing can be taken from."""
    code, area = chart.indicator.code, chart.course.area.code
    return chart_context(request, chart) | {
        "svg_url": href(request, f"{reverse('indicator-chart', args=[code])}?area={area.replace('+', '%2B')}"),
        "csv_url": href(request, f"{reverse('snapshots-csv')}?indicator={code}&area={area.replace('+', '%2B')}"),
    }


def _statements(request: HttpRequest, measured: Measured) -> dict[str, Any]:
    """Every statement with its words; of very many, those that lead and the rest apart."""
    rows = measured.statements
    for row in rows:
        row.period_words, row.figure_words = period(row), figure(row)
    shown = [row for row in rows if row.leads] if len(rows) > OPEN else rows
    return {
        "statements": shown,
        "other_statements": [row for row in rows if not row.leads] if len(rows) > OPEN else [],
        "statements_url": href(request, f"{reverse('snapshots-csv')}?indicator={measured.indicator.code}"),
        "repeats": _repeats(measured.reading, rows),
        **shown_beside_figures(measured.reading, rows),
    }


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
