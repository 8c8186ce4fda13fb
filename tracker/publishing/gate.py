"""The gate: what stands between a draft and publication."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.assessment.rules import Finding, Severity, findings
from tracker.models import REDACTED, Publishable
from tracker.publishing.selection import Selection, named


class GateRefused(Exception):
    """Nothing was published; `problems` are sentences, one for each item and what it lacks."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def problems_of(selection: Selection, reviewer: Any | None) -> list[str]:
    """Every reason not to publish the selection, in sentences that name the item."""
    problems: list[str] = []
    for model, ids in selection.items():
        rows = model.objects.filter(pk__in=ids)
        problems += map(str, _blocking(rows))
        problems += _resting_on_what_left(rows)
        problems += _posing_as_redacted(rows)
        if reviewer is not None:
            problems += [
                _("%(kind)s %(code)s: you entered or edited it yourself; another reviewer must publish it.")
                % named(row)
                for row in rows.filter(Q(entered_by=reviewer) | Q(pk__in=edited_by(reviewer, model, ids))).order_by(
                    "code"
                )
            ]
    return problems


def edited_by(person: Any, model: type[Publishable], ids: Iterable[int]) -> list[int]:
    """Those of the rows whose content the person changed, as the history tells; moving a stage is no edit."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH told AS (
                    SELECT "row", who, op, was - %(moved)s::text[] AS was,
                           lead(was - %(moved)s::text[]) OVER (PARTITION BY "row" ORDER BY id) AS became
                      FROM tracker_change WHERE "table" = %(table)s AND "row" = ANY(%(ids)s))
                SELECT DISTINCT "row" FROM told JOIN {table} now_row ON now_row.id = told."row"
                 WHERE who = %(person)s AND (op = 'I' OR op = 'U'
                       AND was IS DISTINCT FROM coalesce(became, to_jsonb(now_row) - %(moved)s::text[]))""",
            {"moved": ["stage", "version", "search"], "table": table, "ids": list(ids), "person": person.pk},
        )
        return [row for (row,) in cursor.fetchall()]


def _blocking(rows: Any) -> list[Finding]:
    return findings(rows, Severity.BLOCKS)


def _resting_on_what_left(rows: Any) -> Iterator[str]:
    """What a correction replaces is on its way out; everything else that a row rests on must stand."""
    for path, target in rows.model.rests_on():
        if path == "replaces":
            continue
        gone = Q(**{f"{path}__edition__isnull": False}) & ~Q(**{f"{path}__in": target.objects.standing().values("pk")})
        for row in rows.filter(gone).order_by("code"):
            yield _("%(kind)s %(code)s: rests on a withdrawn or suspended row (%(other)s).") % {
                **named(row),
                "other": target._meta.verbose_name,
            }


def _posing_as_redacted(rows: Any) -> Iterator[str]:
    """The mark of a redaction says one thing only: that a reviewer removed words."""
    marked = reduce(or_, (Q(**{field.name: REDACTED}) for field in rows.model.texts()), Q(pk=None))
    for row in rows.filter(marked).order_by("code"):
        yield _("%(kind)s %(code)s: “%(mark)s” stands only where a reviewer removed words; put it in other words.") % {
            **named(row),
            "mark": REDACTED,
        }


def refused_by_constraint(error: IntegrityError) -> GateRefused | None:
    """The sentence of the constraint on which the database refused, for what only it sees: two rows at once."""
    for model, constraint in _constraints():
        if constraint.name == _broken(error):
            return GateRefused([f"{model._meta.verbose_name}: {constraint.violation_error_message}"])
    return None


def sentence_of(error: IntegrityError) -> str:
    """What the database held against a row, for the person who must act: its constraint's sentence or its trigger's."""
    for _model, constraint in _constraints():
        if constraint.name == _broken(error):
            return str(constraint.violation_error_message)
    return getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or str(error)


def _constraints() -> Iterator[tuple[Any, Any]]:
    for model in apps.get_app_config("tracker").get_models():
        yield from ((model, constraint) for constraint in model._meta.constraints)


def _broken(error: IntegrityError) -> str | None:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


# Item by item


def enter(model: type[Publishable], ids: Iterable[int], edition: Any) -> list[str]:
    """Stamp the rows with the edition they enter in; if the database refuses, none, and a sentence on each that breaks.

    Each row is tried after the rows before it and, once more, after those behind it: of two that exclude each
    other both are named.
    """
    rows = model.objects.filter(pk__in=ids).order_by("code")
    refused: dict[int, str] = {}
    try:
        with transaction.atomic():
            rows.order_by().update(edition=edition)
    except IntegrityError:
        in_order = list(rows.values_list("pk", flat=True))
        for order in (in_order, in_order[::-1]):
            with transaction.atomic():
                refused |= dict(_refused(model, order, edition))
                transaction.set_rollback(True)
    return [
        _("%(kind)s %(code)s: %(sentence)s") % {**named(row), "sentence": refused[row.pk]}
        for row in (rows.filter(pk__in=refused) if refused else [])
    ]


def _refused(model: type[Publishable], ids: list[int], edition: Any) -> Iterator[tuple[int, str]]:
    """The rows that cannot enter after those before them, found by halves, since most can."""
    try:
        with transaction.atomic():
            model.objects.filter(pk__in=ids).update(edition=edition)
    except IntegrityError as error:
        if len(ids) == 1:
            yield ids[0], sentence_of(error)
            return
        middle = len(ids) // 2
        yield from _refused(model, ids[:middle], edition)
        yield from _refused(model, ids[middle:], edition)
