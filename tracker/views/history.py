"""The history of one thing, on its page: who said what, in which edition, the newest first."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings.history import Line, lines
from tracker.models import EditionItem
from tracker.naming import NAMED
from tracker.publishing.items import Happened, with_what_happened
from tracker.publishing.scopes import Scope, items_of

SHOWN = 20
KINDS = list(NAMED)


def history(request: HttpRequest, reading: Reading, kind: str, thing: Any, scope: Scope) -> dict[str, Any]:
    """The context of tracker/_history.html: the newest lines, edition by edition; the list has all.

    What a correction replaced is told with the correction.
    """
    items = EditionItem.objects.filter(items_of(scope), edition__lte=reading.edition)
    told = with_what_happened(items).select_related("edition").order_by("-edition_id", "kind", "code", "act")
    # A replaced row leaves beside the one that replaces it, so that half of twice as many are enough.
    shown = [item for item in told[: 2 * (SHOWN + 1)] if item.happened != Happened.REPLACED]
    found = lines(request, shown[: SHOWN + 1], thing)
    return {
        "editions": [
            {"edition": edition, "lines": sorted(of_it, key=lambda line: _place(line, thing))}
            for edition, of_it in groupby(found[:SHOWN], key=lambda line: line.told.item.edition)
        ],
        "more": len(found) > SHOWN,
        **addresses(request, {kind: thing.code}),
    }


def _place(line: Line, thing: Any) -> tuple[bool, int, int]:
    """In one edition the thing itself comes first, then kind by kind the newest."""
    row = line.told.row
    days = (getattr(row, name, None) for name in ("announced", "as_of", "on", "due"))
    day = next((getattr(day, "last_day", day) for day in days if day is not None), date.min)
    return row != thing, KINDS.index(line.told.item.kind), -day.toordinal()


def addresses(request: HttpRequest, query: Mapping[str, Any]) -> dict[str, str]:
    """Of the whole list that these filters leave, and of its file."""
    asked = urlencode(query)
    return {
        "url": href(request, f"{reverse('history')}?{asked}"),
        "csv_url": href(request, f"{reverse('history-csv')}?{asked}"),
    }
