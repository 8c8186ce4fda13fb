"""What is unknown: why nothing can be said, the missing links, what is withheld, and what was sought in vain."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, in_language, number
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.headlines import headlines
from tracker.assessment.openness import Gap, gaps
from tracker.assessment.schedule import State
from tracker.frame import href
from tracker.listings.openness import ground, subject
from tracker.models import Indicator, MetricSnapshot
from tracker.views import notpublic
from tracker.views.briefings.notes import Note
from tracker.views.briefings.sheet import Group, Point, Sheet
from tracker.views.commitments import Commitment, listed

LINKS: Final = ("owner", "measure", "requirement", "deadline", "figure", "report")
"""The baseline is told of each target: without one, nothing starts from it."""
KEPT_BACK: Final = (Gap.Kind.WITHHELD, Gap.Kind.NOT_COLLECTED, Gap.Kind.NOT_FOUND)
TEXTS: Final = (Gap.Kind.TEXT_NAMED, Gap.Kind.TEXT_PARTLY)
CODES = 12
"""Commitments that a line names by code; the others are counted."""
NAMED = 10
"""Measures that a line names; the others are counted."""


def unknown(sheet: Sheet) -> list[Group]:
    wanted = [*KEPT_BACK, *TEXTS, Gap.Kind.NO_BASELINE]
    beside = ("policy__citation__source", "search__policy", "target__citation__source")
    found = list(gaps().filter(sheet.subject.gaps, gap__in=wanted).select_related(*beside))
    return [
        *_verdicts(sheet),
        _links(sheet, [gap for gap in found if gap.gap == Gap.Kind.NO_BASELINE]),
        _gaps(sheet, "texts", _("Texts of policies"), [gap for gap in found if gap.gap in TEXTS]),
        _gaps(sheet, "kept-back", _("Figures withheld, not collected or not found"), _alike(found)),
        _figures(sheet),
    ]


# Commitments


def _verdicts(sheet: Sheet) -> Iterator[Group]:
    """Why nothing can be said of commitments, one line for each reason."""
    by_reason: dict[str, list[Commitment]] = {}
    for commitment in sheet.gathered:
        if commitment.action.standing.state == State.CANNOT_SAY:
            by_reason.setdefault(commitment.action.standing.reason, []).append(commitment)
    rows = sorted(by_reason.values(), key=len, reverse=True)
    yield sheet.group(
        "cannot-say", _("Why nothing can be said"), rows, lambda of: _verdict(sheet, of), sheet.whole("actions")
    )


def _verdict(sheet: Sheet, of_it: list[Commitment]) -> Point:
    n, total = number(len(of_it)), number(len(sheet.gathered))
    standing = of_it[0].action.standing
    return Point(
        about=format_html(_("{} of {} commitments"), n, total),
        url=href(sheet.request, sheet.whole("actions")),
        state=State.CANNOT_SAY,
        word=str(State.CANNOT_SAY.label),
        words=format_html(_("{} ({})"), standing.get_reason_display(), _codes(of_it)),
        notes=sheet.notes.of(*(commitment.action.citation for commitment in of_it)),
    )


def _codes(of_it: list[Commitment]) -> SafeString:
    """By what their addresses call them."""
    return _first([_code(commitment) for commitment in of_it], CODES)


def _code(commitment: Commitment) -> SafeString:
    return format_html('<span class="whole">{}</span>', bdi(commitment.action.code))


def _links(sheet: Sheet, without_baseline: list[Any]) -> Group:
    """The links of the chain that are missing, each with the commitments that lack it."""
    lines = [
        Point(
            about=sentence,
            url=href(sheet.request, sheet.whole("actions")),
            words=format_html(_("{}."), _codes(without)),
            notes=sheet.notes.of(*(commitment.action.citation for commitment in without)),
        )
        for sentence, without in notpublic.lacking(sheet.gathered, LINKS)
    ]
    lines += [
        Point(
            about=format_html(
                _("The figure that “{}” started from, the baseline"), in_language(gap.target.series.indicator, "name")
            ),
            url=href(sheet.request, gap.action),
            words="",
            notes=sheet.notes.of(gap.target.citation),
        )
        for gap in without_baseline
    ]
    return sheet.group("links", _("Links that are missing"), lines, lambda line: line, sheet.whole("actions"))


# What is kept back, or was sought in vain


def _gaps(sheet: Sheet, id: str, title: Any, rows: list[Any]) -> Group:
    full = sheet.whole("openness")
    return sheet.group(id, title, rows, lambda row: _gap(sheet, row), full)


def _alike(found: list[Gap]) -> list[list[Gap]]:
    """Gaps of one measure for one reason are one line, however many areas they are of."""
    told = [gap for gap in found if gap.gap in KEPT_BACK]
    told.sort(key=lambda gap: (*_key(gap), gap.snapshot.series.area.position))  # type: ignore[union-attr]
    return [list(same) for _same, same in groupby(told, key=_key)]


def _key(gap: Gap) -> tuple[int, str, str, str]:
    snapshot: Any = gap.snapshot
    indicator = snapshot.series.indicator
    return gap.place, f"{indicator.position:06}.{indicator.code}", str(gap.body_id or ""), str(ground(gap))


def _gap(sheet: Sheet, row: Gap | list[Gap]) -> Point:
    alike = row if isinstance(row, list) else [row]
    gap = alike[0]
    target, about = subject(gap)
    if len(alike) > 1:
        areas = listed(in_language(one.snapshot.series.area, "short_name") for one in alike)  # type: ignore[union-attr]
        about = format_html("{}: {}", in_language(gap.snapshot.series.indicator, "name"), areas)  # type: ignore[union-attr]
    by = format_html(" ({})", in_language(gap.body, "name")) if gap.body and gap.basis == Gap.Basis.WITHHOLDS else ""
    return Point(
        about=about,
        url=href(sheet.request, target),
        words=format_html("{} {}", format_html(_("{}."), format_html("{}{}", gap.get_gap_display(), by)), ground(gap)),
        notes=_sources(sheet, gap),
    )


def _sources(sheet: Sheet, gap: Gap) -> list[Note]:
    """Who says that it is kept back; where nobody does, the search that found nothing."""
    if gap.snapshot is not None:
        cited = gap.snapshot.citation
        return sheet.notes.of(cited) if cited else [sheet.notes.search(gap.snapshot)]
    if gap.search is not None:
        return [sheet.notes.search(gap.search)]
    return sheet.notes.of(gap.policy and gap.policy.citation)


# Figures that nobody gives


def _figures(sheet: Sheet) -> Group:
    """What no source on record says at all; only the edition itself can stand for that."""
    tell = {"policy": _by_area, "province": _elsewhere}.get(sheet.subject.kind)
    lines = list(tell(sheet)) if tell else []
    full = sheet.whole("area-measures")
    return sheet.group("no-figure", _("No figure on record"), lines, lambda words: _absent(sheet, words), full)


def _absent(sheet: Sheet, words: SafeString | str) -> Point:
    return Point(about="", words=words, notes=[sheet.notes.edition(sheet.reading.edition)])


def _by_area(sheet: Sheet) -> Iterator[SafeString | str]:
    """The areas in which the measures of a policy have no figure of their own."""
    measured = {measure.indicator_id: measure.indicator for c in sheet.gathered for measure in c.measures}
    if measured:
        yield from notpublic.of_areas(AreaMatrix.of(sheet.reading, measured.values()))


def _elsewhere(sheet: Sheet) -> Iterator[SafeString | str]:
    """Measures that are told for some area and not for this one."""
    area, edition = sheet.subject.row, sheet.reading.edition
    leading = headlines(sheet.reading).order_by()
    here = leading.filter(series__area=area).values("series__indicator")
    explained = MetricSnapshot.objects.in_edition(edition).filter(series__area=area, value=None).order_by()
    absent = (
        Indicator.objects.in_edition(edition)
        .filter(pk__in=leading.values("series__indicator"))
        .exclude(pk__in=here)
        .exclude(pk__in=explained.values("series__indicator"))
    )
    if names := [in_language(indicator, "name") for indicator in absent]:
        yield format_html(_("No figure of its own on record for: {}. That is not zero."), _first(names, NAMED))


def _first(names: list[str], most: int) -> SafeString:
    told = format_html_join(_(", "), "{}", ((name,) for name in names[:most]))
    rest = len(names) - most
    return format_html(_("{} and {} more"), told, number(rest)) if rest > 0 else told
