"""What every column of every file is called, of what type it is and what it means, asked of the code itself."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, get_type_hints

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    IntegerField,
    TextField,
    URLField,
)
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.csvfiles import column_fields
from azm.lib.listedrows import Rows
from azm.lib.partialdates import PartialDateField
from tracker.listings.base import LedgerListing
from tracker.listings.meanings import MEANINGS

# The first that a field is an instance of says its type.
TYPES: Final[tuple[tuple[type, Any], ...]] = (
    (PartialDateField, gettext_lazy("date, month or year")),
    (DateTimeField, gettext_lazy("day and time")),
    (DateField, gettext_lazy("date")),
    (BooleanField, gettext_lazy("true or false")),
    (DecimalField, gettext_lazy("number")),
    (IntegerField, gettext_lazy("whole number")),
    (URLField, gettext_lazy("address")),
    (CharField, gettext_lazy("text")),
    (TextField, gettext_lazy("text")),
)
# What a computed row says of its attributes, as the type of a field.
PYTHON: Final[dict[str, Any]] = {"bool": BooleanField(), "int": IntegerField(), "Decimal": DecimalField()}


@dataclass(frozen=True)
class Column:
    """One column: what it means in words, and the codes that may stand in it with what each means."""

    name: str
    type: Any
    meaning: str
    note: Any
    values: tuple[tuple[str, Any], ...]


def columns_of(listing: LedgerListing) -> list[Column]:
    """In the order of the file. The reading of the listing must be open."""
    return [_column(listing.name, name, field) for name, field in _fields(listing)]


def _fields(listing: LedgerListing) -> Iterator[tuple[str, Any]]:
    columns = listing.file_columns()
    rows = listing.get_queryset()
    if not isinstance(rows, Rows):
        yield from column_fields(rows, columns).items()
        return
    for name, attribute in columns.items():
        if name in rows.fields:
            model, field = rows.fields[name]
            yield name, model._meta.get_field(field)
        else:
            yield name, _of_attribute(rows.made_of, attribute)


def _of_attribute(row: Any, attribute: str) -> Any:
    """A field of the type that the property is annotated with."""
    found = inspect.getattr_static(row, attribute, None)
    function = getattr(found, "fget", None) or getattr(found, "func", None)
    hint = str(get_type_hints(function).get("return", "")) if function else ""
    return next((field for python, field in PYTHON.items() if python in hint), CharField())


def _column(listing: str, name: str, field: Any) -> Column:
    told = MEANINGS.get(f"{listing}.{name}")
    if told is None and (name in ("edition", "redacted_in") or not hasattr(field, "model")):
        told = MEANINGS.get(name)
    type_ = next(words for kind, words in TYPES if isinstance(field, kind))
    values = tuple((str(code), label) for code, label in getattr(field, "choices", None) or ())
    if told is not None:
        return Column(name, type_, str(told), "", values)
    return Column(name, type_, _of_field(field), field.help_text, values)


def _of_field(field: Any) -> str:
    """ "Source: publisher"; of a field that says nothing, nothing."""
    if not hasattr(field, "model"):
        return ""
    meta, what = field.model._meta, str(capfirst(field.verbose_name))
    if not meta.managed:  # a row that is worked out has no name of its own
        return what
    return _("%(kind)s: %(what)s") % {"kind": capfirst(meta.verbose_name), "what": field.verbose_name}
