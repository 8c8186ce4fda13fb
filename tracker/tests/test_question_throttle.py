"""How questions are slowed down, and that nothing of who asks is kept for it."""

import base64
import hashlib
import http.client
import ipaddress
import logging
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.db import connection, connections
from django.test import LiveServerTestCase, TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from tracker.challenges import throttle
from tracker.models import Challenge, ThrottleCount, ThrottleKey
from tracker.tests import desk
from tracker.tests.database import contents, tables_with
from tracker.tests.factories import make_action, publish_all
from tracker.tests.pages import visible
from tracker.tests.questions import FORM, WORDS, ask, at_once, send, stored, ticket_in, ticket_on

PAGE = "/actions/promise/question/"
HERE, THERE = "203.0.113.77", "198.51.100.9"
NOON = datetime(2026, 11, 22, 12, 10, tzinfo=ZoneInfo("Asia/Karachi"))


class Throttled(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(make_action(code="promise"))

    def setUp(self) -> None:
        self.clock = self.enterContext(time_machine.travel(NOON, tick=False))
        self.asked = 0

    def ask(self, address: str = HERE, **more: Any) -> int:
        """The answer to another question from this address."""
        self.asked += 1
        status: int = ask(self.client, PAGE, f"{WORDS} ({self.asked})", REMOTE_ADDR=address, **more).status_code
        return status

    def ask_from(self, *addresses: str) -> list[int]:
        return [self.ask(address) for address in addresses]


@override_settings(AZM_QUESTION_LIMITS=[2, 100, 100])
class TestOneNetwork(Throttled):
    def test_is_refused_when_it_has_asked_enough_within_the_hour(self) -> None:
        assert self.ask_from(HERE, HERE, HERE, THERE, HERE) == [303, 303, 429, 303, 429]
        assert len(stored()) == 3

    def test_is_told_when_and_given_its_words_back(self) -> None:
        self.ask_from(HERE, HERE)
        for prefix, sentence in (("", "again after 13:00, Pakistan time."), ("/ur", "13:00")):
            answer = ask(self.client, prefix + PAGE, "These words were long to write.", REMOTE_ADDR=HERE)
            assert (answer.status_code, answer["Retry-After"]) == (429, str(50 * 60 + 1))
            assert "no-store" in answer["Cache-Control"]
            assert sentence in visible(answer.text)
            assert ">\nThese words were long to write.</textarea>" in answer.text
        self.clock.shift(timedelta(minutes=51))
        with at_once():
            again = send(self.client, PAGE, ticket_on(answer), "These words were long to write.", REMOTE_ADDR=HERE)
        assert again.status_code == 303

    def test_may_ask_again_in_the_next_hour_however_often_it_was_refused(self) -> None:
        assert self.ask_from(*[HERE] * 6) == [303, 303, 429, 429, 429, 429]
        self.clock.shift(timedelta(minutes=50))
        assert self.ask_from(HERE, HERE, HERE) == [303, 303, 429]

    def test_of_ipv6_is_a_whole_64(self) -> None:
        one, same, other = "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"
        assert self.ask_from(one, same, one, other) == [303, 303, 429, 303]

    def test_is_the_same_in_both_spellings_of_ipv4(self) -> None:
        assert self.ask_from(HERE, f"::ffff:{HERE}", HERE) == [303, 303, 429]

    def test_behind_a_proxy_is_what_the_proxy_wrote(self) -> None:
        with override_settings(AZM_BEHIND_PROXY=True):
            forged = {"headers": {"x-forwarded-for": f"192.0.2.1, {HERE}"}}
            other = {"headers": {"x-forwarded-for": f"{HERE}, {THERE}"}}
            answers = [self.ask("10.0.0.1", **headers) for headers in (forged, forged, forged, other)]
        assert answers == [303, 303, 429, 303]

    def test_cannot_pretend_to_be_another_where_there_is_no_proxy(self) -> None:
        answers = [self.ask(headers={"x-forwarded-for": f"192.0.2.{n}"}) for n in range(3)]
        assert answers == [303, 303, 429]

    def test_of_unreadable_addresses_is_one(self) -> None:
        assert self.ask_from("", "unix:", "999.1.1.1") == [303, 303, 429]

    def test_is_not_counted_for_what_was_not_taken(self) -> None:
        ask(self.client, PAGE, "short", REMOTE_ADDR=HERE)
        ask(self.client, PAGE, "A question in a trap.", homepage="x", REMOTE_ADDR=HERE)
        with at_once():
            ticket = ticket_on(self.client.get(PAGE))
            twice = [send(self.client, PAGE, ticket, REMOTE_ADDR=HERE).status_code for _ in range(4)]
        same_words = ask(self.client, PAGE, WORDS, REMOTE_ADDR=HERE).status_code
        assert (twice, same_words) == ([303] * 4, 303)
        assert self.ask_from(HERE, HERE) == [303, 429]

    def test_that_clicks_twice_with_its_last_question_is_thanked_twice(self) -> None:
        self.ask(HERE)
        with at_once():
            ticket = ticket_on(self.client.get(PAGE))
            assert [send(self.client, PAGE, ticket, REMOTE_ADDR=HERE).status_code for _ in range(2)] == [303, 303]
        assert self.ask(HERE) == 429


class TestAllTogether(Throttled):
    @override_settings(AZM_QUESTION_LIMITS=[2, 3, 100])
    def test_neighbours_have_a_wider_limit(self) -> None:
        addresses = ["203.0.113.1", "203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.114.1"]
        assert self.ask_from(*addresses) == [303, 303, 303, 429, 303]
        six = ["2001:db8:7:1::1", "2001:db8:7:2::1", "2001:db8:7:3::1", "2001:db8:7:4::1", "2001:db8:8::1"]
        assert self.ask_from(*six) == [303, 303, 303, 429, 303]

    @override_settings(AZM_QUESTION_LIMITS=[2, 3, 4])
    def test_there_is_a_ceiling_for_everybody(self) -> None:
        assert self.ask_from(*(f"10.{n}.0.1" for n in range(6))) == [303] * 4 + [429] * 2
        self.clock.shift(timedelta(hours=1))
        assert self.ask(THERE) == 303

    @override_settings(AZM_QUESTION_LIMITS=[2, 3, 4])
    def test_who_is_refused_uses_up_nobody_elses_share(self) -> None:
        self.ask_from(HERE, HERE, *[HERE] * 5)
        assert self.ask_from(THERE, THERE) == [303, 303]

    def test_the_limits_as_they_are_set_grow_outwards(self) -> None:
        own, around, everywhere = settings.AZM_QUESTION_LIMITS
        assert 1 <= own < around < everywhere


class TestForgetting(Throttled):
    def test_counts_go_with_their_hour_and_keys_with_their_day(self) -> None:
        self.ask()
        assert (ThrottleCount.objects.count(), ThrottleKey.objects.count()) == (3, 1)
        self.clock.shift(timedelta(hours=1))
        self.client.get(PAGE)
        assert (ThrottleCount.objects.count(), ThrottleKey.objects.count()) == (0, 1)
        self.clock.shift(timedelta(hours=12))
        self.client.get(PAGE)
        assert (ThrottleCount.objects.count(), ThrottleKey.objects.count()) == (0, 0)

    def test_they_go_when_a_moderator_looks_too(self) -> None:
        self.ask()
        self.clock.shift(timedelta(days=1))
        desk.signed_in(desk.reviewing()).get(desk.address(Challenge, "changelist"))
        assert (ThrottleCount.objects.count(), ThrottleKey.objects.count()) == (0, 0)

    def test_a_network_has_another_mark_in_every_hour_and_every_day(self) -> None:
        seen = {mark for _ in range(30) for mark in self.shifted_marks()}
        assert len(seen) == 30 * 3

    def shifted_marks(self) -> list[str]:
        self.clock.shift(timedelta(hours=1))
        return throttle.marks(HERE)

    def test_a_mark_is_worth_nothing_without_the_key_of_the_day_or_the_secret_of_the_site(self) -> None:
        marks = throttle.marks(HERE)
        assert throttle.marks(HERE) == marks
        with override_settings(SECRET_KEY="another"):
            assert not set(throttle.marks(HERE)) & set(marks)
        ThrottleKey.objects.all().delete()
        assert not set(throttle.marks(HERE)) & set(marks)

    def test_the_database_writes_them_to_no_log_of_its_own(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relname LIKE 'tracker_%'")
            tables = {name for (name,) in cursor.fetchall()}
        assert {"tracker_throttlecount", "tracker_throttlekey"} <= tables

    def test_nothing_leads_from_a_question_to_its_count(self) -> None:
        self.ask()
        (row,), counts = stored(), ThrottleCount.objects.values_list("mark", flat=True)
        values = {str(getattr(row, field.attname)) for field in row._meta.concrete_fields}
        assert not values & {*counts, *ThrottleKey.objects.values_list("salt", flat=True)}


def spellings(address: str) -> Iterator[str]:
    """The address and its networks, in every notation, and their plain hashes."""
    found = ipaddress.ip_address(address)
    lengths = (32, 24, 16) if found.version == 4 else (128, 64, 56, 48)
    texts = {address, found.exploded, found.compressed, str(int(found)), found.packed.hex()}
    for length in lengths:
        network = ipaddress.ip_network((found.packed, length), strict=False)
        texts |= {str(network), str(network.network_address), network.exploded, network.network_address.exploded}
    texts |= {address.rpartition(".")[0], address.rpartition(":")[0]} - {""}
    yield from texts
    for raw in (found.packed, *(text.encode() for text in texts)):
        for algorithm in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "blake2s", "sha3_256"):
            digest = hashlib.new(algorithm, raw).digest()
            yield from (digest.hex(), digest.hex()[:32], base64.b64encode(digest).decode().rstrip("="))


@override_settings(AZM_QUESTION_LIMITS=[1, 100, 100], AZM_BEHIND_PROXY=True)
class TestNothingIsKept(Throttled):
    """Of an address that no date, digest or code in a table could hold by chance."""

    def test_of_the_address_in_any_table_any_log_line_or_any_query(self) -> None:
        for address in ("203.0.113.77", "2001:db8:77aa:99bb:ccdd:eeff:1122:3344"):
            with self.subTest(address):
                lines = Lines()
                with lines.listening(), CaptureQueriesContext(connection) as captured:
                    assert self.ask("10.11.12.13", headers={"x-forwarded-for": address}) == 303
                    assert self.ask("10.11.12.13", headers={"x-forwarded-for": address}) == 429
                    ask(self.client, PAGE, "short", headers={"x-forwarded-for": address})
                    ask(self.client, PAGE, headers={"x-forwarded-for": address, "origin": "https://evil.example"})
                    self.client.get("/actions/nowhere/question/", headers={"x-forwarded-for": address})
                said = "\n".join([*lines.said, *(query["sql"] for query in captured)])
                assert "INSERT INTO" in said  # of the queries; and of the log:
                assert any("/actions/nowhere/question/" in line for line in lines.said)
                stored_by_table = contents()
                assert WORDS in stored_by_table["tracker_challenge"]
                for spelling in spellings(address):
                    assert spelling not in said
                    for table, text in stored_by_table.items():
                        assert spelling not in text, (spelling, table)

    def test_could_not_be_there_unseen(self) -> None:
        make_action(code="noticed", wording=f"seen: {HERE}")
        assert tables_with(HERE) == {"tracker_policyaction"}


class Lines(logging.Handler):
    """Every line that is logged, however unimportant."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{self.format(record)} {record.__dict__}")

    def listening(self) -> Any:
        return _Listening(self)


class _Listening:
    """Opens every logger for a while; what they are set to otherwise comes back."""

    def __init__(self, handler: logging.Handler) -> None:
        self.handler = handler

    def __enter__(self) -> None:
        known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
        self.before = [(logger, logger.level, logger.propagate) for logger in [logging.root, *known]]
        for logger, _level, _propagate in self.before:
            logger.setLevel(logging.DEBUG)
            logger.propagate = True
        logging.root.addHandler(self.handler)

    def __exit__(self, *error: Any) -> None:
        logging.root.removeHandler(self.handler)
        for logger, level, propagate in self.before:
            logger.setLevel(level)
            logger.propagate = propagate


@override_settings(AZM_QUESTION_LIMITS=[3, 5, 9], AZM_BEHIND_PROXY=True)
class TestRealRequests(LiveServerTestCase):
    """Over HTTP, many at once, each with a connection of its own to the database."""

    def setUp(self) -> None:
        publish_all(make_action(code="promise"))
        self.enterContext(at_once())

    def request(self, method: str, body: str = "", **headers: str) -> tuple[int, str, dict[str, str]]:
        server = http.client.HTTPConnection(self.server_thread.host, self.server_thread.port, timeout=30)
        try:
            server.request(method, PAGE, body.encode() or None, headers)
            answer = server.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            server.close()

    def ticket(self) -> str:
        return ticket_in(self.request("GET")[1])

    def post(self, ticket: str, text: str, address: str) -> tuple[int, str, dict[str, str]]:
        origin = f"http://{self.server_thread.host}:{self.server_thread.port}"
        headers = {"Content-Type": FORM, "X-Forwarded-For": address, "Origin": origin}
        return self.request("POST", urlencode({"text": text, "ticket": ticket}), **headers)

    def at_the_same_time(self, calls: list[tuple[str, str, str]]) -> list[int]:
        answers: list[int] = []
        together = threading.Barrier(len(calls))

        def call(*arguments: str) -> None:
            together.wait()
            answers.append(self.post(*arguments)[0])

        threads = [threading.Thread(target=call, args=arguments) for arguments in calls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        connections.close_all()
        return sorted(answers)

    def test_are_counted_exactly_when_they_come_at_once(self) -> None:
        calls = [(self.ticket(), f"{WORDS} ({n})", HERE) for n in range(12)]
        assert self.at_the_same_time(calls) == [303] * 3 + [429] * 9
        assert Challenge.objects.count() == 3
        neighbours = [(self.ticket(), f"{WORDS} (n{n})", f"203.0.113.{n}") for n in range(8)]
        assert self.at_the_same_time(neighbours) == [303] * 2 + [429] * 6
        others = [(self.ticket(), f"{WORDS} (o{n})", f"10.{n}.0.1") for n in range(8)]
        assert self.at_the_same_time(others) == [303] * 4 + [429] * 4

    def test_of_one_form_are_kept_once(self) -> None:
        ticket = self.ticket()
        assert self.at_the_same_time([(ticket, WORDS, HERE)] * 8) == [303] * 8
        assert Challenge.objects.count() == 1
        assert set(ThrottleCount.objects.values_list("count", flat=True)) == {1}

    def test_of_the_same_words_are_kept_once(self) -> None:
        assert self.at_the_same_time([(self.ticket(), WORDS, f"10.{n}.0.1") for n in range(8)]) == [303] * 8
        assert Challenge.objects.count() == 1

    def test_are_answered_by_headers_that_say_what_to_do(self) -> None:
        for _ in range(3):
            status, _page, headers = self.post(self.ticket(), f"{WORDS} {_}", HERE)
            assert (status, headers["Location"]) == (303, f"{PAGE}received/")
        status, page, headers = self.post(self.ticket(), "One more question, please.", HERE)
        assert status == 429
        assert 1 <= int(headers["Retry-After"]) <= 3601
        assert "Set-Cookie" not in headers
        assert "Too many questions came within this hour" in visible(page)
