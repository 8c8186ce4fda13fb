"""A suspension hides rows at once and in the open, until another reviewer ratifies or reverses it."""

from typing import Any

import pytest
from django.test import TestCase

from tracker.models import Edition, EditionItem, Headline, MetricSnapshot, Source
from tracker.publishing import GateRefused, publish, ratify, reverse, suspend, withdraw
from tracker.publishing.verify import misfits
from tracker.tests.factories import (
    asker,
    make_citation,
    make_measure,
    make_milestone,
    make_snapshot,
    make_user,
    publish_all,
    reviewer,
)


class Suspensions(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.first, cls.second = make_user("first"), make_user("second")
        cls.earlier = make_snapshot(value="100", period_start=None, period_end="2023-12-31")
        cls.later = make_snapshot(value="200", series=cls.earlier.series, period_start=None, period_end="2024-12-31")
        publish_all(cls.earlier, cls.later)

    def suspend(self, *rows: Any) -> Edition:
        return suspend(rows or [self.later], self.first, "Somebody says that it is forged.")

    def stands(self, number: int) -> bool:
        return MetricSnapshot.objects.in_edition(number).filter(pk=self.later.pk).exists()


class TestSuspension(Suspensions):
    def test_is_an_edition_of_one_reviewer_that_hides_the_row_from_then_on(self) -> None:
        edition = self.suspend()
        assert (edition.number, edition.act, edition.asked_by) == (2, "suspension", None)
        assert (self.stands(1), self.stands(2)) == (True, False)

    def test_is_listed_with_the_digest_that_the_row_entered_with(self) -> None:
        self.suspend()
        entered, suspended = EditionItem.objects.filter(code=self.later.code).order_by("edition_id")
        assert (suspended.act, suspended.digest) == ("suspended", entered.digest)
        assert list(misfits()) == []

    def test_waits_for_another_reviewer(self) -> None:
        edition = self.suspend()
        assert list(Edition.objects.unsettled()) == [edition]

    def test_hands_the_lead_to_another_figure(self) -> None:
        self.suspend()
        assert Headline.objects.get(series=self.later.series).snapshot == self.earlier

    def test_takes_along_what_rests_on_the_row(self) -> None:
        """At two removes: of a source its citations, and of those the figures."""
        edition = self.suspend(self.later.citation.source)
        hidden = edition.items.values_list("kind", "code")
        assert set(hidden) == {
            ("source", self.later.citation.source.code),
            ("citation", self.later.citation.code),
            ("metricsnapshot", self.later.code),
        }

    def test_leaves_alone_what_the_row_rests_on(self) -> None:
        self.suspend()
        assert Source.objects.in_edition(2).filter(pk=self.later.citation.source_id).exists()

    def test_lets_nothing_new_rest_on_the_row(self) -> None:
        milestone = make_milestone()
        publish_all(milestone.action)
        self.suspend(milestone.action)
        with pytest.raises(GateRefused, match="rests on a withdrawn or suspended row"):
            publish_all(milestone)

    def test_needs_a_reason_and_a_standing_row(self) -> None:
        for rows, summary in (([self.later], " "), ([], "A reason."), ([make_snapshot()], "A reason.")):
            with self.subTest(summary=summary), pytest.raises(GateRefused):
                suspend(rows, self.first, summary)
        self.suspend()
        with pytest.raises(GateRefused, match="cannot be suspended"):
            self.suspend()
        assert Edition.objects.count() == 2

    def test_may_be_of_ones_own_work(self) -> None:
        """Whoever sees a danger stops it, the author too; it is the second reviewer who is another."""
        own = make_snapshot(entered_by=self.first)
        publish_all(own)
        assert self.suspend(own).number == 3

    def test_does_not_stop_a_correction(self) -> None:
        suspension = self.suspend()
        correction = make_snapshot(
            value="210", series=self.later.series, period_end="2024-12-31", replaces=self.later, reason="A slip."
        )
        publish_all(correction)
        ratify(suspension, self.second, "The corrected figure stands instead.")
        assert list(MetricSnapshot.objects.standing().order_by("value")) == [self.earlier, correction]
        assert list(misfits()) == []


class TestReversal(Suspensions):
    def test_lets_the_row_stand_again(self) -> None:
        edition = reverse(self.suspend(), self.second, "The source confirmed it.")
        assert (edition.act, edition.ends_id) == ("reversal", 2)
        assert [self.stands(number) for number in (1, 2, 3)] == [True, False, True]
        assert Headline.objects.get(series=self.later.series).snapshot == self.later
        assert list(misfits()) == []

    def test_restores_all_that_was_hidden_with_it(self) -> None:
        reverse(self.suspend(self.later.citation.source), self.second, "The source confirmed it.")
        assert MetricSnapshot.objects.standing().count() == 2
        assert EditionItem.objects.filter(act="restored").count() == 3

    def test_settles_it(self) -> None:
        suspension = self.suspend()
        reverse(suspension, self.second, "The source confirmed it.")
        assert not Edition.objects.unsettled().exists()
        for end in (ratify, reverse):
            with self.subTest(end.__name__), pytest.raises(GateRefused, match="still waits for a second reviewer"):
                end(suspension, self.second, "Again.")

    def test_takes_two_to_remove_the_row_then(self) -> None:
        reverse(self.suspend(), self.second, "The source confirmed it.")
        with pytest.raises(GateRefused, match="ask for its withdrawal instead"):
            self.suspend()
        withdraw([self.later], self.second, "The source took it back.", asked_by=asker())
        assert not self.stands(4)


class TestRatification(Suspensions):
    def test_withdraws_what_was_suspended(self) -> None:
        edition = ratify(self.suspend(), self.second, "It is forged.")
        self.later.refresh_from_db()
        assert (edition.act, self.later.withdrawn_in_id, self.later.suspended_in_id) == ("ratification", 3, 2)
        assert [self.stands(number) for number in (1, 2, 3)] == [True, False, False]
        assert [item.act for item in edition.items.all()] == ["withdrawn"]
        assert list(misfits()) == []

    def test_is_no_matter_for_the_same_reviewer(self) -> None:
        suspension = self.suspend()
        for end in (ratify, reverse):
            with self.subTest(end.__name__), pytest.raises(GateRefused, match="another reviewer must"):
                end(suspension, self.first, "I am sure.")

    def test_is_of_a_suspension(self) -> None:
        with pytest.raises(GateRefused, match="no suspension"):
            ratify(Edition.objects.get(), self.second, "A reason.")

    def test_needs_a_reason(self) -> None:
        with pytest.raises(GateRefused, match="Say in a sentence why"):
            ratify(self.suspend(), self.second, "")


class TestWhatRestsOnOtherThings(TestCase):
    def test_is_hidden_through_its_series(self) -> None:
        """A series holds no fact: an indicator that is suspended takes the figures in its series along."""
        snapshot, measure = make_snapshot(), make_measure()
        publish_all(snapshot, measure)
        edition = suspend([snapshot.series.indicator], reviewer(), "Its definition is disputed.")
        assert set(edition.items.values_list("kind", flat=True)) == {"indicator", "metricsnapshot"}

    def test_is_not_what_it_replaced(self) -> None:
        old = make_snapshot()
        publish_all(old)
        new = make_snapshot(series=old.series, citation=make_citation(), replaces=old, reason="A slip.")
        publish(iter([new]), reviewer(), "A correction.")
        edition = suspend([new], reviewer(), "Disputed.")
        assert list(edition.items.values_list("code", flat=True)) == [new.code]
