"""Guessing passwords is slowed down, and nobody is locked out by a stranger for little."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

PASSWORD = "a long and secret sentence"
HERE, ELSEWHERE = "203.0.113.5", "198.51.100.7"


def log_in(request: HttpRequest) -> HttpResponse:
    form = AuthenticationForm(request, request.POST)
    return HttpResponse("welcome" if form.is_valid() else "no")


urlpatterns = [path("log-in", log_in)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def clerks() -> None:
    for name in ("amina", "bilal"):
        get_user_model().objects.create_user(name, password=PASSWORD)


def attempt(
    client: Client, name: str, password: str = "wrong", address: str = HERE, forwarded: str | None = None
) -> int | str:
    """The answer to one attempt: the sentence, or the number when it is refused unheard."""
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    data = {"username": name, "password": password}
    response = client.post("/log-in", data, REMOTE_ADDR=address, headers=headers)
    return response.text if response.status_code == 200 else response.status_code


class TestThrottle:
    def test_refuses_even_the_right_password_after_five_failures(self, client: Client) -> None:
        assert [attempt(client, "amina") for _ in range(5)] == ["no"] * 4 + [429]
        assert attempt(client, "amina", PASSWORD) == 429

    def test_leaves_others_at_the_address_alone(self, client: Client) -> None:
        for _ in range(5):
            attempt(client, "amina")
        assert attempt(client, "bilal", PASSWORD) == "welcome"

    def test_leaves_the_clerk_elsewhere_alone(self, client: Client) -> None:
        for _ in range(5):
            attempt(client, "amina")
        assert attempt(client, "amina", PASSWORD, address=ELSEWHERE) == "welcome"

    @override_settings(AZM_LOGIN_LIMITS=[5, 7, 50])
    def test_counts_a_name_over_all_addresses(self, client: Client) -> None:
        answers = [attempt(client, "amina", address=f"192.0.2.{number}") for number in range(7)]
        assert answers == ["no"] * 6 + [429]
        assert attempt(client, "amina", PASSWORD, address=ELSEWHERE) == 429

    @override_settings(AZM_LOGIN_LIMITS=[5, 50, 7])
    def test_counts_an_address_over_all_names(self, client: Client) -> None:
        assert [attempt(client, f"name{number}") for number in range(7)] == ["no"] * 6 + [429]
        assert attempt(client, "bilal", PASSWORD) == 429

    def test_is_not_reset_by_a_login_of_ones_own(self, client: Client) -> None:
        for _ in range(4):
            attempt(client, "amina")
        assert attempt(client, "bilal", PASSWORD) == "welcome"
        assert attempt(client, "amina") == 429

    def test_tells_when_to_come_back(self, client: Client) -> None:
        for _ in range(5):
            response = client.post("/log-in", {"username": "amina", "password": "wrong"})
        assert "half an hour" in response.text


class TestAddress:
    def test_is_not_what_a_stranger_writes_into_a_header(self, client: Client) -> None:
        answers = [attempt(client, "amina", forwarded=f"192.0.2.{number}") for number in range(5)]
        assert answers[-1] == 429

    @override_settings(AZM_BEHIND_PROXY=True)
    def test_is_the_last_one_that_our_proxy_wrote(self, client: Client) -> None:
        for number in range(5):
            attempt(client, "amina", forwarded=f"192.0.2.{number}, {HERE}", address="127.0.0.1")
        assert attempt(client, "amina", PASSWORD, forwarded=HERE, address="127.0.0.1") == 429
        assert attempt(client, "amina", PASSWORD, forwarded=ELSEWHERE, address="127.0.0.1") == "welcome"


class TestStrangeNames:
    @pytest.mark.parametrize("name", ["x" * 256, "ش" * 10_000, "", "a\0b"])
    def test_are_simply_wrong(self, client: Client, name: str) -> None:
        assert attempt(client, name) == "no"
