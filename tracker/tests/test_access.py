"""Who may do what: three groups, made by every migrate."""

from typing import ClassVar

from django.contrib.auth.models import Group, Permission
from django.test import TestCase

from tracker.access import ANALYST, CENTRAL_ANALYST, REVIEWER, create_groups, may_ask, may_publish
from tracker.models import User
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import make_user

WRITE = ("add", "change", "delete")
LEDGER = {model._meta.model_name for model in publishable_models()}
FACTS = {"source", "citation", "metricsnapshot", "progressupdate", "series"}
NOT_BY_HAND = {"edition", "editionitem", "headline", "change"}


class TestGroups(TestCase):
    members: ClassVar[dict[str, User]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.members = {}
        for name in (ANALYST, CENTRAL_ANALYST, REVIEWER):
            cls.members[name] = make_user()
            cls.members[name].groups.add(Group.objects.get(name=name))

    def may(self, group: str, verb: str, models: set[str]) -> set[str]:
        return {model for model in models if self.members[group].has_perm(f"tracker.{verb}_{model}")}

    def test_are_three(self) -> None:
        assert set(Group.objects.values_list("name", flat=True)) == {ANALYST, CENTRAL_ANALYST, REVIEWER}

    def test_read_the_whole_ledger(self) -> None:
        readable = LEDGER | {"series", "edition", "editionitem", "headline"}
        for group in self.members:
            with self.subTest(group):
                assert self.may(group, "view", readable) == readable
                assert self.members[group].has_perm("provinces.view_area")

    def test_of_analysts_enter_facts_and_their_sources(self) -> None:
        for verb in WRITE:
            with self.subTest(verb):
                assert self.may(ANALYST, verb, LEDGER | {"series"}) == FACTS

    def test_of_central_analysts_enter_everything_that_is_published(self) -> None:
        for verb in WRITE:
            with self.subTest(verb):
                assert self.may(CENTRAL_ANALYST, verb, LEDGER | {"series"}) == LEDGER | {"series"}

    def test_of_reviewers_enter_nothing(self) -> None:
        """Who publishes does not write what is published."""
        for verb in WRITE:
            with self.subTest(verb):
                assert self.may(REVIEWER, verb, LEDGER | {"series"}) == set()

    def test_leave_editions_history_and_headlines_to_the_ledger(self) -> None:
        for group in self.members:
            for verb in WRITE:
                with self.subTest(group=group, verb=verb):
                    allowed = {"edition"} if (group, verb) == (REVIEWER, "add") else set()
                    assert self.may(group, verb, NOT_BY_HAND) == allowed

    def test_moderate_questions_of_readers_or_read_them_and_add_none(self) -> None:
        expected = {ANALYST: {"view"}, CENTRAL_ANALYST: {"view", "change", "delete"}}
        expected[REVIEWER] = expected[CENTRAL_ANALYST]
        for group, verbs in expected.items():
            with self.subTest(group):
                assert {verb for verb in ("view", *WRITE) if self.may(group, verb, {"challenge"})} == verbs

    def test_administer_neither_people_nor_areas(self) -> None:
        for group, member in self.members.items():
            with self.subTest(group):
                granted = member.get_group_permissions()
                assert not {name for name in granted if name.startswith(("auth.", "axes.", "admin."))}
                assert {name for name in granted if name.startswith("provinces.")} == {"provinces.view_area"}
                assert not {name for name in granted if name.endswith(("_user", "_membership"))}

    def test_are_made_again_without_losing_what_was_added_by_hand(self) -> None:
        group = Group.objects.get(name=ANALYST)
        by_hand = Permission.objects.get(codename="change_policy")
        group.permissions.add(by_hand)
        before = set(group.permissions.all())
        create_groups(sender=None)
        assert set(group.permissions.all()) == before

    def test_are_completed_if_something_is_missing(self) -> None:
        group = Group.objects.get(name=REVIEWER)
        before = set(group.permissions.all())
        group.permissions.clear()
        create_groups(sender=None)
        assert set(group.permissions.all()) == before


class TestAsking(TestCase):
    def test_is_for_every_group(self) -> None:
        for name in (ANALYST, CENTRAL_ANALYST, REVIEWER):
            person = make_user()
            assert not may_ask(person)
            person.groups.add(Group.objects.get(name=name))
            person = User.objects.get(pk=person.pk)
            assert may_ask(person)
            assert person.has_perm("tracker.view_request")
            for verb in ("change_request", "delete_request", "view_requestedrow", "add_requestedrow"):
                assert not person.has_perm(f"tracker.{verb}")


class TestPublishing(TestCase):
    def test_is_for_reviewers_and_superusers(self) -> None:
        people = {name: make_user() for name in (ANALYST, CENTRAL_ANALYST, REVIEWER)}
        for name, person in people.items():
            person.groups.add(Group.objects.get(name=name))
        people["nobody"] = make_user()
        people["superuser"] = make_user(is_superuser=True)
        people["former reviewer"] = make_user(is_active=False)
        people["former reviewer"].groups.add(Group.objects.get(name=REVIEWER))
        assert {name for name, person in people.items() if may_publish(person)} == {REVIEWER, "superuser"}
