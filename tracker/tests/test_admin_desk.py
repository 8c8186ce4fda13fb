"""From a clerk's first source to the public: every step by the forms of the desk."""

from datetime import date
from decimal import Decimal

from django.test import TestCase
from django.urls import reverse

from tracker import models as ledger
from tracker.models import Citation, Edition, MetricSnapshot, ProgressUpdate, Series, Source
from tracker.tests import desk
from tracker.tests.factories import (
    make_action,
    make_area,
    make_body,
    make_citation,
    make_indicator,
    make_milestone,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    publish_all,
)


class Desk(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.area = make_area()
        cls.action = make_action(code="azm-1.1")
        cls.indicator = make_indicator(code="conviction-rate", behaviour="share", unit="per cent")
        cls.body = make_body(code="home-department-kp", name="Home Department KP")
        publish_all(cls.action, cls.indicator, cls.body)
        cls.analyst = desk.analyst(body=cls.body)
        cls.reviewer = desk.reviewing()

    def setUp(self) -> None:
        self.client = desk.signed_in(self.analyst)

    def snapshot_entries(self, **entries: object) -> dict[str, object]:
        return {
            "indicator": self.indicator,
            "area": self.area,
            "period_start": "2023",
            "period_end": "2023",
            "value": "65",
            **entries,
        }


class FromSourceToPublicTests(Desk):
    def test_a_clerk_enters_submits_and_another_publishes(self) -> None:
        add = desk.address(Source, "add")
        response = desk.fill(
            self.client, add, code="dawn-2026-11", publisher="Dawn", title="Convictions", kind="news",
            url="https://www.dawn.com/news/1", published="2026-11", retrieved_on="2026-11-20",
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        source = Source.objects.get(code="dawn-2026-11")
        self.assertEqual((source.entered_by, str(source.published), source.stage), (self.analyst, "2026-11", "draft"))

        response = desk.fill(
            self.client, desk.address(Citation, "add"), source=source, code="dawn-2026-11.rate",
            quotation="The rate was 65 per cent.", speaker="a spokesman", attribution="named-office",
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        citation = Citation.objects.get(code="dawn-2026-11.rate")

        response = desk.fill(
            self.client, desk.address(MetricSnapshot, "add"), **self.snapshot_entries(citation=citation)
        )
        self.assertEqual(desk.errors(response), "")
        snapshot = MetricSnapshot.objects.get()
        self.assertEqual(snapshot.series, Series.objects.get(indicator=self.indicator, area=self.area))
        self.assertEqual((snapshot.value, snapshot.entered_by), (Decimal(65), self.analyst))

        response = desk.fill(
            self.client, desk.address(ProgressUpdate, "add"), press="submit", action=self.action, as_of="2026-11-20",
            body=self.body, channel="statement", status="under-way", account="Work is under way.", citation=citation,
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        update = ProgressUpdate.objects.get()
        self.assertEqual(update.stage, "submitted")
        desk.act(self.client, snapshot, "submit_for_review")
        for row in (source, citation, snapshot):
            row.refresh_from_db()
            self.assertEqual(row.stage, "submitted", row)

        reviewer = desk.signed_in(self.reviewer)
        screen = reverse("admin:tracker_edition_review")
        page = reviewer.get(screen)
        for words in ("dawn-2026-11", "The rate was 65 per cent.", "Work is under way." and update.code):
            self.assertContains(page, words)
        confirmation = reviewer.post(screen, {**desk.fields(page), "look": "1"})
        self.assertContains(confirmation, "This becomes edition 2.")
        done = reviewer.post(
            screen,
            {**desk.fields(confirmation), "summary": "The conviction rate of 2023.", "publish": "1"},
            follow=True,
        )
        self.assertContains(done, "is published.")
        edition = Edition.objects.get(number=2)
        self.assertEqual((edition.published_by, edition.summary), (self.reviewer, "The conviction rate of 2023."))
        for row in (source, citation, snapshot, update):
            row.refresh_from_db()
            self.assertEqual(row.edition_id, 2, row)

        page = self.client.get(desk.address(snapshot))
        self.assertContains(page, "published in edition 2")
        self.assertEqual(set(page.context["adminform"].form.fields), {"scope_ur", "note_ur", "seen"})
        self.assertNotContains(page, "deletelink")

    def test_a_citation_can_be_added_beside_the_fact(self) -> None:
        page = self.client.get(desk.address(MetricSnapshot, "add"))
        self.assertContains(page, 'id="add_id_citation"')

    def test_a_draft_without_a_citation_is_kept_and_the_clerk_is_told(self) -> None:
        response = desk.fill(self.client, desk.address(MetricSnapshot, "add"), **self.snapshot_entries())
        self.assertIn("has no citation", desk.told(response))
        self.assertEqual(MetricSnapshot.objects.get().stage, "draft")

    def test_a_draft_without_a_citation_is_not_submitted(self) -> None:
        response = desk.fill(
            self.client, desk.address(MetricSnapshot, "add"), press="submit", **self.snapshot_entries()
        )
        self.assertIn("Not submitted", desk.told(response))
        self.assertEqual(MetricSnapshot.objects.get().stage, "draft")

    def test_a_statement_that_is_published_already_is_not_submitted_again(self) -> None:
        citation = make_citation()
        series = make_series(indicator=self.indicator, area=self.area)
        publish_all(make_snapshot(series=series, citation=citation, value=65))
        response = desk.fill(
            self.client,
            desk.address(MetricSnapshot, "add"),
            press="submit",
            **self.snapshot_entries(citation=citation, period_start="2024-01-01", period_end="2024-06-30"),
        )
        self.assertIn("already recorded for this series and period", desk.told(response))
        self.assertEqual(MetricSnapshot.objects.filter(stage="submitted").count(), 0)

    def test_a_correction_names_what_it_replaces_and_why(self) -> None:
        citation = make_citation()
        old = make_snapshot(series=make_series(indicator=self.indicator, area=self.area), citation=citation, value=56)
        publish_all(old)
        entries = self.snapshot_entries(citation=citation, replaces=old)
        add = desk.address(MetricSnapshot, "add")
        self.assertIn("Say why this row replaces", desk.errors(desk.fill(self.client, add, **entries)))
        response = desk.fill(self.client, add, press="submit", **entries, reason="Typed 56 for 65.")
        self.assertEqual(desk.errors(response), "")
        self.assertEqual(MetricSnapshot.objects.get(replaces=old).stage, "submitted")


class SnapshotFormTests(Desk):
    def enter(self, **entries: object) -> str:
        response = desk.fill(self.client, desk.address(MetricSnapshot, "add"), **self.snapshot_entries(**entries))
        return desk.errors(response)

    def test_takes_the_series_that_exists(self) -> None:
        series = make_series(indicator=self.indicator, area=self.area)
        self.assertEqual(self.enter(), "")
        self.assertEqual(MetricSnapshot.objects.get().series, series)

    def test_leaves_no_series_behind_when_it_is_refused(self) -> None:
        self.assertIn("a share above 100 per cent", self.enter(value="120"))
        self.assertFalse(Series.objects.exists())

    def test_shows_what_the_rules_find_at_the_field(self) -> None:
        make_series(indicator=self.indicator, area=self.area)
        self.assertIn("'value'", self.enter(value="120"))

    def test_shows_the_sentence_of_a_constraint(self) -> None:
        self.assertIn("No data is never 0.", self.enter(value=""))

    def test_shows_the_sentence_of_a_constraint_that_only_the_database_can_check(self) -> None:
        self.assertIn("A period cannot end after today.", self.enter(period_start="2024", period_end="2999"))

    def test_refuses_numbers_that_could_be_meant_otherwise(self) -> None:
        for number in ("1_000", "1,000", "٣", "٣٫٥", "1e3", "NaN", "Infinity", "0x10", "6 5"):
            with self.subTest(number=number):
                self.assertIn("Write digits 0 to 9", self.enter(value=number))

    def test_refuses_dates_that_could_be_meant_otherwise(self) -> None:
        for day in ("1/2/2026", "2026/02/01", "2026-2-1", "٢٠٢٤-٠٧-٠١", "1 February 2026", "20260201"):
            with self.subTest(day=day):
                self.assertIn("Write a year", self.enter(period_end=day))
                reason = self.enter(status="not-found", searched_on=day, searched_where="The Gazette.")
                self.assertIn("Write the day as 2024-07-22", reason)

    def test_refuses_a_nul(self) -> None:
        self.assertIn("Null characters are not allowed", self.enter(note="a\0b"))

    def test_records_that_nothing_was_found_without_a_citation(self) -> None:
        entries = {"status": "not-found", "value": "", "no_value_reason": "None published.", "period_start": ""}
        searched = {"searched_on": "2026-11-20", "searched_where": "The department's site.", "period_end": ""}
        self.assertEqual(self.enter(**entries, **searched), "")
        self.assertEqual(MetricSnapshot.objects.get().searched_on, date(2026, 11, 20))

    def test_shows_a_number_as_it_was_typed(self) -> None:
        snapshot = make_snapshot(value=Decimal("50.900000"), entered_by=self.analyst)
        self.assertContains(self.client.get(desk.address(snapshot)), 'value="50.9"')

    def test_saving_without_a_change_changes_nothing(self) -> None:
        snapshot = make_snapshot(
            value=Decimal("50.9"), entered_by=self.analyst, series=make_series(indicator=self.indicator)
        )
        response = desk.fill(self.client, desk.address(snapshot))
        self.assertEqual(desk.errors(response), "")
        kept = MetricSnapshot.objects.get()
        self.assertEqual(
            (kept.value, kept.series, kept.period_start), (snapshot.value, snapshot.series, snapshot.period_start)
        )


class InlineTests(Desk):
    def setUp(self) -> None:
        self.client = desk.signed_in(desk.central())

    def test_a_milestone_is_added_under_a_published_action(self) -> None:
        response = desk.fill(
            self.client, desk.address(self.action), **self.rows("milestones", 1),
            **self.milestone(0, title="Gazette the rules"),
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        milestone = self.action.milestones.get()
        self.assertEqual((milestone.title, milestone.entered_by.username), ("Gazette the rules", "central"))
        self.assertFalse(milestone.is_published)

    def test_a_published_row_is_shown_and_cannot_be_edited(self) -> None:
        publish_all(make_milestone(action=self.action, title="The published step"))
        page = self.client.get(desk.address(self.action))
        self.assertContains(page, "The published step")
        self.assertNotIn("The published step", str(desk.fields(page)))

    def test_a_forged_row_does_not_reach_a_published_one(self) -> None:
        milestone = make_milestone(action=self.action, title="The published step")
        publish_all(milestone)
        forged = {**self.rows("milestones", 1, initial=1), **self.milestone(0, title="Forged")}
        names = {"milestones-0-id": milestone.pk, "milestones-0-seen": "1-draft-0-0"}
        for button in ({}, {"milestones-0-DELETE": "on"}):
            desk.fill(self.client, desk.address(self.action), **forged, **names, **button)
            milestone.refresh_from_db()
            self.assertEqual(milestone.title, "The published step")
        self.assertEqual(self.action.milestones.count(), 1)

    def test_a_draft_row_is_edited_and_deleted(self) -> None:
        first = make_milestone(action=self.action, title="First")
        second = make_milestone(action=self.action, title="Second", position=2)
        response = desk.fill(
            self.client, desk.address(self.action), **{"milestones-0-title": "Mended", "milestones-1-DELETE": "on"}
        )
        self.assertEqual(desk.errors(response), "")
        first.refresh_from_db()
        self.assertEqual((first.title, first.version), ("Mended", 2))
        self.assertFalse(ledger.Milestone.objects.filter(pk=second.pk).exists())

    def test_a_stale_row_is_refused(self) -> None:
        milestone = make_milestone(action=self.action, title="First")
        page = desk.fields(self.client.get(desk.address(self.action)))
        ledger.Milestone.objects.filter(pk=milestone.pk).update(title="By another", version=2)
        response = self.client.post(
            desk.address(self.action), {**page, "milestones-0-title": ["By me"], "_save": "Save"}, follow=True
        )
        self.assertIn("after you opened it", desk.errors(response))
        milestone.refresh_from_db()
        self.assertEqual(milestone.title, "By another")

    def test_a_citation_is_added_with_its_source(self) -> None:
        response = desk.fill(
            self.client, desk.address(Source, "add"), code="app-2024", publisher="APP", title="A report", kind="news",
            **self.rows("citations", 1),
            **{"citations-0-code": "app-2024.a", "citations-0-quotation": "Words."},
            **{"citations-0-attribution": "record"},
        )  # fmt: skip
        self.assertEqual(desk.errors(response), "")
        self.assertEqual(Citation.objects.get(code="app-2024.a").entered_by.username, "central")

    def test_every_other_table_of_rows_takes_a_new_one(self) -> None:
        policy = make_policy()
        cases = [
            (self.action, "measures", {"position": 1, "indicator": self.indicator.pk, "use": "implementation"}),
            (self.action, "assignments", {"body": self.body.pk, "role": "support", "basis": "named"}),
            (self.action, "links", {"relation": "refers", "to_policy": policy.pk}),
            (self.indicator, "breaks", {"on": "2025", "description": "Counted anew."}),
            (policy, "objectives", {"number": 1, "code": "p.o1", "name": "Aim", "grouping": "azm"}),
        ]
        for parent, name, entries in cases:
            with self.subTest(name=name):
                row = {f"{name}-0-{field}": value for field, value in entries.items()}
                response = desk.fill(self.client, desk.address(parent), **self.rows(name, 1), **row)
                self.assertEqual(desk.errors(response), "")
                self.assertEqual(getattr(parent, name).count(), 1)

    def rows(self, prefix: str, total: int, initial: int = 0) -> dict[str, object]:
        return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}

    def milestone(self, number: int, **entries: object) -> dict[str, object]:
        typed = {
            "position": 7,
            "code": "azm-1.1.m7",
            "means_of_verification": "The gazette.",
            "weight": "1",
            **entries,
        }
        return {f"milestones-{number}-{name}": value for name, value in typed.items()}


class StrictFieldTests(Desk):
    def test_a_whole_number_is_written_in_plain_digits(self) -> None:
        client = desk.signed_in(desk.central())
        for number in ("1_000", "٣", "3.0"):
            with self.subTest(number=number):
                response = desk.fill(client, desk.address(self.action), **{
                    "milestones-TOTAL_FORMS": 1, "milestones-0-position": number, "milestones-0-code": "a.m1",
                    "milestones-0-title": "A", "milestones-0-means_of_verification": "B", "milestones-0-weight": "1",
                })  # fmt: skip
                self.assertIn("Write a whole number", desk.errors(response))

    def test_a_code_is_plain(self) -> None:
        response = desk.fill(
            self.client, desk.address(Source, "add"), code="Dawn 2024", publisher="Dawn", title="A", kind="news"
        )
        self.assertIn("Small letters, digits", desk.errors(response))

    def test_a_link_is_no_script(self) -> None:
        source = make_source(entered_by=self.analyst)
        response = desk.fill(self.client, desk.address(source), url="javascript:alert(1)")
        self.assertIn("Enter a valid URL", desk.errors(response))
