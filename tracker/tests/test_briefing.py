"""The briefing on a policy, a province or a body: its range, what changed, is late and is unknown, and its notes."""

import re
from datetime import date, timedelta
from typing import Any, ClassVar
from unittest import mock
from urllib.parse import quote

from django.test import TestCase, override_settings

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.models import Assignment, Edition, LineageClaim, PolicyEvent
from tracker.publishing import redact, suspend, withdraw
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_indicator,
    make_measure,
    make_milestone,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    make_update,
    publish_all,
    reviewer,
)
from tracker.tests.pages import PUBLISHED, World, items, links, load_areas, queries, read, sections, visible
from tracker.views.briefings import sheet

DAY = PartialDate.parse
POLICY, PROVINCE, BODY = "/briefing/policies/plan/", "/briefing/provinces/pk-pb/", "/briefing/bodies/ministry/"
SUBJECTS = (POLICY, PROVINCE, BODY)


def groups(markup: str) -> dict[str, str]:
    """The groups of lines of a sheet, by the title above them."""
    found = re.findall(r'<div class="group"><h3[^>]*>(.*?)</h3>(.*?)</div>', markup, flags=re.DOTALL)
    return {visible(title): lines for title, lines in found}


def lines(markup: str, group: str) -> list[str]:
    """Without the numbers of the notes, which have tests of their own."""
    return [re.sub(r" \[[^]]*\]$", "", line) for line in items(groups(markup).get(group, ""))]


class Briefed(TestCase):
    """A ministry leads a law of one plan in Punjab, due in 2026 and measured by cases pending, of which 605 are told.

    Edition 1 is of 22 November 2026; every further edition is of a day later.
    """

    number: int

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.punjab = Area.objects.get(code="PK-PB")
        daily = make_source(
            code="daily",
            publisher="The Daily",
            title="The law",
            published=DAY("2024-08-01"),
            url="https://daily.example/a",
        )
        cls.cited = make_citation(code="daily.first", source=daily, speaker="The registrar")
        cls.policy = make_policy(code="plan", name="The plan", text="named", citation=cls.cited)
        about = {"citation": cls.cited}
        cls.action = make_action(
            code="law", title="A law", policy=cls.policy, area=cls.punjab, due=DAY("2027-06-30"), **about
        )
        cls.body = make_body(code="ministry", name="The ministry", area=cls.punjab, **about)
        cls.series = make_series(
            indicator=make_indicator(code="pending", name="Cases pending", unit="cases"), area=cls.punjab
        )
        cls.figure = make_snapshot(code="f-old", series=cls.series, value=605, citation=cls.cited)
        publish_all(
            cls.figure,
            make_assignment(code="f-lead", action=cls.action, body=cls.body, **about),
            make_measure(code="f-measure", action=cls.action, indicator=cls.series.indicator),
            at=PUBLISHED,
        )
        cls.number = 1

    def publish(self, *rows: Any, days: int = 1) -> None:
        """As the next edition, so many days after the last one."""
        self.number += 1
        publish_all(*rows, at=PUBLISHED + timedelta(days=days * (self.number - 1)))

    def sheet(self, address: str = POLICY, query: str = "from=1&to=2") -> str:
        return read(self.client, f"{address}?{query}")

    def each(self, group: str, query: str = "from=1&to=2") -> dict[str, list[str]]:
        """The lines of a group on the sheet of each kind of subject."""
        return {address: lines(self.sheet(address, query), group) for address in SUBJECTS}

    def assertOnEach(self, group: str, expected: list[str], query: str = "from=1&to=2") -> None:
        for address, found in self.each(group, query).items():
            with self.subTest(address):
                assert found == expected


class TestTheRange(Briefed):
    def setUp(self) -> None:
        self.publish(make_source())
        self.publish(make_source())

    def test_ends_with_the_newest_edition_and_begins_with_the_one_before(self) -> None:
        for address in SUBJECTS:
            with self.subTest(address):
                assert "From edition 2 of 23 November 2026 to edition 3 of 24 November 2026" in visible(
                    read(self.client, address)
                )
                assert "From edition 1 of 22 November 2026 to edition 2" in visible(self.sheet(address, "to=2"))
                assert "From edition 1 of 22 November 2026 to edition 3" in visible(self.sheet(address, "from=1"))

    def test_is_judged_on_the_day_of_an_edition_that_is_named_and_else_on_the_day_asked_for(self) -> None:
        assert "judged on 23 November 2026" in visible(self.sheet(query="to=2"))
        assert "judged on 25 November 2026" in visible(self.sheet(query="to=2&on=2026-11-25"))

    def test_is_the_same_whether_the_address_says_to_or_edition(self) -> None:
        def said(query: str) -> str:
            return self.sheet(query=query).partition("<main")[2]

        assert said("from=1&to=2") == said("from=1&edition=2") == said("from=1&edition=2&to=2")

    def test_has_a_permanent_address_with_both_ends_and_the_day_where_it_is_another(self) -> None:
        for query, permanent in {
            "to=2": f"{POLICY}?from=1&to=2",
            "from=1&edition=3": f"{POLICY}?from=1&to=3",
            "to=3&on=2026-11-25": f"{POLICY}?from=2&to=3&on=2026-11-25",
        }.items():
            with self.subTest(query):
                markup = self.sheet(query=query)
                assert permanent in links(sections(markup)["check"])
                assert f"http://testserver{permanent}" in visible(sections(markup)["check"])

    def test_in_the_first_edition_has_nothing_before_it(self) -> None:
        markup = self.sheet(query="to=1")
        assert "Edition 1 is the first; nothing came before it." in visible(sections(markup)["changed"])
        assert groups(sections(markup)["changed"]) == {}
        assert lines(markup, "Links that are missing")
        assert f"{POLICY}?to=1" in links(sections(markup)["check"])

    def test_that_is_equal_reversed_unknown_or_no_number_is_refused_with_the_reason(self) -> None:
        backwards = "A briefing ends with a later edition than it begins with: not from "
        both = "“to” and “edition” name the same, the edition that is read: give one of them."
        for query, reason in {
            "from=2&to=2": f"{backwards}2 to 2.",
            "from=3&to=1": f"{backwards}3 to 1.",
            "from=3": f"{backwards}3 to 3.",
            "to=4": "There is no edition “4”. Editions are numbered from 1 to 3.",
            "from=0": "There is no edition “0”.",
            "from=one": "There is no edition “one”.",
            "from=": "There is no edition “”.",
            "to=-1": "There is no edition “-1”.",
            "to=٢": "There is no edition “٢”.",
            "from=1&from=1 OR 1=1": "There is no edition “1 OR 1=1”.",
            "to=2&edition=3": both,
            "on=yesterday": "“on” is a day such as 2026-11-22",
            "page=2": "A briefing has no parameter “page”. It has: from, to, on.",
        }.items():
            for address in (*SUBJECTS, f"/ur{POLICY}"):
                with self.subTest(query=query, address=address):
                    response = self.client.get(f"{address}?{quote(query, safe='=&')}")
                    assert response.status_code == 400
                    assert address.startswith("/ur") or reason in visible(response.text)

    def test_may_be_chosen_on_the_sheet(self) -> None:
        markup = self.sheet(query="from=1&to=3")
        chosen = re.findall(r'<option value="(\d)" selected>', markup)
        assert chosen == ["1", "3"]
        assert re.findall(r'<select name="(\w+)"', markup) == ["from", "to"]

    def test_of_an_earlier_time_says_so_and_leads_to_the_newest(self) -> None:
        markup = self.sheet(query="from=1&to=2")
        assert "You are reading this page as it stood on 23 November 2026." in visible(markup)
        assert f"{POLICY}?from=1" in links(markup)


class TestTheChoice(Briefed):
    def test_lists_every_subject_under_its_kind_and_the_editions(self) -> None:
        self.publish(make_source())
        markup = read(self.client, "/briefing/")
        assert re.findall(r'<optgroup label="([^"]+)"', markup) == ["Policies", "Provinces", "Bodies"]
        for value in ("policies/plan", "provinces/pk-pb", "bodies/ministry"):
            assert f'<option value="{value}">' in markup
        assert re.findall(r'<select name="(\w+)"', markup) == ["subject", "from", "to"]

    def test_leads_to_the_briefing_in_the_language_of_the_page(self) -> None:
        for prefix in ("", "/ur"):
            response = self.client.get(f"{prefix}/briefing/?subject=bodies/ministry&from=1&to=2")
            assert (response.status_code, response["Location"]) == (302, f"{prefix}{BODY}?from=1&to=2")

    def test_refuses_what_is_no_subject(self) -> None:
        for chosen in (
            "",
            "plan",
            "policies/",
            "policies/a/b",
            "sources/daily",
            "https://elsewhere.example/",
            "../x",
            "x" * 900,
        ):
            with self.subTest(chosen[:20]):
                response = self.client.get("/briefing/", {"subject": chosen})
                assert response.status_code == 400
                assert "Choose a policy, a province or a body." in visible(response.text)

    def test_names_no_draft_and_nothing_that_was_redacted(self) -> None:
        make_policy(code="secret", name="A secret plan")
        gone = make_body(code="gone", name="A gone body", citation=self.cited)
        self.publish(gone)
        redact([gone], reviewer(), "A person is at risk.", ground="person-at-risk", asked_by=asker())
        markup = read(self.client, "/briefing/")
        assert "secret" not in markup
        assert "bodies/gone" not in markup

    def test_of_what_does_not_exist_is_not_found(self) -> None:
        make_policy(code="secret", name="A secret plan")
        for kind in ("policies", "provinces", "bodies"):
            for code in ("nowhere", "secret", "%F0%9F%87%B5", "x" * 300, "a'b", "1 OR 1=1"):
                with self.subTest(kind=kind, code=code[:20]):
                    assert self.client.get(f"/briefing/{kind}/{code}/").status_code == 404


class TestWhatChanged(Briefed):
    def test_is_said_to_be_nothing_where_nothing_did(self) -> None:
        self.publish(make_source())
        for address in SUBJECTS:
            assert visible(sections(self.sheet(address))["changed"]).endswith("Nothing about it changed.")

    def test_tells_a_state_that_turned_with_the_one_before_struck_and_the_reason(self) -> None:
        self.publish(make_source(), days=300)
        markup = self.sheet()
        assert "<del>nothing due yet</del>" in groups(markup)["States changed"]
        self.assertOnEach(
            "States changed",
            [
                "Overdue A law: It was: nothing due yet. It was due by 30 June 2027; no report on it as a whole is on"
                " record."
            ],
        )

    def test_judges_the_last_edition_on_the_day_that_is_asked_for(self) -> None:
        self.publish(make_source(), days=2)
        assert lines(self.sheet(query="from=1&to=2"), "States changed") == []

    def test_tells_a_leading_figure_with_the_old_one_struck(self) -> None:
        court = make_source(publisher="The court", title="Statistics", published=DAY("2024-12-01"))
        new = {"value": 2273, "period_start": None, "period_end": DAY("2024-11-07")}
        self.publish(make_snapshot(series=self.series, citation=make_citation(source=court), **new))
        assert "<del>605</del>" in groups(self.sheet())["Leading figures changed"]
        assert "<ins>2,273 cases</ins>" in groups(self.sheet())["Leading figures changed"]
        self.assertOnEach(
            "Leading figures changed",
            ["Cases pending, Punjab: 605 (1 Jan 2024 – 30 Jun 2024), 2,273 cases (7 Nov 2024)"],
        )

    def test_tells_the_first_figure_of_a_series(self) -> None:
        other = make_indicator(code="closed", name="Cases closed", unit="cases")
        self.publish(
            make_measure(action=self.action, indicator=other),
            make_snapshot(
                series=make_series(indicator=other, area=self.punjab),
                value=7,
                citation=self.cited,
                period_start=None,
                period_end=None,
            ),
        )
        self.assertOnEach("First figures", ["Cases closed, Punjab: 7 cases (period not stated)"])

    def test_tells_a_correction_with_what_stood_before_and_why(self) -> None:
        self.publish(
            make_snapshot(
                series=self.series,
                value=506,
                citation=self.cited,
                replaces=self.figure,
                reason="Two digits were swapped.",
            )
        )
        expected = (
            "Cases pending, Punjab: 506 cases, 1 Jan 2024 – 30 Jun 2024: corrected, instead of 605 cases, 1 Jan 2024 –"
            " 30 Jun 2024. Two digits were swapped."
        )
        for address in (POLICY, PROVINCE):
            assert lines(self.sheet(address), "Corrected, withdrawn or hidden") == [expected]

    def test_tells_a_withdrawal_with_its_reason_and_the_edition_as_its_source(self) -> None:
        withdraw([self.figure], reviewer(), "The source took it back.", asked_by=asker())
        markup = self.sheet(PROVINCE)
        (line,) = items(groups(markup)["Corrected, withdrawn or hidden"])
        assert line.startswith(
            "Cases pending, Punjab: 605 cases, 1 Jan 2024 – 30 Jun 2024: withdrawn. The source took it back."
        )
        assert lines(markup, "Leading figures changed") == [
            "Cases pending, Punjab: 605 (1 Jan 2024 – 30 Jun 2024), no figure leads any more"
        ]
        assert ": withdrawal" in visible(sections(markup)["notes"])

    def test_tells_a_deadline_that_moved_once(self) -> None:
        self.publish(
            make_plan_change(
                action=self.action,
                kind="deadline",
                new_due=DAY("2028-06-30"),
                citation=self.cited,
                reason="The house was dissolved.",
            )
        )
        self.assertOnEach(
            "Plans that changed", ["A law: 30 Jun 2027 30 Jun 2028, 12 months later. The house was dissolved."]
        )

    def test_tells_what_was_dropped(self) -> None:
        self.publish(make_plan_change(action=self.action, citation=self.cited))
        self.assertOnEach("Plans that changed", ["A law: dropped: The cabinet dropped it."])

    def test_tells_a_new_report_and_counts_what_else_entered(self) -> None:
        self.publish(
            make_update(
                action=self.action, body=self.body, area=self.punjab, citation=self.cited, account="A draft is ready."
            ),
            make_assignment(
                action=self.action,
                body=make_body(citation=self.cited),
                role="support",
                area=self.punjab,
                citation=self.cited,
            ),
        )
        self.assertOnEach("New reports", ["A law: The ministry, under way, 1 July 2024: A draft is ready."])
        assert lines(self.sheet(), "Also new on the record") == ["1 assignment."]

    def test_is_told_of_the_subject_alone(self) -> None:
        elsewhere = make_series(area=Area.objects.get(code="PK-SD"))
        self.publish(
            make_snapshot(series=elsewhere, citation=self.cited),
            make_plan_change(action=make_action(citation=self.cited), citation=self.cited),
        )
        for address in SUBJECTS:
            assert visible(sections(self.sheet(address))["changed"]).endswith("Nothing about it changed.")


class TestWhatIsLate(Briefed):
    def late(self, **how: Any) -> None:
        """Another commitment of the ministry, which was due a month before edition 1."""
        action = make_action(
            code="courts", title="Courts", policy=self.policy, area=self.punjab,
            **{"due": DAY("2026-10-22"), "citation": self.cited, **how},
        )  # fmt: skip
        self.publish(make_assignment(action=action, body=self.body, citation=self.cited), days=1)
        self.courts = action

    def test_is_told_with_state_reason_since_when_and_who(self) -> None:
        self.late()
        self.assertOnEach(
            "Commitments",
            [
                "Overdue Courts: It was due by 22 October 2026; no report on it as a whole is on record. Its deadline"
                " of 22 October 2026 passed 32 days ago. Led by The ministry."
            ],
        )

    def test_is_said_to_be_nothing_with_how_many_could_be(self) -> None:
        assert lines(self.sheet(query="to=1"), "Commitments") == [
            "Of 1 commitments 1 have a published deadline; none is late on 22 November 2026."
        ]

    def test_cannot_be_said_without_a_deadline(self) -> None:
        other = make_policy(code="other", citation=self.cited)
        self.publish(make_action(policy=other, citation=self.cited), make_action(policy=other, citation=self.cited))
        assert lines(self.sheet("/briefing/policies/other/"), "Commitments") == [
            "None of 2 commitments has a published deadline, so nothing can be called late. That is not the same as"
            " being in time."
        ]

    def test_takes_the_plan_in_force_where_the_first_one_cannot_be_judged(self) -> None:
        self.late(due=None)
        self.publish(
            make_plan_change(
                action=self.courts,
                kind="deadline",
                new_due=DAY("2026-10-22"),
                announced=DAY("2026-09"),
                citation=self.cited,
            )
        )
        (line,) = lines(self.sheet(query="to=3"), "Commitments")
        assert line.startswith("Overdue Courts: ")

    def test_names_the_steps_that_are_past_their_day(self) -> None:
        self.late(due=None)
        bill = make_milestone(action=self.courts, title="A bill", due=DAY("2026-11-03"), citation=self.cited)
        said = {"action": self.courts, "milestone": bill, "met": True, "status": "complete", "as_of": date(2026, 11, 1)}
        self.publish(bill, make_update(body=self.body, citation=self.cited, **said))
        self.assertOnEach(
            "Steps past their day", ["A bill: Courts: due 3 November 2026, 21 days ago, only said to be met."], "to=3"
        )
        (line,) = lines(self.sheet(query="to=3"), "Commitments")
        assert "A step has been late since 3 November 2026, 21 days." in line

    def test_tells_a_figure_behind_its_target(self) -> None:
        base = make_snapshot(
            series=self.series,
            value=1000,
            citation=self.cited,
            period_start=DAY("2023-01-01"),
            period_end=DAY("2023-06-30"),
        )
        self.publish(
            base,
            make_target(
                series=self.series,
                action=self.action,
                value=2000,
                baseline=base,
                due=DAY("2024-06-30"),
                citation=self.cited,
            ),
        )
        self.assertOnEach(
            "Figures against their target",
            [
                "Overdue Cases pending, Punjab: A law: It moved away from 2,000: from 1,000 at the baseline to 605 on"
                " 30 June 2024. It was due by 30 June 2024."
            ],
        )

    def test_tells_a_duty_in_silence(self) -> None:
        self.publish(make_duty(body=self.body, starts=DAY("2026-01-01"), citation=self.cited))
        expected = (
            "The ministry: The ministry has to report every 3 months. A report was due on 1 April 2026; 236 days have"
            " passed. No report by it is on record."
        )
        self.assertOnEach("Duties in silence", [expected])

    def test_calls_nobody_silent_without_a_duty(self) -> None:
        nobody = "No duty to report, published or accepted, is on record here; so nobody is called silent."
        self.assertOnEach("Duties in silence", [nobody], "to=1")

    def test_tells_who_waits_for_whom(self) -> None:
        treasury = make_body(code="treasury", name="The treasury", citation=self.cited)
        self.publish(
            make_update(action=self.action, body=self.body, waiting_on=treasury, needed="money", citation=self.cited)
        )
        expected = ["A law: The ministry waits for The treasury: money, since 1 July 2024."]
        self.assertOnEach("Waiting on somebody", expected)
        assert lines(self.sheet("/briefing/bodies/treasury/"), "Waiting on somebody") == expected


class TestWhatIsUnknown(Briefed):
    def test_names_the_missing_links_with_the_commitments_that_lack_them(self) -> None:
        self.assertOnEach(
            "Links that are missing",
            ["What 1 commitment of 1 is to reach: law.", "A progress report on 1 commitment of 1: law."],
            "to=1",
        )

    def test_gives_the_reason_why_nothing_can_be_said(self) -> None:
        self.publish(make_action(code="vague", policy=self.policy, area=self.punjab, citation=self.cited))
        for address in (POLICY, PROVINCE):
            assert lines(self.sheet(address), "Why nothing can be said") == [
                "Cannot say 1 of 2 commitments: no dated step and no deadline is published (vague)"
            ]

    def test_tells_what_is_withheld_by_whom_and_why(self) -> None:
        self.publish(
            make_snapshot(
                series=self.series, status="withheld", value=None, no_value_reason="On security grounds.",
                withheld_by=self.body, citation=self.cited, period_start=None, period_end=DAY("2025"),
            )
        )  # fmt: skip
        self.assertOnEach(
            "Figures withheld, not collected or not found",
            ["Cases pending, Punjab, 2025: figure withheld (The ministry). On security grounds."],
        )

    def test_tells_what_was_sought_in_vain_with_day_and_place_and_areas_together(self) -> None:
        sought = {
            "status": "not-found", "value": None, "no_value_reason": "Nothing was found.", "citation": None,
            "searched_on": date(2026, 11, 1), "searched_where": "The gazette", "period_start": None, "period_end": None,
        }  # fmt: skip
        areas = Area.objects.filter(code__in=["PK-SD", "PK-KP"])
        self.publish(
            *(make_snapshot(series=make_series(indicator=self.series.indicator, area=area), **sought) for area in areas)
        )
        markup = self.sheet()
        assert lines(markup, "Figures withheld, not collected or not found") == [
            "Cases pending: Sindh and KP: figure sought, none found. Nothing was found. Searched on"
            " 1 November 2026: The gazette"
        ]
        assert "Search by Azm: Cases pending, Sindh: no public figure found" in visible(sections(markup)["notes"])

    def test_tells_a_text_that_is_only_named_and_the_search_for_it(self) -> None:
        assert lines(self.sheet(query="to=1"), "Texts of policies") == ["The plan: text only named."]
        self.publish(
            make(
                PolicyEvent, policy=self.policy, kind="text-sought", on=DAY("2026-11-01"), account="In the gazette.",
                citation=self.cited,
            )
        )  # fmt: skip
        assert lines(self.sheet(), "Texts of policies") == [
            "The plan: text only named. Searched on 1 November 2026: In the gazette."
        ]

    def test_says_what_is_told_elsewhere_and_not_here(self) -> None:
        assert lines(self.sheet("/briefing/provinces/pk-sd/", "to=1"), "No figure on record") == [
            "No figure of its own on record for: Cases pending. That is not zero."
        ]
        assert lines(self.sheet(PROVINCE, "to=1"), "No figure on record") == []

    def test_of_a_body_without_commitments_says_so(self) -> None:
        self.publish(make_body(code="idle", citation=self.cited))
        text = visible(self.sheet("/briefing/bodies/idle/"))
        assert "Named for no commitment on record." in text
        assert "No commitment is on record here, so none can be late." in text
        assert "Nothing that is looked for is missing." in text


class TestNotes(Briefed):
    def test_stand_behind_every_line_and_lead_to_a_source(self) -> None:
        world_like = make_milestone(action=self.action, due=DAY("2026-11-03"), citation=self.cited)
        self.publish(world_like, make_update(action=self.action, body=self.body, citation=self.cited))
        for address in SUBJECTS:
            markup = self.sheet(address)
            notes = set(re.findall(r'<li id="(note-\d+)">', sections(markup)["notes"]))
            used: set[str] = set()
            for title, group in groups(markup).items():
                for line in re.findall(r"<li>(.*?)</li>", group, flags=re.DOTALL):
                    with self.subTest(address=address, group=title):
                        found = set(re.findall(r'href="#(note-\d+)"', line))
                        assert found
                        assert found <= notes
                        used |= found
            assert used == notes

    def test_have_publisher_title_date_place_and_printed_address(self) -> None:
        court = make_source(publisher="The court", title="Statistics", published=None, url="https://court.example/1")
        cited = make_citation(source=court, place="page 3")
        self.publish(make_update(action=self.action, body=self.body, citation=cited))
        told = items(sections(self.sheet())["notes"])
        assert told[0] == "The court, “Statistics”, undated, page 3 https://court.example/1"
        assert "The Daily, “The law”, 1 August 2024 https://daily.example/a" in told

    def test_are_numbered_as_the_lines_name_them_each_document_once(self) -> None:
        self.publish(make_update(action=self.action, body=self.body, citation=self.cited))
        markup = self.sheet()
        order = [int(n) for n in re.findall(r'href="#note-(\d+)"', markup)]
        assert list(dict.fromkeys(order)) == list(range(1, max(order) + 1))
        assert visible(sections(markup)["notes"]).count("The Daily") == 1

    def test_the_sheet_gives_the_digests_of_both_editions_and_where_to_check_them(self) -> None:
        self.publish(make_source())
        check = visible(sections(self.sheet())["check"])
        for number in (1, 2):
            digest = Edition.objects.get(number=number).digest
            assert f"sha256:{digest}" in check
            assert f"http://testserver/editions/edition-{number}.sha256" in check


class TestLongLists(Briefed):
    def test_are_cut_with_their_count_and_the_printed_address_of_all(self) -> None:
        self.publish(
            *(
                make_update(action=self.action, citation=self.cited, as_of=date(2024, 7, n + 1))
                for n in range(sheet.FEW + 3)
            )
        )
        group = groups(self.sheet())["New reports"]
        assert len(items(group)) == sheet.FEW
        assert visible(group).endswith(
            f"3 of {sheet.FEW + 3} are left out here; all are at http://testserver/history/?policy=plan&edition=2"
        )

    def test_of_a_province_lead_to_lists_that_also_hold_what_is_assigned_to_it(self) -> None:
        national = [
            make_action(policy=self.policy, citation=self.cited, due=DAY("2026-10-22")) for _ in range(sheet.SHOWN + 1)
        ]
        lead = {"body": self.body, "area": self.punjab, "citation": self.cited}
        self.publish(*(make_assignment(action=action, **lead) for action in national))
        group = groups(self.sheet(PROVINCE))["Commitments"]
        assert f"1 of {sheet.SHOWN + 1} are left out here; all are at" in visible(group)
        full = visible(group).rpartition(" ")[2]
        assert full == "http://testserver/provinces/pk-pb/?edition=2#actions"
        whole = visible(sections(read(self.client, full))["actions"])
        assert all(action.code in whole for action in national)


class TestWhatIsNotToBeShown(Briefed):
    def test_is_a_draft(self) -> None:
        secret = {"code": "f-secret", "reason": "A secret."}
        make_snapshot(series=self.series, value=1, replaces=self.figure, citation=self.cited, **secret)
        make_plan_change(action=self.action, kind="deadline", new_due=DAY("2020"), reason="A secret.")
        make_update(action=self.action, body=self.body, account="A secret.", waiting_on=self.body, needed="a secret")
        make_action(code="secret", title="A secret", policy=self.policy, area=self.punjab, due=DAY("2020"))
        make_duty(body=self.body, starts=DAY("2020"))
        make_milestone(action=self.action, title="A secret", due=DAY("2020"))
        self.publish(make_source())
        for address in SUBJECTS:
            text = self.sheet(address)
            assert "secret" not in text.lower()
            assert lines(text, "Duties in silence")[0].startswith("No duty")

    def test_is_the_words_of_what_is_suspended(self) -> None:
        suspend([self.figure], reviewer(), "A court objects.")
        for address in (POLICY, PROVINCE):
            markup = self.sheet(address)
            assert lines(markup, "Leading figures changed") == [
                "Cases pending, Punjab: a figure that is suspended (1 Jan 2024 – 30 Jun 2024), no figure leads any more"
            ]
            assert "605" not in re.sub(r"[0-9a-f]{64}", "", markup)
            assert lines(markup, "Corrected, withdrawn or hidden") == [
                "Cases pending, Punjab: f-old: suspended. A court objects."
            ]

    def test_is_the_content_of_what_was_redacted(self) -> None:
        redact([self.figure, self.action, self.policy], reviewer(), "An order.", ground="court-order", asked_by=asker())
        for address in SUBJECTS:
            markup = self.sheet(address)
            assert "605" not in re.sub(r"[0-9a-f]{64}", "", markup)
            assert "A law" not in markup
            assert "[redacted]" not in markup
            assert lines(markup, "Links that are missing") == []
        assert "1 was redacted and is not counted." not in visible(self.sheet())
        assert "Redacted in edition 2" in visible(self.sheet())

    def test_is_a_subject_that_was_withdrawn(self) -> None:
        idle = make_body(code="idle", citation=self.cited)
        self.publish(idle)
        withdraw([idle], reviewer(), "It never existed.", asked_by=asker())
        assert self.client.get("/briefing/bodies/idle/").status_code == 410
        assert self.client.get("/briefing/bodies/idle/?to=2").status_code == 200


class TestWhereItIsRead(Briefed):
    def test_the_sample_is_marked(self) -> None:
        self.publish(make_action(policy=self.policy, area=self.punjab, citation=self.cited))
        with override_settings(AZM_SAMPLE=True):
            markup = self.sheet()
        assert "SAMPLE" in re.findall(r"<title>(.*?)</title>", markup)[0]
        assert 'class="band sample"' in markup
        assert 'class="sample-mark"' in markup

    def test_in_urdu_is_set_from_right_to_left_with_numbers_and_latin_isolated(self) -> None:
        self.publish(make_update(action=self.action, body=self.body, citation=self.cited))
        for address in SUBJECTS:
            markup = self.sheet(f"/ur{address}")
            assert '<html lang="ur" dir="rtl">' in markup
            assert '<span lang="en" dir="ltr">The Daily</span>' in sections(markup)["notes"]
            assert re.findall(r'#note-1"><span class="visually-hidden">[^<]+</span><bdi dir="ltr">1</bdi>', markup)
            assert '<a class="address" dir="ltr"' in markup

    def test_the_programme_takes_in_what_continues_it(self) -> None:
        old = make_policy(code="old", name="The old plan", citation=self.cited)
        self.publish(make(LineageClaim, policy=self.policy, predecessor=old, citation=self.cited))
        with override_settings(AZM_PROGRAMME="old"):
            text = visible(self.sheet("/briefing/policies/old/"))
        assert "of the planned work is proved;" in text
        assert "On the public record through The plan." in text

    def test_a_body_is_told_which_role_it_has(self) -> None:
        helper = make_body(code="helper", citation=self.cited)
        self.publish(
            make_assignment(action=self.action, body=helper, role=Assignment.Role.SUPPORT, citation=self.cited)
        )
        assert "It leads all of them." in visible(self.sheet(BODY))
        assert "It leads none of them; it supports them." in visible(self.sheet("/briefing/bodies/helper/"))


class TestManyRows(TestCase):
    MOST: ClassVar = 50

    def test_take_the_same_queries_when_they_double(self) -> None:
        world = World.make(2)
        world.grow(2)
        pages = [
            f"/briefing/policies/{world.policy.code}/?from=1&to=",
            f"/briefing/bodies/{world.body.code}/?from=1&to=",
            f"/briefing/provinces/{world.area.slug}/?from=1&to=",
        ]
        before = {page: queries(self.client, f"{page}2") for page in pages}
        world.grow(4)
        with mock.patch.object(sheet, "SHOWN", 1000):
            after = {page: queries(self.client, f"{page}3") for page in pages}
        assert after == before
        assert max(after.values()) <= self.MOST

    def test_lead_to_whole_lists_that_answer(self) -> None:
        world = World.make(2)
        world.grow(9)
        for page in (world.policy.code, world.body.code, world.area.slug):
            kind = {"ministry": "bodies", "pk-kp": "provinces"}.get(page, "policies")
            markup = read(self.client, f"/briefing/{kind}/{page}/?on=2026-11-25")
            full = re.findall(r'class="address" dir="ltr" href="(http://testserver/[^"]+)"', markup)
            assert len(full) > 2
            for address in full:
                with self.subTest(address):
                    assert self.client.get(address.replace("&amp;", "&")).status_code == 200
