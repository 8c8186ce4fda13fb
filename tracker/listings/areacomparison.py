"""Several areas side by side: the rows of the list of areas and measures that are of the chosen ones."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from azm.lib.listedrows import RowFilterSet
from azm.lib.listing import Chip
from azm.lib.templatetags.azm import bdi, date_short, in_language, in_language_text, number
from provinces.models import Area
from tracker.assessment.areas import CellState
from tracker.assessment.beside import Beside, beside, most_agreeing
from tracker.assessment.rollups import Kind, Rollup
from tracker.assessment.schedule import State
from tracker.assessment.silence import with_last_report
from tracker.frame import href
from tracker.listings.areas import SHOWN, AreaMeasureListing, Row, scale_of
from tracker.listings.base import NamedChoices, none_named
from tracker.models import Measure, MetricSnapshot, ResponsibleBody


class AreaComparisonFilter(RowFilterSet):
    """The areas to compare. None chosen is no row, and never all of them."""

    area = NamedChoices(
        queryset=lambda _request: Area.objects.units(), label=gettext_lazy("Areas"), widget=CheckboxSelectMultiple
    )

    class Meta:
        fields: list[str] = []

    @staticmethod
    def keeps(held: Any, value: Any) -> bool:
        return held in value


class AreaComparisonListing(AreaMeasureListing):
    """`/provinces/compare/` and its file. The columns are those of the list of all areas and measures."""

    name = "province-comparison"
    title = gettext_lazy("Provinces side by side")
    lead = gettext_lazy("What is known of every measure in the areas that you choose. Nothing is added up or ranked.")
    filterset_class = AreaComparisonFilter
    template_name = "tracker/province_comparison.html"
    address: ClassVar[str] = "provinces/compare"
    parameters: ClassVar[frozenset[str]] = frozenset({"edition", "on"})

    def chips(self) -> Iterator[Chip]:
        """The boxes show what is chosen."""
        yield from ()

    @cached_property
    def chosen(self) -> list[Area]:
        return list(self.filterset.form.cleaned_data["area"])

    def context(self) -> dict[str, Any]:
        lines = self._lines(list(self.filterset.qs))
        told = [line for line in lines if any(row.cell.state != CellState.NONE for row in line)]
        shown = told[:SHOWN]
        near = self._beside(shown)
        agreeing = [most_agreeing(_figures(line), near) for line in shown]
        return {
            "chosen": self.chosen,
            "lines": [self._line(line, agree) for line, agree in zip(shown, agreeing, strict=True)],
            "more": len(told) - len(shown),
            "untold": [in_language(line[0].indicator, "name") for line in lines if line not in told],
            "sentence": self._sentence(agreeing) if len(self.chosen) > 1 else "",
            "counts": list(self._counts()) if self.chosen else [],
        }

    # The measures

    def _lines(self, rows: list[Row]) -> list[list[Row]]:
        """A line for each measure, its areas in their order; the situation last."""
        lines: dict[int, list[Row]] = {}
        for row in rows:
            lines.setdefault(row.indicator.pk, []).append(row)
        return sorted(lines.values(), key=_describes_situation)

    def _beside(self, lines: list[list[Row]]) -> Beside:
        figures = [snapshot for line in lines for snapshot in _figures(line).values()]
        return beside(self.reading, figures, Q(pk__in=[snapshot.pk for snapshot in figures]))

    def _line(self, line: list[Row], agreeing: frozenset[str]) -> dict[str, Any]:
        indicator, figures = line[0].indicator, _figures(line)
        scale = scale_of(indicator, [figures[code].value for code in agreeing])
        apart = _describes_situation(line)
        drawn = frozenset() if apart else agreeing
        return {
            "indicator": indicator,
            "situation": apart,
            "unit": "%" if indicator.is_share else in_language_text(indicator, "unit"),
            "cells": [
                {
                    **self._shown(row, row.area),
                    "at": scale.across(row.value) if row.area.code in drawn and row.value is not None else "",
                    "apart": row.area.code in figures and row.area.code not in agreeing and len(figures) > 1,
                }
                for row in line
            ],
        }

    def _sentence(self, agreeing: list[frozenset[str]]) -> Any:
        """How much of it can be compared at all."""
        n = sum(len(areas) == len(self.chosen) for areas in agreeing)
        if not n:
            return _("On no measure do all of these areas have figures of one period, scope and definition.")
        text = ngettext(
            "On {} measure all of these areas have figures of one period, scope and definition.",
            "On {} measures all of these areas have figures of one period, scope and definition.",
            n,
        )
        return format_html(text, number(n))

    # Commitments, bodies and reports

    def _counts(self) -> Iterator[dict[str, Any]]:
        rollups = {row.area_id: row for row in Rollup.objects.filter(kind=Kind.AREA, area__in=self.chosen)}
        states = {area.code: rollups[area.code].states() if area.code in rollups else {} for area in self.chosen}
        yield {"label": _("Population"), "cells": [_population(area) for area in self.chosen]}
        yield {
            "label": _("Commitments about the area"),
            "cells": [
                self._linked("actions", area, rollups[area.code].commitments if area.code in rollups else 0)
                for area in self.chosen
            ],
        }
        for state in State:
            if any(counts.get(state) for counts in states.values()):
                yield {
                    "state": state.value,
                    "label": state.label,
                    "cells": [number(states[area.code].get(state, 0)) for area in self.chosen],
                }
        yield from self._reporting()

    def _reporting(self) -> Iterator[dict[str, Any]]:
        found = ResponsibleBody.objects.in_edition(self.reading.edition).filter(area__in=self.chosen)
        bodies: dict[str, list[Any]] = {area.code: [] for area in self.chosen}
        for body in with_last_report(self.reading, found):
            bodies[body.area_id].append(body.last_report)
        days = {code: [day for day in reports if day] for code, reports in bodies.items()}
        yield {"label": _("Bodies"), "cells": [number(len(bodies[area.code])) for area in self.chosen]}
        yield {
            "label": _("Bodies that ever published a report"),
            "cells": [number(len(days[area.code])) for area in self.chosen],
        }
        yield {
            "label": _("Last report by one of them"),
            "cells": [
                date_short(max(days[area.code])) if days[area.code] else none_named(_("never")) for area in self.chosen
            ],
        }

    def _linked(self, page: str, area: Area, n: int) -> str:
        url = href(self.request, f"{reverse(page)}?{urlencode({'area': area.code})}")
        return format_html('<a href="{}">{}</a>', url, number(n)) if n else number(n)


def _describes_situation(line: list[Row]) -> bool:
    """Told apart, in neutral words and without a drawing: deaths, incidents, operations."""
    return Measure.Use.SITUATION in line[0].use


def _figures(line: list[Row]) -> dict[str, MetricSnapshot]:
    return {
        row.area.code: row.cell.snapshot
        for row in line
        if row.cell.state == CellState.FIGURE and row.cell.snapshot is not None
    }


def _population(area: Area) -> str:
    if area.population is None:
        return none_named(_("not on record"))
    census = format_html(_("census {}"), bdi(area.population_year))
    return format_html('{}<br><span class="note">{}</span>', number(area.population), census)
