"""The generator: what is on record of the invented policy, edition by edition, from one seed."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker import models as ledger
from tracker.intake.sample import PREFIX, figures, plans
from tracker.intake.sample.names import PLACES
from tracker.models import Edition, Publishable
from tracker.publishing import publish

YEARS = 730  # days that the editions span


@dataclass(frozen=True)
class Size:
    """How large the world is."""

    seed: int = 1
    actions: int = 42
    bodies: int = 12
    indicators: int = 8
    editions: int = 8

    def problem(self) -> str:
        """Why there is no world of this size; empty if there is."""
        if self.actions < 1 or self.bodies < 4 or self.indicators < 0:
            return "A sample has at least one action and four bodies, and no fewer than no indicators."
        if not 1 <= self.editions <= YEARS // 7:
            return f"A sample has 1 to {YEARS // 7} editions: they span two years, and no two are of one week."
        return ""


class World:
    """Rows as they are entered, and published edition by edition."""

    def __init__(self, size: Size, today: date) -> None:
        self.size, self.today = size, today
        self.random = Random(f"{size.seed}")
        self.batch: list[Publishable] = []
        self.days = [
            today - timedelta(days=YEARS - 7 - round((YEARS - 14) * n / max(1, size.editions - 1)))
            for n in range(size.editions)
        ]
        self.areas: dict[str, Area] = {}
        self.bodies: list[ledger.ResponsibleBody] = []

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def partial(self, offset: int | None) -> PartialDate | None:
        return None if offset is None else PartialDate.of(self.day(offset))

    def add[Row: Publishable](self, model: type[Row], **columns: Any) -> Row:
        row = model(**columns)
        row.save()
        self.batch.append(row)
        return row

    @transaction.atomic
    def generate(self) -> Iterator[Edition]:
        """Enter and publish everything; nothing of it stays if anything fails."""
        self.make_areas()
        programme = plans.Programme(self)
        measured = figures.Measured(self, programme)
        for number, day in enumerate(self.days, 1):
            since = self.days[number - 2] if number > 1 else day - timedelta(days=100)
            cited = Cited(self, number, day)
            if number == 1:
                programme.announce(cited)
                measured.announce(cited)
            programme.report(cited, since, day)
            measured.report(cited, since, day, number)
            yield self.publish(number, day)

    def publish(self, number: int, day: date) -> Edition:
        digest = hashlib.sha256(repr((asdict(self.size), self.today, number)).encode()).hexdigest()
        rows, self.batch = self.batch, []
        at = timezone.make_aware(datetime.combine(day, time(12)))
        summary = (
            "The sample: the plan as it was announced."
            if number == 1
            else f"The sample: reports and figures, part {number}."
        )
        summary_ur = "نمونہ: منصوبہ جیسا اعلان ہوا۔" if number == 1 else f"نمونہ: رپورٹیں اور اعداد، حصہ {number}۔"
        return publish(rows, None, summary, summary_ur, record=(f"{PREFIX}{number:03}", digest), at=at)

    def make_areas(self) -> None:
        for position, place in enumerate(PLACES, 1):
            self.areas[place.code] = Area.objects.create(
                code=place.code,
                name=place.name,
                name_ur=place.name_ur,
                short_name=place.name.removesuffix(" jointly"),
                short_name_ur=place.name_ur,
                kind=place.kind,
                member_codes=place.code.split("+") if place.kind == Area.Kind.GROUP else [],
                tile_row=place.row,
                tile_column=place.column,
                position=position,
            )

    @property
    def provinces(self) -> list[Area]:
        return [area for area in self.areas.values() if area.kind in Area.UNIT_KINDS]

    @property
    def country(self) -> Area:
        return self.areas["PK"]


class Cited:
    """The documents of one edition, and the words used from them: a report, an audit, a newspaper."""

    PUBLISHERS = {
        "report": ("Secretariat S", "Progress report", "official-document", "record", ""),
        "audit": ("Audit Office U", "Audit note", "research", "record", ""),
        "press": ("Newspaper N", "News report", "news", "unnamed-officials", "officials"),
        "second-press": ("Newspaper O", "Count of the newspaper", "news", "writer", ""),
        "leaflet": ("Secretariat S", "Leaflet", "official-document", "record", ""),
    }

    def __init__(self, world: World, number: int, day: date) -> None:
        self.world, self.number, self.day = world, number, day
        self.made: dict[str, ledger.Citation] = {}

    def by(self, kind: str) -> ledger.Citation:
        """The words of one document of this edition; one citation serves many facts, as one table of a report does."""
        if kind not in self.made:
            publisher, title, document, attribution, speaker = self.PUBLISHERS[kind]
            source = self.world.add(
                ledger.Source,
                code=f"{PREFIX}{kind}-{self.number}",
                publisher=publisher,
                title=f"{title} {self.number}",
                title_ur=f"دستاویز {self.number}",
                kind=document,
                published=None if kind == "leaflet" else PartialDate.of(self.day - timedelta(days=3)),
                note="Invented, as everything here.",
                note_ur="فرضی، جیسے یہاں سب کچھ۔",
            )
            self.made[kind] = self.world.add(
                ledger.Citation,
                code=f"{source.code}.words",
                source=source,
                quotation=f"These words of {publisher} are invented.",
                translation_ur="یہ الفاظ فرضی ہیں۔",
                speaker=speaker,
                attribution=attribution,
            )
        return self.made[kind]
