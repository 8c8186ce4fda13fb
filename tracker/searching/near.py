"""What is spelt nearly like words that were not found, or like a code that does not exist."""

from collections.abc import Iterator
from typing import Any, Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.functions import Greatest

from provinces.models import Area
from tracker.assessment.reading import Reading
from tracker.models import Indicator, Policy, PolicyAction, ResponsibleBody, Source

NAMED: Final[tuple[tuple[Any, str], ...]] = (
    (Policy, "name"),
    (PolicyAction, "title"),
    (Indicator, "name"),
    (ResponsibleBody, "name"),
    (Source, "title"),
)
LIKENESS: Final = 0.45
CODE_LIKENESS: Final = 0.4
SHOWN: Final = 6


def near(reading: Reading, words: str) -> list[tuple[Any, str]]:
    """The rows whose names are the most alike, with the field that names them."""
    found = [(row, field) for rows, field in _candidates(reading, words) for row in rows]
    found.sort(key=lambda pair: -pair[0].likeness)
    return found[:SHOWN]


def _candidates(reading: Reading, words: str) -> Iterator[tuple[QuerySet, str]]:
    yield _alike(Area.objects.all(), "name", words), "name"
    for model, field in NAMED:
        yield _alike(model.objects.in_edition(reading.edition).filter(redacted_in=None), field, words), field


def _alike(rows: QuerySet, field: str, words: str) -> QuerySet:
    likeness = Greatest(TrigramWordSimilarity(words, field), TrigramWordSimilarity(words, f"{field}_ur"))
    found: QuerySet = rows.annotate(likeness=likeness).filter(likeness__gte=LIKENESS).order_by("-likeness", "pk")
    return found[:SHOWN]


def near_codes(model: Any, reading: Reading, code: str) -> list[Any]:
    """Rows of a kind whose code is nearly the one that was asked for."""
    likeness = Func(F("code"), Value(code[:80].lower()), function="similarity", output_field=FloatField())
    rows = model.objects.in_edition(reading.edition).annotate(likeness=likeness)
    return list(rows.filter(likeness__gte=CODE_LIKENESS).order_by("-likeness", "code")[:SHOWN])
