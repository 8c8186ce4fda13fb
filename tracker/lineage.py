"""Where policies come from: their periods on one axis of years, and who says that one continues another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib import charts
from azm.lib.templatetags.azm import date_range, date_short, in_language, number
from tracker.assessment.reading import Reading
from tracker.models import Citation, LineageClaim, Policy, PolicyEvent

BEGINNINGS = (PolicyEvent.Kind.APPROVED, PolicyEvent.Kind.ANNOUNCED)
MOST_LABELS = 8
"""Years that the axis names; more would touch on a phone."""


# Bars


@dataclass(frozen=True)
class Axis:
    """The years over the bars, from the first that any of the policies has to the last."""

    days: charts.Scale
    today: str
    years: list[charts.Year]

    @classmethod
    def over(cls, policies: Iterable[Policy], on: date, begun: Iterable[PolicyEvent] = ()) -> Self:
        known = [on, *(event.on.first_day for event in begun)]
        for policy in policies:
            known += [policy.starts.first_day] if policy.starts else []
            known += [policy.ends.last_day] if policy.ends else []
        first, last = min(known).year, max(known).year
        days = charts.Scale.of_days(date(first, 1, 1), date(last, 12, 31))
        every = next((n for n in (1, 2, 5, 10, 20, 50) if (last - first + 1) // n < MOST_LABELS), 100)
        return cls(days, days.across(on.toordinal()), charts.years(days, every))

    def drawn(self) -> str:
        return get_template("charts/years.svg").render({"years": self.years, "today": self.today})

    def bar(self, policy: Policy, begun: PolicyEvent | None = None) -> str:
        """The period of a policy; of one without a first day, the day on which it was approved or announced."""
        starts, ends = policy.starts, policy.ends
        span = charts.span(starts and starts.first_day, ends and ends.last_day, self.days)
        told = None if span or begun is None else self.days.across(begun.on.first_day.toordinal())
        context = {
            "span": span,
            "begun": told,
            "publicity": policy.text,
            "today": self.today,
            "id": f"named-{policy.code}",
        }
        return get_template("charts/lineage.svg").render(context)


def events_of(reading: Reading, *about: Q) -> QuerySet[PolicyEvent]:
    """What happened to policies, the latest first."""
    events: QuerySet[PolicyEvent] = (
        PolicyEvent.objects.in_edition(reading.edition).filter(*about).order_by("-on", "code")
    )
    return events


def beginning_of(policies: Iterable[Policy]) -> Q:
    """Their approvals and announcements, among events."""
    return Q(policy__in=list(policies), kind__in=BEGINNINGS, redacted_in=None)


def beginnings(events: Iterable[PolicyEvent]) -> dict[int, PolicyEvent]:
    """Of each policy the first approval or announcement among these events, which are the latest first."""
    return {event.policy_id: event for event in events if event.kind in BEGINNINGS and event.redacted_in_id is None}


def period(policy: Policy, begun: PolicyEvent | None = None) -> str | SafeString:
    """ "2018 – 2023", "since 24 Dec 2014, no end stated"; without a first day, when it was approved or announced."""
    if policy.starts and policy.ends:
        return date_range(policy.starts, policy.ends)
    if policy.starts:
        return format_html(_("since {}, no end stated"), date_short(policy.starts))
    if policy.ends:
        return format_html(_("to {}, no beginning stated"), date_short(policy.ends))
    if begun is None:
        return _("period not stated")
    return format_html(_("period not stated; {} {}"), begun.get_kind_display(), date_short(begun.on))


# Claims


@dataclass(frozen=True)
class Told:
    """One statement of a source, with everything that it claims of one policy."""

    claims: list[LineageClaim]

    @property
    def policy(self) -> Policy:
        return self.claims[0].policy

    @property
    def citation(self) -> Citation | None:
        return self.claims[0].citation

    @property
    def said(self) -> frozenset[tuple[str, int]]:
        """What is claimed, to be compared with what others claim; nothing where it was redacted."""
        return frozenset((c.relation, c.predecessor_id) for c in self.claims if c.redacted_in_id is None)


@dataclass(frozen=True)
class Lineage:
    """What is said of one policy: where it comes from (`back`), and what comes from it (`onward`)."""

    policy: Policy
    back: list[Told]
    onward: list[Told]

    @classmethod
    def of(cls, reading: Reading, policy: Policy) -> Self:
        claims = list(claims_in(reading).filter(Q(policy=policy) | Q(predecessor=policy)))
        back = [claim for claim in claims if claim.policy_id == policy.pk]
        return cls(policy, by_statement(back), by_statement(claim for claim in claims if claim not in back))

    @property
    def family(self) -> list[Policy]:
        """The policy and every other that a claim names beside it, in the order of lists: the newest first."""
        found = {self.policy.pk: self.policy}
        for told in (*self.back, *self.onward):
            for claim in told.claims:
                for named in (claim.policy, claim.predecessor):
                    found.setdefault(named.pk, named)
        return sorted(found.values(), key=lambda policy: (policy.position, policy.code))

    @property
    def contested(self) -> bool:
        return len(different(self.back)) > 1

    @property
    def sentence(self) -> str | SafeString:
        """How many say where it comes from, and whether they agree."""
        n, things = sum(bool(told.said) for told in self.back), len(different(self.back))
        if not n:
            return ""
        if things > 1:
            return format_html(
                _("Where it comes from is contested: {} statements on record say {} different things."),
                number(n),
                number(things),
            )
        return format_html(
            ngettext(
                "{} statement on record says where it comes from; none says otherwise.",
                "{} statements on record say where it comes from, and they agree.",
                n,
            ),
            number(n),
        )


def claims_in(reading: Reading) -> QuerySet[LineageClaim]:
    """The claims of the edition; those that say the same stand side by side, the oldest source first."""
    claims: QuerySet[LineageClaim] = (
        LineageClaim.objects.in_edition(reading.edition)
        .select_related("policy", "predecessor", "citation__source")
        .order_by("policy__position", "relation", "predecessor__position", "citation__source__published", "code")
    )
    return claims


def by_statement(claims: Iterable[LineageClaim]) -> list[Told]:
    """The claims by the words that they rest on: who says two things in one breath has made one statement."""
    found: dict[tuple[int, Any], list[LineageClaim]] = {}
    for claim in claims:
        found.setdefault((claim.policy_id, claim.citation_id), []).append(claim)
    return [Told(rows) for rows in found.values()]


def different(statements: Iterable[Told]) -> set[frozenset[tuple[str, int]]]:
    """What is said of one policy by one statement or another, each once; it is contested if there are several."""
    return {told.said for told in statements if told.said}


def in_short(statements: Iterable[Told]) -> str | SafeString:
    """ "continues NISP 2023-2028, NAP 2014; is part of NAP 2014": what is claimed, each once, whoever claims it."""
    claimed: dict[str, dict[int, str]] = {}
    for claim in (claim for told in statements for claim in told.claims if claim.redacted_in_id is None):
        earlier = claimed.setdefault(claim.get_relation_display(), {})
        earlier[claim.predecessor_id] = in_language(claim.predecessor, "short_name")
    told = ((word, format_html_join(_(", "), "{}", ((n,) for n in names.values()))) for word, names in claimed.items())
    return format_html_join(_("; "), "{} {}", told)
