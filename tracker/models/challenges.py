"""Questions of readers about a published figure or action. They are no part of the ledger: they stand outside
editions, digests and the history, and deleting one deletes it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Length
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker.models.base import CODE_PATTERN
from tracker.models.editions import Edition

SHORTEST, LONGEST = 10, 2000


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def public(self) -> "ChallengeQuerySet":
        return self.filter(state__in=Challenge.PUBLIC)


class Challenge(models.Model):
    """What a reader asks about one published row. Nothing tells who asked."""

    class Kind(models.TextChoices):
        FIGURE = "metricsnapshot", _("figure")
        ACTION = "policyaction", _("action")

    class State(models.TextChoices):
        NEW = "new", _("new")
        PUBLISHED = "published", _("published, not answered")
        ANSWERED = "answered", _("published and answered")
        DECLINED = "declined", _("declined")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        URDU = "ur", _("Urdu")

    PUBLIC = (State.PUBLISHED, State.ANSWERED)

    # What the reader sent

    kind = models.CharField(_("kind of row"), max_length=40, choices=Kind, editable=False)
    code = models.CharField(_("code of the row"), max_length=80, editable=False)
    edition = models.ForeignKey(
        Edition, models.PROTECT, editable=False, related_name="+", verbose_name=_("read in edition")
    )
    text = models.TextField(_("text as it was sent"), editable=False)
    source_url = models.URLField(_("source that the reader names"), max_length=500, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    received = models.DateField(_("received"), default=timezone.localdate, editable=False)
    form = models.CharField(
        _("form"),
        max_length=32,
        editable=False,
        help_text=_("A random number of the form that was sent, so that sending it twice counts once."),
    )

    # What became of it

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW, editable=False)
    shown = models.TextField(
        _("text as published"),
        max_length=LONGEST,
        blank=True,
        help_text=_(
            "Only if it is to be shortened: the text without names of private persons, operations or insults."
            " The page says that it was shortened. What was sent stays unpublished."
        ),
    )
    show_source = models.BooleanField(
        _("publish the link to the source"),
        default=False,
        help_text=_("Only after you have looked at where it leads."),
    )
    answer = models.TextField(_("answer"), max_length=LONGEST, blank=True, help_text=_("Published with the question."))
    answer_ur = models.TextField(_("answer in Urdu"), max_length=LONGEST, blank=True)
    note = models.CharField(
        _("note for colleagues"),
        max_length=300,
        blank=True,
        help_text=_("Never published. Needed if the question is declined: why."),
    )
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("moderated by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of a reader")
        verbose_name_plural = _("questions of readers")
        ordering = ["-received", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["metricsnapshot", "policyaction"]),
                name="challenge_about_figure_or_action",
                violation_error_message=_("A question is about a figure or an action."),
            ),
            models.CheckConstraint(
                condition=Q(code__regex=CODE_PATTERN),
                name="challenge_code_is_plain",
                violation_error_message=_("A code has small letters, digits, single hyphens and full stops."),
            ),
            models.CheckConstraint(
                condition=Q(GreaterThanOrEqual(Length("text"), SHORTEST)) & Q(LessThanOrEqual(Length("text"), LONGEST)),
                name="challenge_text_has_length",
                violation_error_message=_("A question has from 10 to 2000 characters."),
            ),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("shown"), LONGEST)),
                name="challenge_shown_has_length",
                violation_error_message=_("The text as published has at most 2000 characters."),
            ),
            models.CheckConstraint(
                condition=Q(source_url="") | Q(source_url__regex=r"^https?://\S+$"),
                name="challenge_source_on_the_web",
                violation_error_message=_("A source begins with https:// or http:// and has no spaces."),
            ),
            models.CheckConstraint(
                condition=Q(show_source=False) | ~Q(source_url=""),
                name="challenge_source_shown_if_given",
                violation_error_message=_("The reader named no source that could be published."),
            ),
            models.CheckConstraint(
                condition=Q(state="new", moderated_by=None) | ~Q(state="new") & Q(moderated_by__isnull=False),
                name="challenge_moderated_by_somebody",
                violation_error_message=_("A question leaves the queue by the hand of a moderator."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["published", "answered"], published_at__isnull=False)
                | Q(state__in=["new", "declined"], published_at=None),
                name="challenge_published_has_time",
                violation_error_message=_("A question has a time of publication while it is published, and only then."),
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False) & ~Q(answer="")
                | Q(state="published", answered_at=None, answer="", answer_ur="")
                | Q(state__in=["new", "declined"], answered_at=None),
                name="challenge_answered_has_answer",
                violation_error_message=_("An answer is published in English at least; the Urdu one stands beside it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(note=""),
                name="challenge_declined_has_note",
                violation_error_message=_("Say for your colleagues why the question is declined; it is not published."),
            ),
            models.UniqueConstraint(
                fields=["form"],
                name="challenge_sent_once",
                violation_error_message=_("This form was already sent."),
            ),
            models.UniqueConstraint(
                "kind",
                "code",
                MD5("text"),
                name="challenge_said_once",
                violation_error_message=_("These words were already sent about this row."),
            ),
        ]

    def __str__(self) -> str:
        """Without a word of the text, since the log of the desk keeps this after the question is deleted."""
        return f"{self.get_kind_display()} {self.code}, {self.received.isoformat()}"

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def public_text(self) -> str:
        return self.shown or self.text

    def moderate(self, state: "Challenge.State", by: Any) -> None:
        """Move on, with the times that belong to the state; the caller saves."""
        now = timezone.now()
        self.state = state
        self.moderated_by = None if state == self.State.NEW else by
        self.published_at = (self.published_at or now) if self.is_public else None
        self.answered_at = (self.answered_at or now) if state == self.State.ANSWERED else None


class ThrottleKey(models.Model):
    """The key of one day, with which networks are hashed while they are counted; then it is gone."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.day.isoformat()


class ThrottleCount(models.Model):
    """How many questions came in one hour from one network, which only its keyed hash names."""

    mark = models.CharField(max_length=64, primary_key=True)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H}h: {self.count}"
