"""Settings are read strictly: a mistake stops the start with a sentence that names it."""

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from azm.local import ROOT

NAMES = ["DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"]
NAMES += ["AZM_BEHIND_PROXY", "AZM_HTTPS", "AZM_OUTLINE_MAP", "AZM_PROGRAMME", "AZM_STATEMENT_TIMEOUT"]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The settings as a process with this environment, and nothing else of ours, would read them."""

    def read_settings(**environment: str) -> dict[str, Any]:
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"SECRET_KEY": "k" * 50} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "azm" / "settings.py"))

    return read_settings


class TestFlags:
    @pytest.mark.parametrize("name", ["DEBUG", "AZM_HTTPS", "AZM_BEHIND_PROXY", "AZM_OUTLINE_MAP"])
    @pytest.mark.parametrize("value", ["true", "1", "yes", "app:*"])
    def test_are_true_or_false_and_nothing_else(self, read: Any, name: str, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match=f"{name} must be True or False"):
            read(**{name: value})

    def test_are_safe_when_left_out(self, read: Any) -> None:
        found = read()
        assert (found["DEBUG"], found["AZM_HTTPS"], found["AZM_BEHIND_PROXY"]) == (False, True, False)
        assert found["AZM_OUTLINE_MAP"] is False


class TestSecretKey:
    @pytest.mark.parametrize("debug", ["True", "False"])
    def test_has_no_default(self, read: Any, debug: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY must be given"):
            read(SECRET_KEY="", DEBUG=debug)


class TestDatabase:
    def test_is_read_from_an_address(self, read: Any) -> None:
        found = read(DATABASE_URL="postgres://clerk:p%40ss%2Fw@db.example:6432/azm?sslmode=require")
        database = found["DATABASES"]["default"]
        assert database["ENGINE"] == "django.db.backends.postgresql"
        assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
            "clerk",
            "p@ss/w",
            "db.example",
            "6432",
            "azm",
        ]
        assert database["OPTIONS"]["sslmode"] == "require"

    def test_may_be_a_socket_and_leave_the_rest_open(self, read: Any) -> None:
        database = read(DATABASE_URL="postgresql:///azm?host=%2Ftmp%2Fa%20b")["DATABASES"]["default"]
        assert (database["HOST"], database["USER"], database["PORT"]) == ("/tmp/a b", "", "")

    @pytest.mark.parametrize(
        "url",
        [
            "db.example",
            "mysql://clerk:s3cret@db.example/azm",
            "sqlite:///azm.db",
            "host=db.example dbname=azm password=s3cret",
            "postgresql://clerk:s3cret@db.example",
            "postgresql://clerk:s3cret@db.example:port/azm",
            "postgresql://clerk:s3cret@db.example/azm?pool=5",
            "postgresql://clerk:%zzs3cret@db.example/azm",
        ],
    )
    def test_refuses_other_addresses_without_repeating_the_password(self, read: Any, url: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be like") as refusal:
            read(DATABASE_URL=url)
        assert "s3cret" not in str(refusal.value)

    def test_is_never_guessed(self, read: Any) -> None:
        assert read()["DATABASES"]["default"]["HOST"] == "/DATABASE_URL-is-not-set"

    def test_ends_a_query_that_takes_too_long(self, read: Any) -> None:
        url = "postgresql://db.example/azm?options=-c%20work_mem%3D8MB"
        options = read(DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]["options"]
        assert options == "-c jit=off -c work_mem=32MB -c work_mem=8MB -c statement_timeout=15s"  # the later one holds

    @pytest.mark.parametrize("value", ["15", "soon", "-1s", "1s -c fsync=off"])
    def test_refuses_a_limit_that_is_no_time(self, read: Any, value: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="AZM_STATEMENT_TIMEOUT must be 0 or a time"):
            read(AZM_STATEMENT_TIMEOUT=value)

    def test_keeps_connections_and_looks_whether_they_live(self, read: Any) -> None:
        database = read()["DATABASES"]["default"]
        assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (60, True)


class TestDeployment:
    def test_binds_its_cookies_to_host_and_https(self, read: Any) -> None:
        found = read()
        assert found["SESSION_COOKIE_NAME"] == "__Host-sessionid"
        assert found["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
        assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True

    def test_insists_on_https(self, read: Any) -> None:
        found = read()
        assert found["SECURE_SSL_REDIRECT"]
        assert found["SECURE_HSTS_SECONDS"] == 31_536_000

    def test_believes_a_proxy_only_when_told_that_there_is_one(self, read: Any) -> None:
        assert "SECURE_PROXY_SSL_HEADER" not in read()
        assert "SECURE_PROXY_SSL_HEADER" in read(AZM_BEHIND_PROXY="True")

    def test_names_its_hosts(self, read: Any) -> None:
        assert read(ALLOWED_HOSTS="azm.example, www.azm.example")["ALLOWED_HOSTS"] == [
            "azm.example",
            "www.azm.example",
        ]

    def test_allows_no_script_or_style_but_its_own(self, read: Any) -> None:
        policy = read()["SECURE_CSP"]
        assert policy["default-src"] == [CSP.NONE]
        assert policy["script-src"] == policy["style-src"] == [CSP.SELF, CSP.NONCE]
        assert not {CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL} & {word for words in policy.values() for word in words}

    def test_serves_hashed_and_compressed_files(self, read: Any) -> None:
        assert "CompressedManifest" in read()["STORAGES"]["staticfiles"]["BACKEND"]

    def test_shows_the_programme_it_is_told_to(self, read: Any) -> None:
        assert read()["AZM_PROGRAMME"] == "nisp-2023-2028"
        assert read(AZM_PROGRAMME="nap-2014")["AZM_PROGRAMME"] == "nap-2014"
