"""The front page, which is progress against one policy, and what the page of every policy shares with it."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import in_language, number, share
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.owncounts import coverage
from tracker.assessment.programme import commitments, programme
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Burden, Kind, Rollup
from tracker.assessment.standings import Chain
from tracker.frame import href
from tracker.models import (
    Assignment,
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
from tracker.views.changes import changes
from tracker.views.commitments import Commitment, by_objective, gather, row
from tracker.views.distances import distance_bar
from tracker.views.opening import elapsed_context, finding, lead
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
    gathered = gather(reading, commitments(reading, policies).select_related("drift"))
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
        "changes": changes(request, reading),
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
    found = rollups.get(f"{Kind.OBJECTIVE}.{objective.code}") if objective else None
    rollup = rolled_up(request, found, f"states-{line_id}")
    return {
        "objective": objective,
        "id": line_id,
        "rollup": rollup,
        "summary": _planned(found) if found and found.with_plan else _held(under),
        "rows": [row(request, c, notes.get(c.action.pk, "")) for c in under],
        "distances": [bar for c in under if (bar := distance_bar(request, c))],
    }


def _planned(rollup: Rollup) -> str:
    """What the plans under a line of effort come to: "6 of 11 have a plan; 59.2% is proved, 89.2% was due"."""
    told = ngettext(
        "{n} of {m} has a plan; {proved} of its work is proved, {due} was due",
        "{n} of {m} have a plan; {proved} of their work is proved, {due} was due",
        rollup.scored,
    )
    shares = {"proved": share(rollup.evidenced), "due": share(rollup.planned)}
    return format_html(told, n=number(rollup.with_plan), m=number(rollup.scored), **shares)


def _held(under: list[Commitment]) -> str:
    """Where there is no plan: how many commitments have an owner, and how many what they could be judged by."""
    owner, figures, required = (
        sum(getattr(c.action.chain, link) for c in under) for link in ("owner", "figure", "requirement")
    )
    told = [format_html(_("{} of {} with an owner"), number(owner), number(len(under)))]
    if figures:
        told.append(format_html(_("{} with a figure"), number(figures)))
    if required:
        told.append(format_html(_("{} with a requirement"), number(required)))
    return format_html_join(_(", "), "{}", ((part,) for part in told))


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
