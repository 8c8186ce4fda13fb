"""What holds of every fact: where it comes from, what it belongs to, and when it can have happened."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import DateField, F, Func, Q, QuerySet, Value
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.assessment.rules.base import Finding, Rule
from tracker.models import (
    Citation,
    MetricSnapshot,
    PlanChange,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    Publishable,
    Replaceable,
    Source,
)


class CitationMissing(Rule):
    """A fact rests on exactly one citation before it is published."""

    code = "citation-missing"
    name = _("No citation")
    about = (Publishable,)
    says = _("has no citation. Choose the words of a source that it rests on.")

    EXEMPT: ClassVar[dict[str, Q]] = {
        "metricsnapshot": Q(status="not-found"),
        "objective": Q(grouping="azm"),
        "planchange": Q(kind="correction"),
        "policyevent": Q(kind="text-sought"),
    }

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        model = rows.model
        if model is Citation or not any(f.name == "citation" for f in model._meta.fields):
            return rows.none()
        exempt = cls.EXEMPT.get(model._meta.model_name)
        missing = rows.filter(citation=None)
        return missing.exclude(exempt) if exempt else missing


class ReplacedWithdrawn(Rule):
    """A correction replaces a published row that still stands."""

    code = "replaces-nothing"
    name = _("Correction of what does not stand")
    about = (Replaceable,)
    field = "replaces"
    says = _("replaces a row that is not published, or is withdrawn already.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        gone = Q(replaces__edition=None) | Q(replaces__withdrawn_in__isnull=False)
        return rows.filter(gone, replaces__isnull=False)


class RepeatsARepetition(Rule):
    """A repeated statement names the original, not another repetition."""

    code = "repeats-a-repetition"
    name = _("Repetition of a repetition")
    about = (Citation,)
    field = "repeats"
    says = _("repeats a citation that itself repeats another. Name the original statement.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(repeats__repeats__isnull=False)


@dataclass(frozen=True)
class Belonging:
    """A foreign key whose target must belong to the same parent as the row itself."""

    key: str
    parent: str
    says: Any


class BelongsElsewhere(Rule):
    """What a row points at belongs to the same parent as the row.

    A correction belongs to the series of the figure that it replaces, an action stands under an objective of
    its own policy, a report on a milestone belongs to the action of that milestone.
    """

    code = "belongs-elsewhere"
    name = _("Belongs elsewhere")
    about = (MetricSnapshot, PolicyAction, ProgressUpdate)
    says = _("{remark}")

    OF: ClassVar[dict[Any, Belonging]] = {
        MetricSnapshot: Belonging("replaces", "series", _("replaces a figure of another series.")),
        PolicyAction: Belonging("objective", "policy", _("stands under an objective of another policy.")),
        ProgressUpdate: Belonging("milestone", "action", _("reports on a milestone of another action.")),
    }

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        of = cls.OF[rows.model]
        return rows.filter(**{f"{of.key}__isnull": False}).exclude(**{f"{of.key}__{of.parent}": F(of.parent)})

    @classmethod
    def sentence(cls, finding: Finding) -> str:
        return format_html("{}", cls.OF[type(finding.subject)].says)

    @classmethod
    def field_of(cls, finding: Finding) -> str:
        return cls.OF[type(finding.subject)].key


class FutureDate(Rule):
    """Nothing is recorded as having happened after the day on which it was entered.

    Publication and retrieval of a source, the day of a report, of an event or an announcement, and the day of
    a search are compared with the day of entry in Pakistan. Deadlines may lie ahead. A period that is only
    known by month or year counts from its first day.
    """

    code = "future-date"
    name = _("Future date")
    about = (Source, ProgressUpdate, PolicyEvent, PlanChange, MetricSnapshot)
    says = _("is dated after the day on which it was entered.")

    DATES: ClassVar[dict[Any, tuple[str, ...]]] = {
        Source: ("published__first_day", "retrieved_on"),
        ProgressUpdate: ("as_of",),
        PolicyEvent: ("on__first_day",),
        PlanChange: ("announced__first_day",),
        MetricSnapshot: ("searched_on",),
    }

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        entered = Func(
            Func(Value("Asia/Karachi"), F("entered_at"), function="timezone"),
            template="(%(expressions)s)::date",
            output_field=DateField(),
        )
        after = Q()
        for path in cls.DATES[rows.model]:
            after |= Q(**{f"{path}__gt": F("entered_on")})
        found: QuerySet = rows.annotate(entered_on=entered).filter(after)
        return found

    @classmethod
    def field_of(cls, finding: Finding) -> str:
        return next(iter(cls.DATES[type(finding.subject)])).partition("__")[0]
