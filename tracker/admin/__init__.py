"""The desk of analysts and reviewers: Django's admin, with the rules of the ledger."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.admin import (
    actions,
    bodies,
    challenges,
    editions,
    findings,
    indicators,
    people,
    policies,
    requests,
    snapshots,
    sources,
    updates,
)

HEADER = _("Azm administration")
admin.site.site_header = format_lazy("SAMPLE · {}", HEADER) if settings.AZM_SAMPLE else HEADER
admin.site.site_title = admin.site.site_header
admin.site.index_title = _("The desk")

__all__ = [
    "actions",
    "bodies",
    "challenges",
    "editions",
    "findings",
    "indicators",
    "people",
    "policies",
    "requests",
    "snapshots",
    "sources",
    "updates",
]
