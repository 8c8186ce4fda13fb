"""How far a commitment has come: the bar of its requirement, and the sentence that says the same."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.templatetags.azm import in_language, number, percent
from tracker.frame import tombstone
from tracker.views.commitments import HUNDRED, Commitment
from tracker.wording import figure


def distance_bar(request: HttpRequest, commitment: Commitment) -> dict[str, Any] | None:
    """The context of components/distance.html; None where no share can be computed."""
    distance = commitment.distance
    if distance is None or distance.share is None or distance.short is None:
        return None
    stated = commitment.stated
    unit = in_language(distance.figure.series.indicator, "unit")
    whole = figure(distance.whole) if distance.whole else number(distance.required)
    notes = (in_language(distance.target, "note"), tombstone(request, distance.target))
    return {
        "id": f"distance-{commitment.action.code}",
        "distance": charts.distance(
            distance.figure.value or Decimal(0), distance.required, stated=stated.value if stated else None
        ),
        "share": distance.share * HUNDRED,
        "reached_label": format_html("{} {}", figure(distance.figure), unit),
        "short_label": format_html(_("{} short"), number(distance.short)),
        "required_label": format_html(_("required: all, {}"), whole),
        "stated_label": format_html(_("{} says the source"), figure(stated)) if stated else "",
        "note": format_html_join(" ", "{}", ((note,) for note in notes if note)),
    }


def distance_sentence(commitment: Commitment) -> str:
    """ "Madrassa registration: 16,300 of ~ 32,000, 50.9% of what the policy requires (…); no deadline published."."""
    distance = commitment.distance
    if distance is None:
        return ""
    name = in_language(commitment.action.objective or commitment.action.policy, "name")
    whole = format_html(_("about {}"), number(distance.required)) if distance.whole else number(distance.required)
    reached = number(distance.figure.value)
    deadline = "" if commitment.action.chain.deadline else _("; no deadline published")
    if distance.broken:
        return format_html(
            _("{}: {} of {}; no share is computed, for what is counted changed between the two figures{}."),
            name,
            reached,
            whole,
            deadline,
        )
    share: Decimal | None = distance.share
    if share is None:  # never judged, or redacted
        return ""
    stated = commitment.stated
    says = format_html(_(" (the source says {})"), figure(stated)) if stated else ""
    return format_html(
        _("{}: {} of {}, {} of what the policy requires{}{}."),
        name,
        reached,
        whole,
        percent(share * HUNDRED, 1),
        says,
        deadline,
    )
