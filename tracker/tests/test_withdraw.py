"""Withdrawal is an edition: the row leaves, every earlier edition keeps it, and the reason is published."""

from django.test import TestCase

from tracker.models import EditionItem, Headline, MetricSnapshot, Source
from tracker.publishing import GateRefused, withdraw
from tracker.publishing.verify import misfits
from tracker.tests.factories import asker, make_citation, make_snapshot, make_user, publish_all, reviewer


class WithdrawalTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.reviewer = make_user()
        cls.earlier = make_snapshot(value="100", period_start=None, period_end="2023-12-31")
        cls.later = make_snapshot(value="200", series=cls.earlier.series, period_start=None, period_end="2024-12-31")
        publish_all(cls.earlier, cls.later)

    def test_takes_the_row_out_of_the_next_edition_and_of_no_earlier_one(self) -> None:
        edition = withdraw([self.later], self.reviewer, "The source withdrew it.", asked_by=asker())
        standing = [MetricSnapshot.objects.in_edition(n).filter(pk=self.later.pk).exists() for n in (1, 2)]
        self.assertEqual((edition.number, standing), (2, [True, False]))

    def test_is_listed_with_the_digest_that_the_row_entered_with(self) -> None:
        withdraw([self.later], self.reviewer, "The source withdrew it.", asked_by=asker())
        entered, withdrawn = EditionItem.objects.filter(code=self.later.code).order_by("edition_id")
        told = [(item.act, item.digest) for item in (entered, withdrawn)]
        self.assertEqual(told, [("entered", entered.digest), ("withdrawn", entered.digest)])
        self.assertEqual(list(misfits()), [])

    def test_hands_the_lead_to_the_figure_that_is_left(self) -> None:
        self.assertEqual(Headline.objects.get(series=self.later.series).snapshot, self.later)
        withdraw([self.later], self.reviewer, "The source withdrew it.", asked_by=asker())
        self.assertEqual(Headline.objects.get(series=self.later.series).snapshot, self.earlier)

    def test_leaves_a_series_without_figures_without_a_lead(self) -> None:
        withdraw([self.earlier, self.later], self.reviewer, "Neither was ever said.", asked_by=asker())
        self.assertFalse(Headline.objects.filter(series=self.later.series).exists())

    def test_needs_a_reason(self) -> None:
        with self.assertRaisesMessage(GateRefused, "Say in a sentence why"):
            withdraw([self.later], self.reviewer, " ", asked_by=asker())

    def test_needs_something_to_withdraw(self) -> None:
        with self.assertRaisesMessage(GateRefused, "Nothing is selected"):
            withdraw([], self.reviewer, "A reason.", asked_by=asker())

    def test_is_refused_for_what_was_never_published_or_left_already(self) -> None:
        draft = make_snapshot()
        with self.assertRaisesMessage(GateRefused, f"{draft.code} does not stand"):
            withdraw([draft], self.reviewer, "A reason.", asked_by=asker())
        withdraw([self.later], self.reviewer, "A reason.", asked_by=asker())
        with self.assertRaisesMessage(GateRefused, f"{self.later.code} does not stand"):
            withdraw([self.later], self.reviewer, "The same again.", asked_by=asker())

    def test_is_refused_where_a_standing_row_would_lose_its_ground(self) -> None:
        source = self.later.citation.source
        with self.assertRaisesMessage(GateRefused, "rests on it and stands"):
            withdraw([source], self.reviewer, "A reason.", asked_by=asker())
        self.assertTrue(Source.objects.in_edition(1).filter(pk=source.pk, withdrawn_in=None).exists())

    def test_takes_a_row_together_with_its_ground(self) -> None:
        lonely = make_citation()
        publish_all(lonely)
        withdraw([lonely, lonely.source], self.reviewer, "The document was a forgery.", asked_by=asker())
        lonely.refresh_from_db()
        self.assertEqual(lonely.withdrawn_in_id, 3)

    def test_publishes_nothing_when_it_is_refused(self) -> None:
        with self.assertRaises(GateRefused):
            withdraw([self.later, make_snapshot()], self.reviewer, "A reason.", asked_by=asker())
        self.later.refresh_from_db()
        self.assertIsNone(self.later.withdrawn_in_id)

    def test_is_done_by_any_reviewer(self) -> None:
        self.assertEqual(withdraw([self.later], reviewer(), "A reason.", asked_by=asker()).number, 2)
