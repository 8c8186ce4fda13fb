"""What a judgement says in one sentence, and how it shows its working: on the page, in the file, on the record."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import connection
from django.db.models import Count
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tracker.assessment import sentences, seriessentences
from tracker.assessment.comparable import FigurePair
from tracker.assessment.pace import Distance
from tracker.assessment.panel import RULES, Working
from tracker.assessment.schedule import Standing, State
from tracker.assessment.steps import Facts
from tracker.assessment.working import working
from tracker.models import PolicyAction
from tracker.tests.factories import make_area, make_body, make_policy, publish_all
from tracker.tests.judging import DAY, Plan, days_ago, reading
from tracker.tests.pages import file_rows, load_areas, load_article
from tracker.tests.test_pace import course

LONG_AGO, LATER = days_ago(400), days_ago(-400)


def sentence(plan: Plan) -> str:
    found = plan.standing()
    with reading():
        return sentences.of_commitment(found, plan.action, DAY)


def five_steps(proved: int = 1) -> Plan:
    """Two of five steps are due."""
    plan = Plan()
    for n in range(5):
        plan.step(days_ago(30 + n) if n < 2 else LATER, proved=n < proved)
    return plan


class TestSentence(TestCase):
    def test_is_built_from_the_numbers(self) -> None:
        plan = five_steps()
        plan.body.name = "Ministry A"
        plan.body.save()
        plan.says(status="under-way", as_of=DAY - timedelta(145))
        assert sentence(plan) == (
            "Two of five steps were due by 22 November 2026; one is proved; Ministry A says: under way (30 June 2026)."
        )

    def test_says_what_is_only_said(self) -> None:
        plan = five_steps(proved=0)
        for step in plan.action.milestones.all()[:2]:
            plan.says(milestone=step, met=True)
        assert sentence(plan) == (
            "Two of five steps were due by 22 November 2026; none are proved, two are only said to be met;"
            " no report on it as a whole is on record."
        )

    def test_has_numbers_beyond_nine_in_digits(self) -> None:
        plan = Plan()
        for _n in range(12):
            plan.step(LONG_AGO, proved=True)
        assert sentence(plan).startswith("12 of 12 steps were due by 22 November 2026; all are proved;")

    def test_says_where_nothing_is_due(self) -> None:
        plan = Plan()
        for _n in range(2):
            plan.step(LATER)
        assert sentence(plan).startswith("Its two steps were not due by 22 November 2026; none are proved;")

    def test_is_about_the_one_step(self) -> None:
        plan = Plan()
        plan.step(LATER)
        assert sentence(plan).startswith("Its one step was not due by 22 November 2026; none are proved;")

    def test_is_about_the_deadline_alone(self) -> None:
        assert sentence(Plan(due=days_ago(1))).startswith("It was due by 21 November 2026;")
        assert sentence(Plan(due=LATER)).startswith("It is due by 27 December 2027;")

    def test_tells_the_current_plan_where_it_differs(self) -> None:
        plan = Plan(due=days_ago(1))
        plan.changes(plan.action, kind="deadline", new_due=LATER)
        assert sentence(plan).endswith("Against the plan with its published changes: nothing due yet.")

    def test_says_why_nothing_can_be_said(self) -> None:
        assert sentence(Plan()).startswith(
            "Whether this is in time cannot be said, for no dated step and no deadline is published;"
        )

    def test_says_why_it_is_not_judged(self) -> None:
        plan = Plan(scored=False, unscored_reason="an activity count")
        assert sentence(plan) == "Recorded and never judged: an activity count."

    def test_escapes_what_others_wrote(self) -> None:
        plan = five_steps()
        plan.body.name = "<b>A</b>"
        plan.body.save()
        plan.says(status="under-way")
        assert "&lt;b&gt;A&lt;/b&gt; says" in sentence(plan)

    def test_of_a_series_tells_the_way(self) -> None:
        made = course(0, 100, 30).found()
        assert seriessentences.of_series(made) == (
            "30% of the way from the baseline is covered, where 50% was planned by 22 November 2026."
        )


class TestWorking(TestCase):
    def of(self, plan: Plan) -> Working:
        found = plan.standing()
        with reading() as now:
            action = PolicyAction.objects.select_related("citation").get(pk=plan.action.pk)
            return working(now, action, found, Facts.of(now, action))

    def test_has_a_rule_for_every_state(self) -> None:
        assert set(RULES) == set(State)

    def test_shows_the_sum_and_the_thresholds(self) -> None:
        found = self.of(five_steps())
        assert found.formula == [
            "weight proved 1 ÷ weight due 2 = 0.50; behind below 0.75",
            "the latest step is 31 days late; behind after 90",
        ]
        assert [float(value) for _meaning, value in found.thresholds] == [0.75, 90]

    def test_names_every_fact_with_its_citation_and_edition(self) -> None:
        plan = five_steps()
        proof, step = plan.pending[2], plan.pending[1]
        change = plan.changes(plan.pending[3], kind="dropped")
        found = self.of(plan)
        by_citation = {given.citation: (str(given.says), given.edition) for given in found.inputs}
        assert by_citation[step.citation.code] == ("due 23 October 2026, weight 1: proved", 1)
        assert by_citation[proof.citation.code][0].endswith("met, 12 November 2026 (evidence)")
        assert by_citation[change.citation.code] == ("dropped", 1)
        assert len(found.inputs) == 5 + 1 + 1

    def test_tells_evidence_from_what_is_self_reported(self) -> None:
        plan = five_steps(proved=0)
        plan.says(milestone=plan.pending[1], met=True)
        assert [str(given.says) for given in self.of(plan).inputs][-1].endswith("(self-reported)")


class TestPage(TestCase):
    def test_of_an_action_shows_the_three_answers_and_the_working(self) -> None:
        plan = five_steps()
        plan.says(status="under-way", body=make_body(name="Ministry A"))
        plan.publish()
        page = self.client.get(f"{plan.action.get_absolute_url()}?on={DAY}").text
        for told in (
            "How this was worked out",
            "20% proved",
            "“Under way”",
            "Ministry A, 12 November 2026",
            "weight proved 1 ÷ weight due 2 = 0.5",
            "state-behind",
        ):
            assert told in page, told

    def test_of_an_action_shows_the_areas_that_facts_name(self) -> None:
        load_areas()
        plan = Plan()
        plan.step(LONG_AGO, area=make_area("PK-SD"))
        plan.publish()
        page = self.client.get(f"{plan.action.get_absolute_url()}?on={DAY}").text
        assert "By area, where facts name one" in page
        assert "Sindh" in page

    def test_of_all_actions_sorts_and_filters_by_state(self) -> None:
        behind, done = five_steps(), Plan()
        done.step(LONG_AGO, proved=True)
        for plan in (behind, done):
            plan.publish()

        def codes(query: str) -> list[str]:
            return [row["code"] for row in file_rows(self.client.get(f"/actions.csv?{query}"))]

        assert codes("sort=state") == [done.action.code, behind.action.code]
        assert codes("sort=-state") == [behind.action.code, done.action.code]
        assert codes("state=behind") == [behind.action.code]
        assert self.client.get("/actions.csv?state=late").status_code == 400
        assert self.client.get("/actions/?sort=state").status_code == 200

    def test_of_all_actions_has_its_answers_in_the_file(self) -> None:
        plan = five_steps()
        plan.says(status="under-way")
        plan.publish()
        (row,) = file_rows(self.client.get(f"/actions.csv?on={DAY}"))
        wanted = {
            "reported": "under-way", "reported_on": "2026-11-12", "reported_by": plan.body.code, "evidence": "0.2",
            "self_reported": "0", "planned": "0.4", "schedule": "behind", "schedule_reason": "",
            "schedule_current": "behind", "days_late": "31",
        }  # fmt: skip
        assert {name: row[name] for name in wanted} == wanted

    def test_does_not_ask_more_as_actions_grow(self) -> None:
        policy = make_policy(code="nisp-2023-2028")
        publish_all(policy)

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert self.client.get("/actions/").status_code == 200
            return len(queries)

        five_steps().publish()
        few = asked()
        for _n in range(3):
            five_steps().publish()
        assert asked() == few


class TestRecord(TestCase):
    """On the article as it is published: nothing has a dated plan, so nothing is given a verdict."""

    VERDICTS: ClassVar = {State.CANNOT_SAY, State.NOT_SCORED}

    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def test_gives_no_commitment_a_verdict_and_says_why(self) -> None:
        with reading():
            counts: Any = dict(Standing.objects.order_by().values_list("state").annotate(n=Count("pk")))
            assert set(counts) <= self.VERDICTS
            assert sum(counts.values()) == 11
            assert not Standing.objects.filter(reason="").exists()

    def test_shows_the_distance_of_the_registration_of_madrassas(self) -> None:
        with reading():
            (distance,) = Distance.objects.all()
            assert (distance.state, distance.reason, distance.short) == ("cannot-say", "no-date", 15700)
            assert seriessentences.of_series(distance).startswith("50.9% of what is required is reached, 15,700 short.")

    def test_judges_nothing_that_is_never_scored(self) -> None:
        with reading():
            unscored = PolicyAction.objects.filter(scored=False)
            assert set(unscored.values_list("standing__state", flat=True)) == {"not-scored"}

    def test_finds_no_rivals_within_the_article(self) -> None:
        with reading():
            assert not FigurePair.objects.filter(verdict__in=["rivals", "jump"]).exists()

    def test_is_told_in_urdu_too(self) -> None:
        with reading(), translation.override("ur"):
            standing = Standing.objects.select_related("action", "reported").get(action__code="azm-5.1")
            told = sentences.of_commitment(standing, standing.action, DAY)
            assert "Whether" not in told
        assert self.client.get("/ur/actions/azm-5.1/").status_code == 200
