"""What a body says to a finding; shown beside it, in the body's own words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Replaceable, cited_when_published, fact_code_field
from tracker.models.bodies import ResponsibleBody
from tracker.models.sources import Citation


class FindingAnswer(Replaceable):
    """A body's answer to what a rule remarks on a row. The finding itself is computed and has no row to point at,
    so the answer names the rule, and the kind and the code of the row.
    """

    code = fact_code_field()
    rule = models.CharField(_("rule"), max_length=40, help_text=_("The code of the rule, as the finding gives it."))
    subject_kind = models.CharField(
        _("kind of row"), max_length=40, help_text=_("As the file of findings gives it, for example metricsnapshot.")
    )
    subject_code = models.CharField(_("code of the row"), max_length=80)
    body = models.ForeignKey(ResponsibleBody, models.PROTECT, related_name="answers", verbose_name=_("body"))
    words = models.TextField(_("answer"), help_text=_("In the body's own words, as the source prints them."))
    words_ur = models.TextField(_("our translation into Urdu"), blank=True)
    citation = models.ForeignKey(
        Citation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="finding_answers",
        verbose_name=_("citation"),
    )

    MENDABLE = ("words_ur",)

    class Meta(Replaceable.Meta):
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")
        ordering = ["rule", "subject_kind", "subject_code", "code"]
        indexes = [models.Index(fields=["rule", "subject_kind", "subject_code"], name="findinganswer_subject")]
        constraints = [
            *Replaceable.Meta.constraints,
            cited_when_published(),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="findinganswer_has_words",
                violation_error_message=_("Give the answer in the body's own words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.rule} {self.subject_code}"

    @classmethod
    def texts(cls) -> list[models.Field]:
        """What is answered stays known when the words are redacted."""
        return [field for field in super().texts() if field.name not in ("rule", "subject_kind", "subject_code")]
