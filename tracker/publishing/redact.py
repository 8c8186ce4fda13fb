"""Redaction: content goes for good, from the row, its salts and its history; a tombstone and the digest stay."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Q, TextField, URLField, Value, When
from django.utils.translation import gettext as _

from tracker.assessment.headlines import refresh_headlines
from tracker.models import (
    REDACTED,
    Change,
    Edition,
    EditionItem,
    Publishable,
    Request,
    RequestedRow,
    Return,
    User,
)
from tracker.publishing.act import opened, turn
from tracker.publishing.digests import record
from tracker.publishing.gate import GateRefused
from tracker.publishing.selection import (
    Selection,
    by_model,
    lock,
    nothing_or_no_reason,
    problems_unless,
    series_touched,
    those,
)
from tracker.publishing.withdraw import asked_by_oneself


def redact(
    items: Iterable[Publishable],
    by: User,
    summary: str,
    summary_ur: str = "",
    *,
    asked_by: User,
    ground: Edition.Ground,
) -> Edition:
    """Remove every word and figure of the items, whether they stand or not, as the next edition.

    What a row is about, its period and its source stay, so that a tombstone shows where it stood. One person
    asks and another does it; `ground` and `summary` are published. Raises GateRefused if an item was never
    published or is redacted already. It cannot be undone.
    """
    with turn():
        selection = by_model(items)
        lock(selection)
        found = [*nothing_or_no_reason(selection, summary), *unfit_to_redact(selection)]
        if problems := [*found, *asked_by_oneself(by, asked_by)]:
            raise GateRefused(problems)
        rows = [row for model, ids in selection.items() for row in model.objects.filter(pk__in=ids)]
        with opened(by, summary, summary_ur, act=Edition.Act.REDACTION, asked_by=asked_by, ground=ground) as edition:
            _empty(edition, selection)
            for row in rows:
                _forget(row)
            refresh_headlines(edition.number, series_touched(selection))
        return edition


def _empty(edition: Edition, selection: Selection) -> None:
    """Empty and stamp the rows in one statement, as the guard asks; list them, and empty their salts."""
    for model, ids in selection.items():
        rows = model.objects.filter(pk__in=ids)
        rows.update(redacted_in=edition, **emptied(model))
        record(edition, rows, EditionItem.Act.REDACTED)
        items = EditionItem.objects.filter(act=EditionItem.Act.REDACTED, edition=edition, kind=model._meta.model_name)
        salted = EditionItem.objects.filter(kind=model._meta.model_name, code__in=items.values("code")).exclude(salt="")
        salted.update(salt="")


def emptied(model: type[Publishable]) -> dict[str, Any]:
    """What a redaction sets: a mark where there were words, nothing where there were none, no figure, no link."""
    words: dict[str, Any] = {
        field.name: Value("")
        if isinstance(field, URLField)
        else Case(When(~Q(**{field.name: ""}), then=Value(REDACTED)), default=Value(""), output_field=TextField())
        for field in model.texts()
    }
    return words | dict.fromkeys(model.FIGURES)


def _forget(row: Publishable) -> None:
    """Take the row as it was out of the history, what reviewers wrote about it, and its words out of the desk's own
    log, which quotes rows."""
    Change.objects.filter(table=row._meta.db_table, row=row.pk, was__isnull=False).update(was=None)
    Return.objects.filter(kind=row._meta.model_name, row=row.pk).update(note=REDACTED)
    told = Q(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    for text in _words(row):
        told |= Q(object_repr__contains=text) | Q(change_message__contains=json.dumps(text)[1:-1])
    LogEntry.objects.filter(told).update(object_repr=REDACTED, change_message="")
    _forget_requests(row)


def _forget_requests(row: Publishable) -> None:
    """Requests about the row that were declined, perhaps because they repeated it. What others said is published."""
    rows = RequestedRow.objects.filter(kind=row._meta.model_name, code=row.code)
    declined = Request.objects.filter(pk__in=rows.values("request"), declined_by__isnull=False)
    declined.update(reason=REDACTED, answer=REDACTED)
    declined.exclude(reason_ur="").update(reason_ur=REDACTED)


def _words(row: Publishable) -> set[str]:
    """The row's texts as far as a log can quote them: it cuts names at 200 characters, and others surround them."""
    texts = (getattr(row, field.name)[:100] for field in type(row).texts())
    return {text for text in texts if len(text) > 3}


def unfit_to_redact(selection: Selection) -> Iterator[str]:
    fit = those(selection, edition__isnull=False, redacted_in=None)
    yield from problems_unless(
        selection, fit, _("%(kind)s %(code)s is not published, or redacted already; a draft is simply deleted.")
    )
