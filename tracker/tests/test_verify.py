"""Verification finds what somebody with every right over the database altered, and names it."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase

from tracker.models import Edition
from tracker.publishing.verify import misfits
from tracker.tests.factories import make_snapshot, publish_all


def behind_the_guards_back(statement: str, *parameters: object) -> None:
    """As a superuser who switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


class VerificationTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.first = make_snapshot(value="217")
        publish_all(cls.first)
        cls.correction = make_snapshot(
            value="271",
            series=cls.first.series,
            citation=cls.first.citation,
            replaces=cls.first,
            period_end="2024-05-31",
            reason="The month slipped.",
        )
        publish_all(cls.correction)

    def found(self) -> list[str]:
        return [str(misfit) for misfit in misfits()]

    def test_finds_nothing_where_nothing_was_altered(self) -> None:
        self.assertEqual(self.found(), [])
        out = StringIO()
        call_command("verify_editions", stdout=out)
        self.assertIn(Edition.objects.newest().digest, out.getvalue())

    def test_names_the_edition_and_the_row_whose_value_was_altered(self) -> None:
        behind_the_guards_back("UPDATE tracker_metricsnapshot SET value = 218 WHERE id = %s", self.first.pk)
        self.assertEqual(self.found(), [f"Edition 1: metric snapshot {self.first.code} is not as it entered."])
        with self.assertRaisesMessage(CommandError, self.first.code):
            call_command("verify_editions", stderr=StringIO())

    def test_does_not_mind_another_scale_of_the_same_number(self) -> None:
        behind_the_guards_back("UPDATE tracker_metricsnapshot SET value = 217.000 WHERE id = %s", self.first.pk)
        self.assertEqual(self.found(), [])

    def test_finds_a_row_that_was_slipped_into_an_edition(self) -> None:
        slipped = make_snapshot()
        behind_the_guards_back("UPDATE tracker_metricsnapshot SET edition_id = 1 WHERE id = %s", slipped.pk)
        self.assertEqual(self.found()[0], f"Edition 1: metric snapshot {slipped.code} is not as it entered.")

    def test_finds_a_row_that_is_gone(self) -> None:
        behind_the_guards_back("DELETE FROM tracker_headline")
        behind_the_guards_back("DELETE FROM tracker_metricsnapshot WHERE id = %s", self.correction.pk)
        self.assertIn(
            f"Edition 2: metric snapshot {self.correction.code} is listed as entered and is not there.", self.found()
        )

    def test_finds_a_withdrawal_that_was_undone(self) -> None:
        behind_the_guards_back("UPDATE tracker_metricsnapshot SET withdrawn_in_id = NULL WHERE id = %s", self.first.pk)
        self.assertEqual(
            self.found()[0], f"Edition 2: metric snapshot {self.first.code} is listed as withdrawn and is not there."
        )

    def test_finds_a_withdrawal_that_no_edition_published(self) -> None:
        other = make_snapshot()
        publish_all(other)  # edition 3
        publish_all(make_snapshot())  # edition 4
        behind_the_guards_back("UPDATE tracker_metricsnapshot SET withdrawn_in_id = 4 WHERE id = %s", other.pk)
        self.assertEqual(self.found()[0], f"Edition 4: metric snapshot {other.code} was withdrawn and is not listed.")

    def test_finds_leading_figures_that_are_not_those_of_the_rule(self) -> None:
        behind_the_guards_back("DELETE FROM tracker_headline")
        self.assertEqual(self.found(), ["1 leading figures are not those that the rule gives."])

    def test_finds_an_edition_whose_summary_was_altered(self) -> None:
        behind_the_guards_back("UPDATE tracker_edition SET summary = 'Another summary' WHERE number = 1")
        self.assertEqual(
            self.found(), ["Edition 1: its digest is not that of its list of rows and of the edition before."]
        )

    def test_finds_the_break_of_the_chain_where_a_digest_was_made_to_fit(self) -> None:
        """Whoever alters edition 1 and mends its digest breaks edition 2, which begins with it."""
        behind_the_guards_back("UPDATE tracker_edition SET digest = repeat('a', 64) WHERE number = 1")
        self.assertEqual([sentence[:10] for sentence in self.found()], ["Edition 1:", "Edition 2:"])

    def test_finds_a_guard_that_was_switched_off(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with pending checks cannot be altered
            cursor.execute("ALTER TABLE tracker_source DISABLE TRIGGER ledger_frozen_update")
        self.assertEqual(len(self.found()), 1)
        self.assertIn("ledger_frozen_update", self.found()[0])
