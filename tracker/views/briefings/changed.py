"""What changed between the two editions of a briefing."""

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from django.apps import apps
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from azm.lib.templatetags.azm import date_short, in_language, number
from tracker.assessment.sentences import of_commitment
from tracker.frame import href
from tracker.listings.history import Line
from tracker.models import MetricSnapshot, Milestone, PlanChange
from tracker.naming import NAMED, address, code_or_text, listed, more
from tracker.publishing import compare as between_editions
from tracker.publishing.compare import Between, Led, Moved, Turned, moved_deadlines
from tracker.publishing.items import Happened, is_silent
from tracker.publishing.scopes import items_of
from tracker.views.acts import first_lines, times
from tracker.views.briefings.notes import Note
from tracker.views.briefings.sheet import FEW, SHOWN, Group, Point, Sheet
from tracker.wording import figure, figure_with_unit, moved_by, period

PLANS, REPORTS = "planchange", "progressupdate"
ENTERED: Final = Happened.ENTERED.value
UNDONE: Final = (
    Happened.CORRECTED,
    Happened.WITHDRAWN,
    Happened.SUSPENDED,
    Happened.RESTORED,
    Happened.REDACTED,
)
"""What happened to rows that had been published before."""


def changed(sheet: Sheet) -> list[Group]:
    """The states first, then figures, plans and reports, what was taken back, and what else is new, by number."""
    if sheet.between is None:
        return []
    return [*_states(sheet), *_figures(sheet), *_rows(sheet)]


def _states(sheet: Sheet) -> Iterator[Group]:
    between = _between(sheet)
    turns = between_editions.turned_states(between, SHOWN, sheet.actions)
    prefetch_related_objects([turned.now for turned in turns.shown], "reported__citation__source")
    yield sheet.group(
        "states", _("States changed"), turns.shown, lambda turned: _turned(sheet, turned),
        _comparison(between, "states"), turns.count,
    )  # fmt: skip


def _turned(sheet: Sheet, turned: Turned) -> Point:
    action, now = turned.action, turned.now
    because = of_commitment(now, action, sheet.reading.on)
    return Point(
        about=in_language(action, "title"),
        url=href(sheet.request, action),
        state=now.state,
        word=now.get_state_display(),
        words=format_html(_("It was: {}. {}"), format_html("<del>{}</del>", turned.was.get_state_display()), because),
        notes=sheet.notes.of(action.citation, now.reported and now.reported.citation),
    )


# Figures


def _figures(sheet: Sheet) -> Iterator[Group]:
    """The figure that leads a series, where it is another one than before."""
    between = _between(sheet)
    leading = between_editions.leading_figures(between, SHOWN, sheet.subject.figures)
    for id, title, shown, count, most in (
        ("figures", _("Leading figures changed"), leading.changed, leading.changed_count, SHOWN),
        ("first-figures", _("First figures"), leading.first, leading.first_count, FEW),
    ):
        yield sheet.group(id, title, shown, lambda led: _led(sheet, led), _compared_file(between), count, most)


def _led(sheet: Sheet, led: Led) -> Point:
    between, (old, new) = _between(sheet), (led.old, led.new)
    told: Any = new or old
    struck = _of_period(format_html("<del>{}</del>", _said(old, between)), old) if old else ""
    value = _of_period(format_html("<ins>{}</ins>", figure_with_unit(new)), new) if new else ""
    return Point(
        about=_series(told, between),
        url=address(told, between.last.number if new else between.first.number),
        words=listed([struck, value or _("no figure leads any more")]),
        notes=sheet.notes.of(new and new.citation, old and old.citation),
    )


def _said(old: MetricSnapshot, between: Between) -> SafeString | str:
    """The words of a row that is suspended are kept back, on the sheet as on every page."""
    return _("a figure that is suspended") if is_silent(old, between.last) else figure(old)


def _of_period(value: SafeString, snapshot: MetricSnapshot) -> SafeString:
    return format_html(_("{} ({})"), value, period(snapshot) or _("period not stated"))


def _series(snapshot: MetricSnapshot, between: Between) -> SafeString:
    series = snapshot.series
    indicator = code_or_text(series.indicator, "name", between.last)
    return format_html(_("{}, {}"), indicator, in_language(series.area, "short_name"))


# Rows


def _rows(sheet: Sheet) -> Iterator[Group]:
    """Plans, reports, and whatever was corrected or left; what merely entered is counted."""
    between, subject = _between(sheet), sheet.subject
    # A deadline that moved is told with how far, and the leading figures above have told the new ones.
    deadlines = PlanChange.objects.filter(kind=PlanChange.Kind.DEADLINE).order_by().values("code")
    items = between.items.filter(items_of(subject.scope))
    others = items.exclude(kind=PLANS, act=between_editions.ENTERED, code__in=deadlines)
    counts = times(others)
    entered = counts.get(ENTERED, {})
    undone = [(happened.value, kind) for happened in UNDONE for kind in NAMED if kind in counts.get(happened, {})]
    wanted = [(ENTERED, kind) for kind in (PLANS, REPORTS) if kind in entered]
    lines = first_lines(sheet.request, others, [*wanted, *undone], SHOWN)
    history = sheet.whole("history")
    entries: list[Moved | Line] = [*moved_deadlines(between, None, subject.scope[PlanChange]), *lines[ENTERED, PLANS]]
    moved = sum(isinstance(entry, Moved) for entry in entries)
    yield sheet.group(
        "plans", _("Plans that changed"), entries, lambda entry: _plan(sheet, entry), history,
        moved + entered.pop(PLANS, 0),
    )  # fmt: skip
    yield sheet.group(
        "reports", _("New reports"), lines[ENTERED, REPORTS], lambda line: _line(sheet, line), history,
        entered.pop(REPORTS, 0), FEW,
    )  # fmt: skip
    yield sheet.group(
        "undone", _("Corrected, withdrawn or hidden"), chain.from_iterable(lines[key] for key in undone),
        lambda line: _line(sheet, line), history, sum(counts[happened][kind] for happened, kind in undone),
    )  # fmt: skip
    if entered:
        yield Group("entered", _("Also new on the record"), [_counts(sheet, entered)], 1)


def _plan(sheet: Sheet, entry: Moved | Line) -> Point:
    return _moved(sheet, entry) if isinstance(entry, Moved) else _line(sheet, entry)


def _moved(sheet: Sheet, moved: Moved) -> Point:
    """A deadline with the one before it struck, and how far it is from the first."""
    thing, drift = moved.thing, moved.drift
    by = moved_by(drift) if thing.due or drift.moves else _("there was no deadline at first")
    reasons = (in_language(change, "reason") for change in moved.changes)
    was, now = (date_short(day) or _("no date") for day in (moved.before, drift.due_now))
    dates = format_html("<del>{}</del> <ins>{}</ins>", was, now)
    of_step = format_html("{}: ", in_language(thing.action, "title")) if isinstance(thing, Milestone) else ""
    return Point(
        about=format_html("{}{}", of_step, in_language(thing, "title")),
        url=href(sheet.request, thing),
        words=format_html("{}, {}. {}", dates, by, format_html_join(" ", "{}", ((reason,) for reason in reasons))),
        notes=sheet.notes.of(*(change.citation for change in moved.changes)),
    )


def _line(sheet: Sheet, line: Line) -> Point:
    """What happened to one row, in the words of the history."""
    told = line.told
    words = [] if told.happened == Happened.ENTERED else [format_html("{}", told.happened.label)]
    if line.gone:
        words.append(format_html("({})", line.gone))
    if line.old:
        words.append(format_html(_("instead of {}"), format_html("<del>{}</del>", line.old)))
    at_length = line.reason or (more(told.row) if told.item.kind in (PLANS, REPORTS) else "")
    said = format_html(_("{}."), listed(words)) if words else ""
    return Point(
        about=line.name,
        url=line.url,
        words=format_html_join(" ", "{}", ((part,) for part in (said, at_length) if part)),
        notes=_notes(sheet, line),
    )


def _notes(sheet: Sheet, line: Line) -> list[Note]:
    """What entered has a document; that a row left, came back or lost its words, and why, is told by the edition."""
    citation = getattr(line.told.row, "citation", None)
    entered = line.told.happened in (Happened.ENTERED, Happened.CORRECTED)
    if entered and citation is not None and not line.silent:
        return sheet.notes.of(citation)
    return [sheet.notes.edition(line.told.item.edition)]


def _counts(sheet: Sheet, entered: dict[str, int]) -> Point:
    told = (
        format_html("{} {}", number(entered[kind]), _of_kind(kind, entered[kind])) for kind in NAMED if kind in entered
    )
    notes = [sheet.notes.edition(sheet.reading.edition)]
    return Point(about="", words=format_html(_("{}."), listed(told)), notes=notes)


def _of_kind(kind: str, n: int) -> Any:
    meta = apps.get_model("tracker", kind)._meta
    return meta.verbose_name if n == 1 else meta.verbose_name_plural


def _between(sheet: Sheet) -> Between:
    assert sheet.between is not None
    return sheet.between


def _compared_file(between: Between) -> str:
    """The page shows the first of them, the file holds all."""
    return f"{reverse('compare-csv')}?from={between.first.number}&to={between.last.number}"


def _comparison(between: Between, section: str) -> str:
    return f"{reverse('compare')}?from={between.first.number}&to={between.last.number}#{section}"
