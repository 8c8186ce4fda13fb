"""What a rule is, which rows it is asked about, and what it finds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from string import Formatter
from typing import Any, ClassVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone, translation
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext_lazy as _

from tracker.assessment.reading import Reading
from tracker.models import Edition, Publishable, Replaceable
from tracker.models.base import LedgerQuerySet

type Model = type[Publishable]


class Severity(TextChoices):
    BLOCKS = "blocks", _("blocks publication")
    WARNS = "warns", _("warns")
    NOTES = "notes", _("notes")


@dataclass(frozen=True)
class Scope:
    """The rows that count, and those of them that a rule is asked about.

    Rows count that stand in the edition and keep their content: a redacted row never does. `drafts` are rows
    of one model laid over the edition before they are published; without them `about` may narrow the
    subjects, and then a model that it does not name has none.
    """

    edition: int
    on: date
    drafts: QuerySet | None = None
    about: Mapping[Model, Q] | None = None

    @classmethod
    def of(cls, reading: Reading, about: Mapping[Model, Q] | None = None) -> "Scope":
        return cls(reading.edition.number, reading.on, about=about)

    @classmethod
    def of_drafts(cls, drafts: QuerySet) -> "Scope":
        newest = Edition.objects.newest()
        return cls(newest.number if newest else 0, timezone.localdate(), drafts)

    def rows(self, model: Model) -> LedgerQuerySet:
        rows: Any = model.objects
        standing: LedgerQuerySet = rows.in_edition(self.edition).filter(redacted_in=None)
        if self.drafts is None or self.drafts.model is not model:
            return standing
        drafts = self.drafts.order_by()
        if issubclass(model, Replaceable):  # what a draft corrects no longer counts beside it
            replaced = drafts.filter(replaces__isnull=False)
            standing = standing.exclude(pk__in=replaced.values("replaces"))
        counted: LedgerQuerySet = rows.filter(
            Q(pk__in=standing.order_by().values("pk")) | Q(pk__in=drafts.values("pk"))
        )
        return counted

    def subjects(self, model: Model) -> LedgerQuerySet:
        if self.drafts is not None:
            same: LedgerQuerySet = model.objects.filter(pk__in=self.drafts.order_by().values("pk"))
            return same if self.drafts.model is model else model.objects.none()
        if self.about is None:
            return self.rows(model)
        return self.rows(model).filter(self.about[model]) if model in self.about else model.objects.none()

    def select(self, template: str, **parts: Any) -> list[dict[str, Any]]:
        """The rows of a query; `{name}` in it is a value or, of a queryset, the keys of its rows."""
        sql, params = composed(template, on=self.on, of_drafts=self.drafts is not None, **parts)
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
            keys, more = _keys(part)
            sql, params = sql + keys, [*params, *more]
        else:
            sql, params = f"{sql}%s", [*params, part]
    return sql, params


def _keys(rows: QuerySet) -> tuple[str, Sequence[Any]]:
    try:
        return rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "SELECT NULL::bigint WHERE false", []


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
