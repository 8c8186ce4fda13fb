"""How a series is judged that is to reach something: share, distance, pace, projection, and holding the line."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.assessment import seriesworking
from tracker.assessment.method import Example, formula, formulas
from tracker.assessment.methods.survey import Survey
from tracker.assessment.pace import Distance
from tracker.assessment.seriessentences import of_series
from tracker.assessment.thresholds import thresholds

formulas("distance", gettext_lazy("Distance and pace"))


def _worked(found: Distance | None) -> Example | None:
    """The sentence and the arithmetic of the panel "how this was worked out"."""
    if found is None:
        return None
    place = in_language(found.series.area, "name")
    sentence = format_html(
        _("{indicator}, {area}: {told}"),
        indicator=in_language(found.series.indicator, "name"), area=place, told=of_series(found),
    )  # fmt: skip
    url = f"{found.series.indicator.get_absolute_url()}#{found.target.code}"
    return Example([sentence, *seriesworking.formula(found, thresholds())], url)


@formula("distance", "distance-share", gettext_lazy("Share reached"), gettext_lazy("latest figure ÷ what is required"))
def share_reached(reading: Survey) -> Example | None:
    """What is required is a value, or all that another indicator counts in the same area; what is short is the
    difference.

    Shown for what is to rise. Where the definition changed between the two figures, neither is computed. A
    requirement without a date has a distance and no pace.
    """
    return _worked(reading.distance.get("share"))


@formula(
    "distance",
    "distance-covered",
    gettext_lazy("Distance covered"),
    gettext_lazy("(latest figure − baseline) ÷ (target − baseline)"),
)
def distance_covered(reading: Survey) -> Example | None:
    """The part of the way from the baseline to the target; the same for what is to rise and what is to fall.

    It is below nought where the figure moved away, and above one where it went past. A baseline that is not public
    is never taken as nought.
    """
    return _worked(reading.distance.get("covered"))


@formula("distance", "distance-pace", gettext_lazy("Pace"), gettext_lazy("distance covered ÷ distance planned"))
def pace(reading: Survey) -> Example | None:
    """The distance planned is the share of the time that had passed by the day of the figure, not by today.

    With interim targets it leads straight from one to the next. No verdict is given too early, on a figure that is
    too old, across a change of what is counted, or on a flow that counts over another length of time than its
    baseline.
    """
    return _worked(reading.distance.get("pace"))


@formula("distance", "distance-holds", gettext_lazy("Holding the line"), gettext_lazy("baseline = target"))
def holds(reading: Survey) -> Example | None:
    """Where the series starts at what it is to reach, there is no way to cover: it is held as printed, or it is not."""
    return _worked(reading.distance.get("holds"))


@formula(
    "distance",
    "distance-projection",
    gettext_lazy("Projection"),
    gettext_lazy("what is short ÷ the slope of the straight line through the figures"),
)
def projection(reading: Survey) -> Example | None:
    """The year in which the mean course of the figures arrives, from three comparable figures on that lead their
    periods.

    Comparable are those of the same scope, over times of the same length, on the same side of every change of what
    is counted. There is none where they lead elsewhere.
    """
    return _worked(reading.distance.get("projected"))


@formula("distance", "distance-first", gettext_lazy("The target as first published"))
def at_first(reading: Survey) -> Example | None:
    """A later target takes the place of an earlier one in the open: the verdict on the first one stays beside it.

    What replaces a target on the same words corrects our typing, and counts as the target as first published.
    """
    return _worked(reading.distance.get("moved"))
