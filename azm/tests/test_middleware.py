"""What happens to a request whichever page it asks for."""

from urllib.parse import quote

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils.translation import get_language, gettext

UNREADABLE = ["%00", "a%00b", "%ED%A0%80", "%FF", "%C3%28", "%F0%80%80%80"]


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_language()} {request.LANGUAGE_CODE} {reverse('page')} {gettext('Monday')}")


def slow(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(5)")
    return HttpResponse("never")


def unreachable(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused for the user clerk")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("a fault of ours")


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("not found", status=404)


urlpatterns = [
    path("slow", slow),
    path("slow/", slow),
    path("unreachable", unreachable),
    path("broken", broken),
    *i18n_patterns(path("page/", page, name="page"), prefix_default_language=False),
]

pytestmark = pytest.mark.urls(__name__)


class TestLanguage:
    def test_is_english_without_a_prefix(self, client: Client) -> None:
        response = client.get("/page/")
        assert response.text == "en en /page/ Monday"
        assert response["Content-Language"] == "en"

    def test_is_urdu_below_ur(self, client: Client) -> None:
        response = client.get("/ur/page/")
        assert response.text == "ur ur /ur/page/ سوموار"
        assert response["Content-Language"] == "ur"

    @pytest.mark.parametrize("address", ["/page/", "/ur/page/"])
    def test_depends_on_nothing_else(self, client: Client, address: str) -> None:
        plain = client.get(address)
        client.cookies["django_language"] = "ur" if address == "/page/" else "en"
        asked = client.get(address, headers={"accept-language": "ur,en;q=0.5"})
        assert asked.content == plain.content
        assert not plain.has_header("Vary")
        assert not plain.cookies

    def test_does_not_stick(self, client: Client) -> None:
        client.get("/ur/page/")
        assert client.get("/page/").text.startswith("en ")

    def test_follows_a_missing_slash(self, client: Client) -> None:
        assert client.get("/ur/page")["Location"] == "/ur/page/"

    def test_is_not_taken_from_a_word_that_begins_with_ur(self, client: Client) -> None:
        assert client.get("/urban/")["Content-Language"] == "en"


class TestUnreadableAddress:
    @pytest.mark.parametrize("piece", UNREADABLE)
    @pytest.mark.parametrize("query", ["q={}", "{}=1", "a=1&q=x{}"])
    @pytest.mark.parametrize("where", ["/page/", "/ur/page/", "/nowhere"])
    def test_is_refused_in_one_sentence(self, client: Client, where: str, query: str, piece: str) -> None:
        response = client.get(where, QUERY_STRING=query.format(piece))
        assert response.status_code == 400
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.text.count("\n") == 1

    def test_is_refused_with_the_heads_of_every_answer(self, client: Client) -> None:
        refused = client.get("/page/", QUERY_STRING="q=%00")
        for head in ("Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"):
            assert refused[head] == client.get("/page/")[head]

    def test_is_refused_for_a_nul_in_a_cookie(self, client: Client) -> None:
        assert client.get("/page/", headers={"cookie": 'sessionid="a\\000"'}).status_code == 400

    def test_is_refused_for_a_nul_in_the_path(self, client: Client) -> None:
        assert client.get("/page/%00").status_code == 400

    @pytest.mark.parametrize("piece", UNREADABLE[2:])
    def test_finds_nothing_when_only_its_path_is_no_text(self, client: Client, piece: str) -> None:
        assert client.get(f"/page/{piece}").status_code == 404

    def test_is_not_one_in_urdu(self, client: Client) -> None:
        assert client.get(f"/page/?q={quote('پاکستان 🇵🇰 50%')}").status_code == 200
        assert client.get(f"/{quote('پاکستان')}/").status_code == 404


class TestBusyDatabase:
    @pytest.mark.django_db
    def test_ends_a_slow_query_and_asks_to_come_back(self, client: Client) -> None:
        response = client.get("/slow")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert response.text == "The database is busy. Please try again in a moment.\n"

    @pytest.mark.django_db
    def test_is_told_in_a_page_where_a_page_was_asked_for(self, client: Client) -> None:
        response = client.get("/slow/")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "The ledger is not answering just now" in response.text

    def test_says_nothing_of_its_insides(self, client: Client) -> None:
        response = client.get("/unreachable")
        assert response.status_code == 503
        assert "clerk" not in response.text

    def test_does_not_hide_a_fault_of_ours(self, client: Client) -> None:
        with pytest.raises(ValueError, match="a fault of ours"):
            client.get("/broken")


class TestHeaders:
    def test_forbid_what_the_pages_do_not_need(self, client: Client) -> None:
        response = client.get("/page/")
        assert response["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"

    @override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60)
    def test_send_people_to_https(self, client: Client) -> None:
        assert client.get("/page/")["Location"] == "https://testserver/page/"
        assert "max-age=60" in client.get("/page/", secure=True)["Strict-Transport-Security"]
