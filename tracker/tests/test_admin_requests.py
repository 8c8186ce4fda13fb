"""The reviewers' queue: requests are carried out or declined, suspensions ratified or reversed, by a second person."""

import threading
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db import connection, transaction
from django.test import Client, TestCase, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.models import REDACTED, Edition, ProgressUpdate, Request, User
from tracker.publishing import suspend
from tracker.publishing.requests import ask
from tracker.publishing.verify import misfits
from tracker.tests import desk
from tracker.tests.factories import (
    make_area,
    make_body,
    make_citation,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
)
from tracker.tests.test_publish import wait_until_somebody_waits

QUEUE = "/admin/tracker/request/queue/"
SECRET = "Gul Khan of Mingora"


def suspension_page(edition: Edition) -> str:
    return reverse("admin:tracker_request_suspension", args=[edition.number])


class Waiting(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.body = make_body()
        cls.analyst = desk.analyst(body=cls.body)
        cls.other = desk.analyst("other")
        cls.central = desk.central()
        cls.first, cls.second = desk.reviewing("first"), desk.reviewing("second")
        cls.update = make_update(body=cls.body, account=f"{SECRET} was detained.")
        cls.snapshot = make_snapshot()
        publish_all(cls.update, cls.snapshot)

    def asked(self, by: User | None = None, act: str = "withdrawal", **words: Any) -> Request:
        words = {"reason": "The source took it back.", "ground": "court-order" if act == "redaction" else "", **words}
        return ask([self.update], by or self.analyst, act, **words)

    def suspended(self, by: User | None = None) -> Edition:
        return suspend([self.snapshot], by or self.first, "Said to be forged.")

    def press(self, user: User, url: str, button: dict[str, str], **entries: str) -> Any:
        client = desk.signed_in(user)
        return client.post(url, {**desk.fields(client.get(url)), **entries, **button}, follow=True)

    def carry_out(self, user: User, request: Request) -> Any:
        return self.press(user, desk.address(request), {"carry-out": "1"})

    def decline(self, user: User, request: Request, answer: str = "The source stands by it.") -> Any:
        return self.press(user, desk.address(request), {"decline": "1"}, answer=answer)

    def settle(self, user: User, edition: Edition, end: str, reason: str = "We asked the source.") -> Any:
        return self.press(user, suspension_page(edition), {"end": end}, reason=reason)


class QueueTests(Waiting):
    def test_lists_what_waits_for_a_second_person(self) -> None:
        request, suspension = self.asked(), self.suspended()
        page = desk.signed_in(self.second).get(QUEUE)
        self.assertEqual(list(page.context["waiting"]), [request])
        self.assertEqual(list(page.context["suspensions"]), [suspension])
        self.assertContains(page, desk.address(request))
        self.assertContains(page, suspension_page(suspension))
        self.assertContains(page, "The source took it back.")
        self.assertContains(page, "Said to be forged.")

    def test_says_which_are_the_reviewers_own(self) -> None:
        self.asked(by=self.first)
        self.suspended(by=self.first)
        for user, count in ((self.first, 2), (self.second, 0)):
            page = desk.signed_in(user).get(QUEUE).content.decode()
            self.assertEqual(page.count("that is you"), count)

    def test_forgets_what_was_settled(self) -> None:
        self.carry_out(self.first, self.asked())
        self.settle(self.second, self.suspended(), "reverse")
        page = desk.signed_in(self.second).get(QUEUE)
        self.assertContains(page, "Nobody asks for anything")
        self.assertContains(page, "Nothing is suspended.")

    def test_costs_the_same_however_long_it_is(self) -> None:
        self.asked()
        self.suspended()
        client = desk.signed_in(self.second)
        client.get(QUEUE)
        few = self.queries(client)
        for _number in range(3):
            row, other = make_source(), make_source()
            publish_all(row, other)
            ask([row], desk.central(f"c{row.pk}"), "withdrawal", "A reason.")
            suspend([other], desk.reviewing(f"r{row.pk}"), "A reason.")
        self.assertEqual(self.queries(client), few)

    def queries(self, client: Client) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE)
        return len(captured)

    def test_is_linked_from_the_start_page_of_reviewers(self) -> None:
        self.assertContains(desk.signed_in(self.first).get(reverse("admin:index")), QUEUE)
        self.assertNotContains(desk.signed_in(self.central).get(reverse("admin:index")), QUEUE)


class ReadingTests(Waiting):
    def test_of_a_request_shows_the_rows_in_full_beside_the_reason(self) -> None:
        page = desk.signed_in(self.first).get(desk.address(self.asked()))
        for words in ("The source took it back.", f"{SECRET} was detained.", self.update.code, "analyst"):
            self.assertContains(page, words)

    def test_of_a_request_is_for_who_asked_central_analysts_and_reviewers(self) -> None:
        url = desk.address(self.asked())
        expected = {self.analyst: 200, self.other: 403, self.central: 200, self.first: 200, desk.clerk("nobody"): 403}
        for user, status in expected.items():
            with self.subTest(user.username):
                self.assertEqual(desk.signed_in(user).get(url).status_code, status)

    def test_of_the_list_too(self) -> None:
        request = self.asked()
        for user, expected in ((self.analyst, [request]), (self.other, []), (self.central, [request])):
            page = desk.signed_in(user).get(desk.address(Request, "changelist"))
            self.assertEqual(list(page.context["cl"].queryset), expected)
        self.assertEqual(desk.signed_in(desk.clerk("nobody")).get(desk.address(Request, "changelist")).status_code, 403)

    def test_of_the_list_is_filtered_by_how_requests_ended(self) -> None:
        declined = self.asked()
        self.decline(self.first, declined)
        done = self.asked()
        self.carry_out(self.first, done)
        publish_all(again := make_source())
        waits = ask([again], self.central, "withdrawal", "A reason.")
        client = desk.signed_in(self.first)
        for ended, request in (("waiting", waits), ("done", done), ("declined", declined)):
            page = client.get(desk.address(Request, "changelist"), {"ended": ended})
            self.assertEqual(list(page.context["cl"].queryset), [request])
        page = client.get(desk.address(Request, "changelist"), {"q": self.update.code})
        self.assertEqual(set(page.context["cl"].queryset), {declined, done})
        self.assertContains(page, "carried out in edition 2")

    def test_of_no_such_request_or_suspension_is_404(self) -> None:
        client = desk.signed_in(self.first)
        for url in (
            reverse("admin:tracker_request_change", args=["999999"]),
            reverse("admin:tracker_request_change", args=["x"]),
            reverse("admin:tracker_request_change", args=["9" * 30]),
            reverse("admin:tracker_request_suspension", args=[1]),
            reverse("admin:tracker_request_suspension", args=[10**30]),
        ):
            with self.subTest(url):
                self.assertEqual(client.get(url).status_code, 404)

    def test_of_a_request_costs_the_same_however_many_rows_it_has(self) -> None:
        rows = [make_update(body=self.body, action=self.update.action) for _number in range(5)]
        publish_all(*rows)
        small = ask(rows[:1], self.central, "withdrawal", "A reason.")
        large = ask(rows[1:], self.central, "withdrawal", "A reason.")
        client = desk.signed_in(self.first)
        client.get(desk.address(small))
        counts = []
        for request in (small, large):
            with CaptureQueriesContext(connection) as captured:
                client.get(desk.address(request))
            counts.append(len(captured))
        self.assertEqual(counts[0], counts[1])


class CarryingOutTests(Waiting):
    def test_a_withdrawal(self) -> None:
        request = self.asked()
        response = self.carry_out(self.first, request)
        edition = Edition.objects.get(number=2)
        told = (edition.act, edition.summary, edition.published_by, edition.asked_by)
        self.assertEqual(told, ("withdrawal", "The source took it back.", self.first, self.analyst))
        self.assertRedirects(response, desk.address(request))
        self.assertContains(response, "Edition 2</a> is published. (withdrawal)")
        self.assertNotContains(response, 'name="carry-out"')
        self.assertNotContains(response, "VACUUM")
        self.assertEqual(LogEntry.objects.get().user, self.first)

    def test_a_redaction_and_what_it_cannot_reach(self) -> None:
        request = self.asked(act="redaction", reason="It named a private person.")
        response = self.carry_out(self.first, request)
        self.update.refresh_from_db()
        self.assertEqual(self.update.account, REDACTED)
        for words in (
            "Backups",
            "Digest files, CSV files and copies",
            "record folder in fixtures/",
            "summaries of editions",
        ):
            self.assertContains(response, words)
        self.assertContains(
            response,
            "VACUUM (FULL, ANALYZE) tracker_progressupdate, tracker_change, tracker_editionitem, tracker_request,"
            " django_admin_log;",
        )
        self.assertNotContains(response, SECRET)
        self.assertEqual(list(misfits()), [])

    def test_a_redaction_whose_reason_shares_words_with_the_rows_is_pointed_out(self) -> None:
        page = desk.signed_in(self.first).get(desk.address(self.asked(act="redaction", reason=f"It names {SECRET}.")))
        self.assertContains(page, "gul khan of mingora")
        self.assertContains(page, "shares words with what is to be removed")

    def test_is_not_offered_for_ones_own_request_and_refused_if_forged(self) -> None:
        request = self.asked(by=self.first)
        page = desk.signed_in(self.first).get(desk.address(request))
        self.assertNotContains(page, 'name="carry-out"')
        self.assertNotContains(page, 'name="decline"')
        self.assertContains(page, "You asked for this")
        for button in ({"carry-out": "1", "seen": page.context["seen"]}, {"decline": "1", "answer": "No."}):
            response = desk.signed_in(self.first).post(desk.address(request), button)
            self.assertContains(response, "You asked for this yourself")
        self.assertEqual(list(Request.objects.waiting()), [request])

    def test_happens_once(self) -> None:
        request = self.asked()
        client = desk.signed_in(self.first)
        data = {**desk.fields(client.get(desk.address(request))), "carry-out": "1"}
        client.post(desk.address(request), data)
        self.assertContains(client.post(desk.address(request), data), "was carried out already, in edition 2")
        self.assertEqual(Edition.objects.count(), 2)

    def test_is_refused_if_a_row_changed_since_the_screen_was_shown(self) -> None:
        request = self.asked()
        client = desk.signed_in(self.first)
        data = {**desk.fields(client.get(desk.address(request))), "carry-out": "1"}
        correction = make_update(body=self.body, replaces=self.update, reason="A slip.", action=self.update.action)
        publish_all(correction)
        self.assertContains(client.post(desk.address(request), data), "has changed since you looked")
        response = self.carry_out(self.first, request)
        self.assertContains(response, f"progress update {self.update.code} does not stand")

    def test_names_item_by_item_what_stands_in_the_way(self) -> None:
        publish_all(source := make_source())
        request = ask([source], self.central, "withdrawal", "A reason.")
        rows = [make_citation(source=source) for _number in range(2)]
        publish_all(*rows)
        response = self.carry_out(self.first, request)
        for row in rows:
            self.assertContains(response, f"citation {row.code} rests on it and stands")
        self.assertEqual(list(Request.objects.waiting()), [request])


class DecliningTests(Waiting):
    def test_leaves_everything_and_tells_whoever_asked(self) -> None:
        request = self.asked()
        response = self.decline(self.first, request)
        self.assertRedirects(response, QUEUE)
        self.assertEqual(Edition.objects.count(), 1)
        self.assertContains(desk.signed_in(self.analyst).get(desk.address(request)), "The source stands by it.")

    def test_needs_an_answer(self) -> None:
        request = self.asked()
        self.assertContains(self.decline(self.first, request, answer=" "), "This field is required.")
        self.assertTrue(Request.objects.waiting().exists())

    def test_happens_once(self) -> None:
        request = self.asked()
        client = desk.signed_in(self.second)
        data = {**desk.fields(client.get(desk.address(request))), "decline": "1", "answer": "No."}
        self.decline(self.first, request)
        self.assertContains(client.post(desk.address(request), data), "was declined already")


class SettlingTests(Waiting):
    def test_shows_what_is_hidden_in_full(self) -> None:
        page = desk.signed_in(self.second).get(suspension_page(self.suspended()))
        for words in (self.snapshot.code, "Said to be forged.", "first", "suspended in edition 2"):
            self.assertContains(page, words)

    def test_ratifies(self) -> None:
        response = self.settle(self.second, self.suspended(), "ratify")
        edition = Edition.objects.get(number=3)
        told = (edition.act, edition.summary, edition.ends_id, edition.published_by)
        self.assertEqual(told, ("ratification", "We asked the source.", 2, self.second))
        self.assertContains(response, "Edition 3</a> is published. (ratification of a suspension)")
        self.assertNotContains(response, 'name="end"')
        self.snapshot.refresh_from_db()
        self.assertEqual(self.snapshot.withdrawn_in, edition)

    def test_reverses(self) -> None:
        self.settle(self.second, self.suspended(), "reverse")
        self.snapshot.refresh_from_db()
        self.assertEqual((self.snapshot.restored_in_id, self.snapshot.withdrawn_in_id), (3, None))

    def test_needs_a_reason(self) -> None:
        suspension = self.suspended()
        self.assertContains(self.settle(self.second, suspension, "ratify", reason=""), "This field is required.")
        self.assertEqual(list(Edition.objects.unsettled()), [suspension])

    def test_is_not_offered_for_ones_own_and_refused_if_forged(self) -> None:
        url = suspension_page(self.suspended())
        client = desk.signed_in(self.first)
        page = client.get(url)
        self.assertNotContains(page, 'name="end"')
        self.assertContains(page, "another reviewer ratifies or reverses it")
        for end in ("ratify", "reverse"):
            response = client.post(url, {"end": end, "reason": "I am sure.", "seen": page.context["seen"]})
            self.assertContains(response, "You suspended this yourself")
        self.assertEqual(Edition.objects.count(), 2)

    def test_happens_once(self) -> None:
        url = suspension_page(self.suspended())
        client = desk.signed_in(self.second)
        data = {**desk.fields(client.get(url)), "reason": "We asked the source."}
        client.post(url, {**data, "end": "reverse"})
        self.assertContains(client.post(url, {**data, "end": "ratify"}), "Nothing was done")
        self.assertEqual(Edition.objects.count(), 3)

    def test_is_refused_if_a_row_left_since_the_screen_was_shown(self) -> None:
        url = suspension_page(self.suspended())
        client = desk.signed_in(self.second)
        data = {**desk.fields(client.get(url)), "reason": "We asked the source.", "end": "ratify"}
        publish_all(make_snapshot(series=self.snapshot.series, replaces=self.snapshot, reason="A slip.", value=43))
        response = client.post(url, data)
        self.assertContains(response, "has changed since you looked")
        self.assertContains(response, "withdrawn in edition 3")
        self.assertContains(self.settle(self.second, Edition.objects.get(number=2), "ratify"), "is published.")


class RoleTests(Waiting):
    def test_what_each_role_may_open(self) -> None:
        request, suspension = self.asked(), self.suspended()
        nobody, chief = desk.clerk("nobody"), User.objects.create_superuser("chief")
        users = [nobody, self.other, self.analyst, self.central, self.first, chief]
        expected = {
            desk.address(Request, "changelist"): [403, 200, 200, 200, 200, 200],
            desk.address(request): [403, 403, 200, 200, 200, 200],
            desk.address(Request, "add"): [403] * 6,
            desk.address(request, "delete"): [403] * 6,
            QUEUE: [403, 403, 403, 403, 200, 200],
            suspension_page(suspension): [403, 403, 403, 403, 200, 200],
        }
        for url, statuses in expected.items():
            found = [desk.signed_in(user).get(url).status_code for user in users]
            with self.subTest(url):
                self.assertEqual(found, statuses)

    def test_what_each_role_may_post(self) -> None:
        request, suspension = self.asked(), self.suspended()
        nobody = desk.clerk("nobody")
        for user in (nobody, self.other, self.analyst, self.central):
            client = desk.signed_in(user)
            for url, data in (
                (desk.address(request), {"carry-out": "1"}),
                (desk.address(request), {"decline": "1", "answer": "No."}),
                (suspension_page(suspension), {"end": "ratify", "reason": "Yes."}),
                (suspension_page(suspension), {"end": "reverse", "reason": "No."}),
            ):
                with self.subTest(user=user.username, data=data):
                    self.assertEqual(client.post(url, data).status_code, 403)
        self.assertTrue(Request.objects.waiting().exists())
        self.assertEqual(Edition.objects.count(), 2)

    def test_strangers_are_sent_to_the_login(self) -> None:
        for url in (QUEUE, desk.address(self.asked()), suspension_page(self.suspended())):
            self.assertRedirects(self.client.get(url), f"{reverse('admin:login')}?next={url}")

    def test_buttons_that_are_none_of_ours_are_refused(self) -> None:
        request, suspension = self.asked(), self.suspended()
        client = desk.signed_in(self.second)
        for url, data in (
            (desk.address(request), {}),
            (desk.address(request), {"_save": "Save", "reason": "Forged."}),
            (suspension_page(suspension), {"reason": "Yes."}),
            (suspension_page(suspension), {"end": "delete", "reason": "Yes."}),
        ):
            with self.subTest(url=url, data=data):
                self.assertEqual(client.post(url, data).status_code, 400)

    def test_without_what_was_seen_nothing_is_done(self) -> None:
        client = desk.signed_in(self.second)
        request, suspension = self.asked(), self.suspended()
        for url, data in (
            (desk.address(request), {"carry-out": "1"}),
            (suspension_page(suspension), {"end": "ratify", "reason": "Yes."}),
        ):
            self.assertContains(client.post(url, data), "has changed since you looked")
        self.assertEqual(Edition.objects.count(), 2)

    def test_screens_have_no_inline_style_and_no_inline_script(self) -> None:
        client = desk.signed_in(self.second)
        for url in (QUEUE, desk.address(self.asked()), suspension_page(self.suspended())):
            page = client.get(url).content.decode()
            self.assertNotRegex(page, r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=")
            self.assertEqual(page.count("<h1"), 1)


class AtTheSameMomentTests(TransactionTestCase):
    """With real connections: the second reviewer waits for the first, and then reads a sentence."""

    def setUp(self) -> None:
        self.clients = [desk.signed_in(desk.reviewing(name)) for name in ("first", "second")]
        self.update = make_update()
        publish_all(self.update)

    def race(self, url: str, *posts: dict[str, str]) -> list[Any]:
        """Both open the screen; then the second posts while the transaction of the first is still open."""
        opened = [desk.fields(client.get(url)) for client in self.clients]
        answers: list[Any] = []

        def second() -> None:
            try:
                answers.append(self.clients[1].post(url, {**opened[1], **posts[1]}, follow=True))
            finally:
                connection.close()

        with transaction.atomic():
            answers.append(self.clients[0].post(url, {**opened[0], **posts[0]}))
            thread = threading.Thread(target=second)
            thread.start()
            wait_until_somebody_waits()
        thread.join(timeout=30)
        return answers

    def test_one_reviewer_carries_a_request_out_and_the_other_is_told(self) -> None:
        request = ask([self.update], desk.central(), "withdrawal", "A reason.")
        first, second = self.race(desk.address(request), {"carry-out": "1"}, {"carry-out": "1"})
        self.assertEqual(first.status_code, 302)
        self.assertContains(second, "was carried out already, in edition 2")
        self.assertEqual(Edition.objects.get(number=2).published_by.username, "first")
        self.assertEqual(Edition.objects.count(), 2)

    def test_a_request_that_is_being_carried_out_is_not_declined(self) -> None:
        request = ask([self.update], desk.central(), "redaction", "A reason.", ground="court-order")
        posts = ({"carry-out": "1"}, {"decline": "1", "answer": "No."})
        _first, second = self.race(desk.address(request), *posts)
        self.assertContains(second, "was carried out already, in edition 2")
        request.refresh_from_db()
        self.assertIsNone(request.declined_by)

    def test_a_request_that_is_being_declined_is_not_carried_out(self) -> None:
        request = ask([self.update], desk.central(), "withdrawal", "A reason.")
        posts = ({"decline": "1", "answer": "No."}, {"carry-out": "1"})
        _first, second = self.race(desk.address(request), *posts)
        self.assertContains(second, "was declined already")
        self.assertEqual(Edition.objects.count(), 1)

    def test_a_suspension_is_settled_one_way(self) -> None:
        suspension = suspend([self.update], desk.reviewing("third"), "Doubtful.")
        posts = ({"end": "reverse", "reason": "It is right."}, {"end": "ratify", "reason": "It is wrong."})
        first, second = self.race(suspension_page(suspension), *posts)
        self.assertEqual(first.status_code, 302)
        self.assertContains(second, "Nothing was done")
        self.assertTrue(ProgressUpdate.objects.standing().filter(pk=self.update.pk).exists())

    def test_a_row_is_asked_for_once(self) -> None:
        url = reverse("admin:tracker_request_ask", args=["withdrawal"])
        page = desk.act(self.clients[0], self.update, "ask_withdrawal")
        data = {**desk.fields(page), "reason": "A reason."}
        answers: list[Any] = []

        def second() -> None:
            try:
                answers.append(self.clients[1].post(url, data))
            finally:
                connection.close()

        with transaction.atomic():
            answers.append(self.clients[0].post(url, data))
            thread = threading.Thread(target=second)
            thread.start()
            wait_until_somebody_waits()
        thread.join(timeout=30)
        self.assertEqual(answers[0].status_code, 302)
        self.assertContains(answers[1], "has been asked for already")
        self.assertEqual(Request.objects.count(), 1)
