"""The method, rendered from the code: what is judged and how, and every rule with an example from the record."""

from dataclasses import replace

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.assessment import methods
from tracker.assessment.method import Entry, paragraphs
from tracker.assessment.methods.survey import Survey
from tracker.assessment.reading import Reading
from tracker.assessment.rules import (
    RULES,
    Finding,
    RateOutsideItsAreas,
    Rule,
    Scope,
    Severity,
    findings_in,
)
from tracker.frame import href
from tracker.naming import name, place
from tracker.views.public import public


@public
def methodology(request: HttpRequest, reading: Reading) -> TemplateResponse:
    survey = Survey.of_reading(reading)
    parts = [
        {
            "code": part.code,
            "title": part.title,
            "note": part.note,
            "entries": [_linked(request, entry) for entry in part.entries(survey)],
        }
        for part in methods.parts()
    ]
    first: dict[type[Rule], Finding] = {}
    for finding in findings_in(reading):
        first.setdefault(finding.rule, finding)
    rules = [
        {
            "code": f"rules-{severity.value}",
            "title": title,
            "note": note,
            "entries": [_rule(request, reading, rule, first.get(rule)) for rule in RULES if rule.severity == severity],
        }
        for severity, title, note in SEVERITIES
    ]
    return TemplateResponse(request, "tracker/methodology.html", {"parts": [*parts, *rules]})


SEVERITIES = [
    (
        Severity.WARNS,
        gettext_lazy("Rules that warn"),
        gettext_lazy("The clerk is told when saving, and readers see the finding; nothing is refused."),
    ),
    (
        Severity.NOTES,
        gettext_lazy("Rules that note"),
        gettext_lazy("Remarks that help to read the record; often there is nothing wrong."),
    ),
    (
        Severity.BLOCKS,
        gettext_lazy("Rules that block publication"),
        gettext_lazy("What breaks one of these cannot be published, so that no finding of theirs is ever public."),
    ),
]


def _linked(request: HttpRequest, entry: Entry) -> Entry:
    """The same with addresses that keep reading the edition of the page."""
    more = [(words, href(request, url) if url else "") for words, url in entry.more]
    return replace(entry, url=href(request, entry.url) if entry.url else "", more=more)


def _rule(request: HttpRequest, reading: Reading, rule: type[Rule], finding: Finding | None) -> Entry:
    says = paragraphs(rule)
    if rule.severity == Severity.BLOCKS:
        return Entry(rule.code, rule.name, says)
    if finding is None:
        passed = RateOutsideItsAreas.passed(Scope.of_reading(reading)) if rule is RateOutsideItsAreas else ""
        return Entry(rule.code, rule.name, says, example=[passed or _("It remarks on nothing in this edition.")])
    about = format_html("{}: {}", name(finding.subject), finding.sentence)
    return Entry(
        rule.code, rule.name, says, example=[about, *finding.working], url=href(request, place(finding.subject))
    )
