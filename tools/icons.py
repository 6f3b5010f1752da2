"""Draws the icons of the installed app from the mark of Pasar KIM: `python -m tools.icons` writes them anew.

The mark is four kawung petals, as in `static/img/icon.svg`; the petal of the market is in kunyit.
"""

from pathlib import Path

from PIL import Image, ImageDraw

from tools.environment import ROOT

FOLDER = ROOT / "static" / "img"
WEDEL = "#1c3a63"
MORI = "#fbf7ef"
KUNYIT = "#e6a61c"
# Of the 48 units of `icon.svg`: where petals stand, how long and wide they are, and the corners of the ground.
UNITS = 48
PETALS = ((14.9, 14.9, -45, MORI), (33.1, 33.1, -45, MORI), (14.9, 33.1, 45, MORI), (33.1, 14.9, 45, KUNYIT))
LONG, WIDE = 10.7, 6.3
LARGE_CORNER, SMALL_CORNER = 16.3, 4.8
# Drawn this many times larger and then reduced, so that edges are smooth.
FINER = 4
# What a phone may cut away from a maskable icon leaves a circle of 80 %: the petals, to their tips, stay inside it.
INSIDE_THE_CIRCLE = 0.8


def draw_icon(size: int) -> Image.Image:
    """Return the mark on its petal-shaped ground; the corners around it are clear."""
    scale = size * FINER / UNITS
    ground = Image.new("L", (size * FINER,) * 2, 0)
    drawing = ImageDraw.Draw(ground)
    edge = size * FINER - 1
    drawing.rounded_rectangle((0, 0, edge, edge), SMALL_CORNER * scale, 255, corners=(False, True, False, True))
    rounded = Image.new("L", ground.size, 0)
    ImageDraw.Draw(rounded).rounded_rectangle(
        (0, 0, edge, edge), LARGE_CORNER * scale, 255, corners=(True, False, True, False)
    )
    half = size * FINER // 2
    for box in ((0, 0, half, half), (half, half, edge + 1, edge + 1)):
        ground.paste(rounded.crop(box), box)
    picture = Image.new("RGBA", ground.size)
    picture.paste(WEDEL, mask=ground)
    _draw_petals(picture, 1.0)
    return picture.reduce(FINER)


def draw_maskable_icon(size: int) -> Image.Image:
    """Return the mark on a ground that reaches every edge, small enough for any shape that a phone cuts out."""
    picture = Image.new("RGBA", (size * FINER,) * 2, WEDEL)
    _draw_petals(picture, INSIDE_THE_CIRCLE)
    return picture.reduce(FINER).convert("RGB")


def _draw_petals(picture: Image.Image, share: float) -> None:
    scale = picture.width / UNITS
    middle = UNITS / 2
    for x, y, turn, colour in PETALS:
        box = Image.new("L", (round(2 * LONG * share * scale) + 2,) * 2, 0)
        centre = box.width / 2
        reach = (LONG * share * scale, WIDE * share * scale)
        ImageDraw.Draw(box).ellipse((centre - reach[0], centre - reach[1], centre + reach[0], centre + reach[1]), 255)
        turned = box.rotate(turn, Image.Resampling.BILINEAR)
        corner = [round((middle + (place - middle) * share) * scale - centre) for place in (x, y)]
        picture.paste(colour, tuple(corner), turned)


def write_icons(folder: Path) -> None:
    """Write every PNG that the manifest names."""
    for size in (192, 512):
        _write(draw_icon(size), folder / f"app-{size}.png")
        _write(draw_maskable_icon(size), folder / f"app-{size}-maskable.png")


def _write(picture: Image.Image, path: Path) -> None:
    # A mark of three colours: 64 shades keep its edges smooth at a quarter of the bytes.
    picture.quantize(64).save(path, optimize=True)


if __name__ == "__main__":
    write_icons(FOLDER)
