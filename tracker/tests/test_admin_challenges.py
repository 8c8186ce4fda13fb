"""The queue of readers' questions at the desk: who reads it, who decides, and what each button does."""

from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.models import Challenge, Edition, User
from tracker.publishing import redact, suspend, withdraw
from tracker.publishing import reverse as reversed_by
from tracker.tests import desk
from tracker.tests.factories import (
    asker,
    make_action,
    make_assignment,
    make_body,
    make_challenge,
    make_snapshot,
    make_user,
    publish_all,
    reviewer,
)

State, Kind = Challenge.State, Challenge.Kind
QUEUE = reverse("admin:tracker_challenge_changelist")


class Queue(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.ours, cls.theirs = make_body(code="ours"), make_body(code="theirs")
        cls.analyst = desk.analyst(body=cls.ours)
        cls.central, cls.reviewer = desk.central(), desk.reviewing()
        cls.action = make_action(code="promise", title="Count them all")
        cls.foreign = make_action(code="foreign")
        cls.figure = make_snapshot(code="told", entered_by=cls.analyst)
        cls.assigned = make_assignment(action=cls.action, body=cls.ours)
        publish_all(
            cls.action, cls.foreign, cls.figure, cls.assigned, make_assignment(action=cls.foreign, body=cls.theirs)
        )
        cls.asked = make_challenge(code="promise", text="Who is to count them?")

    def save(self, user: User, press: str, row: Any = None, **entries: Any) -> Any:
        answer = desk.fill(desk.signed_in(user), desk.address(row or self.asked), press=press, **entries)
        self.asked.refresh_from_db()
        return answer

    def listed(self, user: User) -> set[Challenge]:
        return set(desk.signed_in(user).get(QUEUE).context["cl"].queryset)


class ReadingTests(Queue):
    def test_moderators_see_all_and_analysts_what_is_about_their_rows(self) -> None:
        of_figure = make_challenge(kind=Kind.FIGURE, code="told")
        foreign = make_challenge(code="foreign")
        of_no_row = make_challenge(kind=Kind.FIGURE, code="promise")
        everything = {self.asked, of_figure, foreign, of_no_row}
        self.assertEqual(self.listed(self.central), everything)
        self.assertEqual(self.listed(self.reviewer), everything)
        self.assertEqual(self.listed(self.analyst), {self.asked, of_figure})
        client = desk.signed_in(self.analyst)
        self.assertEqual(client.get(desk.address(self.asked)).status_code, 200)
        self.assertRedirects(client.get(desk.address(foreign)), reverse("admin:index"))
        self.assertEqual(set(client.get(QUEUE, {"q": foreign.text}).context["cl"].queryset), set())

    def test_an_analyst_whose_work_for_the_body_or_whose_body_s_part_has_ended_reads_it_no_more(self) -> None:
        self.analyst.memberships.update(until="2024-01-02")
        self.assertEqual(self.listed(self.analyst), set())
        self.analyst.memberships.update(until=None)
        self.assertEqual(self.listed(User.objects.get(pk=self.analyst.pk)), {self.asked})
        withdraw([self.assigned], reviewer(), "Misread.", asked_by=asker())
        self.assertEqual(self.listed(User.objects.get(pk=self.analyst.pk)), set())

    def test_an_analyst_reads_and_does_nothing_else(self) -> None:
        client = desk.signed_in(self.analyst)
        page = client.get(desk.address(self.asked))
        self.assertContains(page, "Who is to count them?")
        for name in ('name="_save"', 'name="shown"', "deletelink", "Note for colleagues"):
            self.assertNotContains(page, name)
        self.assertEqual(client.post(desk.address(self.asked), {"_save": "publish", "seen": 1}).status_code, 403)
        self.assertEqual(client.post(desk.address(self.asked, "delete"), {"post": "yes"}).status_code, 403)
        client.post(QUEUE, {"action": "delete_selected", "_selected_action": [self.asked.pk], "post": "yes"})
        self.asked.refresh_from_db()
        self.assertEqual(self.asked.state, State.NEW)

    def test_nobody_writes_one_and_strangers_are_sent_to_the_login(self) -> None:
        for user in (self.analyst, self.central, self.reviewer, User.objects.create_superuser("chief")):
            self.assertEqual(desk.signed_in(user).get(desk.address(Challenge, "add")).status_code, 403)
        self.assertRedirects(Client().get(QUEUE), f"{reverse('admin:login')}?next={QUEUE}")

    def test_what_waits_longest_comes_first_and_what_is_decided_last(self) -> None:
        done = make_challenge(code="foreign", received="2020-01-01")
        done.note = "Spam."
        done.moderate(State.DECLINED, self.reviewer)
        done.save()
        older = make_challenge(code="foreign", received="2021-01-01")
        found = list(desk.signed_in(self.reviewer).get(QUEUE).context["cl"].result_list)
        self.assertEqual(found, [older, self.asked, done])

    def test_the_desk_says_how_many_wait(self) -> None:
        words = "1 question of a reader waits for a moderator"
        for user in (self.central, self.reviewer):
            self.assertContains(desk.signed_in(user).get(reverse("admin:index")), words)
        self.assertNotContains(desk.signed_in(self.analyst).get(reverse("admin:index")), words)

    def test_the_page_shows_the_row_the_edition_and_the_text_as_text(self) -> None:
        asked = make_challenge(
            kind=Kind.FIGURE,
            code="told",
            text="<img src=x onerror=y> \u0635\u062d\u06cc\u062d\u061f",
            source_url="https://example.org/?<script>",
        )
        page = desk.signed_in(self.reviewer).get(desk.address(asked))
        self.assertContains(page, "figure told: An indicator</a>")
        self.assertContains(page, "?edition=1#told")
        self.assertContains(page, "&lt;img src=x onerror=y&gt;")
        self.assertContains(page, "https://example.org/?&lt;script&gt;")
        self.assertNotContains(page, 'href="https://example.org')

    def test_the_page_says_what_became_of_the_row(self) -> None:
        client, about = desk.signed_in(self.reviewer), make_challenge(kind=Kind.FIGURE, code="told")
        suspension = suspend([self.figure], reviewer(), "Is it forged?")
        self.assertContains(
            client.get(desk.address(about)), "It is suspended in edition 2; its page shows no questions"
        )
        reversed_by(suspension, make_user(), "It is not.")
        self.assertNotContains(client.get(desk.address(about)), "its page")
        redact([self.action], reviewer(), "A person.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)
        self.assertContains(client.get(desk.address(self.asked)), "Delete what repeats what was taken out.")
        withdraw([self.figure], reviewer(), "Misread.", asked_by=asker())
        page = client.get(desk.address(about))
        self.assertContains(page, "It was withdrawn in edition 5; its page no longer shows questions.")

    def test_lists_and_pages_cost_the_same_however_many_there_are(self) -> None:
        for user in (self.analyst, self.reviewer):
            client = desk.signed_in(user)
            client.get(QUEUE)
            few = [self.count(client, url) for url in (QUEUE, desk.address(self.asked), reverse("admin:index"))]
            for _ in range(4):
                make_challenge(code="promise")
                make_challenge(kind=Kind.FIGURE, code="told")
            many = [self.count(client, url) for url in (QUEUE, desk.address(self.asked), reverse("admin:index"))]
            self.assertEqual(many, few)

    def count(self, client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(client.get(url).status_code, 200)
        return len(captured)


class DecisionTests(Queue):
    def test_publishing_shows_the_question(self) -> None:
        for user in (self.central, self.reviewer):
            asked = make_challenge(code="promise")
            self.assertEqual(desk.errors(self.save(user, "publish", asked)), "")
            asked.refresh_from_db()
            self.assertEqual((asked.state, asked.moderated_by, asked.version), (State.PUBLISHED, user, 2))
            self.assertContains(self.client.get("/actions/promise/"), asked.text)

    def test_publishing_with_an_answer_shows_both(self) -> None:
        self.save(self.reviewer, "publish", answer=" The ministry.\r\n", answer_ur="وزارت۔")
        self.assertEqual((self.asked.state, self.asked.answer), (State.ANSWERED, "The ministry."))
        self.assertContains(self.client.get("/ur/actions/promise/"), "وزارت۔")

    def test_an_answer_may_come_later_and_may_be_mended(self) -> None:
        self.save(self.reviewer, "publish")
        self.save(self.central, "save", answer="The ministry.")
        self.assertEqual((self.asked.state, self.asked.moderated_by), (State.ANSWERED, self.central))
        first = self.asked.answered_at
        self.save(self.reviewer, "publish", answer="The home department.")
        self.assertGreater(self.asked.answered_at, first)
        answered = self.asked.answered_at
        self.save(self.reviewer, "publish", note="Checked again.")
        self.assertEqual(self.asked.answered_at, answered)
        self.save(self.reviewer, "publish", answer="")
        self.assertEqual((self.asked.state, self.asked.answered_at), (State.PUBLISHED, None))

    def test_a_shortened_text_leaves_the_original_unpublished(self) -> None:
        self.save(self.reviewer, "publish", shown="Who counts?")
        self.assertEqual((self.asked.text, self.asked.shown), ("Who is to count them?", "Who counts?"))
        page = self.client.get("/actions/promise/")
        self.assertContains(page, "Who counts?")
        self.assertNotContains(page, "Who is to count them?")

    def test_the_same_text_is_not_called_shortened(self) -> None:
        self.save(self.reviewer, "publish", shown="Who is to count them?\r\n")
        self.assertEqual(self.asked.shown, "")

    def test_saving_keeps_a_draft_of_the_answer_and_the_place_in_the_queue(self) -> None:
        self.save(self.reviewer, "save", answer="Perhaps the ministry.", shown="Who counts?")
        self.assertEqual((self.asked.state, self.asked.moderated_by), (State.NEW, None))
        self.assertEqual(self.asked.answer, "Perhaps the ministry.")
        self.assertNotContains(self.client.get("/actions/promise/"), "Who counts?")

    def test_declining_takes_a_reason_and_takes_it_off_the_page(self) -> None:
        self.save(self.reviewer, "publish")
        refused = self.save(self.reviewer, "decline")
        self.assertIn("Say for your colleagues why the question is declined", desk.errors(refused))
        self.assertContains(refused, "published, not answered")  # as it still is
        self.assertEqual(self.asked.state, State.PUBLISHED)
        self.save(self.reviewer, "decline", note="It names a person.")
        self.assertEqual((self.asked.state, self.asked.published_at), (State.DECLINED, None))
        self.assertNotContains(self.client.get("/actions/promise/"), "Who is to count them?")
        self.save(self.central, "publish")
        self.assertEqual(self.asked.state, State.PUBLISHED)

    def test_what_the_database_would_refuse_is_told_in_the_form(self) -> None:
        self.assertIn(
            "An answer is published in English", desk.errors(self.save(self.reviewer, "publish", answer_ur="ہاں"))
        )
        self.assertIn("named no source", desk.errors(self.save(self.reviewer, "publish", show_source="on")))
        self.assertIn("at most 2000", desk.errors(self.save(self.reviewer, "publish", shown="x" * 2001)))
        self.assertIn("cannot be typed", desk.errors(self.save(self.reviewer, "publish", answer="x\x07")))
        self.assertEqual(self.asked.state, State.NEW)

    def test_what_the_reader_sent_is_not_for_the_moderator_to_change(self) -> None:
        forged = {"text": "Praise.", "code": "foreign", "kind": "source", "received": "2020-01-01", "edition": 9}
        self.save(self.reviewer, "publish", **forged, state="answered", moderated_by=1, asked="Praise.")
        self.assertEqual(
            (self.asked.text, self.asked.code, self.asked.edition_id), ("Who is to count them?", "promise", 1)
        )
        self.assertEqual((self.asked.state, self.asked.moderated_by), (State.PUBLISHED, self.reviewer))

    def test_nobody_publishes_over_what_a_colleague_has_just_shortened(self) -> None:
        client = desk.signed_in(self.central)
        opened = desk.fields(client.get(desk.address(self.asked)))
        self.save(self.reviewer, "publish", shown="Who counts?")
        late = client.post(desk.address(self.asked), {**opened, "_save": "publish"}, follow=True)
        self.assertIn("A colleague has worked on this question", desk.errors(late))
        self.asked.refresh_from_db()
        self.assertEqual((self.asked.shown, self.asked.moderated_by), ("Who counts?", self.reviewer))
        for seen in ("", "x", "1", "99999999999999999999"):
            refused = client.post(desk.address(self.asked), {**opened, "seen": seen, "_save": "publish"})
            self.assertNotEqual(desk.errors(refused), "")

    def test_nobody_decides_on_a_question_about_what_they_entered(self) -> None:
        mine = make_action(code="mine", entered_by=self.central)
        publish_all(mine)
        asked = make_challenge(code="mine")
        client = desk.signed_in(self.central)
        self.assertNotContains(client.get(desk.address(asked)), 'name="_save"')
        self.assertEqual(
            client.post(desk.address(asked), {"_save": "decline", "seen": 1, "note": "No."}).status_code, 403
        )
        self.assertEqual(client.post(desk.address(asked, "delete"), {"post": "yes"}).status_code, 403)
        picked = {"action": "delete_selected", "_selected_action": [asked.pk, self.asked.pk], "post": "yes"}
        self.assertEqual(client.post(QUEUE, picked).status_code, 403)
        self.assertEqual(Challenge.objects.count(), 2)
        self.assertEqual(desk.errors(self.save(self.reviewer, "publish", asked)), "")

    def test_rubbish_is_deleted_one_by_one_or_together(self) -> None:
        more = [make_challenge(code="promise") for _ in range(3)]
        client = desk.signed_in(self.reviewer)
        client.post(desk.address(self.asked, "delete"), {"post": "yes"})
        picked = {"action": "delete_selected", "_selected_action": [row.pk for row in more[:2]], "post": "yes"}
        client.post(QUEUE, picked)
        self.assertEqual(list(Challenge.objects.all()), [more[2]])

    def test_the_log_of_the_desk_says_who_did_what_and_not_a_word_of_the_text(self) -> None:
        self.save(self.reviewer, "publish", shown="Who counts?", answer="The ministry.")
        desk.signed_in(self.reviewer).post(desk.address(self.asked, "delete"), {"post": "yes"})
        entries = LogEntry.objects.filter(user=self.reviewer)
        self.assertEqual(len(entries), 2)
        for entry in entries:
            said = f"{entry.object_repr} {entry.change_message}"
            self.assertIn("promise", said)
            for words in ("count", "ministry"):
                self.assertNotIn(words, said)

    def test_enter_in_a_field_does_not_publish(self) -> None:
        """Browsers press the first button of a form."""
        page = desk.signed_in(self.reviewer).get(desk.address(self.asked)).content.decode()
        self.assertLess(page.index('value="save"'), page.index('value="publish"'))
