"""The burden as a list and a file: a row for each policy, sphere and kind of lead; each commitment in one of them."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import number
from tracker.assessment.rollups import Burden, LedBy, Sphere
from tracker.listings.base import CodeFilter, LedgerListing, LedgerTable, NameColumn, standing
from tracker.models import Policy
from tracker.progress import actions_url, divided


class BurdenTable(LedgerTable):
    policy = NameColumn(
        verbose_name=_("Policy"), field="short_name", order_by=("policy__position", "policy__code"),
        attrs={"cell": {"class": "plain"}},
    )  # fmt: skip
    sphere = tables.Column(verbose_name=_("Sphere of who leads"), attrs={"cell": {"class": "plain"}})
    led_by = tables.Column(verbose_name=_("Led by"), attrs={"cell": {"class": "plain"}})
    commitments = tables.Column(verbose_name=_("Commitments"), attrs={"cell": {"class": "num"}})
    open = tables.Column(verbose_name=_("Open"), attrs={"cell": {"class": "num"}})

    class Meta(LedgerTable.Meta):
        empty_text = _("No commitment is on record.")

    empty_reason = _("A policy that is published with its commitments is counted here.")

    def render_sphere(self, record: Burden) -> Any:
        return record.get_sphere_display()

    def render_led_by(self, record: Burden) -> Any:
        return record.get_led_by_display()

    def filters(self, record: Burden) -> dict[str, str]:
        return {"policy": record.policy.code, "sphere": record.sphere, "led_by": record.led_by}

    def render_commitments(self, record: Burden) -> str:
        return self.link(actions_url(self.request, **self.filters(record)), number(record.commitments))

    def render_open(self, record: Burden) -> str:
        return self.link(actions_url(self.request, **self.filters(record), open="true"), number(record.open))

    def below(self, record: Burden) -> str:
        return super().below(record.policy)


class BurdenFilter(django_filters.FilterSet):
    policy = CodeFilter(standing(Policy), label=_("Policy"), empty_label=_("All policies"))
    sphere = django_filters.ChoiceFilter(choices=Sphere.choices, label=_("Sphere"), empty_label=_("All spheres"))
    led_by = django_filters.ChoiceFilter(choices=LedBy.choices, label=_("Led by"), empty_label=_("Anybody"))

    class Meta:
        model = Burden
        fields: list[str] = []


class BurdenListing(LedgerListing):
    name = "burden"
    title = _("Burden")
    lead = _("Who carries the work: commitments by the sphere of their leads, and by security force or civil body.")
    noun = npgettext_lazy("counted", "group of commitments", "groups of commitments")
    table_class = BurdenTable
    filterset_class = BurdenFilter
    template_name = "tracker/burden.html"
    columns = {
        "code": "code",
        "policy": "policy__code",
        "policy_name": "policy__name",
        "sphere": "sphere",
        "led_by": "led_by",
        "commitments": "commitments",
        "open": "open",
    }

    def get_queryset(self) -> QuerySet:
        return Burden.objects.select_related("policy").order_by("policy__position", "policy__code", "code")

    def context(self) -> dict[str, Any]:
        asked = self.filterset.form.cleaned_data
        filters = {"policy": asked["policy"].code} if asked.get("policy") else {}
        return {"burden": divided(self.request, self.filterset.qs, **filters)}
