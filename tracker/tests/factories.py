"""Valid rows for tests: each factory creates what its row needs, and takes any field as an override.

`build(Model)` leaves the row itself unsaved; `make(Model)` and its short names save it as a draft.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import count
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker import models as ledger
from tracker.models import Edition, Publishable, User
from tracker.publishing import publish
from tracker.publishing.digests import edition_digest
from tracker.publishing.recipes import NEWEST_RECIPE

NUMBERS = count(1001)  # begins anew in every class of tests, see conftest.py


def make(model: type[models.Model], **overrides: Any) -> Any:
    row = build(model, **overrides)
    row.save()
    return row


def build(model: type[models.Model], **overrides: Any) -> Any:
    number = next(NUMBERS)
    wanted = {name: value for name, value in DEFAULTS[model].items() if name not in overrides}
    defaults = {name: value(number) if callable(value) else value for name, value in wanted.items()}
    return model(**defaults, **overrides)


def new(model: type[models.Model]) -> Callable[[int], models.Model]:
    return lambda number: make(model)


def area(code: str) -> Callable[[int], Area]:
    return lambda number: make_area(code=code)


def make_area(code: str = "PK-KP", **overrides: Any) -> Area:
    """The area of this code; made once, for areas are reference data."""
    found = Area.objects.filter(code=code).first()
    if found is not None and not overrides:
        return found
    return make(Area, code=code, **overrides)


def make_user(username: str = "", **overrides: Any) -> User:
    return User.objects.create_user(username or f"person-{next(NUMBERS)}", **overrides)


def reviewer() -> User:
    """One reviewer, who enters nothing."""
    return User.objects.filter(username="reviewer").first() or make_user("reviewer")


def asker() -> User:
    """Who asks a reviewer to withdraw or redact."""
    return User.objects.filter(username="asker").first() or make_user("asker")


def publish_all(
    *rows: Publishable, by: User | None = None, summary: str = "Published in a test.", **how: Any
) -> Edition:
    """Publish the rows and what they rest on, and read them again."""
    edition = publish(rows, by or reviewer(), summary, **how)
    for row in rows:
        row.refresh_from_db()
    return edition


@contextmanager
def open_edition(
    act: Edition.Act = Edition.Act.PUBLICATION, *, by: User | None = None, **values: Any
) -> Iterator[Edition]:
    """An edition for tests that stamp rows themselves; closed at the end, as one left open cannot commit."""
    edition = Edition.objects.create(
        number=Edition.objects.count() + 1,
        published_at=timezone.now(),
        published_by=by or reviewer(),
        summary="Stamped by hand.",
        recipe=NEWEST_RECIPE,
        act=act,
        asked_by=asker() if act in (Edition.Act.WITHDRAWAL, Edition.Act.REDACTION) else None,
        **values,
    )
    yield edition
    edition.digest = edition_digest(edition)
    edition.save(update_fields=["digest"])


@contextmanager
def rolled_back() -> Iterator[None]:
    """A savepoint that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


DEFAULTS: dict[type[models.Model], dict[str, Any]] = {
    Area: {
        "code": "PK-KP",
        "name": "Area {}".format,
        "short_name": "A{}".format,
        "kind": Area.Kind.PROVINCE,
        "position": lambda number: number,
    },
    ledger.Source: {
        "code": "source-{}".format,
        "publisher": "Dunya News",
        "title": "A report",
        "kind": ledger.Source.Kind.NEWS,
        "published": PartialDate.parse("2024-07-22"),
    },
    ledger.Citation: {
        "code": "source.citation-{}".format,
        "source": new(ledger.Source),
        "quotation": "The words of the source.",
        "attribution": ledger.Citation.Attribution.NAMED_OFFICE,
    },
    ledger.Policy: {
        "code": "policy-{}".format,
        "name": "A policy",
        "short_name": "P",
        "text": ledger.Policy.Text.NAMED,
        "citation": new(ledger.Citation),
        "position": lambda number: number,
    },
    ledger.PolicyEvent: {
        "policy": new(ledger.Policy),
        "on": PartialDate.parse("2024-06-22"),
        "kind": ledger.PolicyEvent.Kind.APPROVED,
        "account": "A committee approved it.",
        "citation": new(ledger.Citation),
    },
    ledger.LineageClaim: {
        "policy": new(ledger.Policy),
        "relation": ledger.LineageClaim.Relation.CONTINUES,
        "predecessor": new(ledger.Policy),
        "citation": new(ledger.Citation),
    },
    ledger.Objective: {
        "code": "objective-{}".format,
        "policy": new(ledger.Policy),
        "number": 1,
        "name": "An objective",
        "grouping": ledger.Objective.Grouping.POLICY,
        "citation": new(ledger.Citation),
    },
    ledger.Statement: {
        "policy": new(ledger.Policy),
        "kind": ledger.Statement.Kind.AIM,
        "words": "stated words",
        "citation": new(ledger.Citation),
    },
    ledger.PolicyAction: {
        "code": "action-{}".format,
        "policy": new(ledger.Policy),
        "number": "{}".format,
        "position": lambda number: number,
        "title": "An action",
        "wording": "The commitment as the source words it.",
        "domain": ledger.PolicyAction.Domain.LEGAL,
        "area": area("PK"),
        "citation": new(ledger.Citation),
    },
    ledger.ActionLink: {
        "action": new(ledger.PolicyAction),
        "relation": ledger.ActionLink.Relation.REFERS,
        "to_policy": new(ledger.Policy),
        "citation": new(ledger.Citation),
    },
    ledger.Milestone: {
        "code": "milestone-{}".format,
        "action": new(ledger.PolicyAction),
        "position": 1,
        "title": "A step",
        "means_of_verification": "The notification in the gazette.",
        "citation": new(ledger.Citation),
    },
    ledger.PlanChange: {
        "action": new(ledger.PolicyAction),
        "kind": ledger.PlanChange.Kind.DROPPED,
        "reason": "The cabinet dropped it.",
        "citation": new(ledger.Citation),
    },
    ledger.ResponsibleBody: {
        "code": "body-{}".format,
        "name": "A department",
        "sphere": ledger.ResponsibleBody.Sphere.PROVINCIAL,
        "kind": ledger.ResponsibleBody.Kind.DEPARTMENT,
        "security_force": False,
        "citation": new(ledger.Citation),
    },
    ledger.Assignment: {
        "action": new(ledger.PolicyAction),
        "body": new(ledger.ResponsibleBody),
        "role": ledger.Assignment.Role.LEAD,
        "citation": new(ledger.Citation),
    },
    ledger.ReportingDuty: {
        "body": new(ledger.ResponsibleBody),
        "interval_months": 3,
        "citation": new(ledger.Citation),
    },
    ledger.Indicator: {
        "code": "indicator-{}".format,
        "name": "An indicator",
        "unit": "operations",
        "counted": "operations",
        "definition": "As the source tells it.",
        "kind": ledger.Indicator.Kind.OUTPUT,
        "behaviour": ledger.Indicator.Behaviour.FLOW,
        "direction": ledger.Indicator.Direction.RISE,
    },
    ledger.IndicatorBreak: {
        "indicator": new(ledger.Indicator),
        "on": PartialDate.parse("2024"),
        "description": "Counted differently from now on.",
        "citation": new(ledger.Citation),
    },
    ledger.Series: {
        "indicator": new(ledger.Indicator),
        "area": area("PK-KP"),
    },
    ledger.Measure: {
        "action": new(ledger.PolicyAction),
        "indicator": new(ledger.Indicator),
        "use": ledger.Measure.Use.IMPLEMENTATION,
    },
    ledger.Target: {
        "series": new(ledger.Series),
        "action": new(ledger.PolicyAction),
        "basis": ledger.Target.Basis.TARGET,
        "value": 100,
        "due": PartialDate.parse("2028"),
        "citation": new(ledger.Citation),
    },
    ledger.MetricSnapshot: {
        "series": new(ledger.Series),
        "period_start": PartialDate.parse("2024-01-01"),
        "period_end": PartialDate.parse("2024-06-30"),
        "value": 42,
        "citation": new(ledger.Citation),
    },
    ledger.ProgressUpdate: {
        "action": new(ledger.PolicyAction),
        "body": new(ledger.ResponsibleBody),
        "as_of": date(2024, 7, 1),
        "status": ledger.ProgressUpdate.Status.UNDER_WAY,
        "account": "The body says that work is under way.",
        "channel": ledger.ProgressUpdate.Channel.STATEMENT,
        "citation": new(ledger.Citation),
    },
    ledger.FindingAnswer: {
        "rule": "link-missing",
        "subject_kind": "policyaction",
        "subject_code": lambda number: make_action().code,
        "body": new(ledger.ResponsibleBody),
        "words": "The plan is being drawn up.",
        "citation": new(ledger.Citation),
    },
    ledger.Request: {
        "act": "withdrawal",
        "reason": "The source took it back.",
        "asked_by": lambda number: asker(),
    },
    ledger.RequestedRow: {
        "request": new(ledger.Request),
        "kind": "source",
        "code": "source-{}".format,
    },
    ledger.Return: {
        "kind": "source",
        "row": 1,
        "code": "source-1",
        "note": "Give the day of publication.",
        "returned_by": lambda number: make_user(),
    },
    ledger.Membership: {
        "user": lambda number: make_user(),
        "body": new(ledger.ResponsibleBody),
        "since": date(2024, 1, 1),
    },
}

DEFAULTS[ledger.Challenge] = {
    "kind": ledger.Challenge.Kind.ACTION,
    "code": "action-{}".format,
    "edition": lambda number: Edition.objects.newest() or publish_all(make_source()),
    "text": "Is this so, and who says it? ({})".format,
    "language": ledger.Challenge.Language.ENGLISH,
    "form": "{:032x}".format,
}

make_action = partial(make, ledger.PolicyAction)
make_answer = partial(make, ledger.FindingAnswer)
make_assignment = partial(make, ledger.Assignment)
make_body = partial(make, ledger.ResponsibleBody)
make_challenge = partial(make, ledger.Challenge)
make_citation = partial(make, ledger.Citation)
make_duty = partial(make, ledger.ReportingDuty)
make_indicator = partial(make, ledger.Indicator)
make_link = partial(make, ledger.ActionLink)
make_measure = partial(make, ledger.Measure)
make_milestone = partial(make, ledger.Milestone)
make_objective = partial(make, ledger.Objective)
make_plan_change = partial(make, ledger.PlanChange)
make_policy = partial(make, ledger.Policy)
make_series = partial(make, ledger.Series)
make_snapshot = partial(make, ledger.MetricSnapshot)
make_source = partial(make, ledger.Source)
make_statement = partial(make, ledger.Statement)
make_target = partial(make, ledger.Target)
make_update = partial(make, ledger.ProgressUpdate)
