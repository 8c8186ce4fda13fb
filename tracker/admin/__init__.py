"""The desk of analysts and reviewers: Django's admin, with the rules of the ledger."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin import (
    actions,
    bodies,
    challenges,
    editions,
    indicators,
    people,
    policies,
    requests,
    snapshots,
    sources,
    updates,
)

admin.site.site_header = _("Azm administration")
admin.site.site_title = _("Azm administration")
admin.site.index_title = _("The desk")

__all__ = [
    "actions",
    "bodies",
    "challenges",
    "editions",
    "indicators",
    "people",
    "policies",
    "requests",
    "snapshots",
    "sources",
    "updates",
]
