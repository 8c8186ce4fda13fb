"""Every kind of page, in both languages and both colour schemes, wide and narrow, with script and without,
over the record and over the sample.

Each kind is looked at in both languages and both schemes; of the two looks in a language one is with script, and
that one asks axe, which cannot run without. Width and site alternate, so that over all kinds every pair of these
is met: to look at all of them together would take eight times as long.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

pytest.importorskip("playwright", reason="Pages are looked at in a browser by `make test-browser`.")

from playwright.sync_api import Browser

from azm.tests.browser.kinds import Kind, kinds
from azm.tests.browser.sites import SITES, Site
from azm.tests.browser.visits import Way, visiting

NARROW, WIDE = 320, 1440
MOST = 60_000  # bytes over the wire, without the font of Urdu pages

TONGUES = list(product(("en", "ur"), ("light", "dark")))
OTHERWISE = list(product((NARROW, WIDE), SITES))


def looks() -> Iterator[Any]:
    for n, kind in enumerate(kinds()):
        for i, (language, scheme) in enumerate(TONGUES):
            width, site = OTHERWISE[(n // 2 + i) % len(OTHERWISE)]
            way = Way(language, scheme, width, script=(n + i + i // 2) % 2 == 0)
            yield pytest.param(kind, site, way, id=f"{kind.pattern}-{site}-{way}")


@pytest.mark.parametrize(("kind", "name", "way"), list(looks()))
def test_a_page_is_in_order(browser: Browser, sites: dict[str, Site], kind: Kind, name: str, way: Way) -> None:
    site = sites[name]
    prefix = "ur/" if way.language == "ur" else ""
    with visiting(browser, site.address, way) as visit:
        visit.open(f"{site.address}/{prefix}{kind.address(site)}", kind.status)
        assert visit.troubles == []
        assert visit.page.locator("html").get_attribute("dir") == ("rtl" if way.language == "ur" else None)
        assert visit.weight(fonts=False) <= MOST
        assert (visit.weight(fonts=True) > 0) is (way.language == "ur")
