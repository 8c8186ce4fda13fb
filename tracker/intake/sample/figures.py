"""The figures of the sample: what is measured where, towards which targets, and how sources differ."""

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker import models as ledger
from tracker.intake.sample.names import QUANTITIES, WHOLES, Quantity

if TYPE_CHECKING:
    from tracker.intake.sample.plans import Plan, Programme
    from tracker.intake.sample.world import Cited, World

PACES = [Decimal(pace) for pace in ("1.05", "0.2", "0.5", "1.5", "1", "0.85", "-0.2", "0.9")]
"""How far series have come for the time that has passed; areas take turns."""

JOINT = "disputes-mediated"  # told for provinces A and B jointly only
YEARLY = "disputes-mediated"  # its baseline is of a year, its figures are of a quarter
CHANGED = "posts-filled"  # what is counted changed half-way

ODD = {
    "direction": ("desks-open", "PK-XB"),
    "no-baseline": ("desks-open", "PK-XD"),
    "no-figure": ("posts-filled", "PK-XG"),  # withheld
    "no-whole": ("institutes-registered", "PK-XG"),  # how many there are in all is withheld
    "undated": ("calls-answered", "PK-XE"),  # known from a leaflet without a date
    "baseline-elsewhere": ("desks-open", "PK-XE"),
}
"""The series at which commitments with an odd target aim."""
NO_START = {"no-baseline", "no-figure", "undated"}
SHARE_DECIMALS = Decimal("0.1")
UNTOLD = [("posts-filled", "PK-XG"), ("inspections", "PK-XF"), ("calls-answered", "PK-XF")]
"""Measures and areas of which no figure is ever told."""


class Measured:
    def __init__(self, world: "World", programme: "Programme") -> None:
        self.world, self.programme = world, programme
        self.indicators: dict[str, ledger.Indicator] = {}
        self.series: dict[tuple[str, str], ledger.Series] = {}
        self.last: dict[tuple[str, str], ledger.MetricSnapshot] = {}
        self.baselines: dict[tuple[str, str], ledger.MetricSnapshot] = {}
        self.slip: ledger.MetricSnapshot | None = None

    @property
    def quantities(self) -> list[Quantity]:
        return QUANTITIES[: self.world.size.indicators]

    def announce(self, cited: "Cited") -> None:
        words = cited.by("report")
        for position, quantity in enumerate(self.quantities, 1):
            indicator = self.world.add(
                ledger.Indicator,
                code=quantity.code,
                name=quantity.name,
                name_ur=quantity.name_ur,
                unit=quantity.unit,
                unit_ur=quantity.unit_ur,
                counted=f"{quantity.name}, as the secretariat counts them",
                counted_ur=quantity.name_ur,
                definition="An invented quantity.",
                definition_ur="ایک فرضی مقدار۔",
                decimals=1 if quantity.behaviour == "share" else 0,
                kind="output",
                behaviour=quantity.behaviour,
                frequency_months=4,
                direction=quantity.direction,
                unscored_reason="the whole of another measure" if quantity.direction == "not-scored" else "",
                unscored_reason_ur="کسی اور پیمانے کا کل" if quantity.direction == "not-scored" else "",
                position=position,
            )
            self.indicators[quantity.code] = indicator
            for area in self.places(quantity):
                self.series[quantity.code, area.code], _made = ledger.Series.objects.get_or_create(
                    indicator=indicator, area=area
                )
        for number, plan in enumerate(self.programme.plans):
            if plan.scenario.owned and self.quantities:
                self.aim(self.quantities[number % len(self.quantities)], plan, words)

    def places(self, quantity: Quantity) -> list[Area]:
        provinces = self.world.provinces
        if quantity.code == JOINT:
            return [*provinces[2:], self.world.areas["PK-XA+PK-XB"], self.world.country]
        return [*provinces, self.world.country]

    def aim(self, quantity: Quantity, plan: "Plan", words: ledger.Citation) -> None:
        """What the commitment is measured by, where it is to act, and what is to be reached there."""
        action = plan.action
        told = action.area in self.places(quantity) and (quantity.code, action.area.code) not in UNTOLD
        area = action.area if told else self.world.country
        if plan.scenario.aim in ODD:
            code, place = ODD[plan.scenario.aim]
            quantity, area = next(q for q in QUANTITIES if q.code == code), self.world.areas[place]
            if quantity not in self.quantities:
                return
        self.world.add(
            ledger.Measure, code=f"{action.code}.measure", action=action, area=area,
            indicator=self.indicators[quantity.code], use="implementation",
        )  # fmt: skip
        aim = {"series": self.series[quantity.code, area.code], "action": action, "citation": words}
        whole = self.indicators.get(WHOLES.get(quantity.code, ""))
        if plan.scenario.aim == "direction":
            self.world.add(ledger.Target, code=f"{action.code}.target", basis="direction", **aim)
        elif whole is not None:
            self.world.add(ledger.Target, code=f"{action.code}.target", basis="requirement", whole=whole, **aim)
        elif quantity.direction != "not-scored":
            start = None if plan.scenario.aim in NO_START else self.baseline(quantity, area, words)
            if plan.scenario.aim == "baseline-elsewhere":
                start = self.baseline(quantity, self.world.country, words)
            self.world.add(
                ledger.Target, code=f"{action.code}.target", basis="target", value=self.goal(quantity, area),
                baseline=start, due=self.world.partial(plan.scenario.due or 200), **aim,
            )  # fmt: skip

    def baseline(self, quantity: Quantity, area: Area, words: ledger.Citation) -> ledger.MetricSnapshot:
        """The figure that the series starts from, told once."""
        key = (quantity.code, area.code)
        if key not in self.baselines:
            before = self.world.days[0] - timedelta(days=9)
            self.baselines[key] = self.figure(quantity, area, self.base(quantity, area), words, before, "base")
        return self.baselines[key]

    # How large things are

    def base(self, quantity: Quantity, area: Area) -> Decimal:
        if quantity.behaviour == "share":
            return Decimal(quantity.size)
        if area.code == "PK":
            return sum(
                (self.base(quantity, other) for other in self.places(quantity) if other.code != "PK"), Decimal(0)
            )
        return Decimal(quantity.size) * (2 if area.is_group else 1)

    def goal(self, quantity: Quantity, area: Area) -> Decimal:
        return self.base(quantity, area) * (Decimal("0.5") if quantity.direction == "fall" else Decimal("1.6"))

    def value(self, quantity: Quantity, area: Area, day: date) -> Decimal:
        """What is reached on the day: as much of the way as time has passed, at the pace of the area."""
        if area.code == "PK":
            parts = [self.value(quantity, other, day) for other in self.places(quantity) if other.code != "PK"]
            total = sum(parts, Decimal(0))
            return (total / len(parts)).quantize(SHARE_DECIMALS) if quantity.behaviour == "share" else total
        passed = Decimal((day - self.world.days[0]).days) / 1000
        pace = PACES[(self.quantities.index(quantity) + list(self.world.areas).index(area.code)) % len(PACES)]
        base, goal = self.base(quantity, area), self.goal(quantity, area)
        noise = Decimal(self.world.random.randint(-2, 2)) / 100 * base
        reached = max(Decimal(1), base + (goal - base) * passed * pace + noise)
        return (
            min(Decimal(99), reached).quantize(SHARE_DECIMALS)
            if quantity.behaviour == "share"
            else reached.quantize(Decimal(1))
        )

    # What is told, edition by edition

    def report(self, cited: "Cited", since: date, day: date, number: int) -> None:
        if number == 1:
            return  # the baselines are in the plan
        as_of = day - timedelta(days=10)
        start = since - timedelta(days=9)
        for quantity in self.quantities:
            told: dict[str, Decimal] = {}
            for area in self.places(quantity):
                if self.without_value(quantity, area, cited, as_of, number):
                    continue
                value = sum(told.values(), Decimal(0)) if area.code == "PK" else self.value(quantity, area, as_of)
                if area.code == "PK" and quantity.behaviour == "share":
                    value = (value / len(told)).quantize(SHARE_DECIMALS)
                told[area.code] = value
                self.last[quantity.code, area.code] = self.figure(
                    quantity, area, value, cited.by("report"), as_of, str(number), start
                )
        self.differ(cited, as_of, number)
        if number == self.world.size.editions // 2:
            self.change_what_is_counted(cited, day)
        if number == self.world.size.editions:
            self.tell_otherwise(cited, as_of)

    def change_what_is_counted(self, cited: "Cited", day: date) -> None:
        if indicator := self.indicators.get(CHANGED):
            self.world.add(
                ledger.IndicatorBreak, code=f"{CHANGED}.break", indicator=indicator, on=PartialDate.of(day),
                description="Posts on leave are counted too.", description_ur="چھٹی پر آسامیاں بھی گنی جاتی ہیں۔",
                citation=cited.by("report"),
            )  # fmt: skip

    def tell_otherwise(self, cited: "Cited", as_of: date) -> None:
        """A leaflet without a date, a newspaper whose areas exceed its total, and two years of one area."""
        shares, desks, visits = (next((q for q in self.quantities if q.code == code), None)
                                 for code in ("calls-answered", "desks-open", "inspections"))  # fmt: skip
        if shares:
            self.figure(
                shares, self.world.areas["PK-XE"], Decimal(31), cited.by("leaflet"), as_of, "leaflet",
                period_end=None, numerator=None, denominator=None,
            )  # fmt: skip
        if desks:
            provinces = {area: _value(self.last[desks.code, area.code]) for area in self.world.provinces}
            total = sum(provinces.values(), Decimal(0)) - 5
            for area, value in [*provinces.items(), (self.world.country, total)]:
                self.figure(desks, area, value, cited.by("second-press"), as_of - timedelta(days=12), "counted-again")
        if visits:
            year = as_of.year - 2
            for later, value in enumerate((Decimal(310), Decimal(810))):
                on = PartialDate.parse(str(year + later))
                self.figure(
                    visits, self.world.areas["PK-XE"], value, cited.by("audit"), as_of, f"year-{later + 1}",
                    period_start=on, period_end=on,
                )  # fmt: skip

    def figure(
        self, quantity: Quantity, area: Area, value: Decimal, words: Any, as_of: date, name: str, /,
        start: date | None = None, **columns: Any,
    ) -> ledger.MetricSnapshot:  # fmt: skip
        is_flow = quantity.behaviour == "flow"
        days = 365 if quantity.code == YEARLY else (self.world.days[-1] - self.world.days[0]).days // 7
        period = PartialDate.of(start or as_of - timedelta(days=days)) if is_flow else None
        if quantity.behaviour == "share":
            columns = {"numerator": (value * 10).quantize(Decimal(1)), "denominator": 1000} | columns
        defaults = {
            "code": f"{quantity.code}.{area.code.lower().replace('+', '-')}.{name}",
            "series": self.series[quantity.code, area.code],
            "period_start": period,
            "period_end": PartialDate.of(as_of),
            "value": value,
            "citation": words,
        }
        return self.world.add(ledger.MetricSnapshot, **(defaults | columns))

    def without_value(self, quantity: Quantity, area: Area, cited: "Cited", as_of: date, number: int) -> bool:
        """Withheld, not collected, and sought without success: three ways of having no figure."""
        withheld, uncounted, sought = UNTOLD
        nobody = {"status": "not-collected", "no_value_reason": "Nobody counts them there."}
        in_vain = {
            "status": "not-found", "no_value_reason": "The yearbook has none.", "citation": None,
            "searched_on": as_of, "searched_where": "The yearbook",
        }  # fmt: skip
        kept = {"status": "withheld", "withheld_by": self.programme.bodies[0]}
        reasons: dict[tuple[str, str], dict[str, Any]] = {
            withheld: kept | {"no_value_reason": "A list of posts would show which desks are empty."},
            ("institutes-all", "PK-XG"): kept | {"no_value_reason": "Nobody is to know how many there are."},
            uncounted: nobody,
            ("inspections", "PK-XE"): nobody,  # until the last edition, as the next
            sought: in_vain,
            ("calls-answered", "PK-XE"): in_vain,
        }
        found = reasons.get((quantity.code, area.code))
        if found is None:
            return False
        blank = {"value": None, "numerator": None, "denominator": None}
        self.figure(quantity, area, Decimal(0), cited.by("report"), as_of, str(number), **(blank | found))
        return True

    def differ(self, cited: "Cited", as_of: date, number: int) -> None:
        """What a newspaper says otherwise, a slip of the keyboard and its correction: something for every rule."""
        last = self.world.size.editions
        desks, files, shares = (next((q for q in self.quantities if q.code == code), None)
                                for code in ("desks-open", "files-pending", "calls-answered"))  # fmt: skip
        country, province = self.world.country, self.world.provinces[0]
        press = cited.by("press")
        if desks and number in (last - 2, last):
            rival = _value(self.last[desks.code, "PK"]) * Decimal("1.1")
            self.figure(desks, country, rival.quantize(Decimal(1)), press, as_of + timedelta(days=4), f"press-{number}")
        if files and number == last - 1:
            jump = _value(self.last[files.code, "PK"]) * 3
            self.figure(files, country, jump, press, as_of - timedelta(days=45), f"press-{number}")
        if desks and number == last - 1:
            more = _value(self.last[desks.code, "PK"]) + 7
            self.figure(desks, province, more, press, as_of - timedelta(days=6), f"press-{number}")
        if shares and number == last - 1:
            self.figure(shares, country, Decimal(93), press, as_of, f"press-{number}", numerator=820, denominator=1000)
        if desks and number == 3:
            slip = _value(self.last[desks.code, "PK-XC"]) * 1000
            self.slip = self.figure(
                desks, self.world.areas["PK-XC"], slip, cited.by("audit"), as_of - timedelta(days=40), "slip"
            )
        if desks and number == 4 and self.slip is not None:
            self.figure(
                desks, self.slip.series.area, _value(self.slip) / 1000, self.slip.citation,
                self.slip.period_end.first_day, "mended",  # type: ignore[union-attr]
                replaces=self.slip, reason="Three noughts too many were typed.",
            )  # fmt: skip


def _value(snapshot: ledger.MetricSnapshot) -> Decimal:
    return snapshot.value or Decimal(0)
