"""One area: what is known for it alone and, apart, what is told only together with others."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import in_language
from provinces.models import COUNTRY, Area
from tracker.assessment.areas import AreaMatrix
from tracker.assessment.headlines import headlines
from tracker.assessment.reading import Reading
from tracker.assessment.rollups import Kind, Rollup
from tracker.frame import href, tombstone
from tracker.models import (
    Assignment,
    Indicator,
    MetricSnapshot,
    Milestone,
    PolicyAction,
    ProgressUpdate,
    ResponsibleBody,
    Statement,
)
from tracker.progress import rolled_up
from tracker.remarks import panel
from tracker.views.actions import figure_context
from tracker.views.commitments import listed, source_link
from tracker.views.public import public
from tracker.wording import figure, period


@public
def province(request: HttpRequest, reading: Reading, code: str) -> TemplateResponse:
    area = Area.objects.filter(code=code.upper()).first()
    if area is None:
        raise Http404(_("There is no area “%s”.") % code)
    edition = reading.edition
    groups = [group for group in Area.objects.filter(kind=Area.Kind.GROUP) if area.code in group.member_codes]
    leading = _leading(reading, [area, *groups, Area(code=COUNTRY)])
    alone = leading.get(area.code, [])
    actions = PolicyAction.objects.in_edition(edition).select_related("policy", "chain")
    assigned = Assignment.objects.in_edition(edition).filter(area=area)
    context = {
        "area": area,
        "country": Area.objects.filter(code=COUNTRY).first(),
        "figures_url": href(request, f"{reverse('snapshots-csv')}?{urlencode({'area': area.code})}"),
        "measures_url": href(request, f"{reverse('area-measures')}?{urlencode({'area': area.code})}"),
        "members": Area.objects.filter(code__in=area.member_codes),
        "merged_into": area.merged_into,
        "absorbed": Area.objects.filter(merged_into=area),
        "alone": [_compared(request, snapshot, leading.get(COUNTRY, [])) for snapshot in alone],
        "joint": [
            {"area": group, "figures": [figure_context(request, s) for s in leading.get(group.code, [])]}
            for group in groups
            if leading.get(group.code)
        ],
        "statements": Statement.objects.in_edition(edition)
        .filter(area=area)
        .select_related("citation__source", "action")
        .order_by("kind", "code"),
        "actions": actions.filter(Q(area=area) | Q(pk__in=assigned.values("action"))).order_by(
            "policy__position", "position", "pk"
        ),
        "rollup": rolled_up(request, Rollup.objects.filter(kind=Kind.AREA, area=area).first(), "area"),
        "national_actions": actions.filter(area=COUNTRY).count(),
        "bodies": ResponsibleBody.objects.in_edition(edition).filter(area=area),
        "reports": ProgressUpdate.objects.in_edition(edition)
        .filter(area=area)
        .aggregate(
            told=Count("pk", filter=Q(redacted_in=None)), redacted=Count("pk", filter=Q(redacted_in__isnull=False))
        ),
        "findings": panel(
            request,
            reading,
            {
                MetricSnapshot: Q(series__area=area),
                **dict.fromkeys([PolicyAction, Milestone, Assignment, ProgressUpdate], Q(area=area)),
            },
            area.code,
        ),
        "absent": absent_sentences(request, reading, area, alone, leading),
    }
    return TemplateResponse(request, "tracker/province.html", context)


def _leading(reading: Reading, areas: list[Area]) -> dict[str, list[MetricSnapshot]]:
    """The leading figures of the areas, by area, in the order of the indicators."""
    found: dict[str, list[MetricSnapshot]] = {}
    rows = headlines(reading).filter(series__area__in=[area.code for area in areas])
    for snapshot in rows.order_by("series__indicator__position", "series__indicator__code"):
        found.setdefault(snapshot.series.area_id, []).append(snapshot)
    return found


def _compared(request: HttpRequest, snapshot: MetricSnapshot, national: list[MetricSnapshot]) -> dict[str, Any]:
    """One row of the table: the area's figure beside the country's, where its period is the same."""
    same = next((n for n in national if n.series.indicator_id == snapshot.series.indicator_id), None)
    dated = snapshot.period_end is not None
    comparable = same is not None and (same.period_start, same.period_end) == (
        snapshot.period_start,
        snapshot.period_end,
    )
    return {
        "url": href(request, snapshot),
        "name": in_language(snapshot.series.indicator, "name"),
        "note": in_language(snapshot, "scope"),
        "value": figure(snapshot),
        "national": figure(same) if same and dated and comparable else "",
        "period": period(snapshot),
        "source": source_link(request, snapshot),
    }


def absent_sentences(
    request: HttpRequest,
    reading: Reading,
    area: Area,
    alone: list[MetricSnapshot],
    leading: dict[str, list[MetricSnapshot]],
) -> list[str]:
    """Withheld, redacted, and absent: different things, and none of them is zero."""
    told = {snapshot.series.indicator_id for snapshot in alone}
    withheld = list(
        MetricSnapshot.objects.in_edition(reading.edition)
        .filter(series__area=area, value=None)
        .select_related("series__indicator")
        .order_by("series__indicator__position", "code")
    )
    sentences: list[str] = [
        format_html("{}: {} {}", in_language(row.series.indicator, "name"), figure(row), tombstone(request, row))
        if row.redacted_in_id is not None
        else format_html(
            "{}: {} – {}",
            in_language(row.series.indicator, "name"),
            row.get_status_display(),
            row.no_value_reason,
        )
        for row in withheld
        if row.series.indicator_id not in told
    ]
    told |= {row.series.indicator_id for row in withheld if row.redacted_in_id is not None}
    elsewhere = (
        Indicator.objects.in_edition(reading.edition)
        .filter(series__headline__isnull=False)
        .exclude(pk__in=told)
        .distinct()
        if reading.is_newest
        else [
            i
            for i in AreaMatrix.of(reading, Indicator.objects.in_edition(reading.edition)).indicators
            if i.pk not in told
        ]
    )
    names = [in_language(indicator, "name") for indicator in elsewhere]
    if names:
        sentences.append(format_html(_("No figure of its own on record for: {}. That is not zero."), listed(names)))
    return sentences
