"""The start page of the desk and the way to a submitted draft, as a tired clerk goes it."""

from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker.admin import queues
from tracker.models import MetricSnapshot, PolicyAction, Source, User
from tracker.publishing import stages
from tracker.publishing.guard import publishable_models
from tracker.tests import desk
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_citation,
    make_indicator,
    make_milestone,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    publish_all,
)


class Start(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.analyst, cls.other = desk.analyst("amina"), desk.analyst("other")
        cls.central = desk.central()
        cls.reviewer = desk.reviewing()

    def start(self, user: User) -> Any:
        return desk.signed_in(user).get(reverse("admin:index"))

    def queues(self, user: User) -> dict[str, list[Any]]:
        return {queue.title: [waiting.row for waiting in queue.rows] for queue in queues.queues_of(user)}


class QueueTests(Start):
    def test_hold_what_the_clerk_entered_by_where_it_stands(self) -> None:
        mine = {"entered_by": self.analyst}
        draft, returned = make_source(**mine), make_snapshot(**mine)
        submitted = make_citation(stage="submitted", **mine)
        MetricSnapshot.objects.filter(pk=returned.pk).update(stage="returned")
        make_source(entered_by=self.other)
        published = make_source(**mine)
        publish_all(published)
        found = self.queues(self.analyst)
        self.assertEqual(
            found,
            {"Returned to me": [returned], "My drafts": [draft], "Submitted, waiting for a reviewer": [submitted]},
        )
        self.assertEqual(list(found), ["Returned to me", "My drafts", "Submitted, waiting for a reviewer"])

    def test_are_on_the_page_with_links_to_the_forms(self) -> None:
        draft = make_source(title="A draft of mine", entered_by=self.analyst)
        page = self.start(self.analyst)
        self.assertContains(page, "My drafts (1)")
        self.assertContains(page, f'<a href="{desk.address(draft)}">Dunya News: A draft of mine</a>', html=True)

    def test_begin_with_what_was_entered_last(self) -> None:
        rows = [make_source(entered_by=self.analyst), make_citation(entered_by=self.analyst)]
        rows.append(make_source(entered_by=self.analyst))
        for minute, row in enumerate(rows):
            type(row).objects.filter(pk=row.pk).update(entered_at=f"2026-11-20 10:0{minute}+05:00")
        self.assertEqual(self.queues(self.analyst)["My drafts"], rows[::-1])

    def test_of_many_show_the_newest_and_lead_to_the_lists(self) -> None:
        for _number in range(queues.SHOWN + 3):
            make_source(entered_by=self.analyst)
        make_snapshot(entered_by=self.analyst)
        (drafts,) = queues.queues_of(self.analyst)
        self.assertEqual((len(drafts.rows), drafts.count), (queues.SHOWN, queues.SHOWN + 4))
        kind, count, address = drafts.lists[0]
        self.assertEqual((kind, count), ("sources", queues.SHOWN + 3))
        listed = desk.signed_in(self.analyst).get(address).context["cl"]
        self.assertEqual(listed.result_count, queues.SHOWN + 3)

    def test_cost_the_same_however_much_waits(self) -> None:
        costs = []
        for _round in range(2):
            for model in publishable_models():
                make(model, entered_by=self.central)
            with CaptureQueriesContext(connection) as captured:
                queues.queues_of(self.central)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])

    def test_a_clerk_with_none_is_told_so(self) -> None:
        self.assertContains(self.start(self.analyst), "You have no drafts, and nothing of yours waits for a reviewer.")


class ReviewersQueueTests(Start):
    def test_counts_what_waits_and_what_of_it_is_for_another(self) -> None:
        make_source(entered_by=self.analyst, stage="submitted")
        make_citation(entered_by=self.other, stage="submitted")
        make_source(entered_by=self.reviewer, stage="submitted")
        make_source(entered_by=None, stage="submitted")
        make_source(entered_by=self.analyst)
        self.assertEqual(queues.waiting_for_review(self.reviewer), {"count": 4, "own": 1})
        page = self.start(self.reviewer)
        self.assertContains(page, "Waiting for review (4)")
        self.assertContains(page, "(1 entered by you, for another reviewer)")
        self.assertContains(page, reverse("admin:tracker_edition_review"))

    def test_says_so_if_nothing_waits(self) -> None:
        self.assertContains(self.start(self.reviewer), "Nothing is submitted.")

    def test_is_for_reviewers_alone(self) -> None:
        for user in (self.analyst, self.central):
            self.assertIsNone(queues.waiting_for_review(user))
            self.assertNotContains(self.start(user), "Waiting for review")


class ButtonTests(Start):
    def buttons(self, client: Any, url: str) -> list[str]:
        page = client.get(url).content.decode()
        names = ("Save draft", "Save and submit for review", "Save and add another", "Save and continue editing")
        return [name for name in (*names, 'value="Save"') if name in page]

    def test_of_a_draft_are_two_and_say_what_they_do(self) -> None:
        client = desk.signed_in(self.analyst)
        draft = make_source(entered_by=self.analyst)
        for url in (desk.address(Source, "add"), desk.address(draft)):
            with self.subTest(url=url):
                self.assertEqual(self.buttons(client, url), ["Save draft", "Save and submit for review"])

    def test_of_a_published_row_is_the_one_that_keeps_a_translation(self) -> None:
        source = make_source(entered_by=self.analyst)
        publish_all(source)
        self.assertEqual(self.buttons(desk.signed_in(self.analyst), desk.address(source)), ['value="Save"'])

    def test_of_a_small_window_is_the_one_that_keeps_the_draft(self) -> None:
        url = desk.address(Source, "add") + "?_popup=1"
        self.assertEqual(self.buttons(desk.signed_in(self.analyst), url), ["Save draft"])

    def test_of_the_forms_of_people_are_those_of_django(self) -> None:
        client = desk.signed_in(User.objects.create_superuser("chief"))
        self.assertIn("Save and continue editing", self.buttons(client, desk.address(self.analyst)))

    def test_a_row_that_is_only_read_has_a_way_back_and_no_button(self) -> None:
        page = desk.signed_in(self.reviewer).get(desk.address(make_source(entered_by=self.analyst)))
        self.assertNotContains(page, 'name="_save"')
        self.assertContains(page, "closelink")


class AfterSavingTests(Start):
    def setUp(self) -> None:
        self.client = desk.signed_in(self.analyst)
        self.series = make_series(indicator=make_indicator())
        publish_all(self.series.indicator)
        self.bare = {
            "indicator": self.series.indicator,
            "area": self.series.area,
            "period_start": "2023",
            "period_end": "2023",
            "value": "65",
        }

    def test_a_draft_that_could_not_be_submitted_stays_before_the_clerk(self) -> None:
        response = desk.fill(self.client, desk.address(MetricSnapshot, "add"), press="submit", **self.bare)
        snapshot = MetricSnapshot.objects.get()
        self.assertEqual(response.redirect_chain[-1][0], desk.address(snapshot))
        self.assertIn("has no citation", desk.told(response))
        self.assertIn("It is kept as a draft", desk.told(response))

    def test_so_does_one_that_was_edited(self) -> None:
        snapshot = make_snapshot(series=self.series, citation=None, entered_by=self.analyst)
        response = desk.fill(self.client, desk.address(snapshot), press="submit", value="66")
        self.assertEqual(response.redirect_chain[-1][0], desk.address(snapshot))
        snapshot.refresh_from_db()
        self.assertEqual((snapshot.value, snapshot.stage), (66, "draft"))

    def test_a_new_draft_leads_to_the_start_page_that_begins_with_it(self) -> None:
        response = desk.fill(self.client, desk.address(MetricSnapshot, "add"), **self.bare)
        self.assertEqual(response.redirect_chain[-1][0], reverse("admin:index"))
        self.assertContains(response, desk.address(MetricSnapshot.objects.get()))

    def test_an_edited_one_leads_back_to_the_list_that_was_filtered(self) -> None:
        source = make_source(entered_by=self.analyst)
        listed = f"{desk.address(source)}?_changelist_filters=state%3Ddraft"
        response = desk.fill(self.client, listed, title="Mended")
        self.assertEqual(response.redirect_chain[-1][0], desk.address(Source, "changelist") + "?state=draft")
        response = desk.fill(self.client, desk.address(source), title="Mended again")
        self.assertEqual(response.redirect_chain[-1][0], reverse("admin:index"))

    def test_a_small_window_still_closes_itself(self) -> None:
        url = desk.address(Source, "add") + "?_popup=1&_source_model=tracker.citation"
        response = desk.fill(self.client, url, code="a", publisher="A", title="A", kind="news")
        self.assertContains(response, "data-popup-response")


class DecimalTests(Start):
    def test_are_shown_as_they_were_typed(self) -> None:
        snapshot = make_snapshot(value="41", numerator="4100", denominator="100000.5", entered_by=self.analyst)
        client = desk.signed_in(self.analyst)
        stages.submit([snapshot])
        for published in (False, True):
            with self.subTest(published=published):
                if published:
                    publish_all(snapshot)
                page = client.get(desk.address(snapshot))
                for shown in ("41", "4100", "100000.5"):
                    self.assertContains(page, f'<div class="readonly">{shown}</div>', html=True)
                self.assertNotContains(page, "41.000")

    def test_none_is_none(self) -> None:
        target = make_target(value=None, basis="direction", due=None, entered_by=self.central)
        stages.submit([target])
        page = desk.signed_in(self.central).get(desk.address(target))
        self.assertNotContains(page, '<div class="readonly">None</div>')

    def test_in_the_table_of_published_rows_too(self) -> None:
        action = make_action()
        publish_all(action, make_milestone(action=action, weight="1.5"))
        for user in (self.analyst, self.central):
            page = desk.signed_in(user).get(desk.address(PolicyAction.objects.get()))
            self.assertContains(page, "<p>1.5</p>", html=True)
            self.assertNotContains(page, "1.500")
            self.assertContains(page, "Weight")

    def test_the_word_for_a_value_is_the_same_on_the_list_and_the_form(self) -> None:
        client = desk.signed_in(self.analyst)
        for url in (desk.address(MetricSnapshot, "add"), desk.address(MetricSnapshot, "changelist")):
            page = client.get(url).content.decode().replace("no public figure found", "")
            with self.subTest(url=url):
                self.assertNotRegex(page, "(?i)figure")
