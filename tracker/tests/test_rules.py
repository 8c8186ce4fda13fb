"""The rules that stand between a draft and publication."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase
from django.utils.functional import Promise

from azm.lib.partialdates import PartialDate
from tracker.assessment import rules
from tracker.assessment.rules import RULES, Finding, Rule, Severity, findings
from tracker.models import Citation, Edition, MetricSnapshot, Policy, PolicyEvent, Publishable
from tracker.publishing import GateRefused
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    make,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_milestone,
    make_objective,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    open_edition,
    publish_all,
)


def share(value: int, **indicator: object) -> MetricSnapshot:
    return make_snapshot(value=value, series=make_series(indicator=make_indicator(behaviour="share", **indicator)))


def repetition_of_a_repetition() -> Citation:
    return make_citation(repeats=make_citation(repeats=make_citation()))


def correction(old: MetricSnapshot, **changes: object) -> MetricSnapshot:
    return make_snapshot(**{"series": old.series, "replaces": old, "reason": "A digit slipped."} | changes)


def published(row: MetricSnapshot) -> MetricSnapshot:
    publish_all(row)
    return row


def correction_of_a_withdrawn_row() -> MetricSnapshot:
    """Refused by the rule even where the one-to-one key does not see it: the first was withdrawn otherwise."""
    old = published(make_snapshot())
    with open_edition(Edition.Act.WITHDRAWAL) as edition:
        MetricSnapshot.objects.filter(pk=old.pk).update(withdrawn_in=edition)
    return correction(old)


def step_of(action_due: str | None, step_due: str | None) -> Publishable:
    due = PartialDate.parse(action_due) if action_due else None
    return make_milestone(action=make_action(due=due), due=step_due and PartialDate.parse(step_due))


# Of each blocking rule: rows that break it, and rows close to it that do not.
type Rows = list[Callable[[], Publishable]]
CASES: dict[type[Rule], tuple[Rows, Rows]] = {
    rules.CitationMissing: (
        [
            lambda: make_policy(citation=None),
            lambda: make_snapshot(citation=None),
            lambda: make_snapshot(citation=None, status="withheld", value=None, no_value_reason="Withheld."),
            lambda: make_objective(citation=None, grouping="speaker"),
            lambda: make_plan_change(citation=None, kind="dropped"),
            lambda: make(PolicyEvent, citation=None, kind="said"),
        ],
        [
            lambda: make_policy(),
            lambda: make_source(),
            lambda: make_indicator(),
            lambda: make_objective(citation=None, grouping="azm"),
            lambda: make_plan_change(citation=None, kind="correction", new_wording="As it is printed."),
            lambda: make(PolicyEvent, citation=None, kind="text-sought"),
            lambda: make_snapshot(
                citation=None,
                status="not-found",
                value=None,
                no_value_reason="None published.",
                searched_on="2024-09-01",
                searched_where="the yearbook",
            ),
        ],
    ),
    rules.ReplacedWithdrawn: (
        [
            lambda: correction(make_snapshot()),
            correction_of_a_withdrawn_row,
        ],
        [lambda: correction(published(make_snapshot())), lambda: make_snapshot()],
    ),
    rules.RepeatsARepetition: (
        [repetition_of_a_repetition],
        [lambda: make_citation(repeats=make_citation()), lambda: make_citation()],
    ),
    rules.ShareAboveHundred: (
        [lambda: share(101)],
        [lambda: share(100), lambda: share(101, may_exceed_100=True), lambda: make_snapshot(value=101)],
    ),
    rules.CorrectionOfAnotherSeries: (
        [lambda: correction(published(make_snapshot()), series=make_series())],
        [lambda: correction(published(make_snapshot()))],
    ),
    rules.ObjectiveOfAnotherPolicy: (
        [lambda: make_action(objective=make_objective())],
        [lambda: make_action(objective=(own := make_objective()), policy=own.policy), lambda: make_action()],
    ),
    rules.MilestoneOfAnotherAction: (
        [lambda: make_update(milestone=make_milestone(), met=False)],
        [lambda: make_update(milestone=(own := make_milestone()), action=own.action, met=False), lambda: make_update()],
    ),
    rules.StepAfterTheEnd: (
        [lambda: step_of("2024", "2025"), lambda: step_of("2024-06", "2024-07-01")],
        [
            lambda: step_of("2024", "2024-12-31"),
            lambda: step_of("2024-06-30", "2024"),
            lambda: step_of(None, "2025"),
            lambda: step_of("2024", None),
        ],
    ),
    rules.CourtAsLead: (
        [lambda: make_assignment(body=make_body(kind="court"), role="lead")],
        [
            lambda: make_assignment(body=make_body(kind="court"), role="forum"),
            lambda: make_assignment(body=make_body(kind="prosecution"), role="lead"),
        ],
    ),
}


def found(row: Publishable) -> list[Finding]:
    return findings(type(row).objects.filter(pk=row.pk))


class TestEveryBlockingRule(TestCase):
    def test_is_tried(self) -> None:
        assert set(CASES) == {rule for rule in RULES if rule.severity == Severity.BLOCKS}

    def test_finds_what_breaks_it(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            for number, make_row in enumerate(breaking, 1):
                with self.subTest(rule.code, number=number):
                    row = make_row()
                    assert rule in {finding.rule for finding in found(row)}

    def test_leaves_the_rest_alone(self) -> None:
        for rule, (_breaking, others) in CASES.items():
            for number, make_row in enumerate(others, 1):
                with self.subTest(rule.code, number=number):
                    assert rule not in {finding.rule for finding in found(make_row())}

    def test_stops_publication_with_its_sentence(self) -> None:
        for rule, (breaking, _others) in CASES.items():
            row = breaking[0]()
            with self.subTest(rule.code), pytest.raises(GateRefused) as refusal:
                publish_all(row)
            expected = f"{row._meta.verbose_name} {row.code}: {rule.sentence}"
            assert expected in refusal.value.problems

    def test_lets_the_rest_through(self) -> None:
        for rule, (_breaking, others) in CASES.items():
            for number, make_row in enumerate(others, 1):
                with self.subTest(rule.code, number=number):
                    publish_all(make_row())


class TestRules(SimpleTestCase):
    def test_have_codes_of_their_own(self) -> None:
        assert len({rule.code for rule in RULES}) == len(RULES)

    def test_speak_in_sentences_that_can_be_translated(self) -> None:
        for rule in RULES:
            with self.subTest(rule.code):
                assert isinstance(rule.sentence, Promise)
                assert str(rule.sentence).endswith(".")

    def test_ask_for_a_citation_wherever_the_database_does(self) -> None:
        """The gate says in a sentence what the constraint would refuse."""
        for model in publishable_models():
            constraints = {constraint.name for constraint in model._meta.constraints}
            has_citation = "citation" in {field.name for field in model._meta.fields}
            with self.subTest(model.__name__):
                assert has_citation == (f"{model._meta.model_name}_cited_when_published" in constraints)


class TestFindings(TestCase):
    def test_name_their_row(self) -> None:
        policy = make_policy(citation=None)
        [finding] = found(policy)
        assert finding.subject == policy
        assert str(finding).startswith(f"policy {policy.code}: ")

    def test_come_in_the_order_of_codes(self) -> None:
        second, first = make_policy(citation=None, code="b"), make_policy(citation=None, code="a")
        assert [finding.subject for finding in findings(Policy.objects.all())] == [first, second]

    def test_can_be_asked_for_by_severity(self) -> None:
        policy = make_policy(citation=None)
        rows = Policy.objects.filter(pk=policy.pk)
        assert findings(rows, Severity.BLOCKS) == found(policy)
        assert findings(rows, Severity.NOTES) == []

    def test_are_several_if_several_rules_are_broken(self) -> None:
        row = make_assignment(body=make_body(kind="court"), citation=None)
        assert {finding.rule for finding in found(row)} == {rules.CourtAsLead, rules.CitationMissing}

    def test_are_told_in_forms_as_well(self) -> None:
        """What the gate would refuse in one row is an error of its form."""
        for row in (
            share(101),
            make_action(objective=make_objective()),
            make_update(milestone=make_milestone(), met=False),
            repetition_of_a_repetition(),
        ):
            with self.subTest(type(row).__name__), self.assertRaises(ValidationError):
                row.clean()
