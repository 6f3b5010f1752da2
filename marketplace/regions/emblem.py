"""The tenger: a village's mark, four petals drawn from its Kemendagri code; no upload, never a logo.

A drawing is a square of 48 units. Its colours come from the style sheet: the classes say which parts are drawn in
the figure's colour and which are cut out down to the dye.
"""

import enum
import hashlib
import math
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import Flask
from markupsafe import Markup

# The largest district and the villages of a long list fit many times over.
REMEMBERED_EMBLEMS = 16384
# Where a petal lies on the diagonal, and its half axes.
PETAL_CENTRE = 9.6
LONG_AXIS, SHORT_AXIS = 10.7, 6.3
INNER_AXES = (7.4, 3.3)
MIDDLE = 24
QUARTERS = (45, 135, 225, 315)
UPRIGHT_SCALE = 0.86


class Dye(enum.StrEnum):
    WEDEL = "wedel"
    SOGA = "soga"
    BANG = "bang"
    IJO = "ijo"
    MORI = "mori"
    KUNYIT = "kunyit"


class Petal(enum.StrEnum):
    SOLID = "solid"
    OUTLINE = "outline"
    DOUBLE = "double"
    CORED = "cored"


class Seed(enum.StrEnum):
    TWO_DOTS = "two-dots"
    BAR = "bar"
    THREE_DOTS = "three-dots"
    DASHES = "dashes"
    NONE = "none"


class Centre(enum.StrEnum):
    DOT = "dot"
    DIAMOND = "diamond"
    PLUS = "plus"
    RING = "ring"
    NONE = "none"


class Edge(enum.StrEnum):
    DIAMONDS = "diamonds"
    DOTS = "dots"
    TICKS = "ticks"
    NONE = "none"


DYES = tuple(Dye)
# On these two the light text of a header would not stand out.
HEADER_DYES = {Dye.MORI: Dye.SOGA, Dye.KUNYIT: Dye.SOGA}
# Where the seeds lie along a petal, from its middle outwards: (start, end) of each stroke.
SEED_STROKES = {
    Seed.TWO_DOTS: ((-2.3, -2.3), (2.3, 2.3)),
    Seed.BAR: ((-3.6, 3.6),),
    Seed.THREE_DOTS: ((-4, -4), (0, 0), (4, 4)),
    Seed.DASHES: ((-4, -1.7), (1.7, 4)),
    Seed.NONE: (),
}


@dataclass(frozen=True)
class Emblem:
    """One village's mark: the choices that its code makes."""

    dye: Dye
    petal: Petal
    seed: Seed
    centre: Centre
    edge: Edge
    is_upright: bool

    @property
    def full(self) -> Markup:
        """The whole drawing, for 44 pixels and more."""
        return _drawing(self.petal, self.seed, self.centre, self.edge, self.is_upright)

    @property
    def small(self) -> Markup:
        """Petals and centre only, for 18 pixels."""
        return _drawing(Petal.SOLID, Seed.NONE, self.centre, Edge.NONE, self.is_upright)


@lru_cache(maxsize=REMEMBERED_EMBLEMS)
def emblem_of(code: str, dye: Dye | None = None) -> Emblem:
    """Return the emblem of a village or kecamatan (`35.23.08.2009`, `35.23.08`), in the dye that its KIM chose.

    Without a choice the dyes follow each other in the order of the codes, so that neighbours differ.
    """
    *_, parent, number = code.split(".")
    choices = int.from_bytes(hashlib.blake2b(code.encode(), digest_size=8).digest(), "big")
    choices, is_upright = divmod(choices, 2)
    choices, petal = divmod(choices, len(Petal))
    choices, seed = divmod(choices, len(Seed))
    choices, centre = divmod(choices, len(Centre))
    edge = choices % len(Edge)
    return Emblem(
        dye=Dye(dye) if dye else DYES[(int(parent) + int(number)) % len(DYES)],
        petal=tuple(Petal)[petal],
        seed=tuple(Seed)[seed],
        centre=tuple(Centre)[centre],
        edge=tuple(Edge)[edge],
        is_upright=bool(is_upright),
    )


def header_dye(code: str, dye: Dye | None = None) -> Dye:
    """Return the ground of the village's header: its dye, or soga where light text would not stand out."""
    chosen = emblem_of(code, dye).dye
    return HEADER_DYES.get(chosen, chosen)


def offer_to_templates(app: Flask) -> None:
    """Give templates `emblem_of` and `header_dye`, from which the macros of `components/tenger.html` draw."""
    app.jinja_env.globals.update(emblem_of=emblem_of, header_dye=header_dye)


@cache
def _drawing(petal: Petal, seed: Seed, centre: Centre, edge: Edge, is_upright: bool) -> Markup:
    turn = f' transform="translate({MIDDLE} {MIDDLE}) rotate(45) scale({UPRIGHT_SCALE}) translate(-{MIDDLE} -{MIDDLE})"'
    shapes = _petals(petal) + _seeds(seed, petal) + _centre(centre, petal) + _edges(edge)
    return Markup(f"<g{turn if is_upright else ''}>{shapes}</g>")  # noqa: S704 - drawn from numbers alone


def _petals(petal: Petal) -> str:
    outline = _ellipses(LONG_AXIS, SHORT_AXIS)
    core = _ellipses(*INNER_AXES)
    if petal is Petal.SOLID:
        return f'<path d="{outline}"/>'
    shapes = f'<path class="tenger__line" d="{outline}"/>'
    if petal is Petal.DOUBLE:
        shapes += f'<path class="tenger__line" d="{core}"/>'
    if petal is Petal.CORED:
        shapes += f'<path d="{core}"/>'
    return shapes


def _ellipses(long_axis: float, short_axis: float) -> str:
    """Return four ellipses on the diagonals as one path, each of two half turns."""
    parts = []
    for angle in QUARTERS:
        start, end = _on_diagonal(angle, -long_axis), _on_diagonal(angle, long_axis)
        axes = f"{long_axis} {short_axis} {angle % 180} 1 0"
        parts.append(f"M{_point(start)}A{axes} {_point(end)}A{axes} {_point(start)}z")
    return "".join(parts)


def _seeds(seed: Seed, petal: Petal) -> str:
    strokes = "".join(
        f"M{_point(_on_diagonal(angle, start))}L{_point(_on_diagonal(angle, end))}"
        for angle in QUARTERS
        for start, end in SEED_STROKES[seed]
    )
    cut = " tenger__cut" if petal in {Petal.SOLID, Petal.CORED} else ""
    return f'<path class="tenger__seed{cut}" d="{strokes}"/>' if strokes else ""


def _centre(centre: Centre, petal: Petal) -> str:
    # Solid petals meet in the middle: there the centre is cut out of them.
    hole = ' class="tenger__hole"' if petal is Petal.SOLID else ""
    stroke = ' class="tenger__line tenger__cut"' if petal is Petal.SOLID else ' class="tenger__line"'
    return {
        Centre.DOT: f'<circle{hole} cx="24" cy="24" r="2.4"/>',
        Centre.DIAMOND: f'<path{hole} d="m24 20.8 3.2 3.2-3.2 3.2-3.2-3.2z"/>',
        Centre.PLUS: f'<path{stroke} d="M24 21.4v5.2M21.4 24h5.2"/>',
        Centre.RING: f'<circle{stroke} cx="24" cy="24" r="2.4"/>',
        Centre.NONE: "",
    }[centre]


def _edges(edge: Edge) -> str:
    """Return what stands between the petals, on the four sides."""
    if edge is Edge.DIAMONDS:
        return '<path d="m24 5 2 2-2 2-2-2zm0 34 2 2-2 2-2-2zM7 22l2 2-2 2-2-2zm34 0 2 2-2 2-2-2z"/>'
    if edge is Edge.DOTS:
        return '<path class="tenger__seed" d="M24 8h0M24 40h0M8 24h0M40 24h0"/>'
    if edge is Edge.TICKS:
        return '<path class="tenger__line" d="M24 5.5v6M24 36.5v6M5.5 24h6M36.5 24h6"/>'
    return ""


def _on_diagonal(angle: int, along: float) -> tuple[float, float]:
    """Return the point on a petal's axis, so far outwards from the petal's own middle."""
    distance = PETAL_CENTRE * math.sqrt(2) + along
    return (
        MIDDLE + distance * math.cos(math.radians(angle)),
        MIDDLE + distance * math.sin(math.radians(angle)),
    )


def _point(point: tuple[float, float]) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in point)
