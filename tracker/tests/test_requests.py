"""Requests: one person asks that published rows be withdrawn or redacted, another carries it out or declines."""

from typing import Any

import pytest
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from tracker.models import REDACTED, Edition, MetricSnapshot, Request, RequestedRow, Source
from tracker.publishing import GateRefused, redact, requests, suspend, withdraw
from tracker.publishing.requests import ask, carry_out, decline, repeated
from tracker.publishing.seen import fingerprint
from tracker.publishing.selection import by_model
from tracker.publishing.verify import misfits
from tracker.tests.database import refused, sql
from tracker.tests.factories import (
    asker,
    make_citation,
    make_snapshot,
    make_source,
    make_update,
    make_user,
    publish_all,
    reviewer,
)


def seen(*rows: Any) -> str:
    return fingerprint(by_model(rows))


class Requests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.snapshot = make_snapshot()
        publish_all(cls.snapshot)

    def ask(self, *rows: Any, act: str = "withdrawal", **words: Any) -> Request:
        words = {"reason": "The source took it back.", "reason_ur": "", **words}
        if act == "redaction":
            words.setdefault("ground", "court-order")
        return ask(rows or [self.snapshot], asker(), act, **words)

    def carry_out(self, request: Request, by: Any = None) -> Edition:
        return carry_out(request, by or reviewer(), seen=seen(*requests.rows_of(request)))


class TestAsking(Requests):
    def test_changes_nothing_that_is_published(self) -> None:
        request = self.ask()
        assert request.is_waiting
        assert list(Request.objects.waiting()) == [request]
        assert Edition.objects.count() == 1
        assert MetricSnapshot.objects.standing().filter(pk=self.snapshot.pk).exists()

    def test_keeps_the_rows_by_kind_and_code(self) -> None:
        request = self.ask(self.snapshot, self.snapshot.citation, self.snapshot.citation.source)
        assert set(request.rows.values_list("kind", "code")) == {
            ("metricsnapshot", self.snapshot.code),
            ("citation", self.snapshot.citation.code),
            ("source", self.snapshot.citation.source.code),
        }
        assert set(requests.rows_of(request)) == {
            self.snapshot,
            self.snapshot.citation,
            self.snapshot.citation.source,
        }

    def test_for_a_row_twice_is_refused_while_the_first_waits(self) -> None:
        first = self.ask()
        for act in ("withdrawal", "redaction"):
            with self.subTest(act), pytest.raises(GateRefused, match=rf"asked for already \({first}\)"):
                self.ask(act=act)
        decline(first, reviewer(), "The source stands by it.")
        assert self.ask().is_waiting

    def test_is_refused_where_the_act_would_be(self) -> None:
        with pytest.raises(GateRefused, match="does not stand"):
            self.ask(make_snapshot())
        with pytest.raises(GateRefused, match="rests on it and stands"):
            self.ask(self.snapshot.citation)
        with pytest.raises(GateRefused, match="Say in a sentence why"):
            self.ask(reason=" ")
        with pytest.raises(GateRefused, match="Nothing is selected"):
            ask([], asker(), "withdrawal", "A reason.")
        redact([self.snapshot], reviewer(), "A reason.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        with pytest.raises(GateRefused, match="redacted already"):
            self.ask(act="redaction")
        assert not Request.objects.exists()

    def test_for_a_redaction_needs_a_ground(self) -> None:
        with pytest.raises(GateRefused, match="names its ground"):
            self.ask(act="redaction", ground="")

    def test_for_a_redaction_leaves_what_rests_on_the_row(self) -> None:
        request = self.ask(self.snapshot.citation, act="redaction")
        assert [row.code for row in request.rows.all()] == [self.snapshot.citation.code]

    def test_is_refused_if_the_rows_changed_since_they_were_shown(self) -> None:
        shown = seen(self.snapshot)
        MetricSnapshot.objects.filter(pk=self.snapshot.pk).update(version=2, note_ur="ترمیم")
        with pytest.raises(GateRefused, match="look again"):
            self.ask(seen=shown)

    def test_is_refused_if_more_would_go_than_was_shown(self) -> None:
        citation = make_citation()
        publish_all(citation)
        shown = seen(citation)
        publish_all(make_snapshot(citation=citation))
        with pytest.raises(GateRefused, match="look again"):
            self.ask(citation, seen=shown)


class TestCarryingOut(Requests):
    def test_a_withdrawal_withdraws_for_the_reason_that_was_given(self) -> None:
        request = self.ask(reason_ur="ماخذ نے واپس لیا")
        edition = self.carry_out(request)
        request.refresh_from_db()
        assert (edition.act, edition.summary, edition.summary_ur) == (
            "withdrawal",
            "The source took it back.",
            "ماخذ نے واپس لیا",
        )
        assert (edition.asked_by, edition.published_by, request.edition) == (asker(), reviewer(), edition)
        assert not MetricSnapshot.objects.standing().exists()
        assert list(misfits()) == []

    def test_a_redaction_redacts_on_the_ground_that_was_given(self) -> None:
        edition = self.carry_out(self.ask(act="redaction", ground="personal-data"))
        self.snapshot.refresh_from_db()
        assert (edition.act, edition.ground, self.snapshot.redacted_in) == ("redaction", "personal-data", edition)

    def test_takes_another_person(self) -> None:
        request = self.ask()
        with pytest.raises(GateRefused, match="another reviewer must carry it out"):
            self.carry_out(request, asker())
        assert Request.objects.waiting().exists()

    def test_happens_once(self) -> None:
        request = self.ask()
        self.carry_out(request)
        with pytest.raises(GateRefused, match="was carried out already, in edition 2"):
            self.carry_out(request)
        with pytest.raises(GateRefused, match="was carried out already, in edition 2"):
            decline(request, reviewer(), "No.")

    def test_is_refused_if_a_row_has_left_meanwhile(self) -> None:
        request, shown = self.ask(), seen(self.snapshot)
        correction = make_snapshot(series=self.snapshot.series, replaces=self.snapshot, reason="A slip.")
        publish_all(correction)
        with pytest.raises(GateRefused, match="look again"):
            carry_out(request, reviewer(), seen=shown)
        with pytest.raises(GateRefused, match="does not stand"):
            self.carry_out(request)

    def test_is_refused_if_something_has_come_to_rest_on_a_row(self) -> None:
        citation = make_citation()
        publish_all(citation)
        request = self.ask(citation)
        publish_all(make_snapshot(citation=citation))
        with pytest.raises(GateRefused, match="rests on it and stands"):
            self.carry_out(request)
        assert Request.objects.waiting().exists()

    def test_of_a_row_that_was_suspended_meanwhile_is_no_obstacle(self) -> None:
        request = self.ask()
        suspend([self.snapshot], make_user(), "At once.")
        assert self.carry_out(request).number == 3


class TestDeclining(Requests):
    def test_leaves_the_rows_and_tells_why(self) -> None:
        request = decline(self.ask(), reviewer(), "The source stands by it.")
        assert (request.declined_by, request.answer) == (reviewer(), "The source stands by it.")
        assert not Request.objects.waiting().exists()
        assert Edition.objects.count() == 1

    def test_needs_another_person_and_an_answer(self) -> None:
        request = self.ask()
        with pytest.raises(GateRefused, match="another reviewer must answer it"):
            decline(request, asker(), "No.")
        with pytest.raises(GateRefused, match="Say why"):
            decline(request, reviewer(), " ")

    def test_happens_once(self) -> None:
        request = self.ask()
        decline(request, reviewer(), "No.")
        for again in (lambda: decline(request, reviewer(), "No."), lambda: self.carry_out(request)):
            with pytest.raises(GateRefused, match="was declined already"):
                again()

    def test_what_was_said_goes_with_the_row_when_it_is_redacted(self) -> None:
        """A request is declined for repeating what it asks to remove; another then says it properly."""
        request = self.ask(act="redaction", reason="It names Somebody.", reason_ur="نام")
        decline(request, reviewer(), "Ask again without naming Somebody.")
        other = decline(self.ask(make_other()), reviewer(), "No.")
        self.carry_out(self.ask(act="redaction", reason="It names a private person."))
        request.refresh_from_db()
        other.refresh_from_db()
        assert {request.reason, request.reason_ur, request.answer} == {REDACTED}
        assert other.reason == "The source took it back."


def make_other() -> Source:
    source = make_source()
    publish_all(source)
    return source


class TestTheDatabase(Requests):
    def test_keeps_a_request_as_it_was_asked(self) -> None:
        request = self.ask()
        for column, value in (("reason", "Another."), ("act", "redaction"), ("asked_by", reviewer())):
            with self.subTest(column), refused("cannot change"):
                more = {"ground": "court-order"} if column == "act" else {}
                Request.objects.filter(pk=request.pk).update(**{column: value}, **more)
        with refused("cannot change"):
            sql("DELETE FROM tracker_request WHERE id = %s", request.pk)
        with refused("the ledger only grows"):
            sql("TRUNCATE tracker_request CASCADE")

    def test_ends_it_only_in_an_edition_of_what_it_asked_for(self) -> None:
        request = self.ask()
        source = make_other()
        for edition in (
            Edition.objects.first(),
            withdraw([source], reviewer(), "Another matter.", asked_by=asker()),
        ):
            with self.subTest(edition), refused("cannot change"):
                Request.objects.filter(pk=request.pk).update(edition=edition)

    def test_ends_it_once(self) -> None:
        request = decline(self.ask(), reviewer(), "No.")
        for change in ({"answer": "Yes."}, {"declined_by": None, "declined_at": None, "answer": ""}):
            with self.subTest(change), refused("cannot change"):
                Request.objects.filter(pk=request.pk).update(**change)

    def test_keeps_its_rows(self) -> None:
        request = self.ask()
        row = request.rows.get()
        rows = RequestedRow.objects.filter(pk=row.pk)
        for change in ({"code": "another"}, {"ended": True}):
            with self.subTest(change), refused("its rows are those that were asked for"):
                rows.update(**change)
        with refused("its rows are those that were asked for"):
            rows.delete()
        decline(request, reviewer(), "No.")
        with refused("its rows are those that were asked for"):
            rows.update(ended=False)
        with refused("its rows are those that were asked for"):
            RequestedRow.objects.create(request=request, kind="source", code="another")
        with refused("the ledger only grows"):
            sql("TRUNCATE tracker_requestedrow")

    def test_holds_that_a_row_is_asked_for_once_past_the_application(self) -> None:
        self.ask()
        request = Request.objects.create(
            act="withdrawal", reason="A reason.", asked_by=asker(), asked_at=timezone.now()
        )
        with pytest.raises(Exception, match="requestedrow_asked_for_once"), transaction.atomic():
            request.rows.create(kind="metricsnapshot", code=self.snapshot.code)


class TestRepeatedWords(TestCase):
    def test_are_runs_that_a_reason_shares_with_a_row(self) -> None:
        row = make_update(account="Gul Khan of Mingora was detained, says the police.")
        reason = "It named gul  khan, of Mingora; the police asked for it, and of the rest we say nothing."
        assert repeated(reason, [row]) == ["gul khan of mingora", "the police"]

    def test_are_whole_texts_of_one_word(self) -> None:
        citation = make_citation(speaker="Zardar")
        assert repeated("Zardar complained.", [citation]) == ["zardar"]
        assert repeated("A private person complained.", [citation]) == []

    def test_are_found_in_urdu(self) -> None:
        row = make_update(account_ur="گل خان کو حراست میں لیا گیا")
        assert repeated("گل خان کا نام تھا", [row]) == ["گل خان"]

    def test_are_none_in_a_reason_of_its_own_words(self) -> None:
        row = make_update(account="Gul Khan of Mingora was detained.")
        assert repeated("It held personal data.", [row]) == []
        assert repeated("", [row]) == []
