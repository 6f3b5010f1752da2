"""What is remembered of how a photo looks: one colour to show before it arrives, one number to find its copies."""

import itertools

from PIL import Image

THUMBNAIL = (48, 48)
PALETTE = 6


def dominant_color(picture: Image.Image) -> str:
    """Return the colour that covers most of the picture, as `#rrggbb`.

    Not the average: of a red batik on green leaves that would be brown.
    """
    small = picture.resize(THUMBNAIL, Image.Resampling.BOX).quantize(PALETTE)
    _, index = max(small.getcolors())
    red, green, blue = small.getpalette()[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def perceptual_hash(picture: Image.Image) -> str:
    """Return 64 bits as 16 hexadecimal digits that stay nearly the same when the photo is resized or saved again.

    This is dHash: of nine columns in eight rows, whether each is darker than its right neighbour. Libraries for it
    bring NumPy and SciPy along for what Pillow does in four lines.
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    rows = [small.tobytes()[start : start + 9] for start in range(0, 72, 9)]
    bits = "".join("1" if left < right else "0" for row in rows for left, right in itertools.pairwise(row))
    return f"{int(bits, 2):016x}"
