"""How many verdicts hang on a threshold: each is moved down and up, and every verdict computed anew.

thresholds.sql lets a transaction set another value for itself, so that nothing is touched: the setting ends with the
transaction, and the transaction may not write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction

from tracker.assessment.comparable import FigurePair
from tracker.assessment.pace import Distance
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import Standing
from tracker.assessment.thresholds import thresholds

STEPS: Final = {
    "on_track_from": Decimal("0.05"),
    "behind_below": Decimal("0.05"),
    "least_elapsed": Decimal("0.05"),
    "period_tolerance": Decimal("0.05"),
    "late_days": Decimal(30),
    "grace_days": Decimal(30),
    "usual_months": Decimal(3),
    "rival_days": Decimal(7),
    "jump_days": Decimal(30),
    "jump_factor": Decimal("0.5"),
}
"""By how much each is moved: shares by 0.05, days by a month or a week, months by a quarter. A projection gives no
verdict, so its thresholds are not here."""

type Verdicts = dict[tuple[str, str], str]
"""The verdict on each thing, by its kind and its code."""

KINDS: Final = ("commitments", "series", "figures")
"""What has a verdict: commitments, series with what they are to reach, and figures of one series, two by two."""


@dataclass(frozen=True)
class Changed:
    """A verdict that becomes another one; one that is not there on one side is empty."""

    kind: str
    code: str
    was: str
    became: str


@dataclass(frozen=True)
class Moved:
    """One threshold at another value, and the verdicts that change with it."""

    threshold: str
    value: Decimal
    to: Decimal
    changed: list[Changed]

    def document(self) -> dict[str, Any]:
        return {
            "threshold": self.threshold,
            "value": str(self.value),
            "moved_to": str(self.to),
            **{kind: sum(change.kind == kind for change in self.changed) for kind in KINDS},
            "changed": [asdict(change) for change in self.changed],
        }


@dataclass(frozen=True)
class Sensitivity:
    verdicts: dict[str, int]
    """How many there are of each kind."""
    moved: list[Moved]

    def document(self) -> dict[str, Any]:
        return {"verdicts": self.verdicts, "moved": [moved.document() for moved in self.moved]}


def sensitivity(reading: Reading) -> Sensitivity:
    """Every threshold down and up, and what becomes of the verdicts."""
    with unwritten(), reading.opened():
        values, now = thresholds(), verdicts()
        moved = [
            Moved(name, values[name], to, changes(now, moved_to(name, to)))
            for name, step in STEPS.items()
            for to in (values[name] - step, values[name] + step)
        ]
    return Sensitivity({kind: sum(key[0] == kind for key in now) for kind in KINDS}, moved)


@contextmanager
def unwritten() -> Iterator[None]:
    """A transaction that may not write, and whose settings end with it, also inside another: it is rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


def moved_to(name: str, value: Decimal) -> Verdicts:
    """All verdicts with the threshold at this value, which it has no longer afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"azm.threshold_{name}", str(value)])
        found = verdicts()
        cursor.execute("SELECT set_config(%s, '', true)", [f"azm.threshold_{name}"])
    return found


def verdicts() -> Verdicts:
    """Of commitments and series the state, with the reason where there is none; of two figures how they compare."""
    standings = Standing.objects.order_by().values_list("action__code", "state", "reason")
    distances = Distance.objects.order_by().values_list("target__code", "state", "reason")
    pairs = FigurePair.objects.order_by().values_list("figure__code", "other__code", "verdict", "reason")
    return {
        **{("commitments", code): _said(state, reason) for code, state, reason in standings},
        **{("series", code): _said(state, reason) for code, state, reason in distances},
        **{("figures", f"{one} {other}"): _said(verdict, reason) for one, other, verdict, reason in pairs},
    }


def _said(verdict: str, reason: str) -> str:
    return f"{verdict}: {reason}" if reason else verdict


def changes(now: Verdicts, then: Verdicts) -> list[Changed]:
    keys = sorted(key for key in now.keys() | then.keys() if now.get(key) != then.get(key))
    return [Changed(kind, code, now.get((kind, code), ""), then.get((kind, code), "")) for kind, code in keys]
