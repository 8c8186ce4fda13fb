"""Nobody can make the desk answer 500: every list and form, as each of the roles, with input that no page makes."""

import itertools
from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey
from django.test import TestCase
from django.urls import NoReverseMatch, reverse

from azm.lib.strictadmin import Strict
from tracker import models as ledger
from tracker.models import Citation, MetricSnapshot, PlanChange, PolicyAction, Source, User
from tracker.publishing.guard import publishable_models
from tracker.tests import desk
from tracker.tests.factories import make, make_body, make_snapshot, make_source, publish_all
from tracker.tests.test_admin_pages import MADE_BY_OTHERS, MODELS

ODD_LOOKUPS = {
    "regex": "(",
    "iregex": "[",
    "year": "abc",
    "unaccent": "x",
    "unaccent__contains": "x",
    "trigram_similar": "x",
    "gte": "1e999999",
    "range": "1,2,3",
    "in": "a,b",
    "isnull": "perhaps",
    "date": "2024-13-45",
    "nothing": "1",
}
# Every list and form meets a few of these, all of them are met; the whole product takes an hour and finds no more.
ODD_VALUES = ("abc", "-1", "9" * 25, "1e999999", "NaN", "1,2,3", "(", "٣", "a" * 500)


class Forged(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        for model in MODELS:
            if model not in MADE_BY_OTHERS:
                make(model)
        publish_all(make_snapshot())
        body = make_body()
        publish_all(body)
        cls.people = {
            "analyst": desk.analyst(body=body),
            "central": desk.central(),
            "reviewer": desk.reviewing(),
            "chief": User.objects.create_superuser("chief"),
        }

    def clients(self, *roles: str) -> Iterator[tuple[str, Any]]:
        for role in roles or self.people:
            yield role, self.client_of(role)

    def client_of(self, role: str) -> Any:
        client = desk.signed_in(self.people[role])
        client.raise_request_exception = False
        return client

    def desks(self) -> list[tuple[Any, Any]]:
        """Every model that the desk has a list of, those of other apps included."""
        return [(model, admin.site.get_model_admin(model)) for model in admin.site._registry]

    def assert_answers(self, response: Any, *statuses: int) -> None:
        self.assertIn(response.status_code, statuses or (200, 302, 400, 403, 404), response.request)


class ListTests(Forged):
    def test_a_lookup_that_no_filter_makes_is_refused_on_every_list_for_every_role(self) -> None:
        lookups = itertools.cycle(ODD_LOOKUPS.items())
        for role, client in self.clients():
            for model, _desk in self.desks():
                for lookup, value in itertools.islice(lookups, 3):
                    with self.subTest(role=role, model=model.__name__, lookup=lookup):
                        query = {f"{model._meta.pk.name}__{lookup}": value}
                        self.assert_answers(client.get(desk.address(model, "changelist"), query), 400, 403)

    def test_no_column_is_a_filter_by_itself(self) -> None:
        client = self.client_of("chief")
        for model, desk_page in self.desks():
            shown = {item for item in desk_page.list_filter if isinstance(item, str)}
            for field in model._meta.get_fields()[::3]:
                if field.name not in shown and f"{field.name}__exact" not in shown:
                    with self.subTest(model=model.__name__, field=field.name):
                        response = client.get(desk.address(model, "changelist"), {f"{field.name}__exact": "1e999999"})
                        self.assert_answers(response, 400)

    def test_the_refusal_is_a_sentence_that_names_the_filter(self) -> None:
        response = self.client_of("analyst").get(desk.address(Source, "changelist"), {"code__regex": "("})
        self.assertContains(response, "This list has no filter “code__regex”.", status_code=400)

    def test_a_filter_of_the_list_with_a_value_that_it_does_not_know_breaks_nothing(self) -> None:
        client = self.client_of("chief")
        values = itertools.cycle(ODD_VALUES)
        for model, desk_page in self.desks():
            for name in sorted(self.parameters(model, desk_page)):
                value = next(values)
                with self.subTest(model=model.__name__, name=name, value=value[:30]):
                    self.assert_answers(client.get(desk.address(model, "changelist"), {name: value}), 200, 400)

    def parameters(self, model: Any, desk_page: Any) -> set[str]:
        """What the filters of the list read from the address."""
        request = self.client_of("chief").get(desk.address(model, "changelist")).wsgi_request
        changelist = desk_page.get_changelist_instance(request)
        named = {name for spec in changelist.filter_specs for name in spec.expected_parameters()}
        declared = {f"{item}__exact" for item in desk_page.list_filter if isinstance(item, str)}
        dates = {f"{desk_page.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        return named | declared | (dates if desk_page.date_hierarchy else set())

    def test_no_year_month_or_day_of_the_editions_breaks_them(self) -> None:
        client = self.client_of("chief")
        for year in ("0", "1", "9999", "10000", "abc", ""):
            for month in ("0", "2", "13", "x"):
                with self.subTest(year=year, month=month):
                    query = {"published_at__year": year, "published_at__month": month, "published_at__day": "31"}
                    self.assert_answers(client.get(desk.address(ledger.Edition, "changelist"), query), 200, 400)

    def test_a_filter_that_the_page_links_works(self) -> None:
        client = self.client_of("chief")
        for model, desk_page in self.desks():
            request = client.get(desk.address(model, "changelist")).wsgi_request
            changelist = desk_page.get_changelist_instance(request)
            for spec in changelist.filter_specs:
                for choice in [choice for choice in spec.choices(changelist) if "query_string" in choice][-1:]:
                    with self.subTest(model=model.__name__, query=choice["query_string"]):
                        address = desk.address(model, "changelist") + choice["query_string"]
                        self.assert_answers(client.get(address), 200)

    def test_order_page_search_and_windows_take_anything(self) -> None:
        names = (
            "o",
            PAGE_VAR,
            "q",
            "all",
            "_facets",
            "_popup",
            "_to_field",
            "e",
            "state",
            "mine",
            "_changelist_filters",
        )
        values = itertools.cycle(ODD_VALUES)
        for role, client in self.clients():
            for model in (Source, MetricSnapshot, ledger.Change, ledger.EditionItem):
                for name in names:
                    value = next(values)
                    with self.subTest(role=role, model=model.__name__, name=name, value=value[:30]):
                        response = client.get(desk.address(model, "changelist"), {name: value})
                        self.assert_answers(response, 200, 400, 403)

    def test_a_page_that_is_no_longer_there_is_the_first(self) -> None:
        with mock.patch.object(admin.site.get_model_admin(Source), "list_per_page", 2):
            page = self.client_of("chief").get(desk.address(Source, "changelist"), {"p": "999"})
        self.assertEqual((page.context["cl"].page_num, len(page.context["cl"].result_list)), (1, 2))

    def test_an_action_on_rows_that_cannot_be_is_refused(self) -> None:
        for role, client in self.clients():
            for action in (
                "submit_for_review",
                "withdraw_to_draft",
                "publish_next_edition",
                "give_back",
                "delete_selected",
            ):
                for value in ("abc", "9" * 25, "1,2"):
                    with self.subTest(role=role, action=action, value=value):
                        entries = {"action": action, "_selected_action": [value], "index": "x"}
                        response = client.post(desk.address(Source, "changelist"), entries)
                        self.assert_answers(response, 400, 302)  # 302: the role has no such action
                        self.assertEqual(Source.objects.filter(stage="submitted").count(), 0)

    def test_the_action_of_a_form_names_its_own_row_only(self) -> None:
        source = make_source(entered_by=self.people["central"])
        entries = {"CHANGE_FORM-action": "submit_for_review", "_selected_action": ["abc"], "index": 0}
        response = self.client_of("central").post(desk.address(source), entries)
        self.assert_answers(response, 400)


class FormTests(Forged):
    def test_an_address_fills_only_possible_rows_into_a_new_form(self) -> None:
        values = itertools.cycle(("abc", "9" * 25, "1,2"))
        for role, client in self.clients():
            for model in publishable_models():
                for field in [f for f in model._meta.fields if isinstance(f, ForeignKey) and f.editable]:
                    value = next(values)
                    with self.subTest(role=role, field=str(field), value=value):
                        self.assert_answers(client.get(desk.address(model, "add"), {field.name: value}), 400, 403)

    def test_nor_into_the_fields_of_a_form_that_are_no_columns(self) -> None:
        client = self.client_of("analyst")
        self.assert_answers(client.get(desk.address(MetricSnapshot, "add"), {"indicator": "abc"}), 400)
        self.assert_answers(client.get(desk.address(MetricSnapshot, "add"), {"area": "nowhere"}), 400)
        self.assert_answers(client.get(desk.address(MetricSnapshot, "add"), {"area": "PK-XX"}), 200)

    def test_a_row_that_is_there_is_filled_in(self) -> None:
        citation = Citation.objects.first()
        page = self.client_of("chief").get(desk.address(MetricSnapshot, "add"), {"citation": citation.pk})
        self.assertEqual(desk.fields(page)["citation"], [str(citation.pk)])

    def test_no_address_of_a_form_breaks_it(self) -> None:
        client = self.client_of("chief")
        for model, _desk in self.desks():
            names = [f.name for f in model._meta.get_fields() if not isinstance(f, ForeignKey)]
            for value in ("abc", "9" * 25):
                with self.subTest(model=model.__name__, value=value):
                    self.assert_answers(client.get(desk.address(model, "add"), dict.fromkeys(names, value)), 200, 403)

    def test_a_number_of_no_row_leads_back_to_the_start(self) -> None:
        for role, client in self.clients("analyst", "chief"):
            for model in (Source, ledger.Edition, ledger.Change):
                for page in ("change", "delete", "history"):
                    for value in ("abc", "9" * 25, "1_5F2"):
                        with self.subTest(role=role, model=model.__name__, page=page, value=value):
                            url = reverse(f"admin:tracker_{model._meta.model_name}_{page}", args=[value])
                            self.assert_answers(client.get(url), 302, 403)
                            self.assert_answers(client.post(url, {"post": "yes"}), 302, 403)

    def test_what_a_window_says_of_itself_breaks_nothing(self) -> None:
        client = self.client_of("central")
        for number, value in enumerate(("", "abc", ".", "tracker.nothing", "tracker.citation", "a.b.c")):
            with self.subTest(value=value):
                entries = {"code": f"new-{number}", "publisher": "A", "title": "A", "kind": "news", "language": "en"}
                rows = {f"citations-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL")}
                window = {"_popup": "1", "_source_model": value, "_to_field": ""}
                self.assert_answers(client.post(desk.address(Source, "add"), {**entries, **rows, **window}), 200, 400)
        self.assertFalse(Source.objects.filter(code="new-1").exists(), "what was refused is not kept")

    def test_forged_counts_and_numbers_of_rows_in_a_form_break_nothing(self) -> None:
        client = self.client_of("central")
        action = PolicyAction.objects.unpublished().first()
        page = {
            name: values for name, values in desk.fields(client.get(desk.address(action))).items() if name[0] != "_"
        }
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "0-id", "0-seen", "0-citation", "0-DELETE"):
            for value in ("abc", "3"):
                with self.subTest(name=name, value=value):
                    entries = {**page, f"milestones-{name}": [value], "_save": "Save"}
                    self.assert_answers(client.post(desk.address(action), entries))

    def test_an_empty_form_is_no_error_of_the_server(self) -> None:
        client = self.client_of("chief")
        for model, _desk in self.desks():
            with self.subTest(model=model.__name__):
                self.assert_answers(client.post(desk.address(model, "add"), {}))

    def test_no_character_breaks_a_form(self) -> None:
        client = self.client_of("central")
        for value in ("\0", "\x1b", "\u202e", "\U0010ffff", "a" * 100_000):
            for name in ("code", "title", "published", "url", "kind", "seen"):
                with self.subTest(name=name, value=value[:10]):
                    entries = {
                        "code": "x",
                        "publisher": "A",
                        "title": "A",
                        "kind": "news",
                        "language": "en",
                        name: value,
                    }
                    self.assert_answers(client.post(desk.address(Source, "add"), entries), 200, 302)


class SuggestionTests(Forged):
    def ask(self, client: Any, model: Any, field: str, **more: str) -> Any:
        asked = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": field, **more}
        return client.get(reverse("admin:autocomplete"), {"term": "a", **asked})

    def test_are_given_for_foreign_keys_and_refused_for_everything_else(self) -> None:
        for role, client in self.clients():
            for model in MODELS if role == "chief" else (Source, Citation, MetricSnapshot):
                for field in model._meta.get_fields():
                    with self.subTest(role=role, model=model.__name__, field=field.name):
                        response = self.ask(client, model, field.name)
                        wanted = (200, 403, 404) if isinstance(field, ForeignKey) else (400, 403, 404)
                        self.assert_answers(response, *wanted)

    def test_a_relation_from_the_other_side_is_refused_with_a_sentence(self) -> None:
        response = self.ask(self.client_of("analyst"), Source, "citations")
        self.assertContains(response, "There are no suggestions for this field.", status_code=400)

    def test_no_page_term_or_model_breaks_them(self) -> None:
        client = self.client_of("chief")
        for value in ODD_VALUES:
            with self.subTest(value=value[:30]):
                self.assert_answers(self.ask(client, MetricSnapshot, "citation", page=value), 200, 404)
                self.assert_answers(self.ask(client, MetricSnapshot, "citation", term=value), 200)
                self.assert_answers(self.ask(client, MetricSnapshot, value), 400, 403)
                self.assert_answers(self.ask(client, MetricSnapshot, "citation", model_name=value), 403)
        self.assert_answers(client.get(reverse("admin:autocomplete")), 403)


class ShortcutTests(Forged):
    def test_there_is_no_way_to_a_row_by_its_type_and_number(self) -> None:
        draft = make_source(code="secret-draft", entered_by=self.people["central"])
        kind = ContentType.objects.get_for_model(Source).pk
        with self.assertRaises(NoReverseMatch):
            reverse("admin:view_on_site", args=[kind, draft.pk])
        for role, client in self.clients():
            for address in (
                f"/admin/r/{kind}/{draft.pk}/",
                "/admin/r/abc/1/",
                f"/admin/r/{kind}/abc/",
                "/admin/r/1/2/3/",
            ):
                with self.subTest(role=role, address=address):
                    response = client.get(address)
                    self.assert_answers(response, 404)
                    self.assertNotIn("secret-draft", response.content.decode())

    def test_the_desk_links_the_public_page_itself(self) -> None:
        snapshot = MetricSnapshot.objects.published().first()
        page = self.client_of("chief").get(desk.address(snapshot))
        self.assertContains(page, f'href="{snapshot.get_absolute_url()}"')


class ReviewTests(Forged):
    def test_no_name_of_an_item_breaks_the_screen(self) -> None:
        client = self.client_of("reviewer")
        screen = reverse("admin:tracker_edition_review")
        for item in (
            "",
            ":",
            "source:1",
            "source:1:1:1",
            "source:٣:1",
            "source:1:-1",
            "edition:1:1",
            "a" * 1000,
            "\0:1:1",
        ):
            for press in ("look", "return", "return_one", "give_back", "publish"):
                with self.subTest(item=item[:20], press=press):
                    entries = {
                        "item": [item],
                        press: item if press == "return_one" else "1",
                        "note": "x",
                        "summary": "x",
                    }
                    self.assert_answers(client.post(screen, entries), 200, 302, 400)

    def test_a_plan_change_with_nothing_to_change_is_shown(self) -> None:
        PlanChange.objects.update(stage="submitted")
        page = self.client_of("reviewer").get(reverse("admin:tracker_edition_review"))
        self.assert_answers(page, 200)


class StrictnessTests(TestCase):
    def test_of_every_registered_model_is_certain(self) -> None:
        """Whoever registers a model, whether or not they know of our base class."""
        self.assertEqual([model for model, page in admin.site._registry.items() if not isinstance(page, Strict)], [])
