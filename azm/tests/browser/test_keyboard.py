"""A reader without a mouse: from the filter to the table, to the figures behind a chart, to the file."""

import pytest

pytest.importorskip("playwright", reason="Pages are looked at in a browser by `make test-browser`.")

from playwright.sync_api import Browser, Page

from azm.tests.browser.sites import Site
from azm.tests.browser.visits import Way, visiting

MOST = 120  # keys, which is more than anybody would press
PHONE, DESK = 360, 1440
SHOWN = """
() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight
}
"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element is reached; where one stands must be seen at every step."""
    for _key in range(MOST):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [PHONE, DESK])
class TestTheWayToTheFile:
    def test_from_filter_to_table_to_chart_to_file(
        self, browser: Browser, sites: dict[str, Site], width: int, script: bool
    ) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("en", "light", width, script)) as visit:
            page = visit.page
            visit.open(f"{site.address}/indicators/")
            tab_to(page, "a.skip")
            page.keyboard.press("Enter")
            if width == PHONE:
                tab_to(page, "details.filters > summary")
                page.keyboard.press("Enter")
            tab_to(page, "form [name=q]")
            page.keyboard.type("conviction")
            page.keyboard.press("Enter")
            page.wait_for_url("**/indicators/?*q=conviction*")
            tab_to(page, "table a[href='/indicators/conviction-rate/']")
            page.keyboard.press("Enter")
            page.wait_for_url("**/indicators/conviction-rate/")
            tab_to(page, "figure details > summary, .chart ~ details > summary, details:has(table) > summary")
            page.keyboard.press("Enter")
            assert page.locator("details[open] table td").first.is_visible()
            tab_to(page, "a[href^='/snapshots.csv']")
            with page.expect_download() as download:
                page.keyboard.press("Enter")
            assert download.value.suggested_filename.endswith(".csv")
            assert visit.said == []

    def test_the_skip_link_comes_first_and_leads_past_the_navigation(
        self, browser: Browser, sites: dict[str, Site], width: int, script: bool
    ) -> None:
        site = sites["record"]
        with visiting(browser, site.address, Way("ur", "dark", width, script)) as visit:
            visit.open(f"{site.address}/ur/")
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate("document.activeElement.matches('a.skip')")
            visit.page.keyboard.press("Enter")
            visit.page.keyboard.press("Tab")
            assert visit.page.evaluate("document.activeElement.closest('main') !== null")
