"""Suspension: one reviewer hides rows at once and in the open, until another ratifies or reverses it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tracker.assessment.headlines import refresh_headlines
from tracker.models import Edition, EditionItem, Publishable, User
from tracker.publishing.act import opened, turn
from tracker.publishing.gate import GateRefused
from tracker.publishing.guard import publishable_models
from tracker.publishing.selection import (
    Selection,
    by_model,
    lock,
    nothing_or_no_reason,
    problems_unless,
    series_touched,
    stamp,
    those,
    with_what_rests_on_them,
)


def suspend(items: Iterable[Publishable], by: User, summary: str, summary_ur: str = "") -> Edition:
    """Hide the items, and every row that rests on them, as the next edition; `summary` is the published reason.

    Raises GateRefused, and changes nothing, if an item does not stand, or was suspended and restored before:
    what two reviewers have settled takes two to remove.
    """
    with turn():
        asked = by_model(items)
        selection = with_what_rests_on_them(asked)
        lock(selection)
        if problems := [*nothing_or_no_reason(asked, summary), *unfit_to_suspend(asked, selection)]:
            raise GateRefused(problems)
        with opened(by, summary, summary_ur, act=Edition.Act.SUSPENSION) as edition:
            stamp(edition, selection, EditionItem.Act.SUSPENDED)
            refresh_headlines(edition.number, series_touched(selection))
        return edition


def ratify(suspension: Edition, by: User, summary: str, summary_ur: str = "") -> Edition:
    """Another reviewer agrees: what was suspended is withdrawn."""
    return _end(suspension, by, summary, summary_ur, Edition.Act.RATIFICATION, EditionItem.Act.WITHDRAWN)


def reverse(suspension: Edition, by: User, summary: str, summary_ur: str = "") -> Edition:
    """Another reviewer disagrees: what was suspended stands again."""
    return _end(suspension, by, summary, summary_ur, Edition.Act.REVERSAL, EditionItem.Act.RESTORED)


def suspended_in(suspension: Edition) -> Selection:
    """What the suspension hides still; a row that was corrected since has left already."""
    return {
        model: set(
            model.objects.filter(suspended_in=suspension, restored_in=None, withdrawn_in=None).values_list(
                "pk", flat=True
            )
        )
        for model in publishable_models()
    }


def _end(
    suspension: Edition, by: User, summary: str, summary_ur: str, act: Edition.Act, done: EditionItem.Act
) -> Edition:
    with turn():
        selection = suspended_in(suspension)
        lock(selection)
        if problems := list(_unfit_to_end(suspension, by, summary)):
            raise GateRefused(problems)
        with opened(by, summary, summary_ur, act=act, ends=suspension) as edition:
            stamp(edition, selection, done)
            refresh_headlines(edition.number, series_touched(selection))
        return edition


def unfit_to_suspend(asked: Selection, selection: Selection) -> Iterator[str]:
    """`selection` is what is asked for with what rests on it."""
    standing = {
        model: set(model.objects.standing().filter(pk__in=ids).values_list("pk", flat=True))
        for model, ids in asked.items()
    }
    yield from problems_unless(asked, standing, _("%(kind)s %(code)s does not stand, so it cannot be suspended."))
    yield from problems_unless(
        selection,
        those(selection, restored_in=None),
        _("%(kind)s %(code)s was suspended and restored before; ask for its withdrawal instead."),
    )


def _unfit_to_end(suspension: Edition, by: User, summary: str) -> Iterator[str]:
    if not summary.strip():
        yield _("Say in a sentence why; the reason is published.")
    if not Edition.objects.unsettled().filter(pk=suspension.pk).exists():
        yield _("%(edition)s is no suspension that still waits for a second reviewer.") % {"edition": suspension}
    if suspension.published_by_id == by.pk:
        yield _("You suspended this yourself; another reviewer must ratify or reverse it.")
