"""How a judgement was worked out: its inputs with their citations and editions, the rule, and the thresholds."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment import sentences, seriessentences, seriesworking
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES, USED, Input, Working
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Answers, Basis
from tracker.assessment.thresholds import THRESHOLDS, thresholds
from tracker.models import Milestone, PlanChange, PolicyAction, ProgressUpdate


def working(reading: Reading, action: PolicyAction, answers: Answers) -> Working:
    """Of the standing of a commitment as a whole; for a reading that is open."""
    values = thresholds()
    distances = list(Distance.objects.filter(action=action).told()) if answers.basis == Basis.SERIES else []
    marks = seriesworking.marks_of(reading, distances)
    return Working(
        sentence=sentences.of_commitment(answers, action, reading.on),
        rule=RULES[answers.state],
        formula=[*_formula(answers, values), *(seriessentences.of_series(distance) for distance in distances)],
        inputs=[
            *_plan(reading, action),
            *_reports(reading, action),
            *(given for distance in distances for given in seriesworking.inputs(distance, marks)),
        ],
        thresholds=[(THRESHOLDS[name], values[name]) for name in USED[answers.basis]],
    )


def _formula(answers: Answers, values: dict[str, Decimal]) -> Iterator[str]:
    if answers.basis == Basis.STEPS and answers.planned:
        ratio = answers.earned / answers.planned
        yield format_html(
            _("weight proved {earned} ÷ weight due {planned} = {ratio}; behind below {threshold}"),
            earned=number(answers.earned), planned=number(answers.planned), ratio=number(ratio, 2),
            threshold=number(values["behind_below"]),
        )  # fmt: skip
    if answers.days_late:
        yield format_html(
            _("the latest step is {days} days late; behind after {threshold}"),
            days=number(answers.days_late), threshold=number(values["late_days"]),
        )  # fmt: skip


def _rows(function: str, reading: Reading, action: PolicyAction, *more: Any) -> list[dict[str, Any]]:
    """What a function of the edition and the day says of one commitment."""
    places = ", ".join(["%s"] * (2 + len(more)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}({places}, %s::bigint[])",
            [reading.edition.pk, reading.on, *more, [action.pk]],
        )
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _plan(reading: Reading, action: PolicyAction) -> Iterator[Input]:
    if action.due is not None:
        yield Input(_("Deadline"), date_long(action.due), action)
    steps = {step["milestone_id"]: step for step in _rows("plan_steps", reading, action, False)}
    for milestone in Milestone.objects.filter(pk__in=steps).select_related("citation").order_by("position", "code"):
        step = steps[milestone.pk]
        word = _("proved") if step["proved"] else _("said to be met, not proved") if step["said"] else _("not met")
        says = format_html(
            _("due {due}, weight {weight}: {word}"),
            due=date_long(milestone.due) or _("on no day"), weight=number(step["weight"]), word=word,
        )  # fmt: skip
        yield Input(in_language(milestone, "title"), says, milestone)
    changes = PlanChange.objects.in_edition(reading.edition).filter(Q(action=action) | Q(milestone__action=action))
    for change in changes.filter(redacted_in=None).select_related("milestone", "citation").order_by("edition", "code"):
        term = in_language(change.milestone, "title") if change.milestone else _("The commitment")
        kind = change.get_kind_display()
        yield Input(term, format_html("{} {}", kind, date_long(change.new_due)) if change.new_due else kind, change)


def _reports(reading: Reading, action: PolicyAction) -> Iterator[Input]:
    told = {report["update_id"]: report for report in _rows("told_reports", reading, action)}
    updates = ProgressUpdate.objects.filter(pk__in=told).select_related("body", "milestone", "citation")
    for update in updates.order_by("-as_of", "code"):
        said = update.get_status_display() if update.milestone is None else _("met") if update.met else _("not met")
        kind = _("evidence") if told[update.pk]["evidence"] else _("self-reported")
        term = in_language(update.body, "name") if update.body else update.get_channel_display()
        about = in_language(update.milestone, "title") if update.milestone else _("the commitment")
        yield Input(
            term,
            format_html(
                _("{about}: {said}, {day} ({kind})"), about=about, said=said, day=date_long(update.as_of), kind=kind
            ),
            update,
        )
