"""What every section of a briefing is made from, and what it is made of: groups of lines, each with its notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from tracker.assessment.reading import Reading
from tracker.publishing.compare import Between, judged_on
from tracker.views.briefings.notes import Note, Notes
from tracker.views.briefings.subjects import Subject
from tracker.views.commitments import Commitment

SHOWN = 8
"""Lines of a group that a sheet has room for; the others are counted, with the address of all of them."""
FEW = 4
"""The same of what is told in passing."""


@dataclass(frozen=True)
class Point:
    """One line: what it is about, where that stands if it is judged, what is said, and the sources."""

    about: SafeString | str
    words: SafeString | str
    notes: list[Note]
    url: str = ""
    state: str = ""
    word: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one sort, how many there are in all, and where."""

    id: str
    title: Any
    points: list[Point] = field(default_factory=list)
    count: int = 0
    full: str = ""
    """The address of the whole list, as it is printed."""

    @property
    def left_out(self) -> int:
        return self.count - len(self.points)


@dataclass(frozen=True)
class Sheet:
    """A subject between two editions, read in the later one; `between` is None where none came before it."""

    request: HttpRequest
    reading: Reading
    subject: Subject
    between: Between | None
    gathered: list[Commitment]

    @cached_property
    def notes(self) -> Notes:
        return Notes(self.request, self.reading)

    @cached_property
    def actions(self) -> list[int]:
        return [commitment.action.pk for commitment in self.gathered]

    def group(
        self,
        id: str,
        title: Any,
        rows: Iterable[Any],
        told: Callable[[Any], Point],
        full: str,
        count: int | None = None,
        most: int = SHOWN,
    ) -> Group:
        """The first of the rows as lines. Only of those that are told the sources become notes."""
        rows = list(rows)
        count = len(rows) if count is None else count
        return Group(id, title, [told(row) for row in islice(rows, most)], count, self.printed(full))

    def remark(self, id: str, title: Any, words: SafeString | str) -> Group:
        """Where the absence of lines says something itself, which the edition stands for."""
        return Group(id, title, [Point("", words, [self.notes.edition(self.reading.edition)])], 1)

    def whole(self, name: str) -> str:
        """The address of a list that has all that the sheet names of it, narrowed to the subject where it can be."""
        if name == "actions" and self.subject.kind == "province":
            # Bodies are named for an area too, which the filter of the list does not know and its page does.
            return f"{self.subject.row.get_absolute_url()}#actions"
        filters = self.subject.filters.get(name, {})
        return f"{reverse(name)}?{urlencode(filters)}" if filters else reverse(name)

    def printed(self, url: str) -> str:
        """The whole address, in the edition and on the day of the sheet, as somebody would type it from paper."""
        address, hash_mark, fragment = url.partition("#")
        pinned: dict[str, Any] = {"edition": self.reading.edition.number}
        if self.reading.on != judged_on(self.reading.edition):
            pinned["on"] = self.reading.on.isoformat()
        joined = f"{address}{'&' if '?' in address else '?'}{urlencode(pinned)}"
        return self.request.build_absolute_uri(f"{joined}{hash_mark}{fragment}")
