"""Reading the ledger as of an edition and a day: addresses that stay, banners, and what left or is not yet there."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import models
from django.test import TestCase
from django.utils import timezone

from azm.lib.templatetags.azm import date_long
from tracker.assessment.reading import NoSuchReading, NothingPublished, Reading
from tracker.models import Edition, Series
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    build,
    make,
    make_body,
    make_milestone,
    make_policy,
    make_series,
    make_snapshot,
    make_source,
    make_update,
    make_user,
    publish_all,
)
from tracker.tests.pages import World, files, links, plain_pages, read, rows, visible

NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)  # noon in Karachi
MALFORMED = ["0", "-1", "3", "99", "1.0", "one", "", " 1", "+1", "1e0", "²", "٢", "9" * 12, "9" * 5000, "1,2", "null"]
NO_DAYS = ["", "today", "2026-11-23", "9999-12-31", "2026-02-30", "22.11.2026", "20261122", "2026-11-2", "2026-W47-7",
           "2026-11-22T00:00", "0000-01-01", "2026-11", "٢٠٢٦-١١-٢٢"]  # fmt: skip


@time_machine.travel(NOON, tick=False)
class TestReading(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        for day in ("2025-01-31T20:00Z", "2026-03-01T00:00Z"):  # the first is 1 February in Karachi
            publish_all(make_source(), at=datetime.fromisoformat(day))

    def test_is_of_the_newest_edition_and_of_today_unless_asked(self) -> None:
        found = Reading.of()
        assert (found.edition.number, found.on, found.pinned, found.is_newest) == (2, date(2026, 11, 22), False, True)

    def test_of_an_edition_judges_on_its_day_in_pakistan(self) -> None:
        found = Reading.of("1")
        assert (found.edition.number, found.on, found.pinned, found.is_newest) == (1, date(2025, 2, 1), True, False)
        assert Reading.of("2").on == date(2026, 3, 1)

    def test_of_a_day_judges_on_that_day(self) -> None:
        assert Reading.of(on="2026-11-22").on == date(2026, 11, 22)
        assert Reading.of("1", "2024-02-29").on == date(2024, 2, 29)

    def test_refuses_an_edition_that_is_none(self) -> None:
        for text in MALFORMED:
            with self.subTest(text[:20]), pytest.raises(NoSuchReading, match="There is no edition"):
                Reading.of(text)

    def test_refuses_a_day_that_is_none_or_to_come(self) -> None:
        for text in NO_DAYS:
            with self.subTest(text), pytest.raises(NoSuchReading, match="is a day such as"):
                Reading.of(on=text)

    def test_takes_today_from_pakistan(self) -> None:
        with time_machine.travel(datetime(2026, 11, 22, 19, 30, tzinfo=UTC), tick=False):
            assert timezone.localdate() == date(2026, 11, 23)
            assert Reading.of(on="2026-11-23").on == date(2026, 11, 23)


class TestNoReading(TestCase):
    def test_is_there_before_the_first_edition(self) -> None:
        with pytest.raises(NothingPublished):
            Reading.of()
        for page in plain_pages():
            with self.subTest(page):
                assert self.client.get(page).status_code == 404


class Worlds(TestCase):
    """A world as of edition 1, and more of it in edition 2."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World.make(1)
        cls.world.grow(1)

    def pages(self) -> list[str]:
        return [*plain_pages(), *self.world.details()]


class TestAddresses(Worlds):
    def test_of_every_page_and_file_take_an_edition_and_a_day(self) -> None:
        for address in [*self.pages(), *files()]:
            for query in ("on=2026-01-01", "edition=1&on=2026-01-01"):
                with self.subTest(f"{address}?{query}"):
                    assert read(self.client, f"{address}?{query}")

    def test_of_every_page_and_file_refuse_what_cannot_be_read(self) -> None:
        for address in [*self.pages(), *files()]:
            for query in ("edition=", "edition=3", "edition=new", "on=2999-01-01"):
                with self.subTest(f"{address}?{query}"):
                    assert self.client.get(f"{address}?{query}").status_code == 400

    def test_of_files_say_which_edition_they_hold(self) -> None:
        for query, number in (("", 2), ("?edition=1", 1), ("?edition=2", 2)):
            with self.subTest(query):
                response = self.client.get(f"/sources.csv{query}")
                digest = Edition.objects.get(pk=number).digest[:16]
                assert f'filename="azm-sources-edition-{number}-{digest}.csv"' in response["Content-Disposition"]

    def test_on_a_pinned_page_keep_the_edition(self) -> None:
        """Except for what names its own editions, what always follows the newest, and what is elsewhere."""
        leaving = re.compile(
            r"/editions/edition-\d+\.sha256|/editions/\d+/|/editions/compare(/|\.csv)\?from=.*|/\?edition=\d+"
            r"|.*/feed\.atom|/calendar\.ics|https?://.*|#.*|/admin/.*"
        )
        for page in set(self.pages()) - {"/styleguide/"}:  # whose specimens are of no edition
            for link in self.links_of_content(f"{page}?edition=1"):
                if not leaving.fullmatch(link):
                    with self.subTest(page=page, link=link):
                        assert re.search(r"[?&]edition=1(&|#|$)", link)

    def links_of_content(self, address: str) -> Iterator[str]:
        page = read(self.client, address)
        yield from links(page[page.index('<div class="heading">') : page.index("</main>")])

    def test_in_the_menu_keep_the_edition(self) -> None:
        page = read(self.client, "/about/?edition=1")
        menu = links(page[page.index("<nav") : page.index("</nav>")])
        assert len(menu) == 13  # the search, eleven pages, and the page about the ledger
        assert all(link.endswith("?edition=1") for link in menu)

    def test_keep_the_day_too(self) -> None:
        asked = "edition=1&on=2026-01-02"
        assert all(asked in link for link in self.links_of_content(f"/policies/?{asked}") if "sort" not in link)

    def test_on_an_open_page_carry_none(self) -> None:
        for page in set(self.pages()) - {"/styleguide/"}:  # whose specimens are of no edition
            for link in self.links_of_content(page):
                with self.subTest(page=page, link=link):
                    assert "edition=" not in link or page.startswith("/editions/")

    def test_lead_nowhere_in_vain(self) -> None:
        """Every link of every page answers in the edition of the page."""
        seen: set[str] = set()
        for page in self.pages():
            seen |= {link for link in links(read(self.client, f"{page}?edition=1")) if link.startswith("/")}
        # The links that sort a table are tried with the lists, those to the Urdu twins with the pages.
        tried = {link.partition("#")[0] for link in seen if "sort=" not in link and not link.startswith("/ur/")}
        for link in sorted(tried):
            with self.subTest(link):
                assert self.client.get(link).status_code == 200

    def test_of_permanent_links_are_of_the_edition_that_is_read(self) -> None:
        """A day that was asked for is part of what is read."""
        for query, told in (("", "2"), ("?edition=1", "1"), ("?on=2026-01-01", "2&amp;on=2026-01-01")):
            with self.subTest(query):
                page = read(self.client, f"/bodies/{query}")
                assert f'class="permanent" href="/bodies/?edition={told}"' in page

    def test_of_the_foot_cite_title_edition_day_digest_and_address(self) -> None:
        for query, number in (("", 2), ("?edition=1", 1)):
            with self.subTest(query):
                page = read(self.client, f"/bodies/{query}")
                (line,) = re.findall(r'<div class="cite"><p>(.*?)</p>', page)
                edition = Edition.objects.get(pk=number)
                assert visible(line) == (
                    f"Cite this page Azm, “Responsible bodies”, edition {number} of"
                    f" {date_long(edition.published_at)}, sha256:{edition.digest},"
                    f" http://testserver/bodies/?edition={number}"
                )
                assert links(line)[0].startswith(f"/editions/{number}/")


class TestBanner(Worlds):
    def test_stands_on_every_page_of_a_past_edition(self) -> None:
        for page in self.pages():
            with self.subTest(page):
                past = read(self.client, f"{page}?edition=1")
                assert past.count('class="band past"') == 1
                assert "Edition 1. You are reading this page as it stood on" in visible(past)
                assert f'<a href="{page}">Read it in edition 2</a>' in past

    def test_does_not_stand_in_the_newest_one(self) -> None:
        for page in self.pages():
            assert 'class="band past"' not in read(self.client, page)
        assert 'class="band past"' not in read(self.client, "/?edition=2")

    def test_keeps_the_filters_on_the_way_to_the_newest(self) -> None:
        past = read(self.client, "/bodies/?kind=department&edition=1&sort=name")
        assert '<a href="/bodies/?kind=department&amp;sort=name">Read it in edition 2</a>' in past

    def test_speaks_urdu(self) -> None:
        assert 'class="band past"' in read(self.client, "/ur/bodies/?edition=1")


class TestWhatLeft(TestCase):
    def test_is_on_the_pages_of_its_own_edition_and_not_of_the_next(self) -> None:
        series = make_series()
        wrong = make_snapshot(series=series, value=111222)
        publish_all(wrong, make_policy(code="nisp-2023-2028"))
        publish_all(make_snapshot(series=series, value=333444, replaces=wrong, reason="Mistyped."))
        places = ["/snapshots/", "/snapshots.csv", series.indicator.get_absolute_url(), "/provinces/pk-kp/",
                  wrong.citation.source.get_absolute_url()]  # fmt: skip
        for place in places:
            with self.subTest(place):
                then, now = read(self.client, f"{place}?edition=1"), read(self.client, place)
                now = now.partition('id="history"')[0]  # which tells what was replaced
                assert ("111,222" in then or "111222" in then) is True
                assert "333,444" not in then.replace("333444", "333,444")
                assert "111,222" not in now.replace("111222", "111,222")
                assert ("333,444" in now or "333444" in now) is (place != wrong.citation.source.get_absolute_url())

    def test_of_an_update_leaves_the_action_the_body_and_the_list(self) -> None:
        body = make_body()
        wrong = make_update(body=body, account="It is entirely done.")
        publish_all(wrong)
        publish_all(
            make_update(body=body, action=wrong.action, account="It has begun.", replaces=wrong, reason="Misread.")
        )
        for place in (body.get_absolute_url(), wrong.action.get_absolute_url(), "/updates.csv", "/search/?q=entirely"):
            with self.subTest(place):
                joint = "&" if "?" in place else "?"
                assert "It is entirely done." in visible(read(self.client, f"{place}{joint}edition=1"))
                assert "It is entirely done." not in visible(read(self.client, place))


class TestWhatIsNotYetThere(TestCase):
    def test_is_not_found_by_its_code_in_an_earlier_edition(self) -> None:
        publish_all(make_source())
        world = make_body(code="later"), make_policy(code="later"), make_source(code="later")
        publish_all(*world)
        for row in world:
            with self.subTest(row._meta.model_name):
                assert self.client.get(row.get_absolute_url()).status_code == 200
                early = self.client.get(f"{row.get_absolute_url()}?edition=1")
                assert early.status_code == 404
                assert f'<a href="{row.get_absolute_url()}">Look in the newest edition</a>' in early.text
                assert "It entered the ledger in edition 2." in visible(early.text)

    def test_is_no_choice_of_a_filter_in_an_earlier_edition(self) -> None:
        publish_all(make_body(code="early"))
        publish_all(make_body(code="later", name="A later body"))
        assert "A later body" not in read(self.client, "/bodies/?edition=1")
        assert self.client.get("/bodies.csv?edition=1&parent=later").status_code == 400
        assert self.client.get("/bodies.csv?parent=later").status_code == 200


class TestDrafts(TestCase):
    """What is not published stands on no page, in no file, in no search and in no count."""

    MARK: ClassVar = "Xylophone"

    def marked(self, model: Any, **anchors: Any) -> models.Model:
        """A draft of the model whose every text holds the mark, hanging on what is published."""
        row = build(model, **{name: row for name, row in anchors.items() if self.has(model, name)})
        for field in model._meta.fields:
            plain = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            if plain and field.name not in ("code", "number", "stage", "url") and getattr(row, field.name):
                setattr(row, field.name, self.MARK)
        row.save()
        return row

    @staticmethod
    def has(model: Any, name: str) -> bool:
        return any(field.name == name for field in model._meta.fields)

    def test_are_nowhere(self) -> None:
        world = World.make(1)
        known = Series.objects.get(indicator=world.indicator, area=world.area)
        places = [*plain_pages(), *world.details(), *files(), "/search/?q=xylophone", "/search/?q=anchor"]
        before = {place: read(self.client, place) for place in places}
        everything = {
            "policy": world.policy, "action": world.action, "body": world.body, "indicator": world.indicator,
            "source": world.source, "series": known, "area": world.area, "citation": world.action.citation,
            "parent": world.body, "predecessor": world.policy, "objective": world.action.objective,
        }  # fmt: skip
        for model in publishable_models():
            anchors = dict(everything)
            if model._meta.model_name in ("lineageclaim", "measure"):
                del anchors["policy"]
            self.marked(model, **anchors)
        for place in places:
            with self.subTest(place):
                after = read(self.client, place)
                assert self.MARK not in after
                assert after == before[place]

    def test_have_no_page(self) -> None:
        publish_all(make_source())
        for model in publishable_models():
            if hasattr(model, "get_absolute_url"):
                row = make(model)
                with self.subTest(model._meta.model_name):
                    address, _, anchor = row.get_absolute_url().partition("#")
                    assert self.client.get(address).status_code == 404 or anchor


class TestClerks(TestCase):
    """No clerk's name stands on any public page or in any public file."""

    def test_are_named_nowhere(self) -> None:
        clerk = make_user("zubeida-clerk", first_name="Zubeida", last_name="Qureshi", email="zubeida@example.org")
        boss = make_user("yasmin-boss", first_name="Yasmin", last_name="Haider", email="yasmin@example.org")
        world = World.make(1)
        mine: list[Any] = [
            make_body(entered_by=clerk),
            make_milestone(entered_by=clerk),
            make_snapshot(entered_by=clerk),
        ]
        publish_all(*mine, by=boss, summary="By two people.")
        places = [*plain_pages(), *world.details(), *files(), "/editions/2/", "/editions/edition-2.sha256",
                  "/search/?q=zubeida", "/search/?q=yasmin", *(row.get_absolute_url() for row in mine)]  # fmt: skip
        for place in [*places, "/ur/editions/2/", "/ur/snapshots/"]:
            page = visible(read(self.client, place)).lower().partition("cite this page")[0]  # it repeats the search
            for name in ("zubeida", "qureshi", "yasmin", "haider", "example.org"):
                with self.subTest(place=place, name=name):
                    assert name not in page

    def test_are_no_column_of_any_table_of_editions(self) -> None:
        publish_all(make_source())
        assert [cell for cell in rows(read(self.client, "/editions/"))[0] if "by" in cell.split()] == []
