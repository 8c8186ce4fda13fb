"""How far each series has come towards what it is to reach, and whether that is in time."""

import django_filters
import django_tables2 as tables
from django.db.models import F, Func, IntegerField, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import date_short, in_language, share
from tracker.assessment.pace import Distance
from tracker.assessment.schedule import Reason, State
from tracker.assessment.seriessentences import amount, unscored
from tracker.listings.base import (
    AreaFilter,
    CodeFilter,
    LedgerListing,
    LedgerTable,
    NameColumn,
    none_named,
    rounded,
    standing,
    state_of,
)
from tracker.models import Indicator, MetricSnapshot, Policy
from tracker.wording import figure


class DistanceTable(LedgerTable):
    indicator = tables.Column(
        verbose_name=_("Indicator"),
        accessor="series__indicator",
        order_by=("series__indicator__position", "series__indicator__code"),
        attrs={"cell": {"class": "wide plain"}},
    )
    area = NameColumn(verbose_name=_("Area"), accessor="series__area", order_by="series__area__position")
    baseline = tables.Column(
        verbose_name=_("Baseline"),
        empty_values=(),
        order_by="baseline__value",
        attrs={"cell": {"class": "num secondary"}},
    )
    latest = tables.Column(
        verbose_name=_("Latest figure"),
        accessor="reached",
        empty_values=(),
        order_by="reached__value",
        attrs={"cell": {"class": "num"}},
    )
    required = tables.Column(verbose_name=_("Requirement or target"), empty_values=(), attrs={"cell": {"class": "num"}})
    covered = tables.Column(
        verbose_name=_("Distance"), empty_values=(), order_by=("covered", "share"), attrs={"cell": {"class": "num"}}
    )
    state = tables.Column(verbose_name=_("State"), order_by=("rank", "reason"), attrs={"cell": {"class": "plain"}})

    class Meta(LedgerTable.Meta):
        empty_text = _("No requirement or target on record.")

    empty_reason = _(
        "No source gives an indicator a value that it must reach. Earlier values and the best area are comparators,"
        " never targets."
    )

    def render_indicator(self, record: Distance) -> str:
        return self.link(
            f"{record.series.indicator.get_absolute_url()}#{record.target.code}",
            in_language(record.series.indicator, "name"),
        )

    def render_baseline(self, record: Distance) -> str:
        return _dated(record.baseline)

    def render_latest(self, record: Distance) -> str:
        return _dated(record.reached)

    def render_required(self, record: Distance) -> str:
        value = none_named(_("not stated")) if record.required is None else amount(record, record.required)
        day = date_short(record.target.due) or none_named(_("no date"))
        return format_html('{} <span class="note">{}</span>', value, day)

    def render_covered(self, record: Distance) -> str:
        return share(record.share if record.covered is None else record.covered) or none_named(_("not known"))

    def render_state(self, record: Distance) -> str:
        scored = record.state != State.NOT_SCORED
        reason = record.get_reason_display() if scored else unscored(record)
        return state_of(record.state, record.get_state_display(), reason)


def _dated(snapshot: MetricSnapshot | None) -> str:
    if snapshot is None:
        return none_named(_("not known"))
    return format_html('{} <span class="note">{}</span>', figure(snapshot), date_short(snapshot.as_of))


class DistanceFilter(django_filters.FilterSet):
    indicator = CodeFilter(
        standing(Indicator), field_name="series__indicator", label=_("Indicator"), empty_label=_("All indicators")
    )
    area = AreaFilter(field_name="series__area")
    policy = CodeFilter(standing(Policy), field_name="action__policy", label=_("Policy"), empty_label=_("All policies"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("Any state"))
    reason = django_filters.ChoiceFilter(choices=Reason.choices, label=_("Reason"), empty_label=_("Any reason"))

    class Meta:
        model = Distance
        fields: list[str] = []


class DistanceListing(LedgerListing):
    name = "distances"
    title = _("Distances")
    lead = _(
        "Every requirement and target with how far its series has come, whether that is in time, or what is missing to"
        " say so."
    )
    noun = npgettext_lazy("counted", "target", "targets")
    table_class = DistanceTable
    filterset_class = DistanceFilter
    columns = {
        "code": "code",
        "policy": "action__policy__code",
        "action": "action__code",
        "action_title": "action__title",
        "action_title_ur": "action__title_ur",
        "indicator": "series__indicator__code",
        "area": "series__area_id",
        "basis": "target__basis",
        "value": "target__value",
        "all_of": "target__whole__code",
        "due": "target__due",
        "first_code": "first__code",
        "first_value": "first__value",
        "first_due": "first__due",
        "baseline": "baseline__code",
        "baseline_value": "baseline__value",
        "baseline_as_of": "baseline__as_of",
        "latest": "reached__code",
        "latest_value": "reached__value",
        "latest_as_of": "reached__as_of",
        "required": "required",
        "broken": "broken",
        "share": "share_rounded",
        "gap": "short",
        "covered": "covered_rounded",
        "elapsed": "elapsed_rounded",
        "planned": "planned_rounded",
        "pace": "pace_rounded",
        "state": "state",
        "reason": "reason",
        "state_first": "state_first",
        "reason_first": "reason_first",
        "projected": "projected",
        "note": "target__note",
        "citation": "target__citation__code",
        "edition": F("target__edition_id"),
    }
    ROUNDED = ("share", "covered", "elapsed", "planned", "pace")

    def get_queryset(self) -> QuerySet:
        return (
            Distance.objects.told()
            .annotate(code=F("target__code"), **{f"{name}_rounded": rounded(name) for name in self.ROUNDED})
            .annotate(rank=state_rank())
            .order_by(
                "action__policy__position",
                "action__position",
                "series__indicator__position",
                "series__area__position",
                "target",
            )
        )


def state_rank() -> Func:
    """The place of a state in the order in which pages show them."""
    return Func(F("state"), function="state_rank", output_field=IntegerField())
