"""Four eyes: nobody publishes what they entered or edited, whichever way they try."""

from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone

from tracker.models import Edition, Publishable
from tracker.publishing import GateRefused
from tracker.publishing.publish import publish
from tracker.publishing.recipes import NEWEST_RECIPE
from tracker.tests.database import refused
from tracker.tests.factories import make_source, make_user


class FourEyesTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.author, cls.person, cls.third = make_user(), make_user(), make_user()
        cls.source = make_source(entered_by=cls.author)

    def as_user(self, user: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('azm.user', %s, true)", [str(user.pk) if user else ""])

    def test_the_author_cannot_publish(self) -> None:
        with self.assertRaisesMessage(GateRefused, f"{self.source.code}: you entered or edited it yourself"):
            publish([self.source], self.author, "A source.")

    def test_nor_can_whoever_edited_the_draft(self) -> None:
        self.as_user(self.person)
        self.source.title = "Another title"
        self.source.save()
        self.as_user(None)
        with self.assertRaisesMessage(GateRefused, "you entered or edited it yourself"):
            publish([self.source], self.person, "A source.")
        self.assertEqual(publish([self.source], self.third, "A source.").number, 1)

    def test_an_edit_that_somebody_else_wrote_over_still_counts(self) -> None:
        for user, title in ((self.person, "One title"), (self.author, "Another title")):
            self.as_user(user)
            self.source.title = title
            self.source.save()
        self.as_user(None)
        with self.assertRaises(GateRefused):
            publish([self.source], self.person, "A source.")

    def test_whoever_returned_it_edited_nothing(self) -> None:
        self.as_user(self.person)
        type(self.source).objects.filter(pk=self.source.pk).update(stage=Publishable.Stage.RETURNED)
        self.as_user(self.author)
        type(self.source).objects.filter(pk=self.source.pk).update(stage=Publishable.Stage.SUBMITTED)
        self.as_user(None)
        self.assertEqual(publish([self.source], self.person, "A source.").number, 1)

    def test_the_database_refuses_the_author_too(self) -> None:
        with refused("was entered by the reviewer"), transaction.atomic():
            edition = Edition.objects.create(
                number=1, published_at=timezone.now(), published_by=self.author, summary="Mine.", recipe=NEWEST_RECIPE
            )
            type(self.source).objects.filter(pk=self.source.pk).update(edition=edition)
