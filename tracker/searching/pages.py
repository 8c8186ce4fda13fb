"""The pages that are no rows: lists, rules of the method, and what the ledger says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from tracker.assessment.method import paragraphs
from tracker.assessment.rules import RULES
from tracker.listings import LISTINGS
from tracker.searching.marks import PASSAGE, WHOLE, holds


@dataclass(frozen=True)
class Page:
    """A page, or a place in one, in the language of the reader."""

    url: str
    title: str
    says: str = ""


def pages() -> Iterator[Page]:
    for listing in LISTINGS:
        yield Page(reverse(listing.name), str(listing.title), str(listing.lead))
    for rule in RULES:
        url = f"{reverse('methodology')}#{rule.code}"
        yield Page(url, _("Rule: %s") % rule.name, strip_tags(" ".join(map(str, paragraphs(rule)))))
    yield Page(reverse("methodology"), _("Methodology"), _("States, thresholds, formulas and rules."))
    yield Page(reverse("data"), _("Data"), _("CSV files, columns, feeds, calendar, digests."))
    yield Page(
        reverse("about"), _("About"), _("Who runs this ledger, what it promises, and how to report an error in it.")
    )
    yield Page(reverse("compare"), _("Compare"), _("Two editions side by side."))


MATCHING = """
SELECT place, ts_headline('english', title, query, %(whole)s), ts_headline('english', says, query, %(passage)s)
FROM unnest(%(titles)s::text[], %(says)s::text[]) WITH ORDINALITY AS page (title, says, place),
     search_words(%(words)s) AS query
WHERE search_document(title, says) @@ query
ORDER BY ts_rank(search_document(title), query) DESC, place
"""


def pages_with(words: str) -> list[tuple[Page, str, str]]:
    """The pages that hold the words, with their title, and what they say if the title does not hold them."""
    known = list(pages())
    asked: dict[str, Any] = {
        "titles": [page.title for page in known],
        "says": [page.says for page in known],
        "words": words,
        "whole": WHOLE,
        "passage": PASSAGE,
    }
    with connection.cursor() as cursor:
        cursor.execute(MATCHING, asked)
        found = cursor.fetchall()
    return [(known[place - 1], title, "" if holds(title) else says) for place, title, says in found]
