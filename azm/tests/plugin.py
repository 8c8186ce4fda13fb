"""Before pytest-django reads the settings: a key, and a PostgreSQL that only this run uses."""

import itertools
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from azm import database
from azm.local import ROOT


@pytest.hookimpl(wrapper=True)  # a wrapper begins before every other plugin's hook
def pytest_load_initial_conftests() -> Iterator[None]:
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DEBUG"] = "True"  # static files as they lie; Django's own tests turn the rest off
    os.environ["AZM_HTTPS"] = "False"  # the test client speaks plain HTTP
    if not os.environ.get("DATABASE_URL"):  # the workers of pytest-xdist inherit the one of who started them
        try:
            database.export_url(free_folder(ROOT / ".postgres-test"), durable=False)
        except database.Unavailable as reason:
            raise pytest.UsageError(str(reason)) from reason
    return (yield)


def pytest_configure() -> None:
    """A good hasher takes half a second, by design; no test waits for that."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def free_folder(tests: Path) -> Path:
    """The first folder that no other run holds. Two runs on one server would drop each other's
    database, and the one that ends first would take the server with it."""
    for number in itertools.count(1):
        folder = tests / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        if database.acquired(os.open(folder / "in-use", os.O_CREAT | os.O_WRONLY, 0o644)):
            return folder
    raise AssertionError("there is always another number")
