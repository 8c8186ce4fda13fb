"""The calendar of due dates: what the plan of the edition says now, with the original in the text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from azm.lib.icalendar import Day
from azm.lib.icalendar import calendar as written
from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import digits
from tracker.assessment.reading import Reading
from tracker.files.words import day, name, urn
from tracker.frame import href, reading_of
from tracker.models import Milestone, PlanChange, PolicyAction


@dataclass(frozen=True)
class Plan:
    """An action or a milestone with the changes of its deadline, the oldest first."""

    row: Any
    action: PolicyAction
    moves: list[PlanChange]

    @property
    def due(self) -> PartialDate | None:
        due: PartialDate | None = self.moves[-1].new_due if self.moves else self.row.due
        return due

    @property
    def last(self) -> Any:
        """What set the deadline in force."""
        return self.moves[-1] if self.moves else self.row


def plans(reading: Reading) -> list[Plan]:
    """What is due on a day or in a month, by date. Operational and dropped actions are left out with their steps."""
    edition = reading.edition
    changes: dict[tuple[str, int | None], list[PlanChange]] = defaultdict(list)
    known = PlanChange.objects.in_edition(edition).select_related("edition")
    for change in sorted(known, key=in_order):
        changes["action" if change.action_id else "milestone", change.action_id or change.milestone_id].append(change)
    standing = (
        PolicyAction.objects.in_edition(edition)
        .exclude(domain=PolicyAction.Domain.OPERATIONAL)
        .select_related("policy", "edition")
    )
    actions = {action.pk: action for action in standing if not _dropped(changes["action", action.pk])}
    found = [Plan(action, action, _moves(changes["action", pk])) for pk, action in actions.items()]
    for step in Milestone.objects.in_edition(edition).filter(action__in=actions).select_related("edition"):
        if not _dropped(changes["milestone", step.pk]):
            step.action = actions[step.action_id]
            found.append(Plan(step, step.action, _moves(changes["milestone", step.pk])))
    dated = [(plan.due.last_day, plan.row.code, plan) for plan in found if plan.due and plan.due.precision != "year"]
    return [plan for _day, _code, plan in sorted(dated, key=lambda entry: entry[:2])]


def in_order(change: PlanChange) -> tuple[Any, ...]:
    """By edition and, within one, by the day of announcement; one without a day comes first."""
    announced = change.announced
    return (change.edition_id, str(announced.last_day) if announced else "", change.code)


def _dropped(changes: list[PlanChange]) -> bool:
    return any(change.kind == PlanChange.Kind.DROPPED for change in changes)


def _moves(changes: list[PlanChange]) -> list[PlanChange]:
    return [change for change in changes if change.kind == PlanChange.Kind.DEADLINE]


def _description(plan: Plan) -> Iterator[str]:
    due = plan.due
    if plan.row is not plan.action:
        yield _("Milestone of: %s") % name(plan.action, "title")
    yield _("Policy: %s") % name(plan.action.policy)
    if due is not None and due.precision == "month":
        yield _("Only the month is known (%s); this is its last day.") % day(due)
    if plan.moves:
        original = day(plan.row.due) or _("none published")
        yield _("Original deadline: %(original)s. Times moved: %(times)s. Reason: %(reason)s") % {
            "original": original,
            "times": digits(len(plan.moves)),
            "reason": name(plan.last, "reason"),
        }


def events(request: HttpRequest, reading: Reading) -> Iterator[Day]:
    for plan in plans(reading):
        assert plan.due is not None  # or it would not be among them
        yield Day(
            uid=urn("due", plan.row._meta.model_name, plan.row.code).removeprefix("urn:uuid:"),
            on=plan.due.last_day,
            summary=_("Due: %s") % (name(plan.row, "title") or plan.row.code),
            description="\n".join(_description(plan)),
            url=request.build_absolute_uri(href(request, plan.row)),
            modified=plan.last.edition.published_at,
            sequence=len(plan.moves),
        )


@require_safe
@conditional_page
def due_dates(request: HttpRequest) -> HttpResponse:
    reading = reading_of(request)
    edition = reading.edition
    about = _("Actions and milestones of edition %(number)s, sha256 %(digest)s. Operational actions are left out.")
    text = about % {"number": digits(edition.number), "digest": edition.digest}
    title = _("Due dates in Pakistan’s internal security policy")
    language = get_language() or "en"
    return HttpResponse(
        written(title, text, language, edition.published_at, events(request, reading)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="azm.ics"'},
    )
