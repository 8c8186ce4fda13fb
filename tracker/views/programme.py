"""The front page, which is progress against one policy, and what the page of every policy shares with it."""

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
from tracker.assessment.owncounts import coverage
from tracker.assessment.programme import commitments, programme
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Burden, Kind, Rollup
from tracker.assessment.standings import Chain
from tracker.frame import href
from tracker.models import (
    Assignment,
    Edition,
    EditionItem,
    MetricSnapshot,
    Milestone,
    Objective,
    Policy,
    PolicyAction,
    ProgressUpdate,
)
from tracker.progress import Division, divided, rolled_up
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
    context = programme_context(request, reading, policy, Kind.PROGRAMME)
    return TemplateResponse(request, "tracker/overview.html", context)


def programme_context(request: HttpRequest, reading: Reading, policy: Policy, kind: Kind) -> dict[str, Any]:
    """What both pages show: counts, time, commitments, areas, the situation, and what is not public.

    They are of the policy alone or, as a programme, with those that are said to continue it.
    """
    policies = list(programme(reading, policy)) if kind == Kind.PROGRAMME else [policy]
    gathered = gather(reading, commitments(reading, policies))
    own = Q(kind=kind, scope=policy.code)
    rollups = {r.code: r for r in Rollup.objects.filter(own | Q(kind=Kind.OBJECTIVE, policy__in=policies))}
    whole = rollups[f"{kind}.{policy.code}"]
    carried = divided(request, Burden.objects.filter(policy__in=policies), **{kind.value: policy.code})
    matrix = AreaMatrix.of(reading, _indicators(gathered))
    notes = own_counts(gathered, matrix, carried)
    context = {
        "policy": policy,
        "policies": policies,
        "finding": finding(whole),
        "lead": lead(policy, policies, gathered, whole),
        "total": whole.commitments,
        "counts": {str(word): count for word, count in zip(Chain.LINKS.values(), whole.links().values(), strict=True)},
        "rollup": rolled_up(request, whole, "whole"),
        "progress_url": href(request, f"{reverse('progress')}?policy={policy.code}"),
        "burden": carried if carried.commitments else None,
        "burden_url": href(request, burden_address(policies)),
        "lines": [
            line(request, objective, under, notes, rollups) for objective, under in by_objective(gathered).items()
        ],
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
        **elapsed_context(whole),
    }
    return context


def areas_urls(request: HttpRequest, policy: Policy) -> dict[str, str]:
    """Where area × measure is told whole, over the same measures as the page."""
    asked = "programme=true" if policy.code == settings.AZM_PROGRAMME else f"policy={policy.code}"
    return {
        "areas_url": href(request, f"{reverse('area-measures')}?{asked}"),
        "areas_csv_url": href(request, f"{reverse('area-measures-csv')}?{asked}"),
    }


def finding(whole: Rollup) -> str:
    """The sentence of counts that leads the page."""
    total = whole.commitments
    if not total:
        return _("No commitment of this policy is on record")
    numbers = {link: number(count) if count else _("none") for link, count in whole.links().items()}
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


def lead(policy: Policy, policies: list[Policy], gathered: list[Commitment], whole: Rollup) -> str:
    """Through which policy, the distances that can be measured, and the time elapsed, a sentence each."""
    sentences: list[str] = [
        format_html(_("On the public record through {}."), in_language(other, "name"))
        for other in policies
        if other.pk != policy.pk
    ]
    sentences += [text for c in gathered if (text := distance_sentence(c))]
    if time := elapsed_sentence(whole):
        sentences.append(time)
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences))


def elapsed_sentence(whole: Rollup) -> str:
    bounds = whole.elapsed()
    if bounds is None:
        return ""
    least, most = (percent(bound * HUNDRED, 0) for bound in bounds)
    if bounds[0] == bounds[1]:
        return format_html(_("{} of the policy’s time has passed."), least)
    return format_html(_("Between {} and {} of the policy’s time has passed."), least, most)


def elapsed_context(whole: Rollup) -> dict[str, Any]:
    bounds = whole.elapsed()
    if bounds is None:
        return {}
    least, most = (bound * HUNDRED for bound in bounds)
    return {"least": least, "most": most, "elapsed": charts.elapsed(least, most)}


def burden_address(policies: list[Policy]) -> str:
    """The file of the burden; narrowed to the policy, if it is of one."""
    return reverse("burden-csv") + (f"?policy={policies[0].code}" if len(policies) == 1 else "")


def line(
    request: HttpRequest,
    objective: Objective | None,
    under: list[Commitment],
    notes: dict[int, str],
    rollups: dict[str, Rollup],
) -> dict[str, Any]:
    """One line of effort with its commitments."""
    line_id = objective.code.replace(".", "-") if objective else "other"
    rollup = rollups.get(f"{Kind.OBJECTIVE}.{objective.code}") if objective else None
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
        "id": line_id,
        "rollup": rolled_up(request, rollup, f"states-{line_id}"),
        "summary": format_html_join(_(", "), "{}", ((part,) for part in told)),
        "rows": [row(request, c, notes.get(c.action.pk, "")) for c in under],
        "distances": [bar for c in under if (bar := distance_bar(request, c))],
    }


def own_counts(gathered: list[Commitment], matrix: AreaMatrix, carried: Division) -> dict[int, str]:
    """The counts that the ledger makes itself, by the action that they are about."""
    notes: dict[int, str] = {}
    for commitment in gathered:
        action = commitment.action
        if action.own_count == PolicyAction.OwnCount.BURDEN:
            notes[action.pk] = format_html(
                _("our count: {} of {} commitments with an owner name a security force"),
                number(carried.security),
                number(carried.owned),
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
