import django_filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import english
from tracker.listings.base import ENTERED, DateColumn, LedgerListing, LedgerTable, NumberColumn, SearchFilter
from tracker.models import Citation, Source
from tracker.naming import code_or_text


class SourceTable(LedgerTable):
    title = tables.Column(verbose_name=_("Title"), attrs={"cell": {"class": "wide wording plain"}})
    publisher = tables.Column(verbose_name=_("Publisher"))
    kind = tables.Column(verbose_name=_("Kind"))
    published = DateColumn(verbose_name=_("Published"))
    citations = NumberColumn(verbose_name=_("Passages"), accessor="passages")

    class Meta(LedgerTable.Meta):
        empty_text = _("No source is on record.")

    empty_reason = _("Nothing can be published without one.")

    def render_title(self, record: Source) -> str:
        if record.redacted_in_id is not None:
            return self.named(record, "title")
        return self.link(record, code_or_text(record, "title", None))  # marked where it is in another language

    def render_publisher(self, value: str) -> str:
        return english(value)

    def render_kind(self, record: Source) -> str:
        return str(record.get_kind_display())


class SourceFilter(django_filters.FilterSet):
    q = SearchFilter()
    kind = django_filters.ChoiceFilter(choices=Source.Kind.choices, label=_("Kind"), empty_label=_("All kinds"))
    language = django_filters.ChoiceFilter(
        choices=Source.Language.choices, label=_("Language"), empty_label=_("All languages")
    )

    class Meta:
        model = Source
        fields: list[str] = []


class SourceListing(LedgerListing):
    name = "sources"
    title = _("Sources")
    lead = _("Every document that a fact of the ledger rests on.")
    noun = npgettext_lazy("counted", "source", "sources")
    table_class = SourceTable
    filterset_class = SourceFilter
    columns = {
        "code": "code",
        "publisher": "publisher",
        "title": "title",
        "title_ur": "title_ur",
        "author": "author",
        "kind": "kind",
        "language": "language",
        "url": "url",
        "published": "published",
        "retrieved_on": "retrieved_on",
        "passages": "passages",
        "note": "note",
        "note_ur": "note_ur",
        **ENTERED,
    }

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition
        citations = Citation.objects.in_edition(edition).filter(source=OuterRef("pk")).order_by().values("source")
        count = citations.annotate(n=Count("pk")).values("n")
        return (
            Source.objects.in_edition(edition)
            .annotate(passages=Coalesce(Subquery(count, output_field=IntegerField()), 0))
            .order_by("publisher", "code", "pk")
        )
