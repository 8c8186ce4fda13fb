"""Figures beside each other: parts and wholes, rates and their areas, rivals, jumps, and other periods."""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import digits, number, percent
from provinces.models import Area
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, Weight, formula
from tracker.assessment.rules.snapshots import figure_rule
from tracker.models import IndicatorBreak, MetricSnapshot
from tracker.wording import in_place


def _listed(rows: Any) -> str:
    return format_html_join(_("; "), "{}", ((in_place(row),) for row in rows))


class PartExceedsWhole(Rule):
    """A part is not more than the whole that holds it.

    A province is part of the country and of a group that is reported jointly; the months of a year are part of it.
    Where a period is not stated, and for stocks, the two count as of one time if at most 31 days lie between
    them. Shares have no parts. Figures that are “about”, a part that is “at most” and a whole that is “at least”
    prove nothing and are left out. Usually the two publishers do not count the same.
    """

    code = "part-exceeds-whole"
    name = gettext_lazy("Part above its whole")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (MetricSnapshot,)
    says = gettext_lazy("{part} is more than what holds it: {wholes}.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "part_exceeds_whole")

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {"part": in_place(finding.subject), "wholes": _listed(finding.inputs)}  # type: ignore[arg-type]

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        part: Any = finding.subject
        return [
            formula(f"{digits(part.value)} − {digits(whole.value)} = {digits(part.value - whole.value)}.")
            for whole in finding.inputs
        ]


class PartsExceedWhole(Rule):
    """Areas do not add up to more than their source has for them together.

    The figures of single areas in one source and for one period are added and compared with its figure for the
    country, or for the group that they belong to. An area that is told twice counts with the lower figure.
    """

    code = "parts-exceed-whole"
    name = gettext_lazy("Areas above their total")
    severity = Severity.WARNS
    weight = Weight.CONTRADICTION
    about = (MetricSnapshot,)
    says = gettext_lazy("{whole} is less than its {n} areas together, which have {total}.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "parts_exceed_whole")

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {
            "whole": in_place(finding.subject),  # type: ignore[arg-type]
            "n": number(len(finding.inputs)),
            "total": number(finding.told["total"]),
        }

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        whole: Any = finding.subject
        total = finding.told["total"]
        parts = " + ".join(digits(row.value) for row in finding.inputs)
        more = format_html(
            _("That is {more} more than {whole}."), more=number(total - whole.value), whole=number(whole.value)
        )
        return [formula(f"{parts} = {digits(total)}."), more]


class RateOutsideItsAreas(Rule):
    """The rate of a whole lies within the range of the rates of its areas.

    It is an average of them, whatever their weights. Exact shares for the same period are compared, of at least two
    areas. Areas without a figure may explain a rate outside the range, so the finding says how many are told.
    """

    code = "rate-outside-its-areas"
    name = gettext_lazy("Rate outside the range of its areas")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (MetricSnapshot,)
    says = gettext_lazy("{rate} lies outside {low} to {high}, the range of the {told} of {units} areas that are told.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from cls._found(scope, inside=False)

    @classmethod
    def _found(cls, scope: Scope, *, inside: bool) -> Iterator[Finding]:
        units = None
        for finding in figure_rule(cls, scope, "rate_outside_its_areas", inside=inside):
            members = finding.subject.series.area.member_codes  # type: ignore[attr-defined]
            if not members and units is None:
                units = Area.objects.units().count()
            yield Finding(cls, finding.subject, {**finding.told, "units": len(members) or units}, finding.inputs)

    @classmethod
    def passed(cls, scope: Scope) -> str:
        """A rate of the record that was tried and lies within: an example of what is no finding."""
        for finding in cls._found(scope, inside=True):
            return format_html(
                _("{rate} lies within {low} to {high}, the range of {told} of {units} areas: no finding."),
                **cls.places(finding),
            )
        return ""

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        told = finding.told
        return {
            "rate": in_place(finding.subject),  # type: ignore[arg-type]
            "low": percent(told["low"].normalize()),
            "high": percent(told["high"].normalize()),
            "told": number(told["told"]),
            "units": number(told["units"]),
        }

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        return [format_html(_("The areas: {areas}."), areas=_listed(finding.inputs))]


class Rivals(Rule):
    """Statements on one series whose periods agree, and whose figures do not.

    Repetitions of one statement count once. The periods of stocks agree if another publisher speaks and at most 31 days
    lie between the days counted. Rivals stand side by side: the better attributed one leads, then the newest
    publication, and the spread is shown.
    """

    code = "rivals"
    name = gettext_lazy("Rivals")
    severity = Severity.NOTES
    weight = Weight.CONFLICT
    about = (MetricSnapshot,)
    says = gettext_lazy("{n} statements for one time give {low} to {high}: {all}.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "rivals")

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        rows: list[Any] = sorted([finding.subject, *finding.inputs], key=lambda row: (row.value, row.code))
        return {
            "n": number(len(rows)),
            "low": number(rows[0].value),
            "high": number(rows[-1].value),
            "all": _listed(rows),
        }


class Jumps(Rule):
    """Neighbouring figures of a stock, at most a year apart, do not differ by a factor of two without a word.

    Such a jump is real, or the two do not count the same: while no source says that they do, the definition is
    unknown and no change is computed from them. Rivals are told apart; figures on the two sides of a recorded
    break of the definition are no jump.
    """

    code = "jump"
    name = gettext_lazy("Jump")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (MetricSnapshot,)
    says = gettext_lazy("{later} after {earlier}: {times} times in {days} days, definition unknown.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "jumps", breaks=scope.table(IndicatorBreak, "indicator_id", "on"))

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {
            "later": in_place(finding.subject),  # type: ignore[arg-type]
            "earlier": in_place(finding.inputs[0]),
            "times": number(finding.told["times"], 1),
            "days": number(finding.told["days"]),
        }

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        pair: list[Any] = [finding.subject, finding.inputs[0]]
        low, high = sorted(pair, key=lambda row: row.value)
        lines = [
            formula(f"{digits(high.value)} ÷ {digits(low.value)} = {digits(finding.told['times'], 2)}."),
            _("No break of the definition is on record between them, and no source says that both count the same."),
        ]
        if any(row.period_end is None for row in pair):
            lines.append(_("Where the day is not stated, the day of publication stands for it."))
        return lines


class TwoPeriods(Rule):
    """Figures for adjoining periods that differ by a factor of two are two periods, not a conflict.

    The periods are of one length, and one begins on the day after the other ends. The note keeps a reader from
    taking them for rivals; what explains the difference is not for the ledger to say.
    """

    code = "two-periods"
    name = gettext_lazy("Two periods")
    severity = Severity.NOTES
    about = (MetricSnapshot,)
    says = gettext_lazy("{later} and {earlier} are figures of {periods}, not a conflict.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        yield from figure_rule(cls, scope, "two_periods")

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        row: Any = finding.subject
        of_years = row.period_end.precision == "year" and row.period_start == row.period_end
        return {
            "later": in_place(row),
            "earlier": _listed(finding.inputs),
            "periods": _("two years") if of_years else _("two periods"),
        }
