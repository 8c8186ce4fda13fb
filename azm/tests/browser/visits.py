"""One look at one page: how it is looked at, and what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
HEIGHT = 900
PATIENCE = 30_000  # milliseconds


@dataclass(frozen=True)
class Way:
    """How a page is looked at."""

    language: str
    scheme: Any
    width: int
    script: bool

    def __str__(self) -> str:
        return f"{self.language}-{self.scheme}-{self.width}-{'script' if self.script else 'no-script'}"


@dataclass
class Visit:
    """A page that was loaded with nothing in the cache, and what the browser told of it."""

    page: Page
    site: str
    way: Way
    said: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def open(self, address: str, status: int = 200) -> None:
        self.page.on("console", lambda message: self._heard(message.type, message.text, status))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request))
        answer = self.page.goto(address, wait_until="load")
        assert answer is not None
        self.page.evaluate("document.fonts.ready.then(() => true)")
        assert answer.status == status, f"{address}: {answer.status}"

    def _heard(self, kind: str, text: str, status: int) -> None:
        if kind in ("error", "warning") and f"status of {status}" not in text:
            self.said.append(text)

    @property
    def troubles(self) -> list[str]:
        """What no page may have, a sentence each."""
        return [*self.said, *self._of_others(), *self._too_wide(), *self._headings(), *self._violations()]

    def _of_others(self) -> Iterator[str]:
        for request in self.requests:
            if urlsplit(request.url).netloc not in ("", urlsplit(self.site).netloc):
                yield f"asks another server: {request.url}"

    def _too_wide(self) -> Iterator[str]:
        wide, seen = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > seen:
            yield f"scrolls sideways: {wide} > {seen} px"

    def _headings(self) -> Iterator[str]:
        if (count := self.page.locator("h1").count()) != 1:
            yield f"{count} h1"

    def _violations(self) -> Iterator[str]:
        if not self.way.script:
            return
        for found in Axe().run(self.page, options=RULES).response["violations"]:
            for node in found["nodes"]:
                yield f"{found['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"

    def weight(self, *, fonts: bool) -> int:
        """Bytes that came over the wire, heads included; of the fonts or of all else."""
        mine = [request for request in self.requests if (request.resource_type == "font") is fonts]
        sizes = [request.sizes() for request in mine]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


@contextmanager
def visiting(browser: Browser, site: str, way: Way) -> Iterator[Visit]:
    """A window of its own, whose cache is empty."""
    context = browser.new_context(
        viewport={"width": way.width, "height": HEIGHT}, color_scheme=way.scheme, java_script_enabled=way.script
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield Visit(context.new_page(), site, way)
    finally:
        context.close()
