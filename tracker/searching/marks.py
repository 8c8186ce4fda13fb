"""Words that were found, marked where they stand; the database does it, which knows stems and spellings."""

from types import SimpleNamespace
from typing import Any, Final

from django.db.models import F, Func, TextField, Value
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from azm.lib.templatetags.azm import in_language
from tracker.models.base import SearchQueryField

# No text of the ledger holds these, so that they outlive the escaping of what stands around them.
START, STOP = "\x02", "\x03"
WHOLE: Final = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
PASSAGE: Final = f"StartSel={START}, StopSel={STOP}, MaxFragments=1, MaxWords=28, MinWords=12"


def query_of(words: str) -> Func:
    return Func(Value(words), function="search_words", output_field=SearchQueryField())


def in_whole(field: str, words: str) -> Func:
    """The text with all that was found in it."""
    return _headline(field, words, WHOLE)


def passage(field: str, words: str) -> Func:
    """Some words around the first place at which something was found."""
    return _headline(field, words, PASSAGE)


def _headline(field: str, words: str, options: str) -> Func:
    template = "%(function)s('english', %(expressions)s)"
    parts = (F(field), query_of(words), Value(options))
    return Func(*parts, function="ts_headline", template=template, output_field=TextField())


def marked(text: Any) -> SafeString:
    """The text with its marks as <mark>; everything else in it is escaped."""
    safe = conditional_escape(text)
    return mark_safe(safe.replace(START, "<mark>").replace(STOP, "</mark>"))


def marked_in_language(row: Any, field: str, annotation: str = "marked_") -> SafeString:
    """As `in_language`, of a field that was annotated with its marks."""
    texts = {name: getattr(row, f"{annotation}{name}", "") for name in (field, f"{field}_ur")}
    return marked(in_language(SimpleNamespace(**texts), field))


def holds(text: str) -> bool:
    return START in text
