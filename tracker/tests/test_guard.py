"""The guard in the database: what was published stays as it is, whoever asks."""

import pytest
from django.db import connection, models
from django.db.models import ProtectedError
from django.test import TestCase
from django.utils import timezone

from tracker.models import (
    Citation,
    Edition,
    MetricSnapshot,
    Series,
    Source,
)
from tracker.publishing.guard import publishable_models
from tracker.publishing.selection import STAMPS
from tracker.tests.database import refused, sql
from tracker.tests.factories import (
    make,
    make_area,
    make_citation,
    make_series,
    make_snapshot,
    make_source,
    make_user,
    open_edition,
    publish_all,
)

CANNOT_CHANGE = "was published in edition .* and cannot change"


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
        *STAMPS.values(),
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
        before = timezone.localdate()
        found = self.as_of(str(before.year), str(before.year))
        assert found in (before.isoformat(), timezone.localdate().isoformat())  # midnight may have come

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
