"""iCalendar (RFC 5545) for days on which something is due: all-day events and nothing else.

Lines end with CRLF and are folded at 75 octets, never inside a character.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

LINE = 75  # octets, without the line end
SPECIAL = re.compile(r"([\\;,])")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # but tab and line feed
# A calendar without any component is not valid, and one without any event is a fact worth serving.
ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Karachi",
    "BEGIN:STANDARD",
    "DTSTART:20091101T000000",
    "TZOFFSETFROM:+0500",
    "TZOFFSETTO:+0500",
    "TZNAME:PKT",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Day:
    """Something on one day. `sequence` counts how often it was moved."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    modified: datetime
    sequence: int = 0


def calendar(
    name: str,
    description: str,
    language: str,
    stamp: datetime,
    days: Iterable[Day],
    further: Mapping[str, str] | None = None,
) -> bytes:
    """The file; `stamp` is the moment that it tells of, so that the same days give the same bytes.

    `further` are properties of the whole whose names begin with X-.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Azm//Ledger//{language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"DESCRIPTION:{escaped(description)}",
        f"X-WR-CALDESC:{escaped(description)}",
        *(f"{key}:{escaped(value)}" for key, value in (further or {}).items()),
        *ZONE,
        *(line for day in days for line in _event(day, language, stamp)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(day: Day, language: str, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.uid}"
    yield f"DTSTAMP:{_moment(stamp)}"
    yield f"LAST-MODIFIED:{_moment(day.modified)}"
    yield f"SEQUENCE:{day.sequence}"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{escaped(day.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{escaped(day.description)}"
    yield f"URL:{day.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A value of type TEXT."""
    text = UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return SPECIAL.sub(r"\\\1", text).replace("\n", r"\n")


def folded(line: str) -> bytes:
    """The line and its end; what is longer than 75 octets goes on after a line end and a space."""
    pieces, size = [b""], 0
    for character in line:
        octets = character.encode()
        if size + len(octets) > LINE:
            pieces.append(b" ")
            size = 1
        pieces[-1] += octets
        size += len(octets)
    return b"\r\n".join(pieces) + b"\r\n"
