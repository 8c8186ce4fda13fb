"""The method in words, taken from the code itself, so that the page about it cannot disagree with it.

A module that judges adds its part with `method.part(...)`: a title, and entries that are made of docstrings and of
examples computed in the reading. The rules are added by the page, after these parts.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.assessment.reading import Reading


@dataclass(frozen=True)
class Entry:
    """One state, threshold, formula or rule: what it is called, what its docstring says, and a worked example."""

    code: str
    name: Any
    says: list[str]
    formula: str = ""
    example: Sequence[str] = ()
    url: str = ""
    """The page of what the example is about."""
    more: list[tuple[Any, str]] = field(default_factory=list)
    """How much it is true of, in words, and the address at which that can be read, if there is one."""
    absent: bool = False
    """Whether an example was looked for, and the edition has none."""


@dataclass(frozen=True)
class Part:
    """A section of the page; `entries` are made in the reading of the page, in its language."""

    code: str
    title: Any
    note: Any
    entries: Callable[[Any], Iterable[Entry]]


PARTS: list[Part] = []


def part(code: str, title: Any, note: Any = "") -> Callable[[Callable[[Any], Iterable[Entry]]], Any]:
    """A decorator: the function makes the entries of a part of this title."""

    def added(entries: Callable[[Any], Iterable[Entry]]) -> Callable[[Any], Iterable[Entry]]:
        PARTS.append(Part(code, title, note, entries))
        return entries

    return added


@dataclass(frozen=True)
class Example:
    """A judgement of the edition that is read, worked out again: its lines, and the page of what it is about."""

    lines: list[str]
    url: str = ""


type Finder = Callable[[Any], Example | None]


@dataclass(frozen=True)
class Formula:
    """One formula. The docstring of the function that finds its example is what the page says of it."""

    code: str
    name: Any
    arithmetic: Any
    find: Finder

    def entry(self, reading: Reading) -> Entry:
        found = self.find(reading)
        example = found or Example([])
        says = paragraphs(self.find)
        return Entry(self.code, self.name, says, str(self.arithmetic), example.lines, example.url, absent=found is None)


FORMULAS: dict[str, list[Formula]] = {}


def formula(part_code: str, code: str, name: Any, arithmetic: Any = "") -> Callable[[Finder], Finder]:
    """A decorator: the function finds an example of a formula of this part, or none."""

    def added(find: Finder) -> Finder:
        FORMULAS.setdefault(part_code, []).append(Formula(code, name, arithmetic, find))
        return find

    return added


def formulas(part_code: str, title: Any, note: Any = "") -> None:
    """A part that is made of formulas."""
    part(part_code, title, note)(lambda reading: [one.entry(reading) for one in FORMULAS[part_code]])


def paragraphs(documented: Any) -> list[str]:
    """The docstring, a paragraph each, in the language of the page where the catalogue has it."""
    return [_(text) for text in untranslated(documented)]


def untranslated(documented: Any) -> list[str]:
    text = inspect.cleandoc(documented.__doc__ or "")
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]
