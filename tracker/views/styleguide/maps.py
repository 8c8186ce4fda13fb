"""Specimens of areas: as tiles, in outline, and one among the others. Every area and every outline is invented."""

from decimal import Decimal as D
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language_bidi, gettext_lazy

from azm.lib import charts
from azm.lib.templatetags.azm import english
from provinces.outlines import Outline, OutlineMap
from tracker.views.styleguide.specimen import Contents, Group, Specimen

SHARES = charts.Scale(D(0), D(100))
AREAS: Final = (
    ("A", 1, 0, D(6), Outline("M40 60L260 40L280 250L60 270Z", 78, 76, 8)),
    ("B", 1, 1, D(35), Outline("M260 40L520 70L500 240L280 250Z", 195, 76, 8)),
    ("C", 2, 0, D(54), Outline("M60 270L280 250L300 500L90 470Z", 91, 186, 8)),
    ("D", 2, 1, D(72), Outline("M280 250L500 240L490 350L290 380Z", 196, 152, 8)),
    ("E", 3, 1, None, Outline("M290 380L490 350L480 520L300 500Z", 196, 219, 0)),
)
"""Each with its place among the tiles, its value and its shape."""
OUTLINE: Final = OutlineMap(288, 276, "0.5", {name: shape for name, _r, _c, _v, shape in AREAS})


def _tiles(name: str) -> Contents:
    return {
        "id": name,
        "title": "An invented share",
        "national": {"name": "The country", "text": "44%"},
        "title_lines": ["Invented share", "2031"],
        "tiles": [_tile(*area) for area in AREAS],
    }


def _tile(letter: str, row: int, column: int, value: D | None, shape: Outline) -> dict[str, Any]:
    return {
        "box": charts.tile(row, column),
        "shape": shape,
        "fits": value is not None,
        "url": "#maps",
        "lines": charts.wrap(f"Area {letter}", 16 if get_language_bidi() else 12),
        "text": "" if value is None else f"{value}%",
        "word": gettext_lazy("no figure"),
        "step": charts.shade(value, SHARES),
        "name": f"Area {letter}",
    }


def _outlines(name: str) -> Contents:
    return _tiles(name) | {"outline": OUTLINE}


def _locator(request: HttpRequest) -> Contents:
    return {
        "name": "Area B",
        "areas": [
            {
                "name": f"Area {letter}",
                "url": "#maps",
                "box": charts.tile(*place),
                "shape": shape,
                "here": letter == "B",
            }
            for letter, *place, _value, shape in AREAS
        ],
    }


def _joint(request: HttpRequest) -> Contents:
    places = {letter: (row, column) for letter, row, column, _value, _shape in AREAS if letter in "BD"}
    names = [{"lines": [f"Area {letter}"], "box": charts.tile(*place)} for letter, place in places.items()]
    return {"tile": {"box": charts.joined_tile(list(places.values())), "names": names}}


def _among(request: HttpRequest) -> Contents:
    marks = [
        {"at": SHARES.across(value), "name": f"Area {letter}", "text": f"{value}%"}
        for letter, _row, _column, value, _shape in AREAS
        if value is not None
    ]
    own = marks.pop(1)
    return {"among": {"own": own, "others": marks, "national": {"at": SHARES.across(D(44))}}}


def _dots(request: HttpRequest) -> Contents:
    rows: list[dict[str, Any]] = [
        {"name": english(f"Area {name}"), "text": f"{value}%", "dot": charts.dot(D(value), SHARES, line=D(44))}
        for name, value in (("A", 72), ("B", 35), ("C", 6))
    ]
    rows[1]["rivals"] = [{"at": SHARES.across(D(50)), "text": "50%"}]
    unknown = {"name": english("Area D"), "dot": None, "word": gettext_lazy("no figure")}
    return {
        "id": "specimen-dots",
        "caption": english("An invented share"),
        "scale": SHARES,
        "unit": "%",
        "reference": {"label": english("The country 44%"), "at": SHARES.across(D(44))},
        "rows": [*rows, unknown],
        "row": rows[1],
    }


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "maps",
        gettext_lazy("Areas on a map and on a scale"),
        (
            Specimen("components/tile_map.html", gettext_lazy("Tiles"), lambda request: _tiles("specimen-tiles")),
            Specimen("charts/tiles.svg", gettext_lazy("The drawing alone"), lambda request: _tiles("specimen-map")),
            Specimen(
                "components/area_map.html",
                gettext_lazy("Tiles or, where the operator turned that on, outlines"),
                lambda request: _outlines("specimen-areamap"),
            ),
            Specimen(
                "components/outline_map.html", gettext_lazy("Outlines"), lambda request: _outlines("specimen-outline")
            ),
            Specimen("components/outline_note.html", gettext_lazy("What stands below every outline"), {}),
            Specimen("components/locator.html", gettext_lazy("Where an area lies, as tiles"), _locator),
            Specimen(
                "components/locator.html",
                gettext_lazy("Where an area lies, in outline"),
                lambda request: _locator(request) | {"outline": OUTLINE},
            ),
            Specimen("charts/joint.svg", gettext_lazy("Areas that are told of together"), _joint),
            Specimen("components/dot_table.html", gettext_lazy("Areas on one scale"), _dots),
            Specimen("charts/dot.svg", gettext_lazy("One area"), _dots),
            Specimen("charts/dot_axis.svg", gettext_lazy("The scale"), _dots),
            Specimen("charts/among.svg", gettext_lazy("One area among the others"), _among),
            Specimen(
                "charts/place.svg",
                gettext_lazy("A figure on the scale of its line"),
                {"at": SHARES.across(D(35))},
            ),
        ),
    ),
)
