"""Atom feeds: one entry for each act on a row, of everything, a body, an area or a policy.

They come in pages (RFC 5005, section 3). The links between pages name the edition, in which nothing changes any
more, so that who follows them to the end has every entry once. The digest of the edition stands in each.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from azm.lib.templatetags.azm import digits
from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.files.entries import Entry, entries, items
from tracker.files.words import name, urn
from tracker.frame import href, marked, reading_of
from tracker.models import Edition, Policy, ResponsibleBody
from tracker.naming import kept_back
from tracker.publishing.scopes import Scope, of_area, of_body, of_policy

PER_PAGE = 200
NAMESPACE = urn("feed")


def _title(about: Any, reading: Reading) -> str:
    return about.code if kept_back(about, reading.edition) else name(about)


@dataclass(frozen=True)
class Followed:
    """What one page of one feed follows, up to the edition that its address names."""

    request: HttpRequest
    reading: Reading
    page: Page
    url: str
    path: str
    subject: str = ""

    @classmethod
    def of(cls, request: HttpRequest, path: str, about: Any = None, scope: Scope | None = None) -> "Followed":
        reading = reading_of(request)
        return cls(
            request,
            reading,
            _page(items(reading.edition, scope), request.GET.get("page")),
            href(request, about or reverse("overview")),
            path,
            _title(about, reading) if about else "",
        )

    def address(self, page: int) -> str:
        """Of a page of the same feed, in this edition."""
        query = {"edition": self.reading.edition.number} | ({"page": page} if page > 1 else {})
        return f"{self.path}?{urlencode(query)}"

    def links(self) -> Iterator[tuple[str, str]]:
        """The other pages by their relation to this one."""
        page = self.page
        others = {
            "first": 1 if page.has_other_pages() else None,
            "previous": page.previous_page_number() if page.has_previous() else None,
            "next": page.next_page_number() if page.has_next() else None,
            "last": page.paginator.num_pages if page.has_other_pages() else None,
        }
        for rel, number in others.items():
            if number is not None:
                yield rel, self.request.build_absolute_uri(self.address(number))


def _page(found: QuerySet, asked: str | None) -> Page:
    text = asked or "1"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest(_("“page” is a number, from 1."))
    try:
        return Paginator(found, PER_PAGE).page(int(text))
    except EmptyPage as error:
        raise Http404(_("This feed has no page %s.") % text) from error


class LedgerAtom(Atom1Feed):
    """A feed is as old as the edition it was read in, also while it has no entry, and tells its digest."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        for rel, address in self.feed["paging"]:
            handler.addQuickElement("link", None, {"rel": rel, "href": address})
        edition: Edition = self.feed["edition"]
        told = {
            "xmlns:azm": NAMESPACE,
            "number": str(edition.number),
            "published": edition.published_at.isoformat(),
            "digest": f"sha256:{edition.digest}",
        }
        handler.addQuickElement("azm:edition", None, told)


class LedgerFeed(Feed):
    feed_type = LedgerAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        return Followed.of(request, reverse("feed"))

    def title(self, obj: Followed) -> str:
        ledger = _("The public ledger of Pakistan’s internal security policy")
        return marked(f"{obj.subject or ledger} · Azm")

    def subtitle(self, obj: Followed) -> str:
        edition, page = obj.reading.edition, obj.page
        return _("Entries %(first)s to %(last)s of %(count)s up to edition %(number)s, sha256 %(digest)s") % {
            "first": digits(page.start_index()),
            "last": digits(page.end_index()),
            "count": digits(page.paginator.count),
            "number": digits(edition.number),
            "digest": edition.digest,
        }

    def link(self, obj: Followed) -> str:
        return obj.url

    def feed_url(self, obj: Followed) -> str:
        """What is read: the newest page of the newest edition, or one that is named."""
        if obj.page.number == 1 and not obj.reading.pinned:
            return obj.path
        return obj.address(obj.page.number)

    def feed_guid(self, obj: Followed) -> str:
        return urn(obj.path)

    def feed_extra_kwargs(self, obj: Followed) -> dict[str, Any]:
        edition = obj.reading.edition
        return {"updated": edition.published_at, "edition": edition, "paging": list(obj.links())}

    def author_name(self) -> str:
        """The publisher; who entered or reviewed a row is in no file."""
        return settings.AZM_OPERATOR or "Azm"

    def items(self, obj: Followed) -> list[Entry]:
        return entries(obj.page, obj.reading.edition)

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return escape(item.summary)  # which Atom1Feed declares to be HTML

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_guid(self, item: Entry) -> str:
        return item.urn

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published

    def item_updateddate(self, item: Entry) -> datetime:
        return item.published

    def item_categories(self, item: Entry) -> tuple[str, ...]:
        return (item.item.act, item.item.kind, f"edition-{item.item.edition_id}")


class OfOne(LedgerFeed):
    """A feed of what concerns one thing, which may have left: then the feed says so and goes on."""

    def __init__(self, kind: str, find: Callable[[Edition, str], Any], scope: Callable[[Any, Edition], Scope]) -> None:
        self.kind, self.find, self.scope = kind, find, scope

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        reading, code = reading_of(request), kwargs["code"]
        found = self.find(reading.edition, code)
        if found is None:
            raise Http404(_("There is nothing called “%s” to follow.") % code)
        path = reverse(f"{self.kind}-feed", args=[code.lower()])
        return Followed.of(request, path, found, self.scope(found, reading.edition))


def _published(model: Any) -> Callable[[Edition, str], Any]:
    return lambda edition, code: model.objects.filter(edition__lte=edition, code=code).first()


def _area(edition: Edition, code: str) -> Area | None:
    return Area.objects.filter(code=code.upper()).first()


def _view(feed: LedgerFeed) -> Any:
    """Answered 304 where the reader has it already."""

    def view(request: HttpRequest, **kwargs: Any) -> Any:
        return feed(request, **kwargs)

    return require_safe(conditional_page(view))


ledger_feed = _view(LedgerFeed())
body_feed = _view(OfOne("body", _published(ResponsibleBody), of_body))
province_feed = _view(OfOne("province", _area, of_area))
policy_feed = _view(OfOne("policy", _published(Policy), of_policy))
