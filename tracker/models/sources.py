"""Where every fact comes from: documents, and the words used from them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from azm.lib.partialdates import PartialDateField
from tracker.models.base import Publishable, code_field, search_field, search_index


class Source(Publishable):
    """A document: what it is, who published it, when, and where it can be read."""

    class Kind(models.TextChoices):
        OFFICIAL_DOCUMENT = "official-document", _("official document")
        OFFICIAL_STATEMENT = "official-statement", _("official statement")
        MEETING_RECORD = "meeting-record", _("meeting record")
        INFORMATION_REQUEST = "information-request", _("information request")
        DATASET = "dataset", _("dataset")
        NEWS = "news", _("news report")
        RESEARCH = "research", _("research or opinion")

    class Language(models.TextChoices):
        ENGLISH = "en", _("English")
        URDU = "ur", _("Urdu")

    MENDABLE = ("title_ur", "note", "note_ur")

    code = code_field(_("For example dunya-2024-07; it stands in addresses and files and never changes."))
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300, help_text=_("As printed; if none is known, what it is."))
    title_ur = models.CharField(_("title in Urdu"), max_length=300, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True, help_text=_("The byline, if there is one."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ENGLISH)
    url = models.URLField(
        _("link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Empty only if the document is not on the web."),
    )
    published = PartialDateField(_("published on"), null=True, blank=True, help_text=_("As far as it is known."))
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    note_ur = models.TextField(_("note in Urdu"), blank=True)
    search = search_field("code", "publisher", "title", "title_ur", "author", "note", "note_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                name="source_link_is_http",
                violation_error_message=_("A link begins with http:// or https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.code])


class Citation(Publishable):
    """The words used from a source, who said them, and which statement they merely repeat.

    Every fact rests on exactly one citation; another source is another fact. A citation that repeats
    another one (two outlets, one briefing) has that one as its origin and counts once with it.
    """

    class Attribution(models.TextChoices):
        RECORD = "record", _("the document itself")
        NAMED_OFFICE = "named-office", _("a named office or person")
        NAMED_BODY = "named-body", _("a named body")
        UNNAMED_OFFICIALS = "unnamed-officials", _("unnamed officials")
        WRITER = "writer", _("the writer")

    MENDABLE = ("translation_ur", "speaker_ur")

    code = code_field(_("For example dunya-2024-07.incidents."))
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    quotation = models.TextField(
        _("quotation"), blank=True, help_text=_("The words of the source, character for character.")
    )
    paraphrase = models.TextField(
        _("paraphrase"),
        blank=True,
        help_text=_("Our words, where the original wording was not kept."),
    )
    translation_ur = models.TextField(_("our translation into Urdu"), blank=True)
    place = models.CharField(_("place in the source"), max_length=120, blank=True, help_text=_("Page, paragraph…"))
    speaker = models.CharField(
        _("speaker"),
        max_length=200,
        blank=True,
        help_text=_("As the source names them, for example “security sources”."),
    )
    speaker_ur = models.CharField(_("speaker in Urdu"), max_length=200, blank=True)
    attribution = models.CharField(_("attributed to"), max_length=20, choices=Attribution)
    repeats = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        verbose_name=_("repeats"),
        help_text=_("The citation whose statement this one merely repeats."),
    )
    search = search_field("code", "quotation", "paraphrase", "translation_ur", "speaker", "speaker_ur")

    class Meta(Publishable.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["code"]
        indexes = [search_index()]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(quotation="", paraphrase=""),
                name="citation_has_words",
                violation_error_message=_("Give the words of the source or, if they were not kept, a paraphrase."),
            ),
            models.CheckConstraint(
                condition=Q(repeats=None) | ~Q(repeats=F("id")),
                name="citation_repeats_another",
                violation_error_message=_("A citation cannot repeat itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {(self.quotation or self.paraphrase)[:80]}"

    def clean(self) -> None:
        if self.repeats is not None and self.repeats.repeats_id is not None:
            raise ValidationError({"repeats": _("Name the original statement, not another repetition of it.")})

    def get_absolute_url(self) -> str:
        return f"{self.source.get_absolute_url()}#{self.code}"

    @property
    def origin_id(self) -> Any:
        return self.repeats_id or self.pk
