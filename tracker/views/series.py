"""The series of an indicator: which figure leads each and why, what can be compared, and what is to be reached."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language, number
from provinces.models import Area
from tracker.assessment import comparing, seriesworking
from tracker.assessment.comparable import FigurePair, Lead, by_weight
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import State
from tracker.assessment.seriessentences import unscored
from tracker.assessment.thresholds import thresholds
from tracker.frame import href
from tracker.models import Indicator, Target
from tracker.wording import figure, in_place, period

SHOWN = 12


@dataclass
class Group:
    """Rows of areas of one kind. The country, single areas and groups are never mixed, nor summed."""

    title: Any
    note: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)


def _grouped(rows: Iterable[tuple[Area, dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for area, row in rows:
        unit = area.kind in Area.UNIT_KINDS and area.valid_to is None
        found["country" if area.kind == Area.Kind.COUNTRY else "units" if unit else "joint"].append(row)
    return found


def _groups(rows: dict[str, list[dict[str, Any]]], note: str) -> list[Group]:
    titles = {
        "country": _("The country"),
        "units": _("Single areas"),
        "joint": _("Areas told jointly, and former ones"),
    }
    return [Group(titles[kind], note if kind == "units" else "", rows[kind]) for kind in titles if rows[kind]]


# Which figure leads


def leads(request: HttpRequest, indicator: Indicator) -> list[Group]:
    """The leading figure of every series, why it leads, and what its rivals say."""
    found = (
        Lead.objects.filter(series__in=_series(indicator))
        .select_related("series__area", "snapshot__series__indicator", "snapshot__citation__source")
        .order_by("series__area__position")
    )
    rows = _grouped((lead.series.area, _lead(request, lead, indicator)) for lead in found)
    if not rows:
        return []
    told, units = len(rows["units"]), Area.objects.units().count()
    note = format_html(_("{n} of {m} areas have a figure of their own"), n=number(told), m=number(units))
    return _groups(rows, note)


def _series(indicator: Indicator) -> list[int]:
    """Keys and not a query, so that the functions of the database look at these series only."""
    return list(indicator.series.order_by("pk").values_list("pk", flat=True))


def _lead(request: HttpRequest, lead: Lead, indicator: Indicator) -> dict[str, Any]:
    snapshot = lead.snapshot
    return {
        "area": in_language(lead.series.area, "name"),
        "figure": figure(snapshot),
        "url": f"#{snapshot.code}",
        "period": period(snapshot) or _("period not stated"),
        "reason": lead.get_reason_display(),
        "spread": comparing.spread(lead, indicator),
        "history_url": href(request, f"{reverse('snapshots')}?indicator={indicator.code}&area={lead.series.area_id}"),
    }


# What can be set side by side


def pairs(request: HttpRequest, indicator: Indicator) -> dict[str, Any] | None:
    """The first pairs of figures of the indicator, and where the list and the file of all of them are."""
    found = list(
        FigurePair.objects.filter(series__in=_series(indicator))
        .told()
        .order_by(by_weight(), "series__area__position", "-figure__as_of", "figure__code", "other__code")[: SHOWN + 1]
    )  # fmt: skip
    if not found:
        return None
    query = f"?indicator={indicator.code}"
    return {
        "rows": [pair_row(pair) for pair in found[:SHOWN]],
        "more": len(found) > SHOWN,
        "url": href(request, f"{reverse('comparisons')}{query}"),
        "file_url": href(request, f"{reverse('comparisons-csv')}{query}"),
    }


def pair_row(pair: FigurePair) -> dict[str, Any]:
    return {
        "figure": in_place(pair.figure),
        "figure_url": f"#{pair.figure.code}",
        "other": in_place(pair.other),
        "other_url": f"#{pair.other.code}",
        "says": comparing.of_pair(pair),
    }


# What is to be reached


def targets(request: HttpRequest, reading: Reading, indicator: Indicator) -> dict[str, Any]:
    """Every target with where its series stands, grouped as the figures are; redacted ones keep their place."""
    stated = (
        Target.objects.in_edition(reading.edition)
        .filter(series__indicator=indicator)
        .select_related("series__area", "action", "whole", "citation__source")
        .order_by("series__area__position", "due", "code")
    )
    rows = list(stated)
    if not rows:
        return {"groups": []}
    distances = {
        distance.target_id: distance for distance in Distance.objects.filter(series__in=_series(indicator)).told()
    }
    marks, values = seriesworking.marks_of(reading, distances.values()), thresholds()
    grouped = _grouped(
        (
            target.series.area,
            {
                "target": target,
                "area": in_language(target.series.area, "name"),
                "value": comparing.amount(indicator, target.value) if target.value is not None else "",
                "reported": False,
            }
            | (_judged(distances[target.pk], marks, values) if target.pk in distances else {}),
        )
        for target in rows
    )
    units = {row["area"]: row["reported"] for row in grouped["units"]}
    note = format_html(
        _("{n} of {m} areas that have a target reported"), n=number(sum(units.values())), m=number(len(units))
    )
    file_url = href(request, f"{reverse('distances-csv')}?indicator={indicator.code}")
    return {"groups": _groups(grouped, note), "file_url": file_url}


def _judged(distance: Distance, marks: seriesworking.Marks, values: Any) -> dict[str, Any]:
    work = seriesworking.working(distance, marks, values)
    reason = unscored(distance) if distance.state == State.NOT_SCORED else ""
    return {
        "reported": distance.reached is not None,
        "state": {"state": distance.state, "word": distance.get_state_display(), "reason": reason},
        "working": work,
        "sentence": work.sentence,
    }
