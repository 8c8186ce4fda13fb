"""The guard in the database: what was published stays as it is, whoever asks, and every edit is remembered."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.test import TestCase, TransactionTestCase
from django.utils import timezone

from tracker.models import (
    Change,
    Citation,
    Edition,
    EditionItem,
    MetricSnapshot,
    Policy,
    ResponsibleBody,
    Series,
    Source,
)
from tracker.publishing.guard import OTHER_TRIGGERS, TRIGGERS, guard_problems, publishable_models
from tracker.publishing.recipes import NEWEST_RECIPE
from tracker.tests.factories import (
    make,
    make_area,
    make_body,
    make_citation,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_user,
    open_edition,
    publish_all,
    reviewer,
)

CANNOT_CHANGE = "was published in edition .* and cannot change"


@contextmanager
def refused(because: str) -> Iterator[None]:
    """The database says no, as an IntegrityError with a sentence; the test's transaction goes on."""
    with pytest.raises(IntegrityError, match=because) as refusal, transaction.atomic():
        yield
    assert refusal.value.__cause__.sqlstate == "23001"  # restrict_violation


def sql(statement: str, *parameters: object) -> None:
    if statement.startswith("TRUNCATE"):
        connection.check_constraints()  # PostgreSQL truncates nothing that has checks outstanding
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


class TestPublishedRow(TestCase):
    source: Source
    citation: Citation

    @classmethod
    def setUpTestData(cls) -> None:
        cls.citation = make_citation()
        cls.source = cls.citation.source
        publish_all(cls.citation)

    def setUp(self) -> None:
        self.source.refresh_from_db()

    def test_is_not_saved_with_a_change(self) -> None:
        self.source.title = "Another title"
        with refused(CANNOT_CHANGE):
            self.source.save()

    def test_may_be_saved_without_a_change(self) -> None:
        """As a form with unchanged rows does."""
        self.source.save()

    def test_is_not_updated(self) -> None:
        with refused(CANNOT_CHANGE):
            Source.objects.filter(pk=self.source.pk).update(url="https://example.org/other")

    def test_is_not_updated_in_bulk(self) -> None:
        self.source.publisher = "Another"
        with refused(CANNOT_CHANGE):
            Source.objects.bulk_update([self.source], ["publisher"])

    def test_is_not_overwritten_by_an_upsert(self) -> None:
        again = Source(code=self.source.code, publisher="Another", title="Another", kind="news")
        with refused(CANNOT_CHANGE):
            Source.objects.bulk_create(
                [again], update_conflicts=True, unique_fields=["code"], update_fields=["publisher"]
            )

    def test_is_not_updated_in_raw_sql(self) -> None:
        with refused(CANNOT_CHANGE):
            sql("UPDATE tracker_source SET title = 'Another' WHERE id = %s", self.source.pk)

    def test_is_not_deleted(self) -> None:
        with refused(CANNOT_CHANGE):
            self.citation.delete()

    def test_is_not_deleted_in_bulk(self) -> None:
        with refused(CANNOT_CHANGE):
            Citation.objects.filter(pk=self.citation.pk).delete()

    def test_is_not_deleted_past_djangos_protection(self) -> None:
        with refused(CANNOT_CHANGE):
            Citation.objects.filter(pk=self.citation.pk)._raw_delete("default")

    def test_is_not_deleted_in_raw_sql(self) -> None:
        with refused(CANNOT_CHANGE):
            sql("DELETE FROM tracker_citation WHERE id = %s", self.citation.pk)

    def test_is_not_deleted_with_its_parent(self) -> None:
        with pytest.raises(ProtectedError):
            self.source.delete()

    def test_is_not_truncated(self) -> None:
        with refused("TRUNCATE on .* is refused"):
            sql("TRUNCATE tracker_statement")
        with refused("TRUNCATE on .* is refused"):
            sql("TRUNCATE tracker_source CASCADE")

    def test_is_not_truncated_through_what_it_points_at(self) -> None:
        for table in ("tracker_user", "provinces_area", "tracker_series", "tracker_edition"):
            with self.subTest(table), refused("TRUNCATE on .* is refused"):
                sql(f"TRUNCATE {table} CASCADE")

    def test_keeps_its_stage_its_author_and_its_code(self) -> None:
        for change in (
            {"stage": "returned"},
            {"entered_by": make_user()},
            {"code": "other"},
            {"entered_at": timezone.now()},
        ):
            with self.subTest(change), refused(CANNOT_CHANGE):
                Source.objects.filter(pk=self.source.pk).update(**change)

    def test_cannot_become_a_draft_again(self) -> None:
        with refused("cannot change"):
            Source.objects.filter(pk=self.source.pk).update(edition=None)

    def test_is_mended_in_mendable_columns(self) -> None:
        Source.objects.filter(pk=self.source.pk).update(title_ur="ایک خبر", note="Archived copy kept.")
        self.source.refresh_from_db()
        assert self.source.title_ur == "ایک خبر"
        assert Source.objects.search("archived").get() == self.source

    def test_is_not_mended_together_with_another_column(self) -> None:
        with refused(CANNOT_CHANGE):
            Source.objects.filter(pk=self.source.pk).update(note="Mended.", title="And changed")

    def test_counts_its_versions(self) -> None:
        """The forms' protection against overwriting each other works for mendable columns, too."""
        Source.objects.filter(pk=self.source.pk).update(version=2, note="Mended.")


class TestEveryColumnOfEveryModel(TestCase):
    """Each column of a published row, tried one by one in SQL, with all constraints out of the guard's way."""

    # The numbers of editions and what the database derives have tests of their own.
    ELSEWHERE = {
        "id",
        "edition",
        "withdrawn_in",
        "redacted_in",
        "search",
        "metricsnapshot.origin",
        "metricsnapshot.as_of",
    }

    def test_is_mendable_or_frozen_as_its_model_says(self) -> None:
        rows = [make(model) for model in publishable_models()]
        publish_all(*rows)
        drop_constraints([row._meta.db_table for row in rows])
        for row in rows:
            for field in row._meta.concrete_fields:
                if {field.name, f"{row._meta.model_name}.{field.name}"} & self.ELSEWHERE:
                    continue
                with self.subTest(kind=row._meta.model_name, column=field.name):
                    change = f'UPDATE {row._meta.db_table} SET "{field.column}" = {another(field)} WHERE id = {row.pk}'
                    if field.name in {*row.MENDABLE, "version"}:
                        sql(change)
                    else:
                        with refused(CANNOT_CHANGE):
                            sql(change)

    def test_that_the_database_derives_cannot_be_set(self) -> None:
        snapshot = make_snapshot()
        publish_all(snapshot)
        sql("UPDATE tracker_metricsnapshot SET as_of = '2020-01-01', origin_id = NULL WHERE id = %s", snapshot.pk)
        as_published = (snapshot.as_of, snapshot.origin_id)
        snapshot.refresh_from_db()
        assert (snapshot.as_of, snapshot.origin_id) == as_published


def drop_constraints(tables: list[str]) -> None:
    """Until the test is rolled back: constraints are checked before the guard, and would answer in its place."""
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass, quote_ident(conname) FROM pg_constraint
               WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('c', 'f', 'u', 'x')""",
            [tables],
        )
        for table, constraint in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


def another(field: models.Field) -> str:
    """SQL for a value that is not in the column yet."""
    key = field.target_field if field.is_relation else field
    match key.db_type(connection).partition("(")[0]:
        case "boolean":
            return f"NOT coalesce({field.column}, false)"
        case "bigint" | "integer" | "smallint" | "numeric":
            return f"coalesce({field.column}, 0) + 1"
        case "date":
            return f"coalesce({field.column}, '2024-01-01') + 1"
        case "timestamp with time zone":
            return f"{field.column} + interval '1 second'"
        case "partial_date":
            return "'[2023-01-01,2024-01-01)'"
        case "varchar" | "text":
            return "'z'"
    raise AssertionError(f"no other value for {field}")


class TestDraft(TestCase):
    def test_is_edited_and_deleted_freely(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                row = make(model)
                model.objects.filter(pk=row.pk).update(stage="submitted")
                row.delete()

    def test_beside_published_rows_stays_a_draft(self) -> None:
        citation = make_citation()
        publish_all(citation.source)
        citation.quotation = "Edited."
        citation.save()


class TestEntry(TestCase):
    def closed(self) -> Edition:
        return publish_all(make_source())

    def test_into_a_closed_edition_is_refused(self) -> None:
        edition = self.closed()
        for model in publishable_models():
            row = make(model)
            with self.subTest(model.__name__), refused("that edition is closed"):
                model.objects.filter(pk=row.pk).update(edition=edition)

    def test_by_insert_into_a_closed_edition_is_refused(self) -> None:
        with refused("that edition is closed"):
            make_source(edition=self.closed())

    def test_by_bulk_insert_into_a_closed_edition_is_refused(self) -> None:
        edition = self.closed()
        with refused("that edition is closed"):
            Source.objects.bulk_create([Source(code="late", publisher="P", title="T", kind="news", edition=edition)])

    def test_into_an_edition_that_does_not_exist_is_refused(self) -> None:
        with refused("that edition is closed"):
            make_source(edition_id=99)

    def test_into_an_open_edition_is_possible(self) -> None:
        source = make_source()
        with open_edition() as edition:
            Source.objects.filter(pk=source.pk).update(edition=edition)


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


class TestSeries(TestCase):
    def test_is_never_moved_to_another_area_or_indicator(self) -> None:
        """Published figures stand in it, and would move along."""
        snapshot = make_snapshot()
        publish_all(snapshot)
        with refused("the ledger only grows"):
            Series.objects.filter(pk=snapshot.series_id).update(area=make_area("PK-SD"))

    def test_with_figures_is_not_deleted(self) -> None:
        snapshot = make_snapshot()
        with pytest.raises(ProtectedError):
            snapshot.series.delete()

    def test_without_any_is_deleted(self) -> None:
        make_series().delete()


class TestHistory(TestCase):
    def changes(self, row: models.Model) -> list[Change]:
        return list(Change.objects.filter(table=row._meta.db_table, row=row.pk).order_by("id"))

    def test_has_a_line_for_each_operation_on_every_table(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                row = make(model, stage="draft")
                pk = row.pk
                model.objects.filter(pk=pk).update(stage="submitted")
                row.delete()
                row.pk = pk
                created, updated, deleted = self.changes(row)
                assert (created.op, updated.op, deleted.op) == ("I", "U", "D")
                assert created.was is None
                assert updated.was["stage"] == "draft"
                assert deleted.was["stage"] == "submitted"

    def test_has_a_line_for_raw_sql(self) -> None:
        body = make_body(name="Before")
        sql("UPDATE tracker_responsiblebody SET name = 'After' WHERE id = %s", body.pk)
        assert self.changes(body)[-1].was["name"] == "Before"

    def test_names_the_person_that_the_application_told(self) -> None:
        sql("SELECT set_config('azm.user', '42', true)")
        assert self.changes(make_source())[-1].who == 42

    def test_names_nobody_if_nobody_was_told(self) -> None:
        assert self.changes(make_source())[-1].who is None
        sql("SELECT set_config('azm.user', '', true)")
        assert self.changes(make_source())[-1].who is None

    def test_tells_when(self) -> None:
        before = timezone.now()
        change = self.changes(make_source())[-1]
        assert abs((change.at - before).total_seconds()) < 60

    def test_keeps_what_was_mended_on_a_published_row(self) -> None:
        policy = make_policy(name="Old name")
        publish_all(policy)
        Policy.objects.filter(pk=policy.pk).update(name="New name")
        assert self.changes(policy)[-1].was["name"] == "Old name"

    def test_leaves_out_the_search_document(self) -> None:
        body = make_body()
        ResponsibleBody.objects.filter(pk=body.pk).update(name="After")
        assert "search" not in self.changes(body)[-1].was

    def test_is_not_written_by_hand(self) -> None:
        with pytest.raises(TypeError):
            Change(table="tracker_source", row=1, op="U").save()

    def test_is_never_changed(self) -> None:
        make_source()
        for statement in (
            "UPDATE tracker_change SET who = 1",
            "DELETE FROM tracker_change",
            "TRUNCATE tracker_change",
        ):
            with self.subTest(statement), refused("the ledger only grows"):
                sql(statement)


class TestGuardProblems(TestCase):
    """The check that a system start and the tests ask: is the guard as the models need it?"""

    def told(self) -> list[str]:
        return list(guard_problems())

    def checked(self) -> list[str]:
        return [message.msg for message in run_checks(databases=["default"]) if message.id == "tracker.E002"]

    def broken_by(self, statement: str, needle: str) -> None:
        with transaction.atomic():
            sql(statement)
            assert [problem for problem in self.told() if needle in problem], self.told()
            assert self.told() == self.checked()
            transaction.set_rollback(True)

    def test_are_none(self) -> None:
        assert self.told() == []
        assert self.checked() == []

    def test_tell_of_a_missing_trigger(self) -> None:
        tables = {model._meta.db_table: TRIGGERS for model in publishable_models()}
        self.broken_by("DROP TRIGGER ledger_frozen_update ON tracker_source", "tracker_source is not guarded")
        with transaction.atomic():
            for table, triggers in [*tables.items(), *OTHER_TRIGGERS.items()]:
                for trigger in sorted(triggers):
                    sql(f"DROP TRIGGER {trigger} ON {table}")
                    assert any(table in problem and trigger in problem for problem in self.told()), (table, trigger)
            transaction.set_rollback(True)

    def test_tell_of_a_disabled_trigger(self) -> None:
        self.broken_by("ALTER TABLE tracker_target DISABLE TRIGGER ledger_change", "ledger_change missing or disabled")
        self.broken_by("ALTER TABLE tracker_edition DISABLE TRIGGER edition_final", "edition_final missing or disabled")

    def test_tell_of_other_mendable_columns_than_the_model_names(self) -> None:
        self.broken_by(
            "CALL ledger_attach('tracker_source', 'title_ur', 'title')", "lets ['title', 'title_ur'] be mended"
        )

    def test_tell_of_a_new_model_whose_table_is_not_attached(self) -> None:
        statements = [f"DROP TRIGGER {name} ON tracker_statement" for name in sorted(TRIGGERS)]
        self.broken_by("; ".join(statements), "tracker_statement is not guarded: ledger_change")


class TestSnapshotInTheDatabase(TestCase):
    """What the database derives for a figure, whoever writes it."""

    def test_counts_a_repetition_as_its_original(self) -> None:
        original = make_citation()
        snapshot = make_snapshot(citation=make_citation(repeats=original))
        snapshot.refresh_from_db()
        assert snapshot.origin == original

    def test_is_as_of_the_last_day_of_its_period(self) -> None:
        assert self.as_of("2024-01-01", "2024-06") == "2024-06-30"

    def test_is_as_of_its_publication_if_the_period_is_unstated(self) -> None:
        assert self.as_of(None, None, source=make_source(published="2024-07")) == "2024-07-31"

    def test_is_never_as_of_a_day_after_it_was_entered(self) -> None:
        today = timezone.localdate()
        assert self.as_of(str(today.year), str(today.year)) == today.isoformat()

    def test_is_as_of_the_day_of_a_search_that_found_nothing(self) -> None:
        snapshot = make_snapshot(
            status="not-found", value=None, no_value_reason="None published.", period_start=None, period_end=None,
            citation=None, searched_on="2024-09-01", searched_where="the yearbook",
        )  # fmt: skip
        snapshot.refresh_from_db()
        assert snapshot.as_of.isoformat() == "2024-09-01"
        assert snapshot.origin is None

    def as_of(self, start: str | None, end: str | None, source: Source | None = None) -> str:
        citation = make_citation(source=source or make_source())
        pk = make_snapshot(period_start=start, period_end=end, citation=citation).pk
        return MetricSnapshot.objects.get(pk=pk).as_of.isoformat()
