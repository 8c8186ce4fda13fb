"""Silence: only where a duty to report is on record, and only when the days of grace are over."""

from datetime import date, timedelta
from typing import Any

from django.test import TestCase
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from tracker.assessment.silence import DutyState, Silence
from tracker.models import Policy, PolicyEvent, ReportingDuty, ResponsibleBody
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.judging import DAY, reading, repeated
from tracker.tests.pages import file_rows, queries, read, sections, visible

GRACE = 90


class Duties(TestCase):
    body: ResponsibleBody
    policy: Policy

    @classmethod
    def setUpTestData(cls) -> None:
        cls.body, cls.policy = make_body(code="secretariat", name="The secretariat"), make_policy(code="plan")
        publish_all(cls.body, cls.policy)

    def duty(self, **how: Any) -> ReportingDuty:
        columns = {"body": self.body, "interval_months": 6, "starts": PartialDate.of(date(2025, 11, 30)), **how}
        made: ReportingDuty = make_duty(**columns)
        publish_all(made)
        return made

    def reports(self, as_of: date, **how: Any) -> Any:
        action = how.pop("action", None) or make_action(policy=self.policy)
        made = make_update(**{"action": action, "body": self.body, "as_of": as_of, **how})
        publish_all(made)
        return made

    def silence(self, duty: ReportingDuty, on: date = DAY, edition: int | None = None) -> Silence:
        with reading(edition, on):
            return Silence.objects.select_related("last").get(duty=duty)

    def told(self, duty: ReportingDuty, on: date = DAY) -> tuple[str, date, int | None]:
        found = self.silence(duty, on)
        return found.state, found.due, found.days


class TestADuty(Duties):
    def test_is_judged_to_the_day(self) -> None:
        duty = self.duty()
        due = date(2026, 5, 30)
        expected = {
            0: ("not-due", None),  # due today is not late
            1: ("in-grace", 1),
            GRACE: ("in-grace", GRACE),  # the last day of grace
            GRACE + 1: ("silent", GRACE + 1),
        }
        for days, (state, counted) in expected.items():
            with self.subTest(days):
                assert self.told(duty, due + timedelta(days)) == (state, due, counted)

    def test_counts_from_the_last_report_by_the_body_itself(self) -> None:
        duty = self.duty()
        self.reports(date(2026, 3, 15), channel="filed", status="nothing-to-report")
        assert self.told(duty, date(2026, 9, 15)) == ("reported", date(2026, 9, 15), None)
        assert self.told(duty, date(2026, 9, 16)) == ("in-grace", date(2026, 9, 15), 1)
        assert self.told(duty, date(2026, 3, 14))[0] == "not-due", "before the report"

    def test_is_not_kept_by_somebody_elses_word(self) -> None:
        duty = self.duty()
        self.reports(date(2026, 10, 1), channel="other")
        self.reports(date(2026, 10, 1), body=make_body())
        self.reports(date(2026, 10, 1), body=None, channel="other")
        assert self.told(duty)[0] == "silent"

    def test_to_report_on_a_policy_is_kept_by_reports_on_that_policy(self) -> None:
        duty, any_policy = self.duty(policy=self.policy), self.duty()
        self.reports(date(2026, 10, 1), action=make_action())
        assert (self.told(duty)[0], self.told(any_policy)[0]) == ("silent", "reported")
        self.reports(date(2026, 10, 1))
        assert self.told(duty)[0] == "reported"

    def test_that_begins_in_a_year_is_counted_from_its_last_day(self) -> None:
        assert self.silence(self.duty(starts=PartialDate.parse("2025"))).begins == date(2025, 12, 31)

    def test_without_a_beginning_is_counted_from_its_source_or_its_edition(self) -> None:
        source = make_source(published=PartialDate.parse("2026-02"))
        assert self.silence(self.duty(starts=None, citation=make_citation(source=source))).begins == date(2026, 2, 28)
        undated = self.duty(starts=None, citation=make_citation(source=make_source(published=None)))
        assert self.silence(undated).begins == timezone.localdate(undated.edition.published_at)

    def test_that_has_not_begun_or_has_ended_is_no_silence(self) -> None:
        assert self.told(self.duty(starts=PartialDate.parse("2999")))[0] == "not-due"
        ended = self.duty(ends=PartialDate.of(DAY - timedelta(1)))
        assert self.told(ended)[0::2] == ("ended", None)
        last_day = self.duty(ends=PartialDate.of(DAY))
        assert self.told(last_day)[0] == "silent"

    def test_is_not_kept_by_a_repeated_withdrawn_suspended_or_redacted_report(self) -> None:
        duty = self.duty()
        cited, action = make_citation(), make_action(policy=self.policy)
        self.reports(date(2025, 12, 1), citation=cited, action=action)
        self.reports(date(2026, 10, 1), citation=repeated(cited), action=action)
        assert self.told(duty)[0] == "silent"
        gone = [self.reports(date(2026, 10, 1)) for _ in range(3)]
        assert self.told(duty)[0] == "reported"
        withdraw(gone[:1], reviewer(), "Wrong.", asked_by=asker())
        suspend(gone[1:2], reviewer(), "To be checked.")
        redact(gone[2:], reviewer(), "A court said so.", asked_by=asker(), ground="court-order")
        assert self.told(duty)[0] == "silent"

    def test_that_left_has_no_silence(self) -> None:
        duty = self.duty()
        withdraw([duty], reviewer(), "Wrong.", asked_by=asker())
        with reading():
            assert not Silence.objects.exists()


class TestList(Duties):
    def test_counts_every_duty_in_one_state(self) -> None:
        self.duty()
        self.duty(ends=PartialDate.parse("2026-01"))
        self.duty(starts=PartialDate.parse("2999"))
        self.duty(policy=make_policy(), starts=PartialDate.of(date(2026, 4, 1)))
        found = file_rows(self.client.get("/silence.csv?on=2026-11-22"))
        assert sorted(row["state"] for row in found) == ["ended", "in-grace", "not-due", "silent"]
        assert {row["state"] for row in found} <= set(DutyState.values)
        page = visible(read(self.client, "/silence/?on=2026-11-22"))
        for state in DutyState:
            n = sum(row["state"] == state for row in found)
            assert f"{state.label}: {n}" in page
        assert "silent for 176 days" in page

    def test_says_days_of_silence_only_of_the_silent(self) -> None:
        self.duty()
        self.duty(starts=PartialDate.of(date(2026, 4, 1)))
        rows = file_rows(self.client.get("/silence.csv?on=2026-11-22"))
        assert [(row["state"], row["days_past_due"], row["days_of_silence"]) for row in rows] == [
            ("silent", "176", "176"),
            ("in-grace", "52", ""),
        ]

    def test_is_exactly(self) -> None:
        duty = self.duty(policy=self.policy, citation=make_citation(code="c"))
        report = self.reports(date(2025, 12, 1))
        (row,) = file_rows(self.client.get("/silence.csv?on=2026-11-22"))
        assert row == row | {
            "code": duty.code, "body": "secretariat", "body_name": "The secretariat", "policy": "plan",
            "interval_months": "6", "starts": "2025-11-30", "ends": "", "state": "silent", "period_start": "2025-12-01",
            "due": "2026-06-01", "last_report": report.code, "last_report_on": "2025-12-01",
            "last_report_action": report.action.code, "days_past_due": "174", "days_of_silence": "174", "citation": "c",
        }  # fmt: skip

    def test_says_in_words_that_no_duty_is_on_record(self) -> None:
        page = visible(read(self.client, "/silence/"))
        assert (
            "No duty to report, published or accepted, is on record for any of 1 bodies; so none is called silent."
            in page
        )
        assert "No search is on record either" in page

    def test_tells_elsewhere_what_was_searched_for(self) -> None:
        publish_all(
            *(
                make(PolicyEvent, policy=self.policy, kind="text-sought", on=PartialDate.parse(day), citation=None)
                for day in ("2026-11-22", "2025-11-22")
            ),
            make_snapshot(
                series=make_series(), status="not-found", value=None, no_value_reason="None.", citation=None,
                searched_on=date(2026, 7, 1), searched_where="The gazette", period_start=None, period_end=None,
            ),
        )  # fmt: skip
        page = visible(read(self.client, "/silence/"))
        assert "no public information found, searched on 22 November 2026." in page
        assert "no public information found, searched on 1 July 2026. The gazette" in page
        assert "2025" not in page.partition("Searched for, and not found")[2].partition("Every figure")[0]

    def test_takes_the_same_queries_when_duties_double(self) -> None:
        pages = ["/silence/", "/silence.csv", "/bodies/secretariat/"]
        self.duty()
        self.duty()
        self.reports(date(2026, 1, 1))
        before = {page: queries(self.client, page) for page in pages}
        for _ in range(4):
            self.duty()
            self.reports(date(2026, 1, 1))
        assert {page: queries(self.client, page) for page in pages} == before


class TestPages(Duties):
    def test_of_the_body_and_of_what_it_leads_say_how_the_duty_is_kept(self) -> None:
        action = make_action(code="led", policy=self.policy)
        publish_all(make_assignment(action=action, body=self.body))
        self.duty()
        for page, part in (("/bodies/secretariat/", "owes"), ("/actions/led/", "reports")):
            with self.subTest(page):
                told = visible(sections(read(self.client, f"{page}?edition=3&on=2026-11-22"))[part])
                assert "a report every 6 months · silent for 176 days due 30 May 2026" in told

    def test_never_say_silence_where_no_duty_is_on_record(self) -> None:
        publish_all(make_assignment(action=make_action(code="led"), body=self.body))
        assert "so this is not called silence" in visible(read(self.client, "/bodies/secretariat/"))
        assert "so this is not called silence" in visible(read(self.client, "/actions/led/"))
