"""Atom feeds: valid, stable, complete in what a reader follows, and silent about everything else."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from unittest import mock
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.test import TestCase

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.files import feeds
from tracker.files.entries import FOLLOWED
from tracker.models import Edition, EditionItem, LineageClaim, PolicyEvent
from tracker.publishing import redact, reverse, suspend, withdraw
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    asker,
    make,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_indicator,
    make_measure,
    make_milestone,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_statement,
    make_target,
    make_update,
    make_user,
    publish_all,
    reviewer,
)
from tracker.tests.pages import PUBLISHED, World, load_areas, queries

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = "2026-11-22T04:30:00+00:00"
FEEDS = ("/feed.atom", "/bodies/ministry/feed.atom", "/provinces/pk-kp/feed.atom", "/policies/nisp-2023-2028/feed.atom")


def text(element: Any, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None, name
    return found.text or ""


class Following(TestCase):
    def feed(self, address: str = "/feed.atom", **headers: str) -> Any:
        response = self.client.get(address, headers=headers)
        assert response.status_code == 200, response.content
        return ElementTree.fromstring(response.content)

    def entries(self, address: str = "/feed.atom") -> list[Any]:
        return self.feed(address).findall(f"{ATOM}entry")

    def titles(self, address: str = "/feed.atom") -> list[str]:
        return [text(entry, "title") for entry in self.entries(address)]

    def links(self, address: str = "/feed.atom") -> list[str]:
        return [entry.find(f"{ATOM}link").get("href") for entry in self.entries(address)]

    def kinds(self, address: str = "/feed.atom") -> set[str]:
        return {entry.findall(f"{ATOM}category")[1].get("term") for entry in self.entries(address)}


class TestEveryFeed(Following):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(1)
        cls.world.grow(1)

    def addresses(self) -> list[str]:
        return [f"{twin}{address}" for twin in ("", "/ur") for address in FEEDS]

    def test_has_what_rfc_4287_requires_of_a_feed(self) -> None:
        for address in self.addresses():
            with self.subTest(address):
                feed = self.feed(address)
                assert feed.tag == f"{ATOM}feed"
                for name in ("id", "title", "updated", "subtitle"):
                    assert len(feed.findall(f"{ATOM}{name}")) == 1
                    assert text(feed, name).strip()
                assert text(feed.find(f"{ATOM}author"), "name")
                selves = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
                assert selves == [f"http://testserver{address}"]

    def test_has_what_rfc_4287_requires_of_an_entry(self) -> None:
        for address in self.addresses():
            found = self.entries(address)
            assert found
            for entry in found:
                with self.subTest(address, entry=text(entry, "title")):
                    for name in ("id", "title", "updated"):
                        assert len(entry.findall(f"{ATOM}{name}")) == 1
                    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text(entry, "id"))
                    (link,) = entry.findall(f"{ATOM}link")
                    assert link.get("rel") == "alternate"
            assert len({text(entry, "id") for entry in found}) == len(found)

    def test_leads_to_pages_that_are_there(self) -> None:
        found = {urlsplit(link) for address in self.addresses() for link in self.links(address)}
        for page in sorted({f"{link.path}?{link.query}" for link in found}):  # many entries lead to parts of one page
            with self.subTest(page):
                assert self.client.get(page).status_code == 200

    def test_is_in_the_language_of_its_address(self) -> None:
        for address in self.addresses():
            with self.subTest(address):
                urdu = address.startswith("/ur/")
                assert self.feed(address).get("{http://www.w3.org/XML/1998/namespace}lang") == ("ur" if urdu else "en")
                assert all("/ur/" in link for link in self.links(address)) is urdu
                assert not any(re.search(r"[<>]|&\w+;", title) for title in self.titles(address))

    def test_names_an_entry_alike_in_every_feed_and_language(self) -> None:
        everything = {text(entry, "id") for entry in self.entries()}
        for address in self.addresses():
            with self.subTest(address):
                assert {text(entry, "id") for entry in self.entries(address)} <= everything

    def test_tells_the_head_digest(self) -> None:
        newest = Edition.objects.newest()
        for address in self.addresses():
            with self.subTest(address):
                feed = self.feed(address)
                assert newest.digest in text(feed, "subtitle")
                told = feed.find(f"{{{feeds.NAMESPACE}}}edition")
                assert told.attrib == {
                    "number": "2",
                    "published": newest.published_at.isoformat(),
                    "digest": f"sha256:{newest.digest}",
                }

    def test_of_an_edition_is_the_same_after_later_ones(self) -> None:
        before = {address: self.client.get(f"{address}?edition=1").content for address in self.addresses()}
        self.world.grow(1)
        for address, content in before.items():
            with self.subTest(address):
                assert self.client.get(f"{address}?edition=1").content == content

    def test_takes_no_more_queries_for_more_entries(self) -> None:
        counts = {address: (queries(self.client, address), len(self.entries(address))) for address in FEEDS}
        self.world.grow(3)
        for address, (before, entries_before) in counts.items():
            with self.subTest(address):
                assert len(self.entries(address)) > entries_before
                assert queries(self.client, address) == before
                assert before <= 16

    def test_is_linked_from_its_page(self) -> None:
        for address in self.addresses():
            page = address.removesuffix("feed.atom")
            with self.subTest(page):
                markup = self.client.get(page).text
                assert re.search(rf'<link rel="alternate" type="application/atom\+xml" [^>]*href="{address}">', markup)

    def test_is_offered_on_the_page_of_an_edition(self) -> None:
        assert '<a href="/feed.atom">Follow by Atom</a>' in self.client.get("/editions/1/").text
        assert '<a href="/ur/feed.atom">' in self.client.get("/ur/editions/1/").text

    def test_is_not_sent_again_to_a_reader_who_has_it(self) -> None:
        for address in self.addresses():
            with self.subTest(address):
                first = self.client.get(address)
                for name, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
                    assert self.client.get(address, headers={name: value}).status_code == 304
        self.world.grow(1)
        assert self.client.get("/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 200

    def test_follows_these_kinds(self) -> None:
        everything = {
            "assignment", "lineageclaim", "metricsnapshot", "milestone", "planchange", "policy",
            "policyaction", "policyevent", "progressupdate", "statement", "target",
        }  # fmt: skip
        assert set(FOLLOWED) == everything
        assert set(FOLLOWED) <= {model._meta.model_name for model in publishable_models()}
        assert self.kinds() == everything
        assert self.kinds("/policies/nisp-2023-2028/feed.atom") == everything
        local = everything - {"lineageclaim", "policy", "policyevent"}
        assert self.kinds("/provinces/pk-kp/feed.atom") == local
        elsewhere = {"metricsnapshot", "statement", "milestone", "planchange"}
        assert self.kinds("/bodies/ministry/feed.atom") == local - elsewhere


class TestWords(Following):
    """What an entry says of each kind of row."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        policy = make_policy(code="plan", name="The whole plan", short_name="Plan", note="A note.")
        older = make_policy(code="older", name="Older", short_name="Old")
        body = make_body(name="A ministry")
        action = make_action(code="a-1", policy=policy, title="A law", wording="To pass it.", number="1")
        indicator = make_indicator(code="courts", name="Courts", unit="courts")
        series = make_series(indicator=indicator, area=Area.objects.get(code="PK-SD"))
        step = make_milestone(action=action, code="a-1.m1", title="A bill", due=PartialDate.parse("2027-02"))
        publish_all(
            policy,
            make(PolicyEvent, policy=policy, account="A committee met."),
            make(LineageClaim, policy=policy, predecessor=older),
            make_action(policy=policy, title="Another", wording="Other words."),
            step,
            make_plan_change(action=None, milestone=step, kind="deadline", new_due=PartialDate.parse("2028-01-31")),
            make_assignment(action=action, body=body, role="lead"),
            make_statement(policy=policy, words="no <compromise>", area=series.area),
            make_snapshot(series=series, value="1346", qualifier="at-least", note="Of both kinds."),
            make_snapshot(series=series, value=None, status="withheld", no_value_reason="On security grounds."),
            make_target(series=series, action=action, value=2000, due=PartialDate.parse("2028")),
            make_target(series=series, action=action, basis="requirement", value=None, whole=indicator, due=None),
            make_update(action=action, body=body, as_of=date(2024, 7, 1), account="Work is under way."),
            at=PUBLISHED,
        )

    def test_say_in_english(self) -> None:
        assert sorted(self.titles()) == sorted(
            [
                "The whole plan (policy, entered)",
                "Older (policy, entered)",
                "Plan: approved, 22 June 2024 (policy event, entered)",
                "Plan: continues Old (lineage claim, entered)",
                "A law (policy action, entered)",
                "Another (policy action, entered)",
                "A law: A bill, February 2027 (milestone, entered)",
                "A law, A bill: new deadline, 31 January 2028 (plan change, entered)",
                "A law: A ministry, lead (assignment, entered)",
                "Plan, Sindh: “no <compromise>” (statement in words, entered)",
                "Courts, Sindh: ≥ 1,346 courts, 1 Jan 2024 – 30 Jun 2024 (metric snapshot, entered)",
                "Courts, Sindh: withheld, 1 Jan 2024 – 30 Jun 2024 (metric snapshot, entered)",
                "Courts, Sindh: target, 2,000 courts, 2028 (target, entered)",
                "Courts, Sindh: requirement, all of Courts (target, entered)",
                "A law: A ministry, under way, 1 July 2024 (progress update, entered)",
            ]
        )

    def test_lead_to_the_page_in_the_edition(self) -> None:
        paths = {link.removeprefix("http://testserver") for link in self.links()}
        snapshots = {path for path in paths if path.startswith("/indicators/courts/?edition=1#f-")}
        updates = {path for path in paths if path.startswith("/actions/a-1/?edition=1#f-")}
        assert (len(snapshots), len(updates)) == (2, 1)
        assert {
            "/policies/plan/?edition=1",
            "/policies/older/?edition=1",
            "/policies/plan/?edition=1#events",
            "/actions/a-1/?edition=1",
            "/actions/a-1/?edition=1#a-1.m1",
            "/actions/a-1/?edition=1#changes",
            "/actions/a-1/?edition=1#responsible",
            "/indicators/courts/?edition=1#target",
        } < paths

    def test_are_dated_by_the_edition(self) -> None:
        feed = self.feed()
        assert {text(entry, "updated") for entry in self.entries()} == {MOMENT}
        assert text(feed, "updated") == MOMENT
        assert self.client.get("/feed.atom")["Last-Modified"] == "Sun, 22 Nov 2026 04:30:00 GMT"

    def test_are_followed_by_what_the_row_says_at_length(self) -> None:
        summaries = {text(entry, "title"): text(entry, "summary") for entry in self.entries()}
        assert summaries["A law (policy action, entered)"] == "To pass it."
        assert summaries["A law: A ministry, under way, 1 July 2024 (progress update, entered)"] == "Work is under way."
        assert "On security grounds." in summaries.values()


class TestWhatIsTold(Following):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.action = make_action(code="a-1", title="A law", policy=make_policy(code="plan"))
        publish_all(cls.action, at=PUBLISHED)

    def test_comes_newest_edition_first(self) -> None:
        publish_all(make_statement(words="second", policy=self.action.policy), at=PUBLISHED + timedelta(days=1))
        publish_all(make_statement(words="third", policy=self.action.policy), at=PUBLISHED + timedelta(days=2))
        assert [title[:12] for title in self.titles()[:2]] == ["P: “third” (", "P: “second” "]
        assert [text(entry, "updated")[:10] for entry in self.entries()[:3]] == [
            "2026-11-24",
            "2026-11-23",
            "2026-11-22",
        ]

    def test_ends_with_the_edition_that_is_read(self) -> None:
        publish_all(make_statement(words="second", policy=self.action.policy))
        assert any("second" in title for title in self.titles())
        assert not any("second" in title for title in self.titles("/feed.atom?edition=1"))

    def test_a_correction_is_one_entry_in_and_one_out(self) -> None:
        wrong = make_update(action=self.action, account="Wrong.")
        publish_all(wrong)
        publish_all(
            make_update(action=self.action, body=wrong.body, account="Right.", replaces=wrong, reason="A slip.")
        )
        first, second = self.entries()[:2]
        assert {text(first, "title"), text(second, "title")} == {
            "A law: A department, under way, 1 July 2024 (progress update, corrected)",
            "A law: A department, under way, 1 July 2024 (progress update, withdrawn)",
        }
        assert {text(first, "summary"), text(second, "summary")} == {"A slip.", "Wrong."}
        assert {link.rpartition("?")[2].partition("#")[0] for link in self.links()[:2]} == {"edition=3", "edition=2"}

    def test_what_was_withdrawn_is_told_and_leads_to_where_it_last_stood(self) -> None:
        withdraw([self.action], reviewer(), "It was never said.", asked_by=asker())
        assert self.titles()[0] == "A law (policy action, withdrawn)"
        assert self.links()[0] == "http://testserver/actions/a-1/?edition=1"
        assert self.client.get("/actions/a-1/?edition=1").status_code == 200
        assert self.client.get("/actions/a-1/?edition=2").status_code == 410
        assert self.titles("/policies/plan/feed.atom")[0] == "A law (policy action, withdrawn)"

    def test_of_what_was_redacted_only_the_code_is_told_with_the_reason_and_the_ground(self) -> None:
        redact([self.action], reviewer(), "A court asked.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)
        done, entry = (entry for entry in self.entries() if "policy action" in text(entry, "title"))
        assert text(done, "title") == "a-1 (policy action, redacted)"
        assert text(done, "summary") == "A court asked. Ground: order of a court."
        assert text(entry, "title") == "a-1 (policy action, entered, redacted)"
        assert text(entry, "summary") == ""
        assert self.links()[0] == "http://testserver/actions/a-1/?edition=2"

    def test_what_was_suspended_keeps_its_words_back_until_it_is_restored(self) -> None:
        suspension = suspend([self.action], reviewer(), "A name stood in it.")
        done, *_, entry = (entry for entry in self.entries() if "policy action" in text(entry, "title"))
        assert (text(done, "title"), text(done, "summary")) == ("a-1 (policy action, suspended)", "A name stood in it.")
        assert (text(entry, "title"), text(entry, "summary")) == ("a-1 (policy action, entered)", "")
        assert self.links()[0] == "http://testserver/actions/a-1/?edition=1"
        assert "A law (policy action, entered)" in self.titles("/feed.atom?edition=1")
        reverse(suspension, make_user("another"), "It was the name of an office.")
        done, *_, entry = (entry for entry in self.entries() if "policy action" in text(entry, "title"))
        assert text(done, "title") == "A law (policy action, restored)"
        assert text(done, "summary") == "It was the name of an office."
        assert text(entry, "title") == "A law (policy action, entered)"

    def test_what_is_done_to_a_row_that_nobody_follows_is_told(self) -> None:
        cited = self.action.citation
        redact([cited], reviewer(), "It named a child.", asked_by=asker(), ground=Edition.Ground.PERSON_AT_RISK)
        assert self.titles()[0] == f"A report: {cited.code} (citation, redacted)"

    def test_drafts_are_not_told_and_lead_to_nothing(self) -> None:
        body, area = make_body(code="ministry"), Area.objects.get(code="PK-SD")
        publish_all(body)
        make_assignment(action=self.action, body=body, area=area)
        make_statement(policy=self.action.policy, words="draft words", area=area)
        indicator = make_indicator()
        publish_all(make_snapshot(series=make_series(indicator=indicator)))
        make_measure(action=self.action, indicator=indicator)
        assert "draft words" not in str(self.titles())
        assert self.titles("/bodies/ministry/feed.atom") == []
        assert self.titles("/provinces/pk-sd/feed.atom") == []
        assert "metricsnapshot" not in self.kinds("/policies/plan/feed.atom")

    def test_what_nobody_follows_is_not_told(self) -> None:
        assert {item.kind for item in EditionItem.objects.all()} >= {"source", "citation", "policyaction"}
        assert self.kinds() == {"policy", "policyaction"}

    def test_an_empty_feed_is_as_old_as_its_edition(self) -> None:
        feed = self.feed("/provinces/pk-gb/feed.atom")
        assert feed.findall(f"{ATOM}entry") == []
        assert text(feed, "updated") == MOMENT

    def test_no_clerk_is_named(self) -> None:
        clerk = make_user("zulfiqar", first_name="Zulfiqar")
        cited = make_citation(entered_by=clerk)
        publish_all(make_update(action=self.action, entered_by=clerk, citation=cited))
        content = self.client.get("/feed.atom").content.lower()
        assert b"zulfiqar" not in content
        assert b"reviewer" not in content

    def test_hostile_text_stays_text(self) -> None:
        hostile = '</title><script>alert(1)</script>\x1b\x01 & "x" \ufffe'
        publish_all(make_update(action=make_action(title=hostile), account=hostile))
        content = self.client.get("/feed.atom").content
        assert b"<script" not in content
        (entry,) = (entry for entry in self.entries() if "progress update" in text(entry, "title"))
        assert text(entry, "title").startswith('</title><script>alert(1)</script>   & "x"')
        assert text(entry, "summary").startswith("&lt;/title&gt;&lt;script&gt;")  # which a reader takes for HTML


class TestPages(Following):
    """RFC 5005, section 3: who follows the links to the end has every entry once."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        policy = make_policy(code="plan")
        publish_all(*(make_statement(words=f"word {n}", policy=policy) for n in range(4)), at=PUBLISHED)
        publish_all(*(make_statement(words=f"later {n}", policy=policy) for n in range(3)))

    def setUp(self) -> None:
        self.enterContext(mock.patch.object(feeds, "PER_PAGE", 3))

    def rels(self, address: str) -> dict[str, str]:
        links = self.feed(address).findall(f"{ATOM}link")
        return {link.get("rel"): link.get("href").removeprefix("http://testserver") for link in links}

    def walk(self, address: str) -> Iterator[str]:
        while address:
            yield address
            address = self.rels(address).get("next", "")

    def test_begins_with_the_newest(self) -> None:
        assert [title[:10] for title in self.titles()] == ["P: “later "] * 3

    def test_lead_to_each_other_within_the_edition(self) -> None:
        assert {name: link for name, link in self.rels("/feed.atom").items() if name != "alternate"} == {
            "self": "/feed.atom",
            "first": "/feed.atom?edition=2",
            "next": "/feed.atom?edition=2&page=2",
            "last": "/feed.atom?edition=2&page=3",
        }
        middle = self.rels("/feed.atom?edition=2&page=2")
        assert middle["self"] == "/feed.atom?edition=2&page=2"
        assert (middle["previous"], middle["next"]) == ("/feed.atom?edition=2", "/feed.atom?edition=2&page=3")
        assert "next" not in self.rels("/feed.atom?edition=2&page=3")

    def test_of_a_short_feed_are_one_without_links(self) -> None:
        with mock.patch.object(feeds, "PER_PAGE", 100):
            assert set(self.rels("/feed.atom")) == {"alternate", "self"}

    def test_hold_every_entry_once(self) -> None:
        for address in ("/feed.atom", "/ur/feed.atom", "/policies/plan/feed.atom", "/feed.atom?edition=1"):
            with self.subTest(address):
                found = [text(entry, "id") for page in self.walk(address) for entry in self.entries(page)]
                told = EditionItem.objects.filter(kind__in=FOLLOWED, edition__lte=1 if "=1" in address else 2)
                assert len(found) == len(set(found)) == told.count()

    def test_are_not_shifted_by_a_later_edition(self) -> None:
        before = [self.client.get(page).content for page in list(self.walk("/feed.atom?edition=2"))]
        publish_all(make_statement(words="newest"))
        assert [self.client.get(page).content for page in list(self.walk("/feed.atom?edition=2"))] == before

    def test_say_which_entries_they_hold(self) -> None:
        assert text(self.feed("/feed.atom?page=2"), "subtitle").startswith("Entries 4 to 6 of 8 up to edition 2, ")

    def test_that_are_not_there_are_not_found_and_what_is_no_number_is_refused(self) -> None:
        for page, status in [("4", 404), ("0", 404), ("-1", 400), ("x", 400), ("", 200), ("٢", 400), ("9" * 30, 400)]:
            with self.subTest(page):
                assert self.client.get(f"/feed.atom?page={page}").status_code == status


class TestScopes(Following):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.body = make_body(code="ministry", name="Ministry")
        cls.policy = make_policy(code="plan")
        cls.mine = make_action(title="Mine", policy=cls.policy)
        cls.other = make_action(title="Other", policy=make_policy(code="other-plan"))
        publish_all(make_assignment(action=cls.mine, body=cls.body), cls.other)

    def test_of_a_body_are_its_commitments_and_who_waits_for_it(self) -> None:
        waits = make_update(action=self.other, waiting_on=self.body, needed="money")
        publish_all(waits, make_plan_change(action=self.mine), make_plan_change(action=self.other))
        found = self.titles("/bodies/ministry/feed.atom")
        assert sum("Mine" in title for title in found) == 3
        assert [title.split(": ")[0] for title in found if "Other" in title] == ["Other"]
        assert any("progress update" in title for title in found)

    def test_of_an_area_are_those_told_jointly_too(self) -> None:
        joint, apart = Area.objects.get(code="PK-BA+PK-KP"), Area.objects.get(code="PK-SD")
        publish_all(*(make_snapshot(series=make_series(area=area)) for area in (joint, apart)))
        (found,) = self.titles("/provinces/pk-kp/feed.atom")
        assert joint.name in found
        assert len(self.titles("/provinces/pk-ba+pk-kp/feed.atom")) == 1

    def test_of_a_policy_are_the_figures_that_measure_it(self) -> None:
        measured, unmeasured = make_indicator(name="Measured"), make_indicator(name="Unmeasured")
        publish_all(
            make_measure(action=self.mine, indicator=measured),
            *(make_snapshot(series=make_series(indicator=indicator)) for indicator in (measured, unmeasured)),
        )
        found = " ".join(self.titles("/policies/plan/feed.atom"))
        assert "Measured" in found
        assert "Mine" in found
        assert "Unmeasured" not in found
        assert "Other" not in found

    def test_of_what_is_not_published_is_not_found(self) -> None:
        make_body(code="draft-body")
        for address in ("bodies/draft-body", "bodies/none", "policies/none", "provinces/none"):
            with self.subTest(address):
                response = self.client.get(f"/{address}/feed.atom")
                assert (response.status_code, response["Content-Type"]) == (404, "text/plain; charset=utf-8")

    def test_of_what_is_published_later_is_not_found_before(self) -> None:
        publish_all(make_body(code="late"))
        assert self.client.get("/bodies/late/feed.atom?edition=1").status_code == 404
        assert self.client.get("/bodies/late/feed.atom").status_code == 200

    def test_of_an_edition_that_is_not_there_is_refused(self) -> None:
        response = self.client.get("/feed.atom?edition=9")
        assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")

    def test_are_read_and_not_written(self) -> None:
        assert self.client.post("/feed.atom").status_code == 405


class TestNothingPublished(TestCase):
    def test_is_not_found(self) -> None:
        assert self.client.get("/feed.atom").status_code == 404
