"""The labels of a chart against time: what they say, and where they would like to stand."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.charts import AFTER, AT_THE_START, BEFORE_THE_END, Label, Marks, Placed
from azm.lib.templatetags.azm import date_short, plain
from tracker.assessment import comparing
from tracker.models import MetricSnapshot, Target
from tracker.views.timecharts import Aim, TimeChart, publisher
from tracker.wording import figure

ON_TOP, BELOW_IT = Decimal(14), Decimal(29)
"""The two lines of labels above the plot, in pixels."""


def placed(chart: TimeChart) -> list[Placed]:
    """The most important first, for those after it give way."""
    return charts.place(_labels(chart), _marks(chart), chart.plot.foot, tall=get_language_bidi())


def _labels(chart: TimeChart) -> Iterator[Label]:
    last, figures = chart.points[-1], chart.course.figures
    if chart.today_at is not None:
        yield Label(_("today"), chart.today_at, ON_TOP, "now", places=_sideways(chart.today_at))
    for change, share in chart.breaks:
        text = plain(date_short(change.on))
        yield Label(text, share, BELOW_IT, "strong", ": " + _("what is counted changed"), _sideways(share))
    yield Label(plain(figure(figures[-1])), last.share, last.pixel, "strong last", places=AFTER)
    yield from _of_aims(chart)
    if not chart.pieces:  # nothing but dots: each says what it is
        for row, point in zip(figures[:-1], chart.points[:-1], strict=True):
            yield Label(plain(figure(row)), point.share, point.pixel, needed=False)
    for gap in chart.gaps:
        word = str(MetricSnapshot.Status(gap.status).label)
        yield Label(word, gap.middle, Decimal(chart.plot.foot - 8), places=(charts.Place(0, 0, "middle"),))
    for rival, (point, _to) in zip((rival for rival, _figure in chart.course.rivals), chart.rivals, strict=True):
        yield Label(plain(figure(rival)), point.share, point.pixel, "", f", {publisher(rival)}", needed=False)
    for (old, _new), (point, _to, off) in zip(chart.course.replaced, chart.replaced, strict=True):
        text = plain(figure(old)) + (" ↑" if off else "")
        yield Label(text, point.share, point.pixel, needed=off)


def _of_aims(chart: TimeChart) -> Iterator[Label]:
    for point in chart.baselines:
        text = plain(format_html(_("Baseline {}"), comparing.amount(chart.indicator, point.value)))
        yield Label(text, point.share, point.pixel, "strong", places=AT_THE_START)
    for level, aims in levels(chart).items():
        yield Label(plain(aimed(aims)), charts.HUNDRED, level, "strong", places=BEFORE_THE_END)
    for start, end, year in chart.projections:
        text, places = plain(format_html(_("arrives in {}"), str(year))), (*BEFORE_THE_END[1::2], *BEFORE_THE_END[::2])
        share = min(end.share, charts.HUNDRED)
        level = start.pixel + (end.pixel - start.pixel) * (share - start.share) / (end.share - start.share)
        yield Label(text, share, level, "ahead", places=places, needed=False)


def levels(chart: TimeChart) -> dict[Decimal, list[Aim]]:
    """One label for each level: several commitments may aim at it."""
    found: dict[Decimal, list[Aim]] = {}
    for aim in chart.aims:
        found.setdefault(chart.plot.point(chart.plot.last, aim.distance.required).pixel, []).append(aim)
    return found


def _sideways(share: Any) -> tuple[charts.Place, ...]:
    """On the side of an upright line where there is more room."""
    after, before = charts.Place(5, 0, "start"), charts.Place(-5, 0, "end")
    return (after, before) if share < 60 else (before, after)


def _marks(chart: TimeChart) -> Marks:
    others = [point for point, _to in chart.rivals] + [point for point, _to, _off in chart.replaced]
    lines = [*chart.pieces, *(piece for aim in chart.aims for piece in aim.path), *chart.rivals]
    lines += [(start, end) for start, end, _year in chart.projections]
    return Marks(
        dots=tuple((point.share, point.pixel) for point in [*chart.points, *others]),
        lines=tuple(((a.share, a.pixel), (b.share, b.pixel)) for a, b in lines),
    )


def aimed(aims: Sequence[Aim]) -> SafeString:
    """ "Target 64% by 10 Mar 2027, 26 Sep 2027", "Required: 1,381": what is to be reached, and by when."""
    target = aims[0].distance.target
    value = comparing.amount(aims[0].distance.series.indicator, aims[0].distance.required)
    required = target.basis == Target.Basis.REQUIREMENT
    what = format_html(_("Required: {}") if required else _("Target {}"), value)
    dates = [date_short(aim.distance.target.due) for aim in aims if aim.distance.target.due]
    return (
        format_html(_("{} by {}"), what, format_html_join(_(", "), "{}", ((day,) for day in dates))) if dates else what
    )
