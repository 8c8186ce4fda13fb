"""The published questions that a page shows."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import in_language, number
from tracker.assessment.reading import Reading
from tracker.models import Challenge, MetricSnapshot, Publishable
from tracker.wording import figure, period


def shown(reading: Reading, kind: Challenge.Kind, rows: Iterable[Publishable]) -> dict[str, Any]:
    """The questions about these rows of one kind as a page's context, the oldest first.

    A named edition is read as it stood, without them. There are none about a row that was redacted, since they may
    repeat what was taken out of it.
    """
    codes = [row.code for row in rows if row.redacted_in_id is None]
    if reading.pinned or not codes:
        return {}
    questions = list(Challenge.objects.public().filter(kind=kind, code__in=codes).order_by("received", "pk"))
    return {"questions": questions, "questions_note": _note(questions)}


def shown_beside_figures(reading: Reading, statements: list[Any]) -> dict[str, Any]:
    """The same for figures, in their order; each figure learns how many there are, each question of what it is."""
    context = shown(reading, Challenge.Kind.FIGURE, statements)
    of_code: dict[str, list[Any]] = {}
    for question in context.get("questions", []):
        of_code.setdefault(question.code, []).append(question)
    for statement in statements:
        if asked := of_code.get(statement.code):
            statement.asked = _count(len(asked))
            asked[0].first = True
            for question in asked:
                question.about = _named(statement)
    if context:
        context["questions"] = [question for row in statements for question in of_code.get(row.code, [])]
    return context


def _count(n: int) -> SafeString:
    return format_html(ngettext("{} question of a reader", "{} questions of readers", n), number(n))


def _note(questions: list[Challenge]) -> SafeString:
    answered = sum(1 for question in questions if question.state == Challenge.State.ANSWERED)
    return format_html(
        "{}. {}",
        format_html(_("{}, answered: {}"), _count(len(questions)), number(answered)),
        _("Sent by readers and shown after moderation: questions, not facts of the ledger."),
    )


def _named(statement: MetricSnapshot) -> SafeString:
    said = figure(statement) if statement.value is not None else statement.get_status_display()
    told = (in_language(statement.series.area, "name"), period(statement), said)
    link = format_html('<a href="#{}">{}</a>', statement.code, told[0])
    return format_html(_("{}, {}: {}"), link, told[1] or _("period not stated"), told[2])
