"""The situation that a policy is about: context, apart, in neutral words, never scored."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.frame import href, tombstone
from tracker.models import Measure, MetricSnapshot, Policy, Statement
from tracker.views.commitments import listed, redacted_figures, source_link
from tracker.wording import figure, in_quotes, period


def situation(request: HttpRequest, reading: Reading, policies: list[Policy]) -> dict[str, Any] | None:
    """Figures grouped by what they have in common (area, period, source), and what is said in words only."""
    measures = (
        Measure.objects.in_edition(reading.edition)
        .filter(policy__in=policies, use=Measure.Use.SITUATION)
        .order_by("position", "code")
    )
    wanted = {(m.indicator_id, m.area_id): m.position for m in measures}
    indicators = [pk for pk, _area in wanted]
    leading = {
        (snapshot.series.indicator_id, snapshot.series.area_id): snapshot
        for snapshot in headlines(reading).filter(series__indicator__in=indicators)
    }
    known = redacted_figures(reading, indicators) | leading
    found = [known[key] for key in sorted(known.keys() & wanted.keys(), key=lambda key: (wanted[key], key))]
    words = words_only(request, reading, policies)
    if not found and not words:
        return None
    return {"groups": _groups(request, found), "remarks": words}


def _groups(request: HttpRequest, found: list[MetricSnapshot]) -> list[dict[str, Any]]:
    groups: dict[Any, dict[str, Any]] = {}
    for snapshot in found:
        source = snapshot.citation.source_id if snapshot.citation else None
        key = (snapshot.series.area_id, snapshot.period_start, snapshot.period_end, source)
        group = groups.setdefault(
            key,
            {
                "scope": format_html(
                    _("{}, {} · {}"),
                    in_language(snapshot.series.area, "name"),
                    period(snapshot) or _("period not stated"),
                    source_link(request, snapshot),
                ),
                "figures": [],
            },
        )
        group["figures"].append(
            {
                "value": figure(snapshot),
                "label": in_language(snapshot.series.indicator, "name"),
                "url": href(request, snapshot),
                "note": in_language(snapshot, "note"),
                "tombstone": tombstone(request, snapshot),
            }
        )
    return list(groups.values())


def words_only(request: HttpRequest, reading: Reading, policies: list[Policy]) -> list[str]:
    """What a source says without a figure, in its words and in quotation marks."""
    statements = (
        Statement.objects.in_edition(reading.edition)
        .filter(policy__in=policies, action=None, kind__in=[Statement.Kind.SITUATION, Statement.Kind.AIM])
        .select_related("area", "citation")
        .order_by("-kind", "area__position", "code")
    )
    situation_words: dict[tuple[str, str, int | None], list[Statement]] = {}
    aims = []
    for statement in statements:
        if statement.kind == Statement.Kind.AIM:
            aims.append(statement)
        else:
            speaker = statement.citation.speaker if statement.citation else ""
            key = (statement.words, speaker, statement.redacted_in_id)
            situation_words.setdefault(key, []).append(statement)
    told: list[str] = [
        format_html(
            _("In words only: {}: {}{}"),
            listed(in_language(s.area, "name") for s in said if s.area),
            _quoted(request, said[0]),
            format_html(" ({})", in_language(said[0].citation, "speaker")) if speaker else "",
        )
        for (_words, speaker, _redacted), said in situation_words.items()
    ]
    told += [
        format_html(
            _("The stated aim: {}. An aspiration is recorded, not turned into a number."), _quoted(request, aim)
        )
        for aim in aims
    ]
    return told


def _quoted(request: HttpRequest, statement: Statement) -> str:
    return format_html_join(
        " ", "{}", ((part,) for part in (in_quotes(statement, "words"), tombstone(request, statement)) if part)
    )
