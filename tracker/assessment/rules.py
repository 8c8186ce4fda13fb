"""Rules about the data. Those that block stand here; forms show them and the gate asks the same classes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import F, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.models import (
    Assignment,
    Citation,
    MetricSnapshot,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    Publishable,
    Replaceable,
)
from tracker.models.base import LedgerQuerySet


class Severity(TextChoices):
    BLOCKS = "blocks", _("blocks publication")
    WARNS = "warns", _("warns")
    NOTES = "notes", _("notes")


@dataclass(frozen=True)
class Finding:
    """A remark of a rule on one row."""

    rule: "type[Rule]"
    subject: Publishable
    sentence: "str | Promise"

    def __str__(self) -> str:
        return f"{self.subject._meta.verbose_name} {self.subject.code}: {self.sentence}"


class Rule:
    """One rule: which rows it is about, which of them break it, and the sentence for a person who must act."""

    code: ClassVar[str]
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[type[Publishable]]
    sentence: ClassVar["str | Promise"]

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        raise NotImplementedError

    @classmethod
    def findings(cls, rows: QuerySet) -> Iterator[Finding]:
        for row in cls.breaking(rows).order_by("code"):
            yield Finding(cls, row, cls.sentence)


class CitationMissing(Rule):
    """A fact rests on exactly one citation before it is published."""

    code = "citation-missing"
    about = Publishable
    sentence = _("has no citation. Choose the words of a source that it rests on.")

    EXEMPT: ClassVar[dict[str, Q]] = {
        "metricsnapshot": Q(status="not-found"),
        "objective": Q(grouping="azm"),
        "planchange": Q(kind="correction"),
        "policyevent": Q(kind="text-sought"),
    }

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        model = rows.model
        if model.__name__ == "Citation" or not any(f.name == "citation" for f in model._meta.fields):
            return rows.none()
        exempt = cls.EXEMPT.get(model._meta.model_name)
        missing = rows.filter(citation=None)
        return missing.exclude(exempt) if exempt else missing


class ReplacedWithdrawn(Rule):
    """A correction replaces a published row that still stands."""

    code = "replaces-nothing"
    about = Replaceable
    sentence = _("replaces a row that is not published, or is withdrawn already.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        gone = Q(replaces__edition=None) | Q(replaces__withdrawn_in__isnull=False)
        return rows.filter(gone, replaces__isnull=False)


class RepeatsARepetition(Rule):
    """A repeated statement names the original, not another repetition."""

    code = "repeats-a-repetition"
    about = Citation
    sentence = _("repeats a citation that itself repeats another. Name the original statement.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(repeats__repeats__isnull=False)


class ShareAboveHundred(Rule):
    """A share exceeds 100 per cent only where its indicator says that it may."""

    code = "share-above-100"
    about = MetricSnapshot
    sentence = _("is a share above 100 per cent, which its indicator does not allow.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(
            value__gt=100,
            series__indicator__behaviour="share",
            series__indicator__may_exceed_100=False,
        )


class CorrectionOfAnotherSeries(Rule):
    """A correction belongs to the series of the figure that it replaces."""

    code = "correction-of-another-series"
    about = MetricSnapshot
    sentence = _("replaces a figure of another series.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(replaces__isnull=False).exclude(replaces__series=F("series"))


class ObjectiveOfAnotherPolicy(Rule):
    """An action stands under an objective of its own policy."""

    code = "objective-of-another-policy"
    about = PolicyAction
    sentence = _("stands under an objective of another policy.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(objective__isnull=False).exclude(objective__policy=F("policy"))


class MilestoneOfAnotherAction(Rule):
    """A report on a milestone belongs to the action of that milestone."""

    code = "milestone-of-another-action"
    about = ProgressUpdate
    sentence = _("reports on a milestone of another action.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(milestone__isnull=False).exclude(milestone__action=F("action"))


class StepAfterTheEnd(Rule):
    """A milestone is not due after its action is."""

    code = "step-after-the-end"
    about = Milestone
    sentence = _("is due after its action.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(due__first_day__gt=F("action__due__last_day"))


class CourtAsLead(Rule):
    """A court is a forum, never the lead for its judgements."""

    code = "court-as-lead"
    about = Assignment
    sentence = _("makes a court the lead. A court is a forum: it does not answer for the outcome of its judgements.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(role=Assignment.Role.LEAD, body__kind="court")


RULES: tuple[type[Rule], ...] = (
    CitationMissing,
    ReplacedWithdrawn,
    RepeatsARepetition,
    ShareAboveHundred,
    CorrectionOfAnotherSeries,
    ObjectiveOfAnotherPolicy,
    MilestoneOfAnotherAction,
    StepAfterTheEnd,
    CourtAsLead,
)


def findings(rows: "LedgerQuerySet", severity: Severity | None = None) -> list[Finding]:
    """What the rules say about these rows of one model, perhaps of one severity only."""
    return [
        finding
        for rule in RULES
        if issubclass(rows.model, rule.about) and severity in (None, rule.severity)
        for finding in rule.findings(rows)
    ]
