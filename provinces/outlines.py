"""The outlines of the areas, for the operator who turns the outline map on. Schematic; no map of any authority.

How they were made, and where they come from, stands in outline/simplify.py; their licence beside it.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("outline")
ROOM = {"PK-BA": 8, "PK-GB": 5, "PK-KP": 4, "PK-PB": 8, "PK-SD": 7}
"""How many digits find room inside an area; in the others none."""


@dataclass(frozen=True)
class Outline:
    """The shape of one area in units of the grid, and where a short value may stand in it, in pixels."""

    path: str
    x: int
    y: int
    room: int


@dataclass(frozen=True)
class OutlineMap:
    width: int
    height: int
    shrink: str
    """What the grid is scaled by."""
    areas: dict[str, Outline]


@cache
def outline_map() -> OutlineMap:
    drawn = json.loads((FOLDER / "areas.json").read_text())
    areas = {}
    for code, area in drawn["areas"].items():
        x, y = area["label"]
        areas[code] = Outline(area["path"], x, y, ROOM.get(code, 0))
    return OutlineMap(drawn["width"], drawn["height"], str(1 / drawn["units"]), areas)
