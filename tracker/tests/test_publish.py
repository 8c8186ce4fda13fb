"""The act of publication: all or nothing, by a second person, one edition at a time."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from azm.lib.partialdates import PartialDate
from tracker.models import (
    Assignment,
    Citation,
    Edition,
    EditionItem,
    Headline,
    MetricSnapshot,
    Policy,
    Source,
)
from tracker.publishing import GateRefused, publish
from tracker.tests.factories import (
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_measure,
    make_milestone,
    make_policy,
    make_snapshot,
    make_source,
    make_target,
    make_update,
    make_user,
    open_edition,
    publish_all,
    reviewer,
)


def items_of(edition: Edition) -> set[tuple[str, str, str]]:
    return set(edition.items.values_list("act", "kind", "code"))


def correction_of(old: MetricSnapshot, **changes: Any) -> MetricSnapshot:
    same = {name: getattr(old, name) for name in ("series", "citation", "period_start", "period_end")}
    return make_snapshot(**same | {"value": 43, "replaces": old, "reason": "A digit slipped."} | changes)


class TestPublish(TestCase):
    def test_opens_and_closes_the_next_edition(self) -> None:
        source = make_source()
        edition = publish([source], reviewer(), "The first source.", "پہلا ماخذ")
        edition.refresh_from_db()
        source.refresh_from_db()
        assert edition.number == 1
        assert edition.published_by == reviewer()
        assert (edition.summary, edition.summary_ur) == ("The first source.", "پہلا ماخذ")
        assert edition.digest is not None
        assert source.edition == edition
        assert items_of(edition) == {("entered", "source", source.code)}

    def test_numbers_editions_without_gaps(self) -> None:
        numbers = []
        for _turn in range(3):
            numbers.append(publish_all(make_source()).number)
            with pytest.raises(GateRefused):
                publish([make_source()], reviewer(), "")
        assert numbers == [1, 2, 3]

    def test_changes_nothing_but_the_stamp(self) -> None:
        source = make_source()
        before = Source.objects.filter(pk=source.pk).values().get()
        edition = publish_all(source)
        assert Source.objects.filter(pk=source.pk).values().get() == before | {"edition_id": edition.number}

    def test_from_a_record_folder_names_it_and_nobody(self) -> None:
        edition = publish([make_source()], None, "The article.", record=("001-article", "0" * 64))
        assert (edition.record, edition.published_by) == ("001-article", None)

    def test_takes_a_record_folder_once(self) -> None:
        publish([make_source()], None, "The article.", record=("001-article", "0" * 64))
        with pytest.raises(GateRefused, match="already published"):
            publish([make_source()], None, "The article.", record=("001-article", "0" * 64))

    def test_asks_a_constant_number_of_questions(self) -> None:
        """Per kind of row, not per row."""
        by = reviewer()

        def queries(rows: list[MetricSnapshot]) -> int:
            with CaptureQueriesContext(connection) as captured:
                publish(rows, by, "Some figures.")
            return len(captured)

        assert queries([make_snapshot()]) == queries([make_snapshot() for _turn in range(9)])


class TestWhatItemsRestOn(TestCase):
    def published(self, *rows: models.Model) -> bool:
        for row in rows:
            row.refresh_from_db()
        return all(row.edition_id == Edition.objects.newest().number for row in rows)

    def test_enters_with_them(self) -> None:
        original = make_citation()
        snapshot = make_snapshot(citation=make_citation(repeats=original))
        edition = publish_all(snapshot)
        assert self.published(
            snapshot, snapshot.citation, original, snapshot.citation.source, original.source, snapshot.series.indicator
        )
        assert edition.items.count() == 6

    def test_reaches_through_several_rows(self) -> None:
        policy = make_policy()
        action = make_action(policy=policy)
        milestone = make_milestone(action=action)
        body = make_body(parent=make_body())
        update = make_update(action=action, milestone=milestone, met=True, body=body)
        publish_all(update)
        assert self.published(update, milestone, action, policy, body, body.parent)

    def test_of_a_target_is_its_baseline_and_its_whole_too(self) -> None:
        baseline, whole = make_snapshot(), make_indicator()
        target = make_target(basis="requirement", value=None, whole=whole, due=None, baseline=baseline)
        publish_all(target)
        assert self.published(baseline, whole, target.series.indicator, baseline.series.indicator)

    def test_enters_once(self) -> None:
        citation = make_citation()
        first = publish_all(make_policy(citation=citation))
        second = publish_all(make_policy(citation=citation))
        assert ("entered", "citation", citation.code) in items_of(first)
        assert ("entered", "citation", citation.code) not in items_of(second)

    def test_is_not_what_rests_on_them(self) -> None:
        action = make_action()
        milestone, measure = make_milestone(action=action), make_measure(action=action)
        publish_all(action)
        milestone.refresh_from_db()
        measure.refresh_from_db()
        assert (milestone.edition, measure.edition) == (None, None)

    def test_must_be_fit_as_well(self) -> None:
        author = reviewer()
        with pytest.raises(GateRefused) as refusal:
            publish([make_milestone(action=make_action(citation=None, entered_by=author))], author, "A step.")
        assert len(refusal.value.problems) == 2

    def test_must_not_be_withdrawn(self) -> None:
        source = make_source()
        publish_all(source)
        with open_edition(Edition.Act.WITHDRAWAL) as edition:
            Source.objects.filter(pk=source.pk).update(withdrawn_in=edition)
        with pytest.raises(GateRefused, match=r"rests on a withdrawn or suspended row \(source\)"):
            publish_all(make_citation(source=source))


class TestRefusal(TestCase):
    def assert_refused(self, *rows: models.Model, by: Any = None, because: str) -> None:
        stamps = [type(row).objects.filter(pk=row.pk).values("edition", "withdrawn_in") for row in rows]
        before = Edition.objects.count(), EditionItem.objects.count(), [list(stamp) for stamp in stamps]
        with pytest.raises(GateRefused, match=because):
            publish(rows, by or reviewer(), "A summary.")
        after = Edition.objects.count(), EditionItem.objects.count(), [list(stamp.all()) for stamp in stamps]
        assert after == before

    def test_of_what_the_reviewer_entered(self) -> None:
        person = make_user()
        self.assert_refused(make_source(entered_by=person), by=person, because="another reviewer must publish it")

    def test_does_not_meet_what_somebody_else_entered(self) -> None:
        publish_all(make_source(entered_by=make_user()), by=make_user())

    def test_names_every_problem_and_publishes_nothing(self) -> None:
        person = make_user()
        fine = make_source()
        uncited = make_policy(citation=None)
        own = make_source(entered_by=person)
        court = make_assignment(body=make_body(kind="court"), citation=None)
        with pytest.raises(GateRefused) as refusal:
            publish([fine, uncited, own, court], person, " ")
        problems = refusal.value.problems
        assert len(problems) == 5
        assert str(refusal.value) == "\n".join(problems)
        for needle in (uncited.code, own.code, court.code, "Say in a sentence"):
            assert any(needle in problem for problem in problems), needle
        assert [problem for problem in problems if court.code in problem and "court" in problem]
        assert not Edition.objects.exists()
        assert not Source.objects.published().exists()

    def test_of_nothing(self) -> None:
        self.assert_refused(because="Nothing is selected")

    def test_of_a_row_that_is_gone(self) -> None:
        kept, gone = make_source(), make_source()
        Source.objects.filter(pk=gone.pk).delete()
        self.assert_refused(kept, gone, because=f"source {gone.code} is no longer there")

    def test_of_a_row_that_was_never_saved(self) -> None:
        self.assert_refused(Source(code="unsaved"), because="source unsaved is no longer there")

    def test_of_what_is_published_already(self) -> None:
        source = make_source()
        stale = Source.objects.get(pk=source.pk)
        publish_all(source)
        self.assert_refused(source, because="is published already")
        self.assert_refused(stale, make_source(), because="is published already")

    def test_of_what_was_withdrawn(self) -> None:
        old = make_snapshot()
        publish_all(old)
        publish_all(correction_of(old))
        self.assert_refused(old, because="is published already")

    def test_of_two_leads_at_one_time(self) -> None:
        first = make_assignment()
        publish_all(first)
        second = make_assignment(action=first.action)
        self.assert_refused(second, because="Another body leads this action")

    def test_of_two_leads_in_one_edition(self) -> None:
        first = make_assignment()
        self.assert_refused(first, make_assignment(action=first.action), because="Another body leads this action")

    def test_does_not_meet_a_handover(self) -> None:
        first = make_assignment(ends=PartialDate.parse("2024-06-30"))
        second = make_assignment(action=first.action, starts=PartialDate.parse("2024-07-01"))
        elsewhere = make_assignment(action=first.action, area_id=first.action.area_id)
        supporting = make_assignment(action=first.action, role="support")
        publish_all(first, second, elsewhere, supporting)

    def test_of_the_same_statement_from_two_outlets(self) -> None:
        first = make_snapshot()
        again = make_snapshot(series=first.series, citation=make_citation(repeats=first.citation))
        self.assert_refused(first, again, because="already recorded for this series and period")

    def test_names_both_of_two_that_exclude_each_other(self) -> None:
        first = make_assignment()
        second = make_assignment(action=first.action)
        others = [make_assignment() for _number in range(5)]
        problems = self.problems(first, second, *others)
        assert sorted(problems) == sorted(
            f"assignment {row.code}: Another body leads this action, in this area, at this time."
            for row in (first, second)
        )

    def test_names_every_item_of_every_kind_that_the_database_refuses(self) -> None:
        statement, measure = make_snapshot(), make_measure()
        publish_all(statement, measure)
        again = [
            make_snapshot(series=statement.series, citation=make_citation(repeats=statement.citation)),
            make_measure(action=measure.action, indicator=measure.indicator),
        ]
        problems = self.problems(*again, make_snapshot(), make_source())
        assert [problem.split(":")[0] for problem in problems] == [
            f"measure {again[1].code}",
            f"metric snapshot {again[0].code}",
        ]

    def test_finds_the_one_among_many(self) -> None:
        standing = make_assignment()
        publish_all(standing)
        many = [make_assignment() for _number in range(40)]
        broken = make_assignment(action=standing.action)
        assert self.problems(*many[:20], broken, *many[20:]) == [
            f"assignment {broken.code}: Another body leads this action, in this area, at this time."
        ]

    def problems(self, *rows: Any) -> list[str]:
        """Why these are refused; nothing of them is published then."""
        before = Edition.objects.count(), EditionItem.objects.count()
        with pytest.raises(GateRefused) as refusal:
            publish(rows, reviewer(), "A try.")
        assert (Edition.objects.count(), EditionItem.objects.count()) == before
        assert not any(type(row).objects.get(pk=row.pk).is_published for row in rows)
        return refusal.value.problems

    def test_of_a_measure_recorded_twice(self) -> None:
        measure = make_measure()
        publish_all(measure)
        again = make_measure(action=measure.action, indicator=measure.indicator)
        self.assert_refused(again, because="This measure is already recorded")


class TestCorrection(TestCase):
    def test_withdraws_what_it_replaces_in_the_same_edition(self) -> None:
        old = make_snapshot()
        publish_all(old)
        new = correction_of(old)
        edition = publish_all(new)
        old.refresh_from_db()
        assert (old.withdrawn_in, new.edition) == (edition, edition)
        assert items_of(edition) == {
            ("withdrawn", "metricsnapshot", old.code),
            ("entered", "metricsnapshot", new.code),
        }

    def test_can_be_corrected_again(self) -> None:
        first = make_snapshot()
        publish_all(first)
        second = correction_of(first)
        publish_all(second)
        third = correction_of(second, value=44)
        publish_all(third)
        standing = {number: MetricSnapshot.objects.in_edition(number).get().code for number in (1, 2, 3)}
        assert standing == {1: first.code, 2: second.code, 3: third.code}

    def test_is_the_new_headline(self) -> None:
        old = make_snapshot()
        publish_all(old)
        new = correction_of(old)
        publish_all(new)
        assert Headline.objects.get().snapshot == new

    def test_hands_a_lead_over(self) -> None:
        """Withdrawn first, stamped then: the two never lead together, not even for a moment."""
        old = make_assignment()
        publish_all(old)
        new = make_assignment(action=old.action, replaces=old, reason="The wrong ministry was entered.")
        edition = publish_all(new)
        assert Assignment.objects.in_edition(edition).get() == new

    def test_of_a_draft_is_refused(self) -> None:
        draft = make_snapshot()
        with pytest.raises(GateRefused, match="not published, or is withdrawn already"):
            publish_all(correction_of(draft))
        assert not Edition.objects.exists()

    def test_is_made_once(self) -> None:
        """The first correction is the one to be corrected next."""
        old = make_snapshot()
        publish_all(old)
        publish_all(correction_of(old))
        with pytest.raises(IntegrityError, match="replaces_id"), transaction.atomic():
            correction_of(old)


class TestEditions(TestCase):
    def test_newest_is_the_last_closed_one(self) -> None:
        assert Edition.objects.newest() is None
        publish_all(make_source())
        second = publish_all(make_source())
        with open_edition():
            assert Edition.objects.newest() == second
            assert Edition.objects.closed().count() == 2

    def test_read_as_their_number(self) -> None:
        assert str(publish_all(make_source())) == "Edition 1"

    def test_of_long_ago_read_as_they_were(self) -> None:
        first = make_policy()
        publish_all(first)
        publish_all(make_policy())
        assert list(Policy.objects.in_edition(1)) == [first]
        assert Policy.objects.in_edition(2).count() == 2


class TestPublishingAtOnce(TransactionTestCase):
    """With real connections: the second person waits for the first to finish."""

    def setUp(self) -> None:
        self.person = reviewer()

    def beside(self, act: Callable[[], Any], other: Callable[[], Any]) -> list[Any]:
        """Do `other` in a thread of its own while the transaction of `act` is still open."""
        outcome: list[Any] = []

        def run() -> None:
            try:
                outcome.append(other())
            except (GateRefused, IntegrityError) as refusal:
                outcome.append(refusal)
            finally:
                connection.close()

        with transaction.atomic():
            outcome.append(act())
            thread = threading.Thread(target=run)
            thread.start()
            wait_until_somebody_waits()
        thread.join(timeout=20)
        return outcome

    def test_gives_editions_one_after_the_other(self) -> None:
        first, second = make_source(), make_source()
        editions = self.beside(
            lambda: publish([first], self.person, "First."),
            lambda: publish([second], self.person, "Second."),
        )
        assert [edition.number for edition in editions] == [1, 2]
        assert set(Source.objects.values_list("code", "edition")) == {(first.code, 1), (second.code, 2)}

    def test_publishes_one_row_once(self) -> None:
        source = make_source()
        edition, refusal = self.beside(
            lambda: publish([source], self.person, "First."),
            lambda: publish([source], self.person, "Again."),
        )
        assert isinstance(refusal, GateRefused)
        assert "is published already" in str(refusal)
        assert Edition.objects.get() == edition

    def test_a_row_refuses_the_edit_that_came_too_late(self) -> None:
        citation = make_citation()
        _edition, refusal = self.beside(
            lambda: publish([citation], self.person, "First."),
            lambda: Citation.objects.filter(pk=citation.pk).update(quotation="Altered at the last moment."),
        )
        assert isinstance(refusal, IntegrityError)
        assert Citation.objects.get().quotation == citation.quotation

    def test_a_row_enters_as_the_edit_before_left_it(self) -> None:
        """What is checked is what is stamped: publication waits for an edit that is not finished."""
        policy = make_policy()
        _count, refusal = self.beside(
            lambda: Policy.objects.filter(pk=policy.pk).update(citation=None),
            lambda: publish([policy], self.person, "First."),
        )
        assert isinstance(refusal, GateRefused)
        assert "has no citation" in str(refusal)


def wait_until_somebody_waits() -> None:
    """For a lock that this connection holds; or fail."""
    end = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(
                """SELECT count(*) FROM pg_locks
                   WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"""
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")
