"""The outlines of the 38 kabupaten and kota: indicative, to tap on, not a legal boundary."""

import xml.etree.ElementTree as ElementTree  # noqa: S405 - reads only the file that is shipped with the package
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MAP_FILE = Path(__file__).parent / "data" / "jatim-map.svg"
SVG = "{http://www.w3.org/2000/svg}"


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
    """Return the map that is shipped with the package."""
    root = ElementTree.parse(MAP_FILE).getroot()  # noqa: S314
    outlines = tuple(Outline(path.get("id"), path.get("d")) for path in root.iter(f"{SVG}path"))
    return ProvinceMap(outlines, root.get("data-viewbox-mainland"))
