from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    name = "tracker"
    verbose_name = _("Ledger")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tracker import access, checks  # noqa: F401 (models must be loaded first)
        from tracker.assessment import (  # noqa: F401 (their models belong to the app)
            comparable,
            drift,
            openness,
            pace,
            schedule,
            silence,
            standings,
            waiting,
        )

        post_migrate.connect(access.create_groups, sender=self)


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin, made strict."""

    default = False  # of the two in this module, "tracker" means the other
    default_site = "azm.lib.strictadmin.StrictSite"
