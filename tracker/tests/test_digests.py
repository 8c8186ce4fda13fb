"""Digests: what an edition published can be checked with common tools, and by nobody's leave.

Everything is computed a second time here, in Python and with the real `sha256sum`, from the salts and the
columns that the recipe names.
"""

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Value
from django.test import SimpleTestCase, TestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from azm.lib.partialdates import PartialDate
from tracker.models import Edition, EditionItem, Milestone, Publishable, Source
from tracker.publishing.digests import digest_file, edition_digest, row_digest
from tracker.publishing.guard import publishable_models
from tracker.publishing.recipes import NEWEST_RECIPE, RECIPES
from tracker.publishing.selection import STAMPS
from tracker.tests.factories import (
    make,
    make_milestone,
    make_policy,
    make_snapshot,
    make_source,
    publish_all,
    rolled_back,
)

# What is no content: the row's own number, its stage, its stamps, who typed it and when, what is derived.
BOOKKEEPING = {
    "id",
    "stage",
    *STAMPS.values(),
    "entered_by",
    "entered_at",
    "version",
    "search",
}
DERIVED = {"metricsnapshot": {"origin", "as_of"}}

# What PostgreSQL can store as text: everything but NUL and lone surrogates.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)


def json_text(value: Any) -> str:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case date() | PartialDate():
            return json.dumps(str(value))
        case _:
            return json.dumps(value, ensure_ascii=False)


def follow(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None) if row is not None else None
    return row


def preimage(row: Publishable, salt: str, recipe: int) -> bytes:
    """What a row's digest is the SHA-256 of."""
    columns = RECIPES[recipe][row._meta.model_name]
    return f"[{', '.join([json_text(salt), *(json_text(follow(row, path)) for path in columns)])}]".encode()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def row_of(item: EditionItem) -> Publishable:
    model = next(model for model in publishable_models() if model._meta.model_name == item.kind)
    return model.objects.get(code=item.code)


def checksums(*arguments: str, folder: str) -> str:
    """What the common tool says; an error if it is not content."""
    command = ["sha256sum", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


# Of the columns of recipes that editions were published by. Another column needs another recipe.
PUBLISHED_RECIPES = {
    1: "caeda18205a0c776c8de1f21b77feef4407f0c0b5ab97413e2bc37c03f37df09",
    2: "caeda18205a0c776c8de1f21b77feef4407f0c0b5ab97413e2bc37c03f37df09",
}


class TestRecipe(SimpleTestCase):
    """The columns of every digest: all content, and nothing that may be mended or is derived."""

    def test_that_editions_were_published_by_never_changes(self) -> None:
        for number, digest in PUBLISHED_RECIPES.items():
            assert sha256(json.dumps(RECIPES[number], sort_keys=True).encode()) == digest

    def test_covers_every_model(self) -> None:
        kinds = {model._meta.model_name for model in publishable_models()}
        assert set(RECIPES[NEWEST_RECIPE]) == kinds

    def test_covers_every_column_that_is_content(self) -> None:
        for model in publishable_models():
            kind = model._meta.model_name
            content = {field.name for field in model._meta.concrete_fields}
            content -= BOOKKEEPING | set(model.MENDABLE) | DERIVED.get(kind, set())
            with self.subTest(kind):
                columns = RECIPES[NEWEST_RECIPE][kind]
                assert {model._meta.get_field(path.split("__")[0]).name for path in columns} == content
                assert len(set(columns)) == len(columns)

    def test_names_other_rows_by_their_code_never_by_a_number(self) -> None:
        for model in publishable_models():
            for path in RECIPES[NEWEST_RECIPE][model._meta.model_name]:
                field: Any = model._meta.get_field(path.split("__")[0])
                if field.is_relation:
                    with self.subTest(model=model.__name__, path=path):
                        assert path.endswith(("__code", "area_id"))

    def test_names_a_series_by_its_indicator_and_its_area(self) -> None:
        for kind in ("metricsnapshot", "target"):
            assert {"series__indicator__code", "series__area_id"} <= set(RECIPES[NEWEST_RECIPE][kind])


class TestRowDigest(TestCase):
    def digest(self, row: Publishable, salt: str = "salt") -> str:
        rows = type(row).objects.filter(pk=row.pk)
        return rows.values_list(row_digest(type(row), NEWEST_RECIPE, Value(salt)), flat=True).get()

    def test_can_be_computed_by_anybody(self) -> None:
        rows = [make(model) for model in publishable_models()]
        edition = publish_all(*rows)
        items = list(edition.items.all())
        assert {item.kind for item in items} == set(RECIPES[NEWEST_RECIPE])
        for item in items:
            with self.subTest(kind=item.kind, code=item.code):
                assert item.digest == sha256(preimage(row_of(item), item.salt, edition.recipe))

    def test_holds_for_whatever_words_a_source_uses(self) -> None:
        source = make_source()

        @settings(max_examples=40, deadline=None)
        @given(title=WORDS, author=WORDS)
        def holds(title: str, author: str) -> None:
            Source.objects.filter(pk=source.pk).update(title=title, author=author)
            source.refresh_from_db()
            assert self.digest(source) == sha256(preimage(source, "salt", NEWEST_RECIPE))

        holds()

    def test_holds_for_whatever_figures_a_source_states(self) -> None:
        snapshot = make_snapshot()
        figures = st.decimals(min_value=0, max_value=10**13, places=6)

        @settings(max_examples=40, deadline=None)
        @given(value=figures, numerator=st.none() | figures)
        def holds(value: Decimal, numerator: Decimal | None) -> None:
            type(snapshot).objects.filter(pk=snapshot.pk).update(value=value, numerator=numerator)
            snapshot.refresh_from_db()
            assert self.digest(snapshot) == sha256(preimage(snapshot, "salt", NEWEST_RECIPE))

        holds()

    def test_does_not_change_with_the_scale_of_a_column(self) -> None:
        milestone = make_milestone(weight=Decimal("1.500"))
        before = self.digest(milestone)
        with rolled_back(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE tracker_milestone AS SELECT * FROM public.tracker_milestone")
            cursor.execute("ALTER TABLE pg_temp.tracker_milestone ALTER weight TYPE numeric(24, 9)")
            assert str(Milestone.objects.get().weight) == "1.500000000"
            assert self.digest(milestone) == before

    def test_keeps_every_value_in_its_place(self) -> None:
        """Nothing is left out for being empty, so no value can pass for its neighbour."""
        snapshot = make_snapshot()
        digests = set()
        for numerator, denominator in ((None, None), (5, None), (None, 5), (0, 5), (5, 5)):
            type(snapshot).objects.filter(pk=snapshot.pk).update(numerator=numerator, denominator=denominator)
            digests.add(self.digest(snapshot))
        assert len(digests) == 5

    def test_tells_a_year_from_its_first_day(self) -> None:
        policy = make_policy()
        digests = set()
        for precise in ("2023", "2023-01", "2023-01-01"):
            type(policy).objects.filter(pk=policy.pk).update(starts=PartialDate.parse(precise))
            digests.add(self.digest(policy))
        assert len(digests) == 3

    def test_outlives_a_mended_name(self) -> None:
        policy = make_policy()
        edition = publish_all(policy)
        item = edition.items.get(kind="policy")
        type(policy).objects.filter(pk=policy.pk).update(name="Mended", name_ur="درست", position=7)
        policy.refresh_from_db()
        assert item.digest == sha256(preimage(policy, item.salt, edition.recipe))

    def test_tells_an_altered_row(self) -> None:
        """Whoever can switch the guard off still cannot hide it."""
        source = make_source()
        edition = publish_all(source)
        item = edition.items.get()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE tracker_source SET title = 'Altered' WHERE id = %s", [source.pk])
            cursor.execute("SET LOCAL session_replication_role = origin")
        source.refresh_from_db()
        assert source.title == "Altered"
        assert item.digest != sha256(preimage(source, item.salt, edition.recipe))


class TestSalt(TestCase):
    def test_differs_from_row_to_row_and_from_edition_to_edition(self) -> None:
        publish_all(*(make_source() for _turn in range(5)))
        publish_all(*(make_source() for _turn in range(5)))
        salts = set(EditionItem.objects.values_list("salt", flat=True))
        assert len(salts) == 10
        for salt in salts:
            self.assertRegex(salt, r"\A[0-9a-f]{64}\Z")

    def test_cannot_be_guessed_from_the_row(self) -> None:
        """Published twice from the same state, the same row gets another salt."""
        source = make_source()
        salts = set()
        for _turn in range(2):
            with rolled_back():
                salts.add(publish_all(source).items.get().salt)
        assert len(salts) == 2

    def test_of_a_withdrawn_row_is_the_one_it_entered_with(self) -> None:
        old = make_snapshot()
        first = publish_all(old)
        second = publish_all(
            make_snapshot(series=old.series, citation=old.citation, replaces=old, reason="A digit slipped.")
        )
        entered, withdrawn = (
            first.items.get(kind="metricsnapshot"),
            second.items.get(kind="metricsnapshot", act="withdrawn"),
        )
        assert (withdrawn.salt, withdrawn.digest) == (entered.salt, entered.digest)


class TestDigestFile(TestCase):
    """`edition-N.sha256`, in the format of `sha256sum`."""

    def publish_two(self) -> tuple[Edition, Edition]:
        old = make_snapshot()
        first = publish_all(old, summary="The first figures.")
        new = make_snapshot(series=old.series, citation=old.citation, replaces=old, reason="A digit slipped.")
        return first, publish_all(new, make_policy(name_ur="حکمت عملی"), summary="A correction.")

    def lines(self, edition: Edition) -> list[list[str]]:
        return [line.split("  ") for line in digest_file(edition).splitlines()]

    def test_of_the_first_edition_begins_with_the_edition_itself(self) -> None:
        first, _second = self.publish_two()
        assert self.lines(first)[0][1] == "edition/1"

    def test_of_every_other_begins_with_the_digest_of_the_one_before(self) -> None:
        first, second = self.publish_two()
        assert self.lines(second)[0] == [first.digest, "edition-1.sha256"]
        assert self.lines(second)[1][1] == "edition/2"

    def test_has_a_line_for_each_item_in_order(self) -> None:
        _first, second = self.publish_two()
        names = [name for _digest, name in self.lines(second)[2:]]
        assert names == sorted(names)
        assert set(names) == {f"{item.act}/{item.kind}/{item.code}" for item in second.items.all()}
        assert len(names) == second.items.count()

    def test_ends_in_a_line_break_and_has_no_other_but_the_format(self) -> None:
        for edition in self.publish_two():
            self.assertRegex(digest_file(edition), r"\A([0-9a-f]{64}  [a-z0-9./-]+\n)+\Z")

    def test_has_the_digest_of_the_edition(self) -> None:
        for edition in self.publish_two():
            edition.refresh_from_db()
            assert edition.digest == edition_digest(edition) == sha256(digest_file(edition).encode())

    def test_has_it_too_if_the_day_was_told_in_another_time_zone(self) -> None:
        told = datetime(2024, 7, 22, 12, tzinfo=ZoneInfo("Asia/Karachi"))
        edition = publish_all(make_source(), at=told)
        kept = Edition.objects.get()
        assert kept.published_at == told.astimezone(UTC)
        assert kept.digest == edition_digest(kept) == edition.digest

    def test_tells_an_altered_summary(self) -> None:
        _first, second = self.publish_two()
        second.summary = "Nothing to see."
        assert edition_digest(second) != second.digest

    def test_is_content_with_sha256sum(self) -> None:
        """Every line, checked by the common tool over files written from the salts and the rows."""
        first, second = self.publish_two()
        with tempfile.TemporaryDirectory() as folder:
            self.write(folder, first, second)
            for edition in (first, second):
                name = f"edition-{edition.number}.sha256"
                told = checksums("--check", "--strict", name, folder=folder)
                assert told.count(": OK\n") == len(self.lines(edition))
                assert checksums(name, folder=folder) == f"{edition.digest}  {name}\n"

    def test_is_not_content_with_an_altered_row(self) -> None:
        first, second = self.publish_two()
        with tempfile.TemporaryDirectory() as folder:
            self.write(folder, first, second)
            item = second.items.filter(kind="policy").get()
            altered = Path(folder, item.act, item.kind, item.code)
            altered.write_bytes(altered.read_bytes().replace(b"named", b"public"))
            with self.assertRaises(subprocess.CalledProcessError) as complaint:
                checksums("--check", "edition-2.sha256", folder=folder)
            assert f"{item.act}/{item.kind}/{item.code}: FAILED" in complaint.exception.stdout

    def write(self, folder: str, *editions: Edition) -> None:
        for edition in editions:
            Path(folder, f"edition-{edition.number}.sha256").write_text(digest_file(edition))
            for name, content in self.files(Edition.objects.get(pk=edition.pk)):
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def files(self, edition: Edition) -> Iterator[tuple[str, bytes]]:
        told = [edition.published_at.isoformat(), edition.summary, edition.summary_ur, edition.recipe]
        told += [edition.act, edition.ground, edition.ends_id]
        yield f"edition/{edition.number}", json.dumps([edition.number, *told], ensure_ascii=False).encode()
        for item in edition.items.all():
            yield f"{item.act}/{item.kind}/{item.code}", preimage(row_of(item), item.salt, edition.recipe)
