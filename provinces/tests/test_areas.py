"""The areas that sources report on."""

import json
from pathlib import Path

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import TestCase

from azm.lib.partialdates import PartialDate
from provinces.models import Area

POSITIONS = iter(range(1000, 2000))


def make_area(code: str, **overrides: object) -> Area:
    position = next(POSITIONS)
    right = {"name": f"Area {position}", "short_name": "Area", "kind": Area.Kind.PROVINCE, "position": position}
    area = Area(code=code, **right | overrides)
    area.save()
    return area


class TestArea(TestCase):
    def test_is_known_by_its_code(self) -> None:
        area = make_area("PK-PB")
        assert Area.objects.get(pk="PK-PB") == area
        assert str(area) == area.name

    def test_keeps_its_code_in_capitals(self) -> None:
        assert make_area("pk-sd").pk == "PK-SD"

    def test_has_an_address_in_small_letters(self) -> None:
        assert make_area("PK-SD").slug == "pk-sd"

    def test_has_a_code_of_iso_3166_2(self) -> None:
        for code in ("PK", "PK-KP", "PK-BA+PK-KP", "PK-BA+PK-KP+PK-SD"):
            with self.subTest(code):
                Area(code=code).clean_fields(exclude={"name", "short_name", "kind", "position"})
        for code in ("", "KP", "PK-", "PK-K", "PK-KPK", "PK-BA,PK-KP", "PK-BA+", "IN-PB"):
            with self.subTest(code), pytest.raises(ValidationError):
                Area(code=code).clean_fields(exclude={"name", "short_name", "kind", "position"})

    def test_shares_neither_name_nor_place_with_another(self) -> None:
        one = make_area("PK-PB")
        for same in ({"name": one.name}, {"position": one.position}):
            with self.subTest(same), pytest.raises(IntegrityError), transaction.atomic():
                make_area("PK-SD", **same)

    def test_is_kept_while_another_was_merged_into_it(self) -> None:
        into = make_area("PK-KP")
        make_area("PK-TA", kind="former", merged_into=into, valid_to=PartialDate.parse("2018"))
        with pytest.raises(IntegrityError):
            into.delete()


class TestUnits(TestCase):
    def test_are_what_exists_today_on_the_first_level(self) -> None:
        punjab, capital, gilgit = (
            make_area("PK-PB"),
            make_area("PK-IS", kind="capital"),
            make_area("PK-GB", kind="administered"),
        )
        make_area("PK", kind="country")
        make_area("PK-TA", kind="former", valid_to=PartialDate.parse("2018"))
        make_area("PK-BA", valid_to=PartialDate.parse("2020"))
        make_area("PK-GB+PK-PB", kind="group", member_codes=["PK-GB", "PK-PB"])
        assert list(Area.objects.units()) == [punjab, capital, gilgit]


class TestGroup(TestCase):
    def test_has_first_level_units_as_members(self) -> None:
        make_area("PK-BA")
        make_area("PK-KP")
        group = make_area("PK-BA+PK-KP", kind="group", member_codes=["PK-BA", "PK-KP"])
        assert group.is_group
        group.full_clean()

    def test_names_what_is_no_unit(self) -> None:
        make_area("PK-KP")
        make_area("PK", kind="country")
        group = make_area("PK-BA+PK-KP", kind="group", member_codes=["PK-BA", "PK-KP", "PK"])
        with pytest.raises(ValidationError) as refusal:
            group.full_clean()
        assert refusal.value.message_dict["member_codes"] == ["Not a first-level unit: PK, PK-BA"]


class TestFixture(TestCase):
    """fixtures/areas.json: eight areas of ISO 3166-2 and what sources report jointly."""

    FILE = Path(__file__).resolve().parents[2] / "fixtures" / "areas.json"

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("loaddata", cls.FILE, verbosity=0)

    def test_loads_and_every_area_is_valid(self) -> None:
        assert Area.objects.count() == len(json.loads(self.FILE.read_text()))
        for area in Area.objects.all():
            with self.subTest(area.code):
                area.full_clean()

    def test_comes_back_as_it_was(self) -> None:
        before = list(Area.objects.values())
        text = serializers.serialize("json", Area.objects.all())
        for restored in serializers.deserialize("json", text):
            restored.save()
        assert list(Area.objects.values()) == before

    def test_has_seven_units_each_on_a_tile_of_its_own(self) -> None:
        units = Area.objects.units()
        assert set(units.values_list("code", flat=True)) == {
            "PK-BA",
            "PK-GB",
            "PK-IS",
            "PK-JK",
            "PK-KP",
            "PK-PB",
            "PK-SD",
        }
        assert units.filter(tile_row=None).count() == 0

    def test_names_every_area_in_urdu(self) -> None:
        assert not Area.objects.filter(name_ur="").exists()
        assert not Area.objects.filter(short_name_ur="").exists()

    def test_has_groups_named_by_their_members(self) -> None:
        for group in Area.objects.filter(kind="group"):
            with self.subTest(group.code):
                assert group.code == "+".join(sorted(group.member_codes))
