"""The sample: plausible, complete, the same for the same seed, marked everywhere, and never beside the record."""

import io
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import TestCase, override_settings

from provinces.models import Area
from tracker.assessment.answers import answers_to
from tracker.assessment.areas import CellState
from tracker.assessment.comparable import FigurePair
from tracker.assessment.openness import Gap
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.rules import PUBLIC_RULES, RatesAndCounts, findings_in
from tracker.assessment.schedule import AreaStanding, Basis, Reason, Standing, State
from tracker.assessment.silence import DutyState
from tracker.intake import sample
from tracker.intake.sample.scenarios import SCENARIOS
from tracker.listings import LISTINGS
from tracker.models import (
    Edition,
    EditionItem,
    FindingAnswer,
    Indicator,
    MetricSnapshot,
    PlanChange,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
)
from tracker.publishing.verify import misfits
from tracker.tests.factories import make_policy, publish_all, rolled_back
from tracker.tests.pages import file_rows, load_article, plain_pages, read, visible

TODAY = "2026-11-22"
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Karachi"))
MARKED = override_settings(AZM_SAMPLE=True, AZM_PROGRAMME=sample.PROGRAMME)


def generate(**options: object) -> str:
    said = io.StringIO()
    with MARKED:
        call_command("generate_sample", stdout=said, **({"today": date.fromisoformat(TODAY)} | options))
    return said.getvalue()


@time_machine.travel(NOON, tick=False)
class Sample(TestCase):
    """One world for all tests of a class, since it takes seconds to make."""

    @classmethod
    def setUpTestData(cls) -> None:
        generate()

    def setUp(self) -> None:
        self.enterContext(MARKED)


class TestTheSample(Sample):
    def test_has_several_editions_over_two_years(self) -> None:
        days = list(Edition.objects.order_by("number").values_list("published_at", flat=True))
        assert len(days) == 8
        assert days == sorted(days)
        assert 700 < (days[-1] - days[0]).days <= 730
        assert days[-1].date() < date.fromisoformat(TODAY)

    def test_is_published_by_the_same_act_as_everything_and_verifies(self) -> None:
        assert list(misfits()) == []
        assert EditionItem.objects.filter(act="entered").count() > 1000

    def test_has_each_scenario_at_least_twice(self) -> None:
        assert PolicyAction.objects.count() >= 2 * len(SCENARIOS)
        assert PolicyAction.objects.filter(scored=False).exists()
        assert PolicyAction.objects.filter(due=None).exists()
        assert PlanChange.objects.filter(kind="dropped").exists()
        assert PlanChange.objects.filter(kind="deadline", milestone__isnull=False).exists()
        assert set(ProgressUpdate.objects.values_list("status", flat=True)) >= {
            "not-started", "under-way", "paused", "complete",
        }  # fmt: skip
        assert ProgressUpdate.objects.filter(waiting_on__isnull=False).exists()
        assert ProgressUpdate.objects.filter(met=False).exists()

    def test_has_figures_that_are_withheld_not_collected_not_found_and_corrected(self) -> None:
        statuses = set(MetricSnapshot.objects.values_list("status", flat=True))
        assert statuses >= {"withheld", "not-collected", "not-found", "as-reported"}
        assert MetricSnapshot.objects.filter(withdrawn_in__isnull=False, replaced_by__isnull=False).exists()
        assert FindingAnswer.objects.exists()

    def test_has_rows_of_every_kind_on_every_page_of_what_is_missing(self) -> None:
        def told(name: str, column: str) -> set[str]:
            return {row[column] for row in file_rows(self.client.get(f"/{name}.csv"))}

        assert told("silence", "state") == set(DutyState.values)
        assert told("waiting", "holder") == {"sample-body-1"}
        assert told("openness", "gap") == set(Gap.Kind.values) - {"text-partly"}
        assert told("openness", "authority") == {"", "sample-body-1"}
        assert told("area-measures", "state") == set(CellState.values) - {"redacted", "not-applicable"}

    def test_has_every_state_and_every_reason_for_none(self) -> None:
        reasons = set[str]()
        for edition, on in ((None, None), ("1", None), ("1", "2024-11-01"), ("8", None)):
            reading = Reading.of(edition, on)
            with reading.opened():
                reasons |= set(Standing.objects.values_list("reason", flat=True))
                reasons |= set(Distance.objects.values_list("reason", flat=True))
        # Redacted: that takes two people. The other: a baseline of the very day of a deadline, which is today.
        assert reasons - {""} == set(Reason) - {Reason.REDACTED, Reason.BASELINE_AFTER_THE_DATE}
        with Reading.of().opened():
            assert set(Standing.objects.values_list("state", flat=True)) == set(State)
            assert set(Standing.objects.values_list("state_now", flat=True)) == set(State)
            assert set(AreaStanding.objects.values_list("state", flat=True)) == set(State)
            of_plans = {State.NOTHING_DUE, State.PAUSED, State.DROPPED}
            assert set(Distance.objects.values_list("state", flat=True)) == set(State) - of_plans
            assert set(Standing.objects.values_list("basis", flat=True)) >= {Basis.STEPS, Basis.SERIES}
            assert set(FigurePair.objects.values_list("verdict", flat=True)) == set(FigurePair.Verdict)

    def test_gives_every_rule_something_to_find_and_an_answer_to_one(self) -> None:
        seen, answered = set(), 0
        for edition in ("3", "7", "8"):
            reading = Reading.of(edition)
            with reading.opened():
                found = findings_in(reading)
                seen |= {finding.rule.code for finding in found}
                answered += len(answers_to(reading, found))
        assert seen == {rule.code for rule in PUBLIC_RULES} - {RatesAndCounts.code}  # which is about courts, by name
        assert answered == 1

    def test_names_nothing_that_exists(self) -> None:
        real = ["Punjab", "Sindh", "Khyber", "Balochistan", "Gilgit", "Kashmir", "Islamabad", "Pakistan"]
        for name in real:
            assert not Area.objects.filter(name__icontains=name).exists()
            assert not ResponsibleBody.objects.filter(name__icontains=name).exists()
        assert ResponsibleBody.objects.filter(name="Department A, Province A").exists()

    def test_counts_nobody_killed_hurt_or_arrested(self) -> None:
        words = Q()
        for word in ("kill", "dead", "death", "injur", "casualt", "arrest", "operation", "terror", "attack"):
            words |= Q(name__icontains=word) | Q(counted__icontains=word) | Q(code__icontains=word)
        assert not Indicator.objects.filter(words).exists()

    def test_is_told_in_both_languages(self) -> None:
        assert not ResponsibleBody.objects.filter(name_ur="").exists()
        assert not Indicator.objects.filter(Q(name_ur="") | Q(unit_ur="")).exists()
        assert not PolicyAction.objects.filter(title_ur="").exists()

    # The mark

    def test_is_marked_on_every_page_and_in_its_title(self) -> None:
        details = ("actions/sample-1", "indicators/desks-open", "provinces/pk-xa", "policies/sample-programme")
        others = ("bodies/sample-body-1", "editions/1", "sources/sample-report-1", "nowhere")
        pages = [*plain_pages(), "/search/?q=desk", *(f"/{page}/" for page in details + others)]
        for page in pages:
            with self.subTest(page):
                text = self.client.get(page).text
                assert "<title>SAMPLE · " in text
                assert '<p class="band sample">' in text

    def test_is_marked_on_every_chart(self) -> None:
        for page in ("/", "/indicators/desks-open/", "/indicators/calls-answered/"):
            with self.subTest(page):
                drawn = read(self.client, page)
                charts = re.findall(r'<svg class="(?:chart|tiles)[^>]* role="', drawn)
                tables = drawn.count('<table class="dots"')  # whose rows are one chart, marked at its scale
                assert charts
                assert drawn.count(">SAMPLE</text>") >= len(charts) + tables

    def test_is_marked_in_a_column_of_every_file_and_begins_its_name(self) -> None:
        for listing in LISTINGS:
            with self.subTest(listing.name):
                response = self.client.get(f"/{listing.name}.csv")
                assert 'filename="sample-azm-' in response["Content-Disposition"]
                assert {row["sample"] for row in file_rows(response)} == {"true"}
        compared = self.client.get("/editions/compare.csv?from=1&to=2")
        assert "sample-azm-compare" in compared["Content-Disposition"]
        assert {row["sample"] for row in file_rows(compared)} == {"true"}
        assert "sample-edition-1" in self.client.get("/editions/edition-1.sha256")["Content-Disposition"]
        assert "sample-azm.ics" in self.client.get("/calendar.ics")["Content-Disposition"]
        assert "SAMPLE · " in self.client.get("/calendar.ics").text
        assert "SAMPLE · " in self.client.get("/feed.atom").text

    def test_is_marked_nowhere_else(self) -> None:
        with override_settings(AZM_SAMPLE=False):
            assert "SAMPLE" not in read(self.client, "/actions/")
            response = self.client.get("/actions.csv")
            assert "sample" not in response["Content-Disposition"]
            assert "sample" not in file_rows(response)[0]


class TestTheSeed(TestCase):
    SMALL = {"actions": 3, "bodies": 5, "indicators": 2, "editions": 3}

    def rows(self, seed: int) -> list[tuple[str, object]]:
        """The figures of a small world, which is gone again."""
        with rolled_back():
            generate(**self.SMALL, seed=seed)
            assert PolicyAction.objects.count() == 3
            assert ResponsibleBody.objects.count() == 5
            assert Indicator.objects.count() == 2
            assert Edition.objects.count() == 3
            return list(MetricSnapshot.objects.order_by("code").values_list("code", "value"))
        return []

    def test_gives_the_same_world_again_and_another_gives_another(self) -> None:
        first = self.rows(seed=7)
        assert len(first) > 20
        assert self.rows(seed=7) == first
        assert self.rows(seed=8) != first

    def test_takes_no_size_that_is_no_world(self) -> None:
        for size in ({"editions": 0}, {"actions": 0}, {"bodies": 3}, {"indicators": -1}, {"editions": 1000}):
            with self.subTest(size), pytest.raises(CommandError, match="A sample has"):
                generate(**size)

    def test_takes_any_size(self) -> None:
        generate(actions=1, bodies=4, indicators=0, editions=1)
        assert PolicyAction.objects.count() == 1
        assert not Indicator.objects.exists()


class TestApart(TestCase):
    def test_needs_the_setting(self) -> None:
        with pytest.raises(CommandError, match="Set AZM_SAMPLE to True"):
            call_command("generate_sample")

    def test_refuses_a_database_that_holds_the_record(self) -> None:
        load_article()
        with pytest.raises(CommandError, match="holds the record"):
            generate()

    def test_refuses_a_database_that_holds_anything_published(self) -> None:
        publish_all(make_policy())
        with pytest.raises(CommandError, match="something else that was published"):
            generate()

    def test_is_made_once(self) -> None:
        generate(actions=1, indicators=0, editions=1)
        assert generate() == "The sample is here already.\n"

    def test_keeps_the_record_out(self) -> None:
        with MARKED, pytest.raises(CommandError, match="database of the sample"):
            call_command("load_record", stdout=io.StringIO())
        generate(actions=1, indicators=0, editions=1)
        with pytest.raises(CommandError, match="database of the sample"):
            call_command("load_record", stdout=io.StringIO())

    def test_is_served_by_its_command_with_the_setting_only(self) -> None:
        with pytest.raises(CommandError, match="AZM_SAMPLE"):
            call_command("sample", "--no-serve")

    def test_is_checked_against_the_setting(self) -> None:
        def found() -> set[str]:
            return {error.id for error in run_checks(tags=[Tags.database], databases=["default"])}

        assert "tracker.E003" not in found()
        generate(actions=1, indicators=0, editions=1)
        assert "tracker.E003" in found()
        with MARKED:
            assert "tracker.E003" not in found()

    def test_is_shown_as_what_it_is_where_somebody_reads_it(self) -> None:
        generate(actions=1, indicators=0, editions=1)
        with MARKED:
            assert "Everything on this page is invented" in visible(read(self.client, "/"))
