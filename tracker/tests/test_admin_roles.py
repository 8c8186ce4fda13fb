"""Who may do what at the desk: each role, and each way around its limits."""

from typing import Any

from django.test import TestCase
from django.urls import reverse

from tracker.models import Assignment, Citation, MetricSnapshot, Policy, ProgressUpdate, ResponsibleBody, Source, User
from tracker.publishing import stages
from tracker.tests import desk
from tracker.tests.factories import (
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
)


class Roles(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.ours = make_body(code="home-department-kp", name="Home Department KP")
        cls.theirs = make_body(code="home-department-sindh", name="Home Department Sindh")
        cls.action = make_action()
        publish_all(cls.ours, cls.theirs, cls.action)
        cls.analyst = desk.analyst(body=cls.ours)
        cls.other = desk.analyst("other", body=cls.theirs)
        cls.central = desk.central()
        cls.reviewer = desk.reviewing()

    def status(self, user: User, url: str, data: Any = None) -> int:
        client = desk.signed_in(user)
        return (client.get(url) if data is None else client.post(url, data)).status_code


class VerbTests(Roles):
    def test_what_each_role_may_open(self) -> None:
        add, change, listed = "add", "change", "changelist"
        expected = {
            (Source, add): [200, 200, 403],
            (MetricSnapshot, add): [200, 200, 403],
            (ProgressUpdate, add): [200, 200, 403],
            (Policy, add): [403, 200, 403],
            (Assignment, add): [403, 200, 403],
            (ResponsibleBody, add): [403, 200, 403],
            (Source, listed): [200, 200, 200],
            (Policy, listed): [200, 200, 200],
            (User, listed): [403, 403, 403],
            (User, add): [403, 403, 403],
        }
        for (model, page), wanted in expected.items():
            for user, status in zip((self.analyst, self.central, self.reviewer), wanted, strict=True):
                with self.subTest(model=model.__name__, page=page, user=user.username):
                    self.assertEqual(self.status(user, desk.address(model, page)), status)
        self.assertEqual(change, "change")

    def test_strangers_are_sent_to_the_login(self) -> None:
        for url in (desk.address(Source, "add"), reverse("admin:tracker_edition_review")):
            self.assertRedirects(self.client.get(url), f"{reverse('admin:login')}?next={url}")

    def test_a_reviewer_reads_and_cannot_edit(self) -> None:
        source = make_source(entered_by=self.analyst)
        self.assertEqual(self.status(self.reviewer, desk.address(source)), 200)
        self.assertEqual(self.status(self.reviewer, desk.address(source), {"title": "Mine"}), 403)
        self.assertEqual(self.status(self.reviewer, desk.address(source, "delete"), {"post": "yes"}), 403)

    def test_only_a_reviewer_opens_the_review(self) -> None:
        screen = reverse("admin:tracker_edition_review")
        self.assertEqual(
            [self.status(user, screen) for user in (self.analyst, self.central, self.reviewer)], [403, 403, 200]
        )

    def test_only_a_reviewer_has_the_action_that_publishes(self) -> None:
        row = make_source(entered_by=self.analyst, stage="submitted")
        desk.act(desk.signed_in(self.central), row, "publish_next_edition")
        row.refresh_from_db()
        self.assertFalse(row.is_published)
        response = desk.act(desk.signed_in(self.reviewer), row, "publish_next_edition")
        self.assertContains(response, "This becomes edition 2.")


class ScopeTests(Roles):
    def test_an_analyst_sees_their_own_drafts_and_what_is_published(self) -> None:
        own, foreign = make_source(entered_by=self.analyst), make_source(entered_by=self.other)
        published = make_source(entered_by=self.other)
        publish_all(published)
        client = desk.signed_in(self.analyst)
        listed = set(client.get(desk.address(Source, "changelist"), {"mine": ""}).context["cl"].queryset)
        self.assertIn(own, listed)
        self.assertIn(published, listed)
        self.assertNotIn(foreign, listed)
        self.assertEqual(client.get(desk.address(foreign), follow=True).redirect_chain[0][1], 302)

    def test_an_analyst_sees_the_reports_and_assignments_of_their_bodies(self) -> None:
        client = desk.signed_in(self.analyst)
        for make in (make_update, make_assignment):
            own, foreign = make(body=self.ours, entered_by=self.central), make(body=self.theirs)
            listed = set(client.get(desk.address(type(own), "changelist")).context["cl"].queryset)
            self.assertIn(own, listed)
            self.assertNotIn(foreign, listed)

    def test_a_central_analyst_and_a_reviewer_see_every_draft(self) -> None:
        rows = {make_source(entered_by=self.analyst), make_source(entered_by=self.other)}
        for user in (self.central, self.reviewer):
            listed = desk.signed_in(user).get(desk.address(Source, "changelist")).context["cl"].queryset
            self.assertLessEqual(rows, set(listed))

    def test_a_membership_that_ended_gives_nothing(self) -> None:
        update = make_update(body=self.ours)
        self.analyst.memberships.update(until="2024-12-31")
        self.assertEqual(self.status(self.analyst, desk.address(update)), 302)

    def test_an_analyst_edits_the_report_that_a_colleague_entered_for_the_body(self) -> None:
        update = make_update(body=self.ours, action=self.action, entered_by=self.central, citation=None)
        response = desk.fill(desk.signed_in(self.analyst), desk.address(update), account="Corrected.")
        self.assertEqual(desk.errors(response), "")
        update.refresh_from_db()
        self.assertEqual((update.account, update.entered_by), ("Corrected.", self.central))

    def test_suggestions_name_only_bodies_that_the_analyst_may_choose(self) -> None:
        asked = {"app_label": "tracker", "model_name": "progressupdate", "field_name": "body", "term": "Home"}
        for user, expected in ((self.analyst, {self.ours}), (self.central, {self.ours, self.theirs})):
            found = desk.signed_in(user).get(reverse("admin:autocomplete"), asked).json()["results"]
            self.assertEqual({row["id"] for row in found}, {str(body.pk) for body in expected})

    def test_suggestions_keep_the_drafts_of_others_to_themselves(self) -> None:
        make_citation(code="secret.draft", entered_by=self.other)
        asked = {"app_label": "tracker", "model_name": "metricsnapshot", "field_name": "citation", "term": "secret"}
        self.assertEqual(desk.signed_in(self.analyst).get(reverse("admin:autocomplete"), asked).json()["results"], [])


class ForgedPostTests(Roles):
    def entries(self, **changes: Any) -> dict[str, Any]:
        return {
            "action": self.action,
            "as_of": "2026-11-20",
            "body": self.ours,
            "channel": "filed",
            "status": "complete",
            "account": "Done.",
            **changes,
        }

    def test_a_report_cannot_be_filed_for_a_foreign_body(self) -> None:
        client = desk.signed_in(self.analyst)
        response = desk.fill(client, desk.address(ProgressUpdate, "add"), **self.entries(body=self.theirs))
        self.assertIn("'body'", desk.errors(response))
        self.assertFalse(ProgressUpdate.objects.exists())

    def test_a_report_cannot_be_moved_to_a_foreign_body(self) -> None:
        update = make_update(body=self.ours, action=self.action, citation=None)
        response = desk.fill(desk.signed_in(self.analyst), desk.address(update), body=self.theirs)
        self.assertIn("'body'", desk.errors(response))
        update.refresh_from_db()
        self.assertEqual(update.body, self.ours)

    def test_a_foreign_draft_cannot_be_changed_deleted_or_submitted(self) -> None:
        update = make_update(body=self.theirs, entered_by=self.other)
        client = desk.signed_in(self.analyst)
        for page in ("change", "delete"):
            response = client.post(
                desk.address(update, page), {"post": "yes", "account": "Forged", "seen": "1-draft-0-0"}
            )
            self.assertEqual(response.status_code, 302)
        desk.act(client, update, "submit_for_review")
        desk.act(client, update, "delete_selected")
        update.refresh_from_db()
        self.assertEqual((update.account, update.stage), ("The body says that work is under way.", "draft"))

    def test_a_foreign_draft_cannot_be_cited(self) -> None:
        citation = make_citation(entered_by=self.other)
        client = desk.signed_in(self.analyst)
        response = desk.fill(client, desk.address(ProgressUpdate, "add"), **self.entries(citation=citation))
        self.assertIn("'citation'", desk.errors(response))

    def test_a_foreign_bodys_report_cannot_be_replaced(self) -> None:
        report = make_update(body=self.theirs, action=self.action)
        publish_all(report)
        client = desk.signed_in(self.analyst)
        entries = self.entries(replaces=report, reason="We know better.")
        self.assertIn("'replaces'", desk.errors(desk.fill(client, desk.address(ProgressUpdate, "add"), **entries)))

    def test_what_the_ledger_keeps_cannot_be_posted(self) -> None:
        source = make_source(entered_by=self.analyst)
        client = desk.signed_in(self.analyst)
        desk.fill(
            client,
            desk.address(source),
            title="Changed",
            stage="submitted",
            edition=1,
            entered_by=self.other,
            version=9,
        )
        source.refresh_from_db()
        kept = (source.title, source.stage, source.edition_id, source.entered_by, source.version)
        self.assertEqual(kept, ("Changed", "draft", None, self.analyst, 2))

    def test_the_add_page_makes_the_clerk_the_author_whatever_is_posted(self) -> None:
        client = desk.signed_in(self.analyst)
        desk.fill(
            client, desk.address(Source, "add"), code="a", publisher="A", title="A", kind="news", entered_by=self.other
        )
        self.assertEqual(Source.objects.get(code="a").entered_by, self.analyst)


class PublishedRowTests(Roles):
    def test_is_read_only_but_for_what_may_be_mended(self) -> None:
        source = make_source(title="As printed", entered_by=self.analyst)
        publish_all(source)
        client = desk.signed_in(self.analyst)
        response = desk.fill(client, desk.address(source), title="Forged", title_ur="عنوان")
        self.assertEqual(desk.errors(response), "")
        source.refresh_from_db()
        self.assertEqual((source.title, source.title_ur), ("As printed", "عنوان"))

    def test_is_not_deleted_not_even_by_a_superuser(self) -> None:
        source = make_source()
        publish_all(source)
        chief = User.objects.create_superuser("chief")
        self.assertEqual(self.status(chief, desk.address(source, "delete"), {"post": "yes"}), 403)
        desk.signed_in(chief).post(
            desk.address(Source, "changelist"),
            {"action": "delete_selected", "_selected_action": [source.pk], "post": "yes"},
        )
        self.assertTrue(Source.objects.filter(pk=source.pk).exists())

    def test_has_no_buttons_when_nothing_of_it_can_be_mended(self) -> None:
        claim = make_snapshot()
        publish_all(claim)
        page = desk.signed_in(self.reviewer).get(desk.address(claim))
        self.assertNotContains(page, 'name="_save"')

    def test_a_withdrawn_row_is_read_only_altogether(self) -> None:
        old = make_snapshot()
        publish_all(old)
        publish_all(make_snapshot(series=old.series, replaces=old, reason="Misread."))
        page = desk.signed_in(self.central).get(desk.address(old))
        self.assertContains(page, "withdrawn in edition")
        self.assertNotContains(page, 'name="_save"')

    def test_a_submitted_row_waits_untouched(self) -> None:
        source = make_source(entered_by=self.analyst, stage="submitted")
        self.assertEqual(self.status(self.analyst, desk.address(source), {"title": "Later"}), 403)
        self.assertEqual(self.status(self.analyst, desk.address(source, "delete"), {"post": "yes"}), 403)


class StaleFormTests(Roles):
    def setUp(self) -> None:
        self.source = make_source(title="As printed", entered_by=self.central)
        self.first, self.second = desk.signed_in(self.central), desk.signed_in(desk.central("second"))
        self.url = desk.address(self.source)
        self.opened = desk.fields(self.second.get(self.url))
        self.save = {"_save": "Save"}

    def second_saves(self, **entries: str) -> Any:
        return self.second.post(self.url, {**self.opened, **entries, **self.save}, follow=True)

    def test_is_refused_with_who_and_when_and_keeps_the_entries(self) -> None:
        desk.fill(self.first, self.url, title="By the first")
        response = self.second_saves(title="By the second")
        self.assertIn("changed this row on", desk.errors(response))
        self.assertIn("By the first", desk.errors(response))
        self.assertEqual(desk.fields(response)["title"], ["By the second"])
        self.source.refresh_from_db()
        self.assertEqual(self.source.title, "By the first")

    def test_may_be_saved_again_by_a_clerk_who_has_been_told(self) -> None:
        desk.fill(self.first, self.url, title="By the first")
        self.opened = desk.fields(self.second_saves(title="By the second"))
        self.assertEqual(desk.errors(self.second_saves()), "")
        self.source.refresh_from_db()
        self.assertEqual(self.source.title, "By the second")

    def test_is_refused_without_its_version(self) -> None:
        del self.opened["seen"]
        self.assertIn("lacks the version", desk.errors(self.second_saves(title="By the second")))

    def test_is_refused_and_keeps_the_entries_when_the_row_was_submitted(self) -> None:
        stages.submit([self.source])
        response = self.second_saves(title="By the second")
        self.assertIn("now submitted, published or withdrawn", desk.errors(response))
        self.assertEqual(desk.fields(response)["title"], ["By the second"])

    def test_is_refused_and_keeps_the_entries_when_the_row_was_published(self) -> None:
        publish_all(self.source)
        response = self.second_saves(title="By the second")
        self.assertIn("now submitted, published or withdrawn", desk.errors(response))
        self.assertEqual(desk.fields(response)["title"], ["By the second"])
        self.source.refresh_from_db()
        self.assertEqual(self.source.title, "As printed")

    def test_a_forged_version_opens_no_published_row(self) -> None:
        publish_all(self.source)
        for seen in ("1-draft-0-0", "9-draft-1-0", "-", "x"):
            with self.subTest(seen=seen):
                self.second_saves(title="Forged", seen=seen)
                self.source.refresh_from_db()
                self.assertEqual(self.source.title, "As printed")


class OwnCitationTests(Roles):
    def test_an_analyst_adds_a_citation_under_a_published_source_of_somebody_else(self) -> None:
        source = make_source()
        publish_all(source)
        response = desk.fill(
            desk.signed_in(self.analyst), desk.address(Citation, "add"), source=source, code="x.y", quotation="Words.",
            attribution="record",
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        self.assertEqual(Citation.objects.get(code="x.y").entered_by, self.analyst)
