"""How many questions are taken in an hour, without keeping who sent them.

A network is counted under a keyed hash. The key is drawn anew every day and is useless without the site's own
secret; hours have different hashes; counts go when their hour is over, keys when their day is. Counts live in the
database, so that all processes of the server share them.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from azm.lib.addresses import networks
from tracker.models import ThrottleCount, ThrottleKey

EVERYWHERE = "everywhere"
COUNT = """
    INSERT INTO tracker_throttlecount (mark, hour, count) VALUES (%(mark)s, %(hour)s, 1)
    ON CONFLICT (mark) DO UPDATE SET count = tracker_throttlecount.count + 1
    WHERE tracker_throttlecount.count < %(limit)s
"""


class TooMany(Exception):
    """The hour is full; `until` says when the next one begins."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, int((self.until - timezone.now()).total_seconds()) + 1)


def this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def marks(address: str) -> list[str]:
    """The hashes that the address counts under in this hour: its own network, those around it, and everywhere."""
    forget()
    key, _new = ThrottleKey.objects.get_or_create(day=timezone.localdate(), defaults={"salt": secrets.token_hex(32)})
    hour = this_hour().isoformat()
    return [
        salted_hmac(f"tracker.throttle.{level}.{key.salt}", f"{hour} {network}", algorithm="sha256").hexdigest()
        for level, network in enumerate([*networks(address), EVERYWHERE])
    ]


def count(found: list[str]) -> None:
    """Count once under each mark, or refuse. In a transaction that a refusal rolls back, nothing is counted."""
    hour = this_hour()
    with connection.cursor() as cursor:
        for mark, limit in zip(found, settings.AZM_QUESTION_LIMITS, strict=True):
            cursor.execute(COUNT, {"mark": mark, "hour": hour, "limit": limit})
            if not cursor.rowcount:
                raise TooMany(hour + timedelta(hours=1))


def forget() -> None:
    """What is over goes with the next visit to a page of questions, or to the queue of the moderators."""
    ThrottleCount.objects.filter(hour__lt=this_hour()).delete()
    ThrottleKey.objects.filter(day__lt=timezone.localdate()).delete()
