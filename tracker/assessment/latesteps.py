"""The steps that are past their day and not proved, by the plan as first published; for the reading that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from tracker.assessment.standings import READ
from tracker.models import Milestone


@dataclass(frozen=True)
class LateStep:
    """A step whose day is over; whether it is said to be met, and whether it was dropped since."""

    milestone: Milestone
    due: date
    said: bool
    dropped: bool


def late_steps(actions: Iterable[int], most: int) -> tuple[list[LateStep], int]:
    """Of these commitments, the longest late first, and how many there are: what `steps_late` of a standing counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT milestone_id, due_on, said, dropped FROM plan_steps({READ}, false, %s::bigint[])
                 WHERE due_on < current_setting('azm.day')::date AND NOT proved
                 ORDER BY due_on, milestone_id""",
            [list(actions)],
        )
        found = cursor.fetchall()
    milestones = Milestone.objects.select_related("action", "citation__source").in_bulk(
        [pk for pk, *_rest in found[:most]]
    )
    return [LateStep(milestones[pk], *rest) for pk, *rest in found[:most]], len(found)
