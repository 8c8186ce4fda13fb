"""What readers see of redacted rows: a tombstone wherever one stands, the mark in files, and nothing that counts."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.listings import LISTINGS
from tracker.models import (
    ActionLink,
    Assignment,
    Citation,
    Edition,
    Indicator,
    IndicatorBreak,
    LineageClaim,
    MetricSnapshot,
    Milestone,
    Objective,
    PlanChange,
    Policy,
    PolicyAction,
    PolicyEvent,
    ProgressUpdate,
    ReportingDuty,
    ResponsibleBody,
    Source,
    Statement,
    Target,
)
from tracker.publishing import GateRefused, publish, redact
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    asker,
    make_action,
    make_body,
    make_indicator,
    make_measure,
    make_milestone,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    make_update,
    publish_all,
    reviewer,
    rolled_back,
)
from tracker.tests.pages import World, file_rows, items, links, load_areas, plain_pages, queries, read, rows, sections
from tracker.tests.pages import visible as words_of

GROUND = "order of a court"
FILES = [listing.name for listing in LISTINGS if "redacted_in" in listing.columns]


def by_two(*rows: Any) -> Edition:
    return redact(rows, reviewer(), "A court ordered it.", asked_by=asker(), ground=Edition.Ground.COURT_ORDER)


def stones(markup: str) -> list[str]:
    """The tombstones of a page, as they are read."""
    return [words_of(stone) for stone in re.findall(r'<span class="note tombstone">.*?</span>', markup, re.DOTALL)]


def figures(*values: str, area: str = "PK", **series: Any) -> list[MetricSnapshot]:
    """Published figures of one series, a year each from 2020 on."""
    of = make_series(area=Area.objects.get(code=area), **series)
    found = [
        make_snapshot(series=of, value=value, period_start=None, period_end=PartialDate.parse(str(2020 + n)))
        for n, value in enumerate(values)
    ]
    publish_all(*found)
    return found


# Where rows of a kind are shown as themselves, and not only named.
PLACES: dict[Any, Callable[[World, Any], list[str]]] = {
    Policy: lambda world, row: [row.get_absolute_url(), "/policies/", "/search/?q=" + row.code],
    PolicyEvent: lambda world, row: [world.policy.get_absolute_url()],
    LineageClaim: lambda world, row: [world.policy.get_absolute_url()],
    Objective: lambda world, row: [world.policy.get_absolute_url()],
    Statement: lambda world, row: [
        (row.action or row.policy).get_absolute_url(),
        f"/provinces/{world.area.slug}/",
    ],
    PolicyAction: lambda world, row: [
        row.get_absolute_url(), "/", "/actions/", "/search/?q=" + row.code,
        f"/provinces/{world.area.slug}/", row.citation.source.get_absolute_url(),
    ],
    ActionLink: lambda world, row: [row.action.get_absolute_url()],
    Milestone: lambda world, row: [row.action.get_absolute_url(), "/milestones/", "/search/?q=" + row.code],
    PlanChange: lambda world, row: [(row.action or row.milestone.action).get_absolute_url()],
    ResponsibleBody: lambda world, row: [
        row.get_absolute_url(), "/bodies/", f"/provinces/{world.area.slug}/", "/search/?q=" + row.code,
    ],
    Assignment: lambda world, row: [row.action.get_absolute_url(), row.body.get_absolute_url()],
    ReportingDuty: lambda world, row: [row.body.get_absolute_url()],
    Indicator: lambda world, row: [row.get_absolute_url(), "/indicators/", "/search/?q=" + row.code],
    IndicatorBreak: lambda world, row: [row.indicator.get_absolute_url()],
    MetricSnapshot: lambda world, row: [
        row.series.indicator.get_absolute_url(), "/snapshots/", row.citation.source.get_absolute_url(),
    ],
    Target: lambda world, row: [row.series.indicator.get_absolute_url()],
    ProgressUpdate: lambda world, row: [
        row.action.get_absolute_url(), row.body.get_absolute_url(), "/updates/", "/search/?q=" + row.code,
    ],
    Source: lambda world, row: [row.get_absolute_url(), "/sources/", "/search/?q=" + row.code],
    Citation: lambda world, row: [row.source.get_absolute_url(), "/search/?q=" + row.code],
}  # fmt: skip
# A measure is only ever named: its note is on no page. An answer leaves its finding as it is without one.
NAMED_ONLY = {"measure", "findinganswer"}


# What no row holds, but the edition that is read.
COMPUTED = ("redacted_in", "headline", "lead_reason", "schedule", "schedule_reason", "schedule_current")


class TestEveryKind(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(1)

    def one(self, model: Any) -> Any:
        fixed = {Policy: self.world.policy, PolicyAction: self.world.action, ResponsibleBody: self.world.body}
        if model in fixed:
            return fixed[model]
        found = model.objects.order_by("pk")
        if model is Source:
            found = found.filter(code="gazette")
        elif model is Citation:
            found = found.filter(source__code="gazette")
        elif model is MetricSnapshot:
            found = found.filter(citation__isnull=False, value__isnull=False)
        elif model is Milestone:
            found = found.filter(action=self.world.action)
        elif model is ProgressUpdate:
            found = found.filter(body=self.world.body)
        elif model is Statement:
            found = found.filter(area=self.world.area)
        elif model is LineageClaim:
            found = found.filter(predecessor=self.world.policy)
        elif model in (Objective, PolicyEvent):
            found = found.filter(policy=self.world.policy)
        return found[0]

    def test_is_listed_here(self) -> None:
        assert {model._meta.model_name for model in PLACES} | NAMED_ONLY == {
            model._meta.model_name for model in publishable_models()
        }

    def test_stands_with_ground_and_date_and_a_link_wherever_it_stood(self) -> None:
        for model, places in PLACES.items():
            row = self.one(model)
            before = {address: len(stones(read(self.client, address))) for address in places(self.world, row)}
            with rolled_back():
                edition = by_two(row)
                for address, stood in before.items():
                    with self.subTest(kind=model.__name__, address=address):
                        page = read(self.client, address)
                        assert stood == 0
                        assert stones(page)
                        for stone in stones(page):
                            assert stone.startswith(f"Redacted in edition {edition.number}, ")
                            assert stone.endswith(f"{GROUND}.")
                        assert f"/editions/{edition.number}/" in links(page)
                        assert "[redacted]" not in page

    def test_stands_in_its_file_with_the_edition_that_emptied_it(self) -> None:
        models = {
            "policies": Policy, "actions": PolicyAction, "milestones": Milestone, "indicators": Indicator,
            "snapshots": MetricSnapshot, "updates": ProgressUpdate, "bodies": ResponsibleBody, "sources": Source,
        }  # fmt: skip
        assert sorted(models) == sorted(FILES)
        for name, model in models.items():
            with self.subTest(name), rolled_back():
                row = self.one(model)
                before = {found["code"]: found for found in file_rows(self.client.get(f"/{name}.csv"))}
                edition = by_two(row)
                after = {found["code"]: found for found in file_rows(self.client.get(f"/{name}.csv?edition=1"))}
                assert before.keys() == after.keys()
                assert {code for code, found in after.items() if found["redacted_in"]} == {row.code}
                assert list(after[row.code])[-1] == "redacted_in"
                assert after[row.code]["redacted_in"] == str(edition.number)
                for column, was in before[row.code].items():
                    now = after[row.code][column]
                    assert now in ("", "[redacted]", was) or column in COMPUTED, column
                texts = {field.name for field in model.texts()} & set(after[row.code])
                assert all(after[row.code][text] in ("", "[redacted]") for text in texts)
                assert all(after[row.code][number] == "" for number in model.FIGURES)

    def test_of_all_at_once_leaves_every_page_readable_in_both_languages(self) -> None:
        addresses = [*self.world.details(), *plain_pages(), "/search/?q=gazette", "/bodies/?sphere=provincial"]
        for explained in ("/about/", "/data/", "/styleguide/"):  # they explain the mark
            addresses.remove(explained)
        by_two(*(row for model in publishable_models() for row in model.objects.published()))
        for prefix in ("", "/ur"):
            for address in addresses:
                for query in ("", "edition=1"):
                    url = f"{prefix}{address}{'&' if '?' in address else '?'}{query}"
                    with self.subTest(url):
                        page = read(self.client, url)
                        assert "[redacted]" not in page
                        assert "&lt;span" not in page
                        for attribute in re.findall(r'="([^"]*)"', page):
                            assert "<" not in attribute

    def test_leaves_one_plain_word_in_the_title_of_its_page(self) -> None:
        by_two(self.world.action)
        page = read(self.client, self.world.action.get_absolute_url())
        assert "<title>redacted · Azm</title>" in page
        assert '<h1><span class="redacted">redacted</span></h1>' in page

    def test_is_told_apart_from_others_in_a_filter_by_its_code(self) -> None:
        by_two(self.world.body, self.world.source)
        assert '<option value="ministry">ministry (redacted)</option>' in read(self.client, "/actions/")
        assert '<option value="gazette">gazette (redacted)</option>' in read(self.client, "/snapshots/")
        assert "ministry (redacted)" in words_of(read(self.client, "/actions/?body=ministry"))

    def test_takes_no_more_queries_when_tombstones_double(self) -> None:
        """A page asks for the questions of readers about what still stands, so that it may take fewer."""
        addresses = [*self.world.details(), "/", "/snapshots/", "/actions/", "/search/?q=words", "/corrections/"]
        self.world.grow(3)
        everything = [list(model.objects.published().order_by("pk")) for model in publishable_models()]
        by_two(*(row for found in everything for row in found[::2]))
        before = {address: queries(self.client, address) for address in addresses}
        by_two(*(row for found in everything for row in found[1::2]))
        after = {address: queries(self.client, address) for address in addresses}
        assert {address: count for address, count in after.items() if count > before[address]} == {}


class TestFigure(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()

    def test_of_a_list_says_that_it_was_redacted_and_not_how_it_was_reported(self) -> None:
        (figure,) = figures("605")
        by_two(figure)
        row = rows(read(self.client, "/snapshots/"))[1]
        assert (row[2], row[3]) == ("2020", "redacted")
        page = rows(sections(read(self.client, figure.series.indicator.get_absolute_url()))["statements"])
        assert page[1][2] == "redacted"

    def test_that_was_withheld_stays_withheld_without_the_reason(self) -> None:
        series = make_series(area=Area.objects.get(code="PK"))
        withheld = make_snapshot(series=series, status="withheld", value=None, no_value_reason="As Mr Smith said.")
        publish_all(withheld)
        by_two(withheld)
        page = read(self.client, series.indicator.get_absolute_url())
        assert rows(sections(page)["statements"])[1][2] == "withheld"
        assert "Smith" not in page

    def test_is_no_figure_for_any_count(self) -> None:
        kept, gone = figures("605", "606")
        by_two(gone)
        assert file_rows(self.client.get("/indicators.csv"))[0]["figures"] == "1"
        (area,) = (row for row in file_rows(self.client.get("/provinces.csv")) if row["code"] == "PK")
        assert area["figures"] == "1"
        leads = {row["code"]: row["headline"] for row in file_rows(self.client.get("/snapshots.csv"))}
        assert leads == {kept.code: "true", gone.code: "false"}
        assert rows(read(self.client, "/indicators/"))[1][-1] == "1"

    def test_leaves_the_line_of_a_chart(self) -> None:
        found = figures("10", "20", "30", "40", indicator=make_indicator(behaviour="stock"))
        address = found[0].series.indicator.get_absolute_url()
        assert read(self.client, address).count('<circle class="headline" cx=') == 4
        by_two(found[1])
        page = read(self.client, address)
        assert page.count('<circle class="headline" cx=') == 3
        (chart,) = (markup for id, markup in sections(page).items() if id.startswith("line-"))
        assert [row[1] for row in rows(chart)][1:] == ["40", "30", "10"]

    def test_is_a_word_and_no_mark_on_the_map_and_beside_the_dots(self) -> None:
        share = make_indicator(behaviour="share")
        told = {area: figures("50", indicator=share, area=area)[0] for area in ("PK-PB", "PK-SD", "PK-KP")}
        by_two(told["PK-KP"])
        page = read(self.client, share.get_absolute_url())
        assert 'aria-label="Khyber Pakhtunkhwa: redacted"' in page
        assert 'aria-label="Balochistan: no figure"' in page
        by_area = {row[0]: row[1] for row in rows(sections(page)["areas"]) if len(row) == 2}
        assert (by_area["Khyber Pakhtunkhwa"], by_area["Balochistan"]) == ("redacted", "no figure")
        assert page.count('<circle class="headline" cx=') == 2

    def test_of_an_area_is_said_on_its_page_and_not_to_be_missing(self) -> None:
        (gone,) = figures("605", area="PK-KP")
        name = gone.series.indicator.name
        figures("700", area="PK-SD")
        edition = by_two(gone)
        absent = items(sections(read(self.client, "/provinces/pk-kp/"))["absent"])
        *_silent_and_withheld, lost, elsewhere = absent
        assert lost.startswith(f"Redacted: {name}: redacted Redacted in edition {edition.number}, ")
        assert sum(name in sentence for sentence in absent) == 2  # the other one is of the indicator of Sindh
        assert "That is not zero" in elsewhere

    def test_reads_the_same_in_every_earlier_edition(self) -> None:
        (gone,) = figures("987654321")
        by_two(gone)
        address = gone.series.indicator.get_absolute_url()
        assert rows(sections(read(self.client, f"{address}?edition=1"))["statements"])[1][2] == "redacted"
        assert "987654321" not in read(self.client, "/snapshots.csv?edition=1")


class TestProgramme(TestCase):
    """A commitment with everything that a redaction can take: a figure, a baseline, a requirement, a report."""

    action: Any
    figure: Any
    baseline: Any
    target: Any
    report: Any

    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        world = World.make(0)
        cls.action = world.action
        country = Area.objects.get(code="PK")
        indicator = make_indicator(code="counted", name="What is counted")
        series = make_series(indicator=indicator, area=Area.objects.get(code="PK-KP"))
        cls.figure = make_snapshot(code="f-figure", series=series, value=605)
        cls.baseline = make_snapshot(code="f-baseline", series=make_series(area=country), value=606)
        cls.target = make_target(
            action=cls.action, series=series, basis="requirement", value=1000, due=None, baseline=cls.baseline
        )
        cls.report = make_update(action=cls.action, area=Area.objects.get(code="PK-KP"), as_of="2024-07-02")
        publish_all(
            cls.figure, cls.baseline, cls.target, cls.report, make_measure(action=cls.action, indicator=indicator)
        )

    def chain(self) -> dict[str, str]:
        section = sections(read(self.client, self.action.get_absolute_url()))["chain"]
        terms = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", section, re.DOTALL)
        return {words_of(term): words_of(told) for term, told in terms}

    def links_of_chain(self) -> dict[str, str]:
        (row,) = (row for row in file_rows(self.client.get("/actions.csv")) if row["code"] == "anchor")
        return {link: row[f"has_{link}"] for link in ("figure", "baseline", "requirement", "report")}

    def test_has_every_link_before(self) -> None:
        assert set(self.links_of_chain().values()) == {"true"}

    def test_loses_the_link_and_is_told_that_there_was_one(self) -> None:
        for link, row in {
            "figure": self.figure, "baseline": self.baseline, "requirement": self.target, "report": self.report,
        }.items():  # fmt: skip
            with self.subTest(link), rolled_back():
                by_two(row)
                term = {"figure": "latest figure", "requirement": "requirement or target"}.get(link, link)
                assert self.chain()[term] == "redacted"
                assert self.links_of_chain() == {
                    name: str(name != link).lower() for name in ("figure", "baseline", "requirement", "report")
                }

    def test_tells_the_report_before_a_redacted_one(self) -> None:
        later = make_update(action=self.action, as_of="2024-08-01", status="complete")
        publish_all(later)
        assert self.chain()["report"] == "complete, 1 August 2024"
        by_two(later)
        assert self.chain()["report"] == "under way, 2 July 2024"
        assert self.links_of_chain()["report"] == "true"

    def test_keeps_a_requirement_that_is_all_of_something(self) -> None:
        whole = make_target(
            action=self.action, series=self.figure.series, basis="requirement", value=None, due=None,
            whole=make_indicator(), baseline=None,
        )  # fmt: skip
        publish_all(whole)
        by_two(whole, self.target)
        assert self.links_of_chain()["requirement"] == "true"

    def test_shows_no_distance_from_what_was_redacted(self) -> None:
        assert "60.5%" in words_of(read(self.client, "/"))
        by_two(self.target)
        assert "60.5%" not in words_of(read(self.client, "/"))

    def test_says_on_the_front_page_that_the_figure_was_redacted(self) -> None:
        edition = by_two(self.figure)
        page = read(self.client, "/")
        commitment = next(row for row in rows(page) if "The commitment as the source words it." in row[0])
        assert commitment[2].startswith(f"redacted Redacted in edition {edition.number}, ")
        assert "1 figure" not in words_of(page).partition(".")[0]
        by_area = next(row for row in rows(sections(page)["areas"]) if row[0] == "Khyber Pakhtunkhwa")
        assert by_area[1] == "redacted"
        assert "/indicators/counted/#f-figure" in links(sections(page)["areas"])

    def test_says_below_what_is_not_public_how_redactions_are_counted(self) -> None:
        counted = "What was redacted counts as absent here."
        assert counted not in words_of(read(self.client, "/"))
        by_two(self.report)
        page = read(self.client, "/")
        assert "A progress report on 1 commitment of 1" in words_of(page)
        assert counted in words_of(page)
        assert "/corrections/?act=redaction" in links(page)

    def test_counts_no_redacted_report_on_an_area(self) -> None:
        def said() -> str:
            silent = items(sections(read(self.client, "/provinces/pk-kp/"))["absent"])[0]
            return silent.partition(" its 1 body. ")[2]

        assert said() == "1 progress report names this area."
        by_two(self.report)
        assert said() == "1 progress report on this area was redacted."
        publish_all(make_update(action=self.action, area=Area.objects.get(code="PK-KP")))
        assert said() == "1 progress report names this area. 1 progress report on this area was redacted."

    def test_keeps_a_place_in_the_situation(self) -> None:
        killed = figures("111", indicator=make_indicator(name="Killed"))[0]
        publish_all(
            make_measure(
                action=None, policy=self.action.policy, indicator=killed.series.indicator, area=killed.series.area,
                use="situation",
            )
        )  # fmt: skip
        by_two(killed)
        told = items(sections(read(self.client, "/"))["situation"])
        assert told[0].startswith("redacted Killed Redacted in edition ")


class TestSearch(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        load_areas()
        cls.body = make_body(code="survey.of-water", name="Quicksilver survey")
        cls.source = make_source(title="About quicksilver")
        publish_all(cls.body, cls.source)
        by_two(cls.body)

    def found(self, words: str) -> list[str]:
        page = read(self.client, f"/search/?q={quote(words)}")
        return [item for part in sections(page).values() for item in items(part)]

    def test_finds_nothing_by_what_was_there(self) -> None:
        assert [item.split()[0] for item in self.found("quicksilver")] == ["About"]

    def test_finds_nothing_by_the_mark(self) -> None:
        for words in ("redacted", "[redacted]", "حذف"):
            with self.subTest(words):
                # The page about what happened to rows may be found, for it is called so.
                assert [item for item in self.found(words) if not item.startswith(("History", "تاریخ"))] == []
                assert file_rows(self.client.get(f"/bodies.csv?q={quote(words)}")) == []

    def test_finds_the_tombstone_by_its_code(self) -> None:
        for words in ("survey.of-water", " Survey.of-water "):
            (item,) = self.found(words)
            assert item.startswith("redacted survey.of-water Redacted in edition 2")


class TestMark(TestCase):
    def test_cannot_be_typed(self) -> None:
        """Else a page would say of somebody's own words that a reviewer removed them."""
        for draft in (make_source(note="[redacted]"), make_milestone(title="[redacted]")):
            with self.subTest(draft), pytest.raises(GateRefused, match="stands only where a reviewer removed words"):
                publish([draft], reviewer(), "A summary.")
        publish_all(make_action(title="[redacted] in part"))
