"""What a specimen is: one component of the real templates, in one situation, with invented contents."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from azm.lib.templatetags.azm import plain
from tracker.drawing import drawn

type Contents = dict[str, Any]


@dataclass(frozen=True)
class Specimen:
    """`contents` is the context of the template, or makes it of the request, in the language of the page."""

    template: str
    says: Any
    """What it shows, in a few words."""
    contents: Contents | Callable[[HttpRequest], Contents]
    around: str = ""
    """The class of what stands around it on a page, where its style depends on that."""

    def context(self, request: HttpRequest) -> Contents:
        return self.contents(request) if callable(self.contents) else self.contents

    def drawn(self, request: HttpRequest) -> SafeString:
        markup = drawn(request, self.template, self.context(request))
        return format_html('<div class="{}">{}</div>', self.around, markup) if self.around else markup


class Picture(Specimen):
    """A file that stands alone and brings a style of its own, which must not reach this page."""

    def drawn(self, request: HttpRequest) -> SafeString:
        file = b64encode(super().drawn(request).encode()).decode()
        told = plain(self.context(request)["description"])
        return format_html('<img class="picture" src="data:image/svg+xml;base64,{}" alt="{}">', file, told)


@dataclass(frozen=True)
class Marks:
    """A mark in all its kinds, each beside its word, as in a legend."""

    template: str
    says: Any
    name: str
    """Of the variable that says which kind."""
    kinds: tuple[tuple[str, Any], ...]

    def drawn(self, request: HttpRequest) -> SafeString:
        told = ((drawn(request, self.template, {self.name: kind}), word) for kind, word in self.kinds)
        return format_html('<ul class="legend">{}</ul>', format_html_join("", "<li>{}<span>{}</span></li>", told))


@dataclass(frozen=True)
class Group:
    code: str
    title: Any
    specimens: tuple[Specimen | Marks, ...]
