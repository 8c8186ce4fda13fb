"""Whatever several people do to the ledger, in whatever order: nothing that was published is silently changed.

Hypothesis draws the days of a small office: three people draft, edit, submit, return, publish, correct, withdraw,
suspend and redact. Every example runs in a savepoint of one transaction, and is rolled back.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client, TestCase
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tracker.models import Edition, EditionItem, MetricSnapshot, Publishable, User
from tracker.publishing import GateRefused, publish, ratify, redact, reverse, stages, suspend, withdraw
from tracker.publishing.guard import publishable_models
from tracker.publishing.recipes import COLUMNS
from tracker.publishing.verify import misfits
from tracker.tests.factories import make_indicator, make_series, make_snapshot, make_update, make_user, rolled_back
from tracker.tests.pages import load_areas

PEOPLE = st.sampled_from(["ann", "bo", "cy"])
PATHS = ("/snapshots.csv", "/updates.csv", "/snapshots/")


@contextmanager
def acting(person: User) -> Iterator[None]:
    """What the database writes into the history is the person's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('azm.user', %s, true)", [str(person.pk)])
        yield
        cursor.execute("SELECT set_config('azm.user', '', true)")


class Office(RuleBasedStateMachine):
    """The ledger, and beside it what the people remember of it."""

    rows = Bundle("rows")
    tried: dict[str, int] = {}
    done: dict[str, int] = {}

    def __init__(self) -> None:
        super().__init__()
        self.example = ExitStack()
        self.example.enter_context(rolled_back())
        self.people = {name: make_user(name) for name in ("ann", "bo", "cy")}
        self.series = make_series(indicator=make_indicator(code="cases"))
        self.authors: dict[tuple[str, int], set[str]] = {}
        self.entered: dict[tuple[str, int], dict[str, Any]] = {}
        self.read: dict[tuple[int, str], str] = {}
        self.month = 0

    def teardown(self) -> None:
        with self.example:
            assert [str(misfit) for misfit in misfits()] == []
            for (number, path), text in self.read.items():
                assert answer(number, path).splitlines() == text.splitlines(), (number, path)

    @initialize(target=rows)
    def published_before(self) -> Any:
        """By somebody who has left since."""
        rows = [self.draft_a_figure_of("ann", 1), self.draft_a_figure_of("bo", 2), make_update()]
        publish(rows, make_user("former"), "What there was.")
        self.closed()
        return multiple(*rows)

    # What people do

    @rule(target=rows, by=PEOPLE, value=st.integers(0, 999))
    def draft_a_figure(self, by: str, value: int) -> Publishable:
        return self.draft_a_figure_of(by, value)

    def draft_a_figure_of(self, by: str, value: int) -> Publishable:
        self.month += 1
        period = f"{2000 + self.month // 12}-{self.month % 12 + 1:02}"
        with acting(self.people[by]):
            row = make_snapshot(
                value=value, series=self.series, period_start=period, period_end=period, entered_by=self.people[by]
            )
        return self.drafted(row, by)

    @rule(target=rows, by=PEOPLE)
    def draft_a_report(self, by: str) -> Publishable:
        with acting(self.people[by]):
            row = make_update(account=f"{by} was told so.", entered_by=self.people[by])
        return self.drafted(row, by)

    @rule(target=rows, old=rows, by=PEOPLE, value=st.integers(0, 999))
    def draft_a_correction(self, old: Any, by: str, value: int) -> Publishable:
        old.refresh_from_db()
        taken = type(old).objects.filter(replaces=old).exists()
        if not isinstance(old, MetricSnapshot) or not old.is_published or old.withdrawn_in_id or taken:
            return old
        with acting(self.people[by]):
            row = make_snapshot(
                value=value,
                series=old.series,
                period_start=old.period_start,
                period_end=old.period_end,
                citation=old.citation,
                replaces=old,
                reason="A digit slipped.",
                entered_by=self.people[by],
            )
        return self.drafted(row, by)

    def drafted(self, row: Publishable, by: str) -> Publishable:
        self.authors[row._meta.model_name, row.pk] = {by}
        return row

    @rule(row=rows, by=PEOPLE, value=st.integers(0, 999))
    def edit(self, row: Any, by: str, value: int) -> None:
        """At the desk a draft only; here whoever tries, for the database answers as well."""
        row.refresh_from_db()
        change = {"value": value} if isinstance(row, MetricSnapshot) else {"account": f"Edited by {by}: {value}."}
        if row.is_published:
            with self.refusal("edit", Exception), transaction.atomic(), acting(self.people[by]):
                type(row).objects.filter(pk=row.pk).update(**change)
                transaction.set_rollback(True)  # the same value again is no change
            return
        before = {name: getattr(row, name) for name in change}
        with acting(self.people[by]):
            type(row).objects.filter(pk=row.pk).update(**change)
        if {name: type(before[name])(value) for name, value in change.items()} != before:
            self.authors[row._meta.model_name, row.pk].add(by)

    @rule(row=rows)
    def submit(self, row: Publishable) -> None:
        with self.refusal("submit"):
            stages.submit([row])

    @rule(row=rows, by=PEOPLE)
    def give_back(self, row: Publishable, by: str) -> None:
        stages.give_back([row], self.people[by], "Give the day.")

    @rule(row=rows, by=PEOPLE)
    def publish_one(self, row: Publishable, by: str) -> None:
        with self.refusal("publish"):
            self.publish([row], by)

    @rule(by=PEOPLE)
    def publish_what_others_wrote(self, by: str) -> None:
        models = {model._meta.model_name: model for model in publishable_models()}
        others = [
            row
            for (kind, pk), authors in self.authors.items()
            if by not in authors
            for row in models[kind].objects.unpublished().filter(pk=pk)
        ]
        with self.refusal("publish"):
            self.publish(others, by)

    def publish(self, found: list[Publishable], by: str) -> None:
        own = any(by in self.authors.get((row._meta.model_name, row.pk), set()) for row in found)
        publish(found, self.people[by], "What was submitted.")
        assert not own, "nobody publishes what they wrote"
        self.closed()

    @rule(row=rows, asked_by=PEOPLE, by=PEOPLE)
    def withdraw(self, row: Publishable, asked_by: str, by: str) -> None:
        with self.refusal("withdraw"):
            withdraw([row], self.people[by], "It was never said.", asked_by=self.people[asked_by])
            assert by != asked_by
            self.closed()

    @rule(row=rows, by=PEOPLE)
    def suspend(self, row: Publishable, by: str) -> None:
        with self.refusal("suspend"):
            suspend([row], self.people[by], "It may be forged.")
            self.closed()

    @rule(by=PEOPLE, end=st.sampled_from([ratify, reverse]))
    def end_a_suspension(self, by: str, end: Any) -> None:
        if suspension := Edition.objects.unsettled().first():
            with self.refusal(end.__name__):
                end(suspension, self.people[by], "We looked.")
                assert by != suspension.published_by.username
                self.closed()

    @rule(row=consumes(rows), asked_by=PEOPLE, by=PEOPLE)
    def redact(self, row: Publishable, asked_by: str, by: str) -> None:
        with self.refusal("redact"):
            redact(
                [row],
                self.people[by],
                "A court ordered it.",
                asked_by=self.people[asked_by],
                ground=Edition.Ground.COURT_ORDER,
            )
            assert by != asked_by
            del self.entered[row._meta.model_name, row.pk]
            self.read = {key: answer(*key) for key in self.read}  # what stood there is gone from every edition
            self.closed()

    @contextmanager
    def refusal(self, what: str, error: type[Exception] = GateRefused) -> Iterator[None]:
        """The ledger may refuse; it may not do anything by halves."""
        self.tried[what] = self.tried.get(what, 0) + 1
        editions, items = Edition.objects.count(), EditionItem.objects.count()
        try:
            yield
        except AssertionError:
            raise
        except error:
            assert (Edition.objects.count(), EditionItem.objects.count()) == (editions, items)
        else:
            self.done[what] = self.done.get(what, 0) + 1

    def closed(self) -> None:
        """An edition was published: remember what entered, and how its files and pages read."""
        newest = Edition.objects.newest()
        for model in publishable_models():
            for row in model.objects.filter(edition=newest):
                self.entered.setdefault((model._meta.model_name, row.pk), content(row))
        for path in PATHS:
            self.read[newest.number, path] = answer(newest.number, path)

    # What must hold at any time

    @invariant()
    def no_published_row_differs_from_when_it_entered(self) -> None:
        models = {model._meta.model_name: model for model in publishable_models()}
        for (kind, pk), before in self.entered.items():
            assert content(models[kind].objects.get(pk=pk)) == before

    @invariant()
    def editions_have_no_gap(self) -> None:
        numbers = list(Edition.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))
        assert not Edition.objects.filter(digest=None).exists()


def content(row: Publishable) -> dict[str, Any]:
    """What the digest is made of, and the edition it entered in."""
    names = ("edition", *COLUMNS[row._meta.model_name or ""])
    return type(row).objects.filter(pk=row.pk).values(*names).get()


def answer(number: int, path: str) -> str:
    """A file whole; of a page its table, since the frame around it tells of the newest edition."""
    response = Client().get(path, {"edition": number})
    assert response.status_code == 200
    text = response.getvalue().decode()
    return text if path.endswith(".csv") else "".join(re.findall(r"(?s)<table.*</table>", text))


class TestWorkflow(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()

    def test_changes_nothing_silently(self) -> None:
        Office.tried, Office.done = {}, {}
        wanted = {"publish", "suspend"}
        for _try in range(5):  # by chance none of the six examples may come to either
            if not wanted <= set(Office.done):
                run_state_machine_as_test(
                    Office, settings=settings(max_examples=6, stateful_step_count=20, deadline=None, database=None)
                )
        assert wanted <= set(Office.done), "the test would prove nothing"
