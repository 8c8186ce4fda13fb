"""What a reviewer wrote when returning a draft to its author. It is for the desk alone, and never published."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

RETURNS_SQL = Path(__file__).with_name("returns.sql")


class Return(models.Model):
    """A submitted row went back to its author, with a note. Only ever inserted; the row may be deleted later.

    A redaction of the row empties the note.
    """

    kind = models.CharField(_("kind of row"), max_length=40)
    row = models.BigIntegerField(_("row"))
    code = models.CharField(_("code of the row"), max_length=80)
    note = models.TextField(_("note"))
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("returned by"),
    )
    returned_at = models.DateTimeField(_("returned at"), db_default=Now())

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note=""),
                name="return_has_note",
                violation_error_message=_("Say what the author is to mend."),
            ),
        ]
        indexes = [models.Index(fields=["kind", "row", "-id"], name="return_of_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}: {self.note}"

    @classmethod
    def newest(cls, model: type[models.Model], ids: Any) -> "dict[int, Return]":
        """The newest return of each of these rows, in one query; rows that never came back are left out."""
        found = cls.objects.filter(kind=model._meta.model_name, row__in=ids).order_by("row", "-id").distinct("row")
        return {returned.row: returned for returned in found.select_related("returned_by")}
