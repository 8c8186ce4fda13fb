"""Every kind of public page, from the addresses themselves, so that a new kind is looked at too."""

import re
from dataclasses import dataclass

from azm.tests.browser.sites import Site
from tracker.urls import urlpatterns

FILES = (".csv", ".atom", ".ics", ".sha256", ".json", ".svg", "/random/")


# Kinds of page that an address alone does not tell.
SPECIAL = {
    "search that finds": "search/?q=police",
    "search that does not": "search/?q=xyzzy",
    "search that nearly does": "search/?q=convicton",
    "filtered list": "actions/?lacks=deadline",
    "empty list": "actions/?q=xyzzy",
    "past edition": "?edition=1",
    "refused filter": "actions/?colour=green",
    "not found": "nothing-here/",
    "code that does not exist": "actions/azm-9.9/",
    "comparison": "editions/compare/?from=1&to=2",
}
REFUSED = {"refused filter": 400, "not found": 404, "code that does not exist": 404}


@dataclass(frozen=True)
class Kind:
    """A kind of page: its pattern, such as `actions/<code>/`."""

    pattern: str

    @property
    def status(self) -> int:
        return REFUSED.get(self.pattern, 200)

    def address(self, site: Site) -> str:
        """One page of this kind, with the codes of the site."""
        if self.pattern in SPECIAL:
            return SPECIAL[self.pattern]
        return re.sub(r"(\w+)/<(?:\w+:)?(\w+)>", lambda found: f"{found[1]}/{code(site, found[1])}", self.pattern)


def code(site: Site, listing: str) -> str:
    """What the page of a row is called in its address: editions by number, areas in small letters, the rest by code."""
    if listing == "data":
        return "snapshots"  # the columns of a list, which is no row of anything
    row = site.first(listing)
    return row["number"] if listing == "editions" else row["code"].lower() if listing == "provinces" else row["code"]


def kinds() -> list[Kind]:
    patterns = [str(entry.pattern) for entry in urlpatterns]
    return [Kind(pattern) for pattern in [*patterns, *SPECIAL] if not pattern.endswith(FILES)]
