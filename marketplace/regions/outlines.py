"""The outlines of the 38 kabupaten and kota: indicative, to tap on, not a legal boundary."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAP_FILE = Path(__file__).parent / "data" / "jatim-map.svg"
SVG = "{http://www.w3.org/2000/svg}"
# Half a unit is finer than what a phone shows, and takes a third off the bytes of a page with the map.
STEP = 0.5

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """A regency's shape as the `d` of an SVG path."""

    code: str
    path: str


@dataclass(frozen=True)
class ProvinceMap:
    """All outlines, and the view box that shows Java and Madura."""

    outlines: tuple[Outline, ...]
    view_box: str


@cache
def province_map() -> ProvinceMap:
    """Return the map that is shipped with the package, its points on a grid of half units."""
    root = ElementTree.parse(MAP_FILE).getroot()  # noqa: S314 - our own file
    outlines = tuple(Outline(path.get("id"), _on_grid(path.get("d"))) for path in root.iter(f"{SVG}path"))
    return ProvinceMap(outlines, root.get("data-viewbox-mainland"))


def _on_grid(path: str) -> str:
    """Round a path's absolute points, so that neighbours keep their common border, and write it anew."""
    rings = ([_rounded(point) for point in ring] for ring in _rings(path))
    return "".join(_written(_without_repeats(ring)) for ring in rings)


def _rings(path: str) -> list[list[Point]]:
    """Return the closed rings of a path of the forms `Mx ylx y…z`, each as absolute points."""
    rings = []
    for ring in re.findall(r"M([^z]*)z", path):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", ring)]
        points = [(numbers[0], numbers[1])]
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + x, points[-1][1] + y))
        rings.append(points)
    return rings


def _rounded(point: Point) -> Point:
    return round(point[0] / STEP) * STEP, round(point[1] / STEP) * STEP


def _without_repeats(points: list[Point]) -> list[Point]:
    return [point for index, point in enumerate(points) if index == 0 or point != points[index - 1]]


def _written(points: list[Point]) -> str:
    steps = (
        f"{_number(x - before_x)} {_number(y - before_y)}"
        for (before_x, before_y), (x, y) in zip(points, points[1:], strict=False)
    )
    start = f"{_number(points[0][0])} {_number(points[0][1])}"
    return f"M{start}l{' '.join(steps)}z".replace(" -", "-")


def _number(value: float) -> str:
    return f"{value:g}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:g}"
