"""The method, rendered from the code: what is judged and how, and every rule with an example from the record."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import in_language, number, percent
from tracker.assessment import method
from tracker.assessment.method import Entry, paragraphs
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.rules import (
    RULES,
    Finding,
    RateOutsideItsAreas,
    Rule,
    Scope,
    Severity,
    findings_in,
    formula,
)
from tracker.assessment.standings import Chain
from tracker.frame import href
from tracker.naming import name, place
from tracker.views.public import public
from tracker.wording import figure

HUNDRED = 100


@public
def methodology(request: HttpRequest, reading: Reading) -> TemplateResponse:
    parts = [
        {"code": part.code, "title": part.title, "note": part.note, "entries": list(part.entries(reading))}
        for part in method.PARTS
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


@method.part("chain", gettext_lazy("The chain of accountability"))
def chain(reading: Reading) -> Iterator[Entry]:
    yield Entry(
        "chain-links", _("Seven links"), paragraphs(Chain), ", ".join(str(word) for word in Chain.LINKS.values())
    )


@method.part("distance", gettext_lazy("Distance to a requirement"))
def distance(reading: Reading) -> Iterator[Entry]:
    found: Any = (
        Distance.objects.filter(share__isnull=False)
        .select_related("target__action", "reached__series__indicator", "whole__series__indicator")
        .order_by("target__action__policy__position", "target__action__position", "target")
        .first()
    )
    example: list[str] = []
    if found is not None:
        required = figure(found.whole) if found.whole else number(found.required)
        worked = formula(f"{figure(found.reached)} ÷ {required} = {percent(found.share * HUNDRED, 1)}")
        example.append(
            format_html(
                _("{action}: {formula}; {short} short."),
                action=in_language(found.target.action, "title"),
                formula=worked,
                short=number(found.short),
            )
        )
    yield Entry("distance-share", _("Share reached"), paragraphs(Distance), _("reached ÷ required"), example)
