"""Area × measure as a table, and one measure of it as tiles."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.templatetags.azm import date_long, digits, in_language, in_language_text, number
from provinces.models import Area
from tracker.assessment.areas import AreaMatrix
from tracker.frame import href
from tracker.models import Indicator, MetricSnapshot
from tracker.views.commitments import source_link
from tracker.wording import figure, period

HUNDRED = Decimal(100)


def area_table(request: HttpRequest, matrix: AreaMatrix) -> dict[str, Any]:
    """The context of components/area_measures.html. A figure leads to its statements."""
    return {
        "columns": [
            {"label": in_language(i, "short_name") or in_language(i, "name"), "unit": "%" if i.is_share else ""}
            for i in matrix.indicators
        ],
        "rows": [
            {
                "name": in_language(area, "name"),
                "url": href(request, area),
                "kind": {Area.Kind.GROUP: "joint", Area.Kind.COUNTRY: "country"}.get(Area.Kind(area.kind), "area"),
                "cells": [area_cell(request, matrix, area, indicator) for indicator in matrix.indicators],
            }
            for area in matrix.rows
        ],
        "totals": {
            "label": _("Areas with a figure of their own"),
            "cells": [
                format_html(_("{} of {}"), number(matrix.covered(indicator)), number(len(matrix.units)))
                for indicator in matrix.indicators
            ],
        },
    }


def area_cell(request: HttpRequest, matrix: AreaMatrix, area: Area, indicator: Indicator) -> dict[str, Any]:
    """The figure, or the word that says why there is none."""
    snapshot = matrix.figures.get((area.code, indicator.pk))
    if snapshot is not None:
        return {"text": figure(snapshot), "url": href(request, snapshot)}
    if matrix.joint_only(area, indicator):
        return {"word": _("joint only")}
    stated = matrix.without_value.get((area.code, indicator.pk))
    if stated is None:
        return {"word": _("no figure")}
    if stated.status == MetricSnapshot.Status.NOT_FOUND:
        return {"word": format_html(_("none found, searched on {}"), date_long(stated.searched_on))}
    return {"word": stated.get_status_display()}


def tile_map(request: HttpRequest, matrix: AreaMatrix) -> dict[str, Any] | None:
    """The context of components/tile_map.html for the measure that most areas have; None if none has two."""
    indicator = max(matrix.indicators, key=matrix.covered, default=None)
    if indicator is None or matrix.covered(indicator) < 2:
        return None
    return indicator_tiles(request, matrix, indicator)


def indicator_tiles(request: HttpRequest, matrix: AreaMatrix, indicator: Indicator) -> dict[str, Any]:
    scale = value_scale(matrix, indicator)
    national = matrix.figures.get(("PK", indicator.pk))
    some = next((s for (_area, pk), s in matrix.figures.items() if pk == indicator.pk), None)
    name = in_language_text(indicator, "name")
    return {
        "indicator": indicator,
        "url": href(request, indicator),
        "title": name,
        "title_lines": charts.wrap(name, 24),
        "national": {"name": _("Pakistan"), "text": figure(national)} if national else None,
        "tiles": [_tile(request, matrix, area, indicator, scale) for area in matrix.units if area.tile_row is not None],
        "source": format_html("{}: {}", in_language(indicator, "unit"), source_link(request, some)) if some else "",
        "period": period(national or some) if (national or some) else "",
    }


def _tile(
    request: HttpRequest, matrix: AreaMatrix, area: Area, indicator: Indicator, scale: charts.Scale
) -> dict[str, Any]:
    snapshot = matrix.figures.get((area.code, indicator.pk))
    return {
        "box": charts.tile(area.tile_row or 0, area.tile_column or 0),
        "lines": charts.wrap(in_language_text(area, "short_name")),
        "name": in_language_text(area, "name"),
        "url": href(request, area),
        "text": figure(snapshot) if snapshot else "",
        "step": charts.shade(snapshot.value, scale) if snapshot else None,
        "word": "" if snapshot else area_cell(request, matrix, area, indicator)["word"],
    }


def value_scale(matrix: AreaMatrix, indicator: Indicator) -> charts.Scale:
    """From nothing to all for a share, else from zero over the largest figure of any area."""
    if indicator.is_share and not indicator.may_exceed_100:
        return charts.Scale(Decimal(0), HUNDRED)
    units = [matrix.figures.get((area.code, indicator.pk)) for area in matrix.units]
    return charts.Scale.over([snapshot.value for snapshot in units if snapshot is not None])


def dot_table(request: HttpRequest, matrix: AreaMatrix, indicator: Indicator) -> dict[str, Any]:
    """The context of components/dot_table.html: units by value, those without a figure last, as words."""
    scale = value_scale(matrix, indicator)
    national = matrix.figures.get(("PK", indicator.pk))
    line = national.value if national and indicator.is_share else None
    units = sorted(matrix.units, key=lambda area: _descending(matrix, area, indicator))
    rows = []
    for area in units:
        snapshot = matrix.figures.get((area.code, indicator.pk))
        rows.append(
            {
                "name": in_language(area, "name"),
                "text": digits(snapshot.value) if snapshot else "",
                "dot": charts.dot(snapshot.value, scale, line=line) if snapshot else None,
                "word": "" if snapshot else area_cell(request, matrix, area, indicator)["word"],
            }
        )
    reference = None
    if national is not None and line is not None:
        reference = {"label": format_html("{} {}", _("Pakistan"), digits(line)), "at": scale.across(line)}
    return {"scale": scale, "unit": "%" if indicator.is_share else "", "reference": reference, "rows": rows}


def _descending(matrix: AreaMatrix, area: Area, indicator: Indicator) -> tuple[bool, Decimal, int]:
    snapshot = matrix.figures.get((area.code, indicator.pk))
    value = snapshot.value if snapshot and snapshot.value is not None else Decimal(0)
    return (snapshot is None, -value, area.position)
