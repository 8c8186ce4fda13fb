"""How PostgreSQL reads the first page of the long lists, in the newest edition and in an earlier one."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import RequestFactory, TestCase

from tracker.listings.snapshots import SnapshotListing
from tracker.listings.updates import UpdateListing
from tracker.tests.factories import make_action, make_citation, make_series, make_source, publish_all

ROWS = 5000
INSERT = {
    "tracker_metricsnapshot": f"""
        INSERT INTO tracker_metricsnapshot (code, stage, series_id, period_start, period_end, status, qualifier, value,
            scope, scope_ur, note, note_ur, no_value_reason, searched_where, citation_id, origin_id, as_of, reason,
            version, edition_id)
        SELECT 'f-' || n, 'submitted', %(series)s, day, day, 'as-reported', 'exactly', n,
               '', '', '', '', '', '', %(citation)s, %(citation)s, lower(day), '', 1, 1
          FROM generate_series(1, {ROWS}) AS n
         CROSS JOIN LATERAL (SELECT daterange(date '2000-01-01' + n, date '2000-01-01' + n + 1) AS day) AS of_day""",
    "tracker_progressupdate": f"""
        INSERT INTO tracker_progressupdate (code, stage, action_id, as_of, status, account, account_ur, needed,
            needed_ur, endorsed_by, checked_against, channel, citation_id, reason, version, edition_id)
        SELECT 'u-' || n, 'submitted', %(action)s, date '2000-01-01' + n, 'under-way', 'As told.', '', '',
               '', '', '', 'other', %(citation)s, '', 1, 1
          FROM generate_series(1, {ROWS}) AS n""",
}
PAGES = [
    (SnapshotListing, "metricsnapshot_by_day"),
    (UpdateListing, "progressupdate_by_day"),
]


class TestFirstPage(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        citation, series, action = make_citation(), make_series(), make_action()
        publish_all(citation, series.indicator, action)
        publish_all(make_source())
        keys = {"series": series.pk, "citation": citation.pk, "action": action.pk}
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, statement in INSERT.items():
                cursor.execute(statement, keys)
                cursor.execute(f"ANALYZE {table}")
            cursor.execute("ANALYZE tracker_series, tracker_indicator, tracker_citation, tracker_source")
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    def test_is_read_by_an_index_in_its_order_and_never_sorted(self) -> None:
        for listing_class, index in PAGES:
            for query in ("", "?edition=1"):
                with self.subTest(listing_class.name, query=query):
                    nodes = list(plan_of(listing_class, query))
                    assert index in {node.get("Index Name") for node in nodes}
                    assert not {"Sort", "Incremental Sort"} & {node["Node Type"] for node in nodes}


def plan_of(listing_class: Any, query: str) -> Iterator[dict[str, Any]]:
    listing = listing_class(RequestFactory().get(f"/{listing_class.name}/{query}"))
    with listing.opened():
        (plan,) = json.loads(listing.get_queryset()[:26].explain(format="json"))
    yield from nodes_of(plan["Plan"])


def nodes_of(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes that the rows come through; whether a figure leads is asked aside."""
    yield node
    for below in node.get("Plans", []):
        if below["Parent Relationship"] not in ("SubPlan", "InitPlan"):
            yield from nodes_of(below)
