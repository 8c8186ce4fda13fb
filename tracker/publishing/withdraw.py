"""Withdrawal: rows leave the ledger in an edition of their own, and stay in every earlier one."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tracker.assessment.headlines import refresh_headlines
from tracker.models import Edition, EditionItem, Publishable, User
from tracker.publishing.act import opened, turn
from tracker.publishing.gate import GateRefused
from tracker.publishing.selection import (
    Selection,
    by_model,
    lock,
    named,
    nothing_or_no_reason,
    problems_unless,
    resting_on,
    series_touched,
    stamp,
    those,
)


def withdraw(items: Iterable[Publishable], by: User, summary: str, summary_ur: str = "", *, asked_by: User) -> Edition:
    """Withdraw the items as the next edition; `summary` is the published reason.

    One person asks and another does it. Raises GateRefused, and changes nothing, if an item is not published or
    withdrawn already, or another standing row rests on it.
    """
    with turn():
        selection = by_model(items)
        lock(selection)
        found = [
            *nothing_or_no_reason(selection, summary),
            *unfit_to_withdraw(selection),
            *left_without_ground(selection),
        ]
        if problems := [*found, *asked_by_oneself(by, asked_by)]:
            raise GateRefused(problems)
        with opened(by, summary, summary_ur, act=Edition.Act.WITHDRAWAL, asked_by=asked_by) as edition:
            stamp(edition, selection, EditionItem.Act.WITHDRAWN)
            refresh_headlines(edition.number, series_touched(selection))
        return edition


def asked_by_oneself(by: User, asked_by: User) -> Iterator[str]:
    if by.pk == asked_by.pk:
        yield _("You asked for this yourself; another reviewer must carry it out.")


def unfit_to_withdraw(selection: Selection) -> Iterator[str]:
    fit = those(selection, edition__isnull=False, withdrawn_in=None)
    yield from problems_unless(
        selection, fit, _("%(kind)s %(code)s does not stand: it is not published, or withdrawn already.")
    )


def left_without_ground(selection: Selection) -> Iterator[str]:
    for target, ids in selection.items():
        for model, resting in resting_on(target, ids):
            for row in model.objects.filter(pk__in=resting - selection.get(model, set())).order_by("code")[:20]:
                yield _("%(kind)s %(code)s rests on it and stands; withdraw both, or correct it first.") % named(row)
