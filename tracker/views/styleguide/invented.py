"""Rows of no table, for specimens of what real rows are drawn by. Nothing of them is stored, and nothing is true."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal as D
from itertools import pairwise
from typing import Any

from django.db.models import Model

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.assessment.courses import Course
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import State
from tracker.models import Citation, Edition, Indicator, IndicatorBreak, MetricSnapshot, Series, Source, Target
from tracker.views.measured import Measured

PLACE = "#overtime"
Kind, Status = Area.Kind, MetricSnapshot.Status


def kept_here[T: Model](row: T, place: str = PLACE) -> T:
    """An invented row has no page of its own: what would lead to it stays on this one."""
    vars(row)["get_absolute_url"] = lambda: place
    return row


def edition(number: int, published_at: datetime) -> Edition:
    return kept_here(Edition(number=number, published_at=published_at, digest="0123456789abcdef" * 4))


def citation(letter: str) -> Citation:
    source = Source(pk=ord(letter), publisher=f"Publisher {letter}", published=PartialDate.parse("2035-02"))
    return kept_here(Citation(pk=ord(letter), source=source))


READING = Reading(
    edition(1, datetime(2034, 7, 1, tzinfo=UTC)), edition(1, datetime(2034, 7, 1, tzinfo=UTC)), date(2034, 7, 1), True
)
INDICATOR = Indicator(
    code="an-invented-share",
    name="An invented share",
    unit="per cent",
    behaviour=Indicator.Behaviour.SHARE,
    direction=Indicator.Direction.RISE,
)


class Told:
    """An area with what is told of it year by year: a value, or None where it is withheld."""

    def __init__(self, number: int, name: str, values: Sequence[D | None], kind: Area.Kind = Kind.PROVINCE) -> None:
        self.area = kept_here(Area(code=f"X-{number}", name=name, short_name=name, kind=kind, position=number))
        self.series = Series(pk=number, indicator=INDICATOR, area=self.area)
        self.rows = [self.row(2035 - len(values) + n, value) for n, value in enumerate(values)]

    def row(self, year: int, value: D | None, publisher: str = "A", nth: int = 0) -> MetricSnapshot:
        period = PartialDate.parse(str(year))
        return MetricSnapshot(
            pk=self.series.pk * 100_000 + nth * 10_000 + year,
            series=self.series,
            period_start=period,
            period_end=period,
            as_of=period.last_day,
            value=value,
            status=Status.FINAL if value is not None else Status.WITHHELD,
            no_value_reason="" if value is not None else "no ground was invented",
            citation=citation(publisher),
        )

    def course(self, **beside: Any) -> Course:
        joined = [(one, other) for one, other in pairwise(self.rows) if None not in (one.value, other.value)]
        with_value = [row for row in self.rows if row.value is not None]
        missing = [row for row in self.rows if row.value is None]
        drawn: dict[str, Any] = {"joined": joined, "missing": missing, **beside}
        return Course(self.series.pk, self.area, with_value, **drawn)


def measured(courses: Sequence[Course], aims: Sequence[Distance] = (), breaks: Sequence[Any] = ()) -> Measured:
    """What `Measured` would ask the database for is given."""
    found = Measured(READING, INDICATOR)
    targets = [aim.target for aim in aims]
    distances = {aim.target_id: aim for aim in aims}
    given = {"courses": list(courses), "targets": targets, "distances": distances, "breaks": list(breaks)}
    vars(found).update(given)
    return found


def one_series() -> tuple[Measured, Course]:
    """A series with all that its chart can show."""
    told = Told(1, "Area A", [D(9), D(14), D(22), None, D(33), D(38)])
    _first, start, later, _gap, rivalled, last = told.rows
    told.rows[0] = told.row(2029, D(9), "B")
    later.replaces = told.row(2031, D(34), nth=1)
    course = told.course(
        joined=[(start, later), (rivalled, last)],
        rivals=[(told.row(2033, D(24), "B", nth=2), rivalled)],
        replaced=[(later.replaces, later)],
    )
    targets = {
        year: Target(
            pk=year,
            series=told.series,
            basis=Target.Basis.TARGET,
            value=value,
            due=PartialDate.parse(f"{year}-12-31"),
            interim=interim,
        )
        for year, value, interim in ((2032, D(40), True), (2036, D(70), False))
    }
    aim = Distance(
        target=targets[2036],
        series=told.series,
        reached=last,
        baseline=start,
        required=D(70),
        broken=False,
        state=State.BEHIND,
        projected=2037,
        holds=False,
    )
    change = IndicatorBreak(indicator=INDICATOR, on=PartialDate.parse("2030-03"), description="what is counted changed")
    found = measured([course], [aim], [change])
    found.targets.append(targets[2032])
    return found, course


def several_series() -> Measured:
    """Areas with figures, one that withholds them, and the country."""
    told = [
        Told(9, "The country", [D(24), D(27), D(31), D(36)], Kind.COUNTRY),
        Told(1, "Area A", [D(22), D(28), D(33), D(38)]),
        Told(2, "Area B", [D(41), D(44), None, D(62)]),
        Told(3, "Area C", [D(30), D(21), D(17), D(12)]),
        Told(4, "Area D", [None, None]),
    ]
    return measured([one.course() for one in told])
