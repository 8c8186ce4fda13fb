"""Two editions side by side: what entered, left, was corrected, leads now, and which deadlines moved."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from azm.lib.csvfiles import copy_csv
from azm.lib.templatetags.azm import date_short, digits, english, plain
from tracker.assessment.reading import NoSuchReading, Reading
from tracker.columns import label, shown
from tracker.frame import reading_of
from tracker.models import Edition
from tracker.naming import address, name, with_names
from tracker.publishing import compare as between_editions
from tracker.publishing.compare import Between, Led, Moved, distance
from tracker.views.public import public
from tracker.wording import attribution, figure, period

SHOWN_OF_A_KIND = 20
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
    return Between(*sorted((first, last), key=lambda edition: edition.number))


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
    counts = between_editions.counts(between)
    leading = between_editions.leading_figures(between, SHOWN)
    deadlines = between_editions.moved_deadlines(between)
    corrections = [row for model in between_editions.correctable_models() for row in _corrections(between, model)]
    context = {
        "between": between,
        "form": _form(between),
        "hidden": [{"name": key, "value": request.GET[key]} for key in ("edition", "on") if key in request.GET],
        "csv_url": f"{reverse('compare-csv')}?from={between.first.number}&to={between.last.number}",
        "counts": [row | {"name": row["model"]._meta.verbose_name_plural} for row in counts],
        "entered": list(_groups(between, counts, "entered")),
        "left": list(_groups(between, counts, "withdrawn")),
        "corrections": corrections[:SHOWN],
        "more_corrections": len(corrections) > SHOWN,
        "leading": leading,
        "changed_figures": [_led(led, between) for led in leading.changed],
        "first_figures": [_led(led, between) for led in leading.first],
        "deadlines": [_deadline(moved, between) for moved in deadlines[:SHOWN]],
        "deadline_count": len(deadlines),
    }
    return TemplateResponse(request, "tracker/compare.html", context)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponseBase:
    """One row for each act of the editions after the first, up to the last."""
    reading = reading_of(request)
    between = between_of(request, reading)
    items = between_editions.with_corrections(between.items).order_by("edition_id", "kind", "code", "act")

    file_name = f"azm-compare-{between.first.number}-{between.last.number}.csv"

    def stream() -> Iterator[bytes]:
        with reading.opened():
            yield from copy_csv(items, COLUMNS)

    return StreamingHttpResponse(
        stream() if request.method != "HEAD" else (),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


# Rows that entered or left


def _groups(between: Between, counts: list[dict[str, Any]], act: str) -> Iterator[dict[str, Any]]:
    """Kind by kind the first rows, named, and whether there are more of them."""
    rows_of: Callable[..., Any] = between_editions.entered if act == "entered" else between_editions.left
    for count in counts:
        if not count[act]:
            continue
        model = count["model"]
        rows = list(with_names(rows_of(between, model))[: SHOWN_OF_A_KIND + 1])
        if rows:
            yield {
                "name": model._meta.verbose_name_plural,
                "more": len(rows) > SHOWN_OF_A_KIND,
                "rows": [
                    {
                        "name": name(row),
                        "code": row.code,
                        "edition": row.edition_id if act == "entered" else row.withdrawn_in_id,
                        # A row that left stands last in the edition before.
                        "url": address(row, row.edition_id if act == "entered" else row.withdrawn_in_id - 1),
                    }
                    for row in rows[:SHOWN_OF_A_KIND]
                ],
            }


# Corrections


def _corrections(between: Between, model: Any) -> Iterator[dict[str, Any]]:
    for row in with_names(between_editions.corrected(between, model))[: SHOWN + 1]:
        yield {
            "kind": model._meta.verbose_name,
            "name": name(row),
            "url": address(row, row.edition_id),
            "code": row.code,
            "replaces": row.replaces.code,
            "edition": row.edition_id,
            "reason": english(row.reason),
            "changes": list(_changes(row.replaces, row)),
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
        "indicator": told.series.indicator,
        "area": told.series.area,
        "url": address(told, edition),
        "old": led.old and _figure(led.old),
        "new": led.new and _figure(led.new),
    }


def _figure(snapshot: Any) -> dict[str, Any]:
    return {
        "value": figure(snapshot),
        "period": period(snapshot),
        "attribution": attribution(snapshot),
        "citation": snapshot.citation,
        "url": address(snapshot.citation, snapshot.edition_id) if snapshot.citation else "",
    }


# Deadlines


def _deadline(moved: Moved, between: Between) -> dict[str, Any]:
    return {
        "name": name(moved.thing),
        "url": address(moved.thing, between.last.number),
        "code": moved.thing.code,
        "original": moved.original,
        "before": moved.before,
        "after": moved.after,
        "by": _by_how_much(moved),
        "changes": moved.changes,
    }


def _by_how_much(moved: Moved) -> str:
    """How far the deadline of the last edition is from the original one."""
    if moved.original is None or moved.after is None:
        return _("there was no deadline at first")
    count, unit = distance(moved.original, moved.after)
    if not count:
        return _("as it was at first")
    later = {
        "days": ngettext("%(n)s day later", "%(n)s days later", count),
        "months": ngettext("%(n)s month later", "%(n)s months later", count),
    }
    earlier = {
        "days": ngettext("%(n)s day earlier", "%(n)s days earlier", -count),
        "months": ngettext("%(n)s month earlier", "%(n)s months earlier", -count),
    }
    return (later if count > 0 else earlier)[unit] % {"n": digits(abs(count))}
