"""The series of an indicator: which figure leads each and why, what can be compared, and what is to be reached."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language, number
from provinces.models import Area
from tracker.assessment import comparing, seriesworking
from tracker.assessment.comparable import FigurePair, Lead
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import State
from tracker.assessment.seriessentences import besides, three_numbers, unscored
from tracker.assessment.thresholds import thresholds
from tracker.frame import href
from tracker.models import Target
from tracker.views.measured import Measured
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


def leads(request: HttpRequest, measured: Measured) -> list[Group]:
    """The leading figure of every series, why it leads, and what its rivals say."""
    rows = _grouped((lead.snapshot.series.area, _lead(request, lead)) for lead in measured.leads_told)
    if not rows:
        return []
    units = Area.objects.units().count()
    note = format_html(_("{n} of {m} areas have a figure of their own"), n=number(len(rows["units"])), m=number(units))
    return _groups(rows, note)


def _lead(request: HttpRequest, lead: Lead) -> dict[str, Any]:
    snapshot = lead.snapshot
    indicator, area = snapshot.series.indicator, snapshot.series.area
    return {
        "area": in_language(area, "name"),
        "figure": figure(snapshot),
        "url": f"#{snapshot.code}",
        "period": period(snapshot) or _("period not stated"),
        "reason": lead.get_reason_display(),
        "spread": comparing.spread(lead, indicator),
        "history_url": href(request, f"{reverse('snapshots')}?indicator={indicator.code}&area={area.code}"),
    }


# What can be set side by side


def pairs(request: HttpRequest, measured: Measured) -> dict[str, Any] | None:
    """The first pairs of figures of the indicator, and where the list and the file of all of them are.

    Two times that can be compared are the rule, and stand apart from what a reader must know.
    """
    found = measured.pairs
    if not found:
        return None
    query = f"?indicator={measured.indicator.code}"
    changes = [pair for pair in found if pair.verdict == FigurePair.Verdict.CHANGE]
    others = [pair for pair in found if pair.verdict != FigurePair.Verdict.CHANGE]
    return {
        "rows": [pair_row(pair) for pair in others[:SHOWN]],
        "more": len(others) > SHOWN,
        "changes": [pair_row(pair) for pair in changes[:SHOWN]],
        "more_changes": len(changes) > SHOWN,
        "number_of_changes": len(changes),
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


def targets(request: HttpRequest, measured: Measured) -> dict[str, Any]:
    """Every target with where its series stands, grouped as the figures are; redacted ones keep their place."""
    rows = measured.targets
    if not rows:
        return {"groups": []}
    values = thresholds()
    grouped = _grouped((target.series.area, _target(measured, target, values)) for target in rows)
    units = {row["area"]: row["reported"] for row in grouped["units"]}
    note = format_html(
        _("{n} of {m} areas that have a target reported"), n=number(sum(units.values())), m=number(len(units))
    )
    file_url = href(request, f"{reverse('distances-csv')}?indicator={measured.indicator.code}")
    return {"groups": _groups(grouped, note), "file_url": file_url}


def _target(measured: Measured, target: Target, values: dict[str, Decimal]) -> dict[str, Any]:
    distance = measured.distances.get(target.pk)
    told = {
        "target": target,
        "area": in_language(target.series.area, "name"),
        "value": comparing.amount(measured.indicator, target.value) if target.value is not None else "",
        "reported": False,
    }
    return told if distance is None else told | _judged(distance, measured.marks, values)


def _judged(distance: Distance, marks: seriesworking.Marks, values: dict[str, Decimal]) -> dict[str, Any]:
    work = seriesworking.working(distance, marks, values)
    pace = three_numbers(distance, values)
    reason = unscored(distance) if distance.state == State.NOT_SCORED else ""
    return {
        "reported": distance.reached is not None,
        "state": {"state": distance.state, "word": distance.get_state_display(), "reason": reason},
        "pace": pace,
        "working": work,
        "sentence": besides(distance) if pace else work.sentence,
    }
