"""What bodies say to findings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tracker.assessment.reading import Reading
from tracker.assessment.rules import Finding
from tracker.models import FindingAnswer

type Answers = Mapping[tuple[str, str, str], list[FindingAnswer]]


def answers_to(reading: Reading, found: Iterable[Finding]) -> Answers:
    """What bodies say to these findings, by rule and row, the newest first; in one query."""
    keys = {finding.key for finding in found}
    if not keys:
        return {}
    rows = (
        FindingAnswer.objects.in_edition(reading.edition)
        .filter(redacted_in=None, subject_code__in={code for _rule, _kind, code in keys})
        .select_related("body", "citation__source")
        .order_by("-edition", "code")
    )
    said: dict[tuple[str, str, str], list[FindingAnswer]] = defaultdict(list)
    for row in rows:
        said[row.rule, row.subject_kind, row.subject_code].append(row)
    return said
