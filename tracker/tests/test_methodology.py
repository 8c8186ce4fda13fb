"""The methodology page says what the code does: every state, threshold and formula, and its examples are worked out."""

import re

from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from tracker.assessment import methods
from tracker.assessment.method import FORMULAS
from tracker.assessment.methods.states import TESTED
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES
from tracker.assessment.schedule import Reason, Standing, State
from tracker.assessment.sql import STANDING_SQL
from tracker.assessment.thresholds import THRESHOLDS
from tracker.tests.factories import publish_all
from tracker.tests.judging import DAY, Plan, days_ago, reading
from tracker.tests.pages import World, links, queries, read, sections, visible
from tracker.tests.test_pace import course


def articles(page: str) -> dict[str, str]:
    """What the page says under each code."""
    return dict(re.findall(r'<article class="method" id="([^"]+)">(.*?)</article>', page, flags=re.DOTALL))


def words(page: str) -> dict[str, str]:
    return {code: visible(text) for code, text in articles(page).items()}


class TestThePage(TestCase):
    """On a plan with steps and a course with a target."""

    page: str

    @classmethod
    def setUpTestData(cls) -> None:
        plan = Plan(title="Five steps")
        for n in range(5):
            plan.step(days_ago(30 + n) if n < 2 else days_ago(-400), proved=n < 1)
        plan.says(status="under-way")
        plan.publish()
        held = course(100, 100, 100)
        moving = course(0, 100, 30)
        moving.figure(20, DAY.replace(year=DAY.year - 1))
        for made in (held, moving):
            made.found()

    def setUp(self) -> None:
        self.said = words(read(self.client, f"/methodology/?on={DAY}"))

    def test_defines_every_state(self) -> None:
        for state in State:
            with self.subTest(state):
                assert str(RULES[state]) in self.said[f"state-{state}"]

    def test_tests_the_states_in_the_order_of_the_database(self) -> None:
        sql = STANDING_SQL.read_text(encoding="utf-8").partition("RETURN CASE WHEN NOT scored")[2].partition("END;")[0]
        in_sql = re.findall(r"(?:THEN|ELSE) '([a-z-]+)'", sql)
        assert in_sql == [state.value for state in TESTED]
        assert set(TESTED) == set(State)

    def test_says_how_many_have_each_state_and_where_they_are(self) -> None:
        page = articles(read(self.client, f"/methodology/?on={DAY}&edition=3"))
        with reading():
            counts = {state: Standing.objects.filter(state=state).count() for state in State}
            series = {state: Distance.objects.filter(state=state).count() for state in State}
        assert sum(counts.values()) == 3
        for state in State:
            for n, name, word in ((counts[state], "actions", "commitment"), (series[state], "distances", "target")):
                address = f"/{name}/?state={state}&edition=3&on={DAY}"
                with self.subTest(state, address=address):
                    assert (address in links(page[f"state-{state}"])) == (n > 0)
                    if n:
                        assert f"{n} {word}" in visible(page[f"state-{state}"])

    def test_says_of_a_state_that_there_is_none(self) -> None:
        assert "The record has no example in this edition." in self.said["state-dropped"]
        assert links(articles(read(self.client, f"/methodology/?on={DAY}"))["state-dropped"]) == []

    def test_names_every_reason_for_which_no_verdict_is_given(self) -> None:
        for reason in Reason:
            with self.subTest(reason):
                assert str(reason.label) in self.said[f"reason-{reason}"]

    def test_has_every_threshold_with_the_value_of_the_database(self) -> None:
        with connection.cursor() as cursor:
            for name, word in THRESHOLDS.items():
                cursor.execute("SELECT trim_scale(threshold(%s))::text", [name])
                (value,) = cursor.fetchone()
                with self.subTest(name):
                    told = self.said[f"threshold-{name.replace('_', '-')}"]
                    assert told.startswith(str(word))
                    assert told.endswith(f" {value}")

    def test_works_an_example_of_every_formula_or_says_that_there_is_none(self) -> None:
        for formula in (formula for part in FORMULAS.values() for formula in part):
            with self.subTest(formula.code):
                told = self.said[formula.code]
                assert str(formula.arithmetic) in told
                with_example = "Example from this edition" in told
                assert with_example != ("The record has no example in this edition." in told)

    def test_works_its_examples_out_of_the_record(self) -> None:
        for code, example in {
            "answer-reported": "Five steps: under way, A department, 12 November 2026",
            "answer-evidenced": "Five steps: 20% of the weight of its steps; another 0% is self-reported only",
            "answer-scheduled": "Five steps: Two of five steps were due by 22 November 2026; one is proved;",
            "planned-share": "Five steps: 2 ÷ 5 = 40.0%",
            "proved-of-due": "Five steps: 1 ÷ 2 = 0.50",
            "days-late": "Five steps: 31 days",
            "distance-covered": "distance covered: (30 − 0) ÷ (100 − 0) = 30%",
            "distance-pace": "pace: 30% ÷ 50% = 0.60; on track from 0.95, behind below 0.75",
            "distance-holds": "It is to stay at 100, and was 100 on 22 November 2026.",
            "distance-projection": "At the mean course of its figures it arrives in",
            "headline": "it is of the latest period",
            "change-of-figures": "Two times, not a conflict",
        }.items():
            with self.subTest(code):
                assert example in self.said[code]

    def test_has_contents_that_lead_to_every_part(self) -> None:
        page = read(self.client, f"/methodology/?on={DAY}")
        (contents,) = re.findall(r'<nav class="contents".*?</nav>', page, flags=re.DOTALL)
        assert [link.removeprefix("#") for link in links(contents)] == list(sections(page))
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))

    def test_leads_only_to_pages_that_there_are(self) -> None:
        page = read(self.client, f"/methodology/?on={DAY}")
        for link in {link for text in articles(page).values() for link in links(text)}:
            with self.subTest(link):
                assert self.client.get(link).status_code == 200

    def test_puts_the_parts_in_their_order(self) -> None:
        codes = [part.code for part in methods.parts()]
        assert codes[0] == "chain"
        assert codes.index("states") < codes.index("distance") < codes.index("thresholds")


class TestQueries(TestCase):
    def test_stay_the_same_when_rows_double(self) -> None:
        world = World.make(2)
        read(self.client, "/methodology/")
        before = queries(self.client, "/methodology/")
        world.grow(3)
        assert queries(self.client, "/methodology/") == before


class TestOnTheRecord(TestCase):
    def test_reads_the_edition_of_the_address(self) -> None:
        call_command("load_record", verbosity=0)
        first, second = (words(read(self.client, f"/methodology/?edition={n}")) for n in (1, 2))
        for said in (first, second):
            assert "50.9% of what is required is reached, 15,700 short." in said["distance-share"]
            assert "share reached: 16,300 ÷ 32,000 = 50.9%" in said["distance-share"]
            assert "no example in this edition" in said["distance-pace"]
            assert "no example in this edition" in said["state-behind"]
        assert "no example in this edition" in first["jump-of-figures"]
        assert "A jump: 3.8 times within 99 days" in second["jump-of-figures"]
        assert "11 commitments" not in second["state-cannot-say"]
        assert "54% (Sindh, 2023; Dunya News)" in second["change-of-figures"]
        assert "statements about the same that disagree by" in second["rival-figures"]

    def test_is_there_before_anything_can_be_judged(self) -> None:
        publish_all(Plan().action)
        said = words(read(self.client, "/methodology/"))
        assert said["state-done"].endswith("The record has no example in this edition.")
