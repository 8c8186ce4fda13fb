"""The people who work on the ledger. None of their names is on a public page, in a file or in a digest."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A clerk, a reviewer or an administrator."""

    bodies = models.ManyToManyField(
        "tracker.ResponsibleBody",
        through="Membership",
        blank=True,
        related_name="+",
        verbose_name=_("bodies"),
    )

    class Meta(AbstractUser.Meta):
        ordering = ["username"]


class Membership(models.Model):
    """A user enters facts for a body, from one day and, perhaps, until another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    body = models.ForeignKey(
        "tracker.ResponsibleBody",
        models.PROTECT,
        related_name="memberships",
        verbose_name=_("body"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Last day; empty while it lasts."))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "body", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "body", "since"],
                name="membership_once",
                violation_error_message=_("This membership is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_in_order",
                violation_error_message=_("A membership cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.body}"
