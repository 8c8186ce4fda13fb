"""What is on record of one body, gathered for its page, and the sentences that lead it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment.owners import holds
from tracker.assessment.plansteps import steps_of
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Rollup
from tracker.assessment.rules import BY_CODE
from tracker.assessment.schedule import State
from tracker.assessment.standings import judge
from tracker.challenges.shown import shown
from tracker.frame import href
from tracker.models import (
    Assignment,
    Challenge,
    FindingAnswer,
    Policy,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
    Source,
)
from tracker.views.commitments import Commitment, listed, state

SHOWN = 25
"""Commitments, steps and reports that the page names; the lists have all of them."""
TOLD_STATES = (State.DONE, State.BEHIND, State.OVERDUE)
"""States that the lead tells: what is finished, and what is late."""


# Gathered


def assignments_of(reading: Reading, body: ResponsibleBody) -> list[Any]:
    """Everything that the body is named for, now or before, in the order of the commitments."""
    return list(
        Assignment.objects.in_edition(reading.edition)
        .filter(body=body, action__in=PolicyAction.objects.in_edition(reading.edition))
        .annotate(holds=holds(reading.on))
        .select_related("action__policy", "action__drift", "area", "citation__source")
        .order_by("action__policy__position", "action__position", "role", "code")
    )


def led_by(assignments: Iterable[Any]) -> dict[int, PolicyAction]:
    """The commitments that the body leads today, each once."""
    return {
        a.action_id: a.action
        for a in assignments
        if a.role == Assignment.Role.LEAD and a.holds and a.redacted_in_id is None
    }


def led(assignments: list[Any]) -> tuple[dict[str, Any], list[Any]]:
    """What it leads: the first of the commitments with how they stand, and the steps of them all."""
    actions = list(led_by(assignments).values())
    judge(actions[:SHOWN])
    rows = [
        {"action": action, "links": action.chain.present(), **state(Commitment(action))} for action in actions[:SHOWN]
    ]
    return {"rows": rows, "more": len(actions) > SHOWN}, steps_of(actions)


def delivered(rollup: Rollup | None, steps: list[Any]) -> dict[str, Any]:
    """The steps that are met, those that are proved first, and what of it counts."""
    counted = [step for step in steps if not step.dropped]
    met = sorted((step for step in counted if step.said), key=lambda step: not step.proved)
    return {
        "steps": len(counted),
        "proved": sum(step.proved for step in counted),
        "said": sum(step.said and not step.proved for step in counted),
        "met": met[:SHOWN],
        "more": len(met) > SHOWN,
        "commitments": rollup.commitments if rollup else 0,
        "done": rollup.done if rollup else 0,
    }


def reports(request: HttpRequest, reading: Reading, body: ResponsibleBody) -> dict[str, Any]:
    """What it reported up to the day: the newest in full, and how many came through which channel."""
    told = ProgressUpdate.objects.in_edition(reading.edition).filter(body=body, as_of__lte=reading.on)
    counted = dict(told.filter(redacted_in=None).order_by().values_list("channel").annotate(n=Count("pk")))
    rows = list(
        told.select_related("action", "milestone", "area", "citation__source").order_by("-as_of", "code")[: SHOWN + 1]
    )
    return {
        "rows": rows[:SHOWN],
        "last": next((row for row in rows if row.redacted_in_id is None), None),
        "channels": [
            (label, counted[channel]) for channel, label in ProgressUpdate.Channel.choices if channel in counted
        ],
        "count": sum(counted.values()),
        "more": len(rows) > SHOWN,
        "url": href(request, f"{reverse('updates')}?body={body.code}"),
    }


def other_roles(assignments: Iterable[Any]) -> list[dict[str, Any]]:
    """What it is named for besides what it leads today: role by role and policy by policy, and what it led before.

    Where all rest on one passage it is told once.
    """
    groups: dict[tuple[str, bool], dict[Policy, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for assignment in assignments:
        if assignment.role != Assignment.Role.LEAD or not assignment.holds or assignment.redacted_in_id is not None:
            groups[assignment.role, assignment.holds][assignment.action.policy].append(assignment)
    return [
        {
            "role": role,
            "holds": held,
            "policy": policy,
            "rows": rows,
            "count": len({a.action_id for a in rows if a.redacted_in_id is None}),
            "citation": rows[0].citation if len({a.citation_id for a in rows}) == 1 else None,
        }
        for role in Assignment.Role
        for held in (True, False)
        for policy, rows in groups[role, held].items()
    ]


def answers(request: HttpRequest, reading: Reading, body: ResponsibleBody) -> list[dict[str, Any]]:
    """What the body says to findings, the newest first, each with the list of findings that it answers."""
    said = (
        FindingAnswer.objects.in_edition(reading.edition)
        .filter(body=body)
        .select_related("citation__source")
        .order_by("-edition", "code")
    )
    return [
        {
            "answer": answer,
            "rule": BY_CODE[answer.rule].name if answer.rule in BY_CODE else answer.rule,
            "url": href(request, f"{reverse('findings')}?about={answer.subject_code}"),
        }
        for answer in said
    ]


def questions(request: HttpRequest, reading: Reading, assignments: Iterable[Any]) -> dict[str, Any]:
    """What readers ask about the commitments that it leads, each question with its commitment."""
    actions = {action.code: action for action in led_by(assignments).values()}
    context = shown(reading, Challenge.Kind.ACTION, actions.values())
    for question in context.get("questions", []):
        action = actions[question.code]
        question.about = format_html('<a href="{}">{}</a>', href(request, action), in_language(action, "title"))
    return context


def sources(body: ResponsibleBody, *rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The documents that the rows of the page rest on, with how many of their passages."""
    cited = [body.citation, *(row.citation for some in rows for row in some)]
    passages: dict[Source, set[int]] = defaultdict(set)
    for citation in cited:
        if citation is not None and citation.redacted_in_id is None:
            passages[citation.source].add(citation.pk)
    return [
        {"source": source, "passages": len(found)}
        for source, found in sorted(passages.items(), key=lambda item: (item[0].publisher, item[0].code))
    ]


# Said


def lead(
    rollup: Rollup | None,
    roles: Sequence[dict[str, Any]],
    spoken: dict[str, Any],
    duties: Sequence[dict[str, Any]],
    *,
    waits_for: Sequence[Any],
    holds_up: Sequence[Any],
) -> str:
    """What it leads and by when, its other roles, when it last spoke, and who waits for whom: a sentence each."""
    sentences = [
        leads_sentence(rollup),
        late_sentence(rollup),
        *roles_sentences(roles),
        spoken_sentence(spoken, duties),
        *waiting_sentences(waits_for, holds_up),
    ]
    return format_html_join(" ", "{}", ((sentence,) for sentence in sentences if sentence))


def leads_sentence(rollup: Rollup | None) -> str:
    if rollup is None or not rollup.commitments:
        return _("Leads no commitment on record.")
    n, dated = rollup.commitments, rollup.deadline
    if not dated:
        text = ngettext("Leads {n} commitment, without a deadline.", "Leads {n} commitments, none with a deadline.", n)
    elif dated == n:
        text = ngettext("Leads {n} commitment, with a deadline.", "Leads {n} commitments, each with a deadline.", n)
    else:
        text = ngettext("Leads {n} commitments, {m} with a deadline.", "Leads {n} commitments, {m} with a deadline.", n)
    return format_html(text, n=number(n), m=number(dated))


def late_sentence(rollup: Rollup | None) -> str:
    counts = rollup.states() if rollup else {}
    told = [(number(counts[one]), one.label) for one in TOLD_STATES if counts.get(one)]
    return format_html(_("Of these {}."), format_html_join(_(", "), "{} {}", told)) if told else ""


def roles_sentences(roles: Sequence[dict[str, Any]]) -> Iterator[str]:
    says: dict[str, Callable[[int], str]] = {
        Assignment.Role.SUPPORT: lambda n: ngettext("Supports {} commitment.", "Supports {} commitments.", n),
        Assignment.Role.OVERSIGHT: lambda n: ngettext("Oversees {} commitment.", "Oversees {} commitments.", n),
        Assignment.Role.FORUM: lambda n: ngettext(
            "Is the forum for {} commitment.", "Is the forum for {} commitments.", n
        ),
    }
    for role, say in says.items():
        if n := sum(group["count"] for group in roles if group["role"] == role and group["holds"]):
            yield format_html(say(n), number(n))


def spoken_sentence(spoken: dict[str, Any], duties: Sequence[dict[str, Any]]) -> str:
    """Silent is only who owes a report; of any other body it is said that none was found."""
    silent = next((row for row in duties if row["duty"].silence.is_silent), None)
    if silent is not None:
        return format_html(_("On its duty to report it is {}."), silent["said"])
    if spoken["last"] is None:
        return _("No report by it is on record.")
    last = spoken["last"]
    return format_html(_("It last spoke as of {}, {}."), date_long(last.as_of), last.get_channel_display())


def waiting_sentences(waits_for: Sequence[Any], holds_up: Sequence[Any]) -> Iterator[str]:
    holders = {row.waiting.holder_id: row.waiting.holder for row in waits_for}
    if holders:
        yield format_html(_("It waits for {}."), listed(in_language(holder, "name") for holder in holders.values()))
    if n := len({row.action_id for row in holds_up}):
        yield format_html(ngettext("{} commitment waits for it.", "{} commitments wait for it.", n), number(n))
