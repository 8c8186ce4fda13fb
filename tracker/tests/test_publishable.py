"""What every row of the ledger has in common."""

import re
from typing import ClassVar

from django.db import connection, models
from django.test import TestCase
from django.utils import translation

from tracker.models import Citation, Edition, MetricSnapshot, Publishable, Replaceable, Source, localized
from tracker.publishing.guard import publishable_models
from tracker.tests.factories import (
    DEFAULTS,
    build,
    make,
    make_action,
    make_body,
    make_policy,
    make_snapshot,
    make_source,
    make_user,
    open_edition,
    publish_all,
)


class TestEveryModel(TestCase):
    def test_has_a_factory_whose_row_is_valid(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                make(model).full_clean()
        assert set(publishable_models()) < set(DEFAULTS)

    def test_can_be_published(self) -> None:
        rows = [make(model) for model in publishable_models()]
        edition = publish_all(*rows)
        assert {row.edition_id for row in rows} == {edition.number}

    def test_is_known_by_its_code(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                row = make(model)
                assert model.objects.get_by_natural_key(*row.natural_key()) == row

    def test_names_only_columns_of_its_own_as_mendable(self) -> None:
        for model in publishable_models():
            with self.subTest(model.__name__):
                assert set(model.MENDABLE) <= {field.name for field in model._meta.concrete_fields}

    def test_lets_no_key_and_no_figure_be_mended(self) -> None:
        for model in publishable_models():
            for name in model.MENDABLE:
                with self.subTest(model=model.__name__, column=name):
                    field = model._meta.get_field(name)
                    assert not field.is_relation
                    if name != "position":
                        assert isinstance(field, models.CharField | models.TextField)

    def test_in_urdu_is_always_mendable(self) -> None:
        for model in publishable_models():
            urdu = {field.name for field in model._meta.concrete_fields if field.name.endswith("_ur")}
            with self.subTest(model.__name__):
                assert urdu <= set(model.MENDABLE)

    def test_orders_its_rows_totally(self) -> None:
        """Two rows never tie: each ordering contains the code."""
        for model in publishable_models():
            with self.subTest(model.__name__):
                assert "code" in model._meta.ordering


class TestInEdition(TestCase):
    """*In edition N* means: entered by then, and by then neither withdrawn nor suspended. In Python as in SQL.

    Editions 1 and 2 publish, 3 suspends, 4 withdraws, 5 reverses the suspension.
    """

    TABLE: ClassVar = [
        # the stamps, and the editions of 1..6 in which the row stands
        ({}, []),
        ({"edition": 1}, [1, 2, 3, 4, 5, 6]),
        ({"edition": 2}, [2, 3, 4, 5, 6]),
        ({"edition": 1, "withdrawn_in": 4}, [1, 2, 3]),
        ({"edition": 2, "withdrawn_in": 4}, [2, 3]),
        ({"edition": 2, "suspended_in": 3}, [2]),
        ({"edition": 1, "suspended_in": 3, "restored_in": 5}, [1, 2, 5, 6]),
        ({"edition": 1, "suspended_in": 3, "withdrawn_in": 4}, [1, 2]),
    ]

    rows: ClassVar[dict[str, list[int]]]

    @classmethod
    def setUpTestData(cls) -> None:
        made = [(make_source(), stamps, stands) for stamps, stands in cls.TABLE]
        cls.rows = {row.code: stands for row, _stamps, stands in made}
        publication, another = Edition.Act.PUBLICATION, make_user()
        for act, values in (
            (publication, {}),
            (publication, {}),
            (Edition.Act.SUSPENSION, {}),
            (Edition.Act.WITHDRAWAL, {}),
            (Edition.Act.REVERSAL, {"ends_id": 3, "by": another}),
            (publication, {}),
        ):
            with open_edition(act, **values) as edition:
                for row, stamps, _stands in made:
                    if entering := {column: edition for column, number in stamps.items() if number == edition.number}:
                        Source.objects.filter(pk=row.pk).update(**entering)

    def test_says_the_same_in_sql(self) -> None:
        rows = "edition_id, withdrawn_in_id, suspended_in_id, restored_in_id"
        with connection.cursor() as cursor:
            for number in range(8):
                cursor.execute(f"SELECT code FROM tracker_source WHERE stands({rows}, %s) ORDER BY code", [number])
                stand = [code for (code,) in cursor.fetchall()]
                assert stand == list(Source.objects.in_edition(number).order_by("code").values_list("code", flat=True))

    def test_standing_is_in_the_newest_edition(self) -> None:
        assert set(Source.objects.standing()) == set(Source.objects.in_edition(6))

    def test_holds_what_entered_and_has_not_left(self) -> None:
        for number in (1, 2, 3, 4, 5, 6):
            with self.subTest(edition=number):
                expected = {code for code, stands in self.rows.items() if number in stands}
                assert set(Source.objects.in_edition(number).values_list("code", flat=True)) == expected

    def test_before_the_first_holds_nothing(self) -> None:
        assert not Source.objects.in_edition(0).exists()

    def test_takes_an_edition_or_its_number(self) -> None:
        newest = Source.objects.in_edition(4).order_by("code").last().edition
        assert list(Source.objects.in_edition(newest).order_by("pk")) == list(
            Source.objects.in_edition(newest.number).order_by("pk")
        )

    def test_differs_from_published_which_holds_the_withdrawn_too(self) -> None:
        assert Source.objects.published().count() == 7
        assert Source.objects.unpublished().count() == 1


class TestRestsOn(TestCase):
    def paths(self, model: type[Publishable]) -> set[str]:
        return {path for path, _target in model.rests_on()}

    def test_a_citation_rests_on_its_source_and_the_statement_it_repeats(self) -> None:
        assert self.paths(Citation) == {"source", "repeats"}

    def test_a_snapshot_reaches_its_indicator_through_its_series(self) -> None:
        assert self.paths(MetricSnapshot) == {
            "series__indicator",
            "citation",
            "origin",
            "replaces",
            "withheld_by",
        }

    def test_no_row_rests_on_an_edition_an_area_or_a_person(self) -> None:
        for model in publishable_models():
            for path, target in model.rests_on():
                with self.subTest(model=model.__name__, path=path):
                    assert issubclass(target, Publishable)

    def test_every_key_to_a_ledger_row_is_a_path(self) -> None:
        for model in publishable_models():
            keys = {
                field.name
                for field in model._meta.fields
                if field.is_relation and issubclass(field.related_model, Publishable)
            }
            with self.subTest(model.__name__):
                assert keys <= self.paths(model)


class TestCorrections(TestCase):
    def test_are_rows_that_nothing_but_a_correction_or_a_baseline_points_at(self) -> None:
        """What others point at is never replaced: a corrected row leaves nobody behind."""
        for model in publishable_models():
            if not issubclass(model, Replaceable):
                continue
            pointing = {
                (relation.related_model.__name__, relation.field.name)
                for relation in model._meta.related_objects
                if issubclass(relation.related_model, Publishable)
            }
            with self.subTest(model.__name__):
                assert pointing <= {(model.__name__, "replaces"), ("Target", "baseline")}


class TestWordsOfARow(TestCase):
    def test_are_urdu_while_urdu_is_active(self) -> None:
        body = make_body(name="Interior Division", name_ur="وزارت داخلہ")
        with translation.override("ur"):
            assert localized(body, "name") == "وزارت داخلہ"
        with translation.override("en"):
            assert localized(body, "name") == "Interior Division"

    def test_fall_back_to_english(self) -> None:
        with translation.override("ur"):
            assert localized(make_body(name="Interior Division", name_ur=""), "name") == "Interior Division"


class TestPublished(TestCase):
    def test_is_a_row_that_entered_an_edition(self) -> None:
        policy = make_policy()
        assert not policy.is_published
        publish_all(policy)
        assert policy.is_published

    def test_follows_the_row_after_it_is_withdrawn(self) -> None:
        old = make_snapshot()
        publish_all(old)
        new = make_snapshot(series=old.series, citation=old.citation, value=43, replaces=old, reason="A digit slipped.")
        edition = publish_all(new)
        old.refresh_from_db()
        assert old.is_published
        assert old.withdrawn_in == edition

    def test_a_row_without_a_code_of_its_own_gets_one(self) -> None:
        first, second = build(MetricSnapshot), build(MetricSnapshot)
        assert re.fullmatch(r"f-[0-9a-f]{10}", first.code)
        assert first.code != second.code

    def test_action_reads_as_its_code_and_title(self) -> None:
        assert str(make_action(code="azm-1.1", title="Courts")) == "azm-1.1 Courts"
