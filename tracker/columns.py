"""What a column of a row is called, and what it says, in the words of a page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField
from django.utils.translation import gettext as _

from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import bdi, date_short, english, in_language, number
from tracker.publishing.compare import related
from tracker.wording import figure


def label(model: Any, path: str) -> Any:
    """The name of the field, or of the thing it leads to through a series."""
    names = [part for part in path.removesuffix("_id").split("__") if part not in ("code", "series")]
    for holder in (model, *(field.related_model for field in model._meta.fields if field.name == "series")):
        try:
            return holder._meta.get_field(names[0]).verbose_name
        except FieldDoesNotExist:
            continue
    return names[0]


def shown(row: Any, path: str) -> Any:
    """The content of a column of the recipe in words."""
    if prefix := related(path):
        target = led_to(row, prefix)
        if target is None:
            return ""
        return in_language(target, "name") if path.endswith("_id") else bdi(target.code)
    value = getattr(row, path)
    if path == "value" and value is not None and hasattr(row, "qualifier"):
        return figure(row)
    if row._meta.get_field(path).choices:
        return getattr(row, f"get_{path}_display")()
    if isinstance(row._meta.get_field(path), BooleanField):
        return {True: _("yes"), False: _("no")}.get(value, "")
    if isinstance(value, PartialDate | date):
        return date_short(value)
    return number(value) if isinstance(value, int | Decimal) else english(value)


def led_to(row: Any, prefix: str) -> Any:
    """The row at the end of a path of relations, if there is one."""
    for part in prefix.split("__"):
        row = row and getattr(row, part)
    return row
