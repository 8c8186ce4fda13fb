"""The parts of the methodology page: importing them puts them there."""

from typing import Final

from tracker.assessment.method import PARTS, Part
from tracker.assessment.methods import answers, course, limits, plans, sidebyside, states

ORDER: Final = ("chain", "answers", "states", "reasons", "plans", "distance", "comparable", "rollups", "thresholds")


def parts() -> list[Part]:
    """All of them in the order of the page; one that the order does not name comes after those that it does."""
    return sorted(PARTS, key=lambda part: ORDER.index(part.code) if part.code in ORDER else len(ORDER))


__all__ = ["answers", "course", "limits", "parts", "plans", "sidebyside", "states"]
