"""A redaction removes content for good, leaves a tombstone and the digest, and takes two people."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models
from django.db.models import URLField
from django.test import TestCase

from tracker.models import REDACTED, Change, Edition, EditionItem, Headline, ProgressUpdate, Publishable, Source
from tracker.publishing import GateRefused, publish, redact, withdraw
from tracker.publishing.digests import digest_file
from tracker.publishing.guard import publishable_models
from tracker.publishing.verify import misfits
from tracker.tests.database import refused
from tracker.tests.factories import (
    asker,
    make,
    make_milestone,
    make_snapshot,
    make_source,
    make_update,
    open_edition,
    publish_all,
    reviewer,
)

SECRET = "Somebody of Somewhere"


def by_two(*rows: Any, summary: str = "A court ordered it.") -> Edition:
    return redact(rows, reviewer(), summary, asked_by=asker(), ground=Edition.Ground.COURT_ORDER)


def filled(model: type[Publishable]) -> Any:
    """A row with words in every column that can hold them, as far as its constraints allow."""
    row = make(model)
    for field in model.texts():
        if getattr(row, field.name) or field.name.endswith("_ur") or field.name in ("note", "remark", "place"):
            setattr(row, field.name, SECRET[: field.max_length or 99])
    row.save()
    return row


def everything_stored() -> str:
    """All the text of every table of ours and of the desk's log."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith(("tracker_", "django_a"))]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} AS t")
            found.append(cursor.fetchone()[0])
        return " ".join(found)


class TestEveryModel(TestCase):
    def test_keeps_no_word_and_no_figure_and_stays_where_it_stood(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                row = filled(model)
                publish_all(row)
                places = {
                    field.name: getattr(row, field.attname)
                    for field in model._meta.fields
                    if isinstance(field, models.ForeignKey) and field.name != "redacted_in"
                }
                edition = by_two(row)
                row = model.objects.get(pk=row.pk)
                for field in model.texts():
                    empty = [""] if isinstance(field, URLField) else ["", REDACTED]
                    assert getattr(row, field.name) in empty, field.name
                assert all(getattr(row, name) is None for name in model.FIGURES)
                assert {name: getattr(row, f"{name}_id") for name in places} == places
                assert row.redacted_in == edition
                assert model.objects.in_edition(edition).filter(pk=row.pk).exists()
        assert SECRET not in everything_stored()
        assert list(misfits()) == []


class TestRedaction(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.update = make_update(account=f"{SECRET} said so.")
        publish_all(cls.update)

    def test_leaves_nothing_of_the_content_anywhere(self) -> None:
        # Mended once, so that the history has a line more.
        ProgressUpdate.objects.filter(pk=self.update.pk).update(account_ur=f"{SECRET}!")
        LogEntry.objects.create(
            user=reviewer(),
            content_type=ContentType.objects.get_for_model(Source),
            object_id="1",
            object_repr=f"About {self.update.account}",
            action_flag=2,
            change_message=[{"changed": {"name": "progress update", "object": self.update.account}}],
        )
        assert SECRET in everything_stored()
        by_two(self.update)
        assert SECRET not in everything_stored()

    def test_empties_every_salt_of_the_row_and_of_no_other(self) -> None:
        other = EditionItem.objects.exclude(code=self.update.code).first()
        by_two(self.update)
        assert set(EditionItem.objects.filter(code=self.update.code).values_list("salt", flat=True)) == {""}
        other.refresh_from_db()
        assert len(other.salt) == 64

    def test_keeps_the_digests_and_so_the_chain(self) -> None:
        first = Edition.objects.get()
        before = digest_file(first)
        edition = by_two(self.update)
        assert digest_file(first) == before
        assert edition.items.get().digest == EditionItem.objects.get(edition=first, code=self.update.code).digest
        assert list(misfits()) == []

    def test_is_listed_by_verify_editions(self) -> None:
        by_two(self.update)
        out = StringIO()
        call_command("verify_editions", stdout=out)
        assert f"Edition 2 redacted progressupdate {self.update.code}: order of a court." in out.getvalue()

    def test_of_a_figure_hands_the_lead_to_another(self) -> None:
        earlier = make_snapshot(value="100", period_start=None, period_end="2023-12-31")
        later = make_snapshot(value="200", series=earlier.series, period_start=None, period_end="2024-12-31")
        publish_all(earlier, later)
        by_two(later)
        assert Headline.objects.get(series=earlier.series).snapshot == earlier

    def test_reaches_what_was_withdrawn_and_what_is_withdrawn_later(self) -> None:
        withdraw([self.update], reviewer(), "Wrong.", asked_by=asker())
        by_two(self.update)
        again = make_update(account=SECRET)
        publish_all(again)
        by_two(again)
        withdraw([again], reviewer(), "And gone.", asked_by=asker())
        assert SECRET not in everything_stored()
        assert list(misfits()) == []

    def test_lets_what_rests_on_the_row_stand(self) -> None:
        milestone = make_milestone()
        publish_all(milestone)
        by_two(milestone.action)
        assert type(milestone).objects.standing().filter(pk=milestone.pk).exists()
        publish_all(make_milestone(action=milestone.action, position=2))

    def test_takes_two_people(self) -> None:
        with pytest.raises(GateRefused, match="another reviewer must carry it out"):
            redact([self.update], asker(), "A reason.", asked_by=asker(), ground=Edition.Ground.PERSONAL_DATA)

    def test_needs_a_reason_and_a_published_row_that_still_has_content(self) -> None:
        with pytest.raises(GateRefused, match="Say in a sentence why"):
            by_two(self.update, summary=" ")
        with pytest.raises(GateRefused, match="a draft is simply deleted"):
            by_two(make_source())
        by_two(self.update)
        with pytest.raises(GateRefused, match="redacted already"):
            by_two(self.update)


class TestTombstone(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.source = make_source(note="A note.")
        publish_all(cls.source)
        by_two(cls.source)

    def test_is_never_filled_again(self) -> None:
        for column in ("note", "title_ur", "title"):
            with self.subTest(column), refused("cannot change"):
                Source.objects.filter(pk=self.source.pk).update(**{column: "Back again."})

    def test_is_refused_by_the_database_if_a_redaction_alters_instead_of_emptying(self) -> None:
        source = make_source(note="A note.")
        publish_all(source)
        with open_edition(Edition.Act.REDACTION, ground="court-order") as edition, refused("cannot change"):
            Source.objects.filter(pk=source.pk).update(redacted_in=edition, title="Something else")

    def test_is_missed_by_verification_if_something_is_left(self) -> None:
        source = make_source(note="A note.")
        publish_all(source)
        with open_edition(Edition.Act.REDACTION, ground="court-order") as edition:
            Source.objects.filter(pk=source.pk).update(redacted_in=edition)
        told = f"Edition {edition.number}: something is left of the redacted source {source.code}."
        assert told in map(str, misfits())

    def test_keeps_salts_and_history_closed_to_everything_else(self) -> None:
        kept = make_source()
        publish_all(kept)
        items = EditionItem.objects.filter(code=kept.code)
        history = Change.objects.filter(table="tracker_source", row=kept.pk)
        with refused("the ledger only grows"):
            items.update(salt="")
        with refused("the ledger only grows"):
            history.update(was=None)
        with open_edition(Edition.Act.REDACTION, ground="court-order"), refused("the ledger only grows"):
            items.update(salt="")

    def test_can_still_be_corrected_by_another_row(self) -> None:
        old = make_snapshot()
        publish_all(old)
        by_two(old)
        new = make_snapshot(series=old.series, citation=old.citation, replaces=old, reason="Without the name.")
        publish(iter([new]), reviewer(), "A correction.")
        old.refresh_from_db()
        assert old.withdrawn_in == new.__class__.objects.get(pk=new.pk).edition
