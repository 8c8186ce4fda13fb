"""The reviewer's screen: what is submitted, what goes with it, and what the gate refuses."""

from typing import Any
from unittest import mock

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.urls import reverse

from tracker.admin import review
from tracker.admin.history import set_author
from tracker.models import Edition, Indicator, MetricSnapshot, Source
from tracker.publishing import GateRefused, stages
from tracker.tests import desk
from tracker.tests.factories import make_area, make_citation, make_series, make_snapshot, make_source, publish_all


class Review(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.author = desk.central()
        cls.reviewer = desk.reviewing()

    def setUp(self) -> None:
        self.client = desk.signed_in(self.reviewer)
        self.screen = reverse("admin:tracker_edition_review")

    def ticked(self, *rows: Any) -> list[str]:
        return [f"{row._meta.model_name}:{row.pk}:{row.version}" for row in rows]

    def look(self, *rows: Any) -> Any:
        return self.client.post(self.screen, {"item": self.ticked(*rows), "look": "1"})

    def publish(self, page: Any, **entries: str) -> Any:
        return self.client.post(
            self.screen, {**desk.fields(page), "summary": "What is new.", "publish": "1", **entries}, follow=True
        )


class ScreenTests(Review):
    def test_lists_what_is_submitted_and_nothing_else(self) -> None:
        make_source(code="a-draft", entered_by=self.author)
        make_source(code="sent-in", entered_by=self.author, stage="submitted")
        publish_all(make_source(code="long-published", entered_by=self.author, stage="submitted"))
        page = self.client.get(self.screen)
        self.assertContains(page, "sent-in")
        self.assertNotContains(page, "a-draft")
        self.assertNotContains(page, "long-published")

    def test_says_so_when_nothing_is(self) -> None:
        self.assertContains(self.client.get(self.screen), "Nothing is submitted.")

    def test_offers_no_box_for_what_the_reviewer_entered(self) -> None:
        make_source(code="mine", entered_by=self.reviewer, stage="submitted")
        page = self.client.get(self.screen)
        self.assertContains(page, "another reviewer must publish it")
        self.assertNotIn("item", desk.fields(page))

    def test_shows_what_goes_with_a_row_and_what_leaves(self) -> None:
        citation = make_citation(code="the.words", entered_by=self.author)
        old = make_snapshot()
        publish_all(old)
        new = make_snapshot(
            series=old.series, citation=citation, replaces=old, reason="Misread.", entered_by=self.author
        )
        stages.submit([new])
        page = self.look(new)
        self.assertEqual([entry.row for entry in page.context["chosen"]], [new])
        self.assertEqual({entry.row.code for entry in page.context["beside"]}, {"the.words", citation.source.code})
        self.assertEqual(page.context["replaced"], [old])
        self.assertContains(page, "Leaves, because it is replaced")

    def test_refuses_names_of_no_row(self) -> None:
        for item in ("source", "source:x:1", "user:1:1", "source:1:x", "source:99999999999999999999:1", "source:-1:1"):
            with self.subTest(item=item):
                self.assertEqual(self.client.post(self.screen, {"item": [item], "look": "1"}).status_code, 400)

    def test_asks_for_a_tick(self) -> None:
        self.assertContains(self.client.post(self.screen, {"look": "1"}, follow=True), "Tick what is to be published")

    def test_begins_with_everything_ticked_or_nothing(self) -> None:
        make_source(entered_by=self.author, stage="submitted")
        self.assertIn("item", desk.fields(self.client.get(self.screen)))
        self.assertNotIn("item", desk.fields(self.client.get(self.screen, {"tick": "none"})))

    def test_offers_no_box_for_what_the_reviewer_edited(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        set_author(self.reviewer.pk)
        self.addCleanup(set_author, None)
        Source.objects.filter(pk=source.pk).update(title="Mended by the reviewer")
        page = self.client.get(self.screen)
        self.assertContains(page, "another reviewer must publish it")
        self.assertNotIn("item", desk.fields(page))

    def test_says_how_many_more_there_are_than_it_shows(self) -> None:
        for _number in range(3):
            make_source(entered_by=self.author, stage="submitted")
        with mock.patch.object(review, "SHOWN", 2):
            self.assertContains(self.client.get(self.screen), "of 3; the rest comes when these are done")


class PublishingTests(Review):
    def test_publishes_with_a_summary_in_both_languages(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        response = self.publish(self.look(source), summary_ur="ایک ماخذ")
        edition = Edition.objects.get()
        self.assertEqual((edition.summary, edition.summary_ur), ("What is new.", "ایک ماخذ"))
        self.assertContains(response, "Edition 1</a> is published.")
        self.assertEqual(LogEntry.objects.get().user, self.reviewer)

    def test_wants_a_summary(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        response = self.publish(self.look(source), summary=" ")
        self.assertContains(response, "This field is required.")
        self.assertFalse(Edition.objects.exists())

    def test_keeps_the_summary_and_names_each_item_when_the_gate_refuses(self) -> None:
        source = make_source(code="mine", entered_by=self.reviewer, stage="submitted")
        bare = make_snapshot(citation=None, entered_by=self.author, stage="submitted")
        Indicator.objects.update(stage="submitted")
        response = self.publish(self.look(source, bare), summary="A sentence that took a while.")
        self.assertContains(response, "source mine: you entered or edited it yourself")
        self.assertContains(response, f"metric snapshot {bare.code}: has no citation")
        self.assertEqual(desk.fields(response)["summary"], ["A sentence that took a while."])
        self.assertFalse(Edition.objects.exists())

    def test_says_what_only_the_database_sees(self) -> None:
        citation, series = make_citation(entered_by=self.author, stage="submitted"), make_series()
        Source.objects.update(stage="submitted")
        Indicator.objects.update(stage="submitted")
        two = [
            make_snapshot(citation=citation, series=series, entered_by=self.author, stage="submitted")
            for _n in range(2)
        ]
        self.assertContains(self.publish(self.look(*two)), "already recorded for this series and period")

    def test_refuses_a_draft_even_if_its_name_is_posted(self) -> None:
        draft = make_source(entered_by=self.author)
        response = self.publish(self.look(draft))
        self.assertContains(response, "is not submitted")
        self.assertFalse(Edition.objects.exists())

    def test_refuses_to_carry_a_draft_along(self) -> None:
        snapshot = make_snapshot(entered_by=self.author)
        stages.submit([snapshot])
        stages.withdraw_to_draft([snapshot.citation])
        self.assertContains(self.publish(self.look(snapshot)), f"citation {snapshot.citation.code} is not submitted")

    def test_refuses_what_was_changed_after_the_reviewer_looked(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        page = self.look(source)
        Source.objects.update(stage="draft")
        desk.fill(desk.signed_in(self.author), desk.address(source), press="submit", title="Another title")
        self.assertContains(self.publish(page), "was changed or added since you looked")
        self.assertFalse(Edition.objects.exists())

    def test_refuses_what_was_deleted_after_the_reviewer_looked(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        page = self.look(source)
        source.delete()
        self.assertContains(self.publish(page), "Something was deleted since you looked at it.")

    def test_does_not_publish_twice(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        page = self.look(source)
        self.publish(page)
        self.assertContains(self.publish(page), "is published already")
        self.assertEqual(Edition.objects.count(), 1)

    def test_an_action_on_drafts_publishes_nothing(self) -> None:
        response = desk.act(self.client, make_source(entered_by=self.author), "publish_next_edition")
        self.assertIn("None of these is submitted", desk.told(response))

    def test_is_an_action_on_the_rows_own_page_too(self) -> None:
        source = make_source(entered_by=self.author, stage="submitted")
        page = self.client.get(desk.address(source))
        self.assertEqual(
            [name for name, _label in page.context["action_form"].fields["action"].choices if name],
            ["publish_next_edition", "give_back"],
        )
        response = self.client.post(
            desk.address(source),
            {"CHANGE_FORM-action": "publish_next_edition", "_selected_action": [source.pk], "index": 0},
        )
        self.assertContains(response, "This becomes edition 1.")


class StageTests(Review):
    def give_back(self, rows: list[Any]) -> int:
        return stages.give_back(rows, self.reviewer, "Give the day of publication.")

    def test_submitting_takes_along_the_drafts_that_a_row_rests_on(self) -> None:
        snapshot = make_snapshot()
        self.assertEqual(stages.submit([snapshot]), 4)  # the citation, its source, and the indicator
        for row in (snapshot, snapshot.citation, snapshot.citation.source, snapshot.series.indicator):
            row.refresh_from_db()
            self.assertEqual(row.stage, "submitted")

    def test_what_could_not_be_published_is_not_submitted(self) -> None:
        with self.assertRaisesMessage(GateRefused, "has no citation"):
            stages.submit([make_snapshot(citation=None)])
        self.assertEqual(MetricSnapshot.objects.get().stage, "draft")

    def test_a_rehearsal_leaves_no_trace(self) -> None:
        snapshot = make_snapshot()
        self.assertEqual(stages.rehearse([snapshot]), [])
        self.assertFalse(Edition.objects.exists())
        snapshot.refresh_from_db()
        self.assertFalse(snapshot.is_published)

    def test_stages_follow_one_another(self) -> None:
        source = make_source()
        for step, expected in (
            (stages.withdraw_to_draft, "draft"),
            (self.give_back, "draft"),
            (stages.submit, "submitted"),
            (self.give_back, "returned"),
            (stages.withdraw_to_draft, "returned"),
            (stages.submit, "submitted"),
            (stages.withdraw_to_draft, "draft"),
        ):
            step([source])
            source.refresh_from_db()
            self.assertEqual(source.stage, expected)

    def test_a_published_row_has_no_stage_to_change(self) -> None:
        source = make_source(stage="submitted")
        publish_all(source)
        self.assertEqual(stages.withdraw_to_draft([source]) + self.give_back([source]), 0)

    def test_the_author_submits_and_withdraws_from_the_list(self) -> None:
        source = make_source(entered_by=self.author)
        client = desk.signed_in(self.author)
        for action, expected in (("submit_for_review", "submitted"), ("withdraw_to_draft", "draft")):
            desk.act(client, source, action)
            source.refresh_from_db()
            self.assertEqual(source.stage, expected)

    def test_the_form_offers_only_what_can_be_done_with_the_row(self) -> None:
        client = desk.signed_in(self.author)
        for stage, expected in (("draft", ["submit_for_review"]), ("submitted", ["withdraw_to_draft"])):
            page = client.get(desk.address(make_source(entered_by=self.author, stage=stage)))
            names = [name for name, _label in page.context["action_form"].fields["action"].choices if name]
            self.assertEqual(names, expected)
