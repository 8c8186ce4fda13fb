"""What is not public about a policy, counted from the record and not apologised for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from azm.lib.templatetags.azm import date_long, in_language, number
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.reading import Reading
from tracker.models import Indicator, MetricSnapshot, Policy, PolicyEvent, Target
from tracker.views.commitments import Commitment, listed
from tracker.wording import figure


def sentences(reading: Reading, policy: Policy, gathered: list[Commitment], matrix: AreaMatrix) -> dict[str, Any]:
    """The list, and the last search for the policy's text, if one is on record."""
    search = (
        PolicyEvent.objects.in_edition(reading.edition)
        .filter(policy=policy, kind=PolicyEvent.Kind.TEXT_SOUGHT)
        .order_by("-on", "code")
        .first()
    )
    return {
        "rows": [*_of_policy(policy), *_of_chain(gathered), *_of_baselines(reading, gathered), *of_areas(matrix)],
        "searched": date_long(search.on) if search else "",
        "search": search,
    }


def _of_policy(policy: Policy) -> Iterator[str]:
    if policy.text == Policy.Text.NAMED:
        yield format_html(_("The text of {} and its approval"), in_language(policy, "name"))
    if any(day is None or day.precision != "day" for day in (policy.starts, policy.ends)):
        yield _("Its first and its last day")


def _of_chain(gathered: list[Commitment]) -> Iterator[str]:
    return (sentence for sentence, _without in lacking(gathered, ("owner", "measure", "deadline", "report")))


def lacking(gathered: list[Commitment], links: Iterable[str]) -> Iterator[tuple[str, list[Commitment]]]:
    """Of each of these links of the chain, if any commitment lacks it: the sentence, and those that do."""
    total = len(gathered)
    told: dict[str, Callable[[int], str]] = {
        "owner": lambda n: ngettext("Who is to act on {} commitment of {}", "Who is to act on {} commitments of {}", n),
        "measure": lambda n: ngettext(
            "What {} commitment of {} is measured by", "What {} commitments of {} are measured by", n
        ),
        "requirement": lambda n: ngettext(
            "What {} commitment of {} is to reach", "What {} commitments of {} are to reach", n
        ),
        "figure": lambda n: ngettext("A figure for {} commitment of {}", "A figure for {} commitments of {}", n),
        "deadline": lambda n: ngettext("A deadline for {} commitment of {}", "A deadline for {} commitments of {}", n),
        "report": lambda n: ngettext(
            "A progress report on {} commitment of {}", "A progress report on {} commitments of {}", n
        ),
    }
    for link in links:
        without = [c for c in gathered if not getattr(c.action.chain, link)]
        if n := len(without):
            yield format_html(told[link](n), number(n), number(total)), without


def _of_baselines(reading: Reading, gathered: list[Commitment]) -> Iterator[str]:
    unknown = (
        Target.objects.in_edition(reading.edition)
        .filter(Q(basis=Target.Basis.REQUIREMENT) | Q(basis=Target.Basis.TARGET), baseline=None)
        .filter(action__in=[c.action.pk for c in gathered])
        .select_related("series__indicator")
        .order_by("series", "code")
    )
    for target in unknown:
        yield format_html(
            _("The figure that “{}” started from, the baseline"), in_language(target.series.indicator, "name")
        )


def of_areas(matrix: AreaMatrix) -> Iterator[str]:
    """Which areas each measure is not told for, and figures of which the period is not."""
    for indicator in matrix.indicators:
        joint = [area for area in matrix.units if matrix.joint_only(area, indicator)]
        if joint:
            yield format_html(
                _("{}: {}, each alone"),
                in_language(indicator, "name"),
                listed(in_language(area, "name") for area in joint),
            )
        if matrix.covered(indicator) > 1:
            without = [
                area for area in matrix.units if (area.code, indicator.pk) not in matrix.figures and area not in joint
            ]
            if without:
                yield format_html(
                    "{}: {}",
                    in_language(indicator, "name"),
                    listed(in_language(area, "name") for area in without),
                )
    yield from _of_periods(matrix)


def _of_periods(matrix: AreaMatrix) -> Iterator[str]:
    """Counts of what happened within a time that the source leaves open, by measure."""
    undated: dict[Indicator, list[MetricSnapshot]] = defaultdict(list)
    for snapshot in matrix.figures.values():
        indicator = snapshot.series.indicator
        if snapshot.period_end is None and indicator.behaviour != indicator.Behaviour.STOCK and not indicator.is_share:
            undated[indicator].append(snapshot)
    names = {area.code: in_language(area, "short_name") for area in matrix.areas}
    for indicator, found in undated.items():
        told = [format_html("{} ({})", figure(snapshot), names[snapshot.series.area_id]) for snapshot in found]
        yield format_html(_("The period of {}: {}"), in_language(indicator, "name"), listed(told))
