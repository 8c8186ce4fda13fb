"""What is withheld or not published, as a model: rows of the view of openness.sql, for the reading that is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db import models
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import number
from tracker.assessment import method
from tracker.assessment.method import Entry, paragraphs
from tracker.assessment.reading import Reading
from tracker.models import MetricSnapshot, Policy, PolicyAction, PolicyEvent, ResponsibleBody, Target

OPENNESS_SQL = Path(__file__).with_name("openness.sql")


class Gap(models.Model):
    """One thing that no source on record gives: a figure, the text of a policy, or a link of a commitment's chain.

    A figure that is withheld stands under the body that withholds it. Anything else stands under the body that leads
    the commitment in question, where there is exactly one; else no body is named. Every row is counted once.

    A figure counts as withheld, not collected or not found as long as no figure of that day or a later one is on
    record for the same measure and area. “Not applicable” is an answer, and counts as nothing missing.
    """

    class Kind(models.TextChoices):
        WITHHELD = "withheld", _("figure withheld")
        NOT_COLLECTED = "not-collected", _("figure not collected")
        NOT_FOUND = "not-found", _("figure sought, none found")
        TEXT_NAMED = "text-named", _("text only named")
        TEXT_PARTLY = "text-partly", _("text partly public")
        NO_OWNER = "no-owner", _("no owner named")
        NO_MEASURE = "no-measure", _("no measure named")
        NO_BASELINE = "no-baseline", _("no baseline given")
        NO_DEADLINE = "no-deadline", _("no deadline published")
        NO_REPORT = "no-report", _("no progress report")

    class Basis(models.TextChoices):
        WITHHOLDS = "withholds", _("withholds it")
        LEADS = "leads", _("leads the commitment")

    code = models.CharField(primary_key=True)
    gap = models.CharField(_("what is missing"), choices=Kind)
    place = models.IntegerField()
    body = models.ForeignKey(ResponsibleBody, models.DO_NOTHING, null=True, related_name="+", verbose_name=_("body"))
    basis = models.CharField(_("why this body"), choices=Basis, blank=True)
    snapshot = models.OneToOneField(MetricSnapshot, models.DO_NOTHING, null=True, related_name="gap")
    policy = models.ForeignKey(Policy, models.DO_NOTHING, null=True, related_name="+")
    search = models.ForeignKey(PolicyEvent, models.DO_NOTHING, null=True, related_name="+")
    action = models.ForeignKey(PolicyAction, models.DO_NOTHING, null=True, related_name="gaps")
    target = models.ForeignKey(Target, models.DO_NOTHING, null=True, related_name="+")

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_gap"
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


GROUPS: Final[dict[str, tuple[Any, tuple[str, ...]]]] = {
    "withheld": (_("Withheld"), (Gap.Kind.WITHHELD,)),
    "not-collected": (_("Not collected"), (Gap.Kind.NOT_COLLECTED,)),
    "not-found": (_("Sought, not found"), (Gap.Kind.NOT_FOUND,)),
    "texts": (_("Texts"), (Gap.Kind.TEXT_NAMED, Gap.Kind.TEXT_PARTLY)),
    "links": (
        _("Links of commitments"),
        (Gap.Kind.NO_OWNER, Gap.Kind.NO_MEASURE, Gap.Kind.NO_BASELINE, Gap.Kind.NO_DEADLINE, Gap.Kind.NO_REPORT),
    ),
}
"""Every kind is in exactly one of these."""


@dataclass(frozen=True)
class Tally:
    """How many things are not public under one body, under none, or in all, by group."""

    body: ResponsibleBody | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def values(self) -> list[int]:
        """In the order of GROUPS."""
        return [self.counts[name] for name in GROUPS]

    @classmethod
    def adding(cls, tallies: "Iterable[Tally]") -> "Tally":
        total = dict.fromkeys(GROUPS, 0)
        for tally in tallies:
            for name, n in tally.counts.items():
                total[name] += n
        return cls(None, total)


@method.part("openness", _("Withheld and not published"))
def explained(reading: Reading) -> Iterator[Entry]:
    _lines, total = by_body(Gap.objects.all())
    labels = [label for label, _kinds in GROUPS.values()]
    example: list[str] = [
        format_html(gettext("{}: {}"), label, number(n)) for label, n in zip(labels, total.values, strict=True)
    ]
    example.append(format_html(gettext("{}: {}"), gettext("In all"), number(total.total)))
    yield Entry("openness-gaps", _("What is not public"), paragraphs(Gap), example=example, url=reverse("openness"))


def gaps() -> QuerySet[Gap]:
    """Everything that is not public, with what a page needs to tell it."""
    return Gap.objects.select_related(
        "body",
        "snapshot__series__indicator",
        "snapshot__series__area",
        "snapshot__citation__source",
        "policy",
        "search",
        "action",
        "target__series__indicator",
    ).order_by("place", "code")


def by_body(rows: QuerySet[Gap]) -> tuple[list[Tally], Tally]:
    """A line for each body, the one with most first and that without a body last; and the line that adds them up."""
    group = {kind: name for name, (_label, kinds) in GROUPS.items() for kind in kinds}
    counted: dict[int | None, dict[str, int]] = {}
    for body, kind, n in rows.order_by().values_list("body", "gap").annotate(n=Count("code")):
        counts = counted.setdefault(body, dict.fromkeys(GROUPS, 0))
        counts[group[kind]] += n
    bodies = ResponsibleBody.objects.in_bulk([body for body in counted if body is not None])
    lines = [Tally(bodies[body] if body is not None else None, counts) for body, counts in counted.items()]
    lines.sort(key=lambda line: (line.body is None, -line.total, line.body.code if line.body else ""))
    return lines, Tally.adding(lines)
