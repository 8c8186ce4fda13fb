"""The catalogue of the files: what each list holds, how many rows it has, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from azm.lib.listedrows import COUNTED, Rows, number_of
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings import LISTINGS
from tracker.listings.base import LedgerListing
from tracker.listings.dictionary import columns_of
from tracker.models import Edition
from tracker.views.public import public


class Number(Subquery):
    """How many rows there are, counted as far as a list counts."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    @classmethod
    def of(cls, rows: QuerySet) -> "Number":
        return cls(rows.order_by().values("pk")[: COUNTED + 1])


@public
def data(request: HttpRequest, reading: Reading) -> TemplateResponse:
    listings = [listing(request) for listing in LISTINGS]
    numbers = _numbers(listings)
    context = {
        "lists": [_told(listing, numbers[listing.name]) for listing in listings],
        "calendar_url": reverse("calendar"),
        "digests_url": reverse("edition-digests", args=[reading.edition.number]),
        "digests_name": f"edition-{reading.edition.number}.sha256",
    }
    return TemplateResponse(request, "tracker/data.html", context)


@public
def columns(request: HttpRequest, reading: Reading, name: str) -> TemplateResponse:
    """The columns of the file of one list."""
    found = next((listing for listing in LISTINGS if listing.name == name), None)
    if found is None:
        raise Http404(_("There is no list “%s”.") % name)
    listing = found(request)
    context = {"list": _told(listing), "columns": columns_of(listing), "csv_name": f"{name}.csv"}
    return TemplateResponse(request, "tracker/columns.html", context)


def _told(listing: LedgerListing, number: int | None = None) -> dict[str, Any]:
    return {
        "name": listing.name,
        "title": listing.title,
        "lead": listing.lead,
        "page": href(listing.request, reverse(listing.name)),
        "file": href(listing.request, reverse(f"{listing.name}-csv")),
        "columns_url": listing.columns_url(),
        "columns": len(listing.file_columns()),
        "rows": number if number is None else min(number, COUNTED),
        "more": number is not None and number > COUNTED,
    }


def _numbers(listings: Sequence[LedgerListing]) -> dict[str, int]:
    """How many rows each list has: of those in the database by one query, of those that are computed one by one."""
    rows = {listing.name: listing.get_queryset() for listing in listings}
    stored = {name: found for name, found in rows.items() if not isinstance(found, Rows)}
    counts = {name.replace("-", "_"): Number.of(found) for name, found in stored.items()}
    counted = Edition.objects.order_by().annotate(**counts).values(*counts)[:1].get()
    return {
        name: counted[name.replace("-", "_")] if name in stored else number_of(found) for name, found in rows.items()
    }
