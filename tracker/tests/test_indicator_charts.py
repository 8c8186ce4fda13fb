"""The charts of an indicator's page and their files: what is drawn, what is said of it, and what is never drawn."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine
from django.test import TestCase, override_settings

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.models import Edition, IndicatorBreak
from tracker.publishing import suspend
from tracker.tests.factories import (
    make,
    make_action,
    make_citation,
    make_indicator,
    make_series,
    make_snapshot,
    make_source,
    make_target,
    publish_all,
    reviewer,
)
from tracker.tests.pages import file_rows, links, load_areas, read, rows, sections, visible

EXPECTED = Path(__file__).parent / "expected" / "indicator-chart.svg"
NAMESPACE = "{http://www.w3.org/2000/svg}"
PUBLISHED = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Karachi"))
ON = "?on=2026-11-22"


def drawn(markup: str, line: str) -> int:
    """How many lines of a kind a chart has; its legend has one more of it."""
    return len(re.findall(rf'<line class="{line}" x1="[0-9.-]+%"', markup))


@time_machine.travel(PUBLISHED, tick=False)
class Charts(TestCase):
    """Calls answered, in per cent: the country is to come from 40 to 64 by the end of 2027."""

    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(PUBLISHED, tick=False):
            load_areas()
            cls.indicator = make_indicator(
                code="calls", name="Calls answered", unit="per cent", behaviour="share", decimals=1,
                frequency_months=12, counted="Calls answered in a day",
            )  # fmt: skip
            cls.secretariat, cls.press = make_source(publisher="Secretariat"), make_source(publisher="Press & Sons")
            cls.rows = []
            told = [cls.says("PK", 40 + 2 * n, f"202{4 + n // 2}-{'06-30' if n % 2 else '01-01'}") for n in range(5)]
            told.append(cls.says("PK", 93, "2026-01-01", source=cls.press, attribution="unnamed-officials"))
            cls.action = make_action(code="answer", area=Area.objects.get(code="PK"))
            cls.target = make_target(
                series=told[0].series, action=cls.action, basis="target", value=64,
                due=PartialDate.parse("2027-12-31"), baseline=told[0], code="calls.target",
            )  # fmt: skip
            for area, step in (("PK-SD", 5), ("PK-PB", 1)):
                told += [cls.says(area, 30 + step * n, f"202{4 + n}-01-01") for n in range(3)]
            withheld = cls.says("PK-BA", None, "2026-01-01", status="withheld", no_value_reason="Safety of <staff>.")
            publish_all(*told, cls.target, withheld)

    @classmethod
    def says(cls, area, value, end, source=None, **how):
        cited = make_citation(source=source or cls.secretariat, attribution=how.pop("attribution", "record"))
        series, _made = cls.indicator.series.get_or_create(area=Area.objects.get(code=area))
        return make_snapshot(
            series=series, value=value, period_start=None, period_end=PartialDate.parse(end), citation=cited, **how
        )

    def page(self, query: str = ON) -> str:
        return read(self.client, f"/indicators/calls/{query}")

    def chart(self, query: str = ON) -> str:
        return sections(self.page(query))["line-pk-head"]


class TestTheChart(Charts):
    def test_stands_first_with_its_target_path_baseline_and_today(self) -> None:
        found = self.page()
        assert next(iter(sections(found))) == "line-pk-head"
        chart = self.chart()
        assert "Against its target" in visible(chart)
        for label in ("48%", "Target 64% by 31 Dec 2027", "Baseline 40%", "today", "93%"):
            assert f">{label}<" in chart, label
        assert drawn(chart, "path") == 1
        assert chart.count('<circle class="ring"') == 1
        assert drawn(chart, "series") == 4

    def test_ties_a_rival_to_the_figure_of_its_time(self) -> None:
        chart = self.chart()
        spread = re.findall(r'<line class="spread" x1="([^"]*)" y1="([^"]*)" x2="([^"]*)" y2="([^"]*)"/>', chart)
        assert len(spread) == 1
        ((x, _y, to_x, to_y),) = spread
        assert x == to_x
        assert f'<circle class="headline" cx="{to_x}" cy="{to_y}"' in chart
        assert "another statement about the same time" in visible(chart)

    def test_projects_only_where_the_assessment_does(self) -> None:
        assert drawn(self.chart(), "ahead") == 1
        (row,) = file_rows(self.client.get(f"/distances.csv{ON}"))
        assert f">arrives in {row['projected']}<" in self.chart()
        for value in (42, 44, 46):
            suspend([self.target.series.snapshots.get(value=value)], reviewer(), "It is looked at.")
        (row,) = file_rows(self.client.get(f"/distances.csv{ON}"))
        assert row["projected"] == ""
        chart = self.chart()
        assert (drawn(chart, "ahead"), drawn(chart, "path")) == (0, 1)
        assert "arrives in" not in chart

    def test_never_projects_backwards(self) -> None:
        soon = make_indicator(code="soon", behaviour="stock")
        series = make_series(indicator=soon, area=Area.objects.get(code="PK"))
        told = [
            make_snapshot(
                series=series, value=month, period_start=None, period_end=PartialDate.parse(f"2026-{month:02}-01")
            )
            for month in (1, 9, 11)
        ]
        aim = make_target(series=series, action=self.action, basis="target", value=12, due=PartialDate.parse("2027"))
        publish_all(*told, aim)
        chart = sections(read(self.client, f"/indicators/soon/{ON}"))["line-pk-head"]
        ((start, end),) = re.findall(r'<line class="ahead" x1="([0-9.]+)%" y1="[^"]*" x2="([0-9.]+)%"', chart)
        assert float(start) < float(end)
        assert ">arrives in 2026<" in chart

    def test_marks_a_change_of_what_is_counted_and_breaks_the_line_there(self) -> None:
        change = make(
            IndicatorBreak, indicator=self.indicator, on=PartialDate.parse("2025-03-01"), description="Texts too."
        )
        publish_all(change)
        chart = self.chart()
        assert drawn(chart, "series") == 3
        assert '<line class="broken"' in chart
        assert "1 Mar 2025: Texts too." in visible(chart)
        assert not drawn(chart, "path")  # nothing is reckoned across a break
        assert not drawn(chart, "ahead")

    def test_has_the_same_figures_in_a_table_and_in_files(self) -> None:
        chart = self.chart()
        assert [(row[1], row[2]) for row in rows(chart)[1:]] == [
            ("93%", "rival"), *((f"{value}%", "leads its period") for value in (48, 46, 44, 42, 40)),
        ]  # fmt: skip
        (csv,) = (link for link in links(chart) if ".csv" in link)
        assert {row["area"] for row in file_rows(self.client.get(csv))} == {"PK"}
        assert "/indicators/calls/chart.svg?area=PK" in links(chart)

    def test_of_a_later_correction_shows_the_value_first_published(self) -> None:
        slip = self.target.series.snapshots.get(value=44)
        mended = make_snapshot(
            series=slip.series, value=45, period_start=None, period_end=slip.period_end, citation=slip.citation,
            replaces=slip, reason="A slip.",
        )  # fmt: skip
        publish_all(mended)
        chart = self.chart()
        assert chart.count('<path class="cross" d="M-4-4') == 1
        assert "as first published, later replaced" in visible(chart)

    def test_of_what_is_never_judged_has_no_target_and_no_path(self) -> None:
        unscored = make_indicator(code="arrests", behaviour="stock", direction="not-scored", unscored_reason="No aim.")
        series = make_series(indicator=unscored, area=Area.objects.get(code="PK"))
        told = [make_snapshot(series=series, value=n, period_start=None, period_end=PartialDate.parse(f"202{n}"))
                for n in range(3)]  # fmt: skip
        publish_all(
            *told,
            make_target(series=series, action=self.action, value=9, due=PartialDate.parse("2028"), baseline=told[0]),
        )
        page = read(self.client, f"/indicators/arrests/{ON}")
        assert drawn(page, "series")
        assert not drawn(page, "reference")
        assert not drawn(page, "path")


class TestSmallMultiples(Charts):
    def test_stand_on_one_scale_by_the_last_value_with_those_that_withhold_last(self) -> None:
        section = sections(self.page())["multiples"]
        names = re.findall(r"<li><a href=\"([^\"]*)\">([^<]*)</a>", section)
        assert [name for _url, name in names] == ["Sindh", "Punjab", "Balochistan"]
        assert names[0][0] == "/provinces/pk-sd/"
        assert "All panels run from 30 to 50" in visible(section)
        assert ">withheld<" in section
        assert "withheld: “Safety of &lt;staff&gt;.”" in section
        assert section.count('<line class="national"') >= 8  # the country behind either area

    def test_need_two_areas(self) -> None:
        alone = make_indicator(code="alone", behaviour="stock")
        series = make_series(indicator=alone, area=Area.objects.get(code="PK-SD"))
        publish_all(*(make_snapshot(series=series, value=n, period_start=None, period_end=PartialDate.parse(f"202{n}"))
                      for n in range(3)))  # fmt: skip
        page = sections(read(self.client, "/indicators/alone/"))
        assert "multiples" not in page
        assert "line-pk-sd-head" in page

    def test_have_the_chart_of_each_area_below(self) -> None:
        section = sections(self.page())["each"]
        assert "Sindh, 40% (1 Jan 2026)" in visible(section)
        assert "/indicators/calls/chart.svg?area=PK-SD" in links(section)


class TestTheLead(Charts):
    def lead(self, address: str = "/indicators/calls/") -> str:
        (found,) = re.findall(r'<p class="lead">(.*?)</p>', read(self.client, address + ON), re.DOTALL)
        return visible(found)

    def test_is_the_latest_figure_with_who_says_so_and_what_was_to_be_reached(self) -> None:
        assert self.lead() == (
            "Pakistan: 48% on 1 January 2026, says Secretariat. Statements about the same time range from 48% to 93%."
            " The target is 64% by 31 December 2027. Behind: 33.3% of the way from the baseline is covered, where"
            " 50.1% was planned by 1 January 2026."
        )


class TestThePace(Charts):
    def test_is_three_numbers_with_their_arithmetic_and_what_they_do_not_say(self) -> None:
        section = visible(sections(self.page())["target"])
        for part in (
            "Distance covered 33.3% from baseline to target: (48 − 40) ÷ (64 − 40)",
            "Time elapsed at the last figure 50.1%",
            "Pace Behind 0.67 33.3 ÷ 50.1. On track from 0.95, slipping from 0.75, behind below.",
            "At the mean course of its figures it arrives in 2030.",
        ):
            assert part in section, part
        assert "of the way from the baseline is covered" not in section  # the numbers say so

    def test_has_no_pace_where_no_verdict_can_be_given(self) -> None:
        publish_all(
            make(IndicatorBreak, indicator=self.indicator, on=PartialDate.parse("2025-03-01"), description="Texts.")
        )
        section = sections(self.page())["target"]
        assert '<dl class="pace">' not in section
        assert "Cannot say" in visible(section)
        assert "what is counted changed between the figures" in visible(section)


class TestTheFile(Charts):
    address = f"/indicators/calls/chart.svg{ON}"

    def test_is_what_it_was(self) -> None:
        response = self.client.get(self.address)
        edition = Edition.objects.get()
        text = response.content.decode().replace(edition.digest or "", "0123456789abcdef" * 4)
        assert text == EXPECTED.read_text()

    def test_is_saved_under_a_name_with_edition_and_digest(self) -> None:
        response = self.client.get(self.address)
        digest = (Edition.objects.get().digest or "")[:16]
        assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="azm-calls-pk-edition-1-{digest}.svg"'

    def test_is_sound_in_both_languages_and_says_where_it_is_from(self) -> None:
        for prefix, language in (("", "en"), ("/ur", "ur")):
            text = self.client.get(prefix + self.address).content.decode()
            root = ElementTree.fromstring(text)
            assert root.tag == f"{NAMESPACE}svg"
            assert root.get("lang") == language
            words = " ".join(root.itertext())
            assert f"http://testserver{prefix}/indicators/calls/?edition=1" in words
            assert Edition.objects.get().digest in words
            assert "Press & Sons" in words

    def test_links_to_the_day_that_it_is_judged_on(self) -> None:
        with time_machine.travel(datetime(2027, 1, 1, 9, tzinfo=PUBLISHED.tzinfo), tick=False):
            text = self.client.get("/indicators/calls/chart.svg").content.decode()
        assert "/indicators/calls/?edition=1&amp;on=2027-01-01<" in text

    def test_styles_every_class_that_it_uses(self) -> None:
        text = self.client.get(self.address).content.decode()
        used = {name for names in re.findall(r'class="([^"]*)"', text) for name in names.split()}
        styled = set(re.findall(r"\.([a-z][a-z-]*)", text[text.index("<style>") : text.index("</style>")]))
        assert used - styled <= {"plot", "key", "spare", "start", "wide-figures"}

    def test_of_an_area_is_that_area(self) -> None:
        text = self.client.get("/indicators/calls/chart.svg?area=PK-SD").content.decode()
        assert "Sindh, per cent" in text
        assert "Target" not in text

    def test_is_refused_with_the_reason(self) -> None:
        for query, status, reason in (
            ("?area=XX", 400, "There is no area “XX”."),
            ("?colour=red", 400, "A chart has no parameter “colour”. It has: area."),
            ("?edition=9", 400, "There is no edition “9”"),
            ("?area=PK-BA", 404, "There are too few figures"),
            ("?area=PK-KP", 404, "There are too few figures"),
        ):
            response = self.client.get(f"/indicators/calls/chart.svg{query}")
            with self.subTest(query):
                assert response.status_code == status
                assert response["Content-Type"] == "text/plain; charset=utf-8"
                assert reason in response.text
        assert self.client.get("/indicators/nothing/chart.svg").status_code == 404

    def test_says_that_it_is_of_the_sample(self) -> None:
        with override_settings(AZM_SAMPLE=True):
            response = self.client.get(self.address)
        assert 'filename="sample-azm-calls' in response["Content-Disposition"]
        text = response.content.decode()
        assert "SAMPLE: everything here is invented" in text
        assert "<title>SAMPLE · Calls answered" in text


class TestScatteredFigures(Charts):
    def test_are_dots_with_their_values_and_no_line(self) -> None:
        scattered = make_indicator(code="scattered", behaviour="share")
        series = make_series(indicator=scattered, area=Area.objects.get(code="PK-SD"))
        told = [
            make_snapshot(
                series=series, value=value, period_start=PartialDate.parse(year), period_end=PartialDate.parse(year),
                citation=make_citation(source=source),
            )
            for year, value, source in (
                ("2022", 18, self.press), ("2023", 54, self.secretariat), ("2024", 19, self.press),
            )
        ]  # fmt: skip
        publish_all(*told)
        chart = sections(read(self.client, "/indicators/scattered/"))["line-pk-sd-head"]
        assert not drawn(chart, "series")
        assert all(f">{value}%<" in chart for value in (18, 54, 19))
        assert "No line: no two neighbouring figures are of one publisher and count the same." in visible(chart)
        assert chart.count('<circle class="headline" cx=') == 2
        assert chart.count('<path class="headline" d="M-5-5') == 1
