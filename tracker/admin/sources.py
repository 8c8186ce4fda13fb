"""Where facts come from."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.base import LedgerAdmin
from tracker.admin.inlines import STACKED, LedgerInline
from tracker.models import Citation, Source


class CitationInline(LedgerInline):
    model = Citation
    template = STACKED
    fields = ["code", "quotation", "paraphrase", "place", "speaker", "attribution", "repeats"]
    autocomplete_fields = ["repeats"]
    related = ["repeats"]


@admin.register(Source)
class SourceAdmin(LedgerAdmin):
    list_display = ["code", "publisher", "title", "kind", "published"]
    list_filter = [*LedgerAdmin.list_filter, "kind", "language"]
    search_fields = ["code", "publisher", "title", "title_ur", "author", "url"]
    inlines = [CitationInline]
    fieldsets = [
        (None, {"fields": ["code", "publisher", "title", "title_ur", "author", "kind", "language"]}),
        (_("Where and when"), {"fields": ["url", "published", "retrieved_on"]}),
        (_("Notes"), {"fields": ["note", "note_ur"], "classes": ["collapse"]}),
    ]


@admin.register(Citation)
class CitationAdmin(LedgerAdmin):
    list_display = ["code", "words", "speaker", "attribution", "source"]
    list_filter = [*LedgerAdmin.list_filter, "attribution", "source__kind"]
    list_select_related = ["source", "repeats"]
    search_fields = ["code", "quotation", "paraphrase", "speaker", "source__code", "source__publisher"]
    autocomplete_fields = ["source", "repeats"]
    fieldsets = [
        (None, {"fields": ["source", "code", "quotation", "paraphrase", "place"]}),
        (_("Who said it"), {"fields": ["speaker", "attribution", "repeats"]}),
        (_("In Urdu"), {"fields": ["translation_ur", "speaker_ur"]}),
    ]

    @admin.display(description=_("words"))
    def words(self, citation: Citation) -> str:
        words = citation.quotation or citation.paraphrase
        return words if len(words) <= 100 else f"{words[:99]}…"
