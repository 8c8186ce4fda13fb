"""Roll-ups: commitments counted by state and by link for each scope, and their burden; rows of views in rollup.sql."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Sum
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from azm.lib.templatetags.azm import digits, number, share
from provinces.models import Area
from tracker.assessment import method
from tracker.assessment.method import Entry
from tracker.assessment.reading import Reading
from tracker.assessment.schedule import SHARE, State
from tracker.assessment.standings import Chain
from tracker.models import Objective, Policy, PolicyAction, ResponsibleBody


class Sphere(models.TextChoices):
    """The sphere of those who lead a commitment; exhaustive and exclusive."""

    FEDERAL = "federal", _("federal")
    PROVINCIAL = "provincial", _("provincial")
    MILITARY = "military", _("military")
    SHARED = "shared", _("shared between spheres")
    UNSTATED = "unstated", _("sphere not stated")
    NOBODY = "nobody", _("nobody named")


class LedBy(models.TextChoices):
    """Whether those who lead a commitment are security forces; exhaustive and exclusive."""

    SECURITY = "security", _("a security force")
    CIVIL = "civil", _("a civil body")
    BOTH = "both", _("a security force and a civil body")
    NOBODY = "nobody", _("nobody named")


class Kind(models.TextChoices):
    """What a roll-up is of, in the order of the list."""

    LEDGER = "ledger", _("everything on record")
    POLICY = "policy", _("policy")
    PROGRAMME = "programme", _("policy with those that continue it")
    OBJECTIVE = "objective", _("line of effort")
    LEAD = "lead", _("body that leads")
    SUPPORT = "support", _("body that supports")
    SPHERE = "sphere", _("sphere of who leads")
    LED_BY = "led-by", _("security force or civil body")
    AREA = "area", _("area")


EXCLUSIVE: Final = (Kind.LEDGER, Kind.POLICY, Kind.OBJECTIVE, Kind.SPHERE, Kind.LED_BY, Kind.AREA)
"""Kinds whose scopes hold each commitment once: their counts add up. Programmes and bodies may share one."""


class Leadership(models.Model):
    """Who leads a commitment on the day, in two words."""

    action = models.OneToOneField(PolicyAction, models.DO_NOTHING, primary_key=True, related_name="leadership")
    sphere = models.CharField(_("sphere of who leads"), choices=Sphere)
    led_by = models.CharField(_("led by"), choices=LedBy)

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_leadership"
        ordering: ClassVar[list[str]] = ["action"]

    def __str__(self) -> str:
        return f"{self.sphere}, {self.led_by}"


class Rollup(models.Model):
    """The commitments of a scope are counted by state and by link of the chain. Each is in one state, so that states
    add up; the ledger, policies, lines of effort, spheres, kinds of lead and areas hold each commitment once, so that
    these add up too. Bodies share what several of them lead, and programmes what continues several policies.

    What is proved and what was due are shares of planned work: the share of each commitment's weight of steps, taken
    over those that have a plan, that is a dated step or a deadline of their own. Each plan weighs the same however many
    steps it has; within one policy, as much as the policy says. A commitment without steps is one step.

    Beside every share stand how many have a plan of how many can be judged, and the floor, which counts the others as
    unproved. Where nothing has a plan there is no share. What is recorded and never judged is in neither number, and
    what was redacted in no number at all.
    """

    code = models.CharField(primary_key=True)
    kind = models.CharField(_("kind of scope"), choices=Kind)
    scope = models.CharField(_("scope"))
    rank = models.IntegerField()
    policy = models.ForeignKey(Policy, models.DO_NOTHING, null=True, related_name="+")
    objective = models.ForeignKey(Objective, models.DO_NOTHING, null=True, related_name="+")
    body = models.ForeignKey(ResponsibleBody, models.DO_NOTHING, null=True, related_name="+")
    area = models.ForeignKey(Area, models.DO_NOTHING, null=True, related_name="+")
    commitments = models.IntegerField(_("commitments"))
    redacted = models.IntegerField()
    open = models.IntegerField(_("open"))
    done = models.IntegerField(State.DONE.label)
    on_track = models.IntegerField(State.ON_TRACK.label)
    slipping = models.IntegerField(State.SLIPPING.label)
    behind = models.IntegerField(State.BEHIND.label)
    overdue = models.IntegerField(State.OVERDUE.label)
    nothing_due = models.IntegerField(State.NOTHING_DUE.label)
    paused = models.IntegerField(State.PAUSED.label)
    dropped = models.IntegerField(State.DROPPED.label)
    cannot_say = models.IntegerField(State.CANNOT_SAY.label)
    not_scored = models.IntegerField(State.NOT_SCORED.label)
    done_now = models.IntegerField()
    on_track_now = models.IntegerField()
    slipping_now = models.IntegerField()
    behind_now = models.IntegerField()
    overdue_now = models.IntegerField()
    nothing_due_now = models.IntegerField()
    paused_now = models.IntegerField()
    dropped_now = models.IntegerField()
    cannot_say_now = models.IntegerField()
    not_scored_now = models.IntegerField()
    owner = models.IntegerField(Chain.LINKS["owner"])
    measure = models.IntegerField(Chain.LINKS["measure"])
    baseline = models.IntegerField(Chain.LINKS["baseline"])
    requirement = models.IntegerField(Chain.LINKS["requirement"])
    deadline = models.IntegerField(Chain.LINKS["deadline"])
    figure = models.IntegerField(Chain.LINKS["figure"])
    report = models.IntegerField(Chain.LINKS["report"])
    scored = models.IntegerField(help_text="All but those that are recorded and never judged.")
    with_plan = models.IntegerField(help_text="Of the scored, those with a dated step or a deadline of their own.")
    evidenced = models.DecimalField(_("evidenced"), **SHARE)
    evidenced_floor = models.DecimalField(**SHARE, help_text="What has no plan counted as unproved.")
    planned = models.DecimalField(_("planned by now"), **SHARE)
    planned_floor = models.DecimalField(**SHARE)
    elapsed_least = models.DecimalField(_("time elapsed"), **SHARE)
    elapsed_most = models.DecimalField(**SHARE)
    reasons = ArrayField(
        models.CharField(), null=True, help_text="Why nothing can be said, once for each such commitment."
    )

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_rollup"
        ordering: ClassVar[list[str]] = ["rank", "code"]

    def __str__(self) -> str:
        return self.code

    def states(self) -> dict[State, int]:
        """How many are in each state against the plan as first published, in the order of the scale."""
        return {state: getattr(self, column(state)) for state in State}

    def states_now(self) -> dict[State, int]:
        return {state: getattr(self, f"{column(state)}_now") for state in State}

    def links(self) -> dict[str, int]:
        """How many have each link of the chain, in their order."""
        return {link: getattr(self, link) for link in Chain.LINKS}

    def whys(self) -> list[tuple[str, int]]:
        """The reasons for which nothing can be said, the commonest first."""
        return sorted(Counter(self.reasons or []).items(), key=lambda found: (-found[1], found[0]))

    def elapsed(self) -> tuple[Decimal, Decimal] | None:
        """The share of the time of its policy that has passed, at least and at most."""
        bounds: tuple[Decimal | None, Decimal | None] = (self.elapsed_least, self.elapsed_most)
        least, most = bounds
        return None if least is None or most is None else (least, most)


class Burden(models.Model):
    """Open is what by the current plan is neither done nor dropped, and not one that is never scored; work of which
    nothing can be said is open, since nobody has shown that it is done.

    It is divided by the sphere of those who lead it today, and by security force against civil body, each commitment
    once: one with leads in two spheres is shared between them, one that a security force leads together with a civil
    body is led by both, and one without a lead on record is led by nobody named.
    """

    code = models.CharField(primary_key=True)
    policy = models.ForeignKey(Policy, models.DO_NOTHING, related_name="+")
    sphere = models.CharField(_("sphere of who leads"), choices=Sphere)
    led_by = models.CharField(_("led by"), choices=LedBy)
    commitments = models.IntegerField(_("commitments"))
    open = models.IntegerField(_("open"))

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "tracker_burden"
        ordering: ClassVar[list[str]] = ["policy", "code"]

    def __str__(self) -> str:
        return self.code


@method.part("rollups", _("Progress and burden"))
def explained(reading: Reading) -> Iterator[Entry]:
    """With a worked example: everything on record, in the edition and on the day that is read."""
    whole = Rollup.objects.get(kind=Kind.LEDGER)
    sums = " + ".join(digits(count) for count in whole.states().values() if count) or digits(0)
    example: list[str] = [f"{sums} = {digits(whole.commitments)}"]
    if whole.with_plan:
        shares = {"proved": share(whole.evidenced), "floor": share(whole.evidenced_floor), "due": share(whole.planned)}
        text = gettext("{n} of {m} have a plan: {proved} proved, {due} due; at least {floor} of all.")
        example.append(format_html(text, n=number(whole.with_plan), m=number(whole.scored), **shares))
    yield Entry(
        "progress",
        gettext("Progress"),
        method.paragraphs(Rollup),
        gettext("proved = Σ (weight × share of its steps that is proved) ÷ Σ weight"),
        example,
        reverse("progress"),
    )
    divided = Burden.objects.aggregate(open=Sum("open"), of=Sum("commitments"))
    yield Entry(
        "burden",
        gettext("Burden"),
        method.paragraphs(Burden),
        example=[
            format_html(
                gettext("{open} of {of} commitments are open."),
                open=number(divided["open"] or 0),
                of=number(divided["of"] or 0),
            )
        ],
        url=reverse("burden"),
    )


def column(state: State) -> str:
    """The column of a state."""
    return state.value.replace("-", "_")
