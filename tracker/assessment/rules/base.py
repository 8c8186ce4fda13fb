"""What a rule is, which rows it is asked about, and what it finds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html import unescape
from string import Formatter
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, TextChoices, Value, When
from django.utils import timezone, translation
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import bdi
from tracker.assessment.reading import Reading
from tracker.models import Edition, MetricSnapshot, Publishable, Replaceable
from tracker.models.base import LedgerQuerySet

type Model = type[Publishable]


class Severity(TextChoices):
    BLOCKS = "blocks", _("blocks publication")
    WARNS = "warns", _("warns")
    NOTES = "notes", _("notes")


@dataclass(frozen=True)
class Scope:
    """The rows that count, and those of them that a rule is asked about.

    Rows count that stand in the edition and keep their content: a redacted row never does. `drafts` are keys of rows
    of one model, laid over the edition before they are published; without them `about` may narrow the subjects, and
    then a model that it does not name has none.
    """

    edition: int
    on: date
    about: Mapping[Model, Q] | None = None
    drafts: tuple[int, ...] = ()
    of: Model | None = None
    """The model of the drafts."""

    @classmethod
    def of_reading(cls, reading: Reading, about: Mapping[Model, Q] | None = None) -> "Scope":
        return cls(reading.edition.number, reading.on, about)

    @classmethod
    def of_drafts(cls, drafts: QuerySet) -> "Scope":
        newest = Edition.objects.newest()
        keys = tuple(drafts.order_by().values_list("pk", flat=True))
        return cls(newest.number if newest else 0, timezone.localdate(), drafts=keys, of=drafts.model)

    @property
    def is_of_drafts(self) -> bool:
        return self.of is not None

    def rows(self, model: Model) -> LedgerQuerySet:
        ledger: Any = model.objects
        standing: LedgerQuerySet = ledger.in_edition(self.edition).filter(redacted_in=None)
        if self.of is not model:
            return standing
        drafts = ledger.filter(pk__in=self.drafts)
        if issubclass(model, Replaceable):  # what a draft corrects no longer counts beside it
            replaced = drafts.filter(replaces__isnull=False).values_list("replaces", flat=True)
            standing = standing.exclude(pk__in=list(replaced))
        both: LedgerQuerySet = standing | drafts
        return both

    def asked(self, model: Model) -> Q:
        """Which of the rows are asked about."""
        if self.of is not None:
            return Q(pk__in=self.drafts if self.of is model else ())
        if self.about is None:
            return Q(pk__isnull=False)
        return self.about.get(model, Q(pk__in=()))

    def subjects(self, model: Model) -> LedgerQuerySet:
        return self.rows(model).filter(self.asked(model))

    @cached_property
    def indicators(self) -> list[int]:
        """Whose figures are asked about: asked for once, however many rules compare figures."""
        subjects = self.subjects(MetricSnapshot).order_by()
        return list(subjects.values_list("series__indicator", flat=True).distinct())

    def table(self, model: Model, *columns: str, **computed: Any) -> QuerySet:
        """The rows with these columns, for a query; `asked` says of each whether it is asked about."""
        asked = Case(When(self.asked(model), then=Value(True)), default=Value(False), output_field=BooleanField())
        rows: QuerySet = self.rows(model).order_by().annotate(asked=asked, **computed)
        return rows.values(*columns, *computed, "asked")

    def select(self, template: str, **parts: Any) -> list[dict[str, Any]]:
        """The rows of a query; `{name}` in it is a value, or a table of this scope."""
        try:
            sql, params = composed(template, on=self.on, of_drafts=self.is_of_drafts, **parts)
        except EmptyResultSet:  # a table without rows, as Django sees without asking
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def composed(template: str, **parts: Any) -> tuple[str, list[Any]]:
    sql, params = "", list[Any]()
    for text, name, _format, _conversion in Formatter().parse(template):
        sql += text
        if name is None:
            continue
        part = parts[name]
        if isinstance(part, QuerySet):
            table, more = part.query.sql_with_params()
            sql, params = sql + table, [*params, *more]
        else:
            sql, params = f"{sql}%s", [*params, part]
    return sql, params


@dataclass(frozen=True)
class Finding:
    """A remark of a rule on one row: what it is made of, and the rows that its numbers come from."""

    rule: "type[Rule]"
    subject: Publishable
    told: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[Any, ...] = ()

    @property
    def sentence(self) -> str:
        return self.rule.sentence(self)

    @property
    def working(self) -> list[str]:
        return self.rule.working(self)

    @property
    def field(self) -> str:
        """The field of the subject's form at which the remark belongs; empty if at none."""
        return self.rule.field_of(self)

    @property
    def kind(self) -> str:
        return self.subject._meta.model_name or ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What an answer names: the rule, and the row that it remarks on."""
        return (self.rule.code, self.kind, self.subject.code)

    @property
    def citations(self) -> list[Any]:
        """The words that the inputs rest on, each once."""
        cited = [getattr(row, "citation", None) for row in (self.subject, *self.inputs)]
        return list({citation.pk: citation for citation in cited if citation is not None}.values())

    def __str__(self) -> str:
        return f"{self.subject._meta.verbose_name} {self.subject.code}: {text(self.sentence)}"


def text(sentence: str) -> str:
    """A sentence without mark-up, for files and for messages at the desk."""
    return unescape(strip_tags(str(sentence)))


def formula(arithmetic: str) -> str:
    """Arithmetic runs from the left in both languages, and is isolated as a whole."""
    return bdi(text(arithmetic))


def in_words(finding: Finding, language: str) -> tuple[str, str]:
    """The sentence and the working in a language, without mark-up."""
    with translation.override(language):
        return text(finding.sentence), " ".join(text(line) for line in finding.working)


class Rule:
    """One rule: which rows it is about, which of them it remarks on, and the sentence for a person.

    Its docstring is what the methodology page says of it: first a sentence, then how it is worked out.
    """

    code: ClassVar[str]
    name: ClassVar[Any]
    severity: ClassVar[Severity] = Severity.BLOCKS
    about: ClassVar[tuple[Model, ...]]
    """The models whose rows are its subjects, or what these inherit from."""
    says: ClassVar[Any]
    field: ClassVar[str] = ""
    asks_drafts: ClassVar[bool] = True
    by_day: ClassVar[bool] = False
    """Whether what it finds depends on the day of the reading."""

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        """Those of the rows that break the rule; for rules that need to see one row only."""
        raise NotImplementedError

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        for row in cls.breaking(scope.subjects(model)).order_by("code"):
            yield Finding(cls, row)

    @classmethod
    def sentence(cls, finding: Finding) -> str:
        places = cls.places(finding)
        return format_html(cls.says, **places) if places else str(cls.says)

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        """What fills the places of `says`, in the words of the active language."""
        return {}

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        """The arithmetic, a sentence each."""
        return []

    @classmethod
    def field_of(cls, finding: Finding) -> str:
        return cls.field

    @classmethod
    def concerns(cls, model: Model) -> bool:
        return issubclass(model, cls.about)
