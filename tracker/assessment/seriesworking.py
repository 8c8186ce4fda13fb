"""How distance and pace of a series were worked out: the arithmetic and the facts that it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, date_long, digits, number, share
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES, USED, Input, Working
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Basis, State
from tracker.assessment.seriessentences import amount, of_series
from tracker.assessment.thresholds import THRESHOLDS
from tracker.models import Target
from tracker.wording import day_or_period, figure

type Marks = Mapping[tuple[int, int], list[Target]]


def marks_of(reading: Reading, distances: Iterable[Distance]) -> Marks:
    """The interim targets on the way, by series and commitment; in one query."""
    series = {distance.series_id for distance in distances}
    found: dict[tuple[int, int], list[Target]] = defaultdict(list)
    if series:
        rows = Target.objects.in_edition(reading.edition).filter(series__in=series, interim=True, redacted_in=None)
        for mark in rows.select_related("citation").order_by("due", "code"):
            found[mark.series_id, mark.action_id].append(mark)
    return found


def working(distance: Distance, marks: Marks, values: dict[str, Decimal]) -> Working:
    """Of one target; `values` are the thresholds."""
    scored = distance.state != State.NOT_SCORED
    used = [*USED[Basis.SERIES], *(["projection_figures"] if distance.projected else [])] if scored else []
    return Working(
        sentence=of_series(distance),
        rule=RULES[distance.state],
        formula=list(formula(distance, values)) if scored else [],
        inputs=list(inputs(distance, marks)),
        thresholds=[(THRESHOLDS[name], values[name]) for name in used],
    )


def inputs(distance: Distance, marks: Marks) -> Iterator[Input]:
    """The facts that counted: the target, first and now, the marks on the way, and the figures."""
    if distance.moved:
        yield _aim(distance, distance.first, _("as first published"))
    yield _aim(distance, distance.target, distance.target.get_basis_display())
    for mark in marks.get((distance.series_id, distance.action_id), ()):
        yield _aim(distance, mark, _("interim target"))
    for term, row in (
        (_("Baseline"), distance.baseline),
        (_("Latest figure"), distance.reached),
        (_("All there are"), distance.whole),
    ):
        if row is not None:
            day = day_or_period(row) or _("period not stated")
            yield Input(term, format_html(_("{value}, {day}"), value=figure(row), day=day), row)


def _aim(distance: Distance, target: Target, term: Any) -> Input:
    value = amount(distance, target.value) if target.value is not None else _("all") if target.whole_id else "–"
    day = date_long(target.due) or _("no date")
    return Input(term, format_html(_("{value}, {day}"), value=value, day=day), target)


def formula(distance: Distance, values: dict[str, Decimal]) -> Iterator[str]:
    """The arithmetic, a line each, with the results of the database."""
    reached, baseline, required = distance.reached, distance.baseline, distance.required
    if reached is None or required is None:
        return
    if distance.share is not None:
        sum_of = f"{digits(reached.value)} ÷ {digits(required)} = {_plain_share(distance.share)}"
        yield format_html(_("share reached: {}"), bdi(sum_of))
    if distance.holds:
        yield format_html(_("hold the line: {} against {}"), figure(reached), amount(distance, required))
    elif distance.covered is not None and baseline is not None:
        base, value = digits(baseline.value), digits(reached.value)
        sum_of = f"({value} − {base}) ÷ ({digits(required)} − {base}) = {_plain_share(distance.covered)}"
        yield format_html(_("distance covered: {}"), bdi(sum_of))
        yield from _pace(distance, values)
    if distance.projected is not None:
        yield format_html(
            _("projection: the straight line through its comparable figures: {}"), bdi(distance.projected)
        )


def _pace(distance: Distance, values: dict[str, Decimal]) -> Iterator[str]:
    if distance.elapsed is not None:
        yield format_html(_("time elapsed by the day of the figure: {}"), share(distance.elapsed))
    if distance.planned is not None and distance.planned != distance.elapsed:
        yield format_html(_("planned by then, along the interim targets: {}"), share(distance.planned))
    if distance.pace is not None and distance.covered is not None and distance.planned is not None:
        quotient = f"{_plain_share(distance.covered)} ÷ {_plain_share(distance.planned)} = {digits(distance.pace, 2)}"
        yield format_html(
            _("pace: {quotient}; on track from {on_track}, behind below {behind}"),
            quotient=bdi(quotient),
            on_track=number(values["on_track_from"]),
            behind=number(values["behind_below"]),
        )


def _plain_share(value: Decimal) -> str:
    return f"{digits((value * 100).quantize(Decimal('0.1')))}%"
