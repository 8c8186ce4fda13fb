"""A component as a page draws it, for places that are no template: a cell of a table, a specimen."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


def drawn(request: HttpRequest, template_name: str, context: Mapping[str, Any]) -> SafeString:
    """The frame around the page is not computed again, as it would be for every cell."""
    whole: Any = Context({**context, "request": request})
    whole.request = request
    template: Any = get_template(template_name)
    markup: str = template.template.render(whole)
    return mark_safe(markup)  # templates escape what they are given
