"""The history that the database keeps, and the check that nothing of the guard is missing."""

import pytest
from django.core.checks import run_checks
from django.db import models, transaction
from django.test import TestCase
from django.utils import timezone

from tracker.models import (
    Change,
    Policy,
    ResponsibleBody,
)
from tracker.publishing.guard import OTHER_TRIGGERS, TRIGGERS, guard_problems, publishable_models
from tracker.tests.database import refused, sql
from tracker.tests.factories import (
    make,
    make_body,
    make_policy,
    make_source,
    publish_all,
)


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
