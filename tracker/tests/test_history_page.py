"""The history on the page of an action, an indicator and a body, and the list of all of it."""

from datetime import timedelta
from typing import Any
from unittest import mock

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.models import Edition, EditionItem
from tracker.naming import NAMED
from tracker.publishing import ratify, redact, reverse, suspend, withdraw
from tracker.publishing.guard import publishable_models
from tracker.publishing.items import NEWEST_FIRST
from tracker.tests.factories import (
    asker,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_measure,
    make_milestone,
    make_plan_change,
    make_series,
    make_snapshot,
    make_source,
    make_statement,
    make_target,
    make_update,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import (
    PUBLISHED,
    World,
    file_rows,
    items,
    links,
    load_areas,
    queries,
    read,
    read_words,
    rows,
    sections,
)
from tracker.views import history

DAY = PartialDate.parse


class Told(TestCase):
    """A law led by a ministry and measured in Punjab by cases pending; edition 1 holds it with one figure."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.punjab = Area.objects.get(code="PK-PB")
        source = make_source(code="daily", publisher="The Daily", published=DAY("2024-08-01"))
        cls.cited = make_citation(code="daily.first", source=source, speaker="The registrar")
        cls.action = make_action(code="law", title="A law", area=cls.punjab, citation=cls.cited)
        cls.body = make_body(code="ministry", name="A ministry", citation=cls.cited)
        cls.indicator = make_indicator(code="pending", name="Cases pending", unit="cases")
        cls.series = make_series(indicator=cls.indicator, area=cls.punjab)
        cls.figure = make_snapshot(code="f-old", series=cls.series, value=605, citation=cls.cited)
        publish_all(
            cls.figure,
            make_assignment(code="f-lead", action=cls.action, body=cls.body, citation=cls.cited),
            make_measure(code="f-measure", action=cls.action, indicator=cls.indicator),
            at=PUBLISHED,
        )

    def section(self, address: str) -> str:
        return sections(read(self.client, address))["history"]

    def told(self, address: str = "/actions/law/") -> list[str]:
        return items(self.section(address))

    def correct(self, **how: Any) -> Any:
        new = make_snapshot(
            **{
                "code": "f-new",
                "series": self.series,
                "value": 506,
                "citation": self.cited,
                "replaces": self.figure,
                "reason": "Two digits were swapped.",
                **how,
            }
        )
        publish_all(new, at=PUBLISHED + timedelta(days=1))
        return new


class TestWhatIsTold(Told):
    def test_of_an_action_is_it_and_all_that_concerns_it_with_who_says_so(self) -> None:
        assert self.told() == [
            "Policy action entered: A law The registrar · The Daily, 1 Aug 2024",
            "Assignment entered: A ministry, lead The registrar · The Daily, 1 Aug 2024",
            "Measure entered: Cases pending, implementation",
            "Metric snapshot entered: Cases pending, Punjab: 605 cases, 1 Jan 2024 – 30 Jun 2024"
            " The registrar · The Daily, 1 Aug 2024",
        ]

    def test_of_an_indicator_names_the_area_of_each_series(self) -> None:
        assert self.told("/indicators/pending/") == [
            "Indicator entered: Cases pending",
            "Measure entered: A law: Cases pending, implementation",
            "Metric snapshot entered: Punjab: 605 cases, 1 Jan 2024 – 30 Jun 2024"
            " The registrar · The Daily, 1 Aug 2024",
        ]

    def test_of_a_body_is_what_it_is_named_for(self) -> None:
        assert [line.split(" The registrar")[0] for line in self.told("/bodies/ministry/")] == [
            "Responsible body entered: A ministry",
            "Policy action entered: A law",
            "Assignment entered: A law: A ministry, lead",
        ]

    def test_takes_in_every_kind_of_row_about_the_action(self) -> None:
        step = make_milestone(action=self.action, title="A bill", due=DAY("2025"), citation=self.cited)
        about = {"action": self.action, "citation": self.cited}
        publish_all(
            step,
            make_plan_change(kind="deadline", new_due=DAY("2027"), announced=DAY("2025-02"), **about),
            make_plan_change(kind="deadline", new_due=DAY("2028"), announced=DAY("2025-03"), **about),
            make_plan_change(action=None, milestone=step, citation=self.cited),
            make_update(body=self.body, **about),
            make_statement(policy=self.action.policy, words="no compromise", **about),
            make_target(series=self.series, value=0, due=DAY("2030"), **about),
        )
        newest = [line.split(" The registrar")[0] for line in self.told()[:7]]
        assert newest == [
            "Milestone entered: A bill, 2025",
            "Plan change entered: new deadline, 2028",
            "Plan change entered: new deadline, 2027",
            "Plan change entered: A bill: dropped",
            "Target entered: Cases pending, Punjab: target, 0 cases, 2030",
            "Progress update entered: A department, under way, 1 July 2024".replace("A department", "A ministry"),
            "Statement in words entered: P: “no compromise”",
        ]

    def test_comes_newest_first_under_edition_and_date(self) -> None:
        self.correct()
        markup = self.section("/indicators/pending/")
        assert (
            markup.index("Edition 2")
            < markup.index("23 Nov 2026")
            < markup.index("Edition 1")
            < markup.index("22 Nov 2026")
        )
        assert "/editions/2/" in links(markup)

    def test_a_correction_is_one_line_with_what_it_replaced_and_the_reason(self) -> None:
        self.correct()
        assert [line for line in self.told("/indicators/pending/") if "corrected" in line or "withdrawn" in line] == [
            "Metric snapshot corrected: Punjab: 506 cases, 1 Jan 2024 – 30 Jun 2024, instead of 605 cases,"
            " 1 Jan 2024 – 30 Jun 2024 Two digits were swapped. The registrar · The Daily, 1 Aug 2024"
        ]

    def test_leaves_out_what_is_a_draft_or_concerns_something_else(self) -> None:
        other = make_action(title="Other", citation=self.cited)
        elsewhere = make_series(indicator=self.indicator, area=Area.objects.get(code="PK-SD"))
        publish_all(other, make_snapshot(series=elsewhere, value=7, citation=self.cited))
        make_update(action=self.action, account="A draft.")
        self.correct()
        told = " ".join(self.told())
        assert "Other" not in told
        assert "Progress" not in told
        assert "Sindh" not in told
        assert "Sindh: 7 cases" in " ".join(self.told("/indicators/pending/"))

    def test_ends_with_the_edition_that_is_read(self) -> None:
        before = self.told("/indicators/pending/?edition=1")
        self.correct()
        assert self.told("/indicators/pending/?edition=1") == before

    def test_names_no_clerk(self) -> None:
        clerk = make_user("zulfiqar", first_name="Zulfiqar")
        cited = make_citation(entered_by=clerk)
        publish_all(make_update(action=self.action, entered_by=clerk, citation=cited))
        suspend([self.figure], reviewer(), "A reason.")
        for address in ("/actions/law/", "/history/", "/history.csv", "/editions/2/", "/editions/3/"):
            text = read(self.client, address).lower()
            assert "zulfiqar" not in text
            assert "person-" not in text
            assert "asker" not in text


class TestActsOnPublishedRows(Told):
    def test_a_withdrawal_gives_its_reason_and_leads_to_where_the_row_stood_last(self) -> None:
        withdraw([self.figure], reviewer(), "The source took it back.", asked_by=asker())
        first = self.told("/indicators/pending/")[0]
        assert first.startswith("Metric snapshot withdrawn: Punjab: 605 cases")
        assert "The source took it back." in first
        assert "/indicators/pending/?edition=1#f-old" in links(self.section("/indicators/pending/"))

    def test_what_is_suspended_keeps_its_words_back_wherever_it_is_told(self) -> None:
        suspension = suspend([self.figure], reviewer(), "The court objects.")
        suspended, *_others, entered = self.told("/indicators/pending/")
        assert suspended == "Metric snapshot suspended: Punjab: f-old The court objects."
        assert entered == "Metric snapshot entered (suspended later): Punjab: f-old"
        for address in ("/actions/law/", "/history/", "/history.csv", "/editions/2/", "/feed.atom"):
            assert "605" not in read_words(self.client, address), address
        assert "605" in read(self.client, "/indicators/pending/?edition=1")
        reverse(suspension, make_user(), "It was right.")
        restored = self.told("/indicators/pending/")[0]
        assert restored.startswith(
            "Metric snapshot restored: Punjab: 605 cases, 1 Jan 2024 – 30 Jun 2024 It was right."
        )

    def test_a_ratified_suspension_is_a_withdrawal_and_the_words_stay_back(self) -> None:
        ratify(suspend([self.figure], reviewer(), "The court objects."), make_user(), "It does.")
        assert self.told("/indicators/pending/")[0] == "Metric snapshot withdrawn: Punjab: f-old It does."
        assert "605" not in read_words(self.client, "/indicators/pending/")

    def test_the_figure_of_a_suspended_correction_is_in_no_file(self) -> None:
        suspend([self.correct()], reviewer(), "The court objects.")
        for address in ("/history.csv", "/corrections.csv", "/editions/compare.csv?from=1&to=3"):
            (old,) = (row for row in file_rows(self.client.get(address)) if row["replaced_by"])
            assert (old["code"], old["replaced_by"], old["new_value"], old["reason"]) == ("f-old", "f-new", "", "")
        assert "506" not in read_words(self.client, "/editions/compare/?from=1&to=3")
        assert "swapped" not in read(self.client, "/editions/compare/?from=1&to=3")

    def test_a_redaction_leaves_the_code_and_tells_the_ground(self) -> None:
        redact([self.figure], reviewer(), "It named a child.", asked_by=asker(), ground=Edition.Ground.PERSON_AT_RISK)
        redacted, *_others, entered = self.told("/indicators/pending/")
        assert redacted.startswith(
            "Metric snapshot redacted: Punjab: f-old It named a child. Ground: a person at risk."
        )
        assert entered.startswith("Metric snapshot entered (content redacted later): Punjab: f-old")


class TestLongHistory(Told):
    def test_is_capped_and_leads_to_all_of_it(self) -> None:
        publish_all(*(make_update(action=self.action, citation=self.cited) for _ in range(4)))
        with mock.patch.object(history, "SHOWN", 3):
            assert len(self.told()) == 3
            assert links(self.section("/actions/law/")).count("/history/?action=law") == 2
        assert len(self.told()) == 8
        assert links(self.section("/actions/law/")).count("/history/?action=law") == 1


class TestCost(TestCase):
    """One row of each kind, and then twice and four times as many: as many queries."""

    def test_does_not_grow_with_the_rows(self) -> None:
        world = World.make(1)
        pages = [row.get_absolute_url() for row in (world.action, world.indicator, world.body)]
        with mock.patch.object(history, "SHOWN", 500):
            before = {address: (queries(self.client, address), len(self.told(address))) for address in pages}
            world.grow(1)
            world.grow(2)
            for address, (count, lines) in before.items():
                with self.subTest(address):
                    assert len(self.told(address)) > 2 * lines
                    assert queries(self.client, address) == count

    def told(self, address: str) -> list[str]:
        return items(sections(read(self.client, address))["history"])

    def test_of_an_edition_does_not_grow_with_its_rows(self) -> None:
        world = World.make(1)
        world.grow(1)
        world.grow(8)
        assert queries(self.client, "/editions/3/") == queries(self.client, "/editions/2/")

    def test_of_the_list_is_a_query_for_each_kind_on_the_page(self) -> None:
        World.make(3)
        assert queries(self.client, "/history/") <= 7 + len(NAMED)
        assert queries(self.client, "/history/?kind=citation") < queries(self.client, "/history/")


class TestList(Told):
    def test_of_one_thing_is_its_history(self) -> None:
        for name, code in (("action", "law"), ("indicator", "pending"), ("body", "ministry"), ("policy", None)):
            code = code or self.action.policy.code
            with self.subTest(name):
                found = rows(read(self.client, f"/history/?{name}={code}"))[1:]
                assert found
                assert len(found) == len(file_rows(self.client.get(f"/history.csv?{name}={code}")))

    def test_of_one_series_is_that_of_its_area(self) -> None:
        elsewhere = make_series(indicator=self.indicator, area=Area.objects.get(code="PK-SD"))
        publish_all(make_snapshot(series=elsewhere, value=7, citation=self.cited))
        markup = self.section("/indicators/pending/")
        assert "/history/?indicator=pending&area=PK-SD" in links(markup)
        found = rows(read(self.client, "/history/?indicator=pending&area=PK-SD"))[1:]
        assert [row[0].split(":")[0] for row in found] == ["Cases pending, Sindh"]

    def test_has_one_row_for_each_item_of_each_edition(self) -> None:
        self.correct()
        suspend([self.correct(code="f-newer", replaces=None, period_end=DAY("2024-07"))], reviewer(), "A reason.")
        found = file_rows(self.client.get("/history.csv"))
        told = EditionItem.objects.order_by(*NEWEST_FIRST)
        assert [(row["edition"], row["kind"], row["code"]) for row in found] == [
            (str(item.edition_id), item.kind, item.code) for item in told
        ]
        happened = {row["code"]: row["happened"] for row in found if row["edition"] == "2"}
        assert (happened["f-old"], happened["f-new"]) == ("replaced", "corrected")

    def test_is_filtered_by_what_happened_by_kind_and_by_edition(self) -> None:
        self.correct()
        for query, expected in {
            "happened=corrected": {"f-new"},
            "happened=replaced": {"f-old"},
            "published_in=2": {"f-new", "f-old"},
            "published_in=1&kind=metricsnapshot": {"f-old"},
            "kind=assignment": {"f-lead"},
        }.items():
            with self.subTest(query):
                assert {row["code"] for row in file_rows(self.client.get(f"/history.csv?{query}"))} == expected

    def test_refuses_what_is_not_there(self) -> None:
        make_body(code="draft-body")
        for query in ("action=none", "body=draft-body", "published_in=2", "happened=x", "kind=edition", "area=PK-XX"):
            with self.subTest(query):
                assert self.client.get(f"/history/?{query}").status_code == 400
                assert self.client.get(f"/history.csv?{query}").status_code == 400


class TestNames(TestCase):
    def test_there_is_one_for_every_kind_of_row(self) -> None:
        assert set(NAMED) == {model._meta.model_name for model in publishable_models()}

    def test_every_row_of_every_kind_has_a_name_and_stands_where_its_link_leads(self) -> None:
        World.make(1)
        for prefix in ("", "/ur"):
            page = 1
            while True:
                markup = read(self.client, f"{prefix}/history/?page={page}")
                table = markup[markup.index("<tbody>") : markup.index("</tbody>")]
                for address in set(links(table)):
                    with self.subTest(address):
                        response = self.client.get(address)
                        assert response.status_code == 200
                        _page, mark, anchor = address.partition("#")
                        assert not mark or f'id="{anchor}"' in response.text
                if 'rel="next"' not in markup:
                    break
                page += 1
