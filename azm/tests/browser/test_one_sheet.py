"""The scoreboard of a province is one printed page, of the record and of the sample, in both languages."""

import re
from typing import Any

import pytest

pytest.importorskip("playwright", reason="Pages are looked at in a browser by `make test-browser`.")

from playwright.sync_api import Browser

from azm.tests.browser.sites import Site
from azm.tests.browser.visits import Way, visiting

PRINTED = [("record", code) for code in ("pk-kp", "pk-ba", "pk-pb", "pk-sd")] + [
    ("sample", "pk-xa"),
    ("sample", "pk-xc"),
]
HIDDEN = ".screen-only, .take, .navigation, .locator"


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("name", "code"), PRINTED)
class TestTheScoreboard:
    def printed(self, browser: Browser, site: Site, language: str, code: str) -> Any:
        way = Way(language, "light", 1440, script=False)
        with visiting(browser, site.address, way) as visit:
            prefix = "ur/" if language == "ur" else ""
            visit.open(f"{site.address}/{prefix}provinces/{code}/")
            sheet = visit.page.pdf(prefer_css_page_size=True)
            visit.page.emulate_media(media="print")
            shown = [one.is_visible() for one in visit.page.locator(HIDDEN).all()]
            return sheets(sheet), shown, visit.page.locator("tbody th[scope='row']:visible").count()

    def test_is_one_page_with_its_rows_and_without_what_can_only_be_clicked(
        self, browser: Browser, sites: dict[str, Site], name: str, code: str, language: str
    ) -> None:
        count, shown, rows = self.printed(browser, sites[name], language, code)
        assert count == 1
        assert not any(shown)
        assert rows > 10
