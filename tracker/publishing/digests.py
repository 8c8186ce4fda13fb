"""Digests of rows and editions, so that anybody who kept one can see that no past edition was altered.

A row's digest is SHA-256 over a JSON array of its salt and the columns of a recipe, built by the database.
The digest file of an edition has the format of `sha256sum`: the previous edition's digest, the edition's
own line, then one line for each row that entered or left. The edition's digest is the SHA-256 of that file.
"""

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import connection
from django.db.models import CharField, DecimalField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast

from azm.lib.partialdates import PartialDateField, PartialDateText
from tracker.models import Edition, EditionItem, Publishable
from tracker.publishing.recipes import RECIPES


class Salt(Func):
    """A row's salt: unguessable, different for each row, and the same wherever one statement mentions it."""

    template = "encode(sha256(convert_to(concat_ws('/', %(expressions)s), 'UTF8')), 'hex')"
    output_field = CharField()


class JSONDigest(Func):
    template = "encode(sha256(convert_to(json_build_array(%(expressions)s)::text, 'UTF8')), 'hex')"
    output_field = CharField()


def row_digest(model: type[Publishable], recipe: int, salt: Any) -> JSONDigest:
    """SHA-256 over the JSON array of the salt and the recipe's columns; decimals without trailing zeros."""
    return JSONDigest(salt, *(_column(model, name) for name in RECIPES[recipe][model._meta.model_name or ""]))


def _column(model: Any, path: str) -> Any:
    field = model._meta.get_field(path.split("__")[0])
    if "__" not in path and isinstance(field, DecimalField):
        return Func(F(path), function="trim_scale")
    if "__" not in path and isinstance(field, PartialDateField):
        return PartialDateText(F(path))
    return F(path)


def record_entered(edition: Edition, rows: QuerySet, secret: str) -> None:
    """Insert one item for each of the rows, which have just been stamped with the edition."""
    kind = rows.model._meta.model_name
    salt = Salt(Cast(Value(secret), TextField()), Value(kind), F("code"))
    _insert_items(
        rows.order_by().values_list(
            Value(edition.number),
            Value(EditionItem.Act.ENTERED.value),
            Value(kind),
            F("code"),
            salt,
            row_digest(rows.model, edition.recipe, salt),
        )
    )


def record(edition: Edition, rows: QuerySet, act: EditionItem.Act) -> None:
    """Insert one item for each of the rows, with the digest they entered with, and the salt unless it must go."""
    kind = rows.model._meta.model_name
    entered = EditionItem.objects.filter(
        kind=kind, act=EditionItem.Act.ENTERED, code__in=rows.order_by().values("code")
    )
    salt = Value("") if act == EditionItem.Act.REDACTED else F("salt")
    _insert_items(
        entered.order_by().values_list(Value(edition.number), Value(act.value), F("kind"), F("code"), salt, F("digest"))
    )


def _insert_items(rows: QuerySet) -> None:
    sql, params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {EditionItem._meta.db_table} (edition_id, act, kind, code, salt, digest) {sql}",
            params,
        )


def edition_line(edition: Edition) -> str:
    """The line of the act itself, so that its day, its summary and its kind cannot be altered either."""
    told: list[Any] = [
        edition.number,
        edition.published_at.astimezone(UTC).isoformat(),
        edition.summary,
        edition.summary_ur,
        edition.recipe,
    ]
    if edition.recipe > 1:
        told += [edition.act, edition.ground, edition.ends_id]
    text = json.dumps(told, ensure_ascii=False)
    return f"{hashlib.sha256(text.encode()).hexdigest()}  edition/{edition.number}\n"


def digest_file(edition: Edition) -> str:
    """The text of `edition-N.sha256`."""
    previous = Edition.objects.filter(number=edition.number - 1).first()
    chain = f"{previous.digest}  edition-{previous.number}.sha256\n" if previous else ""
    lines = sorted((item.line() for item in edition.items.all()), key=lambda line: line.split("  ", 1)[1])
    return chain + edition_line(edition) + "".join(lines)


def edition_digest(edition: Edition) -> str:
    return hashlib.sha256(digest_file(edition).encode()).hexdigest()
