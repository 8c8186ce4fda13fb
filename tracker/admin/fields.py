"""Form fields that accept one spelling only: ISO dates, and plain digits with a full stop."""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
WHOLE = re.compile(r"[+-]?[0-9]+")


def dressed(field: Any, name: str, *, named: bool = False) -> Any:
    """Urdu is typed from the right. In a table the cells have no label of their own: `named` gives them one."""
    if field is not None:
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # nobody deletes a source in passing
        attributes = getattr(field.widget, "widget", field.widget).attrs
        attributes |= {"dir": "rtl", "lang": "ur"} if name.endswith("_ur") else {}
        attributes |= {"aria-label": field.label} if named else {}
    return field


class StrictDateField(forms.DateField):
    """2024-07-22 and nothing else: whether 1/2/2026 is in January or in February is nobody's guess."""

    default_error_messages = {"invalid": _("Write the day as 2024-07-22: year, month, day.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "widget": AdminDateWidget(format="%Y-%m-%d")})

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and value.strip() and not DAY.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class StrictDecimalField(forms.DecimalField):
    """Python reads 1_000 and ٣ as numbers; a ledger asks what was meant."""

    default_error_messages = {
        "invalid": _("Write digits 0 to 9, with a full stop before decimals: 16300 or 50.9. No commas, no spaces.")
    }

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and not NUMBER.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """As it was typed: the column stores six decimals, the clerk gave one."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else value


class StrictIntegerField(forms.IntegerField):
    default_error_messages = {"invalid": _("Write a whole number in digits 0 to 9.")}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip() and not WHOLE.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


def legible(model: Any, names: Any) -> Any:
    """One entry of a fieldset to be read: a name, or the names that share a line."""
    return _legible(model, names) if isinstance(names, str) else [_legible(model, name) for name in names]


@cache
def _legible(model: Any, name: str) -> Any:
    """The field's name or, for a decimal, what shows it as it was typed: 41 and not 41.000000."""
    field = next((field for field in model._meta.fields if field.name == name), None)
    if not isinstance(field, models.DecimalField):
        return name

    @admin.display(description=field.verbose_name)
    def shown(row: Any) -> str:
        value = getattr(row, name)
        return "-" if value is None else f"{value.normalize():f}"

    shown.__name__ = name
    return shown


STRICT_FIELDS: dict[Any, Any] = {
    models.DateField: {"form_class": StrictDateField},
    models.DecimalField: {"form_class": StrictDecimalField},
    models.IntegerField: {"form_class": StrictIntegerField},
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})},
}
