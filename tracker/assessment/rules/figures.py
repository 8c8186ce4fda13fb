"""Single figures: a share against its own counts, and values that can hardly be meant."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import number, percent
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, Weight, formula
from tracker.assessment.rules.snapshots import figure_rule, with_snapshots
from tracker.models import MetricSnapshot
from tracker.wording import figure

HUNDRED = Decimal(100)
Qualifier = MetricSnapshot.Qualifier


class ShareAboveHundred(Rule):
    """A share exceeds 100 per cent only where its indicator says that it may."""

    code = "share-above-100"
    name = gettext_lazy("Share above 100 per cent")
    about = (MetricSnapshot,)
    field = "value"
    says = gettext_lazy("is a share above 100 per cent, which its indicator does not allow.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(
            value__gt=100,
            series__indicator__behaviour="share",
            series__indicator__may_exceed_100=False,
        )


class ShareAgainstCounts(Rule):
    """A share agrees with the numerator and the denominator that its own source gives.

    The quotient must round to the share at the precision in which the share is reported: 51.2 stands for 51.15 to
    51.25. A share that is “at least” may lie below the quotient, one that is “at most” above it; one that is
    “about” is not tested. The share is entered as stated and never corrected by the ledger.
    """

    code = "share-against-counts"
    name = gettext_lazy("Share against its own counts")
    severity = Severity.WARNS
    weight = Weight.CONTRADICTION
    about = (MetricSnapshot,)
    says = gettext_lazy("{share} does not agree with {numerator} of {denominator}, which is {quotient} ({finer}).")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        rows = scope.subjects(MetricSnapshot).filter(
            value__isnull=False,
            numerator__isnull=False,
            denominator__isnull=False,
            series__indicator__behaviour="share",
        )
        for row in with_snapshots(rows).order_by("code"):
            low, high, quotient = cls.band(row)
            agrees = {
                Qualifier.EXACTLY: low <= quotient <= high,
                Qualifier.AT_LEAST: quotient >= low,
                Qualifier.AT_MOST: quotient <= high,
                Qualifier.ABOUT: True,
            }
            if not agrees[Qualifier(row.qualifier)]:
                yield Finding(cls, row)

    @staticmethod
    def band(row: Any) -> tuple[Decimal, Decimal, Decimal]:
        """The least and the most that the share can stand for, and the quotient of its counts, in per cent."""
        half = Decimal("0.5").scaleb(-_places(row.value))
        return row.value - half, row.value + half, HUNDRED * row.numerator / row.denominator

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        row: Any = finding.subject
        _low, _high, quotient = cls.band(row)
        return {
            "share": figure(row),
            "numerator": number(row.numerator),
            "denominator": number(row.denominator),
            "quotient": percent(quotient, _places(row.value)),
            "finer": number(quotient, max(2, _places(row.value) + 1)),
        }

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        row: Any = finding.subject
        low, high, _quotient = cls.band(row)
        lines: list[str] = [
            formula("{numerator} ÷ {denominator} = {quotient} ({finer}).".format(**cls.places(finding))),
            format_html(
                _("{share} stands for {low} to {high}: that needs {least} to {most} of {denominator}."),
                share=figure(row),
                low=percent(low),
                high=percent(high),
                least=number(row.denominator * low / HUNDRED, 0),
                most=number(row.denominator * high / HUNDRED, 0),
                denominator=number(row.denominator),
            ),
        ]
        if low > 0:
            lines.append(
                format_html(
                    _("Or {numerator} of {least} to {most}."),
                    numerator=number(row.numerator),
                    least=number(HUNDRED * row.numerator / high, 0),
                    most=number(HUNDRED * row.numerator / low, 0),
                )
            )
        return lines


def _places(value: Decimal) -> int:
    """How many decimals a source gives; six are stored, so that zeros at the end are not told apart."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


class Implausible(Rule):
    """A figure is not below nought, and not a hundred times more or less than the others of its series.

    The others are at least two figures of the series that are above nought; the one in their middle, the median,
    is compared. Flows are compared per day of their period. A factor of a hundred is a slip of the keyboard more
    often than news. A stated zero is a claim and passes.
    """

    code = "implausible-value"
    name = gettext_lazy("Implausible value")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (MetricSnapshot,)
    says = gettext_lazy("{figure} is {times} times away from the middle of the other figures of its series.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "implausible")

    @classmethod
    def sentence(cls, finding: Finding) -> str:
        row: Any = finding.subject
        if finding.told["negative"]:
            return format_html(_("{figure} is below nought."), figure=figure(row))
        return super().sentence(finding)

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {"figure": figure(finding.subject), "times": number(finding.told["times"], 0)}  # type: ignore[arg-type]

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        told = finding.told
        if told["negative"]:
            return []
        per_day = finding.subject.series.indicator.behaviour == "flow"  # type: ignore[attr-defined]
        says = (
            _("{rate} a day against {median} a day, the median of {n} others.")
            if per_day
            else _("{rate} against {median}, the median of {n} others.")
        )
        return [
            format_html(says, rate=_short(told["rate"]), median=_short(told["median"]), n=number(len(finding.inputs)))
        ]


def _short(value: Decimal) -> str:
    """Three significant digits of a small number, no decimals of a large one."""
    return number(value, 0 if value >= 100 else max(0, 2 - value.adjusted()))
