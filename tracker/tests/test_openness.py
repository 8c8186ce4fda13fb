"""What is withheld or not published: each thing once, under one body or none, and the counts add up."""

from collections import Counter
from datetime import date
from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.assessment.openness import GROUPS, Gap, Tally, by_body
from tracker.listings.openness import SHOWN, tallied
from tracker.models import MetricSnapshot, PolicyAction, PolicyEvent, ResponsibleBody, Series
from tracker.models.snapshots import WITH_VALUE
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_area,
    make_assignment,
    make_body,
    make_citation,
    make_measure,
    make_policy,
    make_series,
    make_snapshot,
    make_target,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.judging import reading
from tracker.tests.pages import file_rows, queries, read, rows, sections, visible

LINKS = {"no-owner", "no-measure", "no-deadline", "no-report"}


class Openness(TestCase):
    action: PolicyAction
    body: ResponsibleBody
    series: Series

    @classmethod
    def setUpTestData(cls) -> None:
        policy = make_policy(code="plan", text="public")
        cls.action = make_action(code="train", title="Train the staff", policy=policy, area=make_area("PK"))
        cls.body = make_body(code="ministry", name="The ministry")
        cls.series = make_series(area=make_area("PK"))
        publish_all(cls.action, cls.body, cls.series.indicator)

    def states(self, status: str = "withheld", **how: Any) -> MetricSnapshot:
        more = (
            {"searched_on": date(2024, 7, 1), "searched_where": "The gazette", "citation": None}
            if status == "not-found"
            else {}
        )
        columns = {"series": self.series, "status": status, "value": None, "no_value_reason": "On security grounds."}
        made: MetricSnapshot = make_snapshot(**{**columns, **more, **how})
        publish_all(made)
        return made

    def gaps(self, edition: int | None = None) -> list[tuple[str, str | None]]:
        """What is missing, and under which body."""
        with reading(edition):
            return [(gap.gap, gap.body and gap.body.code) for gap in Gap.objects.select_related("body")]

    def figures(self, edition: int | None = None) -> list[tuple[str, str | None]]:
        return [(gap, body) for gap, body in self.gaps(edition) if gap in ("withheld", "not-collected", "not-found")]


class TestFigures(Openness):
    def test_stand_under_who_withholds_them(self) -> None:
        self.states(withheld_by=self.body)
        self.states(series=make_series(), status="not-collected")
        self.states(series=make_series(), status="not-found")
        assert self.figures() == [("withheld", "ministry"), ("not-collected", None), ("not-found", None)]

    def test_else_stand_under_the_only_body_that_leads_what_they_measure(self) -> None:
        self.states(status="not-found")
        publish_all(
            make_measure(action=self.action, indicator=self.series.indicator),
            make_assignment(action=self.action, body=self.body),
        )
        assert self.figures() == [("not-found", "ministry")]
        publish_all(make_assignment(action=self.action, area=make_area("PK-KP")))
        assert self.figures() == [("not-found", None)], "two bodies lead it"

    def test_that_do_not_apply_are_not_missing(self) -> None:
        self.states(status="not-applicable")
        assert self.figures() == []

    def test_of_every_status_are_told_a_figure_a_gap_or_not_applicable(self) -> None:
        answered = {*WITH_VALUE, "not-applicable"}
        assert {s.value for s in MetricSnapshot.Status} - answered == {"withheld", "not-collected", "not-found"}
        assert set(Gap.Kind.values) >= {"withheld", "not-collected", "not-found"}

    def test_are_no_longer_missing_once_a_figure_of_that_day_or_later_is_there(self) -> None:
        self.states(period_start=None, period_end=PartialDate.parse("2024-06-30"))
        earlier = make_snapshot(series=self.series, period_start=None, period_end=PartialDate.parse("2024-06-29"))
        publish_all(earlier)
        assert len(self.figures()) == 1
        publish_all(make_snapshot(series=self.series, period_start=None, period_end=PartialDate.parse("2024-06-30")))
        assert self.figures() == []

    def test_are_counted_once_for_a_measure_in_an_area(self) -> None:
        self.states(period_end=PartialDate.parse("2024-06-30"))
        self.states(status="not-collected", period_end=PartialDate.parse("2024-09-30"))
        assert self.figures() == [("not-collected", None)]

    def test_never_rest_on_a_row_that_left(self) -> None:
        gone = [self.states(series=make_series()) for _ in range(3)]
        assert len(self.figures()) == 3
        withdraw(gone[:1], reviewer(), "Wrong.", asked_by=asker())
        suspend(gone[1:2], reviewer(), "To be checked.")
        redact(gone[2:], reviewer(), "A court said so.", asked_by=asker(), ground="court-order")
        assert self.figures() == []
        assert len(self.figures(edition=4)) == 2, "those withdrawn and suspended later stood then"

    def test_are_missing_still_if_the_figure_was_redacted(self) -> None:
        self.states(period_end=PartialDate.parse("2024-06-30"))
        figure = make_snapshot(series=self.series, period_end=PartialDate.parse("2025-06-30"))
        publish_all(figure)
        assert self.figures() == []
        redact([figure], reviewer(), "A court said so.", asked_by=asker(), ground="court-order")
        assert len(self.figures()) == 1


class TestTextsAndLinks(Openness):
    def test_of_policies_tell_the_last_search(self) -> None:
        named = make_policy(code="secret", text="named")
        sought = {"policy": named, "kind": "text-sought", "citation": None, "account": "In the library."}
        publish_all(
            named, make_policy(code="half", text="partly"),
            *(make(PolicyEvent, on=PartialDate.parse(day), **sought) for day in ("2025-01-01", "2026-01")),
        )  # fmt: skip
        found = {
            row["policy"]: row for row in file_rows(self.client.get("/openness.csv")) if row["gap"].startswith("text")
        }
        assert set(found) == {"secret", "half"}
        assert (found["secret"]["searched_on"], found["secret"]["searched_where"]) == ("2026-01", "In the library.")
        assert found["half"]["searched_on"] == ""

    def test_of_a_commitment_are_missing_until_they_are_published(self) -> None:
        def links() -> set[str]:
            return {gap for gap, _body in self.gaps()}

        assert links() == LINKS
        publish_all(make_assignment(action=self.action, body=self.body))
        assert links() == LINKS - {"no-owner"}
        assert {body for _gap, body in self.gaps()} == {"ministry"}
        publish_all(make_measure(action=self.action, indicator=self.series.indicator))
        publish_all(make_update(action=self.action))
        assert links() == {"no-deadline"}
        publish_all(make_target(action=self.action, series=self.series))
        assert links() == {"no-baseline"}, "the target has a date, and starts from nothing"


class TestCounts(Openness):
    def make_some(self) -> None:
        other = make_body(code="police", name="The police")
        publish_all(make_assignment(action=self.action, body=self.body), make_policy(text="partly"), make_action())
        self.states(withheld_by=other)
        self.states(series=make_series(), status="not-found")

    def test_put_every_kind_in_exactly_one_group(self) -> None:
        grouped = [kind for _label, kinds in GROUPS.values() for kind in kinds]
        assert sorted(grouped) == sorted(Gap.Kind.values)

    def test_add_up(self) -> None:
        self.make_some()
        found = file_rows(self.client.get("/openness.csv"))
        with reading():
            lines, total = by_body(Gap.objects.all())
        assert total.total == sum(line.total for line in lines) == len(found)
        assert {line.body.code if line.body else "": line.total for line in lines} == Counter(
            row["body"] for row in found
        )
        assert lines[-1].body is None
        table = rows(read(self.client, "/openness/"))
        n = next(i for i, row in enumerate(table) if row[0] == "In all")
        assert table[n][1:] == [str(sum(int(row[c]) for row in table[1:n])) for c in range(1, len(GROUPS) + 2)]
        assert table[n][-1] == str(len(found))

    def test_add_up_under_a_filter_too(self) -> None:
        self.make_some()
        table = rows(read(self.client, "/openness/?body=ministry"))
        found = file_rows(self.client.get("/openness.csv?body=ministry"))
        assert table[1][0] == "The ministry"
        assert table[1][-1] == str(len(found)) == "3"

    def test_add_up_where_bodies_share_a_line(self) -> None:
        many = [Tally(make_body(), dict.fromkeys(GROUPS, 1)) for _ in range(SHOWN + 5)]
        lines = tallied([*many, Tally(None, dict.fromkeys(GROUPS, 2))])
        assert len(lines) == SHOWN + 2
        assert lines[-2]["others"] == 5
        assert sum(line["tally"].total for line in lines) == Tally.adding(many).total + 2 * len(GROUPS)


class TestPages(Openness):
    def test_tell_authority_and_ground(self) -> None:
        row = self.states(withheld_by=self.body, citation=make_citation(code="c"))
        (found,) = [r for r in file_rows(self.client.get("/openness.csv")) if r["gap"] == "withheld"]
        assert found == found | {
            "code": f"withheld.{row.code}", "body": "ministry", "basis": "withholds", "authority": "ministry",
            "ground": "On security grounds.", "area": "PK", "snapshot": row.code, "citation": "c", "action": "",
            "searched_on": "", "edition": "2",
        }  # fmt: skip
        told = visible(sections(read(self.client, "/bodies/ministry/"))["openness"])
        assert "figure withheld: 1 In all: 1" in told
        assert "On security grounds." in told

    def test_say_what_was_looked_through_when_nothing_is_missing(self) -> None:
        withdraw([self.action], reviewer(), "Wrong.", asked_by=asker())
        assert "Figures, texts of policies and the links of every commitment were looked through" in visible(
            read(self.client, "/openness/")
        )
        assert "openness" not in sections(read(self.client, "/bodies/ministry/"))

    def test_of_a_policy_hold_the_figures_that_measure_it(self) -> None:
        self.states()
        publish_all(make_measure(action=self.action, indicator=self.series.indicator))
        found = file_rows(self.client.get("/openness.csv?policy=plan"))
        assert Counter(row["gap"] for row in found)["withheld"] == 1
        assert not file_rows(self.client.get(f"/openness.csv?policy={make_policy_published()}"))

    def test_takes_the_same_queries_when_gaps_double(self) -> None:
        pages = ["/openness/", "/openness.csv", "/bodies/ministry/"]
        self.states(withheld_by=self.body)
        before = {page: queries(self.client, page) for page in pages}
        for _ in range(4):
            self.states(series=make_series(), withheld_by=self.body)
            publish_all(make_action())
        assert {page: queries(self.client, page) for page in pages} == before


def make_policy_published() -> str:
    policy = make_policy(text="public")
    publish_all(policy)
    return str(policy.code)
