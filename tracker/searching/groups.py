"""What the search finds, kind by kind: how many rows, and the first of them with their words marked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Count, F, Func, QuerySet, Window
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from azm.lib.redaction import redacted
from azm.lib.templatetags.azm import date_long, english, in_language, number
from provinces.models import Area
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.listings import LISTINGS
from tracker.models import (
    Citation,
    Edition,
    Indicator,
    Milestone,
    Objective,
    Policy,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
    Source,
)
from tracker.naming import name, place
from tracker.searching.marks import holds, in_whole, marked, marked_in_language, passage, query_of
from tracker.searching.pages import Page, pages_with

SHOWN: Final = 10
TITLES: Final = {listing.name: listing.title for listing in LISTINGS}


@dataclass(frozen=True)
class Found:
    """One row: where it is, what it is called, and the words around what was found if its name does not hold them."""

    url: str
    text: str | SafeString
    code: str = ""
    passage: str | SafeString = ""
    row: Any = None


@dataclass(frozen=True)
class Group:
    """The rows of one kind; `url` is its list, filtered by the same words where it can be."""

    code: str
    name: Any
    rows: list[Found]
    count: int
    url: str = ""

    @property
    def more(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True)
class Kind:
    """A model that is searched: the field that names a row, those that say more, and the list of all its rows."""

    model: Any
    title: str
    texts: tuple[str, ...] = ()
    listing: str = ""
    related: tuple[str, ...] = ()
    filters: bool = True
    """Whether the list has a filter for words."""
    names: Callable[[Any], str | SafeString] | None = None
    plain: bool = field(default=False)
    """Whether the title has no twin in Urdu."""

    @property
    def name(self) -> Any:
        """As its list is called; of what has no list of its own, as its rows are."""
        own = self.listing and self.filters
        return TITLES[self.listing] if own else self.model._meta.verbose_name_plural

    def find(self, request: HttpRequest, reading: Reading, words: str) -> Group | None:
        titles = (self.title,) if self.plain else (self.title, f"{self.title}_ur")
        marks = {f"marked_{one}": in_whole(one, words) for one in titles}
        marks |= {f"passage_{one}": passage(one, words) for one in self.texts}
        rows = self.model.objects.in_edition(reading.edition).search(words)
        found = list(_ranked(rows.select_related(*self.related) if self.related else rows, words, "search", **marks))
        if not found:
            return None
        query = f"?{urlencode({'q': words})}" if self.filters else ""
        return Group(
            self.model._meta.model_name,
            self.name,
            [self._told(request, row) for row in found],
            found[0].total,
            href(request, f"{reverse(self.listing)}{query}") if self.listing else "",
        )

    def _told(self, request: HttpRequest, row: Any) -> Found:
        gone = row.redacted_in_id is not None
        text: str | SafeString = in_language(row, self.title) if gone else marked_in_language(row, self.title)
        if self.names is not None:
            text = self.names(row)
        said = "" if gone or "<mark>" in text else self._passage(row)
        return Found(href(request, place(row)), text, row.code, said, row)

    def _passage(self, row: Any) -> str | SafeString:
        for one in self.texts:
            words = getattr(row, f"passage_{one}")
            if words and holds(words):
                return _in_its_language(marked(words), "ur" if one.endswith("_ur") else "en")
        return ""


def _in_its_language(words: SafeString, language: str) -> SafeString:
    if language == get_language():
        return words
    return format_html('<span lang="{}" dir="{}">{}</span>', language, "rtl" if language == "ur" else "ltr", words)


def _ranked(rows: QuerySet, words: str, document: str, **marks: Any) -> QuerySet:
    """The best first, each with how many there are in all and with what was found in it."""
    rank = Func(F(document), query_of(words), function="ts_rank")
    total = Window(Count("*"))
    found: QuerySet = rows.annotate(total=total, **marks).order_by(rank.desc(), "pk")[:SHOWN]
    return found


def quoted(citation: Citation) -> str | SafeString:
    """Its words, in the language of the source; without any, our own, which are English."""
    if citation.redacted_in_id is not None:
        return redacted()
    if not citation.quotation:
        return english(marked(citation.passage_paraphrase))  # type: ignore[attr-defined]
    return _in_its_language(marked(citation.passage_quotation), citation.source.language)  # type: ignore[attr-defined]


# In the order in which they are shown.
KINDS: Final = (
    Kind(Policy, "name", ("note", "note_ur"), "policies"),
    Kind(Objective, "name", (), "actions", ("policy",), filters=False),
    Kind(PolicyAction, "title", ("wording", "wording_ur"), "actions"),
    Kind(Milestone, "title", ("means_of_verification",), "milestones", ("action",)),
    Kind(Indicator, "name", ("definition", "definition_ur", "counted", "counted_ur"), "indicators"),
    Kind(ResponsibleBody, "name", ("note", "note_ur"), "bodies"),
    Kind(ProgressUpdate, "account", ("needed", "needed_ur"), "updates", ("action",)),
    Kind(Source, "title", ("publisher", "author", "note", "note_ur"), "sources"),
    Kind(Citation, "quotation", ("quotation", "paraphrase", "speaker"), "", ("source",), names=quoted, plain=True),
)


def found(request: HttpRequest, reading: Reading, words: str) -> list[Group]:
    groups = [
        _areas(request, words),
        *(kind.find(request, reading, words) for kind in KINDS[:5]),
        _figures(request, reading, words),
        *(kind.find(request, reading, words) for kind in KINDS[5:]),
        _editions(request, reading, words),
        _pages(request, words),
    ]
    return [group for group in groups if group]


def kinds(request: HttpRequest) -> Iterator[tuple[Any, str]]:
    """What is searched, each with its list; citations have none, and stand on the pages of their sources."""
    for kind in KINDS:
        yield kind.name, href(request, reverse(kind.listing or "sources"))
    for name_of_list in ("provinces", "snapshots", "editions"):
        yield TITLES[name_of_list], href(request, reverse(name_of_list))
    yield _("Methodology"), href(request, reverse("methodology"))


def _document(*texts: str) -> Func:
    """Of rows that are few and have no stored document."""
    return Func(*(F(text) for text in texts), function="search_document", output_field=SearchVectorField())


def _areas(request: HttpRequest, words: str) -> Group | None:
    document = _document("code", "name", "name_ur", "short_name")
    rows = Area.objects.annotate(document=document).filter(document__matches=query_of(words))
    marks = {"marked_name": in_whole("name", words), "marked_name_ur": in_whole("name_ur", words)}
    found = list(_ranked(rows, words, "document", **marks))
    told = [Found(href(request, row), marked_in_language(row, "name"), row.code) for row in found]
    return Group("area", TITLES["provinces"], told, found[0].total) if found else None


def _figures(request: HttpRequest, reading: Reading, words: str) -> Group | None:
    """The figure that leads a series, if indicator and area together hold the words: "conviction rate punjab"."""
    texts = ("series__indicator__name", "series__indicator__name_ur", "series__area__name", "series__area__name_ur")
    document = _document("series__indicator__code", "series__area__code", *texts, "scope", "note")
    rows = headlines(reading).filter(redacted_in=None).annotate(document=document)
    found = list(_ranked(rows.filter(document__matches=query_of(words)), words, "document"))
    told = [Found(href(request, row), name(row), row.code, row=row) for row in found]
    return Group("figure", _("leading figures"), told, found[0].total) if found else None


def _editions(request: HttpRequest, reading: Reading, words: str) -> Group | None:
    rows = Edition.objects.closed().filter(number__lte=reading.edition.number)
    rows = rows.annotate(document=_document("summary", "summary_ur")).filter(document__matches=query_of(words))
    marks = {"marked_summary": in_whole("summary", words), "marked_summary_ur": in_whole("summary_ur", words)}
    found = list(_ranked(rows, words, "document", **marks))
    told = [
        Found(
            href(request, row),
            format_html(_("Edition {}, {}"), number(row.number), date_long(row.published_at)),
            passage=marked_in_language(row, "summary"),
        )
        for row in found
    ]
    return Group("edition", TITLES["editions"], told, found[0].total) if found else None


def _pages(request: HttpRequest, words: str) -> Group | None:
    held: list[tuple[Page, str, str]] = pages_with(words)
    told = [Found(href(request, page.url), marked(title), passage=marked(says)) for page, title, says in held[:SHOWN]]
    return Group("page", gettext_lazy("pages"), told, len(held)) if held else None
