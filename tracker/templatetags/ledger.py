"""Links and names of the ledger. Load with {% load ledger %}."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from tracker import frame

register = template.Library()


@register.simple_tag(takes_context=True)
def href(context: Any, target: Any) -> str:
    """{% href action %}: the address of an object, kept in the edition that this page reads."""
    return frame.href(context.get("request"), target)


@register.simple_tag
def sample_mark(x: str = "50%", y: str = "50%") -> str:
    """The word across a chart of the sample, so that a picture of it says so too; nothing elsewhere."""
    if not settings.AZM_SAMPLE:
        return ""
    return format_html('<text class="sample-mark" x="{}" y="{}">SAMPLE</text>', x, y)


@register.simple_tag(takes_context=True)
def page(context: Any, name: str, *args: Any) -> str:
    """{% page "actions" %}: the address of a named page, kept in the edition that this page reads."""
    return frame.href(context.get("request"), reverse(name, args=args))
