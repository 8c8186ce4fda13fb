"""`manage.py assess`: the judgements of an edition and a day, as text and as JSON; the whole output is compared."""

import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import SimpleTestCase, TestCase
from django.test.utils import CaptureQueriesContext

from azm.lib import terminal
from azm.lib.partialdates import PartialDate
from tracker.assessment.account import decimal, share
from tracker.assessment.schedule import State
from tracker.assessment.sensitivity import unwritten
from tracker.models import Edition
from tracker.tests.factories import make_answer, make_body, make_duty, publish_all

EXPECTED = Path(__file__).parent / "expected"
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Asia/Karachi"))


def assess(**options: Any) -> str:
    said = io.StringIO()
    call_command("assess", stdout=said, **options)
    return said.getvalue()


def as_json(**options: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(assess(format="json", **options))
    return found


@time_machine.travel(NOON, tick=False)
class OfTheRecord(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_record", verbosity=0, stdout=io.StringIO())


class TestText(OfTheRecord):
    def expected(self, name: str) -> str:
        return (EXPECTED / name).read_text(encoding="utf-8")

    def test_of_the_editions_of_the_record_is_exactly(self) -> None:
        for edition in ("1", "2"):
            with self.subTest(edition):
                assert assess(edition=edition) == self.expected(f"assess-{edition}.txt")

    def test_in_urdu_is_exactly(self) -> None:
        assert assess(edition="1", language="ur") == self.expected("assess-1-ur.txt")

    def test_has_no_line_longer_than_a_terminal(self) -> None:
        for language in ("en", "ur"):
            lines = assess(language=language, sensitivity=True, verbosity=2).splitlines()
            assert max(map(terminal.width, lines)) <= terminal.WIDTH

    def test_has_no_colour_but_in_a_terminal(self) -> None:
        assert "\x1b" not in assess()
        assert "\x1b" in assess(force_color=True)

    def test_reads_the_newest_edition_on_this_day(self) -> None:
        assert "Edition 2 of 22 November 2026, judged on 22 November 2026." in assess()

    def test_of_another_policy_tells_the_findings_on_that_policy_alone(self) -> None:
        told = assess(policy="nap-2014")
        assert "National Action Plan" in told
        assert "azm-5.1" not in told
        found = as_json(policy="nap-2014")
        codes = {action["code"] for action in found["actions"]}
        assert {f["subject"] for f in found["findings"] if f["kind"] == "policyaction"} <= codes
        assert 0 < len(found["findings"]) < len(as_json()["findings"])


class TestJSON(OfTheRecord):
    def test_of_the_editions_of_the_record_is_exactly(self) -> None:
        for edition in ("1", "2"):
            with self.subTest(edition):
                found = as_json(edition=edition)
                assert found["edition"].pop("digest") == Edition.objects.get(pk=edition).digest
                assert found == json.loads((EXPECTED / f"assess-{edition}.json").read_text(encoding="utf-8"))

    def test_has_the_keys_that_are_documented(self) -> None:
        documented = (settings.BASE_DIR / "docs" / "assess.md").read_text(encoding="utf-8")
        rows = [line.split("|")[1] for line in documented.splitlines() if line.startswith("| `")]
        names = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
        promised = {part.removesuffix("[]") for name in names for part in name.split(".") if part}
        publish_all(
            make_duty(starts=PartialDate.parse("2024")),
            make_answer(rule="share-against-counts", subject_kind="metricsnapshot", subject_code="dunya-16"),
        )  # fmt: skip
        given = set(_keys(as_json(sensitivity=True)))
        by_report = {"status", "channel"}  # no report on a commitment is on record yet
        assert given <= promised | set(State.values)
        assert promised - by_report <= given

    def test_counts_add_up(self) -> None:
        found = as_json()
        programme = found["programme"]
        total = programme["commitments"]
        assert sum(programme["states"].values()) == sum(programme["states_now"].values()) == total == 11
        assert list(programme["states"]) == State.values
        assert sum(programme["series"].values()) == len(found["distances"]) == 1
        for link, count in programme["chain"].items():
            assert count == sum(action["links"][link] for action in found["actions"])

    def test_gives_no_verdict_on_what_is_never_scored_and_none_without_a_plan(self) -> None:
        found = as_json()
        assert {action["state"] for action in found["actions"]} == {"cannot-say", "not-scored"}
        assert all(action["reason"] for action in found["actions"])
        assert {distance["share"] for distance in found["distances"]} == {"0.509375"}

    def test_tells_what_is_not_known_as_null(self) -> None:
        action = as_json()["actions"][0]
        assert (action["evidenced"], action["self_reported"], action["planned"]) == (None, None, None)

    def test_is_in_urdu_where_there_is_urdu(self) -> None:
        found = as_json(language="ur")
        assert re.search("[ء-ے]", found["findings"][0]["sentence"])
        assert found["findings"][0]["rule"] == "share-against-counts"

    def test_tells_the_answers_of_bodies(self) -> None:
        body = make_body(code="board")
        publish_all(
            make_answer(rule="share-against-counts", subject_kind="metricsnapshot", subject_code="dunya-16",
                        body=body, words="We counted again."),
        )  # fmt: skip
        finding = next(f for f in as_json()["findings"] if f["subject"] == "dunya-16")
        assert [(answer["body"], answer["words"]) for answer in finding["answers"]] == [("board", "We counted again.")]


class TestSilences(OfTheRecord):
    def test_are_none_on_the_record(self) -> None:
        assert as_json()["silences"] == []
        assert "Nobody who has to report has been silent too long." in assess()

    def test_are_of_duties_that_are_overdue_beyond_grace(self) -> None:
        body = make_body(code="board", name="Board")
        due = PartialDate.parse("2025-01-01")
        publish_all(make_duty(code="board.duty", body=body, starts=due, interval_months=6, policy=None))
        (silence,) = as_json()["silences"]
        sentence = silence.pop("sentence")
        assert silence == {
            "duty": "board.duty", "body": "board", "policy": "", "interval_months": 6, "heard": "",
            "due": "2025-07-01", "days": 509,
        }  # fmt: skip
        assert sentence == (
            "Board has to report every 6 months. A report was due on 1 July 2025; 509 days have passed."
            " No report by it is on record."
        )
        assert sentence in " ".join(assess().split())
        assert as_json(policy="nap-2014")["silences"] == []
        assert as_json(on="2025-09-29")["silences"] == []  # 90 days of grace
        assert len(as_json(on="2025-09-30")["silences"]) == 1


class TestWhatIsAsked(OfTheRecord):
    def test_is_refused_in_a_sentence(self) -> None:
        for options, sentence in (
            ({"edition": "9"}, "There is no edition “9”. Editions are numbered from 1 to 2."),
            ({"edition": "two"}, "There is no edition “two”"),
            ({"on": "yesterday"}, "is a day such as 2026-11-22"),
            ({"on": "2026-02-30"}, "is a day such as 2026-11-22"),
            ({"on": "2026-11-23"}, "and not after today"),
            ({"policy": "nap"}, "Edition 2 has no policy “nap”. It has: "),
            ({"edition": "1", "policy": "nap-2014"}, "Edition 1 has no policy “nap-2014”."),
        ):
            with self.subTest(options), pytest.raises(CommandError, match=re.escape(sentence)):
                assess(**options)

    def test_is_one_of_the_formats_and_languages(self) -> None:
        for word in ("--format=xml", "--language=fr"):
            with self.subTest(word), pytest.raises(CommandError, match="invalid choice"):
                call_command("assess", word)

    def test_is_asked_in_a_constant_number_of_queries(self) -> None:
        assess()
        with CaptureQueriesContext(connection) as few:
            assess(edition="1")
        with CaptureQueriesContext(connection) as many:
            assess(edition="2")
        assert len(many) <= len(few) + 12  # a rule that finds something asks for the rows it speaks of

    def test_may_not_write(self) -> None:
        with pytest.raises(DatabaseError, match="read-only"), unwritten(), connection.cursor() as cursor:
            cursor.execute("UPDATE tracker_source SET version = version")
        with transaction.atomic(), connection.cursor() as cursor:  # and may again afterwards
            cursor.execute("UPDATE tracker_source SET version = version WHERE edition_id IS NULL")


class TestBeforeThereIsAnything(TestCase):
    def test_says_so(self) -> None:
        with pytest.raises(CommandError, match="Nothing is published yet"):
            assess()


class TestThePipe(SimpleTestCase):
    def test_may_end_before_the_text_does(self) -> None:
        """As `| head -1` does: no traceback."""
        program = (
            "import django; django.setup(); from tracker.management.commands.assess import Command;"
            " Command().print('line\\n' * 100_000)"
        )
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "azm.settings"}
        with subprocess.Popen(
            [sys.executable, "-c", program], cwd=settings.BASE_DIR, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == ""
            assert process.wait() == 0


class TestDecimals(SimpleTestCase):
    def test_are_exact_and_plain(self) -> None:
        assert decimal(Decimal("32000.000000")) == "32000"
        assert decimal(Decimal("0.10")) == "0.1"
        assert decimal(Decimal("0.000")) == "0"
        assert decimal(None) is None

    def test_of_shares_have_six_places(self) -> None:
        assert share(Decimal(1) / 3) == "0.333333"
        assert share(Decimal(0)) == "0"
        assert share(None) is None


class TestTables(SimpleTestCase):
    def test_end_numbers_where_their_column_ends(self) -> None:
        assert list(terminal.table([("a", 5, "of 11"), ("bcd", 11, "of 11")])) == [
            "  a     5  of 11",
            "  bcd  11  of 11",
        ]

    def test_wrap_the_last_column(self) -> None:
        first, *others = terminal.table([("a", "word " * 40)])
        assert first.startswith("  a  word")
        assert len(others) > 1
        assert all(line.startswith("     word") for line in others)

    def test_count_what_letters_take_up(self) -> None:
        assert terminal.width("پُر") == 2
        assert terminal.width("\N{LEFT-TO-RIGHT ISOLATE}12\N{POP DIRECTIONAL ISOLATE}") == 2
        assert terminal.width("日本") == 4


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)
