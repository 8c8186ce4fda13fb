"""What a feed tells: the rows of the ledger that readers follow, in words, and where each is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from tracker.files.words import urn, words
from tracker.models import Edition, EditionItem
from tracker.naming import address, listed, more, name, with_names
from tracker.publishing.items import NEWEST_FIRST, Told, is_silent, told
from tracker.publishing.scopes import Scope, items_of

# Of these kinds readers follow what enters and leaves. What a reviewer suspends, restores or redacts is told
# whatever its kind.
FOLLOWED: Final = (
    "assignment",
    "lineageclaim",
    "metricsnapshot",
    "milestone",
    "planchange",
    "policy",
    "policyaction",
    "policyevent",
    "progressupdate",
    "statement",
    "target",
)
EVERYDAY: Final = (EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN)


@dataclass(frozen=True)
class Entry:
    """One act of one edition on one row, as it is told in an edition, which may be a later one."""

    told: Told
    edition: Edition

    @property
    def item(self) -> EditionItem:
        return self.told.item

    @property
    def urn(self) -> str:
        return urn("edition", self.item.edition_id, self.item.act, self.item.kind, self.item.code)

    @property
    def published(self) -> datetime:
        return self.item.edition.published_at

    @property
    def redacted(self) -> bool:
        return self.told.row.redacted_in_id is not None

    @property
    def silent(self) -> bool:
        return self.redacted or is_silent(self.told.row, self.edition)

    @property
    def title(self) -> str:
        row, act = self.told.row, str(self.told.happened.label)
        redacted = EditionItem.Act.REDACTED.label if self.redacted and self.item.act != EditionItem.Act.REDACTED else ""
        kind = listed([str(row._meta.verbose_name), act, str(redacted)])
        return f"{words(name(row, edition=self.edition))} ({words(kind)})"

    @property
    def summary(self) -> str:
        """Why it was done, or what the row says at length."""
        if reason := self.told.reason:
            return words(reason)
        return "" if self.silent else words(more(self.told.row))

    @property
    def address(self) -> str:
        return address(self.told.row, self.told.stood_in)


def items(edition: Edition, scope: Scope | None = None) -> QuerySet[EditionItem]:
    """What is told up to the edition, the newest first."""
    found = EditionItem.objects.filter(Q(kind__in=FOLLOWED) | ~Q(act__in=EVERYDAY), edition__lte=edition)
    if scope is not None:
        found = found.filter(items_of(scope))
    return found.select_related("edition").order_by(*NEWEST_FIRST)


def entries(found: Iterable[EditionItem], edition: Edition) -> list[Entry]:
    """The items in words, by one query for each kind of row."""
    return [Entry(one, edition) for one in told(found, with_names)]
