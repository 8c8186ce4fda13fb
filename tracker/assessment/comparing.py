"""Comparable first, in words: why a figure leads its series, what its rivals say, and what two figures are."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import number, percent
from tracker.assessment.comparable import FigurePair, Lead
from tracker.models import Indicator

Verdict, Reason = FigurePair.Verdict, FigurePair.Reason


def amount(indicator: Indicator, value: Any) -> str:
    """A value that an answer of the database gives."""
    return percent(value) if indicator.is_share else number(value)


def spread(lead: Lead, indicator: Indicator) -> SafeString | str:
    """ "2 rivals: 16,300 to 17,738"; nothing where nobody else speaks of that period."""
    if not lead.rivals:
        return ""
    if lead.low == lead.high:
        text = ngettext("{n} other statement, which agrees", "{n} other statements, which agree", lead.rivals)
        return format_html(text, n=number(lead.rivals))
    text = ngettext("{n} rival: {low} to {high}", "{n} rivals: {low} to {high}", lead.rivals)
    low, high = amount(indicator, lead.low), amount(indicator, lead.high)
    return format_html(text, n=number(lead.rivals), low=low, high=high)


def of_pair(pair: FigurePair) -> SafeString | str:
    """What can be said of two figures, for somebody who is about to write that one rose to the other."""
    return _told_apart(pair) if pair.verdict in (Verdict.JUMP, Verdict.CHANGE) else _beside(pair)


def _beside(pair: FigurePair) -> SafeString | str:
    if pair.verdict == Verdict.NOT_COMPARABLE:
        return format_html(_("Not to be compared, for {}."), pair.get_reason_display())
    if pair.reason == Reason.SAME_ORIGIN:
        return _("One statement, told twice; it counts once.")
    if pair.reason == Reason.AGREE:
        return _("Two statements about the same, and they agree.")
    return format_html(_("Two statements about the same that disagree by {}."), _difference(pair))


def _told_apart(pair: FigurePair) -> SafeString | str:
    if pair.verdict == Verdict.JUMP:
        text = _("A jump: {times} times within {days} days, by {by}. Whether both count the same is not known.")
        days = abs((pair.figure.as_of - pair.other.as_of).days)  # type: ignore[operator]  # of a jump both are known
        return format_html(text, times=number(pair.factor, 1), days=number(days), by=_difference(pair))
    if not pair.difference:
        return _("Two times, not a conflict: unchanged.")
    text = (
        _("Two times, not a conflict: {by} more.")
        if pair.difference > 0
        else _("Two times, not a conflict: {by} less.")
    )
    return format_html(text, by=_difference(pair))


def _difference(pair: FigurePair) -> SafeString | str:
    indicator, by = pair.series.indicator, abs(pair.difference)
    return format_html(_("{} points"), number(by)) if indicator.is_share else number(by)
