"""What a panel "how this was worked out" is made of: inputs with their citations and editions, rule, thresholds."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from tracker.assessment.schedule import Basis, State

RULES: dict[str, Any] = {
    State.DONE: gettext_lazy(
        "Every step is proved; without steps, completion is proved or every target of its series reached."
    ),
    State.ON_TRACK: gettext_lazy("No step is late; or the pace of its series is at least the threshold."),
    State.SLIPPING: gettext_lazy("A step is late, or the pace below that of being on track, and it is not behind."),
    State.BEHIND: gettext_lazy(
        "The weight of the steps proved is too small a part of the weight of those due, or a step is too late,"
        " or the pace of its series is too low."
    ),
    State.OVERDUE: gettext_lazy("The final date has passed, and it is not done."),
    State.NOTHING_DUE: gettext_lazy("No step was due, and the final date has not passed."),
    State.PAUSED: gettext_lazy("A body says that it has paused, and the final date has not passed."),
    State.DROPPED: gettext_lazy("It or all of its steps were dropped by a published change, or a body says so."),
    State.CANNOT_SAY: gettext_lazy("A link is missing without which there is nothing to judge by."),
    State.NOT_SCORED: gettext_lazy("It is recorded and never judged; the reason is published."),
}
USED: dict[str, tuple[str, ...]] = {
    Basis.STEPS: ("behind_below", "late_days"),
    Basis.SERIES: ("on_track_from", "behind_below", "least_elapsed", "usual_months", "grace_days"),
    Basis.DEADLINE: (),
    "": (),
}


@dataclass(frozen=True)
class Input:
    """A fact that counted, or did not: what it is, what it says, and the row that it is."""

    term: Any
    says: Any
    row: Any

    @property
    def citation(self) -> str:
        return self.row.citation.code if self.row.citation else ""

    @property
    def edition(self) -> int:
        return int(self.row.edition_id)


@dataclass(frozen=True)
class Working:
    """What a panel shows below a judgement."""

    sentence: SafeString
    rule: Any
    formula: list[str]
    inputs: list[Input]
    thresholds: list[tuple[Any, Decimal]] = field(default_factory=list)
