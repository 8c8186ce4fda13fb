"""The history knows who wrote, and forgets it before the next request."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, TestCase
from django.urls import reverse

from tracker.admin.history import ChangeAuthor
from tracker.models import Change, Source, User
from tracker.tests import desk
from tracker.tests.factories import make_source


def author_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('azm.user', true), '')")
        return cursor.fetchone()[0]


class ChangeAuthorTests(TestCase):
    def setUp(self) -> None:
        self.user = desk.central()
        self.during: list[str] = []

    def view(self, request: HttpRequest) -> HttpResponse:
        self.during.append(author_now())
        make_source()
        return HttpResponse()

    def request(self, method: str, user: object) -> HttpRequest:
        request = getattr(RequestFactory(), method)("/")
        request.user = user
        return request

    def test_names_the_user_in_the_history_and_forgets_them_afterwards(self) -> None:
        ChangeAuthor(self.view)(self.request("post", self.user))
        self.assertEqual((self.during, author_now()), ([str(self.user.pk)], ""))
        self.assertEqual(Change.objects.first().who, self.user.pk)

    def test_names_nobody_for_a_stranger(self) -> None:
        ChangeAuthor(self.view)(self.request("post", AnonymousUser()))
        self.assertEqual(self.during, [""])
        self.assertIsNone(Change.objects.first().who)

    def test_asks_nothing_of_requests_that_only_read(self) -> None:
        request = RequestFactory().get("/")  # has no user at all, as a public page must not look at one
        ChangeAuthor(lambda request: HttpResponse())(request)
        with self.assertNumQueries(0):
            ChangeAuthor(lambda request: HttpResponse())(request)

    def test_forgets_when_the_view_fails(self) -> None:
        def fail(request: HttpRequest) -> HttpResponse:
            raise RuntimeError

        with self.assertRaises(RuntimeError):
            ChangeAuthor(fail)(self.request("post", self.user))
        self.assertEqual(author_now(), "")


class HistoryPageTests(TestCase):
    def setUp(self) -> None:
        self.client = desk.signed_in(User.objects.create_superuser("chief"))
        make_source()
        Source.objects.update(title="Another title")

    def listed(self, **filters: str) -> list[str]:
        return [c.op for c in self.client.get(desk.address(Change, "changelist"), filters).context["cl"].result_list]

    def test_is_filtered_by_operation_table_and_user(self) -> None:
        self.assertEqual(self.listed(), ["U", "I"])
        self.assertEqual(self.listed(op="I"), ["I"])
        self.assertEqual(self.listed(table="tracker_policy"), [])
        self.assertEqual(self.listed(table="tracker_source", who="none"), ["U", "I"])

    def test_shows_the_row_as_it_was(self) -> None:
        self.assertContains(self.client.get(desk.address(Change.objects.first())), "A report")

    def test_cannot_be_edited_or_deleted(self) -> None:
        change = Change.objects.first()
        self.assertEqual(self.client.post(desk.address(change), {"op": "D"}).status_code, 403)
        self.assertEqual(self.client.post(desk.address(change, "delete"), {"post": "yes"}).status_code, 403)
        self.assertEqual(self.client.get(reverse("admin:tracker_change_add")).status_code, 403)
