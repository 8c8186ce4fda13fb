"""Every state with its rule, how often the edition has it, and why no verdict is given."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from azm.lib.templatetags.azm import in_language, number
from tracker.assessment import method, sentences
from tracker.assessment.method import Entry
from tracker.assessment.methods.survey import Survey
from tracker.assessment.panel import RULES
from tracker.assessment.schedule import Reason, State

TESTED: Final = (
    State.NOT_SCORED,
    State.DONE,
    State.DROPPED,
    State.OVERDUE,
    State.PAUSED,
    State.CANNOT_SAY,
    State.NOTHING_DUE,
    State.BEHIND,
    State.SLIPPING,
    State.ON_TRACK,
)
"""The order of plan_state() in standing.sql."""


def _order() -> str:
    return _(", ").join(str(state.label) for state in TESTED)


@method.part(
    "states",
    gettext_lazy("The states"),
    gettext_lazy("One scale for commitments and series. Each has exactly one state."),
)
def states(reading: Survey) -> Iterator[Entry]:
    yield Entry("states-order", _("The order of the tests"), [_("The first that holds is the state.")], _order())
    actions, series = reading.counted("state")
    for state in State:
        standing = reading.standing.get(state)
        example: list[str] = []
        if standing is not None:
            told = sentences.of_commitment(standing, standing.action, reading.on)
            example = [format_html(_("{about}: {told}"), about=in_language(standing.action, "title"), told=told)]
        yield Entry(
            f"state-{state}",
            state.label,
            [str(RULES[state])],
            example=example,
            url=standing.action.get_absolute_url() if standing else "",
            absent=standing is None,
            more=[
                *([(commitments(actions[state]), f"{reverse('actions')}?state={state}")] if actions[state] else []),
                *([(targets(series[state]), f"{reverse('distances')}?state={state}")] if series[state] else []),
            ],
        )


def commitments(n: int) -> str:
    return format_html(ngettext("{n} commitment", "{n} commitments", n), n=number(n))


def targets(n: int) -> str:
    return format_html(ngettext("{n} target", "{n} targets", n), n=number(n))


@method.part(
    "reasons",
    gettext_lazy("Why no verdict is given"),
    gettext_lazy("Where a link is missing, it is named. No data is never nought, and never the whole."),
)
def reasons(reading: Survey) -> Iterator[Entry]:
    actions, series = reading.counted("reason")
    for reason in Reason:
        yield Entry(
            f"reason-{reason}",
            reason.label,
            [],
            more=[
                *([(commitments(actions[reason]), "")] if actions[reason] else []),
                *([(targets(series[reason]), f"{reverse('distances')}?reason={reason}")] if series[reason] else []),
            ],
        )
