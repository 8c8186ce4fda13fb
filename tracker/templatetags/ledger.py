"""Links and names of the ledger. Load with {% load ledger %}."""

from typing import Any

from django import template
from django.urls import reverse

from azm.lib import redaction
from tracker import frame, wording
from tracker.models import MetricSnapshot

register = template.Library()


def _request(context: Any) -> Any:
    """An included template has it too, whatever else it is given; a page of failure may have none."""
    return getattr(context, "request", None)


@register.simple_tag(takes_context=True)
def href(context: Any, target: Any) -> str:
    """{% href action %}: the address of an object, kept in the edition that this page reads."""
    return frame.href(_request(context), target)


@register.simple_tag
def redacted() -> str:
    """{% redacted %}: the word in the place of a figure that was redacted."""
    return redaction.redacted()


@register.simple_tag(takes_context=True)
def tombstone(context: Any, row: Any) -> str:
    """{% tombstone action %}: on what ground and when its content was redacted; nothing if it was not."""
    return frame.tombstone(context.request, row)


@register.simple_tag(takes_context=True)
def page(context: Any, name: str, *args: Any) -> str:
    """{% page "actions" %}: the address of a named page, kept in the edition that this page reads."""
    return frame.href(_request(context), reverse(name, args=args))


@register.filter
def figure(snapshot: MetricSnapshot) -> str:
    """{{ snapshot|figure }}: the value as it is told, or the word in its place."""
    return wording.figure(snapshot)


@register.filter
def in_quotes(row: Any, field: str) -> str:
    """{{ statement|in_quotes:"words" }}: a source's words between quotation marks."""
    return wording.in_quotes(row, field)
