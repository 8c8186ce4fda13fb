"""What a newspaper would print of an indicator: its latest figure, who says so, how areas differ, and its target."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, date_range, english, in_language
from provinces.models import Area
from tracker.assessment import comparing
from tracker.assessment.areas import OnePeriod
from tracker.assessment.comparable import Lead
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import State
from tracker.assessment.seriessentences import way
from tracker.models import Indicator, MetricSnapshot, Target
from tracker.wording import figure, figure_with_unit, period


def of_indicator(
    indicator: Indicator, leads: Sequence[Lead], said: OnePeriod | None, distances: Sequence[Distance]
) -> SafeString:
    """ "Pakistan: 44% in 2023, says Dunya News. In 2023 from 6% in Balochistan to 72% in Punjab." """
    lead = _first(leads)
    parts: list[Any] = []
    if lead is not None:
        parts += [_figure(lead.snapshot), _rivals(lead, indicator)]
    aim = _aim(indicator, [one for one in distances if lead is not None and one.series_id == lead.series_id])
    if said is not None and not aim:
        parts.append(_areas(said))
    parts += aim
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def _first(leads: Sequence[Lead]) -> Lead | None:
    """The country's figure; without one, that of the only area."""
    country = [lead for lead in leads if lead.snapshot.series.area.kind == Area.Kind.COUNTRY]
    return country[0] if country else leads[0] if len(leads) == 1 else None


def _figure(snapshot: MetricSnapshot) -> SafeString:
    told = {
        "area": in_language(snapshot.series.area, "short_name"),
        "figure": figure_with_unit(snapshot),
        "when": when(snapshot),
        "who": english(snapshot.citation.source.publisher) if snapshot.citation else "",
    }
    if snapshot.period_end is None:
        return format_html(_("{area}: {figure}, says {who}; for which day or period is not stated."), **told)
    if snapshot.period_start is None and snapshot.period_end.precision == "day":
        return format_html(_("{area}: {figure} on {when}, says {who}."), **told)
    if snapshot.period_start is None or snapshot.period_start == snapshot.period_end:
        return format_html(_("{area}: {figure} in {when}, says {who}."), **told)
    return format_html(_("{area}: {figure} in the time {when}, says {who}."), **told)


def when(snapshot: MetricSnapshot) -> str | SafeString:
    """The period with its months written out, as a sentence has it."""
    start, end = snapshot.period_start, snapshot.period_end
    if start is None or start == end:
        return date_long(end)
    return date_range(start, end)


def _rivals(lead: Lead, indicator: Indicator) -> SafeString | str:
    if not lead.rivals or lead.low == lead.high:
        return ""
    low, high = comparing.amount(indicator, lead.low), comparing.amount(indicator, lead.high)
    return format_html(_("Statements about the same time range from {} to {}."), low, high)


def _areas(said: OnePeriod) -> SafeString | str:
    """The lowest and the highest of the areas that are told for one period."""
    told = [said.figures[unit.code] for unit in said.units if unit.code in said.figures]
    if len(told) < 2:
        return ""
    low, high = min(told, key=_value), max(told, key=_value)
    if low.value == high.value:
        return ""
    text = _("By area, {when}: from {low} in {low_area} to {high} in {high_area}.")
    return format_html(
        text, when=period(said.any_figure) or _("period not stated"), low=figure(low), high=figure(high),
        low_area=in_language(low.series.area, "short_name"), high_area=in_language(high.series.area, "short_name"),
    )  # fmt: skip


def _value(snapshot: MetricSnapshot) -> Any:
    return snapshot.value, -snapshot.series.area.position


def _aim(indicator: Indicator, distances: Sequence[Distance]) -> list[Any]:
    """What is to be reached first, and how far that is; nothing of what is never judged."""
    judged = [one for one in distances if one.required is not None and one.state != State.NOT_SCORED]
    if not judged:
        return []
    first = min(judged, key=lambda one: (one.target.due is None, str(one.target.due or ""), one.target.code))
    value, due = comparing.amount(indicator, first.required), first.target.due
    if first.target.basis == Target.Basis.REQUIREMENT:
        said = _("{} is required by {}.") if due else _("{} is required, by no date.")
    else:
        said = _("The target is {} by {}.")
    told = [format_html(said, value, date_long(due))]
    if first.state == State.CANNOT_SAY:
        return [*told, way(first)]
    return [
        *told,
        format_html(_("{state}: {sentence}"), state=capfirst(first.get_state_display()), sentence=way(first)),
    ]
