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
    open_edition,
    publish_all,
    reviewer,
)


class TestMovesBetweenEditions(TestCase):
    """Every pair of (entered in, withdrawn in) to every other: of all these moves only two are open.

    Editions 1 and 2 are closed, 3 is open. A row may enter in 3, and one that entered may leave in 3.
    """

    NUMBERS = (None, 1, 2, 3)

    def test_go_from_nothing_to_the_open_edition_only(self) -> None:
        rows = self.rows_by_state()
        with open_edition() as edition:
            assert edition.number == 3
            for before, pk in rows.items():
                for after in [(e, w) for e in self.NUMBERS for w in self.NUMBERS]:
                    if after != before:
                        self.try_move(pk, before, after)

    def rows_by_state(self) -> dict[tuple[int | None, int | None], int]:
        states = {(None, None), (1, None), (2, None), (1, 2)}
        rows = {state: make_source() for state in states}
        for number in (1, 2):
            with open_edition() as edition:
                for (entered, left), row in rows.items():
                    if entered == number:
                        Source.objects.filter(pk=row.pk).update(edition=edition)
                    if left == number:
                        Source.objects.filter(pk=row.pk).update(withdrawn_in=edition)
        return {state: row.pk for state, row in rows.items()}

    def try_move(self, pk: int, before: tuple[int | None, int | None], after: tuple[int | None, int | None]) -> None:
        allowed = after == (3, None) if before == (None, None) else before[1] is None and after == (before[0], 3)
        with self.subTest(before=before, after=after):
            try:
                with transaction.atomic():
                    Source.objects.filter(pk=pk).update(edition=after[0], withdrawn_in=after[1])
                    transaction.set_rollback(True)
            except IntegrityError:
                assert not allowed
            else:
                assert allowed

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
        with open_edition() as edition:
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
