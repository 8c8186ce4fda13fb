"""Rates and counts that are told apart: do they fit one and the same base?"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import digits, in_language, number, percent
from provinces.models import COUNTRY, Area
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, formula
from tracker.assessment.rules.snapshots import with_snapshots
from tracker.models import MetricSnapshot
from tracker.wording import figure

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Part:
    """One area: its rate, its count, and the base that the two imply."""

    rate: MetricSnapshot
    count: Decimal
    stated: MetricSnapshot | None
    """The statement of the count; None if it is what remains of the country's."""

    @property
    def base(self) -> Decimal:
        assert self.rate.value
        return HUNDRED * self.count / self.rate.value


class RatesAndCounts(Rule):
    """Rates of areas and counts of areas, told by different sources, imply bases that can be added.

    A count divided by its rate is the base that nobody stated. The bases of the areas are added; if the country's count
    divided by that sum rounds to the country's rate, the rates share one base and the country's is their weighted mean.
    One area may lack its count: it takes what the others leave of the country's, supposing that no other area has any.
    Exact figures are taken, counts of the period of the rates or of no stated period. Everything here is derived; what
    the base counts is not said by any source.
    """

    code = "rates-and-counts"
    name = gettext_lazy("Rates and counts reconciled")
    severity = Severity.NOTES
    about = (MetricSnapshot,)
    asks_drafts = False
    says = gettext_lazy(
        "The {n} rates of areas and this one {verdict} one base: {count} of about {base} is {quotient}, told is {rate}."
    )

    COUNT_OF: ClassVar = {"conviction-rate": "terrorism-convictions"}
    """Of an indicator that is a share, the indicator that counts its numerator."""

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        of_country = {"series__area": COUNTRY, "series__indicator__code__in": cls.COUNT_OF, "value__gt": 0}
        national = list(with_snapshots(scope.subjects(MetricSnapshot).filter(**of_country, qualifier="exactly")))
        if not national:
            return
        kinds = [*cls.COUNT_OF, *cls.COUNT_OF.values()]
        told = scope.rows(MetricSnapshot).filter(
            series__indicator__code__in=kinds, value__gt=0, qualifier="exactly", scope=""
        )
        rows = list(with_snapshots(told).order_by("as_of", "pk"))
        for rate in sorted(national, key=lambda row: row.code):
            if finding := cls._reconciled(rate, rows):
                yield finding

    @classmethod
    def _reconciled(cls, national: Any, rows: list[Any]) -> Finding | None:
        """The rates of the same period and source, with the counts beside them."""
        counted = cls.COUNT_OF[national.series.indicator.code]
        period = (national.period_start, national.period_end)
        rates = {
            row.series.area_id: row
            for row in rows
            if row.series.indicator_id == national.series.indicator_id
            and (row.period_start, row.period_end) == period
            and row.series.area.kind in Area.UNIT_KINDS
        }
        counts = {
            row.series.area_id: row
            for row in rows
            if row.series.indicator.code == counted and (row.period_start, row.period_end) in (period, (None, None))
        }
        missing = [area for area in rates if area not in counts]
        if len(rates) - len(missing) < 2 or len(missing) > 1 or COUNTRY not in counts:
            return None
        rest = counts[COUNTRY].value - sum(counts[area].value for area in rates if area in counts)
        if missing and rest <= 0:
            return None
        parts = [Part(rate, counts[a].value if a in counts else rest, counts.get(a)) for a, rate in rates.items()]
        parts.sort(key=lambda part: (-(part.rate.value or 0), part.rate.code))
        base = sum((part.base for part in parts), Decimal(0))
        inputs = [row for part in parts for row in (part.rate, part.stated) if row is not None]
        told = {"parts": parts, "base": base, "count": counts[COUNTRY], "missing": bool(missing)}
        return Finding(cls, national, told, (*inputs, counts[COUNTRY]))

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        rate: Any = finding.subject
        told = finding.told
        quotient = HUNDRED * told["count"].value / told["base"]
        decimals = max(0, -rate.value.normalize().as_tuple().exponent)
        fits = abs(quotient - rate.value) <= Decimal("0.5").scaleb(-decimals)
        return {
            "n": number(len(told["parts"])),
            "verdict": _("fit") if fits else _("do not fit"),
            "count": figure(told["count"]),
            "base": number(told["base"], 0),
            "quotient": percent(quotient, decimals + 1),
            "rate": figure(rate),
        }

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        told = finding.told
        base = told["base"]
        lines: list[str] = []
        for part in told["parts"]:
            remark = "" if part.stated else format_html(" ({})", _("the count by subtraction"))
            sum_of = formula(f"{digits(part.count)} ÷ {digits(part.rate.value)}% = {digits(part.base, 1)}")
            area = in_language(part.rate.series.area, "name")
            lines.append(format_html(_("{area}: {formula}{remark}."), area=area, formula=sum_of, remark=remark))
        bases = " + ".join(digits(part.base, 1) for part in told["parts"])
        count = told["count"].value
        lines.append(formula(f"{bases} = {digits(base, 1)}."))
        lines.append(formula(f"{digits(count)} ÷ {digits(base, 1)} = {digits(HUNDRED * count / base, 2)}%."))
        lines.append(_("Derived by us; what the base counts, no source says."))
        return lines
