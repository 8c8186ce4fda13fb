"""The method in words, taken from the code itself, so that the page about it cannot disagree with it.

A module that judges adds its part with `method.part(...)`: a title, and entries that are made of docstrings and of
examples computed in the reading. The rules are added by the page, after these parts.
"""

import inspect
from collections.abc import Callable, Iterable
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
    example: list[str] = field(default_factory=list)
    url: str = ""
    """The page of what the example is about."""


@dataclass(frozen=True)
class Part:
    """A section of the page; `entries` are made in the reading of the page, in its language."""

    code: str
    title: Any
    note: Any
    entries: Callable[[Reading], Iterable[Entry]]


PARTS: list[Part] = []


def part(code: str, title: Any, note: Any = "") -> Callable[[Callable[[Reading], Iterable[Entry]]], Any]:
    """A decorator: the function makes the entries of a part of this title."""

    def added(entries: Callable[[Reading], Iterable[Entry]]) -> Callable[[Reading], Iterable[Entry]]:
        PARTS.append(Part(code, title, note, entries))
        return entries

    return added


def paragraphs(documented: Any) -> list[str]:
    """The docstring, a paragraph each, in the language of the page where the catalogue has it."""
    return [_(text) for text in untranslated(documented)]


def untranslated(documented: Any) -> list[str]:
    text = inspect.cleandoc(documented.__doc__ or "")
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]
