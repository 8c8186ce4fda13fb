"""Questions of readers as rows: what the database holds about them, and that they are no part of the ledger."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase

from tracker.models import Challenge, Change, Edition, EditionItem, Publishable, User
from tracker.publishing.digests import digest_file
from tracker.publishing.verify import misfits
from tracker.tests import desk
from tracker.tests.database import tables_with
from tracker.tests.factories import build, make_action, make_challenge, make_user, publish_all

State = Challenge.State


class Challenges(TestCase):
    moderator: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.action = make_action(code="anchor")
        publish_all(cls.action)
        cls.moderator = make_user("moderator")

    def refused(self, by: str, **fields: Any) -> None:
        """By the form with a sentence, and by the database whoever asks."""
        row = build(Challenge, **{"code": "anchor", **fields})
        known = {constraint.name: constraint for constraint in Challenge._meta.constraints}
        assert str(known[by].violation_error_message).endswith(".")
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            row.save()
        assert refusal.value.__cause__.diag.constraint_name == by

    def moderated(self, state: Challenge.State, **fields: Any) -> Challenge:
        row = build(Challenge, code="anchor", **fields)
        row.moderate(state, self.moderator)
        row.save()
        return row


class TestConstraints(Challenges):
    def test_each_have_a_name_and_a_sentence_for_the_clerk(self) -> None:
        for constraint in Challenge._meta.constraints:
            with self.subTest(constraint.name):
                assert constraint.name.startswith("challenge_")
                assert constraint.violation_error_message != constraint.default_violation_error_message

    def test_let_only_figures_and_actions_be_questioned(self) -> None:
        self.refused("challenge_about_figure_or_action", kind="source")
        self.refused("challenge_code_is_plain", code="An action")
        self.refused("challenge_code_is_plain", code="")

    def test_bound_the_text(self) -> None:
        self.refused("challenge_text_has_length", text="too short")
        self.refused("challenge_text_has_length", text="x" * 2001)
        self.refused("challenge_shown_has_length", shown="x" * 2001)
        assert make_challenge(text="ہ" * 2000).pk

    def test_take_only_addresses_of_the_web(self) -> None:
        for address in ("javascript:alert(1)", "ftp://example.org", "https://", "https://a b", "xhttps://a"):
            with self.subTest(address):
                self.refused("challenge_source_on_the_web", source_url=address)

    def test_publish_no_source_that_there_is_not(self) -> None:
        self.refused("challenge_source_shown_if_given", show_source=True)

    def test_let_nothing_leave_the_queue_by_itself(self) -> None:
        self.refused("challenge_moderated_by_somebody", moderated_by=self.moderator)
        self.refused("challenge_moderated_by_somebody", state=State.PUBLISHED, published_at="2026-11-22T12:00+05:00")

    def test_tie_the_times_to_the_state(self) -> None:
        by = {"moderated_by": self.moderator}
        self.refused("challenge_published_has_time", state=State.PUBLISHED, **by)
        self.refused("challenge_published_has_time", published_at="2026-11-22T12:00+05:00")
        self.refused("challenge_answered_has_answer", answered_at="2026-11-22T12:00+05:00")
        published = {"published_at": "2026-11-22T12:00+05:00", **by}
        self.refused("challenge_answered_has_answer", state=State.ANSWERED, **published)
        self.refused(
            "challenge_answered_has_answer", state=State.ANSWERED, answered_at="2026-11-22T12:00+05:00", **published
        )
        self.refused("challenge_answered_has_answer", state=State.PUBLISHED, answer="So it is.", **published)
        self.refused("challenge_answered_has_answer", state=State.PUBLISHED, answer_ur="ہاں", **published)

    def test_want_a_reason_for_declining(self) -> None:
        self.refused("challenge_declined_has_note", state=State.DECLINED, moderated_by=self.moderator)

    def test_keep_a_form_and_the_same_words_once(self) -> None:
        first = make_challenge(code="anchor")
        self.refused("challenge_sent_once", form=first.form)
        self.refused("challenge_said_once", text=first.text)
        assert make_challenge(code="anchor", kind=Challenge.Kind.FIGURE, text=first.text).pk
        assert make_challenge(code="another", text=first.text).pk


class TestModeration(Challenges):
    def test_moves_through_every_state_and_back(self) -> None:
        row = make_challenge(code="anchor", note="Off the point.", answer="It is so.")
        for state in (State.DECLINED, State.ANSWERED, State.NEW, State.ANSWERED, State.DECLINED):
            row.moderate(state, self.moderator)
            row.save()
            row.refresh_from_db()
            with self.subTest(state):
                assert (row.moderated_by is None) == (state == State.NEW)
                assert (row.published_at is not None) == row.is_public
                assert (row.answered_at is not None) == (state == State.ANSWERED)

    def test_keeps_the_time_of_the_first_publication(self) -> None:
        row = self.moderated(State.PUBLISHED)
        first = row.published_at
        row.answer = "Because."
        row.moderate(State.ANSWERED, self.moderator)
        row.save()
        assert row.published_at == first

    def test_leaves_the_original_as_it_was_sent(self) -> None:
        row = self.moderated(State.PUBLISHED, text="The officer N. N. made it up.", shown="It is made up.")
        assert row.public_text == "It is made up."
        assert row.text == "The officer N. N. made it up."
        assert self.moderated(State.PUBLISHED, text="Who counted this?").public_text == "Who counted this?"

    def test_makes_public_what_was_published_or_answered_alone(self) -> None:
        make_challenge(code="anchor")
        self.moderated(State.DECLINED, note="Off the point.")
        shown = {self.moderated(State.PUBLISHED), self.moderated(State.ANSWERED, answer="So.")}
        assert set(Challenge.objects.public()) == shown


class TestOutsideTheLedger(Challenges):
    def test_is_nothing_that_is_published_in_editions(self) -> None:
        assert not issubclass(Challenge, Publishable)

    def test_leaves_editions_digests_and_history_as_they_are(self) -> None:
        edition = Edition.objects.newest()
        before = (digest_file(edition), Change.objects.count(), EditionItem.objects.count())
        row = self.moderated(State.ANSWERED, answer="So it is.")
        row.answer = "So it was."
        row.save()
        row.delete()
        assert (digest_file(edition), Change.objects.count(), EditionItem.objects.count()) == before
        assert list(misfits()) == []

    def test_is_gone_from_every_table_when_it_is_deleted(self) -> None:
        """From the log of the desk too, which keeps what the row is called."""
        words = "Zafarwal-7431 wrote this in anger."
        row = make_challenge(code="anchor", text=words, shown="Zafarwal-7431 asks", answer="Zafarwal-7431, no.")
        client = desk.signed_in(desk.reviewing())
        desk.fill(client, desk.address(row), press="publish", note="About Zafarwal-7431")
        assert tables_with("Zafarwal-7431") == {"tracker_challenge"}
        client.post(desk.address(row, "delete"), {"post": "yes"})
        assert tables_with("Zafarwal-7431") == set()

    def test_names_nobody(self) -> None:
        columns = {field.name for field in Challenge._meta.concrete_fields}
        assert columns == {
            *("id", "kind", "code", "edition", "text", "source_url", "language", "received", "form"),
            *("state", "shown", "show_source", "answer", "answer_ur", "note"),
            *("moderated_by", "published_at", "answered_at", "version"),
        }
        assert Challenge._meta.get_field("received").get_internal_type() == "DateField"
