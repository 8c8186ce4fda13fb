"""Dates known to the day, the month or only the year, kept as the range of days they may be.

"2023" is a fact about a policy and "1 January 2023" would be an invention. PostgreSQL's `daterange`
says exactly what is known, and comparing or subtracting it needs no second column for the precision.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

Precision = Literal["day", "month", "year"]

ISO = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", re.ASCII)


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which at least the year is known; `first_day` and `last_day` bound it, both included."""

    first_day: date
    last_day: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2023", "2023-05" or "2023-05-17"; ValueError for anything else."""
        match = ISO.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a year, a month or a day: {text!r}")
        year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
        assert year is not None
        if year == date.max.year:
            raise ValueError("the last year of the calendar has no day after it")
        first = date(year, 1 if month is None else month, 1 if day is None else day)
        if day is not None:
            return cls(first, first)
        if month is not None:
            return cls(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
        return cls(first, date(year, 12, 31))

    @classmethod
    def from_range(cls, value: Any) -> Self:
        return cls(value.lower, value.upper - timedelta(days=1))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day, day)

    @property
    def precision(self) -> Precision:
        days = (self.last_day - self.first_day).days
        return "day" if days == 0 else "month" if days < 31 else "year"

    def as_range(self) -> Any:
        return DateRange(self.first_day, self.last_day + timedelta(days=1))

    def __str__(self) -> str:
        return self.first_day.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


class PartialDateFormField(forms.CharField):
    """A text box that takes a year, a year and month, or a full date, in ISO order only."""

    default_error_messages = {
        "invalid": _("Write a year (2024), a year and month (2024-07) or a day (2024-07-22)."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "YYYY[-MM[-DD]]")

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def run_validators(self, value: Any) -> None:
        super().run_validators("" if value is None else str(value))


class PartialDateField(models.Field):
    """A column of the domain `partial_date` (a `daterange` that is one day, one month or one year)."""

    description = _("Date known to the day, month or year")

    def db_type(self, connection: Any) -> str:
        return "partial_date"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> PartialDate | None:
        return None if value is None else PartialDate.from_range(value)

    def to_python(self, value: Any) -> PartialDate | None:
        if value is None or isinstance(value, PartialDate):
            return value
        if isinstance(value, date):
            return PartialDate.of(value)
        if isinstance(value, DateRange):
            return PartialDate.from_range(value)
        if value == "":
            return None
        try:
            return PartialDate.parse(str(value))
        except ValueError:
            raise ValidationError(PartialDateFormField.default_error_messages["invalid"]) from None

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(super().get_prep_value(value))
        return None if value is None else value.as_range()

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


@PartialDateField.register_lookup
class FirstDay(models.Transform):
    """`due__first_day`: the earliest day that the date may be."""

    lookup_name = "first_day"
    function = "lower"
    output_field = models.DateField()


@PartialDateField.register_lookup
class LastDay(models.Transform):
    """`due__last_day`: the latest day that the date may be."""

    lookup_name = "last_day"
    template = "(upper(%(expressions)s) - 1)"
    output_field = models.DateField()


class PartialDateText(models.Func):
    """The date as files carry it: ISO 8601 with reduced precision."""

    function = "partial_date_text"
    output_field = models.CharField()
