"""Public pages and files in tests: what is published to be read, what a reader sees, and where links lead."""

import csv
import html
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from azm.lib.partialdates import PartialDate
from provinces.models import Area
from tracker.listings import LISTINGS
from tracker.models import (
    Indicator,
    IndicatorBreak,
    LineageClaim,
    Policy,
    PolicyAction,
    PolicyEvent,
    Publishable,
    ResponsibleBody,
    Source,
)
from tracker.tests.factories import (
    make,
    make_action,
    make_answer,
    make_assignment,
    make_body,
    make_citation,
    make_duty,
    make_indicator,
    make_link,
    make_measure,
    make_milestone,
    make_objective,
    make_plan_change,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_statement,
    make_target,
    make_update,
    publish_all,
)

RECORD = settings.BASE_DIR / "fixtures" / "record"
PUBLISHED = datetime(2026, 11, 22, 9, 30, tzinfo=ZoneInfo("Asia/Karachi"))
MONTHS = count(2)  # the factories' own rows stand in position 1; begins anew in every class of tests


# What there is to read


def load_article() -> None:
    """The article alone, published as edition 1 on 22 November 2026."""
    with TemporaryDirectory() as root, time_machine.travel(PUBLISHED, tick=False):
        shutil.copytree(RECORD / "001-article", Path(root) / "001-article")
        call_command("load_record", record=Path(root), stdout=io.StringIO())


def load_areas() -> None:
    call_command("loaddata", settings.BASE_DIR / "fixtures" / "areas.json", verbosity=0)


@dataclass
class World:
    """One row of each kind that has a page, and the rows that `grow` hangs on them: every kind on every page."""

    policy: Policy
    action: PolicyAction
    body: ResponsibleBody
    indicator: Indicator
    source: Source
    area: Area
    joint: Area

    @classmethod
    def make(cls, size: int = 2) -> "World":
        """Areas, a programme, and `size` rows of everything, published as edition 1."""
        load_areas()
        source = make_source(code="gazette", title="The gazette", title_ur="گزٹ")
        cited = make_citation(code="gazette.words", source=source)
        policy = make_policy(
            code=settings.AZM_PROGRAMME,
            name="The programme",
            starts=PartialDate.parse("2023"),
            ends=PartialDate.parse("2028"),
            citation=cited,
        )
        objective = make_objective(policy=policy, grouping="azm", citation=cited)
        area, joint = Area.objects.get(code="PK-KP"), Area.objects.get(code="PK-BA+PK-KP")
        world = cls(
            policy,
            make_action(code="anchor", policy=policy, objective=objective, area=area, citation=cited),
            make_body(code="ministry", name="A ministry", area=area, citation=cited),
            make_indicator(code="measured", name="What is measured"),
            source,
            area,
            joint,
        )
        publish_all(world.policy, world.action, world.body, world.indicator, world.source, *world.grown(size))
        return world

    def grow(self, size: int = 2) -> None:
        publish_all(*self.grown(size))

    def grown(self, size: int) -> list[Publishable]:
        return [row for _ in range(size) for row in self._grown()]

    def _grown(self) -> Iterator[Publishable]:
        month = next(MONTHS)
        cited = make_citation(source=self.source, quotation=f"Words {month}")
        period = {"period_start": PartialDate.parse(f"{1900 + month}-01"), "period_end": _year(1900 + month)}
        body, policy = make_body(parent=self.body, area=self.area, citation=cited), make_policy(citation=cited)
        new = make_action(policy=self.policy, objective=self.action.objective, area=self.area, citation=cited)
        alone = make_indicator(decimals=1, position=month)
        here, jointly = make_series(indicator=alone, area=self.area), make_series(indicator=alone, area=self.joint)
        country = make_series(indicator=alone, area=Area.objects.get(code="PK"))
        known, _ = self.indicator.series.get_or_create(area=self.area)
        stated = make_snapshot(series=known, value=month, citation=cited, **period)
        step = make_milestone(action=self.action, position=month, area=self.area, citation=cited)
        about = {"action": self.action, "citation": cited}
        yield from (cited, body, policy, new, alone, stated, step, make_source(), make_citation(repeats=cited))
        yield from (
            make_objective(policy=self.policy, number=month, citation=cited),
            make(LineageClaim, policy=policy, predecessor=self.policy, citation=cited),
            make(PolicyEvent, policy=self.policy, citation=cited),
            make_statement(policy=self.policy, action=self.action, area=self.area, kind="result", citation=cited),
            make_statement(policy=self.policy, area=self.area, kind="situation", citation=cited),
            make_assignment(body=body, role="support", area=self.area, **about),
            make_assignment(action=new, body=self.body, area=self.area, citation=cited),
            make_duty(body=self.body, citation=cited),
            make_answer(body=self.body, subject_code=new.code, citation=cited),
            make_link(to_policy=policy, **about),
            make_link(action=new, relation="descends", to_action=self.action, to_policy=None, citation=cited),
            make_plan_change(**about),
            make_plan_change(action=None, milestone=step, citation=cited),
            make_update(body=self.body, area=self.area, waiting_on=body, needed="a decision", **about),
            make_update(body=body, waiting_on=self.body, needed="money", milestone=step, met=False, **about),
            make_update(
                action=make_action(policy=policy, citation=cited), body=body, waiting_on=self.body, needed="a decision",
                citation=cited,
            ),
            make(IndicatorBreak, indicator=self.indicator, citation=cited),
            make_measure(action=self.action, indicator=alone, position=month),
            make_measure(action=new, indicator=self.indicator, area=self.area),
            make_measure(action=None, policy=self.policy, indicator=alone, area=self.joint, use="situation"),
            make_target(series=here, basis="requirement", value=1000, baseline=stated, **about),
            make_target(series=known, action=new, citation=cited),
            make_snapshot(series=here, citation=cited, scope="a scope", **period),
            make_snapshot(series=jointly, citation=cited, **period),
            make_snapshot(series=country, citation=cited, **period),
            make_snapshot(
                series=country, citation=cited, status="withheld", value=None, no_value_reason="On security grounds."
            ),
            make_snapshot(
                series=known, citation=None, status="not-found", value=None, no_value_reason="Nothing was found.",
                searched_on=date(2024, 7, 1), searched_where="The gazette", **period,
            ),
        )  # fmt: skip

    def details(self) -> list[str]:
        """The address of one page of every kind that is about one thing."""
        return [
            *(row.get_absolute_url() for row in (self.policy, self.action, self.body, self.indicator, self.source)),
            f"/provinces/{self.area.slug}/",
            f"/provinces/{self.joint.slug}/",
            "/provinces/pk/",
            "/editions/1/",
        ]


def _year(year: int) -> PartialDate:
    return PartialDate.parse(f"{year}-12")


# What a reader sees


def visible(markup: str) -> str:
    """The words of a page as they are read: without tags and drawings, white space as one space."""
    text = re.sub(r"<(svg|script|style|head)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    text = re.sub(r"</(p|li|tr|h1|h2|h3|section|div|dt|dd|td|th|caption)>|<br>", " ", text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def sections(markup: str) -> dict[str, str]:
    """The sections of a page in their order, by the id of their heading."""
    return dict(re.findall(r'<section [^>]*aria-labelledby="([^"]+)">(.*?)</section>', markup, flags=re.DOTALL))


def items(markup: str) -> list[str]:
    """What stands in the items of the lists of this piece of a page."""
    return [visible(item) for item in re.findall(r"<li\b[^>]*>(.*?)</li>", markup, flags=re.DOTALL)]


def rows(markup: str) -> list[list[str]]:
    """The cells of the tables of this piece of a page, row by row, heads included."""
    return [
        [visible(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, flags=re.DOTALL)]
        for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", markup, flags=re.DOTALL)
    ]


def links(markup: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', markup)]


def file_rows(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of its columns."""
    assert response.status_code == 200, response.content
    return list(csv.DictReader(io.StringIO(response.getvalue().decode(), newline="")))


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return response.getvalue().decode() if response.streaming else response.text


def read_words(client: Client, address: str) -> str:
    """The page or file without the digest in it, which may hold any three digits by chance."""
    return re.sub(r"[0-9a-f]{16,64}", "", read(client, address))


def queries(client: Client, address: str) -> int:
    """How many queries a page or a file takes; a file's COPY is sent below Django and is not among them."""
    with CaptureQueriesContext(connection) as captured:
        read(client, address)
    return len(captured)


# Which pages there are


def plain_pages() -> list[str]:
    """Every public page that needs no argument, as the URLconf names them."""
    patterns = get_resolver("tracker.urls").url_patterns
    routes = [str(pattern.pattern) for pattern in patterns if not pattern.pattern.converters]
    return [f"/{route}" for route in routes if not route.endswith((".csv", ".atom", ".ics"))]


def files() -> list[str]:
    return [f"/{listing.name}.csv" for listing in LISTINGS]
