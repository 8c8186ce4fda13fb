"""The outlines of the areas: whole, small, licensed, and made as it is told."""

import gzip
import json
import re

from provinces.outline.simplify import on_grid, path
from provinces.outlines import FOLDER, outline_map

UNITS = {"PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-IS", "PK-GB", "PK-JK"}


def points(drawn: str) -> list[tuple[int, int]]:
    """The points of a path of steps, each in units of the grid."""
    found = []
    for ring in re.findall(r"M([^z]+)z", drawn):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x = y = 0
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            found.append((x, y))
    return found


class TestOutlines:
    def test_are_of_the_seven_units_of_the_tile_grid(self) -> None:
        areas = json.loads((FOLDER.parent.parent / "fixtures" / "areas.json").read_text())
        tiled = {area["pk"] for area in areas if area["fields"].get("tile_row") is not None}
        assert set(outline_map().areas) == UNITS == tiled

    def test_lie_inside_the_drawing_with_their_labels(self) -> None:
        drawn = outline_map()
        for code, outline in drawn.areas.items():
            grid = points(outline.path)
            assert len(grid) > 20, code
            assert all(0 <= x <= 2 * drawn.width and 0 <= y <= 2 * drawn.height for x, y in grid)
            inside = [min(x for x, _ in grid) / 2, max(x for x, _ in grid) / 2]
            assert inside[0] <= outline.x <= inside[1], code

    def test_share_the_points_of_a_border_so_that_no_gap_opens(self) -> None:
        shapes = {code: set(points(outline.path)) for code, outline in outline_map().areas.items()}
        for one, other in (("PK-PB", "PK-SD"), ("PK-PB", "PK-BA"), ("PK-KP", "PK-BA"), ("PK-GB", "PK-JK")):
            assert len(shapes[one] & shapes[other]) > 20, (one, other)

    def test_are_light_on_the_wire(self) -> None:
        assert len(gzip.compress((FOLDER / "areas.json").read_bytes())) < 6_000

    def test_bring_their_licence(self) -> None:
        assert "Permission is hereby granted" in (FOLDER / "LICENSE.txt").read_text()


class TestSimplifying:
    def test_joins_points_that_fall_together_and_does_not_close_twice(self) -> None:
        assert on_grid("0.0,0.0L0.1,0.2L10.0,0.0L10.0,10.0L0.0,0.0") == [(0, 0), (8, 0), (8, 8)]

    def test_writes_steps(self) -> None:
        assert path([[(1, 2), (9, 2), (4, 0)], [(0, 0), (1, 1), (2, 0)]]) == "M1 2l8 0-5-2zM0 0l1 1 1-1z"
