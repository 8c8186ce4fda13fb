"""Words for files that are not pages: no mark-up, no character that XML or a calendar forbids."""

import html
import re
from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.html import strip_tags
from django.utils.safestring import SafeData
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, in_language_text, plain

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def words(value: Any) -> str:
    """What a filter wrote for a page, as text: entities become characters again, directions stay."""
    text = html.unescape(strip_tags(plain(value))) if isinstance(value, SafeData) else str(value)
    return UNPRINTABLE.sub(" ", text)


def name(obj: Any, field: str = "name") -> str:
    return words(in_language_text(obj, field))


def day(date: Any) -> str:
    return words(date_long(date))


def listed(parts: Iterable[str]) -> str:
    return _(", ").join(part for part in parts if part)


def urn(*parts: Any) -> str:
    """A name that is the same for the same thing wherever the site runs; RFC 9562, of its name."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(['azm', *map(str, parts)]))}"
