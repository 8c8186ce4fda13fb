"""Area × measure: which area has a figure of its own, and which is told only together with others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from provinces.models import Area
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.models import Indicator, MetricSnapshot

type Cells = Mapping[tuple[str, int], MetricSnapshot]


@dataclass(frozen=True)
class AreaMatrix:
    """The leading figure of every indicator in every area; nothing is split, summed or averaged."""

    areas: list[Area]
    indicators: list[Indicator]
    figures: Cells
    without_value: Cells

    @classmethod
    def of(cls, reading: Reading, indicators: Iterable[Indicator]) -> "AreaMatrix":
        wanted = list(indicators)
        found = headlines(reading).filter(series__indicator__in=wanted)
        statements = (
            MetricSnapshot.objects.in_edition(reading.edition)
            .filter(series__indicator__in=wanted, value=None)
            .select_related("series")
            .order_by("as_of", "pk")
        )
        return cls(
            list(Area.objects.all()),
            wanted,
            {(row.series.area_id, row.series.indicator_id): row for row in found},
            {(row.series.area_id, row.series.indicator_id): row for row in statements},
        )

    @cached_property
    def units(self) -> list[Area]:
        return [area for area in self.areas if area.kind in Area.UNIT_KINDS and area.valid_to is None]

    @cached_property
    def rows(self) -> list[Area]:
        """Units, then groups and former units that have a figure, then the country; in their order."""
        told = {area for area, _indicator in self.figures}
        return [
            area for area in self.areas if area in self.units or area.code in told or area.kind == Area.Kind.COUNTRY
        ]

    def joint_only(self, area: Area, indicator: Indicator) -> bool:
        """Whether the area is counted only together with others."""
        return (area.code, indicator.pk) not in self.figures and any(
            (group.code, indicator.pk) in self.figures for group in self.areas if area.code in group.member_codes
        )

    def covered(self, indicator: Indicator) -> int:
        """How many of the units have a figure of their own."""
        return sum((unit.code, indicator.pk) in self.figures for unit in self.units)
