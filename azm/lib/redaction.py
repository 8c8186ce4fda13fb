"""What stands in the place of words that were removed for good."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

REDACTED = "[redacted]"
"""In the database and in files. A page says it in words of its language."""


def redacted() -> SafeString:
    """The word, behind the black bar that the stylesheet draws."""
    return format_html('<span class="redacted">{}</span>', _("redacted"))
