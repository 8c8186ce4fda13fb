"""What the desk's own pages ask. Load with {% load desk %}."""

from django import template

from tracker.models import Challenge

register = template.Library()


@register.simple_tag
def waiting_questions() -> int:
    """How many questions of readers no moderator has decided on."""
    return Challenge.objects.filter(state=Challenge.State.NEW).count()
