"""Requests: one person asks that published rows be withdrawn or redacted, another carries it out or declines."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.models import Edition, Publishable, Request, RequestedRow, User
from tracker.publishing.act import turn
from tracker.publishing.gate import GateRefused
from tracker.publishing.guard import publishable_models
from tracker.publishing.redact import redact, unfit_to_redact
from tracker.publishing.seen import refuse_unseen
from tracker.publishing.selection import Selection, by_model, nothing_or_no_reason, with_what_rests_on_them
from tracker.publishing.withdraw import left_without_ground, unfit_to_withdraw, withdraw

REQUESTS_SQL = Path(__file__).with_name("requests.sql")


def ask(
    items: Iterable[Publishable],
    by: User,
    act: str,
    reason: str,
    reason_ur: str = "",
    *,
    ground: str = "",
    seen: str | None = None,
) -> Request:
    """Ask a reviewer to withdraw or redact the items; `reason` becomes the published summary.

    Raises GateRefused if that could not be done as things stand, if one of them is asked for already, or if
    `seen` is given and is not the fingerprint of what would go.
    """
    with turn():
        selection = by_model(items)
        if seen is not None:
            refuse_unseen(what_would_go(act, selection), seen)
        problems = [*nothing_or_no_reason(selection, reason), *unfit(act, selection)]
        if act == Edition.Act.WITHDRAWAL:
            problems += left_without_ground(selection)
        if problems:
            raise GateRefused(problems)
        request = Request.objects.create(
            act=act, reason=reason, reason_ur=reason_ur, ground=ground, asked_by=by, asked_at=timezone.now()
        )
        RequestedRow.objects.bulk_create(
            RequestedRow(request=request, kind=model._meta.model_name or "", code=row.code)
            for model, ids in selection.items()
            for row in model.objects.filter(pk__in=ids)
        )
        return request


def what_would_go(act: str, selection: Selection) -> Selection:
    """A row that is redacted stays as a tombstone, so whatever rests on it stands; one that leaves takes that along."""
    return selection if act == Edition.Act.REDACTION else with_what_rests_on_them(selection)


def unfit(act: str, selection: Selection) -> Iterator[str]:
    """Why these rows cannot be withdrawn or redacted, or not be asked for, whatever the reason."""
    yield from unfit_to_redact(selection) if act == Edition.Act.REDACTION else unfit_to_withdraw(selection)
    for model, ids in selection.items():
        for row in asked_for(model, ids):
            yield _("%(kind)s %(code)s: its %(act)s has been asked for already (%(request)s).") % {
                "kind": model._meta.verbose_name,
                "code": row.code,
                "act": row.request.get_act_display(),
                "request": row.request,
            }


def asked_for(model: type[Publishable], ids: Iterable[int]) -> QuerySet[RequestedRow]:
    """Those of the rows about which a request waits for its end."""
    codes = [row.code for row in model.objects.filter(pk__in=ids)]
    waiting = RequestedRow.objects.filter(kind=model._meta.model_name, code__in=codes, ended=False)
    return waiting.select_related("request").order_by("code")


def rows_of(request: Request) -> list[Publishable]:
    """The rows that the request names, kind by kind."""
    codes: dict[str, list[str]] = {}
    for row in request.rows.all():
        codes.setdefault(row.kind, []).append(row.code)
    found: list[Publishable] = []
    for model in publishable_models():
        ledger: Any = model.objects  # an abstract model has no code in the eyes of mypy's plugin
        found += ledger.filter(code__in=codes.get(model._meta.model_name or "", [])).order_by("code")
    return found


def carry_out(request: Request, by: User, *, seen: str) -> Edition:
    """Do what was asked, as the next edition, if the rows are still as the reviewer saw them."""
    with turn():
        request = _waiting(request)
        rows = rows_of(request)
        refuse_unseen(by_model(rows), seen)
        words = (request.reason, request.reason_ur)
        if request.act == Edition.Act.REDACTION:
            edition = redact(rows, by, *words, asked_by=request.asked_by, ground=Edition.Ground(request.ground))
        else:
            edition = withdraw(rows, by, *words, asked_by=request.asked_by)
        request.edition = edition
        request.save(update_fields=["edition"])
        return edition


def decline(request: Request, by: User, answer: str) -> Request:
    """Leave the rows as they are; `answer` says why, to whoever asked."""
    with turn():
        request = _waiting(request)
        if request.asked_by_id == by.pk:
            raise GateRefused([_("You asked for this yourself; another reviewer must answer it.")])
        if not answer.strip():
            raise GateRefused([_("Say why the request is declined; whoever asked reads it.")])
        request.declined_by, request.declined_at, request.answer = by, timezone.now(), answer
        request.save(update_fields=["declined_by", "declined_at", "answer"])
        return request


def _waiting(request: Request) -> Request:
    """The request as it is now, locked; another reviewer may have ended it a moment ago."""
    now = Request.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=request.pk)
    if now.edition_id is not None:
        done = {"request": now, "edition": now.edition_id}
        raise GateRefused([_("%(request)s was carried out already, in edition %(edition)d.") % done])
    if now.declined_by_id is not None:
        raise GateRefused([_("%(request)s was declined already.") % {"request": now}])
    return now


def repeated(reason: str, rows: Iterable[Publishable]) -> list[str]:
    """Words that a reason shares with the rows: runs of two or more, and whole texts of a single word.

    An aid to whoever words the reason of a redaction, which is published, and no proof that it gives nothing away.
    """
    texts = [_words(getattr(row, field.name)) for row in rows for field in type(row).texts()]
    pairs = {pair for text in texts for pair in pairwise(text)}
    alone = {text[0] for text in texts if len(text) == 1}
    said = _words(reason)
    runs: list[list[str]] = []
    while said:
        length = next((n for n, pair in enumerate(pairwise(said), start=1) if pair not in pairs), len(said))
        if length > 1 or said[0] in alone:
            runs.append(said[:length])
        said = said[length:]
    return [" ".join(run) for run in runs if any(len(word) > 3 or not word.isascii() for word in run)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
