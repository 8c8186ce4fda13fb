"""A reading: the edition in which the ledger is read, and the day on which it is judged."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models import Edition


class NoSuchReading(ValueError):
    """The edition or the day asked for cannot be read; the message says why."""


class NothingPublished(LookupError):
    """There is no edition yet."""


EARLIEST: Final = date(1947, 8, 14)
"""No policy of the country can be judged on a day before there was the country."""


@dataclass(frozen=True)
class Reading:
    """Which edition is read, which is the newest, the day of the judgements, and whether the address says so."""

    edition: Edition
    newest: Edition
    on: date
    pinned: bool

    @classmethod
    def of(cls, edition: str | None = None, on: str | None = None) -> Self:
        """The reading that an address asks for; the newest edition, judged today in Pakistan, if it is silent.

        An edition that is named is judged on the day of its publication, unless a day is named too.
        """
        newest = Edition.objects.newest()
        if newest is None:
            raise NothingPublished(_("Nothing is published yet."))
        chosen = newest if edition is None else cls._edition(edition, newest)
        today = timezone.localdate()
        day = cls._day(on, today) if on is not None else timezone.localdate(chosen.published_at)
        return cls(chosen, newest, day if edition is not None or on is not None else today, edition is not None)

    @staticmethod
    def _edition(text: str, newest: Edition) -> Edition:
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        if is_number and (found := Edition.objects.closed().filter(number=int(text)).first()):
            return found
        raise NoSuchReading(
            _("There is no edition “%(text)s”. Editions are numbered from 1 to %(newest)d.")
            % {"text": text[:20], "newest": newest.number}
        )

    @staticmethod
    def _day(text: str, today: date) -> date:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text or not EARLIEST <= day <= today:
            raise NoSuchReading(
                _("“on” is a day such as 2026-11-22, not before %(first)s and not after today.")
                % {"first": EARLIEST.isoformat()}
            )
        return day

    @property
    def is_newest(self) -> bool:
        return self.edition.number == self.newest.number

    @contextmanager
    def opened(self) -> Iterator[None]:
        """A transaction in which the standings answer for this reading."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('azm.edition', %s, true), set_config('azm.day', %s, true)",
                    [str(self.edition.number), self.on.isoformat()],
                )
            yield
