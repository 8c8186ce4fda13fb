"""How a judgement was worked out: its inputs with their citations and editions, the rule, and the thresholds."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment import sentences, seriessentences, seriesworking
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES, USED, Input, Working
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Answers, Basis
from tracker.assessment.steps import Facts, ratio
from tracker.assessment.thresholds import THRESHOLDS, thresholds
from tracker.models import PolicyAction


def working(reading: Reading, action: PolicyAction, answers: Answers, facts: Facts) -> Working:
    """Of the standing of a commitment as a whole; for a reading that is open."""
    values = thresholds()
    distances = list(Distance.objects.filter(action=action).told()) if answers.basis == Basis.SERIES else []
    marks = seriesworking.marks_of(reading, distances)
    return Working(
        sentence=sentences.of_commitment(answers, action, reading.on),
        rule=RULES[answers.state],
        formula=[*_formula(answers, values), *(seriessentences.of_series(distance) for distance in distances)],
        inputs=[
            *_plan(facts),
            *_reports(facts),
            *(given for distance in distances for given in seriesworking.inputs(distance, marks)),
        ],
        thresholds=[(THRESHOLDS[name], values[name]) for name in USED[answers.basis]],
    )


def _formula(answers: Answers, values: dict[str, Decimal]) -> Iterator[str]:
    if (earned_of_due := ratio(answers.earned, answers.planned)) is not None:
        yield format_html(
            _("weight proved {earned} ÷ weight due {planned} = {ratio}; behind below {threshold}"),
            earned=number(answers.earned), planned=number(answers.planned), ratio=number(earned_of_due, 2),
            threshold=number(values["behind_below"]),
        )  # fmt: skip
    if answers.days_late:
        yield format_html(
            _("the latest step is {days} days late; behind after {threshold}"),
            days=number(answers.days_late), threshold=number(values["late_days"]),
        )  # fmt: skip


def _plan(facts: Facts) -> Iterator[Input]:
    if facts.action.due is not None:
        yield Input(_("Deadline"), date_long(facts.action.due), facts.action)
    for step in facts.steps:
        if (row := step.row) is None:
            continue
        word = _("proved") if row["proved"] else _("said to be met, not proved") if row["said"] else _("not met")
        says = format_html(
            _("due {due}, weight {weight}: {word}"),
            due=date_long(step.milestone.due) or _("on no day"), weight=number(row["weight"]), word=word,
        )  # fmt: skip
        yield Input(in_language(step.milestone, "title"), says, step.milestone)
    for change in facts.changes:
        if change.redacted_in_id is None:
            term = in_language(change.milestone, "title") if change.milestone else _("The commitment")
            kind = change.get_kind_display()
            said = format_html("{} {}", kind, date_long(change.new_due)) if change.new_due else kind
            yield Input(term, said, change)


def _reports(facts: Facts) -> Iterator[Input]:
    for update in facts.reports:
        if update.pk not in facts.told:
            continue
        said = update.get_status_display() if update.milestone is None else _("met") if update.met else _("not met")
        kind = _("evidence") if facts.told[update.pk] else _("self-reported")
        term = in_language(update.body, "name") if update.body else update.get_channel_display()
        about = in_language(update.milestone, "title") if update.milestone else _("the commitment")
        yield Input(
            term,
            format_html(
                _("{about}: {said}, {day} ({kind})"), about=about, said=said, day=date_long(update.as_of), kind=kind
            ),
            update,
        )
