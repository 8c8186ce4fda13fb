"""What a person was shown before deciding: a screen carries its fingerprint, and the act asks for it again."""

import hashlib

from django.utils.translation import gettext as _

from tracker.publishing.gate import GateRefused
from tracker.publishing.selection import STAMPS, Selection


def fingerprint(selection: Selection) -> str:
    """Of these rows as they are now: it changes when one of them does, and when there are more or fewer."""
    lines = [
        f"{model._meta.model_name} {' '.join(map(str, row))}"
        for model, ids in selection.items()
        for row in model.objects.filter(pk__in=ids).values_list("pk", "version", *STAMPS.values())
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def refuse_unseen(selection: Selection, seen: str) -> None:
    if fingerprint(selection) != seen:
        raise GateRefused([_("Something here has changed since you looked at it. Nothing was done; look again.")])
