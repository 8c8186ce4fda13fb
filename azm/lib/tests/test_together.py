"""Changes of the schema that are made together are the same as one after the other."""

from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.test import TestCase

from azm.lib.together import Together


def changes() -> list[Operation]:
    return [
        migrations.AddField("pen", "colour", models.CharField(max_length=9, default="green")),
        migrations.AddField("pen", "length", models.IntegerField(null=True)),
        migrations.RemoveConstraint("pen", "pen_named"),
        migrations.AddConstraint("pen", models.CheckConstraint(condition=models.Q(length__gt=0), name="pen_long")),
    ]


class TogetherTests(TestCase):
    def before(self) -> ProjectState:
        state = ProjectState()
        named = models.CheckConstraint(condition=~models.Q(name=""), name="pen_named")
        fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9))]
        return self.move(migrations.CreateModel("Pen", fields, {"constraints": [named]}), state, state.clone())

    def move(self, operation: Operation, before: ProjectState, after: ProjectState) -> ProjectState:
        operation.state_forwards("desk", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("desk", editor, before, after)
        return after

    def table(self) -> tuple[list[str], set[str]]:
        with connection.cursor() as cursor:
            columns = [column.name for column in connection.introspection.get_table_description(cursor, "desk_pen")]
            return columns, set(connection.introspection.get_constraints(cursor, "desk_pen"))

    def test_are_made_to_the_table(self) -> None:
        before = self.before()
        self.move(Together(*changes()), before, before.clone())
        columns, constraints = self.table()
        self.assertEqual(columns, ["id", "name", "colour", "length"])
        self.assertIn("pen_long", constraints)
        self.assertNotIn("pen_named", constraints)

    def test_leave_the_state_that_they_leave_one_by_one(self) -> None:
        together = self.before()
        one_by_one = together.clone()
        Together(*changes()).state_forwards("desk", together)
        for change in changes():
            change.state_forwards("desk", one_by_one)
        self.assertEqual(together, one_by_one)

    def test_are_taken_back(self) -> None:
        before = self.before()
        as_it_was = self.table()
        after = self.move(Together(*changes()), before, before.clone())
        with connection.schema_editor() as editor:
            Together(*changes()).database_backwards("desk", editor, after, before)
        self.assertEqual(self.table(), as_it_was)
