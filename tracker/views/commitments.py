"""Commitments as the front page, a policy's page and an action's page show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, date_short, english, in_language, number
from tracker.assessment.headlines import headlines
from tracker.assessment.owners import holds
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import State
from tracker.assessment.standings import judge
from tracker.frame import href, tombstone
from tracker.models import Assignment, Indicator, Measure, MetricSnapshot, PolicyAction, ResponsibleBody
from tracker.models.snapshots import WITH_VALUE
from tracker.wording import attribution, figure, figure_with_unit, period

HUNDRED = Decimal(100)


@dataclass
class Commitment:
    """One commitment with everything a page says about it."""

    action: PolicyAction
    leads: list[Assignment] = field(default_factory=list)
    former: list[Assignment] = field(default_factory=list)
    others: list[Assignment] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    figures: list[MetricSnapshot] = field(default_factory=list)
    lost: list[MetricSnapshot] = field(default_factory=list)
    """Redacted figures of the measures that have no other."""
    distance: Distance | None = None
    stated: MetricSnapshot | None = None
    """The share that the source of the reached figure states itself, which may not follow from its counts."""


def gather(reading: Reading, actions: QuerySet[PolicyAction]) -> list[Commitment]:
    """The commitments with their bodies, leading figures and distances, in a fixed number of queries."""
    edition = reading.edition
    assignments = (
        Assignment.objects.in_edition(edition)
        .annotate(holds=holds(reading.on))
        .select_related("body", "area", "citation__source")
    )
    measures = (
        Measure.objects.in_edition(edition)
        .filter(use=Measure.Use.IMPLEMENTATION)
        .select_related("indicator", "area")
        .order_by("position", "code")
    )
    related: list[Any] = [
        Prefetch("assignments", assignments.order_by("area__position", "code"), "standing_assignments"),
        Prefetch("measures", measures, "standing_measures"),
    ]
    rows: list[Any] = list(
        actions.select_related("policy", "objective", "area", "citation__source").prefetch_related(*related)
    )
    judge(rows)
    prefetch_related_objects([row.standing for row in rows], "reported__body")
    indicators = {measure.indicator_id for row in rows for measure in row.standing_measures}
    leading: dict[tuple[int, str], MetricSnapshot] = {
        (snapshot.series.indicator_id, snapshot.series.area_id): snapshot
        for snapshot in headlines(reading).filter(series__indicator__in=indicators)
    }
    lost = redacted_figures(reading, indicators)
    distances = {
        distance.target.action_id: distance
        for distance in Distance.objects.requirements()
        .filter(action__in=rows)
        .select_related(
            "target",
            "reached__series__indicator",
            "reached__citation__source",
            "whole__series__indicator",
            "whole__citation__source",
        )
    }
    stated = _stated_shares(reading, distances.values(), indicators)
    return [_commitment(row, leading, lost, distances.get(row.pk), stated) for row in rows]


def redacted_figures(reading: Reading, indicators: Iterable[int]) -> dict[tuple[int, str], MetricSnapshot]:
    """The latest redacted figure by indicator and area. It counts for nothing, and says that there was one."""
    found = (
        MetricSnapshot.objects.in_edition(reading.edition)
        .filter(series__indicator__in=indicators, value=None, status__in=WITH_VALUE)
        .select_related("series__indicator", "series__area", "citation__source")
        .order_by("as_of", "pk")
    )
    return {(snapshot.series.indicator_id, snapshot.series.area_id): snapshot for snapshot in found}


def _stated_shares(
    reading: Reading, distances: Iterable[Distance], indicators: set[int]
) -> dict[tuple[int, str, int], MetricSnapshot]:
    """Shares stated by the sources of the reached figures, by source, area and indicator."""
    sources = {d.figure.citation.source_id for d in distances if d.figure.citation}
    found = (
        MetricSnapshot.objects.in_edition(reading.edition)
        .filter(series__indicator__in=indicators, series__indicator__behaviour=Indicator.Behaviour.SHARE)
        .filter(citation__source__in=sources, value__isnull=False)
        .select_related("series__indicator", "citation")
        .order_by("as_of", "code")
    )
    return {(s.citation.source_id, s.series.area_id, s.series.indicator_id): s for s in found if s.citation}


def _commitment(
    action: Any,
    leading: dict[tuple[int, str], MetricSnapshot],
    lost: dict[tuple[int, str], MetricSnapshot],
    distance: Distance | None,
    stated: dict[tuple[int, str, int], MetricSnapshot],
) -> Commitment:
    series = [(measure.indicator_id, measure.area_id or action.area_id) for measure in action.standing_measures]
    leads = [a for a in action.standing_assignments if a.role == Assignment.Role.LEAD]
    return Commitment(
        action,
        leads=[a for a in leads if a.holds],
        former=[a for a in leads if not a.holds],
        others=[a for a in action.standing_assignments if a.role != Assignment.Role.LEAD],
        measures=action.standing_measures,
        figures=[leading[key] for key in series if key in leading],
        lost=[lost[key] for key in series if key in lost and key not in leading],
        distance=distance,
        stated=_stated(distance, action.standing_measures, stated) if distance else None,
    )


def _stated(
    distance: Distance, measures: Iterable[Measure], stated: dict[tuple[int, str, int], MetricSnapshot]
) -> MetricSnapshot | None:
    """Of another commitment's measure a source may state a share as well, which is none of this one."""
    reached = distance.figure
    if reached.citation is None:
        return None
    where = (reached.citation.source_id, reached.series.area_id)
    return next((share for m in measures if (share := stated.get((*where, m.indicator_id)))), None)


def row(request: HttpRequest, commitment: Commitment, own_count: str = "") -> dict[str, Any]:
    """The context of one row of components/commitments.html."""
    action = commitment.action
    return {
        "code": action.number,
        "url": href(request, action),
        "tombstone": tombstone(request, action),
        **_wording(action),
        "owners": owners(commitment.leads),
        "owner_note": in_language(action, "remark") or _other_roles(commitment),
        "figure": figure_with_unit(commitment.figures[0]) if commitment.figures else "",
        "figure_word": redacted() if commitment.lost else "",
        "figure_note": _figure_note(request, commitment) or own_count,
        **_required(commitment),
        **state(commitment),
        "links": action.chain.present(),
    }


def _wording(action: PolicyAction) -> dict[str, Any]:
    """The commitment in the language of the page; where it is English on an Urdu page, that is marked."""
    if action.redacted_in_id is not None:
        return {"wording": redacted()}
    translated = get_language() == "ur" and action.wording_ur
    return {
        "wording": action.wording_ur if translated else action.wording,
        "language": "en" if get_language() == "ur" and not translated else None,
    }


def owners(leads: list[Assignment]) -> str:
    """Who is named to lead: bodies by name, several provincial governments by their number."""
    provincial = [
        lead
        for lead in leads
        if lead.body.sphere == ResponsibleBody.Sphere.PROVINCIAL and lead.body.kind == ResponsibleBody.Kind.GOVERNMENT
    ]
    named = [lead for lead in leads if lead not in provincial] if len(provincial) > 1 else leads
    names: list[Any] = [in_language(lead.body, "name") for lead in named]
    if len(provincial) > 1:
        n = len(provincial)
        names.append(format_html(ngettext("{} provincial government", "{} provincial governments", n), number(n)))
    return format_html_join(_(", "), "{}", ((name,) for name in names))


def _other_roles(commitment: Commitment) -> str:
    """Who supports, oversees or judges."""
    return format_html_join(
        _("; "), "{}: {}", ((a.get_role_display(), in_language(a.body, "name")) for a in commitment.others)
    )


def _figure_note(request: HttpRequest, commitment: Commitment) -> str:
    if not commitment.figures:
        return tombstone(request, commitment.lost[0]) if commitment.lost else ""
    first, *others = commitment.figures
    parts = [about(request, first)]
    beside = [told(snapshot) for snapshot in others if snapshot.citation_id]
    if len(beside) == 1:
        parts.append(format_html(_("With it: {}."), beside[0]))
    elif beside:
        parts.append(_folded(beside))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _folded(beside: list[str]) -> str:
    """Several measures beside the first would bury it: they open on request, and always stand on paper."""
    n = len(beside)
    named = format_html(ngettext("{} other measure", "{} other measures", n), number(n))
    listed_below = format_html_join("", "<li>{}</li>", ((text,) for text in beside))
    return format_html("<details><summary>{}</summary><ul>{}</ul></details>", named, listed_below)


def told(snapshot: MetricSnapshot) -> str:
    """ "Cases pending in anti-terrorism courts: 605 (Pakistan, 2023)"."""
    return format_html(
        _("{}: {} ({}, {})"),
        in_language(snapshot.series.indicator, "name"),
        figure(snapshot),
        in_language(snapshot.series.area, "short_name"),
        period(snapshot) or _("period not stated"),
    )


def about(request: HttpRequest, snapshot: MetricSnapshot) -> str:
    """Where, when, and who says so: what a figure never stands without."""
    area = in_language(snapshot.series.area, "name")
    scope = in_language(snapshot, "scope") if snapshot.redacted_in_id is None else ""
    place = format_html(_("{}, {}"), area, scope) if scope else area
    when = period(snapshot) or _("period not stated")
    return format_html(_("{}, {}. {}, {}."), place, when, source_link(request, snapshot), attribution(snapshot))


def source_link(request: HttpRequest, snapshot: MetricSnapshot) -> str:
    """Publisher and date, leading to the passage."""
    if snapshot.citation is None:
        return ""
    source = snapshot.citation.source
    day = date_long(source.published) or _("undated")
    link = format_html('<a href="{}">{}</a>', href(request, snapshot.citation), english(source.publisher))
    return format_html(_("{}, {}"), link, day)


def _required(commitment: Commitment) -> dict[str, Any]:
    distance = commitment.distance
    if distance is None:
        due = commitment.action.drift.due_now
        return {"requirement": format_html(_("by {}"), date_short(due))} if due else {}
    dated = distance.target.due
    required = (
        _("Required: all") if distance.target.whole_id else format_html(_("Required: {}"), number(distance.required))
    )
    told_date = format_html(_("by {}"), date_long(dated)) if dated else _("no date")
    gap = format_html(_("{} short"), number(distance.short)) if distance.short is not None else ""
    return {"requirement": format_html(_("{}, {}"), required, told_date), "gap": gap}


def state(commitment: Commitment) -> dict[str, Any]:
    """The context of components/state.html: where a commitment stands or, if that cannot be said, what is missing."""
    action, standing = commitment.action, commitment.action.standing
    told = {"state": standing.state, "word": standing.get_state_display()}
    if standing.state == State.NOT_SCORED:
        return told | {"reason": in_language(action, "unscored_reason") or standing.get_reason_display()}
    if standing.state != State.CANNOT_SAY:
        return told
    words = {"owner": _("no owner"), "measure": _("no measure"), "deadline": _("no deadline")}
    missing = [link for link in action.chain.absent() if link in words]
    if "deadline" not in missing:
        return told | {"reason": standing.get_reason_display()}
    # Without an owner or a measure the missing deadline goes without saying.
    shown = [link for link in missing if link != "deadline"] or missing
    return told | {"reason": _(", ").join(words[link] for link in shown)}


def listed(items: Iterable[Any]) -> str:
    """ "Punjab, Sindh and Balochistan"; each is escaped unless it is marked up already."""
    return mark_safe(get_text_list([conditional_escape(item) for item in items], conditional_escape(_("and"))))


def by_objective(commitments: list[Commitment]) -> dict[Any, list[Commitment]]:
    """The commitments under their lines of effort; those of no line stand under None."""
    lines: dict[Any, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        lines[commitment.action.objective].append(commitment)
    return dict(lines)
