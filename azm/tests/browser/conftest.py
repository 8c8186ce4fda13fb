"""A browser and the two sites, once for all tests of this folder."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from azm.tests.browser.chromium import FLAGS, find_chromium
from azm.tests.browser.sites import Site, served

HERE = Path(__file__).parent
REQUIRED = os.environ.get("AZM_BROWSER") == "required"  # as `make test-browser` says


def chromium() -> str:
    """Without a browser the tests are skipped, or fail if it is required."""
    path = find_chromium()
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


class Sites(dict[str, Site]):
    """Each is made when it is first asked for, since that takes a while."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack

    def __missing__(self, name: str) -> Site:
        self[name] = self.stack.enter_context(served(name))
        return self[name]


@pytest.fixture(scope="session")
def sites(browser: Any) -> Iterator[Sites]:
    """The browser comes first, since without it no site is wanted."""
    with ExitStack() as stack:
        yield Sites(stack)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With two processes each makes one of the sites only, and both are looked at side by side."""
    for item in items:
        if item.path.parent == HERE:
            name = getattr(item, "callspec", None) and item.callspec.params.get("name")
            item.add_marker(pytest.mark.xdist_group(name or "record"))
