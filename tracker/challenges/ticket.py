"""What a form was made for and when, signed, so that a POST shows that its page was read first.

It stands in the form instead of a CSRF cookie: see docs/decisions.md.
"""

import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.core import signing

SALT = "tracker.challenges"
AT_LEAST, AT_MOST = 4, 12 * 60 * 60  # seconds between showing a form and sending it


class Unusable(ValueError):
    """The ticket is not ours, or for another row, or too old."""


class TooSoon(ValueError):
    """Nobody reads and writes that fast."""


@dataclass(frozen=True)
class Ticket:
    kind: str
    code: str
    edition: int
    form: str
    shown: int

    @classmethod
    def new(cls, kind: str, code: str, edition: int) -> Self:
        return cls(kind, code, edition, secrets.token_hex(16), int(time.time()))

    @classmethod
    def read(cls, text: str, kind: str, code: str) -> Self:
        try:
            found: Any = signing.Signer(salt=SALT).unsign_object(text)
        except signing.BadSignature as error:
            raise Unusable from error
        ticket = cls(**found)
        age = time.time() - ticket.shown
        if (ticket.kind, ticket.code) != (kind, code) or age > AT_MOST:
            raise Unusable
        if age < AT_LEAST:
            raise TooSoon
        return ticket

    def signed(self) -> str:
        return signing.Signer(salt=SALT).sign_object(asdict(self))
