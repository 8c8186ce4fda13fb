"""What a briefing can be about: a policy, an area or a body, and which rows of the ledger concern it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import in_language, in_language_text
from provinces.models import COUNTRY, Area
from tracker.assessment.owners import holds
from tracker.assessment.programme import commitments, programme
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind
from tracker.models import Assignment, Measure, Policy, PolicyAction, ResponsibleBody
from tracker.publishing.scopes import Scope, measured, of_area, of_body, of_policy, together
from tracker.views.public import standing_or_404


@dataclass(frozen=True)
class Subject:
    """Of each kind of row those that concern the subject, as conditions on them."""

    kind: str
    row: Any
    actions: QuerySet[PolicyAction]
    scope: Scope
    figures: Q
    """Of snapshots."""
    gaps: Q
    """Of what is not public, the links of commitments left out: the sheet has the commitments themselves."""
    waits: Q
    duties: Q
    rollup: tuple[Kind, str]
    """The roll-up whose list of actions comes nearest to its commitments."""
    filters: Mapping[str, dict[str, str]] = field(default_factory=dict)
    """Of each list, how it is narrowed to the subject, where that leaves all that the sheet may name."""
    policies: tuple[Policy, ...] = ()

    @property
    def name(self) -> SafeString | str:
        return in_language(self.row, "name")

    @property
    def title(self) -> str:
        """For the title of the page."""
        return in_language_text(self.row, "name")


def policy(reading: Reading, code: str) -> Subject:
    """The policy alone or, where it is the one that the front page follows, with those that continue it."""
    found = standing_or_404(Policy, reading, code)
    whole = found.code == settings.AZM_PROGRAMME
    policies = list(programme(reading, found)) if whole else [found]
    actions = commitments(reading, policies)
    measures = Measure.objects.in_edition(reading.edition).filter(
        Q(policy__in=policies) | Q(action__policy__in=policies)
    )
    scope = together(of_policy(one, reading.edition) for one in policies)
    alone = {"policy": found.code} if len(policies) == 1 else {}
    return Subject(
        kind="policy",
        row=found,
        actions=actions,
        scope=scope,
        figures=Q(series__indicator__in=measures.order_by().values("indicator")),
        gaps=Q(policy__in=policies, action=None)
        | Q(snapshot__series__indicator__in=measures.order_by().values("indicator"))
        | Q(target__action__policy__in=policies),
        waits=Q(action__policy__in=policies),
        duties=Q(policy__in=policies),
        rollup=(Kind.PROGRAMME if whole else Kind.POLICY, found.code),
        filters={
            "actions": {"programme" if whole else "policy": found.code},
            **dict.fromkeys(["history", "openness", "waiting", "milestones", "distances"], alone),
        },
        policies=tuple(policies),
    )


def province(reading: Reading, code: str) -> Subject:
    """One area, alone and in the groups that it is told in. Its bodies owe its reports."""
    area = Area.objects.filter(code=code.upper()).first()
    if area is None:
        raise Http404(_("There is no area “%s”.") % code)
    edition = reading.edition
    assigned = Assignment.objects.in_edition(edition).filter(area=area, redacted_in=None)
    actions = PolicyAction.objects.in_edition(edition).filter(Q(area=area) | Q(pk__in=assigned.values("action")))
    groups = Area.objects.filter(member_codes__contains=[area.code])
    areas = [area.code, *groups.values_list("code", flat=True)]
    own = {"area": area.code}
    return Subject(
        kind="province",
        row=area,
        actions=actions.order_by("policy__position", "position", "pk"),
        scope=of_area(area, edition),
        figures=Q(series__area__in=areas),
        gaps=Q(snapshot__series__area__in=areas) | Q(target__series__area__in=areas),
        waits=Q(area=area) | Q(action__area=area),
        duties=Q(body__area=area) if area.code != COUNTRY else Q(body__area=None) | Q(body__area=area),
        rollup=(Kind.AREA, area.code),
        filters={"history": own},
    )


def body(reading: Reading, code: str) -> Subject:
    """One body: what it leads or supports on the day, what it owes, and what it keeps back."""
    found = standing_or_404(ResponsibleBody, reading, code)
    edition = reading.edition
    roles = Assignment.objects.in_edition(edition).filter(
        holds(reading.on), body=found, redacted_in=None, role__in=[Assignment.Role.LEAD, Assignment.Role.SUPPORT]
    )
    actions = PolicyAction.objects.in_edition(edition).filter(pk__in=roles.values("action"))
    own = {"body": found.code}
    return Subject(
        kind="body",
        row=found,
        actions=actions.order_by("policy__position", "position", "pk"),
        scope=of_body(found, edition),
        figures=Q(withheld_by=found) | Q(series__in=measured(edition, action__in=roles.order_by().values("action"))),
        gaps=Q(body=found),
        waits=Q(waiting__waiter=found) | Q(waiting__holder=found),
        duties=Q(body=found),
        rollup=(Kind.LEAD, found.code),
        filters=dict.fromkeys(["actions", "history", "openness", "silence"], own),
    )


KINDS: Final = {
    "policies": (gettext_lazy("Policies"), policy),
    "provinces": (gettext_lazy("Provinces"), province),
    "bodies": (gettext_lazy("Bodies"), body),
}


def all_of(kind: str, reading: Reading) -> Iterable[Any]:
    """Whatever a briefing of this kind can be about, in the order of its list."""
    if kind == "provinces":
        return Area.objects.exclude(kind=Area.Kind.GROUP)
    model: Any = {"policies": Policy, "bodies": ResponsibleBody}[kind]
    rows: Iterable[Any] = model.objects.in_edition(reading.edition).filter(redacted_in=None)
    return rows
