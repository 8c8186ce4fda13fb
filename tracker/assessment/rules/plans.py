"""Commitments and their plans: links of the chain, deadlines, steps, and what is reported of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import F, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from azm.lib.templatetags.azm import date_long, in_language, number, percent
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, Weight
from tracker.assessment.rules.snapshots import query
from tracker.assessment.standings import Chain
from tracker.models import Assignment, Milestone, PlanChange, PolicyAction, ProgressUpdate


def _plan_rule(
    rule: type[Rule], scope: Scope, subjects: QuerySet, inputs: QuerySet | None, found: list[dict[str, Any]]
) -> Iterator[Finding]:
    """The findings of a query: `subject` and `inputs` are keys in these querysets, the rest is told."""
    if not found:
        return
    rows = subjects.in_bulk([row["subject"] for row in found])
    keys = {key for row in found for key in row.get("inputs") or ()}
    others = inputs.in_bulk(keys) if inputs is not None and keys else {}
    for row in sorted(found, key=lambda row: rows[row["subject"]].code):
        beside = tuple(others[key] for key in row.pop("inputs", None) or ())
        yield Finding(rule, rows[row.pop("subject")], row, beside)


def _actions(scope: Scope) -> QuerySet:
    return scope.table(PolicyAction, "id", "starts", "due", policy_starts=F("policy__starts"))


def _steps(scope: Scope) -> QuerySet:
    return scope.table(Milestone, "id", "action_id", "area_id", "position", "due", "weight")


def _reports(scope: Scope) -> QuerySet:
    columns = ("id", "action_id", "milestone_id", "area_id", "body_id", "channel", "status", "met", "as_of")
    return scope.table(ProgressUpdate, *columns)


def _changes(scope: Scope) -> QuerySet:
    return scope.table(PlanChange, "id", "action_id", "milestone_id", "kind", "new_due", "announced", "edition_id")


class StepAfterTheEnd(Rule):
    """A milestone is not due after its action is."""

    code = "step-after-the-end"
    name = gettext_lazy("Step after the end")
    about = (Milestone,)
    field = "due"
    says = gettext_lazy("is due after its action.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(due__first_day__gt=F("action__due__last_day"))


class LinkMissing(Rule):
    """A commitment has every link of the chain of accountability.

    The seven links are owner, measure, baseline, requirement or target, deadline, latest figure and report. A link is
    on record with its source, or it is missing; whoever publishes what is missing closes the gap in the next edition.
    """

    code = "link-missing"
    name = gettext_lazy("Links missing")
    severity = Severity.NOTES
    about = (PolicyAction,)
    asks_drafts = False
    by_day = True
    says = gettext_lazy("Has {present} of {all} links; missing: {missing}.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        # Chains are read by themselves: joined to them, the function behind may be run once for every action.
        lacking = {chain.pk: chain for chain in Chain.objects.filter(links__lt=len(Chain.LINKS)).order_by()}
        actions = scope.subjects(PolicyAction).select_related("policy", "citation__source")
        for action in actions.order_by("code"):
            if action.pk in lacking:
                yield Finding(cls, action, {"missing": lacking[action.pk].absent()})

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        missing = finding.told["missing"]
        return {
            "present": number(len(Chain.LINKS) - len(missing)),
            "all": number(len(Chain.LINKS)),
            "missing": format_html_join(_(", "), "{}", ((Chain.LINKS[link],) for link in missing)),
        }


class DeadlinePassed(Rule):
    """A deadline does not pass without the thing being done, dropped, or planned anew.

    The deadline is the latest one published; of a month or a year its last day counts. An action is done when the
    latest report on it says complete, a step when the latest report on it says met; whether that is proved is another
    rule's question.
    """

    code = "deadline-passed"
    name = gettext_lazy("Deadline passed")
    severity = Severity.WARNS
    about = (PolicyAction, Milestone)
    by_day = True
    says = ngettext_lazy(
        "Was due on {due}; {days} day later it is neither done, nor dropped, nor planned anew.",
        "Was due on {due}; {days} days later it is neither done, nor dropped, nor planned anew.",
        "n",
    )

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        found = scope.select(
            query("deadline_passed"),
            kind=model._meta.model_name,
            changes=_changes(scope),
            updates=_reports(scope),
            milestones=_steps(scope),
            actions=_actions(scope),
        )
        path = "policy" if model is PolicyAction else "action__policy"
        ledger: Any = model.objects
        rows = ledger.select_related(path, "citation__source")
        yield from _plan_rule(cls, scope, rows, None, found)

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {"due": date_long(finding.told["due"]), "days": number(finding.told["days"])}

    @classmethod
    def sentence(cls, finding: Finding) -> str:
        return format_html(cls.says % {"n": finding.told["days"]}, **cls.places(finding))

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        if finding.told["replanned"] is None:
            return [_("No plan change moves this deadline.")]
        return [_("The deadline had been moved before, and this is the latest one.")]


class CompleteUnproved(Rule):
    """What is reported complete has proved all its steps.

    A step is proved when the latest report on it says met, and that report does not come from a body that leads or
    supports the action. Steps that were dropped do not count; a report on one area is held against the steps of that
    area and of the whole.
    """

    code = "complete-unproved"
    name = gettext_lazy("Complete, but not proved")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (ProgressUpdate,)
    says = gettext_lazy("Reported complete, but {unproved} of {steps} steps are not proved.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        found = scope.select(
            query("complete_unproved"),
            assignments=scope.table(Assignment, "action_id", "body_id", "role"),
            updates=_reports(scope),
            milestones=_steps(scope),
            changes=_changes(scope),
        )
        reports = ProgressUpdate.objects.select_related("action__policy", "body", "citation__source")
        steps = Milestone.objects.select_related("action__policy", "citation__source")
        yield from _plan_rule(cls, scope, reports, steps, found)

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        return {"unproved": number(finding.told["unproved"]), "steps": number(finding.told["steps"])}

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        steps = format_html_join(_("; "), "{}", ((in_language(step, "title"),) for step in finding.inputs))
        return [format_html(_("Not proved: {steps}."), steps=steps)]


class LateWeight(Rule):
    """Not more than half the weight of a plan falls into the last quarter of its time.

    The time runs from the beginning of the action, or of its policy where it has none, to its deadline, or to its last
    step without one. Dated steps count with their weights, as first published. A plan with all its weight at the end
    can be on track until it is too late.
    """

    code = "late-weight"
    name = gettext_lazy("Weight at the end")
    severity = Severity.NOTES
    about = (PolicyAction,)
    asks_drafts = False
    says = gettext_lazy("{share} of the weight of its plan falls into the last quarter of its time.")

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        found = scope.select(query("late_weight"), milestones=_steps(scope), actions=_actions(scope))
        actions = PolicyAction.objects.select_related("policy", "citation__source")
        yield from _plan_rule(cls, scope, actions, None, found)

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        told: Mapping[str, Any] = finding.told
        return {"share": percent(100 * told["late"] / told["weight"], 0)}

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        told = finding.told
        steps = ngettext("{late} of {all} step", "{late} of {all} steps", told["steps"])
        return [
            format_html(
                _("{steps}, with a weight of {weight} of {total}, are due in the last quarter of {first} to {last}."),
                steps=format_html(steps, late=number(told["late_steps"]), all=number(told["steps"])),
                weight=number(told["late"]),
                total=number(told["weight"]),
                first=date_long(told["first_day"]),
                last=date_long(told["last_day"]),
            )
        ]
