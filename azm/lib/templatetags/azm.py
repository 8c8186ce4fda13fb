"""How numbers, dates, names and tables are written on a page. Load with {% load azm %}.

Digits are Latin in both languages. On Urdu pages every number, code and Latin name is isolated in
<bdi>, so that the sentence around it keeps its order and the sans face sets it; attributes and SVG
cannot hold the tag and take `digits` instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from azm.lib import charts
from azm.lib.redaction import REDACTED, redacted

register = template.Library()

MINUS = "\N{MINUS SIGN}"
FROM_LEFT, POP = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
RANGE = re.compile(r"\d+[-–]\d+")


# Numbers


@register.filter
def digits(value: Any, places: int | None = None) -> str:
    """16300 as "16,300", -5.50 as "−5.5"; with `places`, rounded half away from zero and padded."""
    if value is None or value == "":
        return ""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite():
        return str(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if number < 0 else text


@register.filter
def bdi(value: Any) -> str:
    """A number, code or Latin name, isolated where the page runs from right to left."""
    if value is None or value == "":
        return ""
    if not get_language_bidi():
        return conditional_escape(value)
    return format_html('<bdi dir="ltr">{}</bdi>', value)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    return bdi(digits(value, places))


@register.filter
def percent(value: Any, places: int | None = None) -> str:
    text = digits(value, places)
    return bdi(f"{text}%") if text else ""


@register.filter
def plain(value: Any) -> str:
    """A label for SVG and attributes: tags go, and numbers stay isolated by characters instead."""
    text = "" if value is None else str(value)
    if not isinstance(value, SafeData):
        return text
    text = text.replace('<bdi dir="ltr">', FROM_LEFT).replace("<bdi>", FROM_LEFT).replace("</bdi>", POP)
    return mark_safe(strip_tags(text))  # it was safe before, and has fewer tags now


@register.filter
def share(value: Any) -> str:
    """0.75 as "75%", 0.5094 as "50.9%": a part of a whole that was computed."""
    return "" if value is None else percent((value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


# Dates


def _written(value: Any, formats: dict[str, str]) -> str:
    """A partial date, or a plain one, in the format of its precision."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    day = value if isinstance(value, date) else value.first_day
    precision = "day" if isinstance(value, date) else value.precision
    parts = format_date(day, formats[precision]).split(" ")
    # The day and the year are digits; the month is a word of the page's own language.
    return format_html_join(" ", "{}", ((bdi(p) if p.isdigit() else p,) for p in parts))


SHORT = {"day": "j M Y", "month": "M Y", "year": "Y"}
LONG = {"day": "j F Y", "month": "F Y", "year": "Y"}


@register.filter
def date_short(value: Any) -> str:
    """For tables: "22 Nov 2026", "Nov 2024", "2024"; Urdu does not abbreviate its months."""
    return _written(value, LONG if get_language_bidi() else SHORT)


@register.filter
def date_long(value: Any) -> str:
    """For text: "22 November 2026", "November 2024", "2024". In attributes add `|plain`."""
    return _written(value, LONG)


@register.filter
def date_range(start: Any, end: Any) -> str:
    """ "Jan 2024 – Jul 2024"; an end that is not known is "…". Bare years run from the left in both languages."""
    if getattr(start, "precision", "") == getattr(end, "precision", "") == "year":
        return bdi(f"{start} – {end}")
    return format_html("{} – {}", date_short(start) or "…", date_short(end) or "…")


# Words that stand in two places


@register.simple_block_tag
def kept(content: str) -> str:
    """{% kept as title %}{% block title %}…{% endblock %}{% endkept %}: a block can be written only once."""
    return content


# Languages


def _in_language(obj: Any, field: str) -> tuple[str, bool]:
    """The text of the field in the page's language, and whether it had to fall back to English."""
    english = getattr(obj, field, "") or ""
    if get_language() == "en":
        return english, False
    translated = getattr(obj, f"{field}_{get_language()}", "") or ""
    # Between Arabic letters a range such as 2023-2028 would be set with its end first.
    translated = RANGE.sub(f"{FROM_LEFT}\\g<0>{POP}", translated)
    return (translated, False) if translated else (english, bool(english))


@register.filter
def in_language(obj: Any, field: str) -> str:
    """{{ body|in_language:"name" }}: `name_ur` on Urdu pages; where it is empty, `name` marked English."""
    text, fell_back = _in_language(obj, field)
    return english(text) if fell_back or text == REDACTED else text


@register.filter
def in_language_text(obj: Any, field: str) -> str:
    """The same without mark-up, for titles, attributes and SVG."""
    text, _fell_back = _in_language(obj, field)
    return strip_tags(redacted()) if text == REDACTED else text


@register.filter
def english(value: Any) -> str:
    """A passage that is English whatever the page's language: names in Latin script, quotations."""
    if value == REDACTED:
        return redacted()
    if not value or get_language() == "en":
        return conditional_escape(value or "")
    return format_html('<span lang="en" dir="ltr">{}</span>', value)


# Charts


@register.filter
def chain_x(index: int) -> int:
    """The centre of the link with this index; the chain runs with the script."""
    return charts.chain_x(index, rightwards=not get_language_bidi())


@register.filter
def held(links: dict[str, bool]) -> list[str]:
    """The words of the links that are present."""
    return [str(word) for word, present in links.items() if present]


@register.filter
def missing(links: dict[str, bool]) -> list[str]:
    return [str(word) for word, present in links.items() if not present]


@register.simple_tag
def sample_mark(x: str = "50%", y: str = "50%") -> str:
    """The word across a chart of the sample, so that a picture of it says so too; nothing elsewhere."""
    if not settings.AZM_SAMPLE:
        return ""
    return format_html('<text class="sample-mark" x="{}" y="{}">SAMPLE</text>', x, y)


# Tables of django-tables2


@dataclass(frozen=True)
class Column:
    """What the cells of a column share, worked out once per table and not once per cell."""

    name: str
    label: str
    css: str
    head_css: str
    sort_query: dict[str, Any] | None
    direction: str
    under_head: str


def _css(attrs: dict[str, Any], part: str) -> str:
    return str(attrs.get(part, attrs.get("cell", {})).get("class", ""))


def _direction(bound: Any) -> str:
    if not bound.is_ordered:
        return ""
    return "descending" if bound.order_by_alias.is_descending else "ascending"


@register.simple_tag
def table_columns(table: Any) -> list[Column]:
    """The visible columns with the query that sorts by them; sorting begins at the first page again.

    A table may draw something `under_heads`, by the names of its columns: the axis of what their cells draw.
    """
    under_heads = getattr(table, "under_heads", {})
    return [
        Column(
            name=bound.name,
            label=bound.header,
            css=_css(bound.column.attrs, "td"),
            head_css=_css(bound.column.attrs, "th"),
            sort_query={
                table.prefixed_order_by_field: str(bound.order_by_alias.next),
                table.prefixed_page_field: None,
            }
            if bound.orderable
            else None,
            direction=_direction(bound),
            under_head=under_heads.get(bound.name, ""),
        )
        for bound in table.columns
    ]


@register.simple_tag
def table_rows(table: Any, columns: list[Column]) -> Iterator[SafeString]:
    """The cells of each row as one string: 25 rows of 8 columns are then 25 steps of the template.

    A table may have something to say `below` the head of a row.
    """
    below = getattr(table, "below", None)
    for row in table.paginated_rows:
        note = below(row.record) if below else ""
        yield mark_safe("".join(_cell(column, row.get_cell(column.name), n, note) for n, column in enumerate(columns)))


def _cell(column: Column, content: Any, position: int, note: str) -> SafeString:
    css = format_html(' class="{}"', column.css) if column.css else ""
    if position == 0:
        return format_html('<th scope="row"{}>{}{}</th>', css, content, format_html(" {}", note) if note else "")
    return format_html('<td{} data-label="{}">{}</td>', css, column.label, content)


@register.simple_tag
def page_numbers(page: Any) -> Iterator[int | str]:
    yield from page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag(takes_context=True)
def page_query(context: Any, page: int, field: str = "") -> str:
    """The address of another page of the list, all other parameters kept."""
    query = context["request"].GET.copy()
    query[field or "page"] = str(page)
    return f"?{query.urlencode()}"
