"""The areas that sources report on: provinces, other first-level units, the country and joint groups."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField

COUNTRY = "PK"


class AreaQuerySet(models.QuerySet["Area"]):
    def units(self) -> "AreaQuerySet":
        """The first-level units that exist today: provinces, the capital territory and the administered areas."""
        return self.filter(kind__in=Area.UNIT_KINDS, valid_to=None)


class Area(models.Model):
    """A unit of ISO 3166-2, the country, or a group that sources report jointly.

    Codes and names follow ISO 3166-2; no position on any boundary is implied.
    """

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        PROVINCE = "province", _("province")
        CAPITAL = "capital", _("federal capital territory")
        ADMINISTERED = "administered", _("Pakistan administered area")
        FORMER = "former", _("former unit")
        GROUP = "group", _("group reported jointly")

    UNIT_KINDS: ClassVar = [Kind.PROVINCE, Kind.CAPITAL, Kind.ADMINISTERED]

    code = models.CharField(
        _("code"),
        max_length=40,
        primary_key=True,
        validators=[RegexValidator(r"^PK(-[A-Z]{2}(\+PK-[A-Z]{2})*)?$")],
        help_text=_("ISO 3166-2, for example PK-KP; for a group its members, for example PK-BA+PK-KP."),
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    name_ur = models.CharField(_("name in Urdu"), max_length=120, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, help_text=_("For tiles and narrow columns."))
    short_name_ur = models.CharField(_("short name in Urdu"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    member_codes = ArrayField(
        models.CharField(max_length=5),
        verbose_name=_("members"),
        default=list,
        blank=True,
        help_text=_("Codes of the areas that a group joins."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("merged into"),
    )
    valid_from = PartialDateField(_("valid from"), null=True, blank=True)
    valid_to = PartialDateField(_("valid to"), null=True, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(_("census year"), null=True, blank=True)
    population_source = models.CharField(_("source of the population"), max_length=300, blank=True)
    population_note = models.CharField(_("note on the population"), max_length=300, blank=True)
    population_note_ur = models.CharField(_("note on the population in Urdu"), max_length=300, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("tile row"), null=True, blank=True)
    tile_column = models.PositiveSmallIntegerField(_("tile column"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), unique=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__first_day__lte=F("valid_to__last_day")),
                name="area_validity_in_order",
                violation_error_message=_("An area cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(population=None, population_year=None, population_source="")
                | Q(population__isnull=False, population_year__isnull=False)
                & Q(population__gt=0, population_year__gte=1951)
                & ~Q(population_source=""),
                name="area_population_has_year_and_source",
                violation_error_message=_("A population needs its census year and its source, or none of the three."),
            ),
            models.CheckConstraint(
                condition=Q(tile_row=None, tile_column=None)
                | Q(
                    tile_row__isnull=False,
                    tile_column__isnull=False,
                    kind__in=["province", "capital", "administered"],
                ),
                name="area_tile_is_complete",
                violation_error_message=_("A tile needs a row and a column, and only first-level units have one."),
            ),
            models.UniqueConstraint(
                fields=["tile_row", "tile_column"],
                name="area_one_per_tile",
                violation_error_message=_("Another area stands on this tile."),
            ),
            models.CheckConstraint(
                condition=Q(kind="group", member_codes__len__gte=2) | ~Q(kind="group") & Q(member_codes=[]),
                name="area_group_has_members",
                violation_error_message=_("A group names at least two members; nothing else has any."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(kind="former"),
                name="area_only_former_units_merged",
                violation_error_message=_("Only a former unit can be merged into another."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code.upper()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        known = set(Area.objects.units().values_list("code", flat=True))
        if unknown := sorted(set(self.member_codes) - known):
            raise ValidationError({"member_codes": _("Not a first-level unit: %s") % ", ".join(unknown)})

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def is_group(self) -> bool:
        return self.kind == self.Kind.GROUP
