"""Area × measure as a table, and one measure in one period as tiles and dots."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import digits, in_language, in_language_text, number, plain
from provinces.models import COUNTRY, Area
from provinces.outlines import OutlineMap, outline_map
from tracker.assessment.areas import AreaMatrix, CellState, OnePeriod
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings.areas import cell_word, scale_of
from tracker.models import Indicator, MetricSnapshot
from tracker.views.commitments import source_link, told
from tracker.wording import figure, period

CORNER = 26
"""Characters across the free corner of the tiles."""


def area_table(request: HttpRequest, matrix: AreaMatrix) -> dict[str, Any]:
    """The context of components/area_measures.html. A figure leads to its statements.

    A measure that is told for the country alone would be an empty column; it stands below, in a sentence.
    """
    by_area = [indicator for indicator in matrix.indicators if matrix.told_below_country(indicator)]
    country_alone = [
        told(snapshot)
        for indicator in matrix.indicators
        if indicator not in by_area and (snapshot := matrix.figures.get((COUNTRY, indicator.pk)))
    ]
    return {
        "columns": [
            {"label": in_language(i, "short_name") or in_language(i, "name"), "unit": "%" if i.is_share else ""}
            for i in by_area
        ],
        "rows": [
            {
                "name": in_language(area, "name"),
                "url": href(request, area),
                "kind": {Area.Kind.GROUP: "joint", Area.Kind.COUNTRY: "country"}.get(Area.Kind(area.kind), "area"),
                "cells": [area_cell(request, matrix, area, indicator) for indicator in by_area],
            }
            for area in matrix.rows
        ],
        "totals": {
            "label": _("Areas with a figure of their own"),
            "cells": [
                format_html(_("{} of {}"), number(matrix.covered(indicator)), number(len(matrix.units)))
                for indicator in by_area
            ],
        },
        "country_alone": country_alone,
    }


def area_cell(request: HttpRequest, matrix: AreaMatrix, area: Area, indicator: Indicator) -> dict[str, Any]:
    """The figure, or the word that says why there is none."""
    cell = matrix.cell(area, indicator)
    if cell.state == CellState.FIGURE and cell.snapshot is not None:
        return {
            "text": figure(cell.snapshot),
            "url": href(request, cell.snapshot),
            "note": period(cell.snapshot) or _("undated"),
        }
    # The note below the table says what these two words mean; three would make every row taller.
    return {"word": _("no figure") if cell.state == CellState.NONE else cell_word(request, cell)}


def tile_map(request: HttpRequest, reading: Reading, indicators: Iterable[Indicator]) -> dict[str, Any] | None:
    """The context of components/tile_map.html for the first of the measures that most areas have in one period;
    None if none has two.
    """
    widest = max(OnePeriod.of_each(reading, indicators), key=lambda said: said.covered, default=None)
    return None if widest is None or widest.covered < 2 else indicator_tiles(request, widest)


def indicator_tiles(request: HttpRequest, said: OnePeriod) -> dict[str, Any]:
    scale = value_scale(said)
    name = in_language_text(said.indicator, "name")
    shaded = may_be_shaded(said.indicator)
    when = period(said.any_figure) or _("period not stated")
    return {
        "indicator": said.indicator,
        "url": href(request, said.indicator),
        "title": format_html(_("{}, {}"), name, when),
        "title_lines": _title_lines(in_language_text(said.indicator, "short_name") or name, when),
        "national": {"name": country(said), "text": figure(said.national)} if said.national else None,
        "tiles": [
            _tile(request, said, area, scale if shaded else None) for area in said.units if area.tile_row is not None
        ],
        "source": format_html("{}, {}: {}", in_language(said.indicator, "unit"), when, sources(request, said)),
    }


def area_map(request: HttpRequest, said: OnePeriod) -> dict[str, Any]:
    """The context of components/area_map.html: tiles or, where the operator turned them on, outlines."""
    outline = outline_of(said.units)
    shown = indicator_tiles(request, said)
    if outline:
        for tile in shown["tiles"]:
            shape = tile["shape"] = outline.areas.get(tile["code"])
            tile["fits"] = bool(shape and tile["text"] and len(plain(tile["text"])) <= shape.room)
    return {**shown, "outline": outline}


def _title_lines(name: str, when: str) -> list[str]:
    """Two lines for the free corner of the tiles. A long name takes both; the caption tells the period anyway."""
    return charts.wrap(name, CORNER) if len(name) > CORNER else [name, when]


def sources(request: HttpRequest, said: OnePeriod) -> str:
    """Every source of the figures that are set side by side, each once."""
    cited = {s.citation.source_id: s for s in said.figures.values() if s.citation}
    return format_html_join(_("; "), "{}", ((source_link(request, snapshot),) for snapshot in cited.values()))


def locator(request: HttpRequest, units: Iterable[Area], here: Area) -> dict[str, Any]:
    """The context of components/locator.html: where an area lies among the others, each of which leads to its page."""
    units = list(units)
    outline = outline_of(units)
    return {
        "name": in_language_text(here, "name"),
        "outline": outline,
        "areas": [
            {
                "name": in_language_text(area, "name"),
                "url": href(request, area),
                "box": charts.tile(area.tile_row, area.tile_column or 0),
                "shape": outline.areas.get(area.code) if outline else None,
                "here": area == here,
            }
            for area in units
            if area.tile_row is not None
        ],
    }


def outline_of(units: Iterable[Area]) -> OutlineMap | None:
    """The outlines, where the operator turned them on and the areas have any; those of the sample have none."""
    if not settings.AZM_OUTLINE_MAP or not any(area.code in outline_map().areas for area in units):
        return None
    return outline_map()


def may_be_shaded(indicator: Indicator) -> bool:
    """A count that is never scored (deaths, operations, arrests) gets no colour on any map; its values are printed."""
    return indicator.is_share or indicator.direction != Indicator.Direction.NOT_SCORED


def _tile(request: HttpRequest, said: OnePeriod, area: Area, scale: charts.Scale | None) -> dict[str, Any]:
    snapshot = said.figures.get(area.code)
    return {
        "code": area.code,
        "box": charts.tile(area.tile_row or 0, area.tile_column or 0),
        # Nastaliq is narrow, and too tall for two lines on a tile.
        "lines": charts.wrap(in_language_text(area, "short_name"), 16 if get_language_bidi() else 12),
        "name": in_language_text(area, "name"),
        "url": href(request, area),
        "text": figure(snapshot) if snapshot else "",
        "step": _step(snapshot, scale),
        "word": "" if snapshot else no_figure(said, area),
    }


def _step(snapshot: MetricSnapshot | None, scale: charts.Scale | None) -> int | None:
    """The step of the ramp; 0 for a value without a shade, None for no value."""
    if snapshot is None:
        return None
    return 0 if scale is None else charts.shade(snapshot.value, scale)


def no_figure(said: OnePeriod, area: Area) -> str:
    return redacted() if area.code in said.redacted else _("no figure")


def value_scale(said: OnePeriod) -> charts.Scale:
    """Over the figure of every area."""
    return scale_of(said.indicator, [said.figures[unit.code].value for unit in said.units if unit.code in said.figures])


def country(said: OnePeriod) -> str:
    """What the country is called; the sample has another."""
    return in_language_text(said.national.series.area, "short_name") if said.national else ""


def dot_table(request: HttpRequest, said: OnePeriod) -> dict[str, Any]:
    """The context of components/dot_table.html: units by value, those without a figure last, as words."""
    scale = value_scale(said)
    line = said.national.value if said.national and said.indicator.is_share else None
    rows = []
    for area in sorted(said.units, key=lambda unit: _descending(said, unit)):
        snapshot = said.figures.get(area.code)
        rows.append(
            {
                "name": in_language(area, "name"),
                "text": digits(snapshot.value) if snapshot else "",
                "dot": charts.dot(snapshot.value, scale, line=line) if snapshot else None,
                "word": "" if snapshot else no_figure(said, area),
            }
        )
    reference = None
    if line is not None:
        reference = {"label": format_html("{} {}", country(said), digits(line)), "at": scale.across(line)}
    return {
        "scale": scale,
        "unit": "%" if said.indicator.is_share else "",
        "reference": reference,
        "rows": rows,
        "period": period(said.any_figure) or _("period not stated"),
    }


def _descending(said: OnePeriod, area: Area) -> tuple[bool, Decimal, int]:
    snapshot = said.figures.get(area.code)
    value = snapshot.value if snapshot and snapshot.value is not None else Decimal(0)
    return (snapshot is None, -value, area.position)
