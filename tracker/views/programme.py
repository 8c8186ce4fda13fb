"""The front page, which is progress against one policy, and the page of every policy."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib import charts
from azm.lib.templatetags.azm import in_language, number, percent
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.owncounts import burden, coverage
from tracker.assessment.programme import chain_counts, commitments, programme
from tracker.assessment.reading import Reading
from tracker.assessment.standings import Chain, Elapsed
from tracker.frame import href
from tracker.models import (
    Assignment,
    Edition,
    EditionItem,
    LineageClaim,
    MetricSnapshot,
    Milestone,
    Objective,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    Statement,
)
from tracker.remarks import panel
from tracker.views import notpublic
from tracker.views.areas import area_table, tile_map
from tracker.views.commitments import (
    HUNDRED,
    Commitment,
    by_objective,
    distance_bar,
    distance_sentence,
    gather,
    row,
)
from tracker.views.public import public, standing_or_404
from tracker.views.situation import situation


@public
def overview(request: HttpRequest, reading: Reading) -> TemplateResponse:
    """Progress against the policy named in the settings, with the policies that are said to continue it."""
    policy = standing_or_404(Policy, reading, settings.AZM_PROGRAMME)
    context = programme_context(request, reading, policy, list(programme(reading, policy)))
    return TemplateResponse(request, "tracker/overview.html", context)


@public
def policy(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    """One policy: the same chain over its own commitments, its lineage and its events."""
    found = standing_or_404(Policy, reading, code)
    is_programme = found.code == settings.AZM_PROGRAMME
    policies = list(programme(reading, found)) if is_programme else [found]
    context = programme_context(request, reading, found, policies)
    return TemplateResponse(request, "tracker/policy.html", context | lineage_context(reading, found))


def programme_context(request: HttpRequest, reading: Reading, policy: Policy, policies: list[Policy]) -> dict[str, Any]:
    """What both pages show: counts, time, commitments, areas, the situation, and what is not public."""
    actions = commitments(reading, policies)
    gathered = gather(reading, actions)
    counts = chain_counts(actions)
    matrix = AreaMatrix.of(reading, _indicators(gathered))
    notes = own_counts(reading, gathered, matrix)
    context = {
        "policy": policy,
        "policies": policies,
        "finding": finding(counts),
        "lead": lead(reading, policy, policies, gathered),
        "total": counts["total"],
        "counts": {str(word): counts[link] for link, word in Chain.LINKS.items()},
        "lines": [line(request, objective, under, notes) for objective, under in by_objective(gathered).items()],
        "grouped_by_azm": any(
            c.action.objective and c.action.objective.grouping == Objective.Grouping.AZM for c in gathered
        ),
        "commitments_url": commitments_url(request, gathered),
        "areas": area_table(request, matrix) if matrix.indicators else None,
        "map": tile_map(request, reading, _leading_indicators(gathered)),
        **areas_urls(request, policy),
        "changes": changes(reading),
        "situation": situation(request, reading, policies),
        "findings": panel(request, reading, _remarked(policies, gathered), shown=6),
        "not_public": notpublic.sentences(reading, policy, gathered, matrix),
        **elapsed_context(reading, policy),
    }
    return context


def areas_urls(request: HttpRequest, policy: Policy) -> dict[str, str]:
    """Where area × measure is told whole, over the same measures as the page."""
    asked = "programme=true" if policy.code == settings.AZM_PROGRAMME else f"policy={policy.code}"
    return {
        "areas_url": href(request, f"{reverse('area-measures')}?{asked}"),
        "areas_csv_url": href(request, f"{reverse('area-measures-csv')}?{asked}"),
    }


def finding(counts: dict[str, int]) -> str:
    """The sentence of counts that leads the page."""
    total = counts["total"]
    if not total:
        return _("No commitment of this policy is on record")
    numbers = {link: number(counts[link]) if counts[link] else _("none") for link in Chain.LINKS}
    return format_html(
        ngettext(
            "Of {total} commitment {owner} has an owner, {figure} a figure, {requirement} a requirement"
            " and {deadline} a deadline",
            "Of {total} commitments {owner} have an owner, {figure} a figure, {requirement} a requirement"
            " and {deadline} a deadline",
            total,
        ),
        total=number(total),
        **numbers,
    )


def lead(reading: Reading, policy: Policy, policies: list[Policy], gathered: list[Commitment]) -> str:
    """Through which policy, the distances that can be measured, and the time elapsed, a sentence each."""
    sentences: list[str] = [
        format_html(_("On the public record through {}."), in_language(other, "name"))
        for other in policies
        if other.pk != policy.pk
    ]
    sentences += [text for c in gathered if (text := distance_sentence(c))]
    if time := elapsed_sentence(reading, policy):
        sentences.append(time)
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def elapsed_bounds(reading: Reading, policy: Policy) -> tuple[Any, Any]:
    """The share of the policy's time that has passed, at least and at most, in per cent."""
    found = (
        Policy.objects.filter(pk=policy.pk)
        .annotate(least=Elapsed(reading.on, latest=True), most=Elapsed(reading.on, latest=False))
        .values_list("least", "most")
        .get()
    )
    low, high = (None if share is None else share * HUNDRED for share in found)
    return (low, high) if low is None or high is None or low <= high else (high, low)


def elapsed_sentence(reading: Reading, policy: Policy) -> str:
    least, most = elapsed_bounds(reading, policy)
    if least is None:
        return ""
    if least == most:
        return format_html(_("{} of the policy’s time has passed."), percent(least, 0))
    return format_html(_("Between {} and {} of the policy’s time has passed."), percent(least, 0), percent(most, 0))


def elapsed_context(reading: Reading, policy: Policy) -> dict[str, Any]:
    least, most = elapsed_bounds(reading, policy)
    if least is None:
        return {}
    return {"least": least, "most": most, "elapsed": charts.elapsed(least, most)}


def line(
    request: HttpRequest, objective: Objective | None, under: list[Commitment], notes: dict[int, str]
) -> dict[str, Any]:
    """One line of effort with its commitments."""
    with_owner = sum(c.action.chain.owner for c in under)
    with_figure = sum(c.action.chain.figure for c in under)
    with_requirement = sum(c.action.chain.requirement for c in under)
    told = [format_html(_("{} of {} with an owner"), number(with_owner), number(len(under)))]
    if with_figure:
        told.append(format_html(_("{} with a figure"), number(with_figure)))
    if with_requirement:
        told.append(format_html(_("{} with a requirement"), number(with_requirement)))
    return {
        "objective": objective,
        "id": objective.code.replace(".", "-") if objective else "other",
        "summary": format_html_join(_(", "), "{}", ((part,) for part in told)),
        "rows": [row(request, c, notes.get(c.action.pk, "")) for c in under],
        "distances": [bar for c in under if (bar := distance_bar(request, c))],
    }


def own_counts(reading: Reading, gathered: list[Commitment], matrix: AreaMatrix) -> dict[int, str]:
    """The counts that the ledger makes itself, by the action that they are about."""
    notes: dict[int, str] = {}
    for commitment in gathered:
        action = commitment.action
        if action.own_count == PolicyAction.OwnCount.BURDEN:
            found = burden(reading, [c.action.pk for c in gathered])
            notes[action.pk] = format_html(
                _("our count: {} of {} commitments with an owner name a security force"),
                number(found.security),
                number(found.owned),
            )
        elif action.own_count == PolicyAction.OwnCount.AREA_COVERAGE:
            seen = coverage(matrix)
            if seen.widest is None:
                continue
            notes[action.pk] = format_html(
                _("our count: {} of {} measures are told by area; {} in {} of {} areas"),
                number(seen.told_by_area),
                number(seen.measures),
                in_language(seen.widest, "name"),
                number(seen.units_of_widest),
                number(seen.units),
            )
    return notes


def _indicators(gathered: list[Commitment]) -> list[Any]:
    """The indicators of the commitments, each once, in the order of the list of indicators."""
    found = {measure.indicator_id: measure.indicator for c in gathered for measure in c.measures}
    return sorted(found.values(), key=lambda indicator: (indicator.position, indicator.code))


def _leading_indicators(gathered: list[Commitment]) -> list[Any]:
    """The indicators that lead the row of a commitment, in the order of the rows."""
    return list({c.measures[0].indicator_id: c.measures[0].indicator for c in gathered if c.measures}.values())


def _remarked(policies: list[Policy], gathered: list[Commitment]) -> dict[Any, Q]:
    """The rows of these policies that a rule may remark on: commitments, plans, reports, and what measures them."""
    measured = [measure.indicator_id for c in gathered for measure in c.measures]
    of_actions = Q(action__policy__in=policies)
    return {
        PolicyAction: Q(policy__in=policies),
        **dict.fromkeys([Milestone, Assignment, ProgressUpdate], of_actions),
        MetricSnapshot: Q(series__indicator__in=measured),
    }


def commitments_url(request: HttpRequest, gathered: list[Commitment]) -> str:
    """The file of the commitments; narrowed to their policy, if they are all of one."""
    policies = {c.action.policy.code for c in gathered}
    narrowed = f"?policy={policies.pop()}" if len(policies) == 1 else ""
    return href(request, reverse("actions-csv") + narrowed)


def changes(reading: Reading) -> dict[str, Any]:
    """What the edition that is read brought, by kind of row, and what it took."""
    kinds: dict[str, Callable[[int], str]] = {
        "policyaction": lambda n: ngettext("{} commitment entered", "{} commitments entered", n),
        "metricsnapshot": lambda n: ngettext("{} figure entered", "{} figures entered", n),
        "assignment": lambda n: ngettext("{} assignment of a body entered", "{} assignments of bodies entered", n),
        "target": lambda n: ngettext("{} requirement or target entered", "{} requirements or targets entered", n),
        "progressupdate": lambda n: ngettext("{} progress report entered", "{} progress reports entered", n),
        "lineageclaim": lambda n: ngettext(
            "{} claim on what a policy continues", "{} claims on what a policy continues", n
        ),
        "source": lambda n: ngettext("from {} source", "from {} sources", n),
    }
    removals: dict[str, Callable[[int], str]] = {
        "withdrawn": lambda n: ngettext("{} row withdrawn", "{} rows withdrawn", n),
        "suspended": lambda n: ngettext("{} row suspended", "{} rows suspended", n),
        "restored": lambda n: ngettext("{} row restored", "{} rows restored", n),
        "redacted": lambda n: ngettext("{} row redacted", "{} rows redacted", n),
    }
    items = EditionItem.objects.filter(edition=reading.edition).order_by()
    entered: dict[str, int] = {}
    removed: dict[str, int] = {} if reading.edition.act != Edition.Act.PUBLICATION else {"withdrawn": 0}
    for kind, act, n in items.values_list("kind", "act").annotate(n=Count("pk")):
        if act == EditionItem.Act.ENTERED:
            entered[kind] = n
        else:
            removed[act] = removed.get(act, 0) + n
    told = [format_html(say(entered[kind]), number(entered[kind])) for kind, say in kinds.items() if kind in entered]
    told += [format_html(say(removed[act]), number(removed[act])) for act, say in removals.items() if act in removed]
    return {"edition": reading.edition, "rows": told}


def lineage_context(reading: Reading, policy: Policy) -> dict[str, Any]:
    """Who says what about where the policy comes from, what was decided, and its other groupings."""
    edition = reading.edition
    claims = (
        LineageClaim.objects.in_edition(edition)
        .filter(Q(policy=policy) | Q(predecessor=policy))
        .select_related("policy", "predecessor", "citation__source")
        .order_by("policy__position", "citation__source__published", "code")
    )
    events = (
        PolicyEvent.objects.in_edition(edition)
        .filter(policy=policy)
        .select_related("citation__source")
        .order_by("-on", "code")
    )
    groupings = (
        Objective.objects.in_edition(edition)
        .filter(policy=policy)
        .exclude(grouping=Objective.Grouping.AZM)
        .select_related("citation__source")
    )
    statements = (
        Statement.objects.in_edition(edition)
        .filter(policy=policy, action=None)
        .select_related("area", "citation__source")
        .order_by("kind", "area__position", "code")
    )
    return {"claims": claims, "events": events, "groupings": groupings, "statements": statements}
