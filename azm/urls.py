"""Every address begins here. What people read has an Urdu twin below /ur/."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from azm.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("tracker.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "tracker.views.errors.bad_request"
handler404 = "tracker.views.errors.page_not_found"
