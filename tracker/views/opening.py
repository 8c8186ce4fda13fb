"""How the page of a programme opens: the finding that a newspaper would print, and the sentences below it."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib import charts
from azm.lib.templatetags.azm import in_language, number, percent, share
from tracker.assessment.rollups import Rollup
from tracker.models import Policy
from tracker.views.commitments import HUNDRED, Commitment
from tracker.views.distances import distance_sentence

TIE, UNBROKEN = "~", "\N{NO-BREAK SPACE}"
"""In a message a tie holds two words together, so that a line of the title ends between two links."""
MOST_DISTANCES = 2
"""Distances that the lead tells; each has a bar of its own further down."""


def finding(whole: Rollup) -> str:
    """What is proved of what was planned; without a plan, which links of the chain there are."""
    if not whole.commitments:
        return _("No commitment of this policy is on record")
    if whole.with_plan:
        told = _("{proved} of the planned work is proved; {due} was due")
        return format_html(told, proved=share(whole.evidenced), due=share(whole.planned))
    numbers = {link: number(count) if count else _("none") for link, count in whole.links().items()}
    told = ngettext(
        "Of {total}~commitment {owner}~has an~owner, {figure}~a~figure, {requirement}~a~requirement"
        " and~{deadline} a~deadline",
        "Of {total}~commitments {owner}~have an~owner, {figure}~a~figure, {requirement}~a~requirement"
        " and~{deadline} a~deadline",
        whole.commitments,
    )
    return format_html(told.replace(TIE, UNBROKEN), total=number(whole.commitments), **numbers)


def lead(policy: Policy, policies: list[Policy], gathered: list[Commitment], whole: Rollup) -> str:
    """Through which policy; what the plans come to or, without any, what distances there are; and the time."""
    through = [
        format_html(_("On the public record through {}."), in_language(other, "name"))
        for other in policies
        if other.pk != policy.pk
    ]
    distances = [text for c in gathered if (text := distance_sentence(c))][:MOST_DISTANCES]
    told = [_plans_sentence(whole)] if whole.with_plan else distances
    return format_html_join(" ", "{}", ((one,) for one in (*through, *told, elapsed_sentence(whole)) if one))


def _plans_sentence(whole: Rollup) -> str:
    """ "Of 42 commitments 24 have a plan; 12 are slipping, behind or overdue, and of 14 nothing can be said."."""
    late = whole.slipping + whole.behind + whole.overdue
    said = ngettext(
        "Of {total} commitment {planned} has a plan; {late} is slipping, behind or overdue, and of {unknown} nothing"
        " can be said.",
        "Of {total} commitments {planned} have a plan; {late} are slipping, behind or overdue, and of {unknown} nothing"
        " can be said.",
        whole.commitments,
    )
    numbers = {"planned": whole.with_plan, "late": late, "unknown": whole.cannot_say}
    counts = {name: number(count) if count else _("none") for name, count in numbers.items()}
    return format_html(said, total=number(whole.commitments), **counts)


def elapsed_sentence(whole: Rollup) -> str:
    bounds = whole.elapsed()
    if bounds is None:
        return ""
    least, most = (percent(bound * HUNDRED, 0) for bound in bounds)
    if bounds[0] == bounds[1]:
        return format_html(_("{} of the policy’s time has passed."), least)
    return format_html(_("Between {} and {} of the policy’s time has passed."), least, most)


def elapsed_context(whole: Rollup) -> dict[str, Any]:
    """The context of components/elapsed.html; empty where no date of the policy is known."""
    bounds = whole.elapsed()
    if bounds is None:
        return {}
    least, most = (bound * HUNDRED for bound in bounds)
    return {"least": least, "most": most, "elapsed": charts.elapsed(least, most)}
