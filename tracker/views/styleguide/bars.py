"""Specimens of bars: time, work, distance and burden. Every value is invented."""

from decimal import Decimal as D
from types import SimpleNamespace
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from azm.lib import charts
from azm.lib.templatetags.azm import english
from tracker.views.styleguide.specimen import Contents, Group, Specimen


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


def _burden(request: HttpRequest) -> Contents:
    led = {"security": 1, "civil": 2, "both": 0, "nobody": 1}
    row = {"name": english("Sphere A"), "url": "#bars", "commitments": 6, "open": 4, "bar": "66%", "led": led}
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
            Specimen("components/burden.html", gettext_lazy("The burden"), _burden),
        ),
    ),
)
