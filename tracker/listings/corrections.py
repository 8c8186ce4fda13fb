from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import bdi, date_short, english, in_language
from tracker.frame import href
from tracker.listings.base import DateColumn, LedgerListing, LedgerTable, NumberColumn, none_named
from tracker.models import Edition, EditionItem
from tracker.publishing.guard import publishable_models
from tracker.publishing.items import with_corrections


def kinds() -> list[tuple[str, Any]]:
    return [(model._meta.model_name or "", model._meta.verbose_name) for model in publishable_models()]


# A row leaves in a publication only because another one enters in its place.
ACTS = {
    Edition.Act.PUBLICATION: _("corrected"),
    Edition.Act.WITHDRAWAL: _("withdrawn"),
    Edition.Act.SUSPENSION: _("suspended"),
    Edition.Act.RATIFICATION: _("withdrawn, the suspension being ratified"),
    Edition.Act.REVERSAL: _("restored, the suspension being reversed"),
    Edition.Act.REDACTION: _("redacted"),
}
ENDS = {Edition.Act.RATIFICATION: _("ratified"), Edition.Act.REVERSAL: _("reversed")}
OUTCOMES = {Edition.Act.RATIFICATION: "ratified", Edition.Act.REVERSAL: "reversed"}  # in the file


class CorrectionTable(LedgerTable):
    code = tables.Column(verbose_name=_("Row"), attrs={"cell": {"class": "plain"}})
    kind = tables.Column(verbose_name=_("Kind of row"))
    act = tables.Column(verbose_name=_("What happened"), order_by=("edition__act", "act"))
    edition = NumberColumn(verbose_name=_("Edition"), order_by="edition_id")
    published = DateColumn(verbose_name=_("Published"), accessor="edition__published_at")
    replaced_by = tables.Column(verbose_name=_("Replaced by"), orderable=False, empty_values=())
    reason = tables.Column(
        verbose_name=_("Reason"), orderable=False, empty_values=(), attrs={"cell": {"class": "wide plain"}}
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("Nothing published has been corrected, hidden or removed.")

    empty_reason = _("The first such act stands here with its day and its reason, for good.")

    def render_code(self, record: Any) -> str:
        number = record.edition_id
        url = f"{reverse('compare')}?from={number - 1}&to={number}#{record.replaced_by or record.act}"
        return format_html('<a href="{}">{}</a>', url, bdi(record.code))

    def render_kind(self, value: str) -> Any:
        return dict(kinds()).get(value, value)

    def render_act(self, record: Any) -> Any:
        """What happened; of a suspension how it ended, of a redaction on what ground."""
        act, told = record.edition.act, ACTS[record.edition.act]
        if act == Edition.Act.REDACTION:
            return format_html("{}: {}", told, record.edition.get_ground_display())
        if act != Edition.Act.SUSPENSION:
            return told
        if record.outcome == "waiting":
            return format_html("{}{}{}", told, _("; "), _("waiting for another reviewer"))
        end = record.edition.ended_by
        link = format_html('<a href="{}">{}</a>', href(self.request, end), bdi(end.number))
        ended = format_html(str(_("{} in edition {}, {}")), ENDS[end.act], link, date_short(end.published_at))
        return format_html("{}{}{}", told, _("; "), ended)

    def render_edition(self, record: EditionItem) -> str:
        return format_html('<a href="{}">{}</a>', href(self.request, record.edition), bdi(record.edition_id))

    def render_replaced_by(self, record: Any) -> str:
        return bdi(record.replaced_by) or none_named(_("nothing"))

    def render_reason(self, record: Any) -> str:
        """Of a correction its own; of any other act the summary of its edition, which says why."""
        return english(record.reason) or in_language(record.edition, "summary")


class CorrectionFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(choices=kinds, label=_("Kind of row"), empty_label=_("All kinds"))
    act = django_filters.ChoiceFilter(
        field_name="edition__act", choices=list(ACTS.items()), label=_("What happened"), empty_label=_("Anything")
    )

    class Meta:
        model = EditionItem
        fields: list[str] = []


class CorrectionListing(LedgerListing):
    """Whatever left the ledger, was hidden, came back or lost its content, up to the edition that is read."""

    name = "corrections"
    title = _("Corrections")
    lead = _("Every published row that was corrected, hidden or removed, and why. Nothing is silently changed.")
    noun = npgettext_lazy("counted", "correction", "corrections")
    table_class = CorrectionTable
    filterset_class = CorrectionFilter
    columns = {
        "code": "code",
        "kind": "kind",
        "act": "act",
        "edition": "edition_id",
        "published_at": "edition__published_at",
        "replaced_by": "replaced_by",
        "reason": "reason",
        "edition_summary": "edition__summary",
        "edition_summary_ur": "edition__summary_ur",
        "old_value": "old_value",
        "new_value": "new_value",
        "digest": "digest",
        "edition_act": "edition__act",
        "ground": "edition__ground",
        "outcome": "outcome",
        "ended_in": "ended_in",
    }

    def get_queryset(self) -> QuerySet:
        items = EditionItem.objects.exclude(act=EditionItem.Act.ENTERED).filter(edition__lte=self.reading.edition)
        newest_first = (F("edition_id").desc(), "kind", "code", "act")
        return (
            with_corrections(items, self.reading.edition)
            .annotate(**self._ends())
            .select_related("edition__ended_by")
            .order_by(*newest_first)
        )

    def _ends(self) -> dict[str, Case]:
        """Of what a suspension hid, how that ended by the edition that is read, and in which edition."""
        suspended = Q(act=EditionItem.Act.SUSPENDED)
        ended = suspended & Q(edition__ended_by__number__lte=self.reading.edition.number)
        return {
            "outcome": Case(
                *(When(ended, edition__ended_by__act=act, then=Value(word)) for act, word in OUTCOMES.items()),
                When(suspended, then=Value("waiting")),
                default=Value(""),
                output_field=CharField(),
            ),
            "ended_in": Case(When(ended, then=F("edition__ended_by__number"))),
        }
