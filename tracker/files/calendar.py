"""The calendar of due dates: what the plan of the edition says now, with the original in the text."""

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
from tracker.models import Milestone, PolicyAction


@dataclass(frozen=True)
class Due:
    """An action or a milestone with its plan; `action` is itself, or the action of the milestone."""

    row: Any
    action: PolicyAction

    @property
    def on(self) -> PartialDate:
        on: PartialDate = self.row.drift.due_now
        return on

    @property
    def set_by(self) -> Any:
        """What set the deadline in force."""
        return self.row.drift.last_move or self.row


def dues(reading: Reading) -> list[Due]:
    """What is due on a day or in a month, by date. Operational and dropped actions are left out with their steps."""
    standing = (
        PolicyAction.objects.in_edition(reading.edition)
        .exclude(domain=PolicyAction.Domain.OPERATIONAL)
        .filter(drift__dropped=False)
        .select_related("policy", "edition", "drift__last_move__edition")
    )
    actions = {action.pk: action for action in standing}
    found = [Due(action, action) for action in actions.values()]
    steps = Milestone.objects.in_edition(reading.edition).filter(action__in=actions, drift__dropped=False)
    for step in steps.select_related("edition", "drift__last_move__edition"):
        step.action = actions[step.action_id]
        found.append(Due(step, step.action))
    dated = [due for due in found if due.row.drift.due_now and due.on.precision != "year"]
    return sorted(dated, key=lambda due: (due.on.last_day, due.row.code))


def _description(due: Due) -> Iterator[str]:
    if due.row is not due.action:
        yield _("Milestone of: %s") % name(due.action, "title")
    yield _("Policy: %s") % name(due.action.policy)
    if due.on.precision == "month":
        yield _("Only the month is known (%s); this is its last day.") % day(due.on)
    drift = due.row.drift
    if drift.changes:
        original = day(drift.due_first) if due.row.due else _("none published")
        yield _("Original deadline: %(original)s. Times moved: %(times)s. Reason: %(reason)s") % {
            "original": original,
            "times": digits(drift.moves),
            "reason": name(drift.last_move, "reason"),
        }


def events(request: HttpRequest, reading: Reading) -> Iterator[Day]:
    for due in dues(reading):
        yield Day(
            uid=urn("due", due.row._meta.model_name, due.row.code).removeprefix("urn:uuid:"),
            on=due.on.last_day,
            summary=_("Due: %s") % (name(due.row, "title") or due.row.code),
            description="\n".join(_description(due)),
            url=request.build_absolute_uri(href(request, due.row)),
            modified=due.set_by.edition.published_at,
            sequence=due.row.drift.changes,
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
    further = {"X-AZM-EDITION": str(edition.number), "X-AZM-DIGEST": f"sha256:{edition.digest}"}
    with reading.opened():
        file = written(title, text, language, edition.published_at, events(request, reading), further)
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="azm.ics"'},
    )
