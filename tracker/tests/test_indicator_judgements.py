"""What an indicator's page, the distances and the comparisons say: every case in its sentence, and nothing too much."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.management import call_command
from django.test import TestCase
from django.utils import translation

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.assessment.pace import Distance
from tracker.assessment.panel import Working
from tracker.assessment.rules import text
from tracker.assessment.schedule import State
from tracker.assessment.seriessentences import of_series
from tracker.assessment.seriesworking import marks_of, working
from tracker.assessment.thresholds import thresholds
from tracker.models import Edition, Indicator, IndicatorBreak, MetricSnapshot, PolicyAction
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_area,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_target,
    publish_all,
    reviewer,
    rolled_back,
)
from tracker.tests.judging import DAY, days_ago, reading
from tracker.tests.pages import file_rows, links, load_areas, queries, read, rows, sections, visible
from tracker.tests.test_pace import BEGUN, ENDS, Course, course, flow

PAST = days_ago(10)


def told(made: Course, on: date = DAY) -> str:
    made.found(on)
    with reading(on=on):
        return text(of_series(Distance.objects.told().get(action=made.action)))


def work(made: Course) -> Working:
    made.found()
    with reading() as now:
        found = Distance.objects.told().get(action=made.action)
        return working(found, marks_of(now, [found]), thresholds())


def alone(value: Any, target: Any, due: Any = ENDS, basis: str = "target", **indicator: Any) -> Course:
    """Without a baseline."""
    made = Course(**indicator).target(target, due, basis=basis)
    made.figure(value)
    return made


def past(value: Any) -> Course:
    made = Course()
    made.target(100, PAST, baseline=made.figure(0, BEGUN))
    made.figure(value, DAY - timedelta(5))
    return made


def broken() -> Course:
    made = course(0, 100, 50)
    made.rows.append(make(IndicatorBreak, indicator=made.indicator, on=PartialDate.parse("2025-11")))
    return made


def yearly() -> Course:
    made = Course()
    for years, value in enumerate((30, 20, 10)):
        made.figure(value, date(DAY.year - years, DAY.month, DAY.day))
    return made.target(100)


class TestSentence(TestCase):
    CASES: ClassVar[dict[str, tuple[Callable[[], Course], str]]] = {
        "a requirement without a baseline": (
            lambda: alone(16300, 32000, None, "requirement"),
            "50.9% of what is required is reached, 15,700 short."
            " No verdict is given, for no date is published by which it is to be reached.",
        ),
        "a share that is required": (
            lambda: alone("51.2", 60, None, "requirement", behaviour="share"),
            "85.3% of what is required is reached, 8.8 points short."
            " No verdict is given, for no date is published by which it is to be reached.",
        ),
        "holding the line": (
            lambda: course(100, 100, 99),
            "It is to stay at 100, and was 99 on 22 November 2026.",
        ),
        "falling": (
            lambda: course(100, 0, 70, direction="fall"),
            "30% of the way from the baseline is covered, where 50% was planned by 22 November 2026.",
        ),
        "falling without a baseline": (
            lambda: alone(70, 0, direction="fall"),
            "It is to come to 0, and was 70 on 22 November 2026, 70 away."
            " No verdict is given, for the figure that it starts from is not public.",
        ),
        "fallen without a baseline": (
            lambda: alone(10, 20, direction="fall"),
            "It has come to 20: it was 10 on 22 November 2026.",
        ),
        "a baseline of zero": (
            lambda: course(0, 10, 5),
            "50% of the way from the baseline is covered, where 50% was planned by 22 November 2026.",
        ),
        "a target of zero": (
            lambda: course(10, 0, 0, direction="fall"),
            "100% of the way from the baseline is covered, where 50% was planned by 22 November 2026.",
        ),
        "away from the target": (
            lambda: course(20, 120, 10),
            "It moved away from 120: from 20 at the baseline to 10 on 22 November 2026.",
        ),
        "past the date": (
            lambda: past(60),
            "60% of the way from the baseline is covered, where 100% was planned by 17 November 2026."
            " It was due by 12 November 2026.",
        ),
        "too early": (
            lambda: course(0, 100, None, frequency_months=60),
            "0% of the way from the baseline is covered, where 0% was planned by 22 November 2024."
            " No verdict is given, for too little of the time had passed by the day of the latest figure.",
        ),
        "too old": (
            lambda: course(0, 100, 50, on=DAY - timedelta(500)),
            "50% of the way from the baseline is covered, where 15.8% was planned by 10 July 2025."
            " No verdict is given, for the latest figure is too old.",
        ),
        "a break": (
            broken,
            "50% of what is required is reached, 50 short."
            " No verdict is given, for what is counted changed between the figures.",
        ),
        "a flow against a longer period": (
            lambda: flow("2024", "2024", "2025-07", "2025-12"),
            "80% of what is required is reached, 20 short. No verdict is given, for the latest figure and the baseline"
            " do not count over the same length of time.",
        ),
        "a projection": (
            yearly,
            "30% of what is required is reached, 70 short. No verdict is given, for the figure that it starts from is"
            " not public. At the mean course of its figures it arrives in 2033.",
        ),
        "no figure": (lambda: Course().target(100), "No verdict is given, for no figure is on record."),
        "a direction only": (
            lambda: alone(7, None, None, "direction"),
            "The latest figure is 7, of 22 November 2026."
            " No verdict is given, for only a direction is set, no value and no date.",
        ),
        "never scored": (
            lambda: course(0, 100, 50, direction="not-scored", unscored_reason="arrests are not an aim"),
            "Recorded and never judged: arrests are not an aim.",
        ),
    }  # fmt: skip

    def test_tells_each_case(self) -> None:
        for name, (made, sentence) in self.CASES.items():
            with self.subTest(name), rolled_back():
                assert told(made()) == sentence

    def test_is_told_in_urdu(self) -> None:
        with translation.override("ur"):
            said = told(course(100, 0, 70, direction="fall"))
        assert "بنیادی سطح" in said
        assert "covered" not in said

    def test_escapes_what_others_wrote(self) -> None:
        made = course(0, 100, 50, direction="not-scored", unscored_reason="<b>x</b>")
        made.found()
        with reading():
            assert "&lt;b&gt;x" in of_series(Distance.objects.told().get(action=made.action))


class TestTheTargetAsFirstPublished(TestCase):
    def moved(self, **how: Any) -> Course:
        """From 100 in 2028 to 100 in 2040: on the first plan it is behind."""
        made = course(0, 100, 30)
        made.found()
        first = made.action.targets.get()
        made.rows = [
            make_target(
                series=made.series, action=made.action, basis="target", value=100, due=PartialDate.parse("2040"),
                baseline=first.baseline, replaces=first, reason="It was moved.", **how,
            )
        ]  # fmt: skip
        return made

    def test_keeps_its_verdict_beside_that_on_the_later_one(self) -> None:
        made = self.moved()
        found = made.found()
        assert (found.state_first, found.state, found.moved) == ("behind", "on-track", True)
        assert told(made).endswith("The target as first published was 100, 21 November 2028; against it: behind.")
        assert [str(given.term) for given in work(made).inputs][:2] == ["as first published", "target"]
        (row,) = file_rows(self.client.get(f"/distances.csv?on={DAY}"))
        assert (row["first_due"], row["due"], row["state_first"], row["state"]) == (
            "2028-11-21", "2040", "behind", "on-track",
        )  # fmt: skip

    def test_is_what_corrects_it_on_the_same_words(self) -> None:
        cited = make_citation()
        made = self.moved(citation=cited)
        publish_all(*made.rows)
        (second,) = made.rows
        made.rows = [
            make_target(
                series=made.series, action=made.action, basis="target", value=100, due=PartialDate.parse("2041"),
                baseline=second.baseline, replaces=second, reason="A slip of ours.", citation=cited,
            )
        ]  # fmt: skip
        assert made.found().state_first == "behind"  # still against 2028: the second is corrected, not the first
        typed = course(0, 100, 30)
        typed.found()
        first = typed.action.targets.get()
        typed.rows = [
            make_target(
                series=typed.series, action=typed.action, basis="target", value=100, due=PartialDate.parse("2040"),
                baseline=first.baseline, replaces=first, reason="A slip of ours.", citation=first.citation,
            )
        ]  # fmt: skip
        found = typed.found()
        assert (found.moved, found.state_first, found.state) == (False, "on-track", "on-track")


class TestWorking(TestCase):
    def test_shows_the_arithmetic_with_its_thresholds(self) -> None:
        found = work(course(0, 100, 30))
        assert [text(line) for line in found.formula] == [
            "share reached: 30 ÷ 100 = 30%",
            "distance covered: (30 − 0) ÷ (100 − 0) = 30%",
            "time elapsed by the day of the figure: 50%",
            "pace: 30% ÷ 50% = 0.60; on track from 0.95, behind below 0.75",
        ]
        assert [float(value) for _meaning, value in found.thresholds] == [0.95, 0.75, 0.1, 12, 90]

    def test_names_every_fact_with_its_citation_and_edition(self) -> None:
        made = course(0, 100, 25)
        made.target(20, PartialDate.of(date(2025, 11, 22)), interim=True)
        found = work(made)
        assert [(str(given.term), text(given.says), given.edition) for given in found.inputs] == [
            ("target", "100, 21 November 2028", 1),
            ("interim target", "20, 22 November 2025", 1),
            ("Baseline", "0, 22 November 2024", 1),
            ("Latest figure", "25, 22 November 2026", 1),
        ]
        assert all(given.citation for given in found.inputs)
        assert "planned by then, along the interim targets:" in " ".join(map(text, found.formula))

    def test_of_what_is_never_judged_has_no_arithmetic(self) -> None:
        found = work(course(0, 100, 50, direction="not-scored", unscored_reason="Arrests."))
        assert (found.formula, found.thresholds) == ([], [])


class TestThePage(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.indicator = make_indicator(code="measured", behaviour="stock")
        cls.action = make_action(area=Area.objects.get(code="PK"))
        said: list[Any] = []
        for code, values in {"PK": (40,), "PK-PB": (10, 12), "PK-SD": (20,), "PK-KP": (), "PK-BA+PK-KP": (7,)}.items():
            series = make_series(indicator=cls.indicator, area=Area.objects.get(code=code))
            said.append(make_target(series=series, action=cls.action, value=100, code=f"target-{len(said)}"))
            for n, value in enumerate(values):
                day = PartialDate.of(DAY - timedelta(n))
                said.append(make_snapshot(series=series, value=value, period_start=None, period_end=day))
        publish_all(*said)

    def page(self, query: str = "") -> dict[str, str]:
        return sections(read(self.client, f"/indicators/measured/?on={DAY}{query}"))

    def test_says_how_many_areas_reported(self) -> None:
        assert "Single areas 2 of 3 areas that have a target reported" in visible(self.page()["target"])
        assert "Single areas 2 of 7 areas have a figure of their own" in visible(self.page()["leads"])

    def test_keeps_country_areas_and_groups_apart(self) -> None:
        said = visible(self.page()["target"])
        heads = ["The country", "Single areas", "Areas told jointly, and former ones"]
        assert sorted(heads, key=said.index) == heads
        assert "72" not in said  # nothing is added up

    def test_says_why_a_figure_leads_and_what_its_rivals_say(self) -> None:
        by_area = {row[0]: row[1:] for row in rows(self.page()["leads"])}
        assert by_area["Punjab"] == ["10", "22 Nov 2026", "it is of the latest day", "1 rival: 10 to 12"]
        assert by_area["Sindh"] == ["20", "22 Nov 2026", "it is the only one on record", "–"]

    def test_tells_pairs_apart_and_links_to_their_rows(self) -> None:
        section = self.page("&edition=1")["pairs"]
        assert "Two statements about the same that disagree by 2." in visible(section)
        anchors = [link for link in links(section) if link.startswith("#")]
        assert len(anchors) == 2
        statements = self.page()["statements"]
        assert all(f'id="{anchor.removeprefix("#")}"' in statements for anchor in anchors)
        assert f"/comparisons/?indicator=measured&edition=1&on={DAY}" in links(section)

    def test_has_a_state_a_sentence_and_a_working_for_every_target(self) -> None:
        section = self.page()["target"]
        assert section.count("How this was worked out") == 5
        assert "Cannot say" in visible(section)
        assert "10% of what is required is reached, 90 short." in visible(section)
        assert "No verdict is given, for no figure is on record." in visible(section)

    def test_shows_a_few_pairs_of_many(self) -> None:
        series = self.indicator.series.get(area="PK-SD")
        publish_all(
            *(
                make_snapshot(series=series, value=20 + n, period_start=None, period_end=PartialDate.of(DAY))
                for n in range(8)
            )
        )
        section = self.page()["pairs"]
        assert len(rows(section)) == 1 + 12
        assert "There are more of them." in visible(section)
        assert len(file_rows(self.client.get(f"/comparisons.csv?indicator=measured&on={DAY}"))) > 30

    def test_takes_no_more_queries_when_rows_double(self) -> None:
        def grow() -> Iterator[Any]:
            for area in Area.objects.filter(kind="province"):
                series, _made = self.indicator.series.get_or_create(area=area)
                for n in range(3):
                    day = PartialDate.of(DAY - timedelta(n))
                    yield make_snapshot(series=series, value=n, period_start=None, period_end=day)
                yield make_target(series=series, action=self.action, due=PartialDate.parse("2027"))

        address = f"/indicators/measured/?on={DAY}"
        publish_all(*grow())
        before = queries(self.client, address)
        publish_all(*grow())
        assert queries(self.client, address) <= before  # one less for a rule that no longer finds anything

    def test_counts_nothing_that_was_taken_out(self) -> None:
        (wrong,) = MetricSnapshot.objects.filter(value=12)
        acts: dict[str, Callable[[], Any]] = {
            "withdrawn": lambda: withdraw([wrong], reviewer(), "It was misread.", asked_by=asker()),
            "suspended": lambda: suspend([wrong], reviewer(), "It is looked at."),
            "redacted": lambda: redact(
                [wrong], reviewer(), "A court ordered it.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER
            ),
        }
        assert len(file_rows(self.client.get("/comparisons.csv"))) == 1
        for name, act in acts.items():
            with self.subTest(name), rolled_back():
                act()
                page = self.page()
                assert "pairs" not in page
                assert {row[0]: row[4] for row in rows(page["leads"])}["Punjab"] == "–"
                assert file_rows(self.client.get("/comparisons.csv")) == []

    def test_judges_by_no_target_or_commitment_that_was_taken_out(self) -> None:
        assert len(file_rows(self.client.get("/distances.csv"))) == 5
        target = self.action.targets.get(series__area="PK")
        with rolled_back():
            withdraw([target], reviewer(), "It was misread.", asked_by=asker())
            assert len(file_rows(self.client.get("/distances.csv"))) == 4
        with rolled_back():
            suspend([self.action], reviewer(), "It is looked at.")
            assert file_rows(self.client.get("/distances.csv")) == []
        with rolled_back():
            redact([target], reviewer(), "A court ordered it.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
            assert len(file_rows(self.client.get("/distances.csv"))) == 4
            assert "Redacted in" in visible(self.page()["target"])


class TestListOfFigures(TestCase):
    def test_says_whether_and_why_a_figure_leads(self) -> None:
        series = make_series(indicator=make_indicator(behaviour="stock"), area=make_area("PK"))
        old = make_snapshot(series=series, period_start=None, period_end=PartialDate.parse("2023-07-01"))
        new = make_snapshot(series=series, period_start=None, period_end=PartialDate.parse("2024-07-01"))
        publish_all(old, new)
        found = {
            row["code"]: (row["headline"], row["lead_reason"]) for row in file_rows(self.client.get("/snapshots.csv"))
        }
        assert found == {old.code: ("false", ""), new.code: ("true", "latest-period")}
        assert "it is of the latest period" in visible(read(self.client, "/snapshots/"))


class TestABreakOfWhichTheYearIsKnown(TestCase):
    def test_may_lie_between_two_figures_of_that_year_and_later(self) -> None:
        series = make_series(indicator=make_indicator(behaviour="stock"))
        when = {"2019": "definition-changed", "2018": "another-period", "2021": "another-period"}
        for year, reason in when.items():
            with self.subTest(year), rolled_back():
                said = [
                    make_snapshot(series=series, value=n, period_start=None, period_end=PartialDate.parse(day))
                    for n, day in ((20, "2019-08-17"), (21, "2020-07-01"))
                ]
                change = make(IndicatorBreak, indicator=series.indicator, on=PartialDate.parse(year))
                publish_all(*said, change)
                (pair,) = file_rows(self.client.get("/comparisons.csv"))
                assert pair["reason"] == reason


class TestTheRecord(TestCase):
    """By hand on `make demo`, and here."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_record", verbosity=0)

    def test_shows_the_distance_of_madrassa_registration(self) -> None:
        for edition in (1, 2):
            section = sections(read(self.client, f"/indicators/madrassas-registered/?edition={edition}"))["target"]
            with self.subTest(edition):
                assert "50.9% of what is required is reached, 15,700 short. No verdict is given" in visible(section)
                assert "share reached: 16,300 ÷ 32,000 = 50.9%" in visible(section)
                assert "All there are ~ 32,000, period not stated" in visible(section)

    def test_gives_no_commitment_a_schedule_verdict_and_names_the_missing_link(self) -> None:
        for edition in (1, 2):
            for row in file_rows(self.client.get(f"/actions.csv?edition={edition}")):
                with self.subTest(row["code"], edition=edition):
                    assert row["schedule"] in ("cannot-say", "not-scored")
                    assert row["schedule_reason"]
                    page = visible(read(self.client, f"/actions/{row['code']}/?edition={edition}"))
                    sentence = "Recorded and never judged" if row["schedule"] == "not-scored" else "cannot be said, for"
                    assert sentence in page

    def test_gives_nothing_a_verdict_that_is_never_scored(self) -> None:
        """On no page of it and in no file."""
        unscored = set(PolicyAction.objects.filter(scored=False).values_list("code", flat=True))
        assert unscored
        judged = {state.value for state in State} - {State.CANNOT_SAY, State.NOT_SCORED}
        for row in file_rows(self.client.get("/actions.csv")):
            if row["code"] in unscored:
                assert (row["schedule"], row["schedule_current"]) == ("not-scored", "not-scored")
        indicators = set(Indicator.objects.filter(direction="not-scored").values_list("code", flat=True))
        for row in file_rows(self.client.get("/distances.csv")):
            if row["indicator"] in indicators or row["action"] in unscored:
                assert (row["state"], row["share"], row["gap"], row["covered"], row["pace"]) == (
                    "not-scored",
                    *[""] * 4,
                )
        for address in (
            *(f"/actions/{code}/" for code in sorted(unscored)),
            *(f"/indicators/{code}/" for code in sorted(indicators)),
        ):
            page = read(self.client, address)
            with self.subTest(address):
                assert [state for state in judged if f'class="state state-{state}"' in page] == []
                assert "of what is required" not in visible(page)

    def test_has_the_jump_of_pending_cases_side_by_side(self) -> None:
        section = visible(sections(read(self.client, "/indicators/atc-pending-cases/"))["pairs"])
        assert "2,273 (Pakistan, 7 Nov 2024; ARY News) 605 (Pakistan, period not stated; Dunya News)" in section
        assert "A jump: 3.8 times within 99 days, by 1,668. Whether both count the same is not known." in section

    def test_has_two_years_of_sindh_and_no_conflict_between_them(self) -> None:
        section = visible(sections(read(self.client, "/indicators/conviction-rate/"))["pairs"])
        assert (
            "54% (Sindh, 2023; Dunya News) 18% (Sindh, 2022; Jang) Two times, not a conflict: 36 points more."
            in section
        )
        assert "disagree" not in section

    def test_does_not_compare_madrassas_across_what_registered_means(self) -> None:
        section = visible(sections(read(self.client, "/indicators/madrassas-registered/"))["pairs"])
        assert "Not to be compared, for what is counted changed between them." in section

    def test_says_of_every_pair_in_urdu_what_it_is(self) -> None:
        page = read(self.client, "/ur/comparisons/")
        assert "یک دم بڑی تبدیلی" in page
        assert "statements" not in visible(page)
