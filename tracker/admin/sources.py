"""Where facts come from."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import STACKED, LedgerInline
from tracker.models import Citation, Source


class CitationInline(LedgerInline):
    model = Citation
    template = STACKED
    fields: ClassVar[Any] = ["code", "quotation", "paraphrase", "place", "speaker", "attribution", "repeats"]
    autocomplete_fields: ClassVar[Any] = ["repeats"]
    related: ClassVar[Any] = ["repeats"]


@admin.register(Source)
class SourceAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "publisher", "title", "kind", "published"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "kind", "language"]
    search_fields: ClassVar[Any] = ["code", "publisher", "title", "title_ur", "author", "url"]
    inlines: ClassVar[Any] = [CitationInline]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["code", "publisher", "title", "title_ur", "author", "kind", "language"]}),
        (_("Where and when"), {"fields": ["url", "published", "retrieved_on"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
    ]


@admin.register(Citation)
class CitationAdmin(LedgerAdmin):
    list_display: ClassVar[Any] = ["code", "words", "speaker", "attribution", "source"]
    list_filter: ClassVar[Any] = [*LedgerAdmin.list_filter, "attribution", "source__kind"]
    list_select_related: ClassVar[Any] = ["source", "repeats"]
    search_fields: ClassVar[Any] = ["code", "quotation", "paraphrase", "speaker", "source__code", "source__publisher"]
    autocomplete_fields: ClassVar[Any] = ["source", "repeats"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["source", "code", "quotation", "paraphrase", "place"]}),
        (_("Who said it"), {"fields": ["speaker", "attribution", "repeats"]}),
        (_("In Urdu"), {"fields": ["translation_ur", "speaker_ur"]}),
    ]

    @admin.display(description=_("words"))
    def words(self, citation: Citation) -> str:
        words = citation.quotation or citation.paraphrase
        return words if len(words) <= 100 else f"{words[:99]}…"
