"""The gate: what stands between a draft and publication."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tracker.assessment.rules import Finding, Severity, findings
from tracker.models import Publishable

type Selection = Mapping[type[Publishable], set[int]]


class GateRefused(Exception):
    """Nothing was published; `problems` are sentences, one for each item and what it lacks."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def problems_of(selection: Selection, reviewer: Any | None) -> list[str]:
    """Every reason not to publish the selection, in sentences that name the item."""
    problems: list[str] = []
    for model, ids in selection.items():
        rows = model.objects.filter(pk__in=ids)
        problems += map(str, _blocking(rows))
        if reviewer is not None:
            problems += [
                _("%(kind)s %(code)s: you entered it yourself; another reviewer must publish it.")
                % {"kind": model._meta.verbose_name, "code": row.code}
                for row in rows.filter(entered_by=reviewer).order_by("code")
            ]
    return problems


def _blocking(rows: Any) -> list[Finding]:
    return findings(rows, Severity.BLOCKS)
