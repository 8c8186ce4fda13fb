"""Area × measure as a table and, in long form, as a file: one row for each measure in each area."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext_lazy

from azm.lib import charts
from azm.lib.listedrows import RowFilterSet, Rows
from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, english, in_language, in_language_text, number
from provinces.models import Area
from tracker.assessment.areas import AreaMatrix, Cell, CellState
from tracker.assessment.programme import programme
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings.base import AreaFilter, CodeFilter, LedgerListing, LedgerTable, none_named, standing
from tracker.models import Citation, Indicator, Measure, MetricSnapshot, Policy, Source
from tracker.wording import figure, period

SHOWN = 60
"""Measures that the table across the areas holds; the list and the file hold all."""


def cell_word(request: HttpRequest, cell: Cell) -> Any:
    """Why there is no figure, in words; what is on record leads to where it stands."""
    if cell.state == CellState.REDACTED:
        return format_html('<a href="{}">{}</a>', href(request, cell.snapshot), redacted())
    if cell.state == CellState.NOT_FOUND and cell.snapshot is not None:
        return format_html(_("no public figure found, searched on {}"), date_long(cell.snapshot.searched_on))
    return cell.state.label


def scale_of(indicator: Indicator, values: Iterable[Decimal | None]) -> charts.Scale:
    """From nothing to all for a share, else from zero over the largest of the values."""
    if indicator.is_share and not indicator.may_exceed_100:
        return charts.Scale(Decimal(0), charts.HUNDRED)
    return charts.Scale.over(values)


@dataclass(frozen=True, repr=False)
class Row:
    """One cell of the table, with what the file says about it."""

    cell: Cell
    covered: int
    units: int
    measures: tuple[Measure, ...]
    programme_policies: frozenset[int]

    @property
    def code(self) -> str:
        return f"{self.cell.indicator.code}.{self.cell.area.slug}"

    @property
    def indicator(self) -> Indicator:
        return self.cell.indicator

    @property
    def area(self) -> Area:
        return self.cell.area

    @property
    def state(self) -> str:
        return self.cell.state.value

    @cached_property
    def policy(self) -> frozenset[Policy]:
        """The policies whose commitments, or whose situation, the indicator measures."""
        return frozenset(m.policy or m.action.policy for m in self.measures)  # type: ignore[union-attr]

    @property
    def programme(self) -> str:
        """Whether it measures a commitment of the programme; the situation is context."""
        implementation = Measure.Use.IMPLEMENTATION
        found = any(
            m.use == implementation and m.action and m.action.policy_id in self.programme_policies
            for m in self.measures
        )
        return "true" if found else "false"

    @property
    def use(self) -> frozenset[str]:
        return frozenset(measure.use for measure in self.measures)

    # The file

    @property
    def indicator_code(self) -> str:
        return str(self.indicator.code)

    @property
    def indicator_name(self) -> str:
        return self.indicator.name

    @property
    def indicator_name_ur(self) -> str:
        return self.indicator.name_ur

    @property
    def area_code(self) -> str:
        return self.area.code

    @property
    def area_name(self) -> str:
        return self.area.name

    @property
    def area_name_ur(self) -> str:
        return self.area.name_ur

    @property
    def area_kind(self) -> str:
        return self.area.kind

    @property
    def value(self) -> Decimal | None:
        value = self.cell.snapshot.value if self.cell.snapshot else None
        return None if value is None else Decimal(f"{value.normalize():f}")

    @property
    def unit(self) -> str:
        return self.indicator.unit

    @property
    def joint_with(self) -> str:
        return "; ".join(self.cell.joint_with)

    @property
    def policies(self) -> str:
        return "; ".join(sorted(policy.code for policy in self.policy))

    @property
    def uses(self) -> str:
        return "; ".join(sorted(self.use))

    @property
    def sample(self) -> bool:
        return True  # the file has this column on a sample site only

    def __getattr__(self, name: str) -> Any:
        """What the statement behind the cell says: `value`, `period_start`, `searched_on` … Empty without one."""
        if name == "snapshot":
            return self.cell.snapshot.code if self.cell.snapshot else ""
        if name in OF_CITATION:
            citation = self.cell.snapshot.citation if self.cell.snapshot else None
            return OF_CITATION[name](citation) if citation else ""
        if name in OF_SNAPSHOT:
            return getattr(self.cell.snapshot, OF_SNAPSHOT[name], "")
        raise AttributeError(name)


OF_SNAPSHOT = {
    "status": "status",
    "qualifier": "qualifier",
    "period_start": "period_start",
    "period_end": "period_end",
    "as_of": "as_of",
    "scope": "scope",
    "reason": "no_value_reason",
    "searched_on": "searched_on",
    "searched_where": "searched_where",
    "edition": "edition_id",
}
OF_CITATION = {
    "citation": lambda citation: citation.code,
    "quotation": lambda citation: citation.quotation,
    "source": lambda citation: citation.source.code,
    "publisher": lambda citation: citation.source.publisher,
    "source_url": lambda citation: citation.source.url,
}


# Of the columns that repeat a field, which: what the dictionary of columns says of them.
FIELDS = {
    "indicator_name": (Indicator, "name"),
    "indicator_name_ur": (Indicator, "name_ur"),
    "unit": (Indicator, "unit"),
    "area_name": (Area, "name"),
    "area_name_ur": (Area, "name_ur"),
    "value": (MetricSnapshot, "value"),
    **{name: (MetricSnapshot, field) for name, field in OF_SNAPSHOT.items() if name != "edition"},
    "citation": (Citation, "code"),
    "quotation": (Citation, "quotation"),
    "source": (Source, "code"),
    "publisher": (Source, "publisher"),
    "source_url": (Source, "url"),
}


def measures_of(reading: Reading) -> QuerySet[Measure]:
    return Measure.objects.in_edition(reading.edition).select_related("action__policy", "policy")


def programme_of(reading: Reading) -> frozenset[int]:
    """The policies of the front page."""
    leading = Policy.objects.in_edition(reading.edition).filter(code=settings.AZM_PROGRAMME).first()
    return frozenset() if leading is None else frozenset(policy.pk for policy in programme(reading, leading))


class AreaMeasureTable(LedgerTable):
    indicator = tables.Column(
        verbose_name=gettext_lazy("Measure"), orderable=False, attrs={"cell": {"class": "wide plain"}}
    )
    area = tables.Column(
        verbose_name=gettext_lazy("Area"), order_by="area__position", attrs={"cell": {"class": "plain"}}
    )
    state = tables.Column(
        verbose_name=gettext_lazy("Figure"), orderable=False, empty_values=(), attrs={"cell": {"class": "num"}}
    )
    period = tables.Column(verbose_name=gettext_lazy("Period"), accessor="code", orderable=False, empty_values=())
    source = tables.Column(
        verbose_name=gettext_lazy("Source"),
        accessor="code",
        orderable=False,
        empty_values=(),
        attrs={"cell": {"class": "secondary"}},
    )

    class Meta(LedgerTable.Meta):
        empty_text = gettext_lazy("No measure is on record.")

    empty_reason = gettext_lazy("Without one there is nothing to tell of any area.")

    def below(self, record: Row) -> str:
        return super().below(record.cell.snapshot) if record.cell.snapshot else ""

    def render_indicator(self, record: Row) -> str:
        return self.named(record.indicator)

    def render_area(self, record: Row) -> str:
        return self.named(record.area, "short_name")

    def render_state(self, record: Row) -> str:
        if record.cell.state == CellState.FIGURE:
            return self.link(record.cell.snapshot, figure(record.cell.snapshot))  # type: ignore[arg-type]
        return none_named(cell_word(self.request, record.cell))

    def render_period(self, record: Row) -> str:
        if record.cell.state != CellState.FIGURE or record.cell.snapshot is None:
            return ""
        return period(record.cell.snapshot) or _("not stated")

    def render_source(self, record: Row) -> str:
        cited = record.cell.snapshot and record.cell.snapshot.citation
        return self.link(cited, english(cited.source.publisher)) if cited else ""


class AreaMeasureFilter(RowFilterSet):
    programme = django_filters.ChoiceFilter(
        choices=[("true", gettext_lazy("yes")), ("false", gettext_lazy("no"))],
        label=gettext_lazy("Measures the programme"),
        empty_label=gettext_lazy("Both"),
    )
    policy = CodeFilter(standing(Policy), label=gettext_lazy("Policy"), empty_label=gettext_lazy("All policies"))
    indicator = CodeFilter(
        standing(Indicator), label=gettext_lazy("Indicator"), empty_label=gettext_lazy("All indicators")
    )
    area = AreaFilter()
    state = django_filters.ChoiceFilter(
        choices=CellState.choices, label=gettext_lazy("What is known"), empty_label=gettext_lazy("All")
    )
    use = django_filters.ChoiceFilter(
        choices=Measure.Use.choices, label=gettext_lazy("Used for"), empty_label=gettext_lazy("Both")
    )

    class Meta:
        fields: list[str] = []


class AreaMeasureListing(LedgerListing):
    name = "area-measures"
    title = gettext_lazy("Areas and measures")
    lead = gettext_lazy(
        "What is known of every measure in every area. A joint figure is never split, and none is added up."
    )
    noun = npgettext_lazy("counted", "measure in an area", "measures in areas")
    table_class = AreaMeasureTable
    filterset_class = AreaMeasureFilter
    template_name = "tracker/area_measures.html"
    sample_column = "sample"
    columns = {
        "code": "code",
        "indicator": "indicator_code",
        "indicator_name": "indicator_name",
        "indicator_name_ur": "indicator_name_ur",
        "area": "area_code",
        "area_name": "area_name",
        "area_name_ur": "area_name_ur",
        "area_kind": "area_kind",
        "state": "state",
        "qualifier": "qualifier",
        "value": "value",
        "unit": "unit",
        "period_start": "period_start",
        "period_end": "period_end",
        "as_of": "as_of",
        "scope": "scope",
        "joint_with": "joint_with",
        "reason": "reason",
        "searched_on": "searched_on",
        "searched_where": "searched_where",
        "areas_reported": "covered",
        "areas": "units",
        "policies": "policies",
        "uses": "uses",
        "snapshot": "snapshot",
        "status": "status",
        "quotation": "quotation",
        "citation": "citation",
        "source": "source",
        "publisher": "publisher",
        "source_url": "source_url",
        "edition": "edition",
    }

    @cached_property
    def matrix(self) -> AreaMatrix:
        return AreaMatrix.of(self.reading, Indicator.objects.in_edition(self.reading.edition))

    def get_queryset(self) -> Rows:
        return Rows(self.computed, Row, FIELDS)

    def computed(self) -> Iterator[Row]:
        measures: dict[int, list[Measure]] = {}
        for measure in measures_of(self.reading):
            measures.setdefault(measure.indicator_id, []).append(measure)
        policies = programme_of(self.reading)
        units = len(self.matrix.units)
        for indicator in self.matrix.indicators:
            covered = self.matrix.covered(indicator)
            of = tuple(measures.get(indicator.pk, ()))
            for area in self.matrix.rows:
                yield Row(self.matrix.cell(area, indicator), covered, units, of, policies)

    def context(self) -> dict[str, Any]:
        """The rows that are shown, as one table: a line for each measure, a column for each area."""
        rows: list[Row] = list(self.filterset.qs)
        indicators = list(dict.fromkeys(row.indicator for row in rows))
        wanted = {row.area.code for row in rows}
        # Units and former units first; groups and the country stand apart, for they are no areas beside the others.
        areas = sorted((area for area in self.matrix.rows if area.code in wanted), key=_apart)
        cells = {(row.indicator.pk, row.area.code): row for row in rows}
        return {
            "columns": [{"area": area, "name": in_language(area, "short_name"), "kind": _kind(area)} for area in areas],
            "lines": [
                {
                    "indicator": indicator,
                    "unit": "%" if indicator.is_share else in_language_text(indicator, "unit"),
                    "cells": [self._shown(cells.get((indicator.pk, area.code)), area) for area in areas],
                    "reported": format_html(
                        _("{} of {} areas reported"),
                        number(self.matrix.covered(indicator)),
                        number(len(self.matrix.units)),
                    ),
                }
                for indicator in indicators[:SHOWN]
            ],
            "more": max(0, len(indicators) - SHOWN),
        }

    def _shown(self, row: Row | None, area: Area) -> dict[str, Any]:
        if row is None:
            return {"kind": _kind(area)}
        snapshot = row.cell.snapshot
        if row.cell.state == CellState.FIGURE and snapshot is not None:
            return {
                "kind": _kind(area),
                "url": href(self.request, snapshot),
                "text": figure(snapshot),
                "note": period(snapshot) or _("undated"),
            }
        return {"kind": _kind(area), "word": cell_word(self.request, row.cell)}


def _apart(area: Area) -> int:
    return ("area", "joint", "country").index(_kind(area))


def _kind(area: Area) -> str:
    return {Area.Kind.GROUP: "joint", Area.Kind.COUNTRY: "country"}.get(Area.Kind(area.kind), "area")
