"""Every public page. Lists bring their page and their file with them."""

from django.urls import path

from tracker.listings.actions import ActionListing
from tracker.listings.bodies import BodyListing
from tracker.listings.editions import EditionListing
from tracker.listings.indicators import IndicatorListing
from tracker.listings.milestones import MilestoneListing
from tracker.listings.policies import PolicyListing
from tracker.listings.provinces import AreaListing
from tracker.listings.snapshots import SnapshotListing
from tracker.listings.sources import SourceListing
from tracker.listings.updates import UpdateListing
from tracker.views import about, actions, bodies, editions, indicators, programme, provinces, search, sources

urlpatterns = [
    path("", programme.overview, name="overview"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    # /policies/
    *PolicyListing.urls(),
    path("policies/<code>/", programme.policy, name="policy"),
    # /actions/
    *ActionListing.urls(),
    path("actions/<code>/", actions.action, name="action"),
    *MilestoneListing.urls(),
    # /bodies/
    *BodyListing.urls(),
    path("bodies/<code>/", bodies.body, name="body"),
    # /provinces/
    *AreaListing.urls(),
    path("provinces/<code>/", provinces.province, name="province"),
    # /indicators/
    *IndicatorListing.urls(),
    path("indicators/<code>/", indicators.indicator, name="indicator"),
    *SnapshotListing.urls(),
    *UpdateListing.urls(),
    # /sources/
    *SourceListing.urls(),
    path("sources/<code>/", sources.source, name="source"),
    # /editions/
    *EditionListing.urls(),
    path("editions/<int:number>/", editions.edition, name="edition"),
    path("editions/edition-<int:number>.sha256", editions.edition_digests, name="edition-digests"),
]
