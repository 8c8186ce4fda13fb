"""What the examples of the methodology page are chosen from, asked once for the whole page."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Standing, State

type Told = Mapping[str, Any]
type Tests = Mapping[str, Callable[[Told], Any]]

ORDER: Final = ("action__policy__position", "action__position", "action")


def _has(state: State) -> Callable[[Told], Any]:
    return lambda told: told["state"] == state


STANDINGS: Final[Tests] = {
    **{state.value: _has(state) for state in State},
    "reported": lambda told: told["reported_id"],
    "evidenced": lambda told: told["evidenced"] is not None,
    "judged": lambda told: told["state"] not in (State.CANNOT_SAY, State.NOT_SCORED),
    "planned": lambda told: told["planned_share"] is not None,
    "due": lambda told: told["planned"],
    "late": lambda told: told["days_late"],
}
DISTANCES: Final[Tests] = {
    "share": lambda told: told["share"] is not None,
    "covered": lambda told: told["covered"] is not None and not told["holds"],
    "pace": lambda told: told["pace"] is not None,
    "holds": lambda told: told["holds"] and told["reached_id"],
    "projected": lambda told: told["projected"],
    "moved": lambda told: told["first_id"] != told["target_id"],
}


@dataclass(frozen=True)
class Survey(Reading):
    """A reading with its judgements in few words. Of each kind of example the first in order is fetched whole."""

    @classmethod
    def of_reading(cls, reading: Reading) -> "Survey":
        return cls(reading.edition, reading.newest, reading.on, reading.pinned)

    @cached_property
    def standings(self) -> list[Told]:
        columns = ("action_id", "state", "reason", "reported_id", "evidenced", "planned_share", "planned", "days_late")
        return list(Standing.objects.order_by(*ORDER).values(*columns))

    @cached_property
    def distances(self) -> list[Told]:
        columns = ("target_id", "state", "reason", "reached_id", "share", "covered", "pace", "holds", "projected")
        return list(Distance.objects.order_by(*ORDER, "target").values(*columns, "first_id"))

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """An example of each kind that the edition has one of."""
        keys = _first(self.standings, STANDINGS, "action_id")
        rows = Standing.objects.select_related("action", "reported__body").in_bulk(list(keys.values()))
        return {kind: rows[key] for kind, key in keys.items()}

    @cached_property
    def distance(self) -> dict[str, Distance]:
        keys = _first(self.distances, DISTANCES, "target_id")
        rows = Distance.objects.told().in_bulk(list(keys.values()))
        return {kind: rows[key] for kind, key in keys.items()}

    def counted(self, column: str) -> tuple[Counter[str], Counter[str]]:
        """How many commitments and how many targets have each value of the column."""
        return Counter(told[column] for told in self.standings), Counter(told[column] for told in self.distances)


def _first(rows: list[Told], tests: Tests, key: str) -> dict[str, int]:
    found = {kind: next((row[key] for row in rows if test(row)), None) for kind, test in tests.items()}
    return {kind: value for kind, value in found.items() if value is not None}
