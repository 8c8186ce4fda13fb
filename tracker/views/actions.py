"""One commitment."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, in_language
from tracker.assessment.reading import Reading
from tracker.assessment.silence import duties, searched_figures, searched_texts
from tracker.assessment.standings import Chain, by_area
from tracker.assessment.steps import Facts
from tracker.assessment.waiting import waits
from tracker.assessment.working import working
from tracker.challenges.shown import shown
from tracker.frame import href, tombstone
from tracker.listings.silence import duties_in_words, searched_figure, searched_text
from tracker.models import (
    ActionLink,
    Assignment,
    Challenge,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    Statement,
    Target,
)
from tracker.publishing.scopes import of_action as concerning
from tracker.remarks import panel
from tracker.views.answers import answers, contradictions
from tracker.views.cited import cited
from tracker.views.commitments import Commitment, about, gather, owners, state, told
from tracker.views.distances import distance_bar
from tracker.views.history import history
from tracker.views.plan import plan
from tracker.views.public import public, standing_or_404
from tracker.views.timeline import timeline_context
from tracker.wording import figure, figure_with_unit

SEARCHES = 10
"""Searches for a figure that the page names."""


@public
def action(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(PolicyAction, reading, code)
    edition = reading.edition
    (commitment,) = gather(reading, PolicyAction.objects.filter(pk=found.pk).select_related("drift", "edition"))
    facts = Facts.of(reading, commitment.action)
    of_action = {"action": found}
    targets = list(
        Target.objects.in_edition(edition)
        .filter(**of_action)
        .select_related("baseline__series__indicator", "baseline__series__area", "citation__source")
    )
    statements = list(
        Statement.objects.in_edition(edition).filter(**of_action).select_related("area", "citation__source")
    )
    to_report = list(
        duties().filter(Q(policy=None) | Q(policy=found.policy), body__in=[lead.body_id for lead in commitment.leads])
    )
    about_it = {PolicyAction: Q(pk=found.pk), **dict.fromkeys([Milestone, Assignment, ProgressUpdate], Q(**of_action))}
    findings = panel(request, reading, about_it, found.code)
    worked_out = working(reading, commitment.action, commitment.action.standing, facts)
    assignments = [*commitment.leads, *commitment.former, *commitment.others]
    context = {
        "commitment": commitment,
        "action": commitment.action,
        "state": state(commitment),
        "answers": answers(request, commitment, facts, to_report, worked_out),
        "against": contradictions(commitment, findings),
        "working": worked_out,
        "areas": by_area(found),
        "links": commitment.action.chain.present(),
        **chain(commitment, targets, facts.reports),
        "assignments": assignments,
        "handovers": handovers(commitment),
        "has_ends": any(row.ends for row in assignments),
        "timeline": timeline_context(reading, facts),
        "has_dates": any(drift.due_now for drift in [commitment.action.drift, *(m.drift for m in facts.milestones)]),
        "plan": plan(facts, commitment.action.standing),
        "milestones_csv": href(request, f"{reverse('milestones-csv')}?action={found.code}"),
        "figures": [figure_context(request, snapshot) for snapshot in [*commitment.figures, *commitment.lost]],
        "bar": distance_bar(request, commitment),
        "waits": list(waits().filter(action=found)),
        "duties": duties_in_words(to_report),
        "searches": searches(reading, commitment),
        "statements": statements,
        "cited": cited(
            [commitment.action, *facts.milestones, *assignments, *targets, *statements, *facts.changes, *facts.reports]
        ),
        "findings": findings,
        "action_links": ActionLink.objects.in_edition(edition)
        .filter(Q(action=found) | Q(to_action=found))
        .select_related("action", "to_action", "to_policy", "citation__source")
        .order_by("code"),
        "openness_url": "" if found.redacted_in_id else href(request, f"{reverse('openness')}?about={found.code}"),
        "question_url": "" if found.redacted_in_id else href(request, reverse("action-question", args=[found.code])),
        **shown(reading, Challenge.Kind.ACTION, [found]),
        "history": history(request, reading, "action", found, concerning(found, edition)),
    }
    return TemplateResponse(request, "tracker/action.html", context)


def searches(reading: Reading, commitment: Commitment) -> list[dict[str, Any]]:
    """What was looked for in vain: the text of the policy, and figures of what measures the commitment."""
    texts = searched_texts(reading).filter(policy=commitment.action.policy_id)
    figures = searched_figures(reading).filter(series__indicator__in=[m.indicator_id for m in commitment.measures])
    return [*map(searched_text, texts), *map(searched_figure, figures[:SEARCHES])]


def handovers(commitment: Commitment) -> list[str]:
    """ "Ministry A led until 31 March 2026; Ministry B leads since 1 April 2026.": of the same area."""
    found: list[str] = []
    for former in commitment.former:
        if former.ends is None:
            continue
        heirs = [lead for lead in commitment.leads if lead.area_id == former.area_id]
        who, until = in_language(former.body, "name"), date_long(former.ends)
        if heirs:
            heir = in_language(heirs[0].body, "name")
            since = date_long(heirs[0].starts) or _("a day that is not stated")
            told = format_html(_("{} led until {}; {} leads since {}."), who, until, heir, since)
        else:
            told = format_html(_("{} led until {}; nobody is named since."), who, until)
        found.append(told)
    return found


def figure_context(request: HttpRequest, snapshot: Any) -> dict[str, Any]:
    """The context of one of components/figures.html."""
    return {
        "value": figure(snapshot) if snapshot.value is not None else "",
        "word": figure(snapshot),
        "tombstone": tombstone(request, snapshot),
        "label": in_language(snapshot.series.indicator, "name"),
        "url": href(request, snapshot),
        "period": in_language(snapshot, "note") if snapshot.redacted_in_id is None else "",
        "source": about(request, snapshot),
    }


def chain(commitment: Commitment, targets: list[Target], updates: list[ProgressUpdate]) -> dict[str, Any]:
    """What is on record for each of the seven links, and the words of those for which nothing is.

    What was redacted counts as absent, and is not told as if there had been nothing.
    """
    action, has = commitment.action, commitment.action.chain
    readable = [update for update in updates if update.redacted_in_id is None]
    baselines = [target.baseline for target in targets if target.baseline]
    present = {
        "owner": owners(commitment.leads),
        "measure": format_html_join(_(", "), "{}", ((in_language(m.indicator, "name"),) for m in commitment.measures)),
        "baseline": format_html_join(_("; "), "{}", ((told(b),) for b in baselines if b.redacted_in_id is None)),
        "requirement": "; ".join(
            str(t.get_basis_display()) for t in targets if t.basis != Target.Basis.DIRECTION and t.is_readable
        ),
        "deadline": date_long(action.drift.due_now)
        or format_html_join(_("; "), "{}", ((date_long(t.due),) for t in targets if t.due)),
        "figure": figure_with_unit(commitment.figures[0]) if commitment.figures else "",
        "report": format_html(_("{}, {}"), readable[0].get_status_display(), date_long(readable[0].as_of))
        if readable
        else "",
    }
    lost = {
        "baseline": any(b.redacted_in_id is not None for b in baselines),
        "requirement": any(t.basis != Target.Basis.DIRECTION and not t.is_readable for t in targets),
        "figure": bool(commitment.lost),
        "report": bool(updates),
    }
    rows = [
        {"term": word, "description": (present[link] or _("on record")) if getattr(has, link) else redacted()}
        for link, word in Chain.LINKS.items()
        if getattr(has, link) or lost.get(link)
    ]
    missing = [Chain.LINKS[link] for link in has.absent() if not lost.get(link)]
    return {"chain_rows": rows, "missing_links": format_html_join(_(", "), "{}", ((word,) for word in missing))}
