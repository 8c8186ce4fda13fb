"""The sources of a page: each passage once, with what rests on it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import number
from tracker.models import Publishable


def cited(rows: Iterable[Publishable]) -> list[dict[str, Any]]:
    """The citations of these rows in their order, each with how many rows of which kind rest on it."""
    citations: dict[int, Any] = {}
    resting: dict[int, Counter[Any]] = {}
    for row in rows:
        if (citation := getattr(row, "citation", None)) is not None:
            citations[citation.pk] = citation
            resting.setdefault(citation.pk, Counter())[type(row)] += 1
    return [
        {"citation": citation, "rests": format_html_join(_(", "), "{}", ((_counted(*kind),) for kind in kinds.items()))}
        for citation, kinds in ((citation, resting[pk]) for pk, citation in citations.items())
    ]


def _counted(model: type[Publishable], n: int) -> str:
    kind = model._meta
    if n == 1:
        return str(kind.verbose_name)
    return format_html("{} {}", number(n), kind.verbose_name_plural)
