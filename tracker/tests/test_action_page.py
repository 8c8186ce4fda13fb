"""The page of a commitment: three answers and what contradicts, the timeline, the plan, and what nothing is said of."""

import re
from datetime import date, timedelta
from unittest import mock

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.models import Edition
from tracker.publishing import redact, suspend
from tracker.tests.factories import (
    asker,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_indicator,
    make_measure,
    make_series,
    make_snapshot,
    make_source,
    reviewer,
)
from tracker.tests.judging import DAY, Plan, days_ago
from tracker.tests.pages import file_rows, items, links, load_article, queries, read, rows, sections, visible
from tracker.views import history

ON = f"?on={DAY.isoformat()}"


def ago(days: int) -> date:
    return DAY - timedelta(days)


class Paged(TestCase):
    def page(self, plan: Plan, language: str = "") -> str:
        plan.publish()
        return read(self.client, f"{language}{plan.action.get_absolute_url()}{ON}")

    def answers(self, plan: Plan) -> list[str]:
        """The three columns as they are read: question, word, sentence."""
        (told,) = re.findall(r'<div class="answers">(.*?)\n</div>', self.page(plan), re.DOTALL)
        return [visible(column) for column in re.findall(r"<div>(.*?)</div>", told, re.DOTALL)]

    def against(self, plan: Plan) -> list[str]:
        found = re.findall(r'<ul class="against">(.*?)</ul>', self.page(plan), re.DOTALL)
        return items(found[0]) if found else []

    def timeline(self, plan: Plan) -> list[str]:
        return items(sections(self.page(plan))["timeline"].partition('<ol class="timeline">')[2])

    def table(self, plan: Plan) -> list[list[str]]:
        return rows(sections(self.page(plan))["milestones"])[1:]


def contradicted() -> Plan:
    """Due in full; the body says complete, and of three steps one is proved and one only said to be met."""
    plan = Plan(title="A law", wording="To pass a law.", due=days_ago(20))
    plan.body.name = "Ministry A"
    plan.body.save()
    first, second = plan.step(days_ago(300)), plan.step(days_ago(200))
    plan.step(days_ago(20))
    plan.proof(first, as_of=ago(310), account="The gazette printed it.")
    plan.says(milestone=second, met=True, as_of=ago(190), account="We did it.")
    plan.says(status="complete", as_of=ago(10))
    return plan


class TestThreeAnswers(Paged):
    def test_stand_side_by_side_in_their_order(self) -> None:
        says, supports, calendar = self.answers(contradicted())
        assert says.startswith("What the body says “Complete” Ministry A, 12 November 2026;")
        assert supports == (
            "What the evidence supports 33.3% proved 1 of 3 steps proved."
            " 1 is only said to be met (33.3% of the weight), which does not count."
        )
        assert calendar == (
            "What the calendar says Overdue 0.33 Under the plan as first published all was due by 2 November 2026;"
            " 1 of 3 steps proved. The oldest open step is 200 days late."
        )

    def test_give_no_status_colour_to_what_a_body_says(self) -> None:
        (told,) = re.findall(r'<div class="answers">(.*?)\n</div>', self.page(contradicted()), re.DOTALL)
        first, second, third = re.findall(r"<div>(.*?)</div>", told, re.DOTALL)
        assert "state-" not in first + second
        assert 'class="state-overdue"' in third

    def test_that_contradict_each_other_are_told_with_the_finding(self) -> None:
        plan = contradicted()
        assert self.against(plan) == ["Reported complete; 2 of 3 steps not proved. The finding"]
        page = self.page(plan)
        assert "#findings" in links(page)
        assert 'id="findings"' in page

    def test_that_agree_have_no_such_line(self) -> None:
        plan = Plan()
        plan.step(days_ago(30), proved=True)
        plan.says(status="complete")
        assert self.against(plan) == []

    def test_say_when_a_body_says_less_than_is_proved(self) -> None:
        plan = Plan()
        plan.step(days_ago(30), proved=True)
        plan.says(status="not-started")
        assert self.against(plan) == [
            "Reported as “not started”; all that it is judged by says that it is done. The working"
        ]

    def test_say_when_a_body_goes_on_with_what_was_dropped(self) -> None:
        plan = Plan(due=days_ago(-30))
        plan.says(status="under-way")
        plan.changes(plan.action, kind="dropped", announced=days_ago(90))
        assert self.against(plan) == ["Reported as “under way”; a published change dropped it. The timeline"]

    def test_give_the_reason_where_no_step_has_a_date(self) -> None:
        plan = Plan()
        plan.step(None)
        assert self.answers(plan)[2] == "What the calendar says Cannot say None of its steps has a date."

    def test_say_when_nobody_else_saw_what_is_reported_complete(self) -> None:
        plan = Plan(due=days_ago(30))
        plan.says(status="complete")
        assert self.against(plan) == ["Reported complete; that is not proved by anybody else. The working"]

    def test_count_points_where_steps_weigh_unlike(self) -> None:
        plan = Plan()
        plan.step(days_ago(30), proved=True, weight=55)
        plan.step(days_ago(10), weight=25)
        plan.step(days_ago(-90), weight=20)
        _says, supports, calendar = self.answers(plan)
        assert "55% proved" in supports
        assert "80 of 100 points due by 22 November 2026, 55 proved." in calendar

    def test_of_a_plan_that_moved_tell_both_plans(self) -> None:
        plan = Plan()
        plan.step(days_ago(90), proved=True)
        moved = plan.step(days_ago(60))
        plan.changes(moved, kind="deadline", new_due=days_ago(-200), announced=days_ago(120))
        _says, _supports, calendar = self.answers(plan)
        assert calendar.startswith("What the calendar says Behind 0.50")
        assert "Under the current plan 1 of 2 steps due, 1 proved: On track 1.00" in calendar
        (line,) = self.against(plan)
        assert line.startswith("By the plan as first published: behind; by the current one: on track.")

    def test_of_what_has_not_begun_name_the_first_step(self) -> None:
        plan = Plan()
        plan.step(days_ago(-40))
        plan.step(days_ago(-90))
        assert self.answers(plan)[2] == (
            "What the calendar says Nothing due yet Nothing was due by 22 November 2026."
            " The first step is due on 1 January 2027."
        )

    def test_never_give_a_verdict_on_what_is_not_scored(self) -> None:
        plan = Plan(scored=False, unscored_reason="an activity count; more is not better")
        plan.says(status="complete")
        _says, _supports, calendar = self.answers(plan)
        assert calendar == "What the calendar says Not scored An activity count; more is not better."
        assert self.against(plan) == []

    def test_tell_a_figure_where_there_is_no_step(self) -> None:
        plan = Plan()
        indicator = make_indicator(name="Courts open", unit="courts")
        series = make_series(indicator=indicator, area=plan.action.area)
        plan.pending += [make_snapshot(series=series, value=12), make_measure(action=plan.action, indicator=indicator)]
        supports = self.answers(plan)[1]
        assert supports.startswith("What the evidence supports 12 courts Courts open:")
        assert supports.endswith("A figure, and no milestone that could be verified.")

    def test_lead_to_one_working(self) -> None:
        page = self.page(contradicted())
        assert page.count('<details class="working">') == 1
        assert "#how" in links(sections(page)["answers"])
        assert re.search(r'<details class="working"><summary>[^<]*</summary>\s*<p id="how">', page)


class TestSilence(Paged):
    def test_is_told_beside_what_was_said_last(self) -> None:
        plan = Plan()
        plan.pending += [
            make_assignment(action=plan.action, body=plan.body),
            make_duty(body=plan.body, interval_months=6, starts=PartialDate.parse("2024-01")),
        ]
        plan.says(status="under-way", as_of=date(2025, 1, 31))
        says = self.answers(plan)[0]
        assert "“Under way”" in says
        assert re.search(r"has been silent for \d+ days\.", says)

    def test_is_said_of_nobody_without_a_duty(self) -> None:
        says = self.answers(Plan())[0]
        assert says == (
            "What the body says No report No report on the commitment as a whole is on record."
            " No duty to report is on record for whoever leads it, so this is not called silence."
        )


class TestTimeline(Paged):
    def test_tells_what_happened_the_newest_first_with_source_and_edition(self) -> None:
        told = self.timeline(contradicted())
        begun = [
            "12 Nov 2026 Ministry A: “complete”.",
            "16 May 2026 Milestone 2 said to be met, not proved:",
            "16 Jan 2026 Milestone 1 met:",
        ]
        assert [line[: len(begin)] for line, begin in zip(told, begun, strict=False)] == begun
        assert "The gazette printed it." in told[2]
        assert told[2].endswith("edition 1")

    def test_of_a_step_that_was_lost_again_says_so(self) -> None:
        plan = Plan()
        step = plan.step(days_ago(200))
        plan.proof(step, as_of=ago(210))
        plan.proof(step, met=False, as_of=ago(30), account="The registers are back on paper.")
        page = self.page(plan)
        told = self.timeline(plan)
        assert "23 Oct 2026 Milestone 1 no longer met:" in told[0]
        assert "Milestone 1 met:" in told[1]
        chart = re.findall(r'<svg class="mark moment-(\w+)"', page.partition("<figcaption>")[0])
        assert {"met", "lost"} <= set(chart)
        (row, *_rest) = self.table(plan)
        assert (row[3], row[5]) == ("lost on 23 Oct 2026", "No longer met")
        assert "1 is no longer met." in self.answers(plan)[1]

    def test_tells_what_is_said_by_the_body_from_what_is_proved(self) -> None:
        plan = Plan()
        step = plan.step(days_ago(20))
        plan.says(milestone=step, met=True, as_of=ago(25), checked_on=ago(5), checked_against="SRO 12 of 2026")
        assert "Checked on 17 November 2026 against: SRO 12 of 2026" in self.timeline(plan)[0]
        assert "Milestone 1 met:" in self.timeline(plan)[0]
        assert "1 was checked by a reviewer." in self.answers(plan)[1]
        assert self.table(plan)[0][4].endswith("checked by a reviewer")

    def test_draws_one_plan_until_it_changes_and_then_both(self) -> None:
        plan = Plan()
        step = plan.step(days_ago(60))
        assert self.lanes(plan) == ["Plan", "Evidence", "Reports", "Editions"]
        plan.changes(step, kind="deadline", new_due=days_ago(-60), announced=days_ago(70))
        assert self.lanes(plan) == ["Original plan", "Current plan", "Evidence", "Reports", "Editions"]

    def test_draws_nothing_of_a_plan_without_a_date(self) -> None:
        plan = Plan()
        plan.step(None)
        assert '<figure class="lanes">' not in self.page(plan)

    def test_draws_no_current_plan_of_what_was_dropped(self) -> None:
        plan = Plan(due=days_ago(-30))
        plan.step(days_ago(60))
        plan.changes(plan.action, kind="dropped", announced=days_ago(90))
        page = self.page(plan)
        now = page.partition(">Current plan</text>")[2].partition(">Evidence</text>")[0]
        assert ">dropped</text>" in now
        assert "moment-" not in now
        assert "Dropped by a published change." in visible(page)

    def lanes(self, plan: Plan) -> list[str]:
        return re.findall(r'<text class="strong" [^>]*>([^<]*)</text>', self.page(plan))

    def test_draws_a_date_known_by_year_or_month_as_the_days_that_it_may_be(self) -> None:
        plan = Plan()
        plan.step(days_ago(60))
        assert '<rect class="span' not in self.page(plan)
        plan.step(PartialDate.parse("2027"))
        plan.step(PartialDate.parse("2027-03"))
        assert self.page(plan).count('<rect class="span span-planned"') == 2

    def test_has_a_legend_of_what_occurs_alone(self) -> None:
        plan = Plan()
        plan.step(days_ago(60))
        (legend,) = re.findall(r'<ul class="legend">(.*?)</ul>', self.page(plan), re.DOTALL)
        assert items(legend) == ["step planned", "numbers: milestones; below: editions"]

    def test_draws_the_next_and_the_late_steps_of_a_long_plan(self) -> None:
        plan = Plan()
        for days in range(500, 100, -40):
            plan.step(days_ago(days), proved=True)
        plan.step(days_ago(30))
        for days in (30, 60, 90):
            plan.step(days_ago(-days))
        page = self.page(plan)
        chart = page.partition('<figure class="lanes">')[2].partition("<figcaption>")[0]
        assert chart.count("moment-planned") == 2
        assert "12 of 14 steps are not drawn: only the next and the late ones are. The table below has all." in page
        assert len(self.table(plan)) == 14 + 1

    def test_shows_the_tombstone_of_a_redacted_report(self) -> None:
        plan = Plan()
        plan.step(days_ago(60))
        secret = plan.says(status="complete", account="Somebody of Somewhere said it.", as_of=ago(40))
        plan.publish()
        redact([secret], reviewer(), "Ordered.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        page = self.page(plan)
        (line,) = (line for line in self.timeline(plan) if "Redacted in edition 2" in line)
        assert "redacted" in line
        assert "Somebody of Somewhere" not in page
        assert f'id="{secret.code}"' in page
        assert "report redacted" in visible(page)
        assert "No report" in self.answers(plan)[0]

    def test_leaves_out_what_is_suspended(self) -> None:
        plan = Plan()
        plan.step(days_ago(60))
        doubtful = plan.says(status="complete", account="They say so.", as_of=ago(40))
        assert "They say so." in self.page(plan)
        suspend([doubtful], reviewer(), "It is doubtful.")
        page = self.page(plan)
        assert "They say so." not in page
        assert f'id="{doubtful.code}"' not in page
        assert "moment-report" not in page

    def test_runs_from_the_left_in_urdu_too(self) -> None:
        plan = contradicted()
        places = [re.findall(r'<svg x="([\d.]+%)"', self.page(plan, language)) for language in ("", "/ur")]
        assert places[0]
        assert places[0] == places[1]


class TestMilestones(Paged):
    def test_say_where_each_is_with_its_dates_and_evidence(self) -> None:
        plan = contradicted()
        first, second, third, whole, total = self.table(plan)
        assert first[1:4] == ["1", "26 Jan 2026", "16 Jan 2026"]
        assert first[5] == "Met"
        assert second[5] == "Said to be met, not proved"
        assert "its own word" in second[4]
        assert third[3:] == ["not met", "none", "Late by 20 days"]
        assert whole[:3] == ["The whole commitment", "", "2 Nov 2026"]
        assert total == ["Proved 1 of 3", "3", "", "", "", "due 3"]

    def test_are_late_against_the_first_plan_and_say_what_the_current_one_says(self) -> None:
        plan = Plan()
        step = plan.step(days_ago(60))
        plan.changes(step, kind="deadline", new_due=days_ago(-200), announced=days_ago(120))
        assert self.table(plan)[0][5] == "Late by 60 days; not due yet under the current plan"

    def test_of_what_is_never_judged_are_told_without_a_mark(self) -> None:
        plan = Plan(scored=False, unscored_reason="an activity count; more is not better")
        plan.step(days_ago(60), proved=True)
        plan.step(days_ago(30))
        section = sections(self.page(plan))["milestones"]
        assert [row[5] for row in rows(section)[1:3]] == ["Met", "Not met"]
        assert 'class="state ' not in section

    def test_can_be_taken_as_a_file(self) -> None:
        plan, other = contradicted(), Plan()
        other.step(days_ago(3))
        other.publish()
        (address,) = (link for link in links(self.page(plan)) if "milestones.csv" in link)
        assert {row["action"] for row in file_rows(self.client.get(address))} == {plan.action.code}
        assert len(file_rows(self.client.get(address))) == 3


class TestResponsible(Paged):
    def test_shows_a_hand_over_with_its_day(self) -> None:
        plan = Plan()
        former, heir = make_body(name="Ministry A"), make_body(name="Ministry B")
        about = {"action": plan.action, "role": "lead"}
        plan.pending += [
            make_assignment(body=former, ends=PartialDate.parse("2026-03-31"), **about),
            make_assignment(body=heir, starts=PartialDate.parse("2026-04-01"), **about),
        ]
        section = sections(self.page(plan))["responsible"]
        assert [row[0] for row in rows(section)[1:]] == ["Ministry B", "Ministry A"]
        assert [row[4:6] for row in rows(section)[1:]] == [
            ["1 Apr 2026", "no end stated"],
            ["not stated", "31 Mar 2026"],
        ]
        assert "Ministry A led until 31 March 2026; Ministry B leads since 1 April 2026." in visible(section)

    def test_has_no_column_of_ends_where_none_is_stated(self) -> None:
        plan = Plan()
        plan.pending.append(make_assignment(action=plan.action))
        assert "Until" not in sections(self.page(plan))["responsible"]


class TestSources(Paged):
    def test_are_told_once_each_with_what_rests_on_them(self) -> None:
        cited = make_citation(source=make_source(publisher="The Daily"), quotation="It shall be done.")
        plan = Plan(citation=cited)
        plan.step(days_ago(20), citation=cited)
        plan.step(days_ago(10), citation=cited)
        first, *others = items(sections(self.page(plan))["sources"])
        assert first.startswith("It shall be done. The Daily")
        assert first.endswith("On it rest: policy action, 2 milestones")
        assert others == []


class TestOfTheRecord(TestCase):
    """On the article: nothing has a plan, and nothing reports."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_article()

    def test_of_a_commitment_with_nothing_is_short_and_frames_no_emptiness(self) -> None:
        page = read(self.client, "/actions/azm-3.1/")
        assert list(sections(page)) == ["wording", "answers", "chain", "responsible", "timeline", "sources", "history"]
        told = visible(page)
        assert "No milestone, no report and no plan change is on record." in told
        assert "Not on record: measure, baseline, requirement or target, deadline, latest figure, report." in told
        assert '<figure class="lanes">' not in page

    def test_says_in_every_commitment_why_it_cannot_be_said(self) -> None:
        for row in file_rows(self.client.get("/actions.csv")):
            with self.subTest(row["code"]):
                told = visible(sections(read(self.client, f"/actions/{row['code']}/"))["answers"])
                assert ("Cannot say" if row["schedule"] == "cannot-say" else "Not scored") in told


class TestQueries(Paged):
    def test_are_the_same_when_everything_doubles(self) -> None:
        plan = contradicted()
        area = make_area("PK-SD")

        def more() -> None:
            step = plan.step(days_ago(50))
            plan.proof(step, as_of=ago(60))
            plan.proof(step, met=False, as_of=ago(20))
            plan.says(status="under-way", as_of=ago(70), area=area)
            plan.changes(step, kind="deadline", new_due=days_ago(-50), announced=days_ago(55))
            plan.pending.append(make_assignment(action=plan.action, body=make_body(), role="support"))

        more()
        address = f"{plan.action.get_absolute_url()}{ON}"
        plan.publish()
        self.enterContext(mock.patch.object(history, "SHOWN", 1000))  # of all kinds, before and after
        before = queries(self.client, address)
        for _n in range(4):
            more()
        plan.publish()
        assert queries(self.client, address) == before
