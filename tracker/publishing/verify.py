"""Verification: does every edition still say what its digest was made of, and does every row?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tracker.models import REDACTED, Change, Edition, EditionItem, Headline, Publishable
from tracker.publishing.digests import edition_digest, row_digest
from tracker.publishing.guard import guard_problems, publishable_models
from tracker.publishing.selection import STAMPS, named


@dataclass(frozen=True)
class Misfit:
    """Something that does not fit; `edition` is the first one in which it shows, None if it is the guard."""

    edition: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def misfits() -> Iterator[Misfit]:
    """Everything that does not fit, edition by edition from the first; then the guard."""
    for number, edition in enumerate(Edition.objects.order_by("number"), start=1):
        if edition.number != number:
            yield Misfit(edition.number, _("Edition %d is missing.") % number)
        yield from _of_chain(edition)
        for model in publishable_models():
            yield from _of_rows(edition, model)
    for model in publishable_models():
        yield from _of_redactions(model)
    yield from _of_headlines()
    for problem in guard_problems():
        yield Misfit(None, problem)


def _of_headlines() -> Iterator[Misfit]:
    """The kept table of leading figures against the rule that it follows."""
    newest = Edition.objects.newest()
    if newest is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT series_id, snapshot_id FROM headline_snapshots(%s)", [newest.number])
        ruled = set(cursor.fetchall())
    kept = set(Headline.objects.values_list("series", "snapshot"))
    if ruled != kept:
        yield Misfit(
            newest.number,
            _("%d leading figures are not those that the rule gives.")
            % len({series for series, _snapshot in ruled ^ kept}),
        )


def _of_chain(edition: Edition) -> Iterator[Misfit]:
    if edition.digest is None:
        yield Misfit(edition.number, _("Edition %d was left open.") % edition.number)
    elif edition.digest != edition_digest(edition):
        yield Misfit(
            edition.number,
            _("Edition %d: its digest is not that of its list of rows and of the edition before.") % edition.number,
        )


def _of_rows(edition: Edition, model: type[Publishable]) -> Iterator[Misfit]:
    """Rows that do not give the digest they entered with, and rows and items that miss each other."""
    kind = model._meta.model_name or ""
    name = model._meta.verbose_name
    items = EditionItem.objects.filter(edition=edition, kind=kind)
    entered = items.filter(act=EditionItem.Act.ENTERED, code=OuterRef("code"))
    ledger: Any = model.objects  # an abstract model has no code in the eyes of mypy's plugin
    rows = (
        ledger.filter(edition=edition)
        .annotate(salt=Subquery(entered.values("salt")[:1]), said=Subquery(entered.values("digest")[:1]))
        .annotate(now=row_digest(model, edition.recipe, F("salt")))
    )
    told = {"edition": edition.number, "kind": name}
    unlike = Q(said=None) | ~Q(now=F("said")) & Q(redacted_in=None)
    for code in rows.filter(unlike).order_by("code").values_list("code", flat=True):
        yield Misfit(
            edition.number,
            _("Edition %(edition)d: %(kind)s %(code)s is not as it entered.") % {**told, "code": code},
        )
    stamped, listed = _stamped(ledger, edition), _listed(items)
    for act in STAMPS:
        for code in sorted(listed[act] - stamped[act]):
            yield Misfit(
                edition.number,
                _("Edition %(edition)d: %(kind)s %(code)s is listed as %(act)s and is not there.")
                % {**told, "code": code, "act": act.label},
            )
        # A row that entered and is not listed has no digest, and was named above.
        for code in sorted(stamped[act] - listed[act] if act != EditionItem.Act.ENTERED else ()):
            yield Misfit(
                edition.number,
                _("Edition %(edition)d: %(kind)s %(code)s was %(act)s and is not listed.")
                % {**told, "code": code, "act": act.label},
            )


def _stamped(ledger: Any, edition: Edition) -> dict[str, set[str]]:
    """The codes of the rows that carry this edition's number, by the act that left it there."""
    found: dict[str, set[str]] = defaultdict(set)
    columns = STAMPS.values()
    here = Q(*((column, edition) for column in columns), _connector=Q.OR)
    for code, *stamps in ledger.filter(here).values_list("code", *columns):
        for act, stamp in zip(STAMPS, stamps, strict=True):
            if stamp == edition.pk:
                found[act].add(code)
    return found


def _listed(items: QuerySet[EditionItem]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for act, code in items.values_list("act", "code"):
        found[act].add(code)
    return found


def _of_redactions(model: type[Publishable]) -> Iterator[Misfit]:
    """Redacted rows of which something is left: a word, a figure, a salt, or the row as it was in the history."""
    ledger: Any = model.objects
    redacted = ledger.filter(redacted_in__isnull=False)
    words = Q()
    for field in model.texts():
        words |= ~Q(**{f"{field.name}__in": ["", REDACTED]})
    for name in model.FIGURES:
        words |= Q(**{f"{name}__isnull": False})
    salted = EditionItem.objects.filter(kind=model._meta.model_name, code=OuterRef("code")).exclude(salt="")
    kept = Change.objects.filter(
        table=model._meta.db_table, row=OuterRef("pk"), was__isnull=False, was__redacted_in_id=None
    )
    left = redacted.filter(words | Exists(salted) | Exists(kept))
    for row in left.order_by("code"):
        yield Misfit(
            row.redacted_in_id,
            _("Edition %(edition)d: something is left of the redacted %(kind)s %(code)s.")
            % {"edition": row.redacted_in_id, **named(row)},
        )


def redactions() -> Iterator[str]:
    """A sentence on every redacted row, whose digest can be compared with nothing any more."""
    for item in EditionItem.objects.filter(act=EditionItem.Act.REDACTED).select_related("edition"):
        yield _("Edition %(edition)d redacted %(kind)s %(code)s: %(ground)s.") % {
            "edition": item.edition_id,
            "kind": item.kind,
            "code": item.code,
            "ground": item.edition.get_ground_display(),
        }
