"""Asking that something published goes, and hiding it at once: from its list and from its own page."""

from typing import Any
from unittest.mock import patch

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.models import Edition, MetricSnapshot, ProgressUpdate, Request, Source, User
from tracker.publishing import redact, suspend, withdraw
from tracker.publishing import reverse as reverse_suspension
from tracker.publishing.requests import ask
from tracker.tests import desk
from tracker.tests.factories import (
    asker,
    make_action,
    make_area,
    make_body,
    make_citation,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
    reviewer,
)

ACTS = {
    "ask_withdrawal": "Ask for withdrawal",
    "ask_redaction": "Ask for redaction",
    "suspend_at_once": "Suspend at once",
}


class Acts(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.ours = make_body(code="home-department-kp")
        cls.theirs = make_body(code="home-department-sindh")
        cls.analyst = desk.analyst(body=cls.ours)
        cls.central = desk.central()
        cls.reviewer = desk.reviewing()
        cls.update = make_update(body=cls.ours, account="Gul Khan of Mingora was detained.")
        cls.foreign = make_update(body=cls.theirs, action=cls.update.action)
        cls.source = make_source(code="a-document")
        cls.snapshot = make_snapshot(citation=make_citation(source=cls.source))
        publish_all(cls.update, cls.foreign, cls.snapshot)

    def screen(self, user: User, row: Any, action: str) -> Any:
        return desk.act(desk.signed_in(user), row, action)

    def send(self, user: User, page: Any, **entries: str) -> Any:
        """Fill in the form of the screen and press its button."""
        data = {**desk.fields(page), "reason": "The source took it back.", **entries}
        return desk.signed_in(user).post(page.context["address"], data, follow=True)

    def offered(self, user: User, row: Any) -> set[str]:
        form = desk.signed_in(user).get(desk.address(row)).context["action_form"]
        return {name for name, _label in form.fields["action"].choices if name} if form else set()


class OfferTests(Acts):
    def test_on_the_page_of_a_standing_row(self) -> None:
        asking = {"ask_withdrawal", "ask_redaction"}
        for user, row, expected in (
            (self.analyst, self.update, asking),
            (self.analyst, self.foreign, set()),
            (self.analyst, self.source, set()),
            (self.central, self.foreign, asking),
            (self.reviewer, self.foreign, {*asking, "suspend_at_once"}),
        ):
            with self.subTest(user=user.username, row=row):
                self.assertEqual(self.offered(user, row), expected)

    def test_on_the_page_of_a_draft_is_none(self) -> None:
        draft = make_source(entered_by=self.central)
        self.assertEqual(self.offered(self.central, draft), {"submit_for_review"})
        self.assertEqual(self.offered(self.reviewer, draft), set())

    def test_on_the_page_of_a_row_that_left_is_only_redaction(self) -> None:
        withdraw([self.foreign], reviewer(), "Wrong.", asked_by=asker())
        suspend([self.update], reviewer(), "Doubtful.")
        for row in (self.foreign, self.update):
            self.assertEqual(self.offered(self.reviewer, row), {"ask_redaction"})

    def test_on_the_page_of_a_row_that_was_restored_has_no_suspension(self) -> None:
        reverse_suspension(suspend([self.update], self.central, "Doubtful."), self.reviewer, "It is right.")
        self.assertEqual(self.offered(self.reviewer, self.update), {"ask_withdrawal", "ask_redaction"})

    def test_on_the_page_of_a_row_that_is_asked_for_is_no_second_request(self) -> None:
        request = ask([self.update], self.analyst, "withdrawal", "Wrong.")
        self.assertEqual(self.offered(self.reviewer, self.update), {"suspend_at_once"})
        page = desk.signed_in(self.reviewer).get(desk.address(self.update))
        self.assertContains(page, "Its withdrawal has been asked for.")
        self.assertContains(page, desk.address(request))

    def test_in_lists_follows_the_role(self) -> None:
        for user, expected in ((self.analyst, 2), (self.central, 2), (self.reviewer, 3)):
            page = desk.signed_in(user).get(desk.address(ProgressUpdate, "changelist"))
            found = [label for label in ACTS.values() if label in page.content.decode()]
            self.assertEqual(found, list(ACTS.values())[:expected], user.username)

    def test_in_a_list_of_foreign_rows_is_refused_in_a_sentence(self) -> None:
        response = self.screen(self.analyst, self.foreign, "ask_withdrawal")
        self.assertIn(f"progress update {self.foreign.code} is not of your bodies", desk.told(response))

    def test_of_a_forged_action_is_none(self) -> None:
        for user in (self.analyst, self.central):
            response = self.screen(user, self.update, "suspend_at_once")
            self.assertIn("No action selected.", desk.told(response))
        self.assertEqual(Edition.objects.count(), 1)

    def test_is_for_a_number_of_rows_that_a_person_can_read(self) -> None:
        with patch("tracker.admin.acts.MOST", 1):
            response = desk.signed_in(self.central).post(
                desk.address(ProgressUpdate, "changelist"),
                {"action": "ask_withdrawal", "_selected_action": [self.update.pk, self.foreign.pk], "index": 0},
                follow=True,
            )
        self.assertIn("Choose at most 1 rows at once.", desk.told(response))


class AskingTests(Acts):
    def test_from_the_list_to_the_request(self) -> None:
        page = self.screen(self.analyst, self.update, "ask_withdrawal")
        self.assertContains(page, "Gul Khan of Mingora was detained.")
        response = self.send(self.analyst, page, reason_ur="ماخذ نے واپس لیا")
        request = Request.objects.get()
        self.assertRedirects(response, desk.address(request))
        self.assertIn("A reviewer, never you, carries it out", desk.told(response))
        told = (request.act, request.reason, request.reason_ur, request.ground, request.asked_by)
        self.assertEqual(told, ("withdrawal", "The source took it back.", "ماخذ نے واپس لیا", "", self.analyst))
        self.assertEqual([(row.kind, row.code) for row in request.rows.all()], [("progressupdate", self.update.code)])
        self.assertEqual(LogEntry.objects.get().user, self.analyst)

    def test_from_the_page_of_the_row(self) -> None:
        page = desk.signed_in(self.central).post(
            desk.address(self.update),
            {"CHANGE_FORM-action": "ask_redaction", "_selected_action": [self.update.pk], "index": 0},
        )
        self.assertContains(page, "must not repeat what is to be removed")
        self.send(self.central, page, reason="It named a private person.", ground="personal-data")
        request = Request.objects.get()
        self.assertEqual((request.act, request.ground), ("redaction", "personal-data"))

    def test_strikes_out_what_a_redaction_removes_and_nothing_else(self) -> None:
        page = self.screen(self.central, self.update, "ask_redaction")
        self.assertContains(page, "<del>Gul Khan of Mingora was detained.</del>")
        self.assertNotContains(page, f"<del>{self.update.action}</del>")
        self.assertNotContains(self.screen(self.central, self.update, "ask_withdrawal"), "<del>")

    def test_wants_a_reason_and_of_a_redaction_its_ground(self) -> None:
        page = self.screen(self.central, self.update, "ask_redaction")
        response = self.send(self.central, page, reason=" ", ground="")
        self.assertEqual(set(response.context["form"].errors), {"reason", "ground"})
        self.assertFalse(Request.objects.exists())

    def test_of_a_redaction_points_at_words_that_the_reason_repeats(self) -> None:
        page = self.screen(self.central, self.update, "ask_redaction")
        self.assertNotContains(page, "give away nothing")
        said = {"reason": "It names Gul Khan of Mingora.", "ground": "personal-data"}
        response = self.send(self.central, page, **said)
        self.assertContains(response, "repeats words of what is to be removed: “gul khan of mingora”.")
        self.assertContains(response, "give away nothing")
        self.assertFalse(Request.objects.exists())
        self.send(self.central, response, **said, harmless="on")
        self.assertTrue(Request.objects.exists())

    def test_twice_makes_one_request(self) -> None:
        page = self.screen(self.central, self.update, "ask_withdrawal")
        self.send(self.central, page)
        response = self.send(self.central, page)
        self.assertContains(response, f"its withdrawal has been asked for already ({Request.objects.get()})")

    def test_for_a_row_that_does_not_stand_says_so_at_once(self) -> None:
        draft = make_source(entered_by=self.central)
        page = self.screen(self.central, draft, "ask_withdrawal")
        self.assertContains(page, f"source {draft.code} does not stand")
        self.assertContains(self.screen(self.central, draft, "ask_redaction"), "a draft is simply deleted")
        self.assertFalse(Request.objects.exists())

    def test_is_refused_if_a_row_changed_since_the_screen_was_shown(self) -> None:
        page = self.screen(self.central, self.source, "ask_redaction")
        response = desk.fill(desk.signed_in(self.central), desk.address(self.source), title_ur="عنوان")
        self.assertEqual(desk.errors(response), "")
        said = {"reason": "It named a private person.", "ground": "personal-data"}
        response = self.send(self.central, page, **said)
        self.assertContains(response, "has changed since you looked")
        self.assertEqual(desk.fields(response)["reason"], ["It named a private person."])
        self.send(self.central, response, **said)
        self.assertTrue(Request.objects.exists())

    def test_by_get_leads_back_to_the_lists(self) -> None:
        for url in (
            reverse("admin:tracker_request_ask", args=["withdrawal"]),
            reverse("admin:tracker_request_suspend"),
        ):
            self.assertRedirects(desk.signed_in(self.reviewer).get(url), reverse("admin:index"))


class WhatRestsOnItTests(Acts):
    def test_is_shown_and_must_go_along(self) -> None:
        page = self.screen(self.central, self.source, "ask_withdrawal")
        self.assertContains(page, "Rests on it and would lose its ground")
        self.assertEqual(page.context["count_beside"], 2)
        self.assertContains(page, self.snapshot.code)
        response = self.send(self.central, page)
        self.assertContains(response, f"citation {self.snapshot.citation.code} rests on it and stands")
        self.assertFalse(Request.objects.exists())
        self.send(self.central, response, include="on")
        self.assertEqual(
            set(Request.objects.get().rows.values_list("kind", flat=True)), {"source", "citation", "metricsnapshot"}
        )

    def test_is_not_asked_for_by_an_analyst_to_whom_it_does_not_belong(self) -> None:
        mine = make_source(entered_by=self.analyst)
        citation = make_citation(source=mine, entered_by=self.central)
        publish_all(citation)
        page = self.screen(self.analyst, mine, "ask_withdrawal")
        self.assertContains(page, "some of them are not of your bodies")
        self.assertNotIn("include", page.context["form"].fields)
        response = self.send(self.analyst, page, include="on")
        self.assertContains(response, f"citation {citation.code} is not of your bodies")
        self.assertFalse(Request.objects.exists())

    def test_is_asked_again_if_something_came_to_it_meanwhile(self) -> None:
        page = self.screen(self.central, self.source, "ask_withdrawal")
        late = make_snapshot(citation=self.snapshot.citation)
        publish_all(late)
        response = self.send(self.central, page, include="on")
        self.assertContains(response, "has changed since you looked")
        self.assertContains(response, late.code)
        self.assertFalse(Request.objects.exists())

    def test_is_left_alone_by_a_redaction(self) -> None:
        page = self.screen(self.central, self.source, "ask_redaction")
        self.assertEqual(page.context["count_beside"], 0)
        self.send(self.central, page, ground="court-order", reason="A court ordered it.")
        self.assertEqual(Request.objects.get().rows.count(), 1)

    def test_is_shown_by_hundreds_in_few_queries(self) -> None:
        citation = self.snapshot.citation
        client = desk.signed_in(self.reviewer)
        few = self.queries(client)
        for _number in range(3):
            row = make_snapshot(citation=citation)
            publish_all(row)
        self.assertEqual(self.queries(client), few)

    def queries(self, client: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            desk_page = client.post(
                desk.address(Source, "changelist"),
                {"action": "suspend_at_once", "_selected_action": [self.source.pk], "index": 0},
            )
            self.assertEqual(desk_page.status_code, 200)
        return len(captured)


class SuspendingTests(Acts):
    def test_hides_the_rows_and_what_rests_on_them(self) -> None:
        page = self.screen(self.reviewer, self.source, "suspend_at_once")
        self.assertContains(page, "Hidden with it, because it rests on it")
        self.assertContains(page, self.snapshot.code)
        response = self.send(self.reviewer, page, reason="Said to be forged.")
        edition = Edition.objects.get(number=2)
        self.assertRedirects(response, reverse("admin:tracker_request_suspension", args=[2]))
        self.assertIn("Edition 2 hides 3 rows until another reviewer", desk.told(response))
        self.assertEqual(
            (edition.act, edition.summary, edition.published_by), ("suspension", "Said to be forged.", self.reviewer)
        )
        self.assertFalse(MetricSnapshot.objects.standing().exists())
        self.assertContains(response, "You suspended this: another reviewer")

    def test_wants_a_reason(self) -> None:
        page = self.screen(self.reviewer, self.source, "suspend_at_once")
        self.assertContains(self.send(self.reviewer, page, reason=""), "This field is required.")
        self.assertEqual(Edition.objects.count(), 1)

    def test_happens_once(self) -> None:
        page = self.screen(self.reviewer, self.source, "suspend_at_once")
        self.send(self.reviewer, page)
        response = self.send(self.reviewer, page)
        self.assertContains(response, "has changed since you looked")
        self.assertEqual(Edition.objects.count(), 2)
        self.assertContains(self.send(self.reviewer, response), "does not stand, so it cannot be suspended")

    def test_is_refused_if_more_would_be_hidden_than_was_shown(self) -> None:
        page = self.screen(self.reviewer, self.source, "suspend_at_once")
        late = make_snapshot(citation=self.snapshot.citation)
        publish_all(late)
        response = self.send(self.reviewer, page)
        self.assertContains(response, "has changed since you looked")
        self.assertContains(response, late.code)
        self.assertEqual(Edition.objects.filter(act="suspension").count(), 0)


class ForgedFormTests(Acts):
    def addresses(self) -> dict[str, str]:
        asking = {act: reverse("admin:tracker_request_ask", args=[act]) for act in ("withdrawal", "redaction")}
        return {**asking, "suspension": reverse("admin:tracker_request_suspend")}

    def post(self, user: User, url: str, **entries: Any) -> int:
        data = {"item": [f"progressupdate:{self.update.pk}"], "reason": "A reason.", "ground": "court-order", **entries}
        return desk.signed_in(user).post(url, data).status_code

    def test_names_of_no_row_are_refused(self) -> None:
        draft = make_source(entered_by=self.central)
        items = [
            "source",
            "source:x",
            "user:1",
            "Source:1",
            "source:0",
            "source:-1",
            "source:1:1",
            f"source:{10**19}",
            "",
        ]
        items += ["source:999999", "edition:1", "request:1", "source:1\0", "source:١"]
        for url in self.addresses().values():
            for item in [*([item] for item in items), []]:
                with self.subTest(url=url, item=item):
                    self.assertEqual(self.post(self.reviewer, url, item=item), 400)
        self.assertEqual(self.post(self.analyst, self.addresses()["withdrawal"], item=[f"source:{draft.pk}"]), 400)
        self.assertFalse(Request.objects.exists())

    def test_another_act_has_no_page(self) -> None:
        for act in ("publication", "suspension", "x"):
            url = reverse("admin:tracker_request_ask", args=[act])
            self.assertEqual(self.post(self.reviewer, url), 404)

    def test_of_others_are_refused(self) -> None:
        nobody = desk.clerk("nobody")
        foreign = [f"progressupdate:{self.foreign.pk}"]
        for act, url in self.addresses().items():
            with self.subTest(act):
                self.assertEqual(self.post(nobody, url), 403)
                self.assertEqual(self.post(self.analyst, url, item=foreign), 403)
                self.assertEqual(desk.signed_in(nobody).get(url).status_code, 403)
        for user in (self.analyst, self.central):
            self.assertEqual(self.post(user, self.addresses()["suspension"]), 403)
        self.assertFalse(Request.objects.exists())
        self.assertEqual(Edition.objects.count(), 1)

    def test_without_what_was_seen_do_nothing(self) -> None:
        for url in self.addresses().values():
            for seen in ({}, {"seen": "0" * 64}, {"seen": "'"}):
                with self.subTest(url=url, seen=seen):
                    self.assertEqual(self.post(self.reviewer, url, **seen), 200)
        self.assertFalse(Request.objects.exists())
        self.assertEqual(Edition.objects.count(), 1)

    def test_strangers_are_sent_to_the_login(self) -> None:
        for url in self.addresses().values():
            self.assertRedirects(self.client.post(url), f"{reverse('admin:login')}?next={url}")

    def test_an_unknown_ground_is_refused(self) -> None:
        self.post(self.central, self.addresses()["redaction"], ground="because")
        self.assertFalse(Request.objects.exists())


class StateTests(Acts):
    """What lists and pages say of rows that were suspended or redacted."""

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        suspend([cls.update], reviewer(), "Doubtful.")
        redact([cls.source], reviewer(), "A reason.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        withdraw([cls.foreign], reviewer(), "Wrong.", asked_by=asker())

    def listed(self, model: Any, state: str) -> set[Any]:
        page = desk.signed_in(self.reviewer).get(desk.address(model, "changelist"), {"state": state})
        return set(page.context["cl"].queryset)

    def test_filters_know_them(self) -> None:
        expected = {"published": set(), "suspended": {self.update}, "withdrawn": {self.foreign}, "redacted": set()}
        for state, rows in expected.items():
            with self.subTest(state):
                self.assertEqual(self.listed(ProgressUpdate, state), rows)
        self.assertEqual(self.listed(Source, "redacted"), {self.source})
        self.assertIn(self.source, self.listed(Source, "published"))

    def test_the_list_says_so(self) -> None:
        client = desk.signed_in(self.reviewer)
        page = client.get(desk.address(ProgressUpdate, "changelist"))
        self.assertContains(page, '<span class="state state-suspended">suspended in edition 2</span>')
        page = client.get(desk.address(Source, "changelist"))
        self.assertContains(
            page, '<span class="state state-redacted">published in edition 1, redacted in edition 3</span>'
        )

    def test_a_redacted_row_shows_its_tombstone_and_offers_no_edit(self) -> None:
        chief = User.objects.create_superuser("chief")
        for user in (self.central, self.reviewer, chief):
            with self.subTest(user.username):
                page = desk.signed_in(user).get(desk.address(self.source))
                self.assertContains(page, "this tombstone and the digest stay")
                self.assertContains(page, "[redacted]")
                self.assertNotContains(page, 'name="_save"')
                self.assertNotContains(page, "deletelink")
                self.assertNotIn("ask_redaction", self.offered(user, self.source))
                response = desk.signed_in(user).post(desk.address(self.source), {"title_ur": "عنوان"})
                self.assertEqual(response.status_code, 403)

    def test_a_form_that_was_open_when_the_row_was_redacted_keeps_the_entries(self) -> None:
        source = make_source()
        publish_all(source)
        client = desk.signed_in(self.central)
        opened = desk.fields(client.get(desk.address(source)))
        redact([source], reviewer(), "A reason.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        response = client.post(desk.address(source), {**opened, "title_ur": "عنوان", "_save": "Save"}, follow=True)
        self.assertIn("nothing was saved", desk.errors(response))
        source.refresh_from_db()
        self.assertEqual(source.title_ur, "")

    def test_a_suspended_row_links_its_edition_and_for_reviewers_the_way_to_settle_it(self) -> None:
        settle = reverse("admin:tracker_request_suspension", args=[2])
        page = desk.signed_in(self.reviewer).get(desk.address(self.update))
        self.assertContains(page, "Hidden, except in earlier editions, until another reviewer")
        self.assertContains(page, reverse("edition", args=[2]))
        self.assertContains(page, settle)
        page = desk.signed_in(self.analyst).get(desk.address(self.update))
        self.assertContains(page, reverse("edition", args=[2]))
        self.assertNotContains(page, settle)

    def test_only_a_row_that_stands_links_its_public_page(self) -> None:
        action = self.update.action
        for shown in (True, False):
            page = desk.signed_in(self.reviewer).get(desk.address(action)).content.decode()
            self.assertEqual("viewsitelink" in page, shown)
            if shown:
                suspend([action], reviewer(), "Doubtful.")

    def test_a_row_that_is_gone_for_good_is_shown_too(self) -> None:
        action = make_action()
        publish_all(action)
        redact([action], reviewer(), "A reason.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        withdraw([action], reviewer(), "A reason.", asked_by=asker())
        page = desk.signed_in(self.central).get(desk.address(action))
        self.assertContains(page, "withdrawn in edition 7, redacted in edition 6")

    def test_the_page_of_an_edition_shows_its_act_its_ground_and_who_asked(self) -> None:
        page = desk.signed_in(self.reviewer).get(desk.address(Edition.objects.get(number=3)))
        for words in ("redaction", "order of a court", "asker"):
            self.assertContains(page, words)
        page = desk.signed_in(self.reviewer).get(desk.address(Edition, "changelist"), {"act__exact": "suspension"})
        self.assertEqual([edition.number for edition in page.context["cl"].queryset], [2])
