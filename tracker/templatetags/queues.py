"""What the start page of the desk asks for. Load with {% load queues %}."""

from typing import Any

from django import template

from tracker.admin import queues

register = template.Library()


@register.simple_tag
def my_queues(user: Any) -> list[queues.Queue]:
    """{% my_queues user as queues %}: what the user entered, by where it stands."""
    return queues.queues_of(user)


@register.simple_tag
def my_reviews(user: Any) -> dict[str, int] | None:
    """{% my_reviews user as waiting %}: what waits for review; None for whoever reviews nothing."""
    return queues.waiting_for_review(user)
