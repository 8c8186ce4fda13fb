"""The pictures of the README, taken of the sites as `make demo` and `make sample` serve them: `make screenshots`."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from azm import database
from azm.local import ROOT
from azm.tests.browser.chromium import FLAGS, find_chromium
from azm.tests.browser.sites import Site, served
from azm.tests.plugin import free_folder

FOLDER = ROOT / "docs" / "screenshots"
DESK, PHONE = (1280, 900), (390, 844)


@dataclass(frozen=True)
class Picture:
    """What is in the window when a page has been opened; `code` names a list whose fullest row has the page."""

    name: str
    site: str
    address: str
    window: tuple[int, int] = DESK
    scheme: Any = "light"
    code: str = ""

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.png"

    def url(self, site: Site) -> str:
        return f"{site.address}/{self.address}{site.first(self.code)['code'] + '/' if self.code else ''}"


PICTURES = (
    Picture("front-page", "record", ""),
    Picture("front-page-urdu", "record", "ur/", PHONE),
    Picture("province", "record", "provinces/pk-kp/"),
    Picture("indicator", "record", "indicators/conviction-rate/", PHONE, "dark"),
    Picture("front-page-sample", "sample", ""),
    Picture("action-sample", "sample", "actions/sample-2/"),
    Picture("indicator-sample", "sample", "indicators/", code="indicators"),
)


def take(browser: Any, site: Site, picture: Picture) -> None:
    width, height = picture.window
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(picture.url(site), wait_until="networkidle")
    page.screenshot(path=picture.file)
    context.close()


def taken() -> Iterator[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        sites = {name: stack.enter_context(served(name)) for name in {picture.site: None for picture in PICTURES}}
        for picture in PICTURES:
            take(browser, sites[picture.site], picture)
            yield picture.file
        browser.close()


def main() -> None:
    if not os.environ.get("DATABASE_URL"):
        database.export_url(free_folder(ROOT / ".postgres-test"), durable=False)
    FOLDER.mkdir(exist_ok=True)
    for file in taken():
        print(file.relative_to(ROOT), flush=True)


if __name__ == "__main__":
    main()
