"""The rules about the data, all of them, in the order in which pages list them.

Forms and the desk show what they find in a draft, publication refuses on those that block, and pages list the
rest as findings.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from tracker.assessment.reading import Reading
from tracker.assessment.rules.answers import AnswerToNothing
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, formula, in_words, text
from tracker.assessment.rules.bodies import CourtAsLead, MilitaryOnPolitical
from tracker.assessment.rules.comparison import (
    Jumps,
    PartExceedsWhole,
    PartsExceedWhole,
    RateOutsideItsAreas,
    Rivals,
    TwoPeriods,
)
from tracker.assessment.rules.facts import (
    BelongsElsewhere,
    CitationMissing,
    FutureDate,
    RepeatsARepetition,
    ReplacedWithdrawn,
)
from tracker.assessment.rules.figures import Implausible, ShareAboveHundred, ShareAgainstCounts
from tracker.assessment.rules.plans import (
    CompleteUnproved,
    DeadlinePassed,
    LateWeight,
    LinkMissing,
    StepAfterTheEnd,
)
from tracker.assessment.rules.reconciliation import RatesAndCounts
from tracker.models.base import LedgerQuerySet

RULES: tuple[type[Rule], ...] = (
    # Those that block publication
    CitationMissing,
    ReplacedWithdrawn,
    RepeatsARepetition,
    BelongsElsewhere,
    FutureDate,
    ShareAboveHundred,
    StepAfterTheEnd,
    CourtAsLead,
    AnswerToNothing,
    # Those that warn
    ShareAgainstCounts,
    PartExceedsWhole,
    PartsExceedWhole,
    RateOutsideItsAreas,
    Jumps,
    Implausible,
    MilitaryOnPolitical,
    CompleteUnproved,
    DeadlinePassed,
    # Those that note
    Rivals,
    TwoPeriods,
    RatesAndCounts,
    LateWeight,
    LinkMissing,
)
PUBLIC_RULES = tuple(rule for rule in RULES if rule.severity != Severity.BLOCKS)
BY_CODE = {rule.code: rule for rule in RULES}


def findings(rows: LedgerQuerySet, severity: Severity | None = None) -> list[Finding]:
    """What the rules say about these rows of one model, before they are published; perhaps of one severity only."""
    scope = Scope.of_drafts(rows)
    return [
        finding
        for rule in RULES
        if rule.concerns(rows.model) and rule.asks_drafts and severity in (None, rule.severity)
        for finding in rule.find(scope, rows.model)
    ]


def findings_in(
    reading: Reading, about: Mapping[Model, Q] | None = None, rules: Iterable[type[Rule]] = PUBLIC_RULES
) -> list[Finding]:
    """What stands in the ledger and is remarked on, in the order of the rules; `about` narrows the subjects.

    The reading must be open, since some rules ask what follows from the facts on its day.
    """
    scope = Scope.of_reading(reading, about)
    return [
        finding
        for rule in rules
        for model in rule.about
        if about is None or model in about
        for finding in rule.find(scope, model)
    ]


__all__ = [
    "BY_CODE",
    "PUBLIC_RULES",
    "RULES",
    "AnswerToNothing",
    "BelongsElsewhere",
    "CitationMissing",
    "CompleteUnproved",
    "CourtAsLead",
    "DeadlinePassed",
    "Finding",
    "FutureDate",
    "Implausible",
    "Jumps",
    "LateWeight",
    "LinkMissing",
    "MilitaryOnPolitical",
    "PartExceedsWhole",
    "PartsExceedWhole",
    "RateOutsideItsAreas",
    "RatesAndCounts",
    "RepeatsARepetition",
    "ReplacedWithdrawn",
    "Rivals",
    "Rule",
    "Scope",
    "Severity",
    "ShareAboveHundred",
    "ShareAgainstCounts",
    "StepAfterTheEnd",
    "TwoPeriods",
    "findings",
    "findings_in",
    "formula",
    "in_words",
    "text",
]
