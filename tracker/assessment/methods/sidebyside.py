"""Comparable first: which figure leads, and what rivals, changes and jumps are."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib.templatetags.azm import in_language
from tracker.assessment import comparing
from tracker.assessment.comparable import FigurePair, Lead, by_weight
from tracker.assessment.method import Example, formula, formulas
from tracker.assessment.reading import Reading
from tracker.wording import in_place

Verdict = FigurePair.Verdict

formulas("comparable", gettext_lazy("Comparable first"))


@formula("comparable", "headline", gettext_lazy("The figure that leads"))
def headline(reading: Reading) -> Example | None:
    """The figure of the latest period leads its series.

    Of several statements about that period the better attributed one leads: the record or a named office, then a
    named body, then officials without a name or the writer; then the newest publication. A repeated statement
    counts once.
    """
    lead = (
        Lead.objects.exclude(reason=Lead.Reason.ONLY_FIGURE)
        .select_related("snapshot__series__indicator", "snapshot__series__area", "snapshot__citation__source")
        .order_by("-rivals", "series__indicator__position", "series__area__position")
        .first()
    )
    if lead is None:
        return None
    indicator = lead.snapshot.series.indicator
    told = format_html(
        _("{indicator}: {figure} leads, for {reason}."),
        indicator=in_language(indicator, "name"),
        figure=in_place(lead.snapshot),
        reason=lead.get_reason_display(),
    )
    rivals = comparing.spread(lead, indicator)
    return Example([told, rivals] if rivals else [told], f"{indicator.get_absolute_url()}#leads")


def _pair(verdict: FigurePair.Verdict) -> Example | None:
    pair = (
        FigurePair.objects.filter(verdict=verdict)
        .told()
        .order_by(by_weight(), "series__indicator__position", "series__area__position", "figure__code", "other__code")
        .first()
    )
    if pair is None:
        return None
    told = format_html(
        _("{indicator}: {figure} beside {other}. {told}"),
        indicator=in_language(pair.series.indicator, "name"),
        figure=in_place(pair.figure),
        other=in_place(pair.other),
        told=comparing.of_pair(pair),
    )
    return Example([told], f"{pair.series.indicator.get_absolute_url()}#pairs")


@formula(
    "comparable",
    "rival-figures",
    gettext_lazy("Rivals"),
    gettext_lazy("one series, one scope, one definition, one time"),
)
def rivals(reading: Reading) -> Example | None:
    """Statements about one and the same: of one series and scope, with no change of what is counted between them.

    Their periods agree: flows and shares count over the same days, stocks are of days close to each other. They
    stand side by side with their spread, and are never averaged.
    """
    return _pair(Verdict.RIVALS)


@formula("comparable", "change-of-figures", gettext_lazy("Change"), gettext_lazy("later figure − earlier figure"))
def change(reading: Reading) -> Example | None:
    """Two figures of two times that can be set side by side: two times, and not a conflict."""
    return _pair(Verdict.CHANGE)


@formula("comparable", "jump-of-figures", gettext_lazy("Jump"), gettext_lazy("the greater figure ÷ the smaller one"))
def jump(reading: Reading) -> Example | None:
    """A change of figures that is so large, in so short a time, that the two may not count the same.

    Shares are told in points and never called a jump.
    """
    return _pair(Verdict.JUMP)


@formula("comparable", "not-comparable", gettext_lazy("Not comparable"))
def not_comparable(reading: Reading) -> Example | None:
    """Two figures that nobody should subtract, with the reason.

    They count in different places, over different lengths of time or from different beginnings; what is counted
    changed between them, or may have; or a source leaves the period out.
    """
    return _pair(Verdict.NOT_COMPARABLE)
