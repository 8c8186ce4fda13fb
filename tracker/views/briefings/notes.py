"""The numbered notes of a briefing: where each of its lines comes from, with an address that survives on paper."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_long, english, number
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.models import Edition, MetricSnapshot, PolicyEvent, Source
from tracker.naming import name, place
from tracker.publishing.items import stands

PLACES = 3


@dataclass(frozen=True)
class Note:
    """A document, a search of ours, or an act of publication; `places` are where in the document the words stand."""

    number: int
    words: SafeString | str
    url: str
    """Where this site shows it."""
    address: str = ""
    """Where the document itself can be read."""
    places: list[str] = field(default_factory=list)

    @property
    def where(self) -> list[str]:
        """A few places help to find the words; many are the document."""
        return self.places if len(self.places) <= PLACES else []


class Notes:
    """They are numbered in the order in which the lines of the sheet name them, each once."""

    def __init__(self, request: HttpRequest, reading: Reading) -> None:
        self.request = request
        self.reading = reading
        self.found: dict[Any, Note] = {}

    @property
    def all(self) -> list[Note]:
        return list(self.found.values())

    def of(self, *citations: Any) -> list[Note]:
        """The documents of these citations, each once; where none of them can be named, the edition that is read."""
        told = [self._document(cited) for cited in citations if cited and stands(cited, self.reading.edition)]
        return list({note.number: note for note in told}.values()) or [self.edition(self.reading.edition)]

    def _document(self, citation: Any) -> Note:
        source: Source = citation.source
        note = self._note(("source", source.pk), _document_words(source), href(self.request, source), source.url)
        if citation.place and citation.redacted_in_id is None and citation.place not in note.places:
            note.places.append(citation.place)
        return note

    def edition(self, edition: Edition) -> Note:
        """What the ledger itself did, or does not hold."""
        words = format_html(
            _("The record of Azm, edition {} of {}"), number(edition.number), date_long(edition.published_at)
        )
        if edition.act != Edition.Act.PUBLICATION:
            words = format_html(_("{}: {}"), words, edition.get_act_display())
        return self._note(("edition", edition.pk), words, href(self.request, edition), _absolute(self.request, edition))

    def search(self, row: MetricSnapshot | PolicyEvent) -> Note:
        """A search by this ledger that found nothing has no document; it has a day and a place."""
        words = format_html(_("Search by Azm: {}"), name(row))
        return self._note((row._meta.model_name, row.pk), words, href(self.request, place(row)))

    def _note(self, key: Any, words: SafeString | str, url: str, address: str = "") -> Note:
        if key not in self.found:
            self.found[key] = Note(len(self.found) + 1, words, url, address)
        return self.found[key]


def _document_words(source: Source) -> SafeString:
    """Publisher, title and date, the title in the language of the document."""
    title = (
        english(source.title)
        if source.language == Source.Language.ENGLISH
        else format_html('<span lang="ur" dir="rtl">{}</span>', source.title)
    )
    return format_html(_("{}, “{}”, {}"), english(source.publisher), title, date_long(source.published) or _("undated"))


def _absolute(request: HttpRequest, target: Any) -> str:
    return request.build_absolute_uri(target.get_absolute_url())
