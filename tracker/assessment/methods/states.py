"""Every state with its rule, how often the edition has it, and why no verdict is given."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from azm.lib.templatetags.azm import in_language, number
from tracker.assessment import method, sentences
from tracker.assessment.method import Entry
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Reason, Standing, State


def _counted(rows: type[Standing] | type[Distance], column: str) -> Counter[str]:
    found = rows.objects.order_by().values_list(column).annotate(Count("pk"))  # type: ignore[attr-defined]
    return Counter(dict(found))


@method.part(
    "states",
    gettext_lazy("The states"),
    gettext_lazy(
        "One scale for commitments and series. Each has exactly one: the first in this order of tests that holds."
    ),
)
def states(reading: Reading) -> Iterator[Entry]:
    actions, series = _counted(Standing, "state"), _counted(Distance, "state")
    first = {
        standing.state: standing
        for standing in Standing.objects.select_related("action", "reported__body")
        .order_by("state", "action__policy__position", "action__position", "action")
        .distinct("state")
    }
    for state in State:
        standing = first.get(state)
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
def reasons(reading: Reading) -> Iterator[Entry]:
    actions, series = _counted(Standing, "reason"), _counted(Distance, "reason")
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
