"""Both plans side by side on the page of an action, and what lists and files tell of moved deadlines."""

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

    def table(self, query: str = "") -> list[list[str]]:
        return rows(sections(self.page(query))["changes"])[1:]

    def sentence(self) -> str:
        markup = sections(self.page())["changes"]
        return visible(markup[markup.index('<p class="finding">') : markup.index("<table")])


class TestBothPlans(Planned):
    def test_are_not_shown_while_nothing_changed(self) -> None:
        assert "changes" not in sections(self.page())

    def test_stand_side_by_side_step_by_step(self) -> None:
        self.change(due="2027-01")
        self.change(due="2027-08")
        self.change(due="2025-04-21", milestone=self.steps[0])
        self.change(due="2027-06", milestone=self.steps[1])
        assert self.sentence() == "Deadline moved 2 times, 14 months later in all."
        assert self.table() == [
            ["The whole commitment", "Jun 2026", "Aug 2027", "2 times, 14 months later"],
            ["A bill", "31 Mar 2025", "21 Apr 2025", "once, 21 days later"],
            ["A vote", "2026", "Jun 2027", "once, 5 to 18 months later"],
        ]
        assert (
            "Deadline moved 2 times, 14 months later in all." in visible(self.page()).partition("Original wording")[0]
        )

    def test_show_what_was_dropped_added_and_weighed_anew(self) -> None:
        self.change(kind="dropped", milestone=self.steps[0])
        self.change(kind="weight", new_weight=3, milestone=self.steps[1])
        publish_all(make_milestone(action=self.action, position=3, title="A rule", citation=self.cited))
        assert self.sentence() == "The deadline has not moved."
        assert self.table() == [
            ["The whole commitment", "Jun 2026", "Jun 2026", "not moved", "1"],
            ["A bill", "31 Mar 2025", "31 Mar 2025 dropped", "not moved", "1"],
            ["A vote", "2026", "2026", "not moved", "1 3"],
            ["A rule added in edition 4", "no date", "no date", "not moved", "1"],
        ]

    def test_of_a_deadline_that_came_later_say_so(self) -> None:
        publish_all(make_action(code="undated", title="Undated", citation=self.cited))
        self.action = type(self.action).objects.get(code="undated")
        self.change(due="2027")
        markup = read(self.client, "/actions/undated/")
        assert rows(sections(markup)["changes"])[1][1:] == ["no date first given later: 2027", "2027", "not moved"]

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
        assert self.table("?edition=2")[0][1:] == ["Jun 2026", "Jan 2027", "once, 7 months later"]
        assert "changes" not in sections(self.page("?edition=1"))

    def test_leave_out_a_change_while_it_is_suspended(self) -> None:
        change = self.change(due="2027-01")
        suspend([change], reviewer(), "It is doubtful.")
        assert "changes" not in sections(self.page())


class TestEveryChange(Planned):
    def test_is_told_in_the_order_of_announcement_with_reason_and_source(self) -> None:
        self.change(due="2028-01", announced=DAY("2026-05"), reason="Elections.")
        self.change(due="2027-01", announced=DAY("2025-11-20"))
        said = "The words of the source. The Daily, 1 January 2025"
        assert items(sections(self.page())["changes"]) == [
            f"20 November 2025 · new deadline: January 2027 · No quorum. {said}",
            f"May 2026 · new deadline: January 2028 · Elections. {said}",
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
        assert self.table()[0][3] == "once, 7 months later"


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
