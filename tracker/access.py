"""Who may do what."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

ANALYST = "Analyst"
CENTRAL_ANALYST = "Central analyst"
REVIEWER = "Reviewer"

# Facts that an analyst enters for their own bodies; a central analyst also enters what these rest on.
ANALYST_MODELS = ["source", "citation", "metricsnapshot", "progressupdate", "series"]


def create_groups(sender: Any, **kwargs: Any) -> None:
    """Make the three groups, with their permissions, after every migrate; permissions added by hand stay."""
    tracker = apps.get_app_config("tracker")
    create_permissions(tracker, verbosity=0)
    ledger = [
        model._meta.model_name
        for model in tracker.get_models()
        if any(base.__name__ == "Publishable" for base in model.__mro__)
    ]
    read = Q(codename__startswith="view_")
    write = Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="delete_")
    ours = Permission.objects.filter(content_type__app_label="tracker")
    asking = Q(codename__in=["add_request", "view_request"])
    of_ledger = Q(content_type__model__in=[*ledger, "series", "edition", "editionitem", "headline"])
    # Questions of readers: analysts read those about their rows, the others moderate and delete; nobody adds one.
    asked = Q(codename="view_challenge")
    moderate = asked | Q(codename__in=["change_challenge", "delete_challenge"])
    wanted = {
        ANALYST: ours.filter(of_ledger & read | asking | asked | write & Q(content_type__model__in=ANALYST_MODELS)),
        CENTRAL_ANALYST: ours.filter(
            of_ledger & read | asking | moderate | write & Q(content_type__model__in=[*ledger, "series"])
        ),
        REVIEWER: ours.filter(
            of_ledger & read | asking | moderate | Q(content_type__model="edition", codename="add_edition")
        ),
    }
    areas = Permission.objects.filter(content_type__app_label="provinces", codename="view_area")
    for name, permissions in wanted.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*permissions, *areas)


def may_publish(user: Any) -> bool:
    """Publishing an edition is adding one."""
    return bool(user.has_perm("tracker.add_edition"))


def may_moderate(user: Any) -> bool:
    """Questions of readers; analysts for single bodies only read those about their rows."""
    return bool(user.has_perm("tracker.change_challenge"))


def may_ask(user: Any) -> bool:
    """Asking that something published be withdrawn or redacted is adding a request."""
    return bool(user.has_perm("tracker.add_request"))
