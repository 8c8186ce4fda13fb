"""Items for a reviewer's eyes: every public column of each, beside what it replaces or what the plan says now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import FETCH_PEERS, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from azm.lib.partialdates import PartialDate
from azm.lib.templatetags.azm import date_short, english, number
from tracker.admin.lists import note_of
from tracker.assessment.drift import ActionDrift, Drift, StepDrift, drifts, in_order
from tracker.columns import label, led_to, shown
from tracker.models import Edition, PlanChange, Publishable, Replaceable, Return
from tracker.publishing.compare import related
from tracker.publishing.gate import edited_by
from tracker.publishing.recipes import NEWEST_RECIPE, RECIPES

LINK = '<a href="{}">{}</a> <bdi>{}</bdi>'
IN_THE_HEAD = {"code", "replaces__code"}  # an entry opens with these and, if it corrects another, with the reason
CITED = ("quotation", "paraphrase", "translation_ur", "place", "speaker", "speaker_ur", "attribution", "repeats__code")


@dataclass(frozen=True)
class Line:
    """One column of an item. `before` is None where there is nothing to compare it with; of a column that a plan
    change is `silent` about, it is what stays."""

    label: Any
    after: Any
    before: Any = None
    silent: bool = False

    @property
    def differs(self) -> bool:
        return self.before is not None and not self.silent and self.before != self.after

    @property
    def difference(self) -> str:
        if self.silent:
            return _("stays")
        if not self.differs:
            return _("the same")
        if not self.before:
            return _("added")
        return _("changed") if self.after else _("left out")


@dataclass(frozen=True)
class Comparison:
    """Columns of an item, perhaps beside others, whose heading is `before`."""

    columns: list[Line]
    before: str = ""
    after: str = ""

    @property
    def lines(self) -> list[Line]:
        return [line for line in self.columns if line.after or line.before]

    @property
    def empty(self) -> list[str]:
        """What is not filled in, by name: it may be what is missing."""
        return [str(line.label) for line in self.columns if not (line.after or line.before)]


@dataclass(frozen=True)
class Entry:
    """A row as the reviewer sees it. `own`: they entered or edited it, so another must publish it.

    `returned` is the newest note with which it went back before.
    """

    row: Publishable
    own: bool
    returned: Any
    comparisons: list[Comparison]

    @property
    def item(self) -> str:
        """How a form names the row, in the version that is on the screen."""
        return f"{self.row._meta.model_name}:{self.row.pk}:{self.row.version}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def address(self) -> str:
        return desk_address(self.row)

    @property
    def anchor(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}"

    @property
    def replaces(self) -> Any:
        return getattr(self.row, "replaces", None)

    @property
    def replaced_address(self) -> str:
        return desk_address(self.replaces)


def desk_address(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def entries(rows: Any, reviewer: Any) -> list[Entry]:
    """The rows of one model with all that they name, in a number of queries that does not depend on theirs."""
    model, found = rows.model, list(rows.fetch_mode(FETCH_PEERS))
    ids = [row.pk for row in found]
    edited = set(edited_by(reviewer, model, ids))
    returned = Return.newest(model, ids)
    present = _present_plans(found) if model is PlanChange else {}
    return [
        Entry(
            row,
            own=row.pk in edited or row.entered_by_id == reviewer.pk,
            returned=note_of(returned.get(row.pk)),
            comparisons=list(_comparisons(row, present.get(row.pk))),
        )
        for row in found
    ]


def _comparisons(row: Any, present: dict[str, Any] | None) -> Iterator[Comparison]:
    if present is not None:
        yield Comparison(list(_plan(row, present)), _("The plan at present"), _("This change"))
    replaced = getattr(row, "replaces", None)
    heading = _("Stands now: %s") % replaced.code if replaced else ""
    yield Comparison(list(_lines(row, replaced)), heading, _("This item"))


# Columns


def columns(model: type[Publishable]) -> list[str]:
    """What the public reads of a row: the recipe's columns and the mendable ones, each with its Urdu text after it."""
    recipe = RECIPES[NEWEST_RECIPE][model._meta.model_name or ""]
    names = [name for name in model.MENDABLE if not name.endswith("_ur") and name not in recipe]
    head = IN_THE_HEAD | {"reason"} if issubclass(model, Replaceable) else IN_THE_HEAD
    paths = [path for path in [*names, *recipe] if path not in head]
    found = [column for path in paths for column in (path, f"{path}_ur") if column == path or column in model.MENDABLE]
    return [*found, *(name for name in model.MENDABLE if name not in found)]


def _lines(row: Any, replaced: Any) -> Iterator[Line]:
    model = type(row)
    for path in columns(model):
        yield Line(label(model, path), said(row, path), said(replaced, path) if replaced else None)
    if hasattr(row, "citation_id"):
        yield from _cited(row.citation, replaced)


def _cited(citation: Any, replaced: Any) -> Iterator[Line]:
    """The words that the row rests on, whole, and where they can be read."""
    old = replaced and replaced.citation
    model = type(citation or old)
    for path in CITED if citation or old else ():
        yield Line(label(model, path), said(citation, path), said(old, path) if replaced else None)
    yield Line(_("where it can be read"), _link(citation), _link(old) if replaced else None)


def said(row: Any, path: str) -> Any:
    """The content of a column; other rows with their code, name and page, texts in their own language."""
    if row is None:
        return ""
    if (prefix := related(path)) and not path.endswith("_id"):
        target = led_to(row, prefix)
        name = target and (str(target.source) if path == "citation__code" else _name(target))
        return format_html(LINK, desk_address(target), target.code, name) if target else ""
    value = shown(row, path)
    urdu = path.endswith("_ur") or (path == "quotation" and row.source.language == "ur")
    return format_html('<span lang="ur" dir="rtl">{}</span>', value) if value and urdu else value


def _name(row: Any) -> str:
    """What a row is called, without the code that some names begin with."""
    return str(row).removeprefix(row.code).lstrip(" :")


def _link(citation: Any) -> Any:
    url = citation.source.url if citation else ""
    return format_html('<a href="{}" rel="noreferrer">{}</a>', url, url) if url else ""


# Plans


def _present_plans(planned: list[PlanChange]) -> dict[int, dict[str, Any]]:
    """For each planned change, what the newest edition says of the action or the milestone."""
    newest = Edition.objects.newest()
    number = newest.number if newest else 0
    actions = drifts(ActionDrift, number, {change.action_id for change in planned if change.action_id})
    steps = drifts(StepDrift, number, {change.milestone_id for change in planned if change.milestone_id})
    wordings = _wordings(number, planned)
    return {
        change.pk: _present(
            change.action or change.milestone,
            actions.get(change.action_id or 0) or steps.get(change.milestone_id or 0),
            wordings.get((change.action_id, change.milestone_id)),
        )
        for change in planned
    }


def _wordings(number: int, planned: list[PlanChange]) -> dict[tuple[int | None, int | None], str]:
    """The wordings that were corrected, the last one of each thing."""
    of = Q(action__in={c.action_id for c in planned}) | Q(milestone__in={c.milestone_id for c in planned})
    corrected = PlanChange.objects.in_edition(number).filter(of).exclude(new_wording="")
    return {(change.action_id, change.milestone_id): change.new_wording for change in in_order(corrected)}


def _present(thing: Any, drift: Drift | None, wording: str | None) -> dict[str, Any]:
    """A thing that is not published yet has the plan that was typed."""
    return {
        "due_first": drift.due_first if drift else thing.due,
        "due_now": drift.due_now if drift else thing.due,
        "weight": drift.weight if drift else thing.weight,
        "wording": wording or getattr(thing, "wording", "") or thing.title,
        "dropped": bool(drift and drift.dropped),
    }


def _plan(planned: PlanChange, present: dict[str, Any]) -> Iterator[Line]:
    kinds = PlanChange.Kind
    is_correction = planned.kind == kinds.CORRECTION
    said = {
        "due_first": planned.new_due if is_correction else None,
        "due_now": planned.new_due if planned.kind == kinds.DEADLINE else None,
        "weight": planned.new_weight,
        "wording": planned.new_wording,
        "dropped": planned.kind == kinds.DROPPED or None,
    }
    words = {
        "due_first": _("first deadline"),
        "due_now": _("deadline in force"),
        "weight": _("weight in force"),
        "wording": _("wording"),
        "dropped": _("dropped"),
    }
    for name, word in words.items():
        after = _plainly(said[name])
        yield Line(word, after, _plainly(present[name]), silent=not after)


def _plainly(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return english(value)
    return date_short(value) if isinstance(value, PartialDate) else number(value)
