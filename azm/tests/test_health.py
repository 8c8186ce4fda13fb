"""What a watcher of the server asks."""

from typing import Never

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings


class TestHealth:
    def test_needs_no_database(self, client: Client) -> None:
        response = client.get("/healthz")
        assert (response.status_code, response.text) == (200, "ok\n")
        assert "no-store" in response["Cache-Control"]

    @override_settings(SECURE_SSL_REDIRECT=True)
    def test_is_told_by_plain_http_too(self, client: Client) -> None:
        assert client.get("/healthz").status_code == 200


class TestReadiness:
    @pytest.mark.django_db
    def test_is_a_database_that_answers(self, client: Client) -> None:
        assert client.get("/readyz").status_code == 200

    @pytest.mark.django_db
    def test_is_denied_when_it_does_not(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse() -> Never:
            raise OperationalError("connection refused")

        monkeypatch.setattr(connection, "cursor", refuse)
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
