"""What bodies say to findings."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.assessment.rules.base import Rule
from tracker.models import FindingAnswer


class AnswerToNothing(Rule):
    """An answer names a rule whose findings are public, and a row that this rule can remark on.

    The row may be published together with the answer.
    """

    code = "answer-to-nothing"
    name = _("Answer to nothing")
    about = (FindingAnswer,)
    field = "subject_code"
    says = _("answers nothing: this rule remarks on no row of that kind and code.")

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        from tracker.assessment.rules import PUBLIC_RULES  # which are not known before this one is

        answered: list[int] = []
        for model in {model for rule in PUBLIC_RULES for model in rule.about}:
            ledger: Any = model.objects
            known = rows.filter(
                rule__in=[rule.code for rule in PUBLIC_RULES if model in rule.about],
                subject_kind=model._meta.model_name,
                subject_code__in=ledger.values("code"),
            )
            answered += known.values_list("pk", flat=True)
        return rows.exclude(pk__in=answered)
