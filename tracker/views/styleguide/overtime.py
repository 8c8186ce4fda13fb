"""Specimens of charts against time, by the geometry of the real ones. Every value is invented."""

from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from tracker.views.chartfiles import file_context
from tracker.views.chartwords import chart_context
from tracker.views.smallmultiples import small_multiples
from tracker.views.styleguide import invented
from tracker.views.styleguide.specimen import Contents, Group, Marks, Picture, Specimen
from tracker.views.timecharts import TimeChart


def _line(request: HttpRequest) -> Contents:
    return chart_context(request, TimeChart(*invented.one_series())) | {"id": "specimen-line"}


def _file(request: HttpRequest) -> Contents:
    return file_context(request, invented.READING, TimeChart(*invented.one_series())) | {"id": "file"}


def _multiples(request: HttpRequest) -> Contents:
    told = small_multiples(request, invented.several_series())
    assert told is not None
    return told


def _multiple(request: HttpRequest) -> Contents:
    told = _multiples(request)
    return told | {"panel": told["panels"][0]}


KEYS: Final = (
    ("line-disc", gettext_lazy("the publisher with most figures")),
    ("square", gettext_lazy("the second")),
    ("triangle", gettext_lazy("the third")),
    ("diamond", gettext_lazy("all others")),
    ("path", gettext_lazy("required path, straight line")),
    ("ahead", gettext_lazy("mean course of its figures, continued")),
    ("rival", gettext_lazy("another statement about the same time, tied to the figure that leads")),
    ("replaced", gettext_lazy("as first published, later replaced")),
    ("missing", gettext_lazy("no figure, and why")),
    ("break", gettext_lazy("what is counted changed")),
    ("line", gettext_lazy("the area")),
    ("national", gettext_lazy("the country")),
    ("reference", gettext_lazy("what it is to reach")),
)

GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "overtime",
        gettext_lazy("Figures over time"),
        (
            Specimen(
                "components/line_chart.html",
                gettext_lazy("A series with its target, a rival, a gap and a change of what is counted"),
                _line,
            ),
            Specimen(
                "charts/line.svg",
                gettext_lazy("The drawing alone"),
                lambda request: _line(request) | {"id": "specimen-drawn"},
            ),
            Picture("charts/file.svg", gettext_lazy("The file that stands alone, as a picture"), _file),
            Marks("charts/key.svg", gettext_lazy("The marks of a legend"), "mark", KEYS),
            Specimen("components/small_multiples.html", gettext_lazy("Areas on one scale over time"), _multiples),
            Specimen("charts/multiple.svg", gettext_lazy("One of them"), _multiple, around="multiples"),
        ),
    ),
)
