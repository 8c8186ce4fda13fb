"""Asking a question in tests as a browser does: the page first, then its form."""

import re
from typing import Any
from unittest import mock
from urllib.parse import urlencode

from django.test import Client

from tracker.models import Challenge

FORM = "application/x-www-form-urlencoded"
WORDS = "Is this figure a count of cases or of persons?"
TICKET = re.compile(r'name="ticket" value="([^"]*)"')


def ticket_in(markup: str) -> str:
    (found,) = TICKET.findall(markup)
    return str(found)


def ticket_on(page: Any) -> str:
    return ticket_in(page.text)


def at_once() -> Any:
    """Tests do not wait as long as a person writes."""
    return mock.patch("tracker.challenges.ticket.AT_LEAST", 0)


def send(client: Client, address: str, ticket: str, text: str = WORDS, **more: Any) -> Any:
    """Post the form; `headers` and variables of the server are passed on, the rest is typed into it."""
    server = {name: more.pop(name) for name in list(more) if name == "headers" or name.isupper()}
    typed = {"text": text, "source_url": "", "homepage": "", "ticket": ticket, **more}
    return client.post(address, urlencode(typed, doseq=True), content_type=FORM, **server)


def ask(client: Client, address: str, text: str = WORDS, **more: Any) -> Any:
    with at_once():
        return send(client, address, ticket_on(client.get(address)), text, **more)


def stored() -> list[Challenge]:
    return list(Challenge.objects.order_by("pk"))
