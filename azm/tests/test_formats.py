"""Dates are written as Pakistan writes them, and typed in one way that cannot be misread."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats
from django.utils.translation import override

LANGUAGES = ["en", "ur"]


class TestDates:
    @pytest.mark.parametrize(("language", "written"), [("en", "3 June 2024"), ("ur", "3 جون 2024")])
    def test_are_written_day_first(self, language: str, written: str) -> None:
        with override(language):
            assert formats.date_format(date(2024, 6, 3)) == written

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_typed_year_first(self, language: str) -> None:
        with override(language):
            assert forms.DateField().clean("2026-02-01") == date(2026, 2, 1)
            assert forms.DateTimeField().clean("2026-02-01 13:05").replace(tzinfo=None) == datetime(2026, 2, 1, 13, 5)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("typed", ["1/2/2026", "01/02/26", "Feb 1 2026", "1 February 2026", "2026-2-30"])
    def test_are_refused_when_they_could_mean_two_days(self, language: str, typed: str) -> None:
        with override(language), pytest.raises(forms.ValidationError):
            forms.DateField().clean(typed)
