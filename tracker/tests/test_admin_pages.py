"""Every page of the desk answers, and lists cost the same however long they are."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tracker import models as ledger
from tracker.models import Citation, Membership, Policy, Publishable, Source, User
from tracker.publishing.guard import publishable_models
from tracker.tests import desk
from tracker.tests.factories import make, publish_all

SEEN_WITH_OTHERS = (ledger.RequestedRow,)  # on the page of its request
TABLES = [
    model
    for model in apps.get_app_config("tracker").get_models()
    if model._meta.managed and model not in SEEN_WITH_OTHERS
]
MODELS = [model for model in TABLES if model._meta.default_permissions]  # what nobody may see has no page
MADE_BY_OTHERS = (ledger.Edition, ledger.EditionItem, ledger.Change, ledger.Headline, User)


class EveryModelTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.chief = User.objects.create_superuser("chief")
        for model in MODELS:
            if model not in MADE_BY_OTHERS:
                make(model)
        publish_all(ledger.MetricSnapshot.objects.order_by("pk").first())

    def setUp(self) -> None:
        self.client = desk.signed_in(self.chief)

    def test_is_registered(self) -> None:
        self.assertEqual([model for model in MODELS if not admin.site.is_registered(model)], [])

    def test_can_be_searched_and_filtered(self) -> None:
        for model in MODELS:
            with self.subTest(model=model.__name__):
                desk_page = admin.site.get_model_admin(model)
                self.assertTrue(desk_page.search_fields)
                self.assertTrue(desk_page.list_filter or desk_page.date_hierarchy)

    def test_has_autocomplete_for_every_foreign_key_that_is_typed(self) -> None:
        for model in publishable_models():
            desk_page = admin.site.get_model_admin(model)
            keys = {f.name for f in model._meta.fields if f.many_to_one or f.one_to_one if f.editable}
            keys.discard("series") if model is ledger.MetricSnapshot else None
            with self.subTest(model=model.__name__):
                self.assertEqual(set(desk_page.autocomplete_fields), keys)

    def test_shows_every_column_that_a_clerk_can_type(self) -> None:
        for model in publishable_models():
            desk_page = admin.site.get_model_admin(model)
            shown = set(admin.utils.flatten_fieldsets(desk_page.fieldsets))
            typed = {f.name for f in model._meta.fields if f.editable and not f.primary_key and not f.generated}
            if model is ledger.MetricSnapshot:
                typed = typed - {"series"} | {"indicator", "area"}
            with self.subTest(model=model.__name__):
                self.assertEqual(shown, typed)

    def test_answers_on_its_list_its_search_and_its_filters(self) -> None:
        for model in MODELS:
            for query in (
                "",
                "?q=report",
                "?q=%D9%86%DB%8C%DA%A9%D9%B9%D8%A7",
                "?state=published",
                "?mine=yes",
                "?p=999",
            ):
                if "state" in query and not issubclass(model, Publishable):
                    continue
                if query == "?mine=yes" and not issubclass(model, Publishable):
                    continue
                with self.subTest(model=model.__name__, query=query):
                    response = self.client.get(desk.address(model, "changelist") + query, follow=True)
                    self.assertEqual(response.status_code, 200)

    def test_answers_on_its_add_page(self) -> None:
        for model in MODELS:
            with self.subTest(model=model.__name__):
                response = self.client.get(desk.address(model, "add"))
                kept = (ledger.Edition, ledger.EditionItem, ledger.Change, ledger.Headline)
                read_only = model in (*kept, ledger.Challenge, ledger.Request, ledger.Return)
                self.assertEqual(response.status_code, 403 if read_only else 200)

    def test_answers_on_the_pages_of_every_row_it_has(self) -> None:
        for model in MODELS:
            rows = list(model.objects.order_by("pk")[:2]) + list(model.objects.order_by("-pk")[:2])
            self.assertTrue(rows, model)
            for row in rows:
                for page in ("change", "history"):
                    with self.subTest(row=repr(row), page=page):
                        self.assertEqual(self.client.get(desk.address(row, page)).status_code, 200)

    def test_opens_with_the_standing_note(self) -> None:
        for model in publishable_models():
            with self.subTest(model=model.__name__):
                response = self.client.get(desk.address(model, "add"))
                self.assertContains(response, "No classified matter, no future operations, no private persons.")

    def test_has_no_inline_style_and_no_inline_script(self) -> None:
        for url in [reverse("admin:index"), *(desk.address(model, "add") for model in publishable_models())]:
            with self.subTest(url=url):
                page = self.client.get(url).content.decode()
                self.assertNotRegex(page, r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=")

    def test_names_every_field_in_a_table_of_rows(self) -> None:
        action = ledger.PolicyAction.objects.unpublished().filter(milestones__isnull=False).first()
        page = self.client.get(desk.address(action)).content.decode()
        unnamed = [
            tag
            for tag in Tags(page).inline
            if tag.get("type") not in ("hidden", "submit") and "aria-label" not in tag and "aria-hidden" not in tag
        ]
        self.assertEqual(unnamed, [])


class Tags(desk.Fields):
    """The inputs inside tables of rows."""

    def __init__(self, page: str) -> None:
        self.inline: list[dict[str, str]] = []
        super().__init__(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag in ("input", "select", "textarea") and found.get("name", "").partition("-")[2][:1].isdigit():
            self.inline.append(found)
        super().handle_starttag(tag, attrs)


class QueryCountTests(TestCase):
    """The same count for one row and for many."""

    def test_of_a_list_does_not_grow_with_its_rows(self) -> None:
        client = desk.signed_in(User.objects.create_superuser("chief"))
        for model in publishable_models():
            make(model, entered_by=desk.central(f"c1-{model.__name__}"))
            client.get(desk.address(model, "changelist"))
            with self.subTest(model=model.__name__):
                few = self.queries(client, model)
                for number in range(3):
                    make(model, entered_by=desk.central(f"{number}-{model.__name__}"))
                self.assertEqual(self.queries(client, model), few)

    def test_of_the_review_does_not_grow_with_its_rows(self) -> None:
        client = desk.signed_in(desk.reviewing())
        make(ledger.MetricSnapshot, stage="submitted")
        make(ledger.ProgressUpdate, stage="submitted")
        client.get(reverse("admin:tracker_edition_review"))
        few = self.count(client, reverse("admin:tracker_edition_review"))
        for _number in range(4):
            make(ledger.MetricSnapshot, stage="submitted")
            make(ledger.ProgressUpdate, stage="submitted")
        self.assertEqual(self.count(client, reverse("admin:tracker_edition_review")), few)

    def queries(self, client: Any, model: Any) -> int:
        return self.count(client, desk.address(model, "changelist"))

    def count(self, client: Any, url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.assertEqual(client.get(url).status_code, 200)
        return len(captured)


class SearchTests(TestCase):
    def test_finds_by_what_the_clerk_remembers(self) -> None:
        client = desk.signed_in(desk.central())
        wanted = make(Source, code="dunya-2024-07", title="The Azm-e-Istehkam debate")
        make(Source, code="other", title="Something else")
        for words in ("2024-07", "debate", "azm-e debate"):
            with self.subTest(words=words):
                response = client.get(desk.address(Source, "changelist"), {"q": words})
                self.assertEqual(list(response.context["cl"].result_list), [wanted])

    def test_suggestions_leave_out_what_was_withdrawn(self) -> None:
        client = desk.signed_in(desk.central())
        old = make(ledger.MetricSnapshot)
        publish_all(old)
        new = make(ledger.MetricSnapshot, series=old.series, replaces=old, reason="Misread.", value=43)
        publish_all(new)
        asked = {"app_label": "tracker", "model_name": "metricsnapshot", "field_name": "replaces", "term": ""}
        found = client.get(reverse("admin:autocomplete"), asked).json()["results"]
        self.assertEqual([row["id"] for row in found], [str(new.pk)])

    def test_a_membership_is_seen_in_the_form_of_its_user(self) -> None:
        membership = make(Membership)
        client = desk.signed_in(User.objects.create_superuser("chief"))
        self.assertContains(client.get(desk.address(membership.user)), membership.body.name)

    def test_a_policy_says_where_it_stands(self) -> None:
        policy = make(Policy)
        make(Citation)
        publish_all(policy)
        response = desk.signed_in(desk.central()).get(desk.address(Policy, "changelist"))
        self.assertContains(response, '<span class="state state-published">published in edition 1</span>')
