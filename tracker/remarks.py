"""How a finding is shown: its sentence, its working with the rows and words it rests on, and what bodies say to it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from tracker.assessment.answers import Answers, answers_to
from tracker.assessment.reading import Reading
from tracker.assessment.rules import PUBLIC_RULES, Finding, Severity, findings_in
from tracker.assessment.rules.base import Model, Weight
from tracker.assessment.rules.sums import sum_of
from tracker.frame import href
from tracker.naming import name, place

SHOWN = 12
# By the shapes of states, which everybody who reads a list has met.
SHAPES = {Weight.CONTRADICTION: "behind", Weight.CONFLICT: "slipping", Weight.REMARK: "nothing-due"}
ORDER = list(Severity)


def told(request: HttpRequest, finding: Finding, answers: Answers) -> dict[str, Any]:
    """The context of components/finding.html."""
    return {
        "rule": finding.rule,
        "method_url": href(request, f"{reverse('methodology')}#{finding.rule.code}"),
        "severity": finding.rule.severity,
        "shape": SHAPES[finding.rule.weight],
        "sum": sum_of(finding),
        "subject": name(finding.subject),
        "url": href(request, place(finding.subject)),
        "sentence": finding.sentence,
        "working": finding.working,
        "citations": finding.citations,
        "answers": answers.get(finding.key, []),
    }


def panel(
    request: HttpRequest, reading: Reading, about: Mapping[Model, Q], code: str = "", shown: int = SHOWN
) -> dict[str, Any] | None:
    """What the rules remark on the rows of a page; None if nothing. `code` is how the list of all is narrowed to them.

    Links that are missing are left out: pages about commitments show the chain itself.
    """
    rules = [rule for rule in PUBLIC_RULES if rule.code != "link-missing"]
    found = findings_in(reading, about, rules)
    if not found:
        return None
    first = found[:shown]
    answers = answers_to(reading, first)
    query = f"?about={code}" if code else ""
    return {
        "count": len(found),
        "more": len(found) > shown,
        "rows": [told(request, finding, answers) for finding in first],
        "url": href(request, f"{reverse('findings')}{query}"),
        "file_url": href(request, f"{reverse('findings-csv')}{query}"),
    }
