"""Published rows on the screens that take them out of the ledger: how forms name them, and how they are shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import display_for_field
from django.core.exceptions import BadRequest
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin import scope
from tracker.admin.states import state_of
from tracker.models import REDACTED, Publishable
from tracker.publishing.guard import publishable_models
from tracker.publishing.redact import emptied
from tracker.publishing.selection import Selection

MOST = 500  # rows that are chosen at once
SHOWN = 100  # rows of each kind that go with what was chosen; of the others the number is told
ITEM = re.compile(r"([a-z]+):([1-9][0-9]{0,17})")
KEPT_BY_THE_LEDGER = {field.name for field in Publishable._meta.fields} | {"id", "code"}


@dataclass(frozen=True)
class Detail:
    """One column of a row: `goes` if a redaction empties it."""

    label: str
    value: str
    goes: bool


@dataclass(frozen=True)
class Line:
    """A row in full."""

    row: Publishable

    @property
    def item(self) -> str:
        return f"{self.row._meta.model_name}:{self.row.pk}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def state(self) -> tuple[str, str]:
        return state_of(self.row)

    @property
    def address(self) -> str:
        return reverse(f"admin:tracker_{self.row._meta.model_name}_change", args=[self.row.pk])

    @property
    def details(self) -> list[Detail]:
        goes = emptied(type(self.row))
        fields = [
            field for field in self.row._meta.fields if field.name not in KEPT_BY_THE_LEDGER and not field.generated
        ]
        told = [(field, _shown(self.row, field)) for field in fields]
        return [
            Detail(str(field.verbose_name), value, field.name in goes and value != REDACTED)
            for field, value in told
            if value
        ]


def _shown(row: Publishable, field: Any) -> str:
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(display_for_field(value, field, ""))


@dataclass(frozen=True)
class Group:
    """Rows of one kind: all of them counted, the first ones shown."""

    name: str
    count: int
    lines: list[Line]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)


def lines_of(rows: Iterable[Publishable]) -> list[Line]:
    return [Line(row) for row in rows]


def groups_of(selection: Selection) -> list[Group]:
    """The rows by kind, with all that their lines name in as many queries as there are kinds of it."""
    return [
        Group(str(model._meta.verbose_name_plural), len(ids), lines_of(_in_full(model, ids)[:SHOWN]))
        for model in publishable_models()
        if (ids := selection.get(model))
    ]


def _in_full(model: type[Publishable], ids: Iterable[int]) -> Any:
    return model.objects.filter(pk__in=ids).order_by("code").fetch_mode(models.FETCH_PEERS)


def without(selection: Selection, other: Selection) -> Selection:
    return {model: set(ids) - other.get(model, set()) for model, ids in selection.items()}


def rows_in(selection: Selection) -> list[Publishable]:
    return [row for model in publishable_models() for row in _in_full(model, selection.get(model, set()))]


def rows_named(values: Iterable[str], user: Any) -> list[Publishable]:
    """The rows that a form names; a form that is none of ours is refused."""
    known = {model._meta.model_name: model for model in publishable_models()}
    named: dict[type[Publishable], set[int]] = {}
    for value in values:
        match = ITEM.fullmatch(value)
        if match is None or match[1] not in known:
            raise BadRequest(_("No such row."))
        named.setdefault(known[match[1]], set()).add(int(match[2]))
    wanted = sum(map(len, named.values()))
    rows: list[Publishable] = [row for model, ids in named.items() for row in scope.visible(_in_full(model, ids), user)]
    if not 0 < len(rows) == wanted <= MOST:
        raise BadRequest(_("No such row."))
    return rows
