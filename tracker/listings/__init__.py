"""The lists: one file per dataset, with its table, its filters and the columns of its file."""

from tracker.listings.actions import ActionListing
from tracker.listings.areas import AreaMeasureListing
from tracker.listings.bodies import BodyListing
from tracker.listings.corrections import CorrectionListing
from tracker.listings.editions import EditionListing
from tracker.listings.findings import FindingListing
from tracker.listings.history import HistoryListing
from tracker.listings.indicators import IndicatorListing
from tracker.listings.milestones import MilestoneListing
from tracker.listings.openness import OpennessListing
from tracker.listings.policies import PolicyListing
from tracker.listings.provinces import AreaListing
from tracker.listings.silence import SilenceListing
from tracker.listings.snapshots import SnapshotListing
from tracker.listings.sources import SourceListing
from tracker.listings.updates import UpdateListing
from tracker.listings.waiting import WaitingListing

LISTINGS = (
    PolicyListing,
    ActionListing,
    MilestoneListing,
    IndicatorListing,
    SnapshotListing,
    UpdateListing,
    AreaListing,
    AreaMeasureListing,
    BodyListing,
    SourceListing,
    WaitingListing,
    SilenceListing,
    OpennessListing,
    FindingListing,
    CorrectionListing,
    HistoryListing,
    EditionListing,
)
