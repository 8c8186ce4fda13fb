"""Figures: what one citation says about one series for one period."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models.base import Replaceable, fact_code_field, in_order
from tracker.models.bodies import ResponsibleBody
from tracker.models.indicators import Series
from tracker.models.sources import Citation

SNAPSHOTS_SQL = Path(__file__).with_name("snapshots.sql")
WITH_VALUE = ["as-reported", "provisional", "final", "estimated"]


class MetricSnapshot(Replaceable):
    """One statement about one series for one period: a figure, or the reason why there is none.

    `as_of` (the last day of the period or, where the source leaves it unstated, of its publication) and
    `origin` (the citation that was the first to make the statement) are derived by the database.
    """

    class Qualifier(models.TextChoices):
        EXACTLY = "exactly", _("exactly")
        AT_LEAST = "at-least", _("at least")
        AT_MOST = "at-most", _("at most")
        ABOUT = "about", _("about")

    class Status(models.TextChoices):
        AS_REPORTED = "as-reported", _("as reported")
        PROVISIONAL = "provisional", _("provisional")
        FINAL = "final", _("final")
        ESTIMATED = "estimated", _("estimated")
        WITHHELD = "withheld", _("withheld")
        NOT_COLLECTED = "not-collected", _("not collected")
        NOT_APPLICABLE = "not-applicable", _("not applicable")
        NOT_FOUND = "not-found", _("no public figure found")

    code = fact_code_field()
    series = models.ForeignKey(Series, models.PROTECT, related_name="snapshots", verbose_name=_("series"))
    period_start = PartialDateField(
        _("period from"),
        null=True,
        blank=True,
        help_text=_("Empty for a stock, or if the source does not say."),
    )
    period_end = PartialDateField(
        _("period to"),
        null=True,
        blank=True,
        help_text=_("For a stock the day counted; empty if the source does not say."),
    )
    status = models.CharField(_("observation status"), max_length=15, choices=Status, default=Status.AS_REPORTED)
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier, default=Qualifier.EXACTLY)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(
        _("numerator"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Only if the source states it, also where it does not agree with the value."),
    )
    denominator = models.DecimalField(
        _("denominator"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("As the numerator."),
    )
    scope = models.CharField(
        _("scope"),
        max_length=200,
        blank=True,
        help_text=_("If narrower than the area, for example “Kachha area”."),
    )
    scope_ur = models.CharField(_("scope in Urdu"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True, help_text=_("What is unclear in the source."))
    note_ur = models.TextField(_("note in Urdu"), blank=True)
    no_value_reason = models.CharField(
        _("why there is no value"),
        max_length=300,
        blank=True,
        help_text=_("The ground that is given, as it is worded; or that none is given."),
    )
    withheld_by = models.ForeignKey(
        ResponsibleBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withheld",
        verbose_name=_("withheld by"),
        help_text=_("The authority that keeps the value back, if the source names it. Only with the status withheld."),
    )
    searched_on = models.DateField(_("searched on"), null=True, blank=True)
    searched_where = models.CharField(_("searched where"), max_length=300, blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="snapshots",
        verbose_name=_("citation"),
    )
    origin = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("origin"),
    )
    as_of = models.DateField(_("as of"), null=True, blank=True, editable=False)

    MENDABLE = ("scope_ur", "note_ur")
    FIGURES = ("value", "numerator", "denominator")

    class Meta(Replaceable.Meta):
        verbose_name = _("metric snapshot")
        verbose_name_plural = _("metric snapshots")
        ordering = ["-as_of", "code"]
        indexes = [
            models.Index(
                F("series"),
                F("as_of").desc(nulls_last=True),
                F("id").desc(),
                name="metricsnapshot_latest",
            ),
            models.Index(F("as_of").desc(nulls_last=True), F("id"), name="metricsnapshot_by_day"),
        ]
        constraints = [
            *Replaceable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(edition=None)
                | Q(status="not-found", citation=None)
                | ~Q(status="not-found") & Q(citation__isnull=False),
                name="metricsnapshot_cited_when_published",
                violation_error_message=_(
                    "Nothing is published without a source: choose a citation. Only “no public figure found” has none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(redacted_in__isnull=False)
                | Q(status__in=WITH_VALUE, value__isnull=False, no_value_reason="")
                | ~Q(status__in=WITH_VALUE) & Q(value=None) & ~Q(no_value_reason=""),
                name="metricsnapshot_value_or_reason",
                violation_error_message=_(
                    "A reported, provisional, final or estimated figure needs a value; every other status needs"
                    " a reason and no value. No data is never 0."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withheld_by=None) | Q(status="withheld"),
                name="metricsnapshot_withheld_by_an_authority",
                violation_error_message=_("Only a figure that is withheld is withheld by somebody."),
            ),
            models.CheckConstraint(
                condition=Q(status="not-found", searched_on__isnull=False) & ~Q(searched_where="")
                | ~Q(status="not-found") & Q(searched_on=None, searched_where=""),
                name="metricsnapshot_search_has_day_and_place",
                violation_error_message=_("“No public figure found” says on which day and where one was searched for."),
            ),
            models.CheckConstraint(
                condition=Q(period_start=None) | Q(period_end__isnull=False) & in_order("period_start", "period_end"),
                name="metricsnapshot_period_in_order",
                violation_error_message=_("A period ends, and not before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(period_end=None)
                | Q(
                    period_end__first_day__lte=Func(
                        Func(Value("Asia/Karachi"), F("entered_at"), function="timezone"),
                        template="(%(expressions)s)::date",
                        output_field=models.DateField(),
                    )
                ),
                name="metricsnapshot_period_not_in_future",
                violation_error_message=_("A period cannot end after today."),
            ),
            models.CheckConstraint(
                condition=(Q(numerator=None) | Q(numerator__gte=0)) & (Q(denominator=None) | Q(denominator__gt=0)),
                name="metricsnapshot_fraction_possible",
                violation_error_message=_("A numerator is not negative and a denominator is greater than 0."),
            ),
            models.UniqueConstraint(
                fields=["series", "period_start", "period_end", "origin"],
                condition=Q(edition__isnull=False, withdrawn_in=None, citation__isnull=False),
                nulls_distinct=False,
                name="metricsnapshot_one_live_statement",
                violation_error_message=_(
                    "This statement is already recorded for this series and period. A second outlet is recorded as a"
                    " citation that repeats the first; a correction names the figure that it replaces."
                ),
            ),
        ]

    def __str__(self) -> str:
        said = self.get_status_display() if self.value is None else f"{self.value.normalize():f}"
        return f"{self.series}: {said}"

    def clean(self) -> None:
        indicator = self.series.indicator if self.series_id else None
        is_capped = indicator is not None and indicator.is_share and not indicator.may_exceed_100
        if is_capped and self.value is not None and self.value > 100:
            raise ValidationError({"value": _("This share cannot exceed 100 per cent.")})
        replaced: Any = self.replaces
        if replaced is not None and replaced.series_id != self.series_id:
            raise ValidationError({"replaces": _("A correction belongs to the same series.")})

    def get_absolute_url(self) -> str:
        return f"{self.series.indicator.get_absolute_url()}#{self.code}"


class Headline(models.Model):
    """The figure that leads a series in the newest edition; kept by publishing, checked by the rule it follows."""

    series = models.OneToOneField(Series, models.CASCADE, primary_key=True, related_name="headline")
    snapshot = models.OneToOneField(MetricSnapshot, models.CASCADE, related_name="headline")

    class Meta:
        verbose_name = _("headline")
        verbose_name_plural = _("headlines")
        ordering = ["series"]

    def __str__(self) -> str:
        return str(self.snapshot)
