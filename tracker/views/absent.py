"""Silent, withheld, absent: three different things, and none of them is zero. What an area's page says of each."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, in_language, number
from provinces.models import Area
from tracker.assessment.areas import Cell, CellState
from tracker.assessment.openness import Gap, gaps
from tracker.assessment.reading import Reading
from tracker.assessment.silence import duties
from tracker.frame import href, tombstone
from tracker.listings.openness import ground
from tracker.listings.silence import every, said
from tracker.models import ProgressUpdate, ReportingDuty
from tracker.views.commitments import listed

SHOWN = 10
"""Of what is withheld, and of what was sought; the list of all is one step away."""


class Line(NamedTuple):
    term: str
    sentences: list[Any]


def lines(request: HttpRequest, reading: Reading, area: Area, cells: list[Cell], bodies: int) -> Iterator[Line]:
    missing = list(
        gaps().filter(snapshot__series__area=area).order_by("snapshot__series__indicator__position", "place", "code")
    )
    owed = list(duties().filter(body__area=area))
    yield Line(_("Silent"), [*_silent(request, owed, bodies), *_reports(reading, area)])
    yield Line(_("Withheld"), list(_withheld(request, area, missing)))
    if uncollected := [gap for gap in missing if gap.gap == Gap.Kind.NOT_COLLECTED]:
        yield Line(_("Not collected"), [_gap(request, gap) for gap in uncollected[:SHOWN]])
    if lost := [cell for cell in cells if cell.state == CellState.REDACTED]:
        yield Line(_("Redacted"), [_redacted(request, cell) for cell in lost])
    yield Line(_("Absent"), list(_absent(request, area, cells, missing)))


# Silent


def _silent(request: HttpRequest, owed: list[ReportingDuty], bodies: int) -> Iterator[Any]:
    """Said only where a duty to report is published or accepted; else why nobody is called silent."""
    silent = [duty for duty in owed if duty.silence.is_silent]
    for duty in silent:
        yield format_html(
            _("{}: {}; a report {} is due."), _link(request, duty.body, in_language(duty.body, "name")),
            said(duty.silence), every(duty),
        )  # fmt: skip
    if not owed and bodies:
        text = ngettext(
            "nobody can be called so: no duty to report is on record for its {} body.",
            "nobody can be called so: no duty to report is on record for any of its {} bodies.",
            bodies,
        )
        yield format_html(text, number(bodies))
    elif not silent:
        yield _("none of its bodies that have a duty to report.") if owed else _("no body of this area is on record.")


def _reports(reading: Reading, area: Area) -> Iterator[Any]:
    counts = ProgressUpdate.objects.in_edition(reading.edition).filter(area=area).aggregate(
        told=Count("pk", filter=Q(redacted_in=None)), redacted=Count("pk", filter=Q(redacted_in__isnull=False))
    )  # fmt: skip
    told, lost = counts["told"], counts["redacted"]
    if told:
        text = ngettext("{} progress report names this area.", "{} progress reports name this area.", told)
        yield format_html(text, number(told))
    elif not lost:
        yield _("No progress report names this area.")
    if lost:
        text = ngettext(
            "{} progress report on this area was redacted.", "{} progress reports on this area were redacted.", lost
        )
        yield format_html(text, number(lost))


# Withheld, redacted, sought and not found


def _withheld(request: HttpRequest, area: Area, missing: list[Gap]) -> Iterator[Any]:
    withheld = [gap for gap in missing if gap.gap == Gap.Kind.WITHHELD]
    if not withheld:
        yield _("no figure, as far as is on record. A body has to say that it withholds.")
    for gap in withheld[:SHOWN]:
        by = format_html(_("{} ({})"), _gap(request, gap), in_language(gap.body, "name")) if gap.body else ""
        yield by or _gap(request, gap)
    yield from _more(request, area, len(withheld) - SHOWN)


def _gap(request: HttpRequest, gap: Gap) -> Any:
    snapshot: Any = gap.snapshot
    name = _link(request, snapshot, in_language(snapshot.series.indicator, "name"))
    return format_html(_("{} – {}"), name, ground(gap))


def _redacted(request: HttpRequest, cell: Cell) -> Any:
    name = in_language(cell.indicator, "name")
    return format_html("{}: {} {}", name, redacted(), tombstone(request, cell.snapshot))


def _absent(request: HttpRequest, area: Area, cells: list[Cell], missing: list[Gap]) -> Iterator[Any]:
    """What was sought in vain, with the day; then every other measure that has no figure here."""
    sought = [gap for gap in missing if gap.gap == Gap.Kind.NOT_FOUND]
    for gap in sought[:SHOWN]:
        snapshot: Any = gap.snapshot
        name = _link(request, snapshot, in_language(snapshot.series.indicator, "name"))
        text = _("{}: no public figure found, searched on {}.")
        yield format_html(text, name, date_long(snapshot.searched_on))
    yield from _more(request, area, len(sought) - SHOWN)
    without = [cell for cell in cells if cell.state in (CellState.NONE, CellState.JOINT_ONLY)]
    told = {gap.snapshot.series.indicator_id for gap in missing if gap.snapshot}
    names = [in_language(cell.indicator, "name") for cell in without if cell.indicator.pk not in told]
    if names:
        yield format_html(_("No figure of its own on record for: {}. That is not zero."), listed(names))
    elif not sought:
        yield _("every measure on record has a figure here, or a reason why there is none.")


def _more(request: HttpRequest, area: Area, n: int) -> Iterator[Any]:
    if n > 0:
        url = href(request, f"{reverse('openness')}?{urlencode({'area': area.code})}")
        yield format_html('<a href="{}">{}</a>', url, format_html(_("{} more"), number(n)))


def _link(request: HttpRequest, target: Any, text: Any) -> Any:
    return format_html('<a href="{}">{}</a>', href(request, target), text)
