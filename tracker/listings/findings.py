"""What the rules find, as a list and as a file. The rows are computed on read, for the edition and the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
import django_tables2 as tables
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.listedrows import RowFilterSet, Rows
from tracker.assessment.answers import answers_to
from tracker.assessment.reading import Reading
from tracker.assessment.rules import PUBLIC_RULES, Finding, Severity, findings_in, in_words
from tracker.assessment.rules.sums import sum_of
from tracker.drawing import drawn
from tracker.listings.base import LedgerListing, LedgerTable
from tracker.models import FindingAnswer
from tracker.naming import place
from tracker.remarks import told

SEVERITIES = [(severity.value, severity.label) for severity in (Severity.WARNS, Severity.NOTES)]


@dataclass(frozen=True)
class Row:
    """One finding as the list and the file tell it."""

    finding: Finding
    reading: Reading
    said: list[FindingAnswer]

    @property
    def code(self) -> str:
        """What the finding is called as long as the rule remarks on the row: rule, kind of row, code of row."""
        return ".".join(self.finding.key)

    @property
    def rule(self) -> str:
        return self.finding.rule.code

    @property
    def severity(self) -> str:
        return self.finding.rule.severity.value

    @property
    def kind(self) -> str:
        return self.finding.kind

    @property
    def subject(self) -> str:
        return str(self.finding.subject.code)

    @property
    def address(self) -> str:
        """Of the English page, in the file of either language."""
        with translation.override("en"):
            return place(self.finding.subject)

    @cached_property
    def _related(self) -> dict[str, str]:
        """The codes of what the subject belongs to."""
        row: Any = self.finding.subject
        series, action = getattr(row, "series", None), getattr(row, "action", None)
        if self.kind == "policyaction":
            action = row
        area = series.area_id if series else getattr(row, "area_id", None) or (action.area_id if action else "")
        return {
            "indicator": series.indicator.code if series else "",
            "action": action.code if action else "",
            "policy": action.policy.code if action else "",
            "body": row.body.code if getattr(row, "body", None) else "",
            "area": area,
        }

    @property
    def indicator(self) -> str:
        return self._related["indicator"]

    @property
    def action(self) -> str:
        return self._related["action"]

    @property
    def policy(self) -> str:
        return self._related["policy"]

    @property
    def body(self) -> str:
        return self._related["body"]

    @property
    def area(self) -> str:
        return self._related["area"]

    @property
    def about(self) -> frozenset[str]:
        return frozenset({self.code, self.subject, *self._related.values()})

    @cached_property
    def _english(self) -> tuple[str, str]:
        return in_words(self.finding, "en")

    @cached_property
    def _urdu(self) -> tuple[str, str]:
        return in_words(self.finding, "ur")

    @property
    def sentence(self) -> str:
        return self._english[0]

    @property
    def sentence_ur(self) -> str:
        return self._urdu[0]

    @property
    def working(self) -> str:
        return self._english[1]

    @property
    def working_ur(self) -> str:
        return self._urdu[1]

    @property
    def inputs(self) -> str:
        return "; ".join(row.code for row in self.finding.inputs)

    @property
    def citations(self) -> str:
        return "; ".join(citation.code for citation in self.finding.citations)

    @property
    def answered_by(self) -> str:
        return "; ".join(answer.body.code for answer in self.said)

    @property
    def answers(self) -> str:
        return "\n".join(answer.words for answer in self.said)

    @property
    def answer_citations(self) -> str:
        return "; ".join(answer.citation.code for answer in self.said if answer.citation)

    @property
    def edition(self) -> int:
        return self.reading.edition.number

    @property
    def on(self) -> str:
        return self.reading.on.isoformat()

    @property
    def sample(self) -> bool:
        return True  # the file has this column on a sample site only


class FindingTable(LedgerTable):
    subject = tables.Column(verbose_name=_("Kind and subject"), attrs={"cell": {"class": "kind-of plain"}})
    rule = tables.Column(verbose_name=_("Rule"), visible=False)
    severity = tables.Column(verbose_name=_("Weight"), order_by="-severity", visible=False)
    finding = tables.Column(verbose_name=_("Finding"), orderable=False, attrs={"cell": {"class": "wide plain"}})
    sum = tables.Column(
        verbose_name=_("Working"), orderable=False, empty_values=(), attrs={"cell": {"class": "plain sum-cell"}}
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No rule remarks on anything.")

    empty_reason = _("Every published rule was asked about every row of this edition.")

    def told(self, record: Row) -> dict[str, Any]:
        return told(self.request, record.finding, {record.finding.key: record.said})

    def render_subject(self, record: Row) -> str:
        return drawn(self.request, "components/finding_kind.html", {"finding": self.told(record)})

    def render_finding(self, record: Row) -> str:
        return drawn(self.request, "components/finding.html", {"finding": self.told(record), "bare": True})

    def render_sum(self, record: Row) -> str:
        lines = sum_of(record.finding)
        return drawn(self.request, "components/sum.html", {"lines": lines}) if lines else ""


class FindingFilter(RowFilterSet):
    rule = django_filters.ChoiceFilter(
        choices=[(rule.code, rule.name) for rule in PUBLIC_RULES], label=_("Rule"), empty_label=_("All rules")
    )
    severity = django_filters.ChoiceFilter(choices=SEVERITIES, label=_("Weight"), empty_label=_("Any weight"))
    about = django_filters.CharFilter(label=_("Code of what it is about"), max_length=80)

    class Meta:
        fields: list[str] = []


class FindingListing(LedgerListing):
    name = "findings"
    title = _("Findings")
    lead = _("What published rules remark on the record: arithmetic, and without motive. Each shows its working.")
    noun = npgettext_lazy("counted", "finding", "findings")
    table_class = FindingTable
    filterset_class = FindingFilter
    sample_column = "sample"
    columns = {
        column: column
        for column in (
            "code",
            "rule",
            "severity",
            "kind",
            "subject",
            "indicator",
            "area",
            "policy",
            "action",
            "body",
            "sentence",
            "sentence_ur",
            "working",
            "working_ur",
            "inputs",
            "citations",
            "answered_by",
            "answers",
            "answer_citations",
            "address",
            "edition",
            "on",
        )
    }

    def get_queryset(self) -> Rows:
        return Rows(self.computed, Row)

    def computed(self) -> Iterator[Row]:
        found = findings_in(self.reading)
        answers = answers_to(self.reading, found)
        for finding in found:
            yield Row(finding, self.reading, answers.get(finding.key, []))
