"""The bytes of a calendar: line ends, folding and escaping of RFC 5545."""

from datetime import UTC, date, datetime, timedelta, timezone

from django.test import SimpleTestCase

from azm.lib.icalendar import Day, calendar, escaped, folded

STAMP = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)
EMPTY = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Azm//Ledger//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Days
X-WR-CALNAME:Days
DESCRIPTION:Of a test
X-WR-CALDESC:Of a test
BEGIN:VTIMEZONE
TZID:Asia/Karachi
BEGIN:STANDARD
DTSTART:20091101T000000
TZOFFSETFROM:+0500
TZOFFSETTO:+0500
TZNAME:PKT
END:STANDARD
END:VTIMEZONE
END:VCALENDAR
"""


def unfolded(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


class TestCalendar(SimpleTestCase):
    def test_of_nothing_still_has_a_component(self) -> None:
        assert calendar("Days", "Of a test", "en", STAMP, []) == EMPTY.replace(b"\n", b"\r\n")

    def test_tells_moments_in_utc_and_days_as_days(self) -> None:
        karachi = datetime(2026, 11, 22, 1, 0, tzinfo=timezone(timedelta(hours=5)))
        day = Day("u", date(2027, 6, 30), "s", "d", "https://example.org/", karachi, 2)
        lines = unfolded(calendar("n", "d", "ur", STAMP, [day]))
        start = lines.index("BEGIN:VEVENT")
        assert lines[start:-1] == [
            "BEGIN:VEVENT",
            "UID:u",
            "DTSTAMP:20261122T043000Z",
            "LAST-MODIFIED:20261121T200000Z",
            "SEQUENCE:2",
            "DTSTART;VALUE=DATE:20270630",
            "SUMMARY;LANGUAGE=ur:s",
            "DESCRIPTION;LANGUAGE=ur:d",
            "URL:https://example.org/",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]

    def test_has_the_properties_that_it_is_given(self) -> None:
        lines = unfolded(calendar("n", "d", "ur", STAMP, [], {"X-ONE": "a;b"}))
        assert lines.index(r"X-ONE:a\;b") < lines.index("BEGIN:VTIMEZONE")


class TestText(SimpleTestCase):
    def test_cannot_begin_a_line_of_its_own(self) -> None:
        for end in ("\n", "\r\n", "\r"):
            with self.subTest(end):
                assert escaped(f"a{end}END:VCALENDAR") == r"a\nEND:VCALENDAR"

    def test_has_its_separators_and_backslashes_escaped(self) -> None:
        assert escaped(r"a,b;c\n:d") == r"a\,b\;c\\n:d"

    def test_has_no_control_characters(self) -> None:
        assert escaped("a\x00b\x1bc\x7fd\te") == "a b c d\te"


class TestFolding(SimpleTestCase):
    def test_leaves_a_line_of_75_octets_whole(self) -> None:
        assert folded("x" * 75) == b"x" * 75 + b"\r\n"

    def test_goes_on_after_a_space(self) -> None:
        assert folded("x" * 76) == b"x" * 75 + b"\r\n x\r\n"
        assert folded("x" * 150) == b"x" * 75 + b"\r\n " + b"x" * 74 + b"\r\n x\r\n"

    def test_never_divides_a_character_and_loses_none(self) -> None:
        for text in ("عزمِ استحکام " * 20, "€" * 100, "a" + "😀" * 60):
            with self.subTest(text[:5]):
                data = folded(text)
                assert all(len(line) <= 75 for line in data.split(b"\r\n"))
                assert data.replace(b"\r\n ", b"").decode() == f"{text}\r\n"
                for line in data.split(b"\r\n"):
                    line.decode()
