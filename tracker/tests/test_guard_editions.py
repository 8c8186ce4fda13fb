"""Editions in the database: what may enter, leave and close, and when."""

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from tracker.models import (
    Edition,
    EditionItem,
    Source,
)
from tracker.publishing.recipes import NEWEST_RECIPE
from tracker.tests.database import refused, sql
from tracker.tests.factories import (
    make_source,
    make_user,
    open_edition,
    publish_all,
    reviewer,
    rolled_back,
)

ACTS = Edition.Act
# The acts whose edition lets a row get each stamp.
OPEN_TO = {
    "edition": {ACTS.PUBLICATION},
    "withdrawn_in": {ACTS.PUBLICATION, ACTS.WITHDRAWAL, ACTS.RATIFICATION},
    "suspended_in": {ACTS.SUSPENSION},
    "restored_in": {ACTS.REVERSAL},
    "redacted_in": {ACTS.REDACTION},
}


class TestMovesBetweenEditions(TestCase):
    """Every stamp of a row in every state, from what it is to every edition there is, closed and open.

    Editions 1 to 6 are closed: a publication, a withdrawal, a suspension with its reversal, a redaction, a
    suspension that still waits. Edition 7 is open, of each act in turn.
    """

    STATES = {
        "draft": {},
        "standing": {"edition": 1},
        "withdrawn": {"edition": 1, "withdrawn_in": 2},
        "restored": {"edition": 1, "suspended_in": 3, "restored_in": 4},
        "redacted": {"edition": 1, "redacted_in": 5},
        "suspended": {"edition": 1, "suspended_in": 6},
    }

    @classmethod
    def setUpTestData(cls) -> None:
        cls.rows = {state: make_source().pk for state in cls.STATES}
        another = make_user()
        history = [
            open_edition(),
            open_edition(ACTS.WITHDRAWAL),
            open_edition(ACTS.SUSPENSION),
            open_edition(ACTS.REVERSAL, ends_id=3, by=another),
            open_edition(ACTS.REDACTION, ground="court-order"),
            open_edition(ACTS.SUSPENSION),
        ]
        for act in history:
            with act as edition:
                for state, stamps in cls.STATES.items():
                    for column, number in stamps.items():
                        if number == edition.number:
                            Source.objects.filter(pk=cls.rows[state]).update(**{column: number})
        cls.another = another

    def test_are_open_to_the_act_of_the_open_edition_only(self) -> None:
        needed = {ACTS.REDACTION: {"ground": "court-order"}}
        needed |= {act: {"ends_id": 6, "by": self.another} for act in (ACTS.RATIFICATION, ACTS.REVERSAL)}
        for act in ACTS:
            with rolled_back(), open_edition(act, **needed.get(act, {})) as edition:
                assert edition.number == 7
                for state, stamps in self.STATES.items():
                    for column in OPEN_TO:
                        for number in (None, 1, 2, 3, 4, 5, 6, 7):
                            if number != stamps.get(column):
                                self.try_move(act, state, column, number)

    def try_move(self, act: Edition.Act, state: str, column: str, number: int | None) -> None:
        stamps = self.STATES[state]
        fresh = column not in stamps and ("edition" in stamps) != (column == "edition")
        of_it = act not in (ACTS.RATIFICATION, ACTS.REVERSAL) or state == "suspended"
        allowed = number == 7 and fresh and act in OPEN_TO[column] and of_it
        with self.subTest(act=act, state=state, column=column, number=number):
            try:
                with transaction.atomic():
                    Source.objects.filter(pk=self.rows[state]).update(**{column: number})
                    transaction.set_rollback(True)
            except IntegrityError:
                assert not allowed
            else:
                assert allowed

    def test_need_another_reviewer_to_end_a_suspension(self) -> None:
        for act in (ACTS.RATIFICATION, ACTS.REVERSAL):
            with self.subTest(act), refused("must end a suspension by another reviewer"), open_edition(act, ends_id=6):
                pass

    def test_end_nothing_but_suspensions(self) -> None:
        refusal = refused("must end a suspension by another reviewer")
        with refusal, open_edition(ACTS.REVERSAL, ends_id=2, by=self.another):
            pass

    def test_take_out_nothing_in_a_publication_without_another_in_its_place(self) -> None:
        with refused("leaves in edition 7, and nothing in it replaces it"), open_edition() as edition:
            Source.objects.filter(pk=self.rows["standing"]).update(withdrawn_in=edition)

    def test_back_date_no_withdrawal(self) -> None:
        source = make_source()
        first = publish_all(source)
        second = publish_all(make_source())
        for edition in (first, second):
            with self.subTest(edition.number), pytest.raises(IntegrityError), transaction.atomic():
                Source.objects.filter(pk=source.pk).update(withdrawn_in=edition)

    def test_back_date_no_redaction(self) -> None:
        source = make_source()
        publish_all(source)
        second = publish_all(make_source())
        with refused("that edition is closed"):
            Source.objects.filter(pk=source.pk).update(redacted_in=second)

    def test_bring_nothing_back(self) -> None:
        source = make_source()
        publish_all(source)
        with open_edition(ACTS.WITHDRAWAL) as edition:
            Source.objects.filter(pk=source.pk).update(withdrawn_in=edition)
        with refused("cannot change|closed"):
            Source.objects.filter(pk=source.pk).update(withdrawn_in=None)
        with open_edition() as later, refused("cannot change"):
            Source.objects.filter(pk=source.pk).update(withdrawn_in=later)


class TestEditionInTheDatabase(TestCase):
    def edition(self, **values: object) -> Edition:
        right = {
            "number": Edition.objects.count() + 1,
            "published_at": timezone.now(),
            "published_by": reviewer(),
            "summary": "A sentence.",
            "recipe": NEWEST_RECIPE,
        }
        return Edition(**right | values)

    def test_is_not_changed_once_closed(self) -> None:
        edition = publish_all(make_source())
        for change in (
            {"summary": "Another"},
            {"digest": "0" * 64},
            {"digest": None},
            {"published_at": timezone.now()},
            {"number": 9},
        ):
            with self.subTest(change), refused("edition 1 cannot change"):
                Edition.objects.filter(pk=edition.pk).update(**change)

    def test_is_not_changed_while_open_except_by_closing_it(self) -> None:
        with open_edition() as edition:
            for change in ({"number": 7}, {"summary": "Another"}, {"published_by": None}):
                with self.subTest(change), pytest.raises(IntegrityError), transaction.atomic():
                    Edition.objects.filter(pk=edition.pk).update(**change)

    def test_is_not_deleted(self) -> None:
        publish_all(make_source())
        with open_edition() as edition, refused("cannot change"):
            Edition.objects.filter(pk=edition.pk)._raw_delete("default")
        with refused("cannot change"):
            sql("DELETE FROM tracker_edition WHERE number = %s", edition.number)

    def test_is_not_inserted_closed(self) -> None:
        with refused("cannot be inserted closed"):
            self.edition(digest="0" * 64).save()

    def test_follows_the_one_before_it(self) -> None:
        for number in (2, 7):
            with self.subTest(number), refused("is out of order"):
                self.edition(number=number).save()

    def test_keeps_its_items(self) -> None:
        publish_all(make_source())
        item = EditionItem.objects.get()
        for statement in (
            "UPDATE tracker_editionitem SET digest = repeat('0', 64)",
            "DELETE FROM tracker_editionitem",
            "TRUNCATE tracker_editionitem",
        ):
            with self.subTest(statement), refused("the ledger only grows"):
                sql(statement)
        item.refresh_from_db()

    def test_takes_no_item_once_closed(self) -> None:
        edition = publish_all(make_source())
        with refused("is closed"):
            EditionItem.objects.create(
                edition=edition, act="entered", kind="source", code="late", salt="0" * 64, digest="0" * 64
            )


class TestEditionLeftOpen(TransactionTestCase):
    def test_cannot_commit(self) -> None:
        by = reviewer()
        with pytest.raises(IntegrityError, match="edition 1 was left open"), transaction.atomic():
            Edition.objects.create(number=1, published_at=timezone.now(), published_by=by, summary="S", recipe=1)
        assert not Edition.objects.exists()
