"""Every invariant of the ledger is a named constraint: here each one is broken on purpose.

The database refuses the row by the constraint's name, and the form says the constraint's sentence.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.test import TestCase
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.models import (
    ActionLink,
    Assignment,
    Challenge,
    Citation,
    Edition,
    EditionItem,
    FindingAnswer,
    Indicator,
    LineageClaim,
    Measure,
    Membership,
    MetricSnapshot,
    Milestone,
    PlanChange,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    Publishable,
    Replaceable,
    ReportingDuty,
    Request,
    RequestedRow,
    ResponsibleBody,
    Return,
    Source,
    Target,
    User,
)
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    asker,
    build,
    make,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_measure,
    make_milestone,
    make_objective,
    make_policy,
    make_series,
    make_snapshot,
    make_user,
    open_edition,
    rolled_back,
)

Y2024, Y2025 = PartialDate.parse("2024"), PartialDate.parse("2025")
DIGEST = "a" * 64

# A breaking row by the name of its constraint; it is made inside an open edition, and saving it must fail.
type Breaker = Callable[[Edition], models.Model]


def a(model: type[models.Model], **wrong: object) -> Breaker:
    """A row of the model that is right but for these values."""
    return lambda edition: build(model, **wrong)


def published(model: type[models.Model], **wrong: object) -> Breaker:
    return lambda edition: build(model, edition=edition, **wrong)


def beside[M: models.Model](make_one: Callable[[], M], *same: str, **more: object) -> Breaker:
    """A second row that agrees with a first one in these fields."""

    def breaking(edition: Edition) -> models.Model:
        first = make_one()
        return build(type(first), **{name: getattr(first, name) for name in same}, **more)

    return breaking


def beside_published[M: Publishable](make_one: Callable[[], M], *same: str) -> Breaker:
    """The same of rows that are both published, the second in the open edition."""

    def breaking(edition: Edition) -> models.Model:
        first = make_one()
        type(first).objects.filter(pk=first.pk).update(edition=edition)
        return build(type(first), edition=edition, **{name: getattr(first, name) for name in same})

    return breaking


def to_itself(model: type[models.Model], field: str, **more: object) -> Breaker:
    def breaking(edition: Edition) -> models.Model:
        row = make(model, **more)
        setattr(row, field, row)
        return row

    return breaking


def correction_without_reason(model: type[Replaceable]) -> Breaker:
    return lambda edition: build(model, replaces=make(model), reason="")


def correction_of_itself(model: type[Replaceable]) -> Breaker:
    return to_itself(model, "replaces", reason="A digit slipped.")


def declined(by: User) -> dict[str, object]:
    return {"declined_by": by, "declined_at": timezone.now(), "answer": "It is as the source has it."}


def a_declined_request(*, carried_out: bool = False, **wrong: object) -> Breaker:
    return lambda edition: build(
        Request, edition=edition if carried_out else None, **{**declined(make_user()), **wrong}
    )


def left_when_it_entered(model: type[Publishable], column: str) -> Breaker:
    return lambda edition: build(model, edition=edition, **{column: edition})


def moderated(state: str, **wrong: object) -> Breaker:
    """A reader's question that a moderator dealt with, right but for these values."""
    published = timezone.now() if state in ("published", "answered") else None
    return lambda edition: build(
        Challenge, **{"state": state, "moderated_by": edition.published_by, "published_at": published} | wrong
    )


def an_edition(**wrong: object) -> Breaker:
    def breaking(edition: Edition) -> models.Model:
        right = {
            "number": edition.number + 1,
            "published_at": timezone.now(),
            "published_by": edition.published_by,
            "summary": "A sentence.",
            "recipe": 1,
        }
        return Edition(**right | wrong)

    return breaking


def an_item(**wrong: object) -> Breaker:
    def breaking(edition: Edition) -> models.Model:
        right = {"act": "entered", "kind": "source", "code": "s", "salt": DIGEST, "digest": DIGEST}
        return EditionItem(edition=edition, **right | wrong)

    return breaking


def second_edition_of_a_record(edition: Edition) -> models.Model:
    again = {"record": "001-article", "record_digest": DIGEST, "published_by": None}
    first = an_edition(**again)(edition)
    first.save()
    Edition.objects.filter(pk=first.pk).update(digest=DIGEST)
    return an_edition(**again, number=first.pk + 1)(edition)


def item_twice(edition: Edition) -> models.Model:
    an_item()(edition).save()
    return an_item()(edition)


def area_on_the_same_tile(edition: Edition) -> models.Model:
    make_area("PK-SD", tile_row=1, tile_column=2)
    return build(Area, code="PK-PB", tile_row=1, tile_column=2)


def lead_beside_a_lead(edition: Edition) -> models.Model:
    """The first leads since 2024 without an end, the second from 2025 to 2025."""
    first = make_assignment(starts=Y2024)
    Assignment.objects.filter(pk=first.pk).update(edition=edition)
    return build(Assignment, action=first.action, starts=Y2025, ends=Y2025, edition=edition)


def same_statement_by_another_outlet(edition: Edition) -> models.Model:
    first = make_snapshot()
    MetricSnapshot.objects.filter(pk=first.pk).update(edition=edition)
    repetition = make_citation(repeats=first.citation)
    return build(MetricSnapshot, series=first.series, citation=repetition, edition=edition)


def a_figure_withheld(edition: Edition) -> models.Model:
    return build(MetricSnapshot, withheld_by=make_body())


def a_not_found_with_citation(edition: Edition) -> models.Model:
    return build(MetricSnapshot, **NOT_FOUND, citation=make_citation(), edition=edition)


NOT_FOUND = {
    "status": "not-found",
    "value": None,
    "no_value_reason": "No figure in the yearbook.",
    "searched_on": date(2024, 9, 1),
    "searched_where": "the yearbook",
}
TOMORROW = PartialDate.of(date.today() + timedelta(days=2))

BREAKERS: dict[str, list[Breaker]] = {
    "area_validity_in_order": [a(Area, valid_from=Y2025, valid_to=Y2024)],
    "area_population_has_year_and_source": [
        a(Area, population=1000),
        a(Area, population=1000, population_year=2023),
        a(Area, population_year=2023, population_source="Census"),
        a(Area, population=0, population_year=2023, population_source="Census"),
        a(Area, population=1000, population_year=1890, population_source="Census"),
    ],
    "area_tile_is_complete": [
        a(Area, tile_row=1),
        a(Area, tile_column=1),
        a(Area, kind="country", tile_row=1, tile_column=1),
    ],
    "area_one_per_tile": [area_on_the_same_tile],
    "area_group_has_members": [
        a(Area, kind="group", member_codes=["PK-KP"]),
        a(Area, kind="group", member_codes=[]),
        a(Area, kind="province", member_codes=["PK-KP", "PK-BA"]),
    ],
    "area_only_former_units_merged": [lambda edition: build(Area, code="PK-PB", merged_into=make_area("PK-KP"))],
    "membership_once": [beside(partial(make, Membership), "user", "body", "since")],
    "membership_in_order": [a(Membership, since=date(2024, 2, 1), until=date(2024, 1, 31))],
    "request_asks_for_a_removal": [a(Request, act="suspension")],
    "request_has_reason": [a(Request, reason="")],
    "request_redaction_has_ground": [a(Request, act="redaction"), a(Request, ground="court-order")],
    "request_ends_once": [a_declined_request(carried_out=True)],
    "request_declined_with_answer": [
        a_declined_request(answer=""),
        a_declined_request(declined_at=None),
        a(Request, answer="No."),
    ],
    "request_declined_by_another": [lambda edition: build(Request, asked_by=asker(), **declined(asker()))],
    "requestedrow_asked_for_once": [beside(lambda: make(RequestedRow), "kind", "code")],
    "return_has_note": [a(Return, note="")],
    "challenge_about_figure_or_action": [a(Challenge, kind="source")],
    "challenge_code_is_plain": [a(Challenge, code="Not Plain")],
    "challenge_text_has_length": [a(Challenge, text="Too short"), a(Challenge, text="a" * 2001)],
    "challenge_shown_has_length": [a(Challenge, shown="a" * 2001)],
    "challenge_source_on_the_web": [
        a(Challenge, source_url="ftp://example.org"),
        a(Challenge, source_url="https://a b"),
    ],
    "challenge_source_shown_if_given": [a(Challenge, show_source=True)],
    "challenge_moderated_by_somebody": [moderated("declined", note="No.", moderated_by=None)],
    "challenge_published_has_time": [moderated("published", published_at=None)],
    "challenge_answered_has_answer": [moderated("answered"), moderated("published", answer="Yes.")],
    "challenge_declined_has_note": [moderated("declined")],
    "challenge_sent_once": [beside(lambda: make(Challenge), "form")],
    "challenge_said_once": [beside(lambda: make(Challenge), "kind", "code", "text")],
    "requestedrow_once": [beside(lambda: make(RequestedRow), "request", "kind", "code", ended=True)],
    "edition_numbered_from_one": [an_edition(number=0)],
    "edition_has_summary": [an_edition(summary="")],
    "edition_by_reviewer_or_record": [
        an_edition(published_by=None),
        an_edition(published_by=None, record="001-article"),
        an_edition(record="001-article", record_digest=DIGEST),
    ],
    "edition_removal_takes_two": [
        an_edition(act="withdrawal"),
        an_edition(act="redaction", ground="court-order"),
        lambda edition: an_edition(asked_by=asker())(edition),
    ],
    "edition_asked_by_another": [
        lambda edition: an_edition(act="withdrawal", asked_by=edition.published_by)(edition),
    ],
    "edition_redaction_has_ground": [
        lambda edition: an_edition(act="redaction", asked_by=asker())(edition),
        an_edition(ground="court-order"),
    ],
    "edition_ends_a_suspension": [an_edition(act="reversal"), an_edition(act="ratification")],
    "edition_one_per_record_folder": [second_edition_of_a_record],
    "edition_digest_is_sha256": [an_edition(digest="A" * 64), an_edition(digest="a" * 63), an_edition(digest="")],
    "editionitem_once": [item_twice],
    "editionitem_digest_is_sha256": [an_item(digest="z" * 64), an_item(digest="")],
    "source_link_is_http": [a(Source, url="javascript:alert(1)"), a(Source, url="ftp://example.org/a")],
    "findinganswer_has_words": [a(FindingAnswer, words="")],
    "citation_has_words": [a(Citation, quotation="", paraphrase="")],
    "citation_repeats_another": [to_itself(Citation, "repeats")],
    "policy_period_in_order": [a(Policy, starts=Y2025, ends=Y2024)],
    "policyevent_has_account": [a(PolicyEvent, account="")],
    "lineageclaim_of_two_policies": [
        lambda edition: build(LineageClaim, policy=(policy := make_policy()), predecessor=policy)
    ],
    "objective_number_once": [beside(make_objective, "policy", "grouping", "number")],
    "policyaction_number_once": [beside(make_action, "policy", "number")],
    "policyaction_dates_in_order": [a(PolicyAction, starts=Y2025, due=PartialDate.parse("2024-12-31"))],
    "policyaction_weight_positive": [a(PolicyAction, weight=0), a(PolicyAction, weight=-1)],
    "policyaction_unscored_has_reason": [
        a(PolicyAction, scored=False),
        a(PolicyAction, scored=True, unscored_reason="It counts executions."),
    ],
    "actionlink_to_one_thing": [
        a(ActionLink, to_policy=None),
        lambda edition: build(ActionLink, to_action=make_action()),
    ],
    "actionlink_to_another": [
        lambda edition: build(ActionLink, action=(action := make_action()), to_action=action, to_policy=None)
    ],
    "milestone_position_once": [beside(make_milestone, "action", "position")],
    "milestone_weight_positive": [a(Milestone, weight=0)],
    "planchange_of_one_thing": [
        a(PlanChange, action=None),
        lambda edition: build(PlanChange, milestone=make_milestone()),
    ],
    "planchange_says_what_changes": [
        a(PlanChange, kind="deadline"),
        a(PlanChange, kind="dropped", new_due=Y2025),
        a(PlanChange, kind="weight"),
        a(PlanChange, kind="weight", new_weight=0),
        a(PlanChange, kind="correction"),
        a(PlanChange, kind="correction", new_wording="Right.", new_weight=2),
        a(PlanChange, kind="another"),
    ],
    "planchange_has_reason": [a(PlanChange, reason="")],
    "responsiblebody_validity_in_order": [a(ResponsibleBody, valid_from=Y2025, valid_to=Y2024)],
    "responsiblebody_parent_is_another": [to_itself(ResponsibleBody, "parent")],
    "responsiblebody_armed_force_is_military": [a(ResponsibleBody, kind="armed-force", sphere="federal")],
    "responsiblebody_civil_armed_force_is_federal": [a(ResponsibleBody, kind="civil-armed-force", sphere="military")],
    "assignment_in_order": [a(Assignment, starts=Y2025, ends=Y2024)],
    "assignment_one_lead_at_a_time": [lead_beside_a_lead, beside_published(make_assignment, "action")],
    "reportingduty_interval_positive": [a(ReportingDuty, interval_months=0)],
    "reportingduty_in_order": [a(ReportingDuty, starts=Y2025, ends=Y2024)],
    "indicator_unscored_has_reason": [
        a(Indicator, direction="not-scored"),
        a(Indicator, direction="rise", unscored_reason="A reason."),
    ],
    "indicator_only_shares_exceed_100": [a(Indicator, behaviour="flow", may_exceed_100=True)],
    "indicator_decimals_storable": [a(Indicator, decimals=7)],
    "indicator_frequency_positive": [a(Indicator, frequency_months=0)],
    "series_once": [beside(make_series, "indicator", "area")],
    "measure_of_action_or_policy": [
        a(Measure, action=None),
        lambda edition: build(Measure, action=None, policy=make_policy(), use="implementation"),
        lambda edition: build(Measure, policy=make_policy()),
    ],
    "measure_once": [beside_published(make_measure, "action", "indicator")],
    "target_says_what_its_basis_needs": [
        a(Target, value=None),
        a(Target, due=None),
        lambda edition: build(Target, whole=make_indicator()),
        a(Target, basis="requirement", value=None),
        lambda edition: build(Target, basis="requirement", whole=make_indicator()),
        a(Target, basis="direction", due=None),
        a(Target, basis="direction", value=None),
    ],
    "target_only_targets_are_interim": [a(Target, basis="requirement", interim=True)],
    "metricsnapshot_cited_when_published": [published(MetricSnapshot, citation=None), a_not_found_with_citation],
    "metricsnapshot_value_or_reason": [
        a(MetricSnapshot, value=None),
        a(MetricSnapshot, no_value_reason="Withheld."),
        a(MetricSnapshot, status="withheld", no_value_reason="On security grounds."),
        a(MetricSnapshot, status="withheld", value=None),
        a(MetricSnapshot, status="not-applicable", value=0, no_value_reason="There is none."),
    ],
    "metricsnapshot_withheld_by_an_authority": [a_figure_withheld],
    "metricsnapshot_search_has_day_and_place": [
        a(MetricSnapshot, **NOT_FOUND | {"searched_on": None}),
        a(MetricSnapshot, **NOT_FOUND | {"searched_where": ""}),
        a(MetricSnapshot, searched_where="the yearbook"),
    ],
    "metricsnapshot_period_in_order": [
        a(MetricSnapshot, period_start=Y2024, period_end=PartialDate.parse("2023")),
        a(MetricSnapshot, period_end=None),
    ],
    "metricsnapshot_period_not_in_future": [a(MetricSnapshot, period_end=TOMORROW)],
    "metricsnapshot_fraction_possible": [
        a(MetricSnapshot, numerator=-1),
        a(MetricSnapshot, denominator=0),
        a(MetricSnapshot, denominator=-1),
    ],
    "metricsnapshot_one_live_statement": [
        same_statement_by_another_outlet,
        beside_published(make_snapshot, "series", "citation"),
    ],
    "progressupdate_met_goes_with_milestone": [
        a(ProgressUpdate, met=True),
        lambda edition: build(ProgressUpdate, milestone=make_milestone()),
    ],
    "progressupdate_waiting_says_for_what": [
        a(ProgressUpdate, needed="The list of names."),
        lambda edition: build(ProgressUpdate, waiting_on=make_body()),
    ],
    "progressupdate_body_reports": [a(ProgressUpdate, body=None)],
    "progressupdate_check_says_against_what": [
        a(ProgressUpdate, checked_on=date(2024, 8, 1)),
        a(ProgressUpdate, checked_against="The gazette."),
    ],
    "progressupdate_checked_after_it_happened": [
        a(ProgressUpdate, checked_on=date(2024, 6, 30), checked_against="The gazette."),
    ],
    "progressupdate_has_account": [a(ProgressUpdate, account="")],
}

for _model in publishable_models():
    _kind = _model._meta.model_name
    BREAKERS[f"{_kind}_withdrawn_after_entry"] = [left_when_it_entered(_model, "withdrawn_in")]
    BREAKERS[f"{_kind}_redacted_after_entry"] = [left_when_it_entered(_model, "redacted_in")]
    BREAKERS[f"{_kind}_suspended_after_entry"] = [left_when_it_entered(_model, "suspended_in")]
    BREAKERS[f"{_kind}_restored_after_suspension"] = [published(_model, restored_in_id=1)]
    BREAKERS[f"{_kind}_code_is_plain"] = [a(_model, code="Not Plain")]
    if f"{_kind}_cited_when_published" in {constraint.name for constraint in _model._meta.constraints}:
        BREAKERS.setdefault(f"{_kind}_cited_when_published", [published(_model, citation=None)])
    if issubclass(_model, Replaceable):
        BREAKERS[f"{_kind}_correction_has_reason"] = [correction_without_reason(_model)]
        BREAKERS[f"{_kind}_replaces_another"] = [correction_of_itself(_model)]

# The same on every table; their finer points are tried on one.
BREAKERS["source_withdrawn_after_entry"] += [lambda edition: build(Source, withdrawn_in=edition)]
BREAKERS["source_redacted_after_entry"] += [lambda edition: build(Source, redacted_in=edition)]
BREAKERS["source_code_is_plain"] += [a(Source, code=code) for code in ("", "a--b", "-a", "a.", "a_b", "é", "a\n")]

# What no form can foresee: the database fills in the origin of a statement when the row is written.
ONLY_THE_DATABASE_TELLS = {"metricsnapshot_one_live_statement"}


def all_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    apps_of_ours = ("tracker", "provinces")
    for model in chain.from_iterable(apps.get_app_config(label).get_models() for label in apps_of_ours):
        for constraint in model._meta.constraints:
            yield model, constraint


class TestEveryConstraint(TestCase):
    def test_is_broken_by_a_test(self) -> None:
        assert set(BREAKERS) == {constraint.name for _model, constraint in all_constraints()}

    def test_speaks(self) -> None:
        """A clerk who breaks it reads a sentence of our own."""
        for _model, constraint in all_constraints():
            with self.subTest(constraint.name):
                assert isinstance(constraint, models.CheckConstraint | models.UniqueConstraint | ExclusionConstraint)
                assert constraint.violation_error_message != models.BaseConstraint.default_violation_error_message
                assert str(constraint.violation_error_message).endswith(".")

    def test_is_named_after_its_model(self) -> None:
        for model, constraint in all_constraints():
            with self.subTest(constraint.name):
                assert constraint.name.startswith(f"{model._meta.model_name}_")

    def test_is_held_by_the_database(self) -> None:
        for name, breakers in BREAKERS.items():
            for number, breaker in enumerate(breakers, 1):
                with self.subTest(name, number=number), rolled_back(), open_edition() as edition:
                    row = breaker(edition)
                    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
                        row.save()
                    assert refusal.value.__cause__.diag.constraint_name == name

    def test_is_said_by_the_form(self) -> None:
        for model, constraint in all_constraints():
            if constraint.name in ONLY_THE_DATABASE_TELLS:
                continue
            for number, breaker in enumerate(BREAKERS[constraint.name], 1):
                with self.subTest(constraint.name, number=number), rolled_back(), open_edition() as edition:
                    row = breaker(edition)
                    with pytest.raises(ValidationError) as refusal:
                        constraint.validate(model, row)
                    assert refusal.value.messages == [str(constraint.violation_error_message)]
