"""The words of judgements in both languages, side by side: what a reviewer of the Urdu looks at first."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext_lazy, override

from tracker.assessment.rollups import LedBy, Sphere
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.models import MetricSnapshot, ProgressUpdate, Target

TERMS: Final[tuple[tuple[Any, tuple[Any, ...]], ...]] = (
    (gettext_lazy("State"), tuple(State.labels)),
    (gettext_lazy("Chain"), tuple(Chain.LINKS.values())),
    (gettext_lazy("Reported status"), tuple(ProgressUpdate.Status.labels)),
    (gettext_lazy("Status"), tuple(MetricSnapshot.Status.labels)),
    (gettext_lazy("Requirement or target"), tuple(Target.Basis.labels)),
    (gettext_lazy("Sphere of who leads"), tuple(Sphere.labels)),
    (gettext_lazy("Led by"), tuple(LedBy.labels)),
)


def terms() -> Iterator[dict[str, Any]]:
    for about, words in TERMS:
        for word in words:
            yield {"about": about, "english": _in(word, "en"), "urdu": _in(word, "ur")}


def _in(word: Any, language: str) -> str:
    with override(language):
        return str(word)
