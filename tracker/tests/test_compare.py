"""Two editions compared: what entered, left and was corrected, what leads now, and which deadlines moved."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.test import TestCase
from django.utils import timezone

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.models import Edition, EditionItem, MetricSnapshot, PlanChange
from tracker.naming import NAMED
from tracker.publishing import ratify, reverse, suspend
from tracker.publishing.guard import publishable_models
from tracker.publishing.items import Happened
from tracker.tests.factories import (
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_milestone,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import World, file_rows, links, load_areas, queries, read, rows, sections, visible

DAY = PartialDate.parse


def words(markup: str, section: str) -> str:
    return visible(sections(markup)[section])


def table(markup: str, section: str) -> list[list[str]]:
    return rows(sections(markup)[section])[1:]


class Compared(TestCase):
    """Edition 1 holds a figure of 605 cases and a plan for 2026; later editions change them."""

    action: Any
    first: Any
    series: Any

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        area = Area.objects.get(code="PK-PB")
        policy = make_policy(code="plan", name="The plan")
        source = make_source(code="daily", publisher="The Daily", published=DAY("2024-08-01"))
        cls.series = make_series(indicator=make_indicator(code="pending", name="Cases pending"), area=area)
        cls.action = make_action(code="courts", title="Open courts", policy=policy, due=DAY("2026"))
        cls.first = make_snapshot(
            code="f-old", series=cls.series, value=605, citation=make_citation(code="daily.first", source=source)
        )
        publish_all(cls.first, cls.action)

    def correct(self, **how: Any) -> MetricSnapshot:
        """The figure as it should have been typed: 506."""
        new = make_snapshot(
            **{
                "code": "f-new",
                "series": self.series,
                "value": 506,
                "citation": self.first.citation,
                "replaces": self.first,
                "reason": "Two digits were swapped.",
                **how,
            }
        )
        publish_all(new)
        return new

    def page(self, query: str = "from=1&to=2") -> str:
        return read(self.client, f"/editions/compare/?{query}")


class TestCorrected(Compared):
    def test_shows_the_old_value_struck_and_the_new_one_marked_with_the_reason(self) -> None:
        self.correct()
        markup = self.page()
        assert "<del>605</del> <ins>506</ins>" in sections(markup)["corrected"]
        assert table(markup, "corrected") == [
            [
                "Cases pending, Punjab: 506 operations, 1 Jan 2024 – 30 Jun 2024 metric snapshot · f-old → f-new",
                "Value 605 506",
                "Two digits were swapped.",
                "2",
            ]
        ]

    def test_shows_every_column_that_differs_and_no_other(self) -> None:
        source = make_source(code="gazette", publisher="The gazette")
        self.correct(
            period_start=DAY("2024-02-01"),
            qualifier="at-least",
            status="provisional",
            citation=make_citation(code="gazette.words", source=source),
        )
        ((_row, changes, _reason, _edition),) = table(self.page(), "corrected")
        assert changes == (
            "Period from 1 Jan 2024 1 Feb 2024 Observation status as reported provisional Qualifier exactly at least"
            " Value 605 ≥ 506 Citation daily.first gazette.words"
        )

    def test_shows_a_thing_beside_the_one_it_was_confused_with_and_a_missing_value_as_not_stated(self) -> None:
        wrong = make_assignment(code="f-wrong", action=self.action, body=make_body(code="army"), area=None)
        publish_all(wrong)
        right = make_assignment(
            code="f-right",
            action=self.action,
            body=make_body(code="police"),
            area=Area.objects.get(code="PK-PB"),
            citation=wrong.citation,
            replaces=wrong,
            reason="The wrong body was chosen.",
        )
        publish_all(right)
        ((_row, changes, *_rest),) = table(self.page("from=2&to=3"), "corrected")
        assert changes == "Body army police Area not stated Punjab"

    def test_is_neither_an_entry_nor_a_withdrawal(self) -> None:
        self.correct()
        assert not {"entered", "withdrawn", "replaced"} & set(sections(self.page()))

    def test_says_nothing_of_a_correction_that_is_a_draft(self) -> None:
        make_snapshot(code="f-draft", series=self.series, value=1, replaces=self.first, reason="A secret.")
        publish_all(make_source(code="other"))
        for text in (self.page(), read(self.client, "/editions/compare.csv?from=1&to=2")):
            assert "f-draft" not in text
            assert "secret" not in text

    def test_tells_two_corrections_in_a_row_one_by_one(self) -> None:
        again = make_snapshot(
            code="f-newer",
            series=self.series,
            value=507,
            citation=self.first.citation,
            replaces=self.correct(),
            reason="One more.",
        )
        publish_all(again)
        found = [(row[1], row[3]) for row in table(self.page("from=1&to=3"), "corrected")]
        assert found == [("Value 605 506", "2"), ("Value 506 507", "3")]
        assert [row[1] for row in table(self.page("from=2&to=3"), "corrected")] == ["Value 506 507"]


class TestEnteredAndLeft(Compared):
    def test_names_the_rows_that_entered_by_kind_and_links_to_their_edition(self) -> None:
        publish_all(make_body(code="police", name="The police", citation=self.first.citation), make_source(code="new"))
        markup = self.page()
        assert words(markup, "entered") == (
            "Entered: 2 Rows that replace no other. Responsible bodies 1 The police"
            " Sources 1 A report: Dunya News, 22 Jul 2024"
        )
        assert links(sections(markup)["entered"]) == ["/bodies/police/?edition=2", "/sources/new/?edition=2"]

    def test_counts_what_stood_came_went_and_stands(self) -> None:
        self.correct()
        publish_all(
            make_snapshot(
                series=self.series, value=7, citation=self.first.citation, period_start=None, period_end=DAY("2023-06")
            )
        )
        markup = self.page("from=1&to=3")
        counted = {row[0]: row[1:] for row in table(markup, "counts")}
        assert counted["Metric snapshots"] == ["1", "2", "1", "2"]
        assert "Policies" not in counted
        assert "Unchanged:" in words(markup, "counts")
        assert "policies 1" in words(markup, "counts")

    def test_the_counts_are_those_of_the_rows_that_stand(self) -> None:
        self.correct()
        publish_all(make_body(), make_source())
        suspension = suspend([MetricSnapshot.objects.get(code="f-new")], reviewer(), "It is doubtful.")
        ratify(suspension, make_user(), "It is.")
        suspend([self.action], reviewer(), "It is doubtful, too.")
        markup = self.page("from=2&to=6")
        unchanged = words(markup, "counts").partition("Unchanged:")[2]
        counted = {row[0]: row[1:] for row in table(markup, "counts")}
        for model in publishable_models():
            name = str(model._meta.verbose_name_plural)
            standing = [str(model.objects.in_edition(number).count()) for number in (2, 6)]
            if found := counted.get(name[:1].upper() + name[1:]):
                assert [found[0], found[-1]] == standing, name
            elif standing != ["0", "0"]:
                assert f"{name} {standing[1]}" in unchanged
                assert standing[0] == standing[1]

    def test_an_edition_beside_itself_changes_nothing(self) -> None:
        self.correct()
        markup = self.page("from=2&to=2")
        for section, said in {
            "corrected": "No row was corrected.",
            "leading": "No leading figure changed.",
            "deadlines": "No deadline moved.",
        }.items():
            assert words(markup, section).endswith(said)
        assert not ({kind.value for kind in Happened} - {"corrected"}) & set(sections(markup))

    def test_every_row_of_every_kind_has_a_name_and_an_address_that_answers(self) -> None:
        world = World.make(1)
        world.grow(1)
        found = set(links(sections(self.page("from=1&to=3"))["entered"]))
        assert len(found) > 20
        for address in found:
            with self.subTest(address):
                assert self.client.get(address).status_code == 200

    def test_a_row_is_named_whatever_its_kind(self) -> None:
        assert set(NAMED) == {model._meta.model_name for model in publishable_models()}


class TestLeadingFigures(Compared):
    def test_shows_the_old_and_the_new_one_each_with_its_source(self) -> None:
        court = make_source(code="court", publisher="The court", published=DAY("2024-12-01"))
        new = make_snapshot(
            series=self.series,
            value=2273,
            period_start=None,
            period_end=DAY("2024-11-07"),
            citation=make_citation(source=court, speaker="The registrar"),
        )
        publish_all(new)
        markup = self.page()
        assert table(markup, "leading") == [
            [
                "Cases pending Punjab",
                "6051 Jan 2024 – 30 Jun 2024 · The Daily, 1 Aug 2024 · in its own words",
                "2,2737 Nov 2024 · The court, 1 Dec 2024 · The registrar",
                "It is of the latest period",
            ]
        ]
        assert links(sections(markup)["leading"])[1:] == [
            "/sources/daily/?edition=1#daily.first",
            f"/sources/court/?edition=2#{new.citation.code}",
        ]

    def test_leave_out_a_figure_that_does_not_lead(self) -> None:
        earlier = {"period_start": None, "period_end": DAY("2020")}
        publish_all(make_snapshot(series=self.series, value=3, citation=self.first.citation, **earlier))
        assert words(self.page(), "leading").endswith("No leading figure changed.")

    def test_that_entered_and_do_not_lead_stand_beside_the_one_that_does(self) -> None:
        earlier = {"period_start": None, "period_end": DAY("2020")}
        another = make_source(publisher="The Weekly")
        publish_all(make_snapshot(series=self.series, value=3, citation=self.first.citation, **earlier))
        ((name, leads, entered),) = table(self.page(), "beside")
        assert (name, leads[:3], entered) == (
            "Cases pending Punjab",
            "605",
            "32020 · The Daily, 1 Aug 2024 · in its own words",
        )
        cited = make_citation(source=another)
        publish_all(
            make_snapshot(series=self.series, value=7, citation=cited, period_start=None, period_end=DAY("2019"))
        )
        markup = self.page("from=1&to=3")
        ((_name, _leads, entered),) = table(markup, "beside")
        assert entered == "2 figures, 3 to 7All of its figures · The Daily, The Weekly"
        assert f"/snapshots/?indicator={self.series.indicator.code}&area=PK-PB&edition=3" in links(markup)

    def test_that_correct_another_are_not_told_as_new_beside_it(self) -> None:
        earlier = {"period_start": None, "period_end": DAY("2020"), "citation": self.first.citation}
        wrong = make_snapshot(series=self.series, value=3, **earlier)
        publish_all(wrong)
        publish_all(make_snapshot(series=self.series, value=4, replaces=wrong, reason="Mistyped.", **earlier))
        assert "beside" not in sections(self.page("from=2&to=3"))

    def test_keep_the_first_figure_of_a_series_apart(self) -> None:
        series = make_series(indicator=self.series.indicator, area=Area.objects.get(code="PK-SD"))
        publish_all(make_snapshot(series=series, value=11, citation=self.first.citation))
        markup = self.page()
        assert words(markup, "leading").endswith("No leading figure changed.")
        assert [row[0] for row in table(markup, "first")] == ["Cases pending Sindh"]


class TestActsOnPublishedRows(Compared):
    def test_have_sections_of_their_own_with_links_above(self) -> None:
        suspension = suspend([self.first], reviewer(), "A court objects.")
        markup = self.page()
        assert words(markup, "suspended").endswith("Metric snapshots 1 Cases pending, Punjab: f-old")
        assert "#suspended" in links(markup)
        assert "605" not in words(markup, "suspended")
        reverse(suspension, make_user(), "It was right.")
        assert "605 operations" in words(self.page("from=2&to=3"), "restored")

    def test_change_the_leading_figure(self) -> None:
        suspend([self.first], reviewer(), "A court objects.")
        ((name, was, now, because),) = table(self.page(), "leading")
        # What it said is kept back here as in the history; the edition before still has it.
        assert (name, was, now) == ("Cases pending Punjab", "a figure that is suspended", "no figure recorded")
        assert because == "The figure that led was taken out."

    def test_move_a_deadline_back(self) -> None:
        change = make_plan_change(
            action=self.action, kind="deadline", new_due=DAY("2027"), citation=self.first.citation
        )
        publish_all(change)
        suspend([change], reviewer(), "It is doubtful.")
        assert table(self.page("from=2&to=3"), "deadlines")[0][1:5] == ["2026", "2027", "2026", "as it was at first"]


class TestDeadlines(Compared):
    def move(self, due: str, **how: Any) -> PlanChange:
        about = {"action": self.action, "kind": "deadline", "new_due": DAY(due), "citation": self.first.citation}
        change: PlanChange = make_plan_change(**{**about, "reason": f"Moved to {due}.", **how})
        publish_all(change)
        return change

    def test_are_told_by_how_much_they_moved_against_the_original(self) -> None:
        self.move("2027-06")
        self.move("2028-01")
        assert table(self.page("from=2&to=3"), "deadlines") == [
            [
                "Open courts courts",
                "2026",
                "Jun 2027",
                "Jan 2028",
                "12 to 25 months later",
                "Moved to 2028-01. The Daily, 1 Aug 2024",
            ]
        ]
        both = table(self.page("from=1&to=3"), "deadlines")
        assert [row[2:5] for row in both] == [["2026", "Jan 2028", "12 to 25 months later"]]

    def test_of_milestones_are_told_too(self) -> None:
        step = make_milestone(action=self.action, title="A bill", due=DAY("2025-03-10"), citation=self.first.citation)
        publish_all(step)
        self.move("2025-03-31", action=None, milestone=step)
        ((name, *_dates, moved, _reason),) = table(self.page("from=2&to=3"), "deadlines")
        assert name == f"A bill Open courts · {step.code}"
        assert moved == "21 days later"

    def test_moved_forth_and_back_are_not_moved(self) -> None:
        self.move("2027")
        self.move("2026")
        assert words(self.page("from=1&to=3"), "deadlines").endswith("No deadline moved.")
        assert table(self.page("from=2&to=3"), "deadlines")[0][4] == "as it was at first"

    def test_that_there_were_none_of_are_not_measured(self) -> None:
        action = make_action(code="undated", due=None, citation=self.first.citation)
        publish_all(action)
        self.move("2027", action=action)
        assert table(self.page("from=2&to=3"), "deadlines")[0][1:5] == [
            "no date first given later: 2027",
            "no date",
            "2027",
            "there was no deadline at first",
        ]


class TestChoosing(Compared):
    def test_begins_with_the_newest_edition_and_the_one_before(self) -> None:
        assert "<h1>From edition 1 to edition 1</h1>" in self.page("")
        self.correct()
        markup = self.page("")
        assert "<h1>From edition 1 to edition 2</h1>" in markup
        assert '<option value="1" selected>' in markup
        assert '<option value="2" selected>' in markup

    def test_reads_two_editions_in_the_wrong_order_as_the_earlier_and_the_later(self) -> None:
        self.correct()
        assert "<h1>From edition 1 to edition 2</h1>" in self.page("from=2&to=1")
        assert read(self.client, "/editions/compare.csv?from=2&to=1") == read(
            self.client, "/editions/compare.csv?from=1&to=2"
        )

    def test_refuses_what_is_no_edition_and_what_it_does_not_know(self) -> None:
        for bad in ["0", "2", "-1", "x", "", "1.0", "9" * 5000, "\0", "%"]:
            for query in (f"from={quote(bad)}&to=1", f"from=1&to={quote(bad)}"):
                for address in ("/editions/compare/", "/editions/compare.csv"):
                    with self.subTest(address=address, query=query[:40]):
                        assert self.client.get(f"{address}?{query}").status_code == 400
        for address in ("/editions/compare/", "/editions/compare.csv"):
            response = self.client.get(f"{address}?form=1")
            assert response.status_code == 400
            assert "form" in response.text
            assert self.client.post(address).status_code == 405

    def test_is_linked_from_every_page_of_a_past_edition_and_from_an_edition(self) -> None:
        self.correct()
        address = "/editions/compare/?from=1&to=2"
        assert address in links(read(self.client, "/actions/?edition=1"))
        assert address not in links(read(self.client, "/actions/"))
        assert address in links(read(self.client, "/editions/2/"))
        assert not [link for link in links(read(self.client, "/editions/1/")) if "compare" in link]

    def test_is_the_same_after_later_editions(self) -> None:
        self.correct()
        before = read(self.client, "/editions/compare.csv?from=1&to=2")
        publish_all(make_source(code="later"))
        assert read(self.client, "/editions/compare.csv?from=1&to=2") == before


class TestFile(Compared):
    HEAD = "act,kind,code,edition,replaces,replaced_by,reason,old_value,new_value\n"

    def test_holds_every_act_of_the_editions_after_the_first(self) -> None:
        self.correct()
        publish_all(
            make_source(code="new"),
            make_snapshot(
                code="f-more",
                series=self.series,
                value="7.50",
                citation=self.first.citation,
                period_start=None,
                period_end=DAY("2023-06"),
            ),
        )
        response = self.client.get("/editions/compare.csv?from=1&to=3")
        digest = Edition.objects.get(pk=3).digest[:16]
        assert response["Content-Disposition"] == f'attachment; filename="azm-compare-1-3-{digest}.csv"'
        self.assertEqual(
            response.getvalue().decode(),
            self.HEAD
            + "entered,metricsnapshot,f-new,2,f-old,,Two digits were swapped.,605,506\n"
            + "withdrawn,metricsnapshot,f-old,2,,f-new,Two digits were swapped.,605,506\n"
            + "entered,metricsnapshot,f-more,3,,,,,7.5\n"
            + "entered,source,new,3,,,,,\n",
        )

    def test_of_an_edition_and_itself_has_only_a_head(self) -> None:
        assert read(self.client, "/editions/compare.csv?from=1&to=1") == self.HEAD

    def test_has_one_row_for_each_item(self) -> None:
        world = World.make(1)
        world.grow(1)
        found = file_rows(self.client.get("/editions/compare.csv?from=1&to=3"))
        items = EditionItem.objects.filter(edition__in=(2, 3)).order_by("edition_id", "kind", "code", "act")
        assert [(row["act"], row["kind"], row["code"], row["edition"]) for row in found] == [
            (item.act, item.kind, item.code, str(item.edition_id)) for item in items
        ]


class TestStates(TestCase):
    """Each edition is judged on its own day, and both here are of today."""

    def setUp(self) -> None:
        due = PartialDate.of(timezone.localdate() - timedelta(10))
        self.action = make_action(code="turns", title="To be done", due=due)
        self.other = make_action(code="stays")
        publish_all(self.action, self.other)
        publish_all(
            make_update(action=self.action, body=None, channel="other", status="complete", as_of=timezone.localdate())
        )

    def test_that_changed_stand_then_and_now_with_the_reason(self) -> None:
        (row,) = table(read(self.client, "/editions/compare/?from=1&to=2"), "states")
        assert row[0].startswith("To be done")
        assert row[1:3] == ["Overdue", "Done"]
        assert "others report: complete" in row[3]

    def test_are_rows_of_the_file(self) -> None:
        (row,) = [
            row
            for row in file_rows(self.client.get("/ur/editions/compare.csv?from=1&to=2"))
            if row["act"] == "state-changed"
        ]
        assert (row["kind"], row["code"], row["edition"]) == ("policyaction", "turns", "2")
        assert (row["old_value"], row["new_value"]) == ("overdue", "done")
        assert "others report: complete" in row["reason"]

    def test_that_did_not_change_are_said_to_be_none(self) -> None:
        assert "No commitment is in another state." in read(self.client, "/editions/compare/?from=2&to=2")


class TestLead(Compared):
    def lead(self) -> str:
        (found,) = re.findall(r'<p class="lead">(.*?)</p>', self.page())
        return visible(found)

    def test_says_what_did_not_change(self) -> None:
        publish_all(make_body(code="police"))
        assert self.lead() == "No leading figure changed, no commitment is in another state, no row was corrected."

    def test_counts_what_changed(self) -> None:
        series = make_series(indicator=self.series.indicator, area=Area.objects.get(code="PK-SD"))
        citation = self.first.citation
        right = make_snapshot(series=self.series, value=506, citation=citation, replaces=self.first, reason="Mistyped.")
        publish_all(
            right,
            make_snapshot(series=series, value=11, citation=citation),
            make_plan_change(action=self.action, kind="deadline", new_due=DAY("2027"), citation=citation),
        )
        assert self.lead() == (
            "1 leading figure changed, 1 series gained its first figure, no commitment is in another state,"
            " 1 deadline moved, 1 row was corrected."
        )


class TestCost(TestCase):
    FEW, MANY = "/editions/compare/?from=1&to=2", "/editions/compare/?from=2&to=3"

    def test_does_not_grow_with_the_rows(self) -> None:
        world = World.make(6)
        self.change(world, 2)  # so that of a series one figure leads, and another enters beside it
        self.change(world, 5)
        many = read(self.client, self.MANY)
        assert len(table(many, "corrected")) == 5
        assert len(table(many, "deadlines")) == 5
        assert queries(self.client, self.MANY) == queries(self.client, self.FEW)
        few, many = (address.replace("/?", ".csv?") for address in (self.FEW, self.MANY))
        assert queries(self.client, many) == queries(self.client, few)

    def change(self, world: World, size: int) -> None:
        """So many rows of every kind, and so many corrections and new deadlines."""
        cited = make_citation(source=world.source)
        wrong = MetricSnapshot.objects.published().filter(withdrawn_in=None, value__isnull=False).order_by("pk")[:size]
        publish_all(
            *world.grown(size),
            *(
                make_snapshot(
                    series=row.series,
                    citation=row.citation,
                    period_start=row.period_start,
                    period_end=row.period_end,
                    value=row.value + 1,
                    replaces=row,
                    reason="Wrong.",
                )
                for row in wrong
            ),
            *(
                make_plan_change(action=row, kind="deadline", new_due=DAY(f"{2030 + size}"), citation=cited)
                for row in world.policy.actions.order_by("pk")[:size]
            ),
        )
