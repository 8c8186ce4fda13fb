"""One commitment."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, in_language, share
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Answers
from tracker.assessment.silence import duties, searched_figures, searched_texts
from tracker.assessment.standings import Chain, by_area
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
from tracker.views.commitments import Commitment, about, distance_bar, gather, owners, state, told
from tracker.views.history import history
from tracker.views.plan import plan, plan_changes
from tracker.views.public import public, standing_or_404
from tracker.wording import figure, figure_with_unit

SEARCHES = 10
"""Searches for a figure that the page names."""


@public
def action(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(PolicyAction, reading, code)
    edition = reading.edition
    (commitment,) = gather(reading, PolicyAction.objects.filter(pk=found.pk).select_related("drift"))
    of_action = {"action": found}
    milestones = list(
        Milestone.objects.in_edition(edition).filter(**of_action).select_related("area", "drift", "citation__source")
    )
    updates = (
        ProgressUpdate.objects.in_edition(edition)
        .filter(**of_action)
        .select_related("body", "area", "milestone", "waiting_on", "citation__source")
        .order_by("-as_of", "code")
    )
    targets = (
        Target.objects.in_edition(edition)
        .filter(**of_action)
        .select_related("baseline__series__indicator", "baseline__series__area")
    )
    context = {
        "commitment": commitment,
        "action": commitment.action,
        "state": state(commitment),
        "answers": answers(commitment.action.standing),
        "working": working(reading, commitment.action, commitment.action.standing),
        "areas": by_area(found),
        "links": commitment.action.chain.present(),
        "chain_rows": chain_rows(commitment, list(targets), list(updates)),
        "assignments": [*commitment.leads, *commitment.former, *commitment.others],
        "figures": [figure_context(request, snapshot) for snapshot in [*commitment.figures, *commitment.lost]],
        "bar": distance_bar(request, commitment),
        "milestones": milestones,
        "plan": plan(commitment.action, milestones, plan_changes(reading, found, milestones)),
        "updates": updates,
        "waits": waits().filter(action=found),
        "duties": duties_in_words(
            duties().filter(
                Q(policy=None) | Q(policy=found.policy), body__in=[lead.body_id for lead in commitment.leads]
            )
        ),
        "searches": searches(reading, commitment),
        "statements": Statement.objects.in_edition(edition)
        .filter(**of_action)
        .select_related("area", "citation__source"),
        "findings": panel(
            request,
            reading,
            {
                PolicyAction: Q(pk=found.pk),
                **dict.fromkeys([Milestone, Assignment, ProgressUpdate], Q(action=found)),
            },
            found.code,
        ),
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


def answers(standing: Answers) -> list[dict[str, Any]]:
    """The three answers, as items of components/definitions.html. They may differ, and the difference is the news."""
    report = standing.reported
    reported, evidenced = _("nothing on the commitment as a whole"), _("no step to prove")
    if report is not None:
        who = in_language(report.body, "name") if report.body else _("somebody else")
        reported = format_html(_("{}, {}, {}"), report.get_status_display(), who, date_long(report.as_of))
    if standing.evidenced is not None and standing.self_reported is not None:
        said = _("{} of the weight of its steps; another {} is self-reported only")
        if not standing.self_reported:
            said = _("{} of the weight of its steps")
        evidenced = format_html(said, share(standing.evidenced), share(standing.self_reported))
    scheduled = standing.get_state_display()
    now = standing.get_state_now_display() if standing.state_now != standing.state else ""
    return [
        {"term": _("Reported"), "description": reported, "note": report.get_channel_display() if report else ""},
        {"term": _("Evidenced"), "description": evidenced},
        {
            "term": _("Scheduled"),
            "description": scheduled,
            "note": format_html(_("with the published changes of the plan: {}"), now) if now else "",
        },
    ]


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


def chain_rows(commitment: Commitment, targets: list[Target], updates: list[ProgressUpdate]) -> list[dict[str, Any]]:
    """Each of the seven links with what is on record for it, or that nothing is.

    What was redacted counts as absent, and is not told as if there had been nothing.
    """
    action, chain = commitment.action, commitment.action.chain
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
    absent = {
        "owner": _("nobody named"),
        "measure": _("none"),
        "baseline": _("not public"),
        "requirement": _("none published"),
        "deadline": _("none published"),
        "figure": _("no figure"),
        "report": _("none on record"),
    }
    lost = {
        "baseline": any(b.redacted_in_id is not None for b in baselines),
        "requirement": any(t.basis != Target.Basis.DIRECTION and not t.is_readable for t in targets),
        "figure": bool(commitment.lost),
        "report": bool(updates),
    }
    absent |= {link: redacted() for link, was_there in lost.items() if was_there}
    return [
        {"term": word, "description": (present[link] or _("on record")) if getattr(chain, link) else absent[link]}
        for link, word in Chain.LINKS.items()
    ]
