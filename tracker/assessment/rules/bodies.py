"""Who is responsible, and who may not be."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import english, in_language
from tracker.assessment.rules.base import Finding, Model, Rule, Scope, Severity, Weight
from tracker.models import Assignment, Citation


class CourtAsLead(Rule):
    """A court is a forum, never the lead for its judgements."""

    code = "court-as-lead"
    name = gettext_lazy("Court as lead")
    about = (Assignment,)
    field = "role"
    says = gettext_lazy(
        "makes a court the lead. A court is a forum: it does not answer for the outcome of its judgements."
    )

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(role=Assignment.Role.LEAD, body__kind="court")


class MilitaryOnPolitical(Rule):
    """A military body does not lead or support a political action.

    The ledger records what sources say, also where it departs from the division of labour that its own first source
    insists on; the finding quotes that sentence and its speaker.
    """

    code = "military-on-political"
    name = gettext_lazy("Military body on a political action")
    severity = Severity.WARNS
    weight = Weight.CONFLICT
    about = (Assignment,)
    says = gettext_lazy("A military body, {body}, is to {role} a political action.")

    QUOTED: ClassVar = "dunya-2024-07.roles"

    @classmethod
    def breaking(cls, rows: QuerySet) -> QuerySet:
        return rows.filter(
            role__in=[Assignment.Role.LEAD, Assignment.Role.SUPPORT],
            body__sphere="military",
            action__domain="political",
        )

    @classmethod
    def find(cls, scope: Scope, model: Model) -> Iterator[Finding]:
        rows = cls.breaking(scope.subjects(Assignment)).select_related("body", "action__policy", "citation__source")
        if not (found := list(rows.order_by("code"))):
            return
        quoted = scope.rows(Citation).filter(code=cls.QUOTED).select_related("source").first()
        for row in found:
            yield Finding(cls, row, {"quoted": quoted})

    @classmethod
    def places(cls, finding: Finding) -> dict[str, Any]:
        row: Any = finding.subject
        roles = {Assignment.Role.LEAD: _("lead"), Assignment.Role.SUPPORT: _("support")}
        return {"body": in_language(row.body, "name"), "role": roles[row.role]}

    @classmethod
    def working(cls, finding: Finding) -> list[str]:
        quoted: Any = finding.told["quoted"]
        if quoted is None:
            return []
        return [
            format_html(
                _("“{words}” ({speaker}; {publisher})."),
                words=english(quoted.quotation),
                speaker=in_language(quoted, "speaker"),
                publisher=english(quoted.source.publisher),
            )
        ]
