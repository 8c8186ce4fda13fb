"""Specimens of what happened and when: lanes, the list below them, and the periods of policies."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from azm.lib import charts, timeline
from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import english
from azm.lib.timeline import Event
from tracker.lineage import Axis, period
from tracker.models import Policy, PolicyEvent
from tracker.views.styleguide.invented import citation, edition, kept_here
from tracker.views.styleguide.specimen import Contents, Group, Marks, Specimen
from tracker.views.timeline import KEPT, KINDS, ORDER, named

TODAY = date(2032, 7, 1)
EVENTS: Final = (
    ("first", "planned", "2031-03-31", 1),
    ("first", "planned", "2031-11", 2),
    ("first", "planned", "2032-05-31", 3),
    ("first", "final", "2033-03-31", None),
    ("now", "planned", "2031-03-31", 1),
    ("now", "planned", "2032-04-30", 2),
    ("now", "planned", "2032-09-30", 3),
    ("now", "final", "2033-12", None),
    ("evidence", "met", "2031-04-20", 1),
    ("evidence", "lost", "2032-02-10", 1),
    ("reports", "report", "2031-09-01", None),
    ("reports", "redacted", "2031-12-15", None),
    ("reports", "said", "2032-05-10", 2),
    ("editions", "edition", "2031-01-20", 1),
    ("editions", "edition", "2032-06-12", 2),
)
DAYS = charts.Scale.of_days(date(2030, 1, 1), date(2034, 12, 31))
AT = DAYS.across(TODAY.toordinal())


def _lanes() -> Contents:
    events = [Event(lane, kind, PartialDate.parse(on), number) for lane, kind, on, number in EVENTS]
    chart = timeline.lanes(events, TODAY, ORDER, KEPT)
    assert chart is not None
    return named(chart) | {"description": "Three invented steps, one of them proved and no longer met."}


def _entry(kind: str, on: str, text: str, details: tuple[str, ...] = ()) -> dict[str, Any]:
    row = SimpleNamespace(citation=citation("A"), edition=edition(2, datetime(2032, 6, 12, tzinfo=UTC)), edition_id=2)
    told = [english(detail) for detail in details]
    return {"row": row, "kind": kind, "on": PartialDate.parse(on), "text": english(text), "details": told}


def _timeline(request: HttpRequest) -> Contents:
    entries = [
        _entry("said", "2032-05-10", "Milestone 2 said to be met, not proved.", ("Body A",)),
        _entry("change", "2032-03-01", "Plan change: milestone 2, another date: 30 April 2032."),
        _entry("lost", "2032-02-10", "Milestone 1 no longer met.", ("Body B", "Checked on 12 February 2032")),
        _entry("report", "2031-09-01", "Body A: “under way”."),
        _entry("met", "2031-04-20", "Milestone 1 met: Posts that nobody asked for are filled."),
        _entry("event", "2031-01", "The document that words this commitment."),
    ]
    return {"timeline": _lanes() | {"id": "specimen-timeline", "entries": entries}}


def _nothing(request: HttpRequest) -> Contents:
    return {"timeline": {"today": TODAY, "entries": [_entry("event", "2031-01", "The policy was announced.")]}}


def _lineage(request: HttpRequest) -> Contents:
    told = (
        ("x-4", "2032", None, "public"),
        ("x-3", "2030", "2032", "partly"),
        ("x-2", "2027", "2030", "named"),
        ("x-1", None, None, "named"),
    )
    policies = [
        kept_here(
            Policy(code=code, name=f"Policy {code}", starts=_date(starts), ends=_date(ends), text=text), "#history"
        )
        for code, starts, ends, text in told
    ]
    approved = PolicyEvent(policy=policies[-1], kind=PolicyEvent.Kind.APPROVED, on=PartialDate.parse("2028-05"))
    axis = Axis.over(policies, TODAY, [approved])
    begun = [None, None, None, approved]
    bars = [
        {"policy": policy, "current": nth == 0, "period": period(policy, event), "bar": axis.bar(policy, event)}
        for nth, (policy, event) in enumerate(zip(policies, begun, strict=True))
    ]
    return {"caption": _("Policies"), "axis": axis.drawn(), "bars": bars}


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


MOMENTS: Final = (
    *KINDS.items(),
    ("open", gettext_lazy("not met")),
    ("silent", gettext_lazy("No report")),
    ("rival", gettext_lazy("two answers that contradict each other")),
    ("change", gettext_lazy("plan change")),
    ("event", gettext_lazy("what happened to the policy")),
    ("edition", gettext_lazy("edition")),
    ("today", gettext_lazy("today")),
)

GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "history",
        gettext_lazy("What happened, and when"),
        (
            Specimen("components/timeline.html", gettext_lazy("Plans, evidence and reports"), _timeline),
            Specimen("components/timeline.html", gettext_lazy("Where nothing is on record"), _nothing),
            Specimen(
                "charts/lanes.svg",
                gettext_lazy("The drawing alone; not on phones"),
                lambda request: _lanes() | {"id": "specimen-lanes"},
                around="lanes",
            ),
            Marks("components/moment.html", gettext_lazy("The shapes of what happened"), "kind", MOMENTS),
            Specimen("components/lineage.html", gettext_lazy("Policies on one axis of years"), _lineage),
            Specimen("components/lineage_key.html", gettext_lazy("What the bars say"), {"id": "specimen-lineage-key"}),
            Specimen("charts/years.svg", gettext_lazy("Years"), {"years": charts.years(DAYS), "today": AT}),
            Specimen(
                "charts/lineage.svg",
                gettext_lazy("The period of a policy"),
                {"span": charts.span(date(2031, 1, 1), None, DAYS), "publicity": "partly", "today": AT},
            ),
        ),
    ),
)
