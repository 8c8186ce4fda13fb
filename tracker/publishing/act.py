"""The act of publication: one at a time, an edition that opens and closes within one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tracker.models import Edition, User
from tracker.publishing.digests import edition_digest
from tracker.publishing.gate import refused_by_constraint
from tracker.publishing.recipes import NEWEST_RECIPE

PUBLISHING_LOCK = 0x417A6D  # "Azm": one publication at a time, so that editions stay in order without gaps


@contextmanager
def turn() -> Iterator[None]:
    """A transaction in which nobody else publishes. What the database refuses is told as the gate tells it."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
            yield
    except IntegrityError as error:
        if refusal := refused_by_constraint(error):
            raise refusal from error
        raise


@contextmanager
def opened(
    by: User | None,
    summary: str,
    summary_ur: str = "",
    *,
    act: Edition.Act = Edition.Act.PUBLICATION,
    record: tuple[str, str] = ("", ""),
    at: datetime | None = None,
    **acted: Any,
) -> Iterator[Edition]:
    """The next edition, open while rows enter and leave, and closed with its digest at the end.

    `acted` is what its act needs besides: `asked_by`, `ground`, or the suspension that it `ends`.
    """
    edition = Edition.objects.create(
        number=Edition.objects.count() + 1,
        published_at=at or timezone.now(),
        published_by=by,
        record=record[0],
        record_digest=record[1],
        summary=summary,
        summary_ur=summary_ur,
        recipe=NEWEST_RECIPE,
        act=act,
        **acted,
    )
    yield edition
    edition.digest = edition_digest(edition)
    edition.save(update_fields=["digest"])
