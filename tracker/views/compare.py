"""Two editions side by side: what entered, left, was corrected, leads now, and which deadlines moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import BooleanField, Value
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from azm.lib.csvfiles import copy_csv, write_csv
from azm.lib.templatetags.azm import date_short, english, number, plain
from tracker.assessment.reading import NoSuchReading, Reading
from tracker.assessment.sentences import of_commitment
from tracker.columns import label, shown
from tracker.frame import file_name, reading_of
from tracker.models import Edition, EditionItem, Milestone
from tracker.naming import address, code_or_text, kept_back, name, with_names
from tracker.publishing import compare as between_editions
from tracker.publishing.compare import Beside, Between, Leading, Led, Moved, Turned, Turns, judged_on
from tracker.publishing.items import Happened, correctable_models, is_silent, with_corrections
from tracker.views.acts import counted, happenings
from tracker.views.public import public
from tracker.wording import attribution, figure, moved_by, period

FIRST_SHOWN = 20
EVERYDAY = (EditionItem.Act.ENTERED, EditionItem.Act.WITHDRAWN)
SHOWN = 100
PARAMETERS = {"from", "to", "edition", "on"}
COLUMNS = {
    "act": "act",
    "kind": "kind",
    "code": "code",
    "edition": "edition_id",
    "replaces": "replaces",
    "replaced_by": "replaced_by",
    "reason": "reason",
    "old_value": "old_value",
    "new_value": "new_value",
}


# Which editions


def between_of(request: HttpRequest, reading: Reading) -> Between:
    """The editions that the address names, the earlier first; the one being read and the one before, if none."""
    if unknown := sorted(set(request.GET) - PARAMETERS):
        raise BadRequest(
            _("A comparison has no parameter “%(unknown)s”. It has: from, to.") % {"unknown": ", ".join(unknown)[:100]}
        )
    last = _edition(request.GET.get("to")) or reading.edition
    first = _edition(request.GET.get("from")) or Edition.objects.get(number=max(last.number - 1, 1))
    first, last = sorted((first, last), key=lambda edition: edition.number)
    return Between(first, last)


def _edition(asked: str | None) -> Edition | None:
    try:
        return None if asked is None else Reading.of(asked).edition
    except NoSuchReading as error:
        raise BadRequest(str(error)) from error


def _form(between: Between) -> forms.Form:
    choices = [
        (edition.number, _("edition %(n)d, %(day)s") % {"n": edition.number, "day": _day(edition)})
        for edition in Edition.objects.closed().only("number", "published_at").order_by("number")
    ]
    form = forms.Form(initial={"from": between.first.number, "to": between.last.number})
    form.fields["from"] = forms.ChoiceField(label=_("From"), choices=choices)
    form.fields["to"] = forms.ChoiceField(label=_("To"), choices=choices)
    return form


def _day(edition: Edition) -> Any:
    return plain(date_short(edition.published_at))  # an option holds no mark-up


# The page and the file


@public
def compare(request: HttpRequest, reading: Reading) -> TemplateResponse:
    between = between_of(request, reading)
    leading = between_editions.leading_figures(between, SHOWN)
    deadlines = between_editions.moved_deadlines(between, SHOWN)
    corrections = [row for model in correctable_models() for row in _corrections(between, model)]
    turns = between_editions.turned_states(between, SHOWN)
    beside = between_editions.entered_beside(between, SHOWN)
    context = {
        "lead": _lead(leading, turns, len(deadlines), len(corrections)),
        "between": between,
        "form": _form(between),
        "hidden": [{"name": key, "value": request.GET[key]} for key in ("edition", "on") if key in request.GET],
        "csv_url": f"{reverse('compare-csv')}?from={between.first.number}&to={between.last.number}",
        **counted(request, between, *EVERYDAY),
        "happenings": _happenings(request, between),
        "corrections": corrections[:SHOWN],
        "correction_count": len(corrections),
        "more_corrections": len(corrections) > SHOWN,
        "turned": [_turned(turned, between) for turned in turns.shown],
        "turned_count": turns.count,
        "leading": leading,
        "changed_figures": [_led(led, between) for led in leading.changed],
        "beside": [_beside(request, row, between) for row in beside[:SHOWN]],
        "more_beside": len(beside) > SHOWN,
        "first_figures": [_led(led, between) for led in leading.first[:FIRST_SHOWN]],
        "deadlines": [_deadline(moved, between) for moved in deadlines],
        "more_deadlines": len(deadlines) >= SHOWN,
    }
    return TemplateResponse(request, "tracker/compare.html", context)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponseBase:
    """One row for each act of the editions after the first, up to the last; then one for each state that turned."""
    reading = reading_of(request)
    between = between_of(request, reading)
    items = with_corrections(between.items, between.last).order_by("edition_id", "kind", "code", "act")

    named = file_name(f"compare-{between.first.number}-{between.last.number}", between.last)
    sample = {"sample": Value(True, output_field=BooleanField())} if settings.AZM_SAMPLE else {}

    def stream() -> Iterator[bytes]:
        with reading.opened():
            yield from copy_csv(items, {**COLUMNS, **sample})
            yield from write_csv(_turned_rows(between), {**COLUMNS, **dict.fromkeys(sample, "sample")}, head=False)

    return StreamingHttpResponse(
        stream() if request.method != "HEAD" else (),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{named}"'},
    )


# What is said first


def _lead(leading: Leading, turns: Turns, moved: int, corrected: int) -> str:
    """What changed, in a sentence of counts: leading figures and states always, the rest if there is any."""
    counts: list[tuple[int, Any, Any]] = [
        (
            leading.changed_count,
            _("no leading figure changed"),
            lambda n: ngettext("{} leading figure changed", "{} leading figures changed", n),
        ),
        (
            leading.first_count,
            "",
            lambda n: ngettext("{} series gained its first figure", "{} series gained their first figure", n),
        ),
        (
            turns.count,
            _("no commitment is in another state"),
            lambda n: ngettext("{} commitment is in another state", "{} commitments are in another state", n),
        ),
        (moved, "", lambda n: ngettext("{} deadline moved", "{} deadlines moved", n)),
        (corrected, _("no row was corrected"), lambda n: ngettext("{} row was corrected", "{} rows were corrected", n)),
    ]
    told = [format_html(say(n), number(n)) if n else none for n, none, say in counts if n or none]
    return format_html(_("{}."), format_html_join(_(", "), "{}", ((part,) for part in told)))


# What happened


def _happenings(request: HttpRequest, between: Between) -> list[dict[str, Any]]:
    """Corrections have a table of their own. One edition has a list of its rows, several have the file."""
    number = between.last.number
    listed = {"published_in": number} if number - between.first.number == 1 else {}
    found = happenings(request, between.items, **listed)
    return [group for group in found if group["happened"] != Happened.CORRECTED]


# Corrections


def _corrections(between: Between, model: Any) -> Iterator[dict[str, Any]]:
    for row in with_names(between_editions.corrected(between, model))[: SHOWN + 1]:
        silent = row.redacted_in_id is not None or is_silent(row, between.last)
        yield {
            "kind": model._meta.verbose_name,
            "name": name(row, edition=between.last),
            "url": address(row, row.edition_id),
            "code": row.code,
            "replaces": row.replaces.code,
            "edition": row.edition_id,
            "silent": silent,
            "reason": "" if silent else english(row.reason),
            "changes": [] if silent else list(_changes(row.replaces, row)),
        }


def _changes(old: Any, new: Any) -> Iterator[dict[str, Any]]:
    for path in between_editions.compared(type(new)):
        was, now = shown(old, path), shown(new, path)
        if was != now:
            yield {"label": label(type(new), path), "old": was, "new": now}


# Leading figures


def _led(led: Led, between: Between) -> dict[str, Any]:
    told: Any = led.new or led.old
    edition = between.last.number if led.new else between.first.number
    return {
        "indicator": code_or_text(told.series.indicator, "name", between.last),
        "area": told.series.area,
        "url": address(told, edition),
        "old": led.old and _old_figure(led.old, between),
        "new": led.new and _figure(led.new),
        "because": led.because.get_reason_display() if led.because else "",
    }


def _beside(request: HttpRequest, row: Beside, between: Between) -> dict[str, Any]:
    low, high = figure(row.low), figure(row.high)
    several = ngettext("{n} figure, {low} to {high}", "{n} figures, {low} to {high}", row.count)
    series: Any = row.leading.series
    query = urlencode({"indicator": series.indicator.code, "area": series.area_id, "edition": between.last.number})
    return {
        "indicator": code_or_text(series.indicator, "name", between.last),
        "area": series.area,
        "url": address(row.leading, between.last.number),
        "list_url": f"{reverse('snapshots')}?{query}",
        "leading": _figure(row.leading),
        "single": _figure(row.low) if row.count == 1 else None,
        "entered": format_html(several, n=number(row.count), low=low, high=high) if row.count > 1 else low,
        "publishers": row.publishers,
    }


def _old_figure(snapshot: Any, between: Between) -> dict[str, Any]:
    """What led before; nothing of what it said where that is kept back by now."""
    if not kept_back(snapshot, between.last):
        return _figure(snapshot)
    return {"value": _("a figure that is suspended"), "period": "", "attribution": "", "citation": None, "url": ""}


def _figure(snapshot: Any) -> dict[str, Any]:
    return {
        "value": figure(snapshot),
        "period": period(snapshot),
        "attribution": attribution(snapshot),
        "citation": snapshot.citation,
        "url": address(snapshot.citation, snapshot.edition_id) if snapshot.citation else "",
    }


# States


def _turned(turned: Turned, between: Between) -> dict[str, Any]:
    return {
        "action": turned.action,
        "url": address(turned.action, between.last.number),
        "was": turned.was,
        "now": turned.now,
        "because": of_commitment(turned.now, turned.action, judged_on(between.last)),
    }


@dataclass(frozen=True)
class TurnedRow:
    """A state that turned, in the columns of the file; its reason is the English sentence of the page."""

    code: str
    edition_id: int
    reason: str
    old_value: str
    new_value: str
    act: str = "state-changed"
    kind: str = "policyaction"
    replaces: str = ""
    replaced_by: str = ""
    sample: bool = True


def _turned_rows(between: Between) -> Iterator[TurnedRow]:
    with translation.override("en"):
        for turned in between_editions.turned_states(between).shown:
            because = str(plain(of_commitment(turned.now, turned.action, judged_on(between.last))))
            yield TurnedRow(
                turned.action.code, between.last.number, unescape(because), turned.was.state, turned.now.state
            )


# Deadlines


def _deadline(moved: Moved, between: Between) -> dict[str, Any]:
    thing, drift = moved.thing, moved.drift
    return {
        "thing": thing,
        "action": thing.action if isinstance(thing, Milestone) else None,
        "url": address(thing, between.last.number),
        "original": drift.due_first if thing.due else None,
        "later": None if thing.due else drift.due_first,
        "before": moved.before,
        "after": drift.due_now,
        "by": moved_by(drift) if thing.due or drift.moves else _("there was no deadline at first"),
        "changes": moved.changes,
    }
