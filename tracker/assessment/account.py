"""Everything that is judged, at one place and for one reading: the programme, the findings and the silences.

`account()` gives it as a document of plain values whose keys are a promise; docs/assess.md says what each means.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone, translation

from tracker.assessment import sentences
from tracker.assessment.answers import answers_to
from tracker.assessment.pace import Distance
from tracker.assessment.programme import commitments, programme
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind, Rollup
from tracker.assessment.rules import Finding, findings_in, text
from tracker.assessment.rules.base import Model
from tracker.assessment.schedule import Standing, State
from tracker.assessment.seriessentences import of_series
from tracker.assessment.silence import DutyState, Silence, duties
from tracker.assessment.standings import Chain
from tracker.models import (
    Assignment,
    FindingAnswer,
    Measure,
    MetricSnapshot,
    Milestone,
    Policy,
    PolicyAction,
    ProgressUpdate,
    ReportingDuty,
)

type Document = dict[str, Any]


@dataclass(frozen=True)
class Programme:
    """The policy and, of the one on the front page, those that continue it; with commitments and distances in order.

    Judgements are read by themselves: joined to a list, the function behind may be run once for every row of it.
    """

    policies: list[Policy]
    actions: list[PolicyAction]
    chains: Mapping[int, Chain]
    standings: Mapping[int, Standing]
    distances: list[Distance]

    @classmethod
    def of(cls, reading: Reading, policy: Policy) -> "Programme":
        is_programme = policy.code == settings.AZM_PROGRAMME
        policies = list(programme(reading, policy)) if is_programme else [policy]
        actions = list(commitments(reading, policies).select_related("policy", "objective", "area"))
        place = {action.pk: number for number, action in enumerate(actions)}
        found = [distance for distance in Distance.objects.order_by("target") if distance.action_id in place]
        prefetch_related_objects(found, "target", "action", "series__indicator", "reached")
        standings = [standing for standing in Standing.objects.order_by() if standing.pk in place]
        prefetch_related_objects(standings, "reported__body")
        return cls(
            policies,
            actions,
            {chain.pk: chain for chain in Chain.objects.order_by() if chain.pk in place},
            {standing.pk: standing for standing in standings},
            sorted(found, key=lambda distance: place[distance.action_id]),
        )


def account(reading: Reading, policy: Policy, language: str, *, narrowed: bool = False) -> Document:
    """Of a reading that is open. `narrowed` leaves out findings on rows that are not of the policy's programme."""
    with translation.override(language):
        found = Programme.of(reading, policy)
        about = rows_of(reading, found) if narrowed else None
        return {
            "edition": {
                "number": reading.edition.number,
                "published": timezone.localdate(reading.edition.published_at).isoformat(),
                "digest": reading.edition.digest,
            },
            "on": reading.on.isoformat(),
            "language": language,
            "sample": settings.AZM_SAMPLE,
            "programme": _programme(reading, policy, found),
            "actions": [_action(reading, found, action) for action in found.actions],
            "distances": [_distance(distance) for distance in found.distances],
            "findings": _findings(reading, findings_in(reading, about)),
            "silences": [_silence(duty) for duty in _silent(found if narrowed else None)],
        }


def rows_of(reading: Reading, found: Programme) -> Mapping[Model, Q]:
    """The rows of a programme that a rule may remark on: commitments, plans, reports, and what measures them."""
    measures = Measure.objects.in_edition(reading.edition).filter(
        action__in=found.actions, use=Measure.Use.IMPLEMENTATION
    )
    of_actions = Q(action__policy__in=found.policies)
    return {
        PolicyAction: Q(policy__in=found.policies),
        **dict.fromkeys([Milestone, Assignment, ProgressUpdate], of_actions),
        MetricSnapshot: Q(series__indicator__in=measures.order_by().values("indicator")),
    }


def _programme(reading: Reading, policy: Policy, found: Programme) -> Document:
    rollup = Rollup.objects.filter(kind__in=[Kind.PROGRAMME, Kind.POLICY], scope=policy.code).first()
    bounds = rollup.elapsed() if rollup else None
    return {
        "policies": [{"code": row.code, "name": _name(row, "name")} for row in found.policies],
        "elapsed": bounds and dict(zip(("least", "most"), map(share, bounds), strict=True)),
        "commitments": len(found.actions),
        "chain": {link: sum(getattr(chain, link) for chain in found.chains.values()) for link in Chain.LINKS},
        "states": _counted(standing.state for standing in found.standings.values()),
        "states_now": _counted(standing.state_now for standing in found.standings.values()),
        "series": _counted(distance.state for distance in found.distances),
    }


def _counted(states: Iterable[str]) -> dict[str, int]:
    """Every state of the scale, also those that nothing is in, so that the counts add up to all there are."""
    counts = Counter(states)
    return {state: counts[state] for state in State.values}


def _action(reading: Reading, found: Programme, action: PolicyAction) -> Document:
    chain, standing = found.chains[action.pk], found.standings[action.pk]
    report = standing.reported
    return {
        "code": action.code,
        "policy": action.policy.code,
        "area": action.area_id,
        "title": _name(action, "title"),
        "state": standing.state,
        "state_now": standing.state_now,
        "reason": standing.reason,
        "basis": standing.basis,
        "links": {link: getattr(chain, link) for link in Chain.LINKS},
        "reported": None
        if report is None
        else {
            "code": report.code,
            "status": report.status,
            "body": report.body.code if report.body else "",
            "channel": report.channel,
            "as_of": report.as_of.isoformat(),
        },
        "steps": standing.steps,
        "steps_due": standing.steps_due,
        "steps_proved": standing.steps_proved,
        "evidenced": share(standing.evidenced),
        "self_reported": share(standing.self_reported),
        "planned": share(standing.planned_share),
        "sentence": text(sentences.of_commitment(standing, action, reading.on)),
    }


def _distance(distance: Distance) -> Document:
    target, reached = distance.target, distance.reached
    return {
        "target": target.code,
        "action": distance.action.code,
        "basis": target.basis,
        "indicator": distance.series.indicator.code,
        "name": _name(distance.series.indicator, "name"),
        "area": distance.series.area_id,
        "due": str(target.due or ""),
        "required": decimal(distance.required),
        "snapshot": reached.code if reached else "",
        "value": decimal(reached.value) if reached else None,
        "as_of": reached.as_of.isoformat() if reached and reached.as_of else "",
        "share": share(distance.share),
        "short": decimal(distance.short),
        "covered": share(distance.covered),
        "elapsed": share(distance.elapsed),
        "planned": share(distance.planned),
        "pace": share(distance.pace),
        "state": distance.state,
        "reason": distance.reason,
        "projected": distance.projected,
        "sentence": text(of_series(distance)),
    }


def _findings(reading: Reading, found: list[Finding]) -> list[Document]:
    answers = answers_to(reading, found)
    return [_finding(finding, answers.get(finding.key, [])) for finding in found]


def _finding(finding: Finding, said: list[FindingAnswer]) -> Document:
    rule, kind, code = finding.key
    return {
        "rule": rule,
        "severity": finding.rule.severity.value,
        "kind": kind,
        "subject": code,
        "sentence": text(finding.sentence),
        "working": [text(line) for line in finding.working],
        "inputs": [row.code for row in finding.inputs],
        "citations": [citation.code for citation in finding.citations],
        "answers": [
            {"code": answer.code, "body": answer.body.code, "words": _name(answer, "words")} for answer in said
        ],
    }


def _silent(found: Programme | None) -> list[ReportingDuty]:
    """Duties of bodies that are silent, the longest first; of a programme those that name one of its policies."""
    silent = duties().filter(silence__state=DutyState.SILENT)
    return list(silent if found is None else silent.filter(policy__in=found.policies))


def _silence(duty: ReportingDuty) -> Document:
    silence: Silence = duty.silence
    return {
        "duty": duty.code,
        "body": duty.body.code,
        "policy": duty.policy.code if duty.policy else "",
        "interval_months": duty.interval_months,
        "heard": silence.last.as_of.isoformat() if silence.last else "",
        "due": silence.due.isoformat(),
        "days": silence.days,
        "sentence": text(sentences.of_silence(duty, silence)),
    }


def _name(row: Any, field: str) -> str:
    """In the language of the account; in English where it has no other."""
    return getattr(row, f"{field}_ur", "") or getattr(row, field) if _is_urdu() else getattr(row, field)


def _is_urdu() -> bool:
    return translation.get_language() == "ur"


def decimal(value: Decimal | None) -> str | None:
    """Exactly as it is on record, without zeros that say nothing: a binary fraction would not be."""
    return None if value is None else f"{value.normalize():f}"


def share(value: Decimal | None) -> str | None:
    """To six places."""
    return None if value is None else decimal(value.quantize(Decimal("0.000001")))
