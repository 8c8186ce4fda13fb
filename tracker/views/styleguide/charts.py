"""Specimens of what is drawn. Every value is invented, and so is every area."""

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import get_language_bidi, gettext_lazy

from azm.lib import charts
from azm.lib.templatetags.azm import english, percent
from tracker.assessment.schedule import State
from tracker.progress import STRIPS, StateCount
from tracker.views.styleguide.specimen import Contents, Group, Specimen

DAYS = charts.Scale.of_days(date(2030, 1, 1), date(2034, 12, 31))
TODAY = DAYS.across(date(2032, 7, 1).toordinal())
SHARES = charts.Scale(D(0), D(100))


def _strip(request: HttpRequest) -> list[charts.Segment]:
    counts = [(state.value, n) for n, state in enumerate(STRIPS, 2)]
    return charts.strip(counts, rightwards=not get_language_bidi())


def _rollup(request: HttpRequest) -> Contents:
    counts = [StateCount(state, n, "#bars") for n, state in enumerate(STRIPS, 2)]
    none = StateCount(State.NOT_SCORED, 0, "#bars")
    told = {"id": "specimen-rollup", "strip": _strip(request), "counts": counts, "not_scored": none, "sentences": []}
    return {"rollup": told}


def _distance(request: HttpRequest) -> Contents:
    return {
        "id": "specimen-distance",
        "distance": charts.distance(D(40), D(90), stated=D("45.0")),
        "share": D("44.4"),
        "reached_label": english("40 reached"),
        "short_label": english("50 short"),
        "required_label": english("required: all, 90"),
        "stated_label": english("45.0% says the source"),
    }


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


def _line(name: str) -> Contents:
    series = [(date(2030, 7, 1), D(12)), (date(2031, 7, 1), D(20)), (date(2032, 7, 1), None), (date(2033, 7, 1), D(44))]
    values = charts.Scale.over([value for _day, value in series])
    return {
        "id": name,
        "title": english("An invented share, per cent"),
        "line": charts.line(series, DAYS, values, 240, 20),
        "ticks": [{"y": values.down(tick.value, 240, 20), "text": f"{tick.value:f}"} for tick in values.ticks()],
        "years": charts.years(DAYS),
        "reference": {"y": values.down(D(50), 240, 20), "label": english("target 50%")},
        "label": percent(D(44)),
        "head": [english("Period"), english("Value")],
        "rows": [(str(day.year), "" if value is None else f"{value}") for day, value in series],
    }


def _tiles(name: str) -> Contents:
    tiles = [
        {
            "box": charts.tile(row, column),
            "lines": [f"Area {letter}"],
            "text": "" if value is None else f"{value}%",
            "word": gettext_lazy("no figure"),
            "step": charts.shade(value, SHARES),
            "name": f"Area {letter}",
        }
        for letter, row, column, value in (
            ("A", 1, 0, D(6)), ("B", 1, 1, D(35)), ("C", 2, 0, D(54)), ("D", 2, 1, D(72)), ("E", 3, 1, None)
        )
    ]  # fmt: skip
    return {
        "id": name,
        "title": "An invented share",
        "national": {"name": "The country", "text": "44%"},
        "title_lines": ["Invented share", "2031"],
        "tiles": tiles,
    }


def _burden(request: HttpRequest) -> Contents:
    led = {"security": 1, "civil": 2, "both": 0, "nobody": 1}
    row = {"name": english("Sphere A"), "url": "#charts", "commitments": 6, "open": 4, "bar": "66%", "led": led}
    return {"burden": {**row, "rows": [row]}, "caption": english("Open work by sphere")}


WORK = SimpleNamespace(proved="40%", due="65%", words="40%")
ELAPSED = {"least": D(58), "most": D(78), "elapsed": charts.elapsed(D(58), D(78))}

GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "bars",
        gettext_lazy("Bars"),
        (
            Specimen("components/elapsed.html", gettext_lazy("Time elapsed, as a range"), ELAPSED),
            Specimen("charts/elapsed.svg", gettext_lazy("The drawing alone"), ELAPSED),
            Specimen("components/work.html", gettext_lazy("Work proved, and due"), {"work": WORK}),
            Specimen("charts/work.svg", gettext_lazy("The drawing alone"), {"work": WORK}),
            Specimen("components/distance.html", gettext_lazy("Distance to a requirement"), _distance),
            Specimen(
                "charts/distance.svg",
                gettext_lazy("The drawing alone"),
                lambda request: _distance(request) | {"id": "specimen-distance-drawn"},
            ),
            Specimen("components/rollup.html", gettext_lazy("Counts by state"), _rollup),
            Specimen(
                "charts/strip.svg",
                gettext_lazy("The drawing alone"),
                lambda request: {"strip": _strip(request), "id": "specimen-strip"},
            ),
            Specimen("components/burden.html", gettext_lazy("The burden"), _burden),
        ),
    ),
    Group(
        "charts",
        gettext_lazy("Scales, lines and tiles"),
        (
            Specimen("components/dot_table.html", gettext_lazy("Areas on one scale"), _dots),
            Specimen("charts/dot.svg", gettext_lazy("One area"), _dots),
            Specimen("charts/dot_axis.svg", gettext_lazy("The scale"), _dots),
            Specimen("components/line_chart.html", gettext_lazy("A line"), lambda request: _line("specimen-line")),
            Specimen("charts/line.svg", gettext_lazy("The drawing alone"), lambda request: _line("specimen-drawn")),
            Specimen("components/tile_map.html", gettext_lazy("Tiles"), lambda request: _tiles("specimen-tiles")),
            Specimen("charts/tiles.svg", gettext_lazy("The drawing alone"), lambda request: _tiles("specimen-map")),
            Specimen("charts/years.svg", gettext_lazy("Years"), {"years": charts.years(DAYS), "today": TODAY}),
            Specimen(
                "charts/lineage.svg",
                gettext_lazy("The period of a policy"),
                {"span": charts.span(date(2031, 1, 1), None, DAYS), "publicity": "partly", "today": TODAY},
            ),
        ),
    ),
)
