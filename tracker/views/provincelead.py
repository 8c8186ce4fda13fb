"""The first lines of an area's page: what a newspaper would print, computed from the record."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import in_language, number
from provinces.models import COUNTRY
from tracker.assessment.areas import Cell, CellState
from tracker.models import MetricSnapshot
from tracker.views.commitments import listed
from tracker.views.scoreboard import Scoreboard
from tracker.wording import figure, period


def lead(board: Scoreboard, bodies: list[Any]) -> list[Any]:
    """What a newspaper would print: a share beside the country's, what is told jointly only, and who reports."""
    said = [_share_sentence(board), _joint_sentence(board), reports_sentence(bodies)]
    return [sentence for sentence in said if sentence]


def _share_sentence(board: Scoreboard) -> Any:
    for snapshot in board.own:
        national = board.beside.get(snapshot.pk, {}).get(COUNTRY)
        if national and snapshot.series.indicator.is_share:
            return format_html(
                _compared(snapshot, national),
                in_language(snapshot.series.indicator, "name"),
                period(snapshot) or _("period not stated"),
                figure(snapshot),
                figure(national),
            )
    n, m = len(board.own), len(board.cells)
    if not n:
        return _("No figure for this area alone is on record.")
    text = ngettext(
        "{} of {} measure on record has a figure for this area alone.",
        "{} of {} measures on record have a figure for this area alone.",
        m,
    )
    return format_html(text, number(n), number(m))


def _joint_sentence(board: Scoreboard) -> Any:
    only: dict[tuple[str, ...], list[Cell]] = {}
    for cell in board.cells:
        if cell.state == CellState.JOINT_ONLY:
            only.setdefault(cell.joint_with, []).append(cell)
    if not only:
        return ""
    groups, cells = max(only.items(), key=lambda found: len(found[1]))
    names = {group.code: in_language(group, "name") for group in board.matrix.groups}
    text = ngettext("One measure is told only for {1}: {2}.", "{0} measures are told only for {1}: {2}.", len(cells))
    return format_html(
        text,
        number(len(cells)),
        listed([names[group] for group in groups]),
        listed([in_language(cell.indicator, "name") for cell in cells]),
    )


def _compared(snapshot: MetricSnapshot, national: MetricSnapshot) -> str:
    if snapshot.value == national.value:
        return _("{} ({}): {}, the same as the country’s {}.")
    if snapshot.value < national.value:  # type: ignore[operator]  # both have one
        return _("{} ({}): {}, below the country’s {}.")
    return _("{} ({}): {}, above the country’s {}.")


def reports_sentence(bodies: Iterable[Any]) -> Any:
    """How many of the bodies ever reported; nothing where there is no body."""
    bodies = list(bodies)
    n, m = sum(body.last_report is not None for body in bodies), len(bodies)
    if not m:
        return ""
    if not n:
        text = ngettext(
            "The one body of the area on record has published no progress report.",
            "None of its {} bodies on record has published a progress report.",
            m,
        )
        return format_html(text, number(m))
    text = ngettext(
        "{} of its {} body on record has published a progress report.",
        "{} of its {} bodies on record have published a progress report.",
        m,
    )
    return format_html(text, number(n), number(m))
