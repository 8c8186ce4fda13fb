from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext_lazy

from azm.lib.templatetags.azm import bdi, in_language
from tracker.assessment.owners import current_leads, holds
from tracker.assessment.programme import programme
from tracker.assessment.rollups import LedBy, Sphere
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain, judge
from tracker.listings.base import (
    ENTERED,
    PLAN_COLUMNS,
    SOURCE_COLUMNS,
    AreaFilter,
    CodeFilter,
    DueColumn,
    LedgerListing,
    LedgerTable,
    NameColumn,
    NumberColumn,
    SearchFilter,
    YesNoFilter,
    joined,
    none_named,
    rounded,
    standing,
    state_of,
)
from tracker.models import Assignment, Objective, Policy, PolicyAction, ResponsibleBody


class ActionTable(LedgerTable):
    code = tables.Column(verbose_name=_("Code"), attrs={"cell": {"class": "code"}})
    title = tables.Column(verbose_name=_("Action"), attrs={"cell": {"class": "wide wording plain"}})
    policy = NameColumn(
        verbose_name=_("Policy"),
        field="short_name",
        order_by=("policy__position", "policy__code"),
        attrs={"cell": {"class": "secondary"}},
    )
    area = NameColumn(verbose_name=_("Area"), order_by="area__position", attrs={"cell": {"class": "secondary"}})
    leads = tables.Column(verbose_name=_("Lead"), empty_values=(), orderable=False)
    due = DueColumn()
    links = NumberColumn(verbose_name=_("Links of 7"), accessor="chain__links")
    state = tables.Column(
        verbose_name=_("State"),
        accessor="standing__state",
        order_by="standing__rank",
        attrs={"cell": {"class": "plain end state-cell"}},
    )

    class Meta(LedgerTable.Meta):
        empty_text = _("No commitment is on record.")

    empty_reason = _("One enters with the words of a source that promises it.")

    def render_code(self, record: PolicyAction) -> str:
        return bdi(record.code)

    def render_title(self, record: PolicyAction) -> str:
        return self.named(record, "title")

    def render_state(self, record: PolicyAction) -> str:
        return state_of(record.standing.state, record.standing.get_state_display())

    def render_leads(self, record: Any) -> str:
        names = [in_language(assignment.body, "name") for assignment in record.leads]
        if not names:
            return none_named(_("none named"))
        shown = names[0]
        return shown if len(names) == 1 else _("%(first)s and %(more)d more") % {"first": shown, "more": len(names) - 1}


CLOSED = (State.DONE, State.DROPPED, State.NOT_SCORED)
ROLES = [(role.value, role.label) for role in (Assignment.Role.LEAD, Assignment.Role.SUPPORT)]


class ActionFilter(django_filters.FilterSet):
    q = SearchFilter(label=_("Words in the action"))
    policy = CodeFilter(standing(Policy), label=_("Policy"), empty_label=_("All policies"))
    programme = CodeFilter(
        standing(Policy),
        label=_("Policy with those that continue it"),
        empty_label=_("All policies"),
        method="in_programme",
    )
    objective = CodeFilter(
        standing(Objective),
        label=_("Line of effort"),
        empty_label=_("All lines of effort"),
        null_label=_("none"),
        null_value="none",
    )
    domain = django_filters.ChoiceFilter(
        choices=PolicyAction.Domain.choices, label=_("Domain"), empty_label=_("All domains")
    )
    area = AreaFilter()
    body = CodeFilter(standing(ResponsibleBody), label=_("Body"), empty_label=_("All bodies"), method="assigned_to")
    role = django_filters.ChoiceFilter(
        choices=ROLES, label=_("Role of the body, now"), empty_label=_("Any role, at any time"), method="in_role"
    )
    sphere = django_filters.ChoiceFilter(
        field_name="leadership__sphere",
        choices=Sphere.choices,
        label=_("Sphere of who leads"),
        empty_label=_("All spheres"),
    )
    led_by = django_filters.ChoiceFilter(
        field_name="leadership__led_by", choices=LedBy.choices, label=_("Led by"), empty_label=_("Anybody")
    )
    lacks = django_filters.ChoiceFilter(
        choices=list(Chain.LINKS.items()), label=_("Without"), empty_label=_("Any links"), method="lacking"
    )
    state = django_filters.ChoiceFilter(
        choices=State.choices, label=_("State"), empty_label=_("Any state"), method="in_state"
    )
    open = YesNoFilter(label=_("Open by the current plan"), method="is_open")

    class Meta:
        model = PolicyAction
        fields: list[str] = []

    def in_programme(self, rows: QuerySet, name: str, policy: Policy) -> QuerySet:
        return rows.filter(policy__in=programme(self.request.reading, policy))

    def assigned_to(self, rows: QuerySet, name: str, body: ResponsibleBody) -> QuerySet:
        """Whatever the role and the time, unless a role is asked for."""
        if self.form.cleaned_data.get("role"):
            return rows
        ever = Assignment.objects.in_edition(self.request.reading.edition).filter(body=body)
        return rows.filter(pk__in=ever.values("action"))

    def in_role(self, rows: QuerySet, name: str, role: str) -> QuerySet:
        """The role is held on the day of the reading: by the body that is asked for, or by anybody."""
        reading = self.request.reading
        held = Assignment.objects.in_edition(reading.edition).filter(holds(reading.on), role=role, redacted_in=None)
        if body := self.form.cleaned_data.get("body"):
            held = held.filter(body=body)
        return rows.filter(pk__in=held.values("action"))

    def in_state(self, rows: QuerySet, name: str, state: str) -> QuerySet:
        """What was redacted has no state: it is in no count, and in no list of what is counted."""
        return rows.filter(standing__state=state, redacted_in=None)

    def is_open(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """As `open` of rollup.sql."""
        states = [state for state in State if (state not in CLOSED) == (value == "true")]
        return rows.filter(redacted_in=None, standing__state_now__in=states)

    def lacking(self, rows: QuerySet, name: str, link: str) -> QuerySet:
        return rows.filter(**{f"chain__{link}": False})


class ActionListing(LedgerListing):
    name = "actions"
    title = _("Actions")
    lead = _("What was promised, in all policies.")
    noun = npgettext_lazy("counted", "action", "actions")
    table_class = ActionTable
    filterset_class = ActionFilter
    leading_filters = ("policy", "area", "body", "state", "q")
    columns = {
        "code": "code",
        "policy": "policy__code",
        "policy_name": "policy__name",
        "objective": "objective__code",
        "objective_name": "objective__name",
        "number": "number",
        "title": "title",
        "title_ur": "title_ur",
        "wording": "wording",
        "wording_ur": "wording_ur",
        "domain": "domain",
        "area": "area_id",
        "area_name": "area__name",
        "starts": "starts",
        "due": "due",
        **PLAN_COLUMNS,
        "weight": "weight",
        "scored": "scored",
        "unscored_reason": "unscored_reason",
        "leads": "lead_codes",
        "sphere": "leadership__sphere",
        "led_by": "leadership__led_by",
        **{f"has_{link}": f"chain__{link}" for link in Chain.LINKS},
        "links": "chain__links",
        "reported": "standing__reported__status",
        "reported_on": "standing__reported__as_of",
        "reported_by": "standing__reported__body__code",
        "evidence": rounded("standing__evidenced"),
        "self_reported": rounded("standing__self_reported"),
        "planned": rounded("standing__planned_share"),
        "schedule": "standing__state",
        "schedule_reason": "standing__reason",
        "schedule_current": "standing__state_now",
        "days_late": "standing__days_late",
        **SOURCE_COLUMNS,
        **ENTERED,
    }

    def complete(self, rows: list[PolicyAction]) -> None:
        judge(rows)
        prefetch_related_objects(rows, "drift")

    def get_queryset(self) -> QuerySet:
        edition = self.reading.edition.number
        leads = current_leads(self.reading)
        return (
            PolicyAction.objects.in_edition(edition)
            .select_related("policy", "area")
            .prefetch_related(Prefetch("assignments", leads.select_related("body").order_by("area", "code"), "leads"))
            .annotate(lead_codes=joined(leads, "body__code", action="pk"))
            .order_by("policy__position", "position", "pk")
        )
