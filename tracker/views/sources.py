"""One source, with every passage that the ledger uses from it and all that rests on each."""

from collections import Counter, defaultdict
from typing import Any

from django.apps import apps
from django.db.models import CharField, Prefetch, Q, Value
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import number
from tracker.assessment.reading import Reading
from tracker.frame import href, tombstone
from tracker.models import (
    Assignment,
    Citation,
    MetricSnapshot,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    Publishable,
    Source,
)
from tracker.naming import NAMED, name, place, with_names
from tracker.remarks import panel
from tracker.views.public import public, standing_or_404

type Resting = dict[int, list[dict[str, Any]]]
"""By citation what rests on it."""


@public
def source(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    found = standing_or_404(Source, reading, code)
    repeats = Citation.objects.in_edition(reading.edition).select_related("source")
    citations: list[Any] = list(
        repeats.filter(source=found)
        .select_related("repeats__source")
        .prefetch_related(Prefetch("repeated_by", repeats, "standing_repeats"))
        .order_by("code")
    )
    resting, counts = _resting(request, reading, found)
    for citation in citations:
        citation.resting = resting.get(citation.pk, [])
    cited = Q(citation__source=found)
    about: dict[Any, Q] = dict.fromkeys([MetricSnapshot, PolicyAction, Milestone, Assignment, ProgressUpdate], cited)
    context = {
        "source": found,
        "citations": citations,
        "lead": _lead(len(citations), counts),
        "findings": panel(request, reading, about),
    }
    return TemplateResponse(request, "tracker/source.html", context)


def _citing() -> list[type[Publishable]]:
    """The kinds of rows that rest on a citation, facts first."""
    models: list[Any] = [apps.get_model("tracker", kind) for kind in NAMED]
    return [model for model in models if any(field.name == "citation" for field in model._meta.fields)]


def _resting(request: HttpRequest, reading: Reading, source: Source) -> tuple[Resting, Counter[Any]]:
    """What rests on each passage, and how much of each kind; by a query for each kind that there is."""
    kinds: dict[str, Any] = {model._meta.model_name or "": model for model in _citing()}
    standing = {
        kind: model.objects.in_edition(reading.edition).filter(citation__source=source) for kind, model in kinds.items()
    }
    first, *others = (rows.order_by().values(of=Value(kind, CharField())).distinct() for kind, rows in standing.items())
    told = {row["of"] for row in first.union(*others).order_by()}
    resting: Resting = defaultdict(list)
    counts: Counter[Any] = Counter()
    for kind in (kind for kind in kinds if kind in told):
        for row in with_names(standing[kind]).order_by("code"):
            counts[kinds[kind]] += 1
            resting[row.citation_id].append(
                {
                    "kind": row._meta.verbose_name,
                    "name": name(row),
                    "url": href(request, place(row)),
                    "tombstone": tombstone(request, row),
                }
            )
    return resting, counts


def _lead(passages: int, counts: Counter[Any]) -> str:
    """How many facts of which kinds rest on how many passages."""
    if not counts:
        return _("No fact of the ledger rests on it.")
    told = (
        (number(n), model._meta.verbose_name if n == 1 else model._meta.verbose_name_plural)
        for model, n in counts.most_common()
    )
    total = counts.total()
    return format_html(
        ngettext("{n} row of the ledger rests on {m}: {kinds}.", "{n} rows of the ledger rest on {m}: {kinds}.", total),
        n=number(total),
        m=format_html(ngettext("{} passage of it", "{} passages of it", passages), number(passages)),
        kinds=format_html_join(_(", "), "{} {}", told),
    )
