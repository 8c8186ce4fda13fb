"""Specimens of what is said in words and shapes: states, chains, quotations, findings, facts."""

from decimal import Decimal
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from azm.lib.templatetags.azm import english
from tracker.assessment.rules import ShareAgainstCounts
from tracker.assessment.rules.sums import Line
from tracker.assessment.schedule import State
from tracker.assessment.standings import Chain
from tracker.views.styleguide.specimen import Contents, Group, Specimen


def chain(present: int) -> dict[str, bool]:
    """The first so many of the seven links."""
    return {str(word): n < present for n, word in enumerate(Chain.LINKS.values())}


def _state(state: State) -> Specimen:
    reason = _missing if state == State.CANNOT_SAY else ""
    return Specimen("components/state.html", state.label, {"state": state.value, "word": state.label, "reason": reason})


_missing = gettext_lazy("no owner, no measure")


def _finding(request: HttpRequest) -> Contents:
    lines = [
        Line(_("Numerator, as stated"), "40"),
        Line(_("Denominator, as stated"), "90"),
        Line("40 ÷ 90", "44.44%", "result"),
        Line(_("Share, as stated"), "45.0%"),
        Line(pgettext("of two numbers", "Difference"), _("0.56 points"), "difference"),
    ]
    return {
        "finding": {
            "subject": english("A share that was invented for this page"),
            "url": "#remarks",
            "sentence": english("45.0% does not agree with 40 of 90, which is 44.4%."),
            "rule": ShareAgainstCounts,
            "shape": "behind",
            "sum": lines,
            "method_url": "#remarks",
            "working": ["40 ÷ 90 = 44.4%"],
            "citations": [],
            "answers": [],
        },
        "lines": lines,
    }


def _panel(request: HttpRequest) -> Contents:
    finding = _finding(request)["finding"]
    return {"findings": {"rows": [finding], "count": 1, "more": False, "url": "#remarks", "file_url": "#remarks"}}


def _working(request: HttpRequest) -> Contents:
    return {
        "working": {
            "rule": english("A rule in a sentence."),
            "formula": ["(8 − 2) ÷ (10 − 2) = 0.75"],
            "inputs": [{"term": english("Latest figure"), "says": "8", "citation": "specimen.words", "edition": 1}],
            "thresholds": [(english("on track from"), Decimal("0.95"))],
        }
    }


def _links(request: HttpRequest) -> Contents:
    return {"links": chain(3)}


def _figures(request: HttpRequest) -> Contents:
    return {
        "figures": [
            {"value": "44%", "label": english("A share"), "period": "2031", "source": english("Publisher A, 2032")},
            {"word": _("withheld"), "label": english("Another"), "source": english("Publisher B, 2032")},
        ]
    }


GROUPS: Final[tuple[Group, ...]] = (
    Group(
        "states",
        gettext_lazy("States"),
        (
            *(_state(state) for state in State),
            Specimen("components/mark.html", gettext_lazy("The shape alone: nothing can be computed"), {}),
        ),
    ),
    Group(
        "chain",
        gettext_lazy("The chain of accountability"),
        (
            Specimen("components/chain.html", gettext_lazy("Three of seven links"), _links),
            Specimen("charts/chain.svg", gettext_lazy("The drawing alone"), _links),
            Specimen(
                "components/chain_summary.html",
                gettext_lazy("Over all commitments"),
                lambda request: {
                    "counts": dict(zip(chain(0), (5, 4, 0, 1, 0, 4, 2), strict=True)),
                    "total": 11,
                },
            ),
        ),
    ),
    Group(
        "quotations",
        gettext_lazy("Quotations and facts"),
        (
            Specimen(
                "components/quotation.html",
                gettext_lazy("In English"),
                {"quotation": "Words that nobody said, so that one sees how they would stand."},
            ),
            Specimen(
                "components/quotation.html",
                gettext_lazy("In Urdu"),
                {"quotation": "یہ الفاظ کسی نے نہیں کہے؛ صرف نمونہ ہیں۔", "language": "ur"},
            ),
            Specimen(
                "components/definitions.html",
                gettext_lazy("Facts by name"),
                lambda request: {
                    "items": [
                        {"term": english("Unit"), "description": english("specimens")},
                        {"term": english("Digest"), "description": "0123456789abcdef" * 4, "digest": True},
                    ]
                },
            ),
            Specimen("components/figures.html", gettext_lazy("Figures that stand alone"), _figures),
            Specimen(
                "components/situation.html",
                gettext_lazy("The situation, apart"),
                lambda request: {
                    "scope": english("Area A, 2031"),
                    "figures": [{"value": "1,234", "label": english("things that were invented")}],
                    "remarks": [english("What the source does not count is said.")],
                },
            ),
            Specimen(
                "components/empty.html",
                gettext_lazy("Nothing on record"),
                lambda request: {
                    "title": _("No target on record."),
                    "reason": _("One enters with a source; none is taken to be zero meanwhile."),
                },
            ),
        ),
    ),
    Group(
        "remarks",
        gettext_lazy("Findings"),
        (
            Specimen("components/finding.html", gettext_lazy("With its working as a sum"), _finding),
            Specimen("components/finding_kind.html", gettext_lazy("Its kind, in a list"), _finding),
            Specimen("components/sum.html", gettext_lazy("A sum"), _finding),
            Specimen("components/findings_panel.html", gettext_lazy("On the page of a row"), _panel),
            Specimen("components/working.html", gettext_lazy("How a judgement was worked out"), _working),
        ),
    ),
)
