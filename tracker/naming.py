"""What a row of any kind is called on a page, and where it is shown."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import bdi, in_language
from tracker.models import MetricSnapshot
from tracker.wording import figure

# Of each kind the texts that tell its rows apart. The first of what they belong to that has a page shows the row.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "actionlink": ("action.title", "to_action.title", "to_policy.name"),
    "assignment": ("body.name", "action.title"),
    "citation": ("source.title",),
    "findinganswer": ("body.name",),
    "indicator": ("name",),
    "indicatorbreak": ("description", "indicator.name"),
    "lineageclaim": ("policy.name", "predecessor.name"),
    "measure": ("indicator.name", "action.title", "policy.name"),
    "metricsnapshot": ("series.indicator.name", "series.area.name"),
    "milestone": ("title", "action.title"),
    "objective": ("name", "policy.name"),
    "planchange": ("action.title", "milestone.title", "milestone.action.title"),
    "policy": ("name",),
    "policyaction": ("title",),
    "policyevent": ("account", "policy.name"),
    "progressupdate": ("action.title", "body.name"),
    "reportingduty": ("body.name", "policy.name"),
    "responsiblebody": ("name",),
    "source": ("title",),
    "statement": ("words", "policy.name"),
    "target": ("series.indicator.name", "series.area.name", "action.title"),
}


def with_names(rows: QuerySet) -> QuerySet:
    """The rows with all that their names are made of, in the same query."""
    paths = NAMED_BY[rows.model._meta.model_name or ""]
    related = {path.rpartition(".")[0].replace(".", "__") for path in paths if "." in path}
    return rows.select_related(*related) if related else rows


def name(row: Any) -> SafeString:
    """ "Conviction rate, Punjab: 72%", in the language of the page."""
    texts = (in_language(owner, field) for owner, field in _owners(row))
    text = format_html_join(_(", "), "{}", ((text,) for text in texts if text))
    if isinstance(row, MetricSnapshot) and row.value is not None:
        return format_html("{}: {}", text, figure(row))
    return text or format_html("{}", bdi(row.code))


def place(row: Any) -> str:
    """Where the row is shown: on its own page, or on that of the first thing that it belongs to."""
    places = (owner for owner in (row, *(owner for owner, _field in _owners(row))) if _has_page(owner))
    return str(next(places).get_absolute_url())


def address(row: Any, edition: int) -> str:
    """Where the row stands as it was in the edition."""
    page, mark, anchor = place(row).partition("#")
    return f"{page}?edition={edition}{mark}{anchor}"


def _owners(row: Any) -> Iterator[tuple[Any, str]]:
    for path in NAMED_BY[row._meta.model_name]:
        *relations, field = path.split(".")
        owner = row
        for relation in relations:
            owner = owner and getattr(owner, relation)
        if owner is not None:
            yield owner, field


def _has_page(owner: Any) -> bool:
    return hasattr(owner, "get_absolute_url") and owner._meta.model_name != "area"
