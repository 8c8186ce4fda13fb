"""Verification: does every edition still say what its digest was made of, and does every row?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from tracker.models import Edition, EditionItem, Headline, Publishable
from tracker.publishing.digests import edition_digest, row_digest
from tracker.publishing.guard import guard_problems, publishable_models


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
    for code in rows.filter(Q(said=None) | ~Q(now=F("said"))).order_by("code").values_list("code", flat=True):
        yield Misfit(
            edition.number,
            _("Edition %(edition)d: %(kind)s %(code)s is not as it entered.") % {**told, "code": code},
        )
    for act, column in ((EditionItem.Act.ENTERED, "edition"), (EditionItem.Act.WITHDRAWN, "withdrawn_in")):
        stamped = set(ledger.filter(**{column: edition}).values_list("code", flat=True))
        listed = set(items.filter(act=act).values_list("code", flat=True))
        for code in sorted(listed - stamped):
            yield Misfit(
                edition.number,
                _("Edition %(edition)d: %(kind)s %(code)s is listed as %(act)s and is not there.")
                % {**told, "code": code, "act": act.label},
            )
        if column == "withdrawn_in":
            for code in sorted(stamped - listed):
                yield Misfit(
                    edition.number,
                    _("Edition %(edition)d: %(kind)s %(code)s was withdrawn and is not listed.")
                    % {**told, "code": code},
                )
