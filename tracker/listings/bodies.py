"""Who is named to act."""

from collections import Counter
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from tracker.listings.base import (
    ENTERED,
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DateColumn,
    LedgerListing,
    LedgerTable,
    NameColumn,
    NumberColumn,
    SearchFilter,
    YesNoFilter,
    none_named,
    standing,
)
from tracker.models import Assignment, ProgressUpdate, ResponsibleBody


class BodyTable(LedgerTable):
    name = tables.Column(verbose_name=_("Body"), attrs={"cell": {"class": "wide plain"}})
    sphere = tables.Column(verbose_name=_("Sphere"), empty_values=())
    kind = tables.Column(verbose_name=_("Kind"))
    parent = NameColumn(
        verbose_name=_("Administered by"),
        order_by="parent__name",
        default=_("not stated"),
        attrs={"cell": {"class": "secondary"}},
    )
    area = NameColumn(
        verbose_name=_("Area"), order_by="area__position", default="", attrs={"cell": {"class": "secondary"}}
    )
    last_report = DateColumn(
        verbose_name=_("Last report"), default=_("none on record"), attrs={"cell": {"class": "reported"}}
    )
    assigned = NumberColumn(verbose_name=_("Actions"))

    class Meta(LedgerTable.Meta):
        empty_text = _("No body is on record.")

    empty_reason = _("One enters with a source that names it.")

    def render_name(self, record: ResponsibleBody) -> str:
        return self.named(record)

    def render_sphere(self, record: ResponsibleBody) -> str:
        return record.get_sphere_display() if record.sphere else none_named(_("not stated"))

    def render_kind(self, record: ResponsibleBody) -> str:
        return str(record.get_kind_display())


class BodyFilter(django_filters.FilterSet):
    q = SearchFilter()
    sphere = django_filters.ChoiceFilter(
        choices=ResponsibleBody.Sphere.choices, label=_("Sphere"), empty_label=_("All spheres")
    )
    kind = django_filters.ChoiceFilter(
        choices=ResponsibleBody.Kind.choices, label=_("Kind"), empty_label=_("All kinds")
    )
    security_force = YesNoFilter(label=_("Security force"))
    parent = CodeFilter(standing(ResponsibleBody), label=_("Administered by"), empty_label=_("Anybody"))
    area = AreaFilter()

    class Meta:
        model = ResponsibleBody
        fields: list[str] = []


class BodyListing(LedgerListing):
    name = "bodies"
    title = _("Responsible bodies")
    lead = _("Who is named to act: federal, provincial and military; civil armed forces are told apart.")
    noun = npgettext_lazy("counted", "body", "bodies")
    table_class = BodyTable
    filterset_class = BodyFilter
    template_name = "tracker/bodies.html"
    columns = {
        "code": "code",
        "name": "name",
        "name_ur": "name_ur",
        "sphere": "sphere",
        "kind": "kind",
        "security_force": "security_force",
        "parent": "parent__code",
        "command": "command",
        "area": "area_id",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "actions": "assigned",
        "last_report": "last_report",
        "note": "note",
        "note_ur": "note_ur",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def context(self) -> dict[str, Any]:
        """How many of the bodies belong to each sphere, and how many carry arms, with the lists of them."""
        counted: Counter[str] = Counter()
        armed = 0
        groups = self.filterset.qs.order_by().values_list("sphere", "security_force").annotate(n=Count("pk"))
        for sphere, security_force, n in groups:
            counted[sphere] += n
            armed += n if security_force else 0
        spheres = [
            {"label": sphere.label, "n": counted[sphere], "url": self._narrowed("sphere", sphere.value)}
            for sphere in ResponsibleBody.Sphere
            if counted[sphere]
        ]
        return {
            "spheres": spheres,
            "unstated": counted[""],
            "armed": {"n": armed, "url": self._narrowed("security_force", "true")},
        }

    def _narrowed(self, name: str, value: str) -> str:
        query = self.request.GET.copy()
        query.pop("page", None)
        query[name] = value
        return f"?{query.urlencode()}"

    def get_queryset(self) -> QuerySet:
        """Those that are named for most come first: whoever is named for nothing is found by name."""
        edition = self.reading.edition
        assignments = Assignment.objects.in_edition(edition).filter(body=OuterRef("pk")).order_by().values("body")
        actions = assignments.annotate(n=Count("action", distinct=True)).values("n")
        reports = (
            ProgressUpdate.objects.in_edition(edition)
            .filter(body=OuterRef("pk"), as_of__lte=self.reading.on, redacted_in=None)
            .order_by()
            .values("body")
        )
        return (
            ResponsibleBody.objects.in_edition(edition)
            .select_related("parent", "area")
            .annotate(
                assigned=Coalesce(Subquery(actions, output_field=IntegerField()), 0),
                last_report=Subquery(reports.annotate(last=Max("as_of")).values("last")),
            )
            .order_by("-assigned", "name", "pk")
        )
