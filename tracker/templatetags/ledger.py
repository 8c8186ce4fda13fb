"""Links and names of the ledger. Load with {% load ledger %}."""

from typing import Any

from django import template
from django.urls import reverse

from tracker import frame

register = template.Library()


@register.simple_tag(takes_context=True)
def href(context: Any, target: Any) -> str:
    """{% href action %}: the address of an object, kept in the edition that this page reads."""
    return frame.href(context.get("request"), target)


@register.simple_tag(takes_context=True)
def page(context: Any, name: str, *args: Any) -> str:
    """{% page "actions" %}: the address of a named page, kept in the edition that this page reads."""
    return frame.href(context.get("request"), reverse(name, args=args))
