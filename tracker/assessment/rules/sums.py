"""The working of a finding as a sum: what is stated, what follows from it, and the difference, one below the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from azm.lib.templatetags.azm import digits, english, in_language, number, percent
from tracker.assessment.rules.base import Finding, formula
from tracker.assessment.rules.figures import ShareAgainstCounts
from tracker.wording import figure, period

MOST: Final = 9
"""Lines of one kind that are written out; of more only the sum is told."""


@dataclass(frozen=True)
class Line:
    """`kind` is empty for what is stated, "result" for what follows, "difference" for what does not agree."""

    label: str | SafeString
    value: str | SafeString
    kind: str = ""


def sum_of(finding: Finding) -> list[Line]:
    """Nothing where a rule does no arithmetic on figures."""
    drawn = SUMS.get(finding.rule.code)
    return drawn(finding, [finding.subject, *finding.inputs]) if drawn else []


def _stated(row: Any) -> Line:
    """A figure under where, when and by whom it is stated."""
    publisher = english(row.citation.source.publisher) if row.citation else ""
    parts = (in_language(row.series.area, "short_name"), period(row) or _("period not stated"), publisher)
    return Line(format_html_join(_(", "), "{}", ((part,) for part in parts if part)), figure(row))


def _difference(value: Decimal) -> Line:
    return Line(pgettext("of two numbers", "Difference"), number(value), "difference")


def _share_against_counts(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    row = rows[0]
    _low, _high, quotient = ShareAgainstCounts.band(row)
    gap = abs(quotient - row.value)
    return [
        Line(_("Numerator, as stated"), number(row.numerator)),
        Line(_("Denominator, as stated"), number(row.denominator)),
        Line(formula(f"{digits(row.numerator)} ÷ {digits(row.denominator)}"), percent(quotient, 2), "result"),
        Line(_("Share, as stated"), figure(row)),
        Line(pgettext("of two numbers", "Difference"), format_html(_("{} points"), number(gap, 2)), "difference"),
    ]


def _part_exceeds_whole(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    least = min(rows[0].value - whole.value for whole in rows[1:])
    difference = _difference(least) if len(rows) == 2 else Line(_("Difference, at least"), number(least), "difference")
    return [*map(_stated, rows[:MOST]), difference]


def _parts_exceed_whole(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    whole, parts, total = rows[0], rows[1:], finding.told["total"]
    listed = [Line(in_language(row.series.area, "short_name"), figure(row)) for row in parts]
    return [
        *(listed if len(listed) < MOST else []),
        Line(_("Sum of the areas"), number(total), "result"),
        Line(_("Total, as stated"), figure(whole)),
        _difference(total - whole.value),
    ]


def _jump(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    low, high = sorted(rows[:2], key=lambda row: row.value)
    times = format_html(_("{} times"), number(finding.told["times"], 1))
    return [
        _stated(high),
        _stated(low),
        Line(formula(f"{digits(high.value)} ÷ {digits(low.value)}"), times, "difference"),
    ]


def _rivals(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    ordered = sorted(rows, key=lambda row: (-row.value, row.code))
    return [*map(_stated, ordered[:MOST]), _difference(ordered[0].value - ordered[-1].value)]


def _outside(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    told = finding.told
    return [
        Line(_("Highest of the areas"), percent(told["high"].normalize())),
        Line(_("Lowest of the areas"), percent(told["low"].normalize())),
        Line(in_language(rows[0].series.area, "short_name"), figure(rows[0]), "difference"),
    ]


def _side_by_side(finding: Finding, rows: Sequence[Any]) -> list[Line]:
    return [_stated(row) for row in rows[:MOST]]


SUMS: Final[dict[str, Callable[[Finding, Sequence[Any]], list[Line]]]] = {
    "share-against-counts": _share_against_counts,
    "part-exceeds-whole": _part_exceeds_whole,
    "parts-exceed-whole": _parts_exceed_whole,
    "rate-outside-its-areas": _outside,
    "rivals": _rivals,
    "jump": _jump,
    "two-periods": _side_by_side,
}
