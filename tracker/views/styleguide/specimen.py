"""What a specimen is: one component of the real templates, in one situation, with invented contents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

type Contents = dict[str, Any]


@dataclass(frozen=True)
class Specimen:
    """`contents` is the context of the template, or makes it of the request, in the language of the page."""

    template: str
    says: Any
    """What it shows, in a few words."""
    contents: Contents | Callable[[HttpRequest], Contents]

    def context(self, request: HttpRequest) -> Contents:
        return self.contents(request) if callable(self.contents) else self.contents


@dataclass(frozen=True)
class Group:
    code: str
    title: Any
    specimens: tuple[Specimen, ...]
