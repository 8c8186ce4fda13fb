"""Atom feeds: one entry for each row that entered or left, of everything, a body, an area or a policy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from azm.lib.templatetags.azm import digits
from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.files.entries import CAP, Entry, Scope, entries
from tracker.files.scopes import of_area, of_body, of_policy
from tracker.files.words import name, urn
from tracker.frame import href, marked, reading_of
from tracker.models import Edition, Policy, ResponsibleBody


@dataclass(frozen=True)
class Followed:
    """What one feed follows, up to the edition that its address names."""

    reading: Reading
    url: str
    path: str
    subject: str = ""
    scope: Scope | None = None


class DatedAtom(Atom1Feed):
    """A feed is as old as the edition it was read in, also while it has no entry."""

    def latest_post_date(self) -> datetime:
        moment: datetime = self.feed["updated"]
        return moment


class LedgerFeed(Feed):
    feed_type = DatedAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        return Followed(reading_of(request), href(request, reverse("overview")), reverse("feed"))

    def title(self, obj: Followed) -> str:
        ledger = _("The public ledger of Pakistan’s internal security policy")
        return marked(f"{obj.subject or ledger} · Azm")

    def subtitle(self, obj: Followed) -> str:
        edition = obj.reading.edition
        return _("The newest %(cap)s entries up to edition %(number)s, sha256 %(digest)s") % {
            "cap": digits(CAP),
            "number": digits(edition.number),
            "digest": edition.digest,
        }

    def link(self, obj: Followed) -> str:
        return obj.url

    def feed_guid(self, obj: Followed) -> str:
        return urn(obj.path)

    def feed_extra_kwargs(self, obj: Followed) -> dict[str, Any]:
        return {"updated": obj.reading.edition.published_at}

    def author_name(self) -> str:
        """The publisher; who entered or reviewed a row is in no file."""
        return settings.AZM_OPERATOR or "Azm"

    def items(self, obj: Followed) -> list[Entry]:
        return entries(obj.reading.edition, obj.scope)

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
        return Followed(reading, href(request, found), path, name(found), self.scope(found, reading.edition))


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
