"""The scoreboard of an area: its figures among those of the others, what is told jointly only, and its lead."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.templatetags.azm import date_short, in_language, in_language_text, number
from provinces.models import COUNTRY, Area
from tracker.assessment.areas import AreaMatrix, Cell, CellState
from tracker.assessment.beside import Among, beside
from tracker.assessment.comparable import Lead
from tracker.assessment.comparing import spread
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings.areas import scale_of
from tracker.models import IndicatorBreak, Measure, MetricSnapshot
from tracker.views.commitments import source_link
from tracker.wording import attribution, figure, period


@dataclass(frozen=True)
class Scoreboard:
    """What is known of one area, with what its figures can be set beside."""

    request: HttpRequest
    reading: Reading
    area: Area
    matrix: AreaMatrix

    # What there is

    @cached_property
    def cells(self) -> list[Cell]:
        """One for each measure on record, in the order of the measures."""
        return [self.matrix.cell(self.area, indicator) for indicator in self.matrix.indicators]

    @cached_property
    def own(self) -> list[MetricSnapshot]:
        return [cell.snapshot for cell in self.cells if cell.state == CellState.FIGURE and cell.snapshot]

    @cached_property
    def is_unit(self) -> bool:
        return self.area in self.matrix.units

    @cached_property
    def absorbed(self) -> list[Area]:
        """Former units that were merged into the area."""
        return [area for area in self.matrix.areas if area.merged_into_id == self.area.code]

    @cached_property
    def country(self) -> Area:
        return next((area for area in self.matrix.areas if area.code == COUNTRY), Area(code=COUNTRY))

    @cached_property
    def beside(self) -> dict[int, dict[str, MetricSnapshot]]:
        """The figures of the others, of the country and of former units that can be set beside each of its own."""
        areas = [area.code for area in (*self.matrix.units, *self.absorbed, self.country)]
        return beside(self.reading, self.own, Q(series__area__in=areas))

    @cached_property
    def leads(self) -> dict[int, Lead]:
        """By the figure that leads: what its rivals say."""
        series = [row.series_id for row in self.matrix.figures.values()]
        return {lead.snapshot_id: lead for lead in Lead.objects.filter(series__in=series)}

    @cached_property
    def breaks(self) -> dict[int, list[Any]]:
        """By indicator, the dates at which what it counts changed."""
        found: dict[int, list[Any]] = {}
        of = [row.series.indicator_id for row in self.own]
        rows = IndicatorBreak.objects.in_edition(self.reading.edition).filter(indicator__in=of, redacted_in=None)
        for row in rows.order_by("on", "code"):
            found.setdefault(row.indicator_id, []).append(row.on)
        return found

    @cached_property
    def groups(self) -> list[Area]:
        """Groups with a figure that hold the area."""
        told = {area for area, _indicator in self.matrix.figures}
        return [group for group in self.matrix.groups if self.area.code in group.member_codes and group.code in told]

    @cached_property
    def situation(self) -> set[int]:
        """Indicators that describe a situation: told apart in neutral words, with no mark, no strip and no place."""
        rows = Measure.objects.in_edition(self.reading.edition).filter(use=Measure.Use.SITUATION)
        return set(rows.values_list("indicator", flat=True))

    # The area alone

    def alone(self) -> list[dict[str, Any]]:
        return [self._row(snapshot) for snapshot in self._in_order]

    @cached_property
    def _in_order(self) -> list[MetricSnapshot]:
        """The situation last."""
        return sorted(self.own, key=lambda snapshot: snapshot.series.indicator_id in self.situation)

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """Every source of a figure once, with the number that stands for it on the printed sheet."""
        return [{"number": n, "text": text} for n, text in self._numbered.values()]

    @cached_property
    def _numbered(self) -> dict[int, tuple[int, Any]]:
        found: dict[int, tuple[int, Any]] = {}
        for snapshot in self._in_order:
            if snapshot.citation:
                text = source_link(self.request, snapshot)
                found.setdefault(snapshot.citation.source_id, (len(found) + 1, text))
        return found

    def _row(self, snapshot: MetricSnapshot) -> dict[str, Any]:
        near = self.beside.get(snapshot.pk, {})
        national = near.get(COUNTRY)
        apart = snapshot.series.indicator_id in self.situation
        return {
            "situation": apart,
            "url": href(self.request, snapshot),
            "name": in_language(snapshot.series.indicator, "name"),
            "notes": list(self._notes(snapshot, near)),
            "value": figure(snapshot),
            "national": figure(national) if national else "",
            "among": self._among(snapshot, near) if self.is_unit and not apart else None,
            "period": period(snapshot) or _("not stated"),
            "source": source_link(self.request, snapshot),
            "number": self._numbered[snapshot.citation.source_id][0] if snapshot.citation else "",
        }

    def _notes(self, snapshot: MetricSnapshot, near: dict[str, MetricSnapshot]) -> Iterator[Any]:
        indicator = snapshot.series.indicator
        if scope := in_language(snapshot, "scope"):
            yield scope
        if snapshot.pk in self.leads and (said := spread(self.leads[snapshot.pk], indicator)):
            yield said
        national = near.get(COUNTRY)
        if national and national.pk in self.leads and (said := spread(self.leads[national.pk], indicator)):
            yield format_html(_("{}: {}"), in_language(self.country, "short_name"), said)
        for former in self.absorbed:
            if apart := near.get(former.code):
                yield format_html(_("{} apart: {}"), in_language(former, "short_name"), figure(apart))
        if days := self.breaks.get(indicator.pk):
            told = format_html_join(_(", "), "{}", ((date_short(day),) for day in days))
            yield format_html(_("definition changed: {}"), told)

    def _among(self, snapshot: MetricSnapshot, near: dict[str, MetricSnapshot]) -> dict[str, Any] | None:
        """The context of charts/among.svg, and the same in words."""
        others = [near[unit.code] for unit in self.matrix.units if unit.code in near]
        if not others:
            return None
        national = near.get(COUNTRY) if snapshot.series.indicator.is_share else None
        said = Among(snapshot, others)
        scale = scale_of(snapshot.series.indicator, [row.value for row in (snapshot, *others, national) if row])
        return {
            "own": _mark(snapshot, scale),
            "others": [_mark(other, scale) for other in others],
            "national": _mark(national, scale) if national else None,
            "place": format_html(_("{} of {}"), number(said.place), number(said.of)),
        }

    # Only jointly

    def joint(self) -> list[dict[str, Any]]:
        return [self._jointly(group) for group in self.groups]

    def _jointly(self, group: Area) -> dict[str, Any]:
        """With the source once for all figures, if it is one."""
        told = [row for (area, _indicator), row in self.matrix.figures.items() if area == group.code]
        said_by = {(row.citation.source_id, row.citation.speaker) for row in told if row.citation}
        shared = len(said_by) == 1 and len(told) > 1
        return {
            "area": group,
            "tile": self._joined(group),
            "figures": [{**one, "source": ""} if shared else one for one in self._joint_figures(group)],
            "source": _said_by(self.request, told[0]) if shared else "",
        }

    def _joint_figures(self, group: Area) -> Iterator[dict[str, Any]]:
        """The context of components/figures.html; their rivals of another scope are of the country."""
        for indicator in self.matrix.indicators:
            snapshot = self.matrix.figures.get((group.code, indicator.pk))
            if snapshot is None:
                continue
            yield {
                "value": figure(snapshot),
                "label": in_language(indicator, "name"),
                "url": href(self.request, snapshot),
                "period": period(snapshot) or _("period not stated"),
                "remark": in_language(snapshot, "note"),
                "rivals": list(self._rivals(snapshot)),
                "source": _said_by(self.request, snapshot),
            }

    def _rivals(self, snapshot: MetricSnapshot) -> Iterator[Any]:
        indicator = snapshot.series.indicator
        if snapshot.pk in self.leads and (said := spread(self.leads[snapshot.pk], indicator)):
            yield said
        if wider := self.matrix.figures.get((COUNTRY, indicator.pk)):
            when = period(wider) or _("period not stated")
            yield format_html(_("{}, {}: {}"), in_language(self.country, "short_name"), when, figure(wider))

    def _joined(self, group: Area) -> dict[str, Any] | None:
        """One tile across its members with a seam between them; none if their places leave gaps."""
        boxes = {
            area: (area.tile_row, area.tile_column or 0)
            for area in self.matrix.areas
            if area.code in group.member_codes and area.tile_row is not None
        }
        box = charts.joined_tile(list(boxes.values()))
        if box is None or len(boxes) != len(group.member_codes):
            return None
        names = [
            {"lines": charts.wrap(in_language_text(area, "short_name")), "box": charts.tile(*place)}
            for area, place in boxes.items()
        ]
        return {"box": box, "names": names}


def _said_by(request: HttpRequest, snapshot: MetricSnapshot) -> Any:
    return format_html(_("{}, {}"), source_link(request, snapshot), attribution(snapshot))


def _mark(snapshot: MetricSnapshot, scale: charts.Scale) -> dict[str, Any]:
    return {
        "at": scale.across(snapshot.value or 0),
        "name": in_language(snapshot.series.area, "short_name"),
        "text": figure(snapshot),
    }
