"""What changed on a programme in the edition that is read."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import number
from tracker.assessment.reading import Reading
from tracker.frame import href
from tracker.models import Edition, EditionItem


def changes(request: HttpRequest, reading: Reading) -> dict[str, Any]:
    """What the edition that is read brought, by kind of row, and what it took; and where the two are compared."""
    kinds: dict[str, Callable[[int], str]] = {
        "policyaction": lambda n: ngettext("{} commitment entered", "{} commitments entered", n),
        "metricsnapshot": lambda n: ngettext("{} figure entered", "{} figures entered", n),
        "assignment": lambda n: ngettext("{} assignment of a body entered", "{} assignments of bodies entered", n),
        "target": lambda n: ngettext("{} requirement or target entered", "{} requirements or targets entered", n),
        "progressupdate": lambda n: ngettext("{} progress report entered", "{} progress reports entered", n),
        "planchange": lambda n: ngettext("{} change of a plan entered", "{} changes of plans entered", n),
        "lineageclaim": lambda n: ngettext(
            "{} claim on what a policy continues", "{} claims on what a policy continues", n
        ),
        "source": lambda n: ngettext("from {} source", "from {} sources", n),
    }
    removals: dict[str, Callable[[int], str]] = {
        "withdrawn": lambda n: ngettext("{} row withdrawn", "{} rows withdrawn", n),
        "suspended": lambda n: ngettext("{} row suspended", "{} rows suspended", n),
        "restored": lambda n: ngettext("{} row restored", "{} rows restored", n),
        "redacted": lambda n: ngettext("{} row redacted", "{} rows redacted", n),
    }
    items = EditionItem.objects.filter(edition=reading.edition).order_by()
    entered: dict[str, int] = {}
    removed: dict[str, int] = {} if reading.edition.act != Edition.Act.PUBLICATION else {"withdrawn": 0}
    for kind, act, n in items.values_list("kind", "act").annotate(n=Count("pk")):
        if act == EditionItem.Act.ENTERED:
            entered[kind] = n
        else:
            removed[act] = removed.get(act, 0) + n
    told = [_counted(say, entered[kind]) for kind, say in kinds.items() if kind in entered]
    told += [_counted(say, removed[act]) for act, say in removals.items() if act in removed]
    return {"edition": reading.edition, "rows": told, "compare_url": _compare_url(request, reading)}


def _counted(say: Callable[[int], str], n: int) -> str:
    return format_html(say(n), format_html("<b>{}</b>", number(n)))


def _compare_url(request: HttpRequest, reading: Reading) -> str:
    newer = reading.edition.number
    if newer == 1:
        return ""
    return href(request, f"{reverse('compare')}?from={newer - 1}&to={newer}")
