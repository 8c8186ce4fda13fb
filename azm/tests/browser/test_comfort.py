"""What the script adds, and that nothing is lost without it."""

import pytest

pytest.importorskip("playwright", reason="Pages are looked at in a browser by `make test-browser`.")

from playwright.sync_api import Browser

from azm.settings import BASE_DIR
from azm.tests.browser.sites import Site
from azm.tests.browser.visits import Way, visiting

PHONE, DESK = 360, 1440
SCRIPT = BASE_DIR / "static" / "js" / "azm.js"


def test_the_script_is_small() -> None:
    assert SCRIPT.stat().st_size <= 3000


class TestTheMenuOfAPhone:
    def test_closes_on_escape_and_keeps_the_place(self, browser: Browser, sites: dict[str, Site]) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", PHONE, script=True)) as visit:
            visit.open(f"{site.address}/actions/")
            menu = visit.page.locator("details.menu")
            menu.locator("summary").click()
            assert menu.get_attribute("open") is not None
            visit.page.keyboard.press("Tab")
            visit.page.keyboard.press("Escape")
            assert menu.get_attribute("open") is None
            assert visit.page.evaluate("document.activeElement.matches('details.menu > summary')")
            assert visit.said == []

    def test_closes_when_one_points_elsewhere(self, browser: Browser, sites: dict[str, Site]) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("ur", "dark", PHONE, script=True)) as visit:
            visit.open(f"{site.address}/ur/actions/")
            menu = visit.page.locator("details.menu")
            menu.locator("summary").click()
            visit.page.locator(".wordmark").dispatch_event("pointerdown")
            assert menu.get_attribute("open") is None

    def test_opens_without_script(self, browser: Browser, sites: dict[str, Site]) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", PHONE, script=False)) as visit:
            visit.open(f"{site.address}/actions/")
            visit.page.locator("details.menu > summary").click()
            assert visit.page.get_by_role("link", name="Provinces").first.is_visible()


class TestTheCitation:
    def test_is_copied_and_that_is_said(self, browser: Browser, sites: dict[str, Site]) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", DESK, script=True)) as visit:
            visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
            visit.open(f"{site.address}/actions/")
            visit.page.get_by_role("button", name="Copy the citation").click()
            said = visit.page.locator("[data-copied]")
            said.get_by_text("Copied.").wait_for()
            assert said.get_attribute("role") == "status"
            copied = visit.page.evaluate("navigator.clipboard.readText()")
            assert copied.startswith("Azm, “Actions”, edition 2 of ")
            assert copied.endswith("/actions/?edition=2")
            assert "\n" not in copied

    def test_offers_no_button_that_would_do_nothing(self, browser: Browser, sites: dict[str, Site]) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", DESK, script=False)) as visit:
            visit.open(f"{site.address}/actions/")
            assert not visit.page.get_by_role("button", name="Copy the citation").is_visible()
            assert visit.page.get_by_text("Cite this page").is_visible()


class TestASearch:
    @pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
    def test_begins_in_the_masthead(self, browser: Browser, sites: dict[str, Site], script: bool) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", DESK, script)) as visit:
            visit.open(f"{site.address}/")
            visit.page.locator("#site-search").fill("conviction")
            visit.page.keyboard.press("Enter")
            visit.page.wait_for_url("**/search/?q=conviction")
            assert visit.page.locator("mark").first.is_visible()
