"""What a reviewer sees of an item: every public column, beside what it replaces or what the plan says now."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from azm.lib.partialdates import PartialDate
from tracker.admin.entries import columns, entries
from tracker.columns import label
from tracker.models import MetricSnapshot, PlanChange, Replaceable
from tracker.publishing import stages
from tracker.publishing.guard import publishable_models
from tracker.publishing.recipes import NEWEST_RECIPE, RECIPES
from tracker.tests import desk
from tracker.tests.factories import (
    make,
    make_action,
    make_area,
    make_citation,
    make_measure,
    make_milestone,
    make_plan_change,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
)

LONG = "It decided on a draft, which was sent to the provinces for their views. " * 30


class Cells(HTMLParser):
    """The rows of the page's tables: what each is about, and the texts of its cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "tr":
            self.rows.append([])
        self.cell = self.cell or tag in ("td", "th")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.cell = self.cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.cell:
            self.rows[-1][-1] += data


class Entries(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        make_area()
        cls.author = desk.central()
        cls.reviewer = desk.reviewing()

    def setUp(self) -> None:
        self.client = desk.signed_in(self.reviewer)
        self.screen = reverse("admin:tracker_edition_review")

    def entry(self, row: Any) -> Any:
        return entries(type(row).objects.filter(pk=row.pk), self.reviewer)[0]

    def lines(self, row: Any) -> dict[str, Any]:
        return {str(line.label): line for part in self.entry(row).comparisons for line in part.columns}

    def table(self, row: Any) -> dict[str, list[str]]:
        """The rows of the tables on the review screen, by what they are about."""
        stages.submit([row])
        page = self.client.get(self.screen).content.decode()
        start = page.index(f'id="{row._meta.model_name}-{row.pk}"')
        found = Cells(page[start : page.index("</article>", start)]).rows
        return {unescape(cells[0]): cells[1:] for cells in found}


class EveryColumnTests(Entries):
    def test_no_column_of_a_recipe_and_no_mendable_text_is_left_out(self) -> None:
        for model in publishable_models():
            with self.subTest(model=model.__name__):
                head = {"code", "replaces__code"} | ({"reason"} if issubclass(model, Replaceable) else set())
                public = {*RECIPES[NEWEST_RECIPE][model._meta.model_name], *model.MENDABLE} - head
                self.assertEqual(set(columns(model)), public)

    def test_every_kind_of_row_is_shown(self) -> None:
        for model in publishable_models():
            row = make(model)
            with self.subTest(model=model.__name__):
                told = self.lines(row)
                for path in columns(model):
                    self.assertIn(str(label(model, path)), told)

    def test_what_is_not_filled_in_is_named(self) -> None:
        update = make_update(entered_by=self.author)
        stages.submit([update])
        self.assertContains(self.client.get(self.screen), "Not filled in: milestone, milestone met, area,")

    def test_a_long_account_is_whole(self) -> None:
        update = make_update(account=LONG, entered_by=self.author)
        self.assertEqual(self.table(update)["Account"], [LONG])

    def test_urdu_is_marked_and_runs_from_the_right(self) -> None:
        update = make_update(account_ur="اجلاس ہوا۔", entered_by=self.author)
        stages.submit([update])
        page = self.client.get(self.screen)
        self.assertContains(page, '<span lang="ur" dir="rtl">اجلاس ہوا۔</span>', html=True)

    def test_a_quotation_from_an_urdu_source_is_urdu(self) -> None:
        citation = make_citation(source=make_source(language="ur"), quotation="شرح بڑھ گئی۔", entered_by=self.author)
        stages.submit([citation])
        self.assertContains(self.client.get(self.screen), '<span lang="ur" dir="rtl">شرح بڑھ گئی۔</span>', html=True)

    def test_decimals_are_as_they_were_typed(self) -> None:
        self.assertEqual(
            self.table(make_snapshot(value="41", numerator="4100.5", entered_by=self.author))["Value"], ["41"]
        )


class CitationTests(Entries):
    def test_the_words_the_place_the_speaker_and_the_link_stand_with_the_fact(self) -> None:
        citation = make_citation(
            source=make_source(publisher="Dawn", title="Convictions", url="https://www.dawn.com/news/1"),
            quotation=LONG,
            place="paragraph 4",
            speaker="a spokesman",
        )
        told = self.table(make_snapshot(citation=citation, entered_by=self.author))
        self.assertEqual(told["Quotation"], [LONG])
        self.assertEqual(told["Place in the source"], ["paragraph 4"])
        self.assertEqual(told["Speaker"], ["a spokesman"])
        self.assertEqual(told["Attributed to"], ["a named office or person"])
        self.assertEqual(told["Where it can be read"], ["https://www.dawn.com/news/1"])
        self.assertEqual(told["Citation"], [f"{citation.code} Dawn: Convictions"])

    def test_a_fact_without_a_source_says_so(self) -> None:
        snapshot = make_snapshot(citation=None, entered_by=self.author)
        empty = [name for part in self.entry(snapshot).comparisons for name in part.empty]
        self.assertIn("citation", empty)


class ReplacedTests(Entries):
    def test_the_item_stands_beside_what_it_replaces(self) -> None:
        old = make_snapshot(value=41, scope="all courts", note="Unclear.", citation=make_citation(place="page 2"))
        publish_all(old)
        new = make_snapshot(
            series=old.series,
            value="41.5",
            note="",
            scope="all courts",
            scope_ur="تمام عدالتیں",
            citation=make_citation(place="page 3", entered_by=self.author),
            replaces=old,
            reason="A digit slipped.",
            entered_by=self.author,
        )
        told = self.table(new)
        self.assertEqual(told["Field"], [f"Stands now: {old.code}", "This item", "Difference"])
        self.assertEqual(told["Value"], ["41", "41.5", "changed"])
        self.assertEqual(told["Scope"], ["all courts", "all courts", "the same"])
        self.assertEqual(told["Scope in Urdu"], ["–", "تمام عدالتیں", "added"])
        self.assertEqual(told["Note"], ["Unclear.", "–", "left out"])
        self.assertEqual(told["Place in the source"], ["page 2", "page 3", "changed"])
        page = self.client.get(self.screen)
        self.assertContains(page, "A digit slipped.")
        self.assertContains(page, f'href="{desk.address(old)}"')

    def test_another_row_of_the_same_name_is_a_difference(self) -> None:
        old = make_measure()
        publish_all(old)
        new = make_measure(action=old.action, replaces=old, reason="Another indicator.", entered_by=self.author)
        self.assertEqual(new.indicator.name, old.indicator.name)
        self.assertEqual(self.table(new)["Indicator"][-1], "changed")

    def test_an_item_that_replaces_nothing_has_no_other_beside_it(self) -> None:
        told = self.table(make_snapshot(entered_by=self.author))
        self.assertEqual(told["Field"], ["This item"])
        self.assertEqual(told["Value"], ["42"])

    def test_the_confirmation_shows_the_same(self) -> None:
        old = make_snapshot(value=41)
        publish_all(old)
        new = make_snapshot(series=old.series, value=43, replaces=old, reason="Misread.", entered_by=self.author)
        stages.submit([new])
        page = self.client.post(self.screen, {"item": f"metricsnapshot:{new.pk}:1", "look": "1"})
        self.assertIn(["Value", "41", "43", "changed"], Cells(page.content.decode()).rows)


class PlanTests(Entries):
    def setUp(self) -> None:
        super().setUp()
        self.action = make_action(due=PartialDate.parse("2025-06"), wording="Set up the courts.")
        first = make_plan_change(
            action=self.action, kind="deadline", new_due=PartialDate.parse("2026-06"), reason="Later."
        )
        publish_all(first)

    def planned(self, **change: Any) -> dict[str, list[str]]:
        row = make_plan_change(
            **{"action": self.action, "reason": "So they said.", "entered_by": self.author, **change}
        )
        return self.table(row)

    def test_a_new_deadline_stands_beside_the_one_in_force(self) -> None:
        told = self.planned(kind="deadline", new_due=PartialDate.parse("2027-06"))
        self.assertEqual(told["Field"], ["This item"])
        self.assertEqual(told["First deadline"], ["Jun 2025", "–", "stays"])
        self.assertEqual(told["Deadline in force"], ["Jun 2026", "Jun 2027", "changed"])
        self.assertEqual(told["Dropped"], ["no", "–", "stays"])
        self.assertEqual(told["Reason"], ["So they said."])

    def test_a_deadline_that_is_in_force_already_is_the_same(self) -> None:
        told = self.planned(kind="deadline", new_due=PartialDate.parse("2026-06"))
        self.assertEqual(told["Deadline in force"], ["Jun 2026", "Jun 2026", "the same"])

    def test_an_action_that_is_to_be_dropped_says_so(self) -> None:
        told = self.planned(kind="dropped")
        self.assertEqual(told["Dropped"], ["no", "yes", "changed"])
        self.assertEqual(told["Deadline in force"], ["Jun 2026", "–", "stays"])

    def test_a_corrected_wording_stands_beside_the_present_one(self) -> None:
        correction = {"kind": "correction", "citation": None}
        told = self.planned(new_wording="Set up the special courts.", **correction)
        self.assertEqual(told["Wording"], ["Set up the courts.", "Set up the special courts.", "changed"])
        publish_all(PlanChange.objects.unpublished().get())
        told = self.planned(new_wording="Set up special courts.", **correction)
        self.assertEqual(told["Wording"], ["Set up the special courts.", "Set up special courts.", "changed"])

    def test_a_date_that_was_typed_wrongly_stands_beside_the_first_one(self) -> None:
        told = self.planned(kind="correction", new_due=PartialDate.parse("2025-07"), citation=None)
        self.assertEqual(told["First deadline"], ["Jun 2025", "Jul 2025", "changed"])
        self.assertEqual(told["Deadline in force"], ["Jun 2026", "–", "stays"])

    def test_a_new_weight_of_a_milestone_stands_beside_its_weight(self) -> None:
        step = make_milestone(action=self.action)
        publish_all(step)
        told = self.planned(action=None, milestone=step, kind="weight", new_weight="2.5")
        self.assertEqual(told["Weight in force"], ["1", "2.5", "changed"])
        self.assertContains(self.client.get(self.screen), "Not filled in: first deadline, deadline in force.")

    def test_the_plan_of_an_action_that_is_not_published_is_what_was_typed(self) -> None:
        draft = make_action(due=PartialDate.parse("2029"), entered_by=self.author)
        told = self.planned(action=draft, kind="deadline", new_due=PartialDate.parse("2030"))
        self.assertEqual(told["Deadline in force"], ["2029", "2030", "changed"])

    def test_a_change_that_is_only_drafted_is_not_yet_the_plan(self) -> None:
        make_plan_change(action=self.action, kind="deadline", new_due=PartialDate.parse("2030"))
        told = self.planned(kind="deadline", new_due=PartialDate.parse("2027-06"))
        self.assertEqual(told["Deadline in force"][0], "Jun 2026")


class QueryCountTests(Entries):
    """Five hundred items cost the queries that one costs."""

    def submitted(self, number: int) -> list[str]:
        """Of every kind one more row; corrections and plan changes among them."""
        made = [make(model, stage="submitted", entered_by=self.author) for model in publishable_models()]
        old = make_snapshot()
        publish_all(old)
        made.append(
            make_snapshot(series=old.series, replaces=old, reason="Misread.", stage="submitted", entered_by=self.author)
        )
        for model in publishable_models():
            model.objects.unpublished().update(stage="submitted", entered_by=self.author)
        return [
            f"{model._meta.model_name}:{pk}:1"
            for model in publishable_models()
            for pk in model.objects.unpublished().values_list("pk", flat=True)
        ]

    def costs(self, items: list[str]) -> list[int]:
        posts = [{"item": items, "look": "1"}, {"item": items, "return": "1"}]
        asked = [
            lambda: self.client.get(self.screen),
            *(lambda data=data: self.client.post(self.screen, data) for data in posts),
        ]
        found = []
        for ask in asked:
            with CaptureQueriesContext(connection) as captured:
                response = ask()
            self.assertContains(response, '<article class="item"')
            found.append(len(captured))
        return found

    def test_of_the_review_the_confirmation_and_the_return_does_not_grow(self) -> None:
        self.costs(self.submitted(1))  # warms what is cached per process
        few, count = self.costs(items := self.submitted(2)), len(items)
        many = self.costs(items := self.submitted(3))
        self.assertGreater(len(items), count)
        self.assertEqual(many, few)

    def test_of_many_corrections_does_not_grow(self) -> None:
        costs = []
        for _round in range(2):
            for _number in range(5):
                old = make_snapshot()
                publish_all(old)
                make_snapshot(
                    series=old.series, replaces=old, reason="Misread.", stage="submitted", entered_by=self.author
                )
            with CaptureQueriesContext(connection) as captured:
                entries(MetricSnapshot.objects.unpublished(), self.reviewer)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])

    def test_of_many_plan_changes_does_not_grow(self) -> None:
        costs = []
        for _round in range(2):
            for _number in range(5):
                make_plan_change(entered_by=self.author)
            with CaptureQueriesContext(connection) as captured:
                entries(PlanChange.objects.unpublished(), self.reviewer)
            costs.append(len(captured))
        self.assertEqual(costs[0], costs[1])
