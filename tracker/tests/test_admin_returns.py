"""A draft that goes back to its author says why: what the reviewer writes, what the author reads, what is kept."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.models import REDACTED, Edition, Return, Source
from tracker.publishing import GateRefused, redact, stages
from tracker.tests import desk
from tracker.tests.database import refused, sql
from tracker.tests.factories import make, make_area, make_source, make_user, publish_all


class Returns(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.author, cls.colleague = desk.analyst("amina"), desk.analyst("colleague")
        cls.reviewer = desk.reviewing()
        cls.source = make_source(code="dawn-2026", entered_by=cls.author, stage="submitted")
        cls.other = make_source(code="app-2026", entered_by=cls.author, stage="submitted")

    def setUp(self) -> None:
        self.client = desk.signed_in(self.reviewer)
        self.screen = reverse("admin:tracker_edition_review")

    def items(self, *rows: Any) -> list[str]:
        return [f"{row._meta.model_name}:{row.pk}:{row.version}" for row in rows]

    def give_back(self, *rows: Any, note: str = "Give the day of publication.", **entries: Any) -> Any:
        data = {"item": self.items(*rows), "give_back": "1", "note": note, **entries}
        return self.client.post(self.screen, data, follow=True)

    def stage(self, row: Any) -> str:
        row.refresh_from_db()
        return row.stage


class ReviewersSideTests(Returns):
    def test_the_screen_asks_for_a_note_before_anything_goes_back(self) -> None:
        page = self.client.post(self.screen, {"item": self.items(self.source, self.other), "return": "1"})
        self.assertContains(page, "Note to the authors")
        self.assertEqual(set(desk.fields(page)["item"]), set(self.items(self.source, self.other)))
        self.assertEqual(self.stage(self.source), "submitted")

    def test_one_note_goes_with_the_whole_selection(self) -> None:
        self.assertContains(self.give_back(self.source, self.other), "Returned to their authors: 2.")
        for row in (self.source, self.other):
            self.assertEqual(self.stage(row), "returned")
            returned = Return.objects.get(kind="source", row=row.pk)
            self.assertEqual((returned.code, returned.note), (row.code, "Give the day of publication."))
            self.assertEqual(returned.returned_by, self.reviewer)

    def test_a_button_beside_an_item_returns_that_item_alone(self) -> None:
        page = self.client.get(self.screen)
        self.assertContains(page, 'aria-label="Return source dawn-2026 to its author…"')
        page = self.client.post(self.screen, {"item": desk.fields(page)["item"], "return_one": self.items(self.source)})
        self.client.post(self.screen, {**desk.fields(page), "note": "Give the day.", "give_back": "1"})
        self.assertEqual((self.stage(self.source), self.stage(self.other)), ("returned", "submitted"))

    def test_nothing_goes_back_without_a_note(self) -> None:
        for note in ("", "  \n "):
            with self.subTest(note=note):
                self.assertContains(self.give_back(self.source, note=note), "This field is required.")
                self.assertEqual(self.stage(self.source), "submitted")
        with self.assertRaisesMessage(GateRefused, "Say what the author is to mend."):
            stages.give_back([self.source], self.reviewer, " ")
        self.assertFalse(Return.objects.exists())

    def test_what_was_changed_since_the_reviewer_looked_does_not_go_back(self) -> None:
        item = self.items(self.source)
        Source.objects.filter(pk=self.source.pk).update(version=2)
        response = self.give_back(self.source, item=item)
        self.assertContains(response, "something was changed since you looked at it")
        self.assertEqual(self.stage(self.source), "submitted")

    def test_what_is_no_longer_submitted_is_passed_over(self) -> None:
        stages.withdraw_to_draft([self.source])
        self.assertContains(self.give_back(self.source, self.other), "Returned to their authors: 1.")
        self.assertEqual(self.stage(self.source), "draft")
        self.assertFalse(Return.objects.filter(row=self.source.pk).exists())

    def test_the_lists_action_asks_for_the_note_too(self) -> None:
        page = desk.act(self.client, self.source, "give_back")
        self.assertContains(page, "Note to the authors")
        self.client.post(self.screen, {**desk.fields(page), "note": "Give the day.", "give_back": "1"})
        self.assertEqual(self.stage(self.source), "returned")

    def test_the_action_says_so_if_nothing_is_submitted(self) -> None:
        response = desk.act(self.client, make_source(entered_by=self.author), "give_back")
        self.assertIn("only submitted rows are returned", desk.told(response))

    def test_nobody_else_returns_anything(self) -> None:
        client = desk.signed_in(self.colleague)
        response = client.post(self.screen, {"item": self.items(self.source), "note": "No.", "give_back": "1"})
        self.assertEqual(response.status_code, 403)
        desk.act(client, self.source, "give_back")
        self.assertEqual(self.stage(self.source), "submitted")

    def test_the_reviewer_reads_the_last_note_when_the_item_comes_again(self) -> None:
        self.give_back(self.source)
        stages.submit([self.source])
        page = self.client.get(self.screen)
        self.assertContains(page, "Returned before, by")
        self.assertContains(page, "Give the day of publication.")


class AuthorsSideTests(Returns):
    def setUp(self) -> None:
        super().setUp()
        stages.give_back([self.source], self.reviewer, "The first note.")
        stages.submit([self.source])
        stages.give_back([self.source], self.reviewer, "The link is <b>dead</b>.\nGive another.")
        self.client = desk.signed_in(self.author)

    def test_the_newest_note_stands_on_top_of_the_form_with_who_and_when(self) -> None:
        page = self.client.get(desk.address(self.source)).content.decode()
        note, first_field = page.index("The link is &lt;b&gt;dead&lt;/b&gt;."), page.index('name="code"')
        self.assertLess(note, first_field)
        self.assertRegex(page[note - 100 : note], r"rita, \d{4}-\d\d-\d\d \d\d:\d\d: <q>$")
        self.assertNotIn("The first note.", page)

    def test_the_list_shows_it_beside_the_row(self) -> None:
        page = self.client.get(desk.address(Source, "changelist"), {"state": "returned"})
        self.assertContains(page, "The link is &lt;b&gt;dead&lt;/b&gt;.")
        self.assertNotContains(page, "The first note.")

    def test_the_start_page_shows_it_first(self) -> None:
        page = self.client.get(reverse("admin:index"))
        self.assertContains(page, "Returned to me (1)")
        self.assertContains(page, "The link is &lt;b&gt;dead&lt;/b&gt;.")

    def test_the_author_edits_and_submits_again(self) -> None:
        response = desk.fill(self.client, desk.address(self.source), press="submit", url="https://www.dawn.com/news/2")
        self.assertIn("1 row submitted for review.", desk.told(response))
        self.assertEqual(self.stage(self.source), "submitted")
        self.assertNotContains(self.client.get(desk.address(self.source)), "The link is")

    def test_nobody_else_at_the_desk_reads_it(self) -> None:
        page = desk.signed_in(self.colleague).get(desk.address(Source, "changelist"))
        self.assertNotContains(page, "The link is")
        self.assertEqual(desk.signed_in(self.colleague).get(desk.address(Return, "changelist")).status_code, 403)

    def test_the_list_costs_the_same_however_many_came_back(self) -> None:
        few = self.queries()
        stages.give_back([self.other], self.reviewer, "This one, too.")
        self.assertEqual(self.queries(), few)

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.client.get(desk.address(Source, "changelist"))
        return len(captured)


class KeptTests(Returns):
    def test_a_return_is_never_changed_deleted_or_truncated(self) -> None:
        stages.give_back([self.source], self.reviewer, "Give the day.")
        with refused("the ledger only grows"):
            Return.objects.update(note="I never wrote that.")
        with refused("the ledger only grows"):
            Return.objects.all().delete()
        with refused("the ledger only grows"):
            sql("TRUNCATE tracker_return")
        with refused("the ledger only grows"):
            Return.objects.update(note=REDACTED)

    def test_a_note_is_never_empty(self) -> None:
        with self.assertRaises(IntegrityError), transaction.atomic():
            make(Return, note="")

    def test_it_outlives_the_row(self) -> None:
        stages.give_back([self.source], self.reviewer, "Give the day.")
        self.source.delete()
        self.assertEqual(Return.objects.get().code, "dawn-2026")

    def test_a_redaction_of_the_row_takes_the_notes_along(self) -> None:
        stages.give_back([self.source, self.other], self.reviewer, "Leave out the name of the child.")
        publish_all(self.source, self.other)
        redact(
            [self.source],
            self.reviewer,
            "A child was named.",
            asked_by=make_user("asking"),
            ground=Edition.Ground.PERSONAL_DATA,
        )
        notes = dict(Return.objects.values_list("code", "note"))
        self.assertEqual(notes, {"dawn-2026": REDACTED, "app-2026": "Leave out the name of the child."})

    def test_an_administrator_reads_all_of_them_and_edits_none(self) -> None:
        stages.give_back([self.source], self.reviewer, "Give the day.")
        self.reviewer.user_permissions.add(Permission.objects.get(codename="view_return"))
        client = desk.signed_in(self.reviewer)
        self.assertContains(client.get(desk.address(Return, "changelist")), "Give the day.")
        self.assertEqual(client.post(desk.address(Return.objects.get()), {"note": "Forged"}).status_code, 403)

    def test_no_page_of_the_public_has_it(self) -> None:
        stages.give_back([self.source], self.reviewer, "Ask the ministry.")
        stages.submit([self.source])
        publish_all(self.source)
        for page in (self.source.get_absolute_url(), "/sources/", "/sources.csv", "/editions/1/", "/corrections/"):
            with self.subTest(page=page):
                text = self.client.get(page).getvalue().decode()
                self.assertNotIn("Ask the ministry", text)
                self.assertNotIn("rita", text)
