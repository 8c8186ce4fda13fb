"""Whose rows a clerk sees and writes. An analyst works for their own bodies, a central analyst for all."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tracker.access import may_publish
from tracker.models import ProgressUpdate, Publishable, Request, ResponsibleBody


def is_central(user: Any) -> bool:
    """Whoever keeps the bodies themselves enters facts for all of them."""
    return bool(user.has_perm("tracker.change_responsiblebody"))


def bodies_of(user: Any) -> frozenset[int]:
    """The bodies that the user works for today; asked once for each request."""
    if not hasattr(user, "_bodies_today"):
        today = timezone.localdate()
        current = user.memberships.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
        user._bodies_today = frozenset(current.values_list("body", flat=True))
    found: frozenset[int] = user._bodies_today
    return found


def _names_a_body(model: type[Publishable]) -> bool:
    return any(field.name == "body" for field in model._meta.fields)


def writable(rows: QuerySet, user: Any) -> QuerySet:
    """The rows that are the user's to write, whatever their stage. `may_write` says the same of one row."""
    if is_central(user):
        return rows
    mine = Q(entered_by=user)
    if _names_a_body(rows.model):
        mine = Q(body__in=bodies_of(user)) | mine & Q(body=None)
    return rows.filter(mine)


def may_write(row: Publishable, user: Any) -> bool:
    if is_central(user):
        return True
    body = getattr(row, "body_id", None)
    return body in bodies_of(user) if body is not None else row.entered_by_id == user.pk


def may_ask_about(row: Publishable, user: Any) -> bool:
    """Whose withdrawal or redaction the user may ask for: reviewers any, others what is theirs to write."""
    return may_ask_about_all(user) or may_write(row, user)


def may_ask_about_all(user: Any) -> bool:
    return may_publish(user) or is_central(user)


def readable(asked: QuerySet[Request], user: Any) -> QuerySet[Request]:
    """Central analysts and reviewers read every request, others their own."""
    return asked if may_ask_about_all(user) else asked.filter(asked_by=user)


def visible(rows: QuerySet, user: Any) -> QuerySet:
    """Published rows are for everybody at the desk; drafts for their authors, central analysts and reviewers."""
    if is_central(user) or may_publish(user):
        return rows
    mine = Q(entered_by=user)
    if _names_a_body(rows.model):
        mine |= Q(body__in=bodies_of(user))
    if rows.model is ResponsibleBody:
        mine |= Q(pk__in=bodies_of(user))
    return rows.filter(mine | Q(edition__isnull=False))


def choosable(rows: QuerySet, user: Any, chooser: type[Any], field: str) -> QuerySet:
    """The rows that the user may choose for a foreign key of `chooser`; forms and autocomplete both ask."""
    rows = visible(rows, user).filter(withdrawn_in=None)
    if field == "replaces":
        rows = rows.filter(edition__isnull=False)
        return rows if is_central(user) or chooser is not ProgressUpdate else rows.filter(body__in=bodies_of(user))
    if field == "body" and issubclass(chooser, Publishable) and not is_central(user):
        return rows.filter(pk__in=bodies_of(user))
    return rows


def mendable(row: Publishable, user: Any) -> tuple[str, ...]:
    """What may be mended of a published row at the desk: translations and the order of lists.

    The English names that every edition shows are for an administrator alone.
    """
    if user.is_superuser:
        return row.MENDABLE
    return tuple(name for name in row.MENDABLE if name.endswith("_ur") or name == "position")
