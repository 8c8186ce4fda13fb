"""Before pytest-django reads the settings: a key, and a PostgreSQL that is used by tests only."""

import os
import secrets
from collections.abc import Iterator

import pytest

from azm import database
from azm.local import ROOT


@pytest.hookimpl(wrapper=True)  # a wrapper begins before every other plugin's hook
def pytest_load_initial_conftests() -> Iterator[None]:
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DEBUG"] = "False"
    try:
        database.export_url(ROOT / ".postgres-test", durable=False)
    except database.Unavailable as reason:
        raise pytest.UsageError(str(reason)) from reason
    return (yield)
