"""Pages of failure: what happened, what can be done, and a way on; also when nothing works."""

from typing import Any
from unittest import mock

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client, RequestFactory, TestCase
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from django.views.defaults import server_error

from tracker.tests.factories import make_action, make_source, publish_all
from tracker.tests.pages import World, links, sections, visible
from tracker.views import about


class Failing(TestCase):
    def page(self, address: str, status: int) -> str:
        response = self.client.get(address)
        assert response.status_code == status
        return str(response.text)

    def failed(self, error: Exception, address: str = "/about/") -> Any:
        """What is answered while that page breaks."""
        self.client.raise_request_exception = False
        with mock.patch.object(about, "TemplateResponse", side_effect=error):
            return self.client.get(address)


class TestEveryPageOfFailure(Failing):
    @classmethod
    def setUpTestData(cls) -> None:
        World.make(1)

    def pages(self) -> dict[int, str]:
        return {
            400: self.page("/actions/?colour=green", 400),
            403: str(self.failed(PermissionDenied()).text),
            404: self.page("/nowhere/", 404),
            500: str(self.failed(RuntimeError("broken")).text),
            503: str(self.failed(OperationalError("gone")).text),
        }

    def test_leads_on(self) -> None:
        for status, page in self.pages().items():
            with self.subTest(status):
                ways = sections(page)["ways-on"]
                assert 'action="/search/" method="get" role="search"' in ways
                assert {"/", "/actions/", "/provinces/", "/about/#report"} <= set(links(ways))
                assert page.count("<h1>") == 1
                assert '<meta name="robots" content="noindex">' in page

    def test_cannot_be_cited(self) -> None:
        for status, page in self.pages().items():
            with self.subTest(status):
                assert "Cite this page" not in page

    def test_says_that_the_ledger_is_unchanged(self) -> None:
        pages = self.pages()
        for status in (500, 503):
            assert "Nothing in the ledger has changed" in visible(pages[status])

    def test_keeps_its_insides_to_itself(self) -> None:
        for status, page in self.pages().items():
            with self.subTest(status):
                assert "broken" not in page
                assert "Traceback" not in page

    def test_is_in_urdu_below_ur(self) -> None:
        answers = {
            400: self.client.get("/ur/actions/?colour=green"),
            404: self.client.get("/ur/nowhere/"),
            500: self.failed(RuntimeError(), "/ur/about/"),
            503: self.failed(OperationalError(), "/ur/about/"),
        }
        for status, answer in answers.items():
            with self.subTest(status):
                assert answer.status_code == status
                assert '<html lang="ur" dir="rtl">' in answer.text
                assert 'action="/ur/search/"' in answer.text


class TestAPageThatIsNotThere(Failing):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all(make_action(code="quarry-plan-1", title="Open the quarry"), make_source(code="gazette"))

    def test_names_codes_that_are_nearly_the_same(self) -> None:
        page = self.page("/actions/quarry-plan-7/", 404)
        assert "/actions/quarry-plan-1/" in links(page)
        assert "Open the quarry" in visible(page)
        assert "Nearly the same code" not in self.page("/actions/xyzzy/", 404)

    def test_names_none_of_another_kind(self) -> None:
        assert "/actions/quarry-plan-1/" not in links(self.page("/bodies/quarry-plan-1/", 404))

    def test_names_no_draft(self) -> None:
        make_action(code="quarry-plan-2", title="Undercover")
        assert "Undercover" not in self.page("/actions/quarry-plan-3/", 404)

    def test_that_is_there_in_a_later_edition_says_in_which(self) -> None:
        publish_all(make_action(code="later-plan", title="Later"))
        page = self.page("/actions/later-plan/?edition=1", 404)
        assert "It entered the ledger in edition 2." in visible(page)
        assert "/actions/later-plan/?edition=2" in links(page)
        assert self.client.get("/actions/later-plan/?edition=2").status_code == 200

    def test_offers_what_was_asked_as_words_to_search_for(self) -> None:
        assert 'value="to be"' in self.page("/nowhere/to-be/", 404)
        assert 'value="quarry-plan-7"' in self.page("/actions/quarry-plan-7/", 404)

    def test_of_a_robot_asks_the_database_nothing(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            self.page("/wp-login.php/", 404)
        assert len(asked) == 0


class TestAFaultOfOurs(Failing):
    def test_is_told_without_request_and_database(self) -> None:
        with CaptureQueriesContext(connection) as asked:
            response = server_error(RequestFactory().get("/"))
        assert len(asked) == 0
        assert response.status_code == 500
        assert "Something broke on our side" in response.text

    def test_is_told_in_the_language_of_the_page(self) -> None:
        with override("ur"):
            assert 'action="/ur/search/"' in server_error(RequestFactory().get("/ur/")).text


class TestABusyDatabase(Failing):
    def test_asks_a_reader_to_come_back(self) -> None:
        publish_all(make_source())
        response = self.failed(OperationalError())
        assert response.status_code == 503
        assert response["Retry-After"] == "30"


class TestRefusals(Failing):
    @classmethod
    def setUpTestData(cls) -> None:
        World.make(1)

    def test_the_other_language_is_never_on_another_host(self) -> None:
        for address in ("/ur//evil.example/a", "/ur///evil.example"):
            page = self.page(address, 404)
            assert not [link for link in links(page) if link.startswith("//")]
            assert 'href="//' not in page

    def test_a_forged_host_is_told_nothing_of_the_settings(self) -> None:
        response = self.client.get("/", headers={"host": "evil.example"})
        assert response.status_code == 400
        assert "ALLOWED_HOSTS" not in response.text

    def test_a_form_without_its_token_is_refused_on_a_page_of_ours(self) -> None:
        client = Client(enforce_csrf_checks=True)
        for address, language in (("/search/", "en"), ("/ur/search/", "ur")):
            response = client.post(address)
            assert response.status_code == 403
            assert f'<html lang="{language}"' in response.text
            assert 'class="masthead"' in response.text

    def test_a_day_before_there_was_a_country_is_no_day_to_judge_on(self) -> None:
        for day in ("0001-01-01", "1947-08-13"):
            assert "not before 1947-08-14" in visible(self.page(f"/?on={day}", 400))

    def test_the_choice_of_a_briefing_refuses_what_its_sheets_refuse(self) -> None:
        for query in ("to=zz", "foo=1", "from=2&to=1"):
            self.page(f"/briefing/?{query}", 400)
