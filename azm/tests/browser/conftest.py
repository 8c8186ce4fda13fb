"""A browser and the two sites, once for all tests of this folder."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from azm.tests.browser.sites import SITES, Site, served

REQUIRED = os.environ.get("AZM_BROWSER") == "required"  # as `make test-browser` says
NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root there is no sandbox to be had, and nothing of the browser's own may go over the network.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def chromium() -> str:
    """The browser of the system, for nothing is downloaded. Without one the tests are skipped, or fail if required."""
    path = os.environ.get("AZM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not path:
        refuse("There is no Chromium; `make test-browser` installs it on Debian.")
    return path


def refuse(reason: str) -> None:
    if REQUIRED:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def sites(browser: Any) -> Iterator[dict[str, Site]]:
    """Both are made at once, on the two cores; the browser comes first, since without it neither is wanted."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(served(name)) for name in SITES}
