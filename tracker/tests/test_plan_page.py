"""The plan of an action, first and current dates step by step, and what lists and files tell of moved deadlines."""

import re
from typing import Any

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from tracker.publishing import suspend
from tracker.tests.factories import (
    make_action,
    make_citation,
    make_milestone,
    make_plan_change,
    make_source,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, items, load_areas, queries, read, rows, sections, visible

DAY = PartialDate.parse


class Planned(TestCase):
    """A law due in June 2026 with two steps; its plan changes later."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.cited = make_citation(source=make_source(publisher="The Daily", published=DAY("2025-01-01")))
        cls.action = make_action(
            code="law", title="A law", wording="To pass a law.", due=DAY("2026-06"), citation=cls.cited
        )
        cls.steps = [
            make_milestone(
                action=cls.action, code=f"law.m{n}", position=n, title=title, due=DAY(due), citation=cls.cited
            )
            for n, (title, due) in enumerate([("A bill", "2025-03-31"), ("A vote", "2026")], 1)
        ]
        publish_all(cls.action, *cls.steps)

    def change(self, **how: Any) -> Any:
        if "milestone" in how:
            how["action"] = None
        if "due" in how:
            how = {"kind": "deadline", "new_due": DAY(how.pop("due")), **how}
        found = make_plan_change(**{"action": self.action, "citation": self.cited, "reason": "No quorum.", **how})
        publish_all(found)
        return found

    def page(self, query: str = "") -> str:
        return read(self.client, f"/actions/law/{query}")

    def table(self, query: str = "") -> dict[str, list[str]]:
        """Of each row its weight and its dates, by the name of the step."""
        told = rows(sections(self.page(query))["milestones"])[1:]
        return {name.partition(" Verified by:")[0]: [weight, due] for name, weight, due, *_rest in told}

    def sentence(self) -> str:
        (told,) = re.findall(r'<p class="finding" id="changes">(.*?)</p>', self.page())
        return visible(told)


class TestBothPlans(Planned):
    def test_are_one_while_nothing_changed(self) -> None:
        assert 'id="changes"' not in self.page()
        assert "<del>" not in sections(self.page())["milestones"]
        assert self.table() == {
            "1 A bill": ["1", "31 Mar 2025"],
            "2 A vote": ["1", "2026"],
            "The whole commitment": ["", "Jun 2026"],
            "Proved 0 of 2": ["2", ""],
        }

    def test_stand_side_by_side_step_by_step(self) -> None:
        self.change(due="2027-01")
        self.change(due="2027-08")
        self.change(due="2025-04-21", milestone=self.steps[0])
        self.change(due="2027-06", milestone=self.steps[1])
        assert self.sentence() == "Deadline moved 2 times, 14 months later in all."
        assert self.table() == {
            "1 A bill": ["1", "31 Mar 2025 21 Apr 2025 once, 21 days later"],
            "2 A vote": ["1", "2026 Jun 2027 once, 5 to 18 months later"],
            "The whole commitment": ["", "Jun 2026 Aug 2027 2 times, 14 months later"],
            "Proved 0 of 2": ["2", ""],
        }
        assert "<del>31 Mar 2025</del> <ins>21 Apr 2025</ins>" in self.page()
        assert (
            "Deadline moved 2 times, 14 months later in all." in visible(self.page()).partition("Original wording")[0]
        )

    def test_show_what_was_dropped_added_and_weighed_anew(self) -> None:
        self.change(kind="dropped", milestone=self.steps[0])
        self.change(kind="weight", new_weight=3, milestone=self.steps[1])
        publish_all(make_milestone(action=self.action, position=3, title="A rule", citation=self.cited))
        assert self.sentence() == "The deadline has not moved."
        assert self.table() == {
            "1 A bill": ["1", "31 Mar 2025 dropped"],
            "2 A vote": ["1 3", "2026"],
            "3 A rule": ["1", "no date"],
            "The whole commitment": ["", "Jun 2026"],
            "Proved 0 of 3": ["3 4", ""],
        }
        assert "added in edition 4" in rows(sections(self.page())["milestones"])[3][0]

    def test_of_a_deadline_that_came_later_say_so(self) -> None:
        publish_all(make_action(code="undated", title="Undated", citation=self.cited))
        self.action = type(self.action).objects.get(code="undated")
        self.change(due="2027")
        markup = read(self.client, "/actions/undated/")
        section = sections(markup)["milestones"]
        assert rows(section)[1][2] == "2027 given later; no date at first"
        assert "Deadline" in section  # it has no steps

    def test_moved_back_and_forth_tell_the_way_too(self) -> None:
        self.change(due="2027-06")
        self.change(due="2026-06", announced=DAY("2026"))
        assert self.sentence() == "Deadline moved 2 times: as it was at first, after 24 months there and back."

    def test_brought_forward_once(self) -> None:
        self.change(due="2026-05")
        assert self.sentence() == "Deadline moved once, 1 month earlier."

    def test_are_those_of_the_edition_that_is_read(self) -> None:
        self.change(due="2027-01")
        self.change(due="2027-08")
        assert self.table("?edition=2")["The whole commitment"][1] == "Jun 2026 Jan 2027 once, 7 months later"
        assert self.table("?edition=1")["The whole commitment"][1] == "Jun 2026"
        assert 'id="changes"' not in self.page("?edition=1")

    def test_leave_out_a_change_while_it_is_suspended(self) -> None:
        change = self.change(due="2027-01")
        suspend([change], reviewer(), "It is doubtful.")
        assert 'id="changes"' not in self.page()
        assert self.table()["The whole commitment"][1] == "Jun 2026"


class TestEveryChange(Planned):
    def test_is_told_in_the_timeline_with_reason_and_source(self) -> None:
        self.change(due="2028-01", announced=DAY("2026-05"), reason="Elections.")
        self.change(due="2027-01", announced=DAY("2025-11-20"))
        said = "Plan change: the whole commitment, new deadline:"
        assert [line for line in items(sections(self.page())["timeline"]) if "Plan change" in line] == [
            f"May 2026 {said} January 2028. Reason: Elections. The Daily edition 2",
            f"20 Nov 2025 {said} January 2027. Reason: No quorum. The Daily edition 3",
        ]

    def test_stands_where_the_history_links_to(self) -> None:
        change = self.change(due="2027-01")
        assert f'id="{change.code}"' in self.page()
        assert 'id="changes"' in self.page()


class TestOriginalWording(Planned):
    def test_stays_whatever_changed(self) -> None:
        self.change(due="2027-01")
        self.change(kind="correction", new_wording="To pass the law.", reason="We typed “a”.", citation=None)
        said = visible(sections(self.page())["wording"])
        assert said.index("To pass a law.") < said.index("To pass the law.")
        assert "We typed “a”." in said
        assert self.table()["The whole commitment"][1] == "Jun 2026 Jan 2027 once, 7 months later"


class TestListsAndFiles(Planned):
    NAMES = (
        "due",
        "due_first",
        "due_now",
        "deadline_moves",
        "drift_months",
        "drift_months_most",
        "weight_now",
        "dropped",
    )

    def told(self, name: str, code: str, query: str = "") -> list[str]:
        (row,) = (row for row in file_rows(self.client.get(f"/{name}.csv{query}")) if row["code"] == code)
        return [row[column] for column in self.NAMES]

    def test_tell_the_first_deadline_and_the_one_in_force(self) -> None:
        self.change(due="2027-01")
        self.change(due="2028")
        self.change(kind="dropped", milestone=self.steps[0])
        self.change(kind="weight", new_weight="2.5", milestone=self.steps[1])
        assert self.told("actions", "law") == ["2026-06", "2026-06", "2028", "2", "18", "31", "1", "false"]
        assert self.told("milestones", "law.m1") == ["2025-03-31"] * 3 + ["0", "0", "0", "1", "true"]
        assert self.told("milestones", "law.m2") == ["2026"] * 3 + ["0", "0", "0", "2.5", "false"]
        assert self.told("actions", "law", "?edition=2")[2:5] == ["2027-01", "1", "7"]

    def test_show_the_deadline_in_force_with_the_first_one(self) -> None:
        self.change(due="2027-01")
        self.change(kind="dropped", milestone=self.steps[0])
        (law,) = (row for row in rows(read(self.client, "/actions/")) if row[0] == "law")
        assert "Jan 2027 at first Jun 2026" in law
        steps = rows(read(self.client, "/milestones/"))[1:]
        assert [step[-1] for step in steps] == ["31 Mar 2025 dropped", "2026"]

    def test_are_sorted_by_the_deadline_in_force(self) -> None:
        publish_all(make_action(code="later", title="Later", due=DAY("2026-09"), citation=self.cited))
        codes = [row["code"] for row in file_rows(self.client.get("/actions.csv?sort=due"))]
        assert codes == ["law", "later"]
        self.change(due="2027-01")
        codes = [row["code"] for row in file_rows(self.client.get("/actions.csv?sort=due"))]
        assert codes == ["later", "law"]

    def test_take_no_more_queries_for_more_changes(self) -> None:
        self.change(due="2027-01")
        before = {page: queries(self.client, page) for page in ("/actions/law/", "/actions/", "/milestones/")}
        for year in range(2028, 2033):
            self.change(due=str(year))
            self.change(due=str(year), milestone=self.steps[1])
        for page, count in before.items():
            with self.subTest(page):
                assert queries(self.client, page) == count
