"""Every public page. Lists bring their page and their file with them: `/actions/` and `/actions.csv`."""

from django.urls import path

from tracker.files import calendar, feeds
from tracker.listings import LISTINGS
from tracker.listings.areacomparison import AreaComparisonListing
from tracker.listings.base import LedgerListing
from tracker.listings.provinces import AreaListing
from tracker.models import Challenge
from tracker.views import (
    about,
    actions,
    bodies,
    chartfiles,
    compare,
    data,
    editions,
    indicators,
    methodology,
    policies,
    programme,
    provinces,
    questions,
    search,
    sources,
    styleguide,
)
from tracker.views.briefings import pages as briefings
from tracker.views.provincemap import AreaPage

FIGURE, ACTION = {"kind": Challenge.Kind.FIGURE}, {"kind": Challenge.Kind.ACTION}
# Lists whose page shows more than a list may know of.
PAGES: dict[type[LedgerListing], type[LedgerListing]] = {AreaListing: AreaPage}

urlpatterns = [
    path("", programme.overview, name="overview"),
    path("search/", search.search, name="search"),
    path("about/", about.about, name="about"),
    path("methodology/", methodology.methodology, name="methodology"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("data/", data.data, name="data"),
    path("data/<name>/", data.columns, name="data-columns"),
    *(pattern for listing in LISTINGS for pattern in PAGES.get(listing, listing).urls()),
    path("briefing/", briefings.briefings, name="briefings"),
    path("briefing/policies/<code>/", briefings.policy_briefing, name="policy-briefing"),
    path("briefing/provinces/<code>/", briefings.province_briefing, name="province-briefing"),
    path("briefing/bodies/<code>/", briefings.body_briefing, name="body-briefing"),
    path("policies/<code>/", policies.policy, name="policy"),
    path("actions/<code>/", actions.action, name="action"),
    path("bodies/<code>/", bodies.body, name="body"),
    *AreaComparisonListing.urls(AreaComparisonListing.address),
    path("provinces/<code>/", provinces.province, name="province"),
    path("indicators/<code>/", indicators.indicator, name="indicator"),
    path("indicators/<code>/chart.svg", chartfiles.indicator_chart, name="indicator-chart"),
    path("sources/<code>/", sources.source, name="source"),
    path("editions/compare/", compare.compare, name="compare"),
    path("editions/compare.csv", compare.compare_csv, name="compare-csv"),
    path("editions/<int:number>/", editions.edition, name="edition"),
    path("editions/edition-<int:number>.sha256", editions.edition_digests, name="edition-digests"),
    path("feed.atom", feeds.ledger_feed, name="feed"),
    path("policies/<code>/feed.atom", feeds.policy_feed, name="policy-feed"),
    path("bodies/<code>/feed.atom", feeds.body_feed, name="body-feed"),
    path("provinces/<code>/feed.atom", feeds.province_feed, name="province-feed"),
    path("snapshots/<code>/question/", questions.question, FIGURE, name="snapshot-question"),
    path("snapshots/<code>/question/received/", questions.received, FIGURE, name="snapshot-question-received"),
    path("actions/<code>/question/", questions.question, ACTION, name="action-question"),
    path("actions/<code>/question/received/", questions.received, ACTION, name="action-question-received"),
    path("calendar.ics", calendar.due_dates, name="calendar"),
]
