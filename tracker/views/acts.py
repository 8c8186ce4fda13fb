"""What happened to the rows of one edition or of several, in groups: by what happened, then kind by kind."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tracker.listings.history import Line, lines
from tracker.models import EditionItem
from tracker.naming import NAMED
from tracker.publishing import compare as between_editions
from tracker.publishing.compare import Between
from tracker.publishing.items import ACTS, Happened, first_of_each, with_what_happened
from tracker.views.history import addresses

SHOWN_OF_A_KIND = 10
TITLES = {
    Happened.ENTERED: (_("Entered"), _("Rows that replace no other.")),
    Happened.CORRECTED: (
        _("Corrected"),
        _("A published row is never altered: another replaces it, with a reason. Both stay."),
    ),
    Happened.WITHDRAWN: (
        _("Withdrawn"),
        _("Rows that left without another in their place. Each link leads to the last edition that holds the row."),
    ),
    Happened.SUSPENDED: (
        _("Suspended"),
        _("Hidden at once by one reviewer, until another one withdraws or restores them."),
    ),
    Happened.RESTORED: (_("Restored"), _("Rows that a suspension had hidden, and that stand again.")),
    Happened.REDACTED: (
        _("Redacted"),
        _("Words and figures were removed for good, on the ground that is given. Where a row stood, that is told."),
    ),
}


def counted(request: HttpRequest, between: Between, *always: EditionItem.Act, **listed: Any) -> dict[str, Any]:
    """The context of tracker/_counts.html: of each kind that changed how many stood before, what happened, and how
    many stand after; the others by number. An act has a column if it happened, or is `always` told.

    With `listed`, the filters of the history that leave these items, every kind leads to its rows.
    """
    counts = between_editions.counts(between)
    acts = [act for act in ACTS if act in always or any(row[act] for row in counts)]
    rows = [
        {
            "name": row["model"]._meta.verbose_name_plural,
            "url": addresses(request, {**listed, "kind": row["model"]._meta.model_name})["url"] if listed else "",
            "before": row["before"],
            "acts": [(act.label, row[act]) for act in acts],
            "after": row["after"],
        }
        for row in counts
    ]
    changed = [row for row in rows if any(count for _label, count in row["acts"])]
    return {
        "acts": [act.label for act in acts],
        "counts": changed,
        "totals": {
            "before": sum(row["before"] for row in changed),
            "acts": [(act.label, sum(row[act] for row in counts)) for act in acts],
            "after": sum(row["after"] for row in changed),
        },
        "unchanged": [row for row in rows if row not in changed],
    }


def happenings(request: HttpRequest, items: QuerySet[EditionItem], **listed: Any) -> list[dict[str, Any]]:
    """Everything that happened, with the first rows of each kind, by a query for each kind.

    With `listed`, the filters of the history that leave these items, every kind leads to all of its rows. What
    a correction replaced is told with the correction.
    """
    counts = times(items)
    wanted = [(happened, kind) for happened in TITLES for kind in counts[happened]]
    shown = first_lines(request, items, wanted, SHOWN_OF_A_KIND)
    return [
        {
            "happened": happened.value,
            "title": title,
            "note": note,
            "count": sum(counts[happened].values()),
            "kinds": [
                {
                    "name": apps.get_model("tracker", kind)._meta.verbose_name_plural,
                    "count": count,
                    "more": count > len(shown[happened, kind]),
                    "lines": shown[happened, kind],
                    "url": addresses(request, {**listed, "happened": happened.value, "kind": kind})["url"]
                    if listed
                    else "",
                }
                for kind in NAMED
                if (count := counts[happened].get(kind))
            ],
        }
        for happened, (title, note) in TITLES.items()
        if counts.get(happened)
    ]


def times(items: QuerySet[EditionItem]) -> dict[str, dict[str, int]]:
    """How often each thing happened to each kind of row."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    grouped = with_what_happened(items).order_by().values_list("happened", "kind")
    for happened, kind, n in grouped.annotate(n=Count("pk")):
        counts[happened][kind] = n
    return counts


def first_lines(
    request: HttpRequest, items: QuerySet[EditionItem], wanted: Iterable[tuple[str, str]], most: int
) -> dict[tuple[str, str], list[Line]]:
    """The first of what happened, named by what and to which kind of row, by a query for each kind."""
    first = first_of_each(items, wanted, most).select_related("edition").order_by("edition_id", "code")
    shown: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines(request, first):
        shown[line.told.happened, line.told.item.kind].append(line)
    return shown
