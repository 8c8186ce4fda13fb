"""How a roll-up is shown: its counts with the lists that they count, its shares with what they leave out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from azm.lib import charts
from azm.lib.templatetags.azm import in_language, number, share
from tracker.assessment.rollups import EXCLUSIVE, Burden, Kind, LedBy, Rollup, Sphere
from tracker.assessment.schedule import Reason, State
from tracker.frame import href

STRIPS = [state for state in State if state != State.NOT_SCORED]
"""The states of the strip; "not scored" is no state, and is told in words."""


# Where a roll-up leads


def asked_for(rollup: Rollup) -> dict[str, str]:
    """The filters of the list of actions that keep the commitments of the scope."""
    match rollup.kind:
        case Kind.POLICY | Kind.PROGRAMME | Kind.SPHERE | Kind.AREA:
            return {rollup.kind: rollup.scope}
        case Kind.OBJECTIVE if rollup.objective_id is None:
            return {"policy": rollup.scope.removesuffix(".none"), "objective": "none"}
        case Kind.OBJECTIVE:
            return {"objective": rollup.scope}
        case Kind.LEAD | Kind.SUPPORT:
            return {"body": rollup.scope, "role": rollup.kind}
        case Kind.LED_BY:
            return {"led_by": rollup.scope}
    return {}


def actions_url(request: HttpRequest, **filters: str) -> str:
    query = urlencode(filters)
    return href(request, f"{reverse('actions')}?{query}" if query else reverse("actions"))


def scope_name(rollup: Rollup) -> str:
    """What the roll-up is of, in the language of the page."""
    match rollup.kind:
        case Kind.POLICY:
            return in_language(rollup.policy, "name")
        case Kind.PROGRAMME:
            return format_html(_("{} and what continues it"), in_language(rollup.policy, "name"))
        case Kind.OBJECTIVE if rollup.objective is None:
            return format_html(_("{}: without a line of effort"), in_language(rollup.policy, "short_name"))
        case Kind.OBJECTIVE:
            objective: Any = rollup.objective
            policy, own = in_language(rollup.policy, "short_name"), in_language(objective, "name")
            return format_html("{}: {} {}", policy, number(objective.number), own)
        case Kind.LEAD | Kind.SUPPORT:
            return in_language(rollup.body, "name")
        case Kind.SPHERE:
            return str(Sphere(rollup.scope).label).capitalize()
        case Kind.LED_BY:
            return str(LedBy(rollup.scope).label).capitalize()
        case Kind.AREA:
            return in_language(rollup.area, "name")
    return _("Everything on record")


# What it says


@dataclass(frozen=True)
class StateCount:
    state: State
    count: int
    url: str


def state_counts(request: HttpRequest, rollup: Rollup) -> list[StateCount]:
    """Every state of the scale with its count, and the list of those commitments."""
    filters = asked_for(rollup)
    return [
        StateCount(state, count, actions_url(request, **filters, state=state.value))
        for state, count in rollup.states().items()
    ]


def strip(rollup: Rollup) -> list[charts.Segment]:
    states = rollup.states()
    return charts.strip(((state.value, states[state]) for state in STRIPS), rightwards=not get_language_bidi())


def shares_sentences(rollup: Rollup) -> Iterator[str]:
    """What is proved and what was due, of how many, and what that leaves out."""
    n, m = rollup.with_plan, rollup.scored
    if not m:
        return
    if not n:
        yield format_html(
            ngettext(
                "The {} commitment that can be judged has no plan, so that no share can be worked out.",
                "Not one of the {} commitments that can be judged has a plan, so that no share can be worked out.",
                m,
            ),
            number(m),
        )
        return
    yield format_html(
        ngettext(
            "{n} of {m} commitment has a plan: {proved} of its work is proved, and {due} was due.",
            "{n} of {m} commitments have a plan: {proved} of their work is proved, and {due} was due.",
            m,
        ),
        n=number(n),
        m=number(m),
        proved=share(rollup.evidenced),
        due=share(rollup.planned),
    )
    if n < m:
        yield format_html(
            ngettext(
                "Counting {} without a plan as unproved: {}.", "Counting the {} without a plan as unproved: {}.", m - n
            ),
            number(m - n),
            share(rollup.evidenced_floor),
        )


def cannot_say_sentence(rollup: Rollup) -> str:
    """Why nothing can be said of those of which nothing can be said: the reasons with their counts."""
    told = [format_html("{} – {}", number(count), Reason(reason).label) for reason, count in rollup.whys()]
    if not told:
        return ""
    listed = format_html_join("; ", "{}", ((one,) for one in told))
    return format_html(_("Nothing can be said of {}: {}."), number(rollup.cannot_say), listed)


def current_plan_sentence(rollup: Rollup) -> str:
    """The states against the current plan, where they are other ones than against the first."""
    now = rollup.states_now()
    if now == rollup.states():
        return ""
    told = ((number(count), state.label) for state, count in now.items() if count and state in STRIPS)
    return format_html(_("Against the current plan: {}."), format_html_join(_(", "), "{} {}", told))


def elapsed_words(rollup: Rollup) -> str:
    """The time of its policy that has passed: one share, or the two that it lies between."""
    bounds = rollup.elapsed()
    if bounds is None:
        return ""
    least, most = bounds
    return share(least) if least == most else format_html(_("{} to {}"), share(least), share(most))


def rolled_up(request: HttpRequest, rollup: Rollup | None, id: str) -> dict[str, Any] | None:
    """The context of components/rollup.html; None where there is no commitment to count."""
    if rollup is None or not rollup.commitments:
        return None
    counts = state_counts(request, rollup)
    judged = [one for one in counts if one.count and one.state != State.NOT_SCORED]
    return {
        "id": id,
        "commitments": rollup.commitments,
        "url": actions_url(request, **asked_for(rollup)),
        "strip": strip(rollup) if len(judged) > 1 else [],
        "counts": [one for one in counts if one.state != State.NOT_SCORED] if len(judged) > 1 else judged,
        "not_scored": next(one for one in counts if one.state == State.NOT_SCORED),
        "redacted": rollup.redacted,
        "sentences": [
            sentence
            for sentence in (
                *shares_sentences(rollup),
                cannot_say_sentence(rollup),
                current_plan_sentence(rollup),
            )
            if sentence
        ],
        "work": work(rollup),
    }


@dataclass(frozen=True)
class Work:
    """Two places on one bar from 0 to all: what is proved, and what was due."""

    proved: str
    due: str
    words: str


def work(rollup: Rollup) -> Work | None:
    if not rollup.with_plan:
        return None
    proved, due = (charts.percent(part * charts.HUNDRED) for part in (rollup.evidenced, rollup.planned))
    return Work(proved, due, share(rollup.evidenced))


def adds_up(kind: str) -> bool:
    """Whether each commitment stands in one scope of this kind, so that their counts add up."""
    return kind in EXCLUSIVE


# The burden


@dataclass(frozen=True)
class Carried:
    """A row of the table of burden: what one sphere leads, and of what is open, who leads it."""

    name: str
    commitments: int
    open: int
    led: dict[str, int]
    url: str
    bar: str
    """Of the widest row, in per cent."""


@dataclass(frozen=True)
class Division:
    """How the commitments of some policies, and the open ones among them, are divided."""

    rows: list[Carried]
    commitments: int
    open: int
    led: dict[str, int]
    """The open ones by who leads them."""
    owned: int
    """Commitments for which somebody is named, open or not."""
    security: int
    """Of these, the ones that a security force leads, alone or with a civil body."""


def divided(request: HttpRequest, burdens: Iterable[Burden], **filters: str) -> Division:
    """The rows of a table by sphere, empty spheres left out; its columns are open work by who leads it."""
    burdens = list(burdens)
    opened = {sphere: sum(b.open for b in burdens if b.sphere == sphere) for sphere in Sphere.values}
    widest = max(opened.values(), default=0) or 1
    rows = [
        Carried(
            name=str(Sphere(sphere).label).capitalize(),
            commitments=sum(b.commitments for b in burdens if b.sphere == sphere),
            open=opened[sphere],
            led=_led([b for b in burdens if b.sphere == sphere]),
            url=actions_url(request, **filters, sphere=sphere, open="true"),
            bar=charts.percent(charts.HUNDRED * opened[sphere] / widest),
        )
        for sphere in Sphere.values
        if any(b.sphere == sphere for b in burdens)
    ]
    named = [b for b in burdens if b.led_by != LedBy.NOBODY]
    return Division(
        rows=rows,
        commitments=sum(b.commitments for b in burdens),
        open=sum(opened.values()),
        led=_led(burdens),
        owned=sum(b.commitments for b in named),
        security=sum(b.commitments for b in named if b.led_by != LedBy.CIVIL),
    )


def _led(burdens: list[Burden]) -> dict[str, int]:
    return {led_by: sum(b.open for b in burdens if b.led_by == led_by) for led_by in LedBy.values}
