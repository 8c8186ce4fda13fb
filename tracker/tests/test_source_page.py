"""The page of a source: every passage with all that rests on it."""

from django.test import TestCase

from tracker.publishing import withdraw
from tracker.tests.factories import (
    asker,
    make_action,
    make_assignment,
    make_body,
    make_citation,
    make_source,
    publish_all,
    reviewer,
)
from tracker.tests.pages import items, links, read, sections, visible


class TestSource(TestCase):
    def setUp(self) -> None:
        self.source = make_source(code="gazette")
        self.first = make_citation(code="gazette.first", source=self.source, quotation="The police shall train.")
        self.second = make_citation(code="gazette.second", source=self.source, quotation="Nothing else.")
        self.action = make_action(code="train", title="Train", citation=self.first)
        self.named = make_assignment(
            action=self.action, body=make_body(code="police", name="The police"), citation=self.first
        )
        publish_all(self.first, self.second, self.action, self.named)

    def test_tells_under_each_passage_everything_that_rests_on_it(self) -> None:
        part = sections(read(self.client, "/sources/gazette/"))["passages"]
        assert "The police shall train." in visible(part)
        assert "Policy action Train" in visible(part)
        assert "Assignment Train: The police, lead" in visible(part)
        assert "/actions/train/#responsible" in links(part)
        assert visible(part).endswith("Nothing else rests on it.")

    def test_begins_with_how_much_rests_on_how_many_passages(self) -> None:
        page = visible(read(self.client, "/sources/gazette/"))
        assert "2 rows of the ledger rest on 2 passages of it: 1 policy action, 1 assignment." in page

    def test_leaves_out_what_was_withdrawn(self) -> None:
        withdraw([self.named], reviewer(), "Taken back.", asked_by=asker())
        assert "Assignment" not in visible(sections(read(self.client, "/sources/gazette/"))["passages"])
        before = sections(read(self.client, "/sources/gazette/?edition=1"))["passages"]
        assert "Assignment Train: The police, lead" in visible(before)

    def test_says_that_nothing_rests_on_it(self) -> None:
        publish_all(make_source(code="unused"))
        page = read(self.client, "/sources/unused/")
        assert "No fact of the ledger rests on it." in visible(page)
        assert "No passage of it is on record." in visible(page)
        assert not items(sections(page)["passages"])
