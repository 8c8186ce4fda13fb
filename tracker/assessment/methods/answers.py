"""The chain of accountability, and the three answers to "is it being implemented?"."""

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import date_long, in_language, share
from tracker.assessment import method, sentences
from tracker.assessment.method import Entry, Example, formula, formulas, paragraphs
from tracker.assessment.methods.survey import Survey
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.models import PolicyAction


@method.part("chain", gettext_lazy("The chain of accountability"))
def chain(reading: Survey) -> Iterator[Entry]:
    yield Entry(
        "chain-links", _("Seven links"), paragraphs(Chain), _(", ").join(str(word) for word in Chain.LINKS.values())
    )


formulas(
    "answers",
    gettext_lazy("The three answers"),
    gettext_lazy("To “is it being implemented?”. They may differ, and the difference is the news."),
)


def about(action: PolicyAction, told: str) -> Example:
    return Example(
        [format_html(_("{about}: {told}"), about=in_language(action, "title"), told=told)], action.get_absolute_url()
    )


@formula("answers", "answer-reported", gettext_lazy("Reported"))
def reported(reading: Survey) -> Example | None:
    """The latest status that somebody reports on the commitment as a whole, with who says it, how and when.

    Of several reports of one day that of the responsible body comes first. Its praise of its own work proves nothing;
    its word that it paused, gave up or did not meet a step counts.
    """
    found = reading.standing.get("reported")
    if found is None or found.reported is None:
        return None
    report = found.reported
    who = in_language(report.body, "name") if report.body else report.get_channel_display()
    told = format_html(_("{}, {}, {}"), report.get_status_display(), who, date_long(report.as_of))
    return about(found.action, told)


@formula(
    "answers",
    "answer-evidenced",
    gettext_lazy("Evidenced"),
    gettext_lazy("weight of the steps proved ÷ weight of all steps"),
)
def evidenced(reading: Survey) -> Example | None:
    """The share of the weight of the steps that is proved.

    Evidence is a report by somebody who neither leads nor supports the commitment, in words of their own and under
    a name, or one that was held against the means of verification. What the body alone says stands beside it and
    does not count.
    """
    found = reading.standing.get("evidenced")
    if found is None:
        return None
    told = _("{} of the weight of its steps; another {} is self-reported only")
    return about(found.action, format_html(told, share(found.evidenced), share(found.self_reported)))


@formula("answers", "answer-scheduled", gettext_lazy("Scheduled"))
def scheduled(reading: Survey) -> Example | None:
    """The state against the plan as first published; against the plan with its published changes, the second clause.

    A commitment without steps stands where its series do, the worst of several; without either its deadline is its
    only step.
    """
    found = reading.standing.get("judged") or reading.standing.get(State.CANNOT_SAY)
    return about(found.action, sentences.of_commitment(found, found.action, reading.on)) if found else None
