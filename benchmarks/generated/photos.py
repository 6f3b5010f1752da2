"""Photos for made-up listings where the example data, which has real ones, is not wanted."""

import io
import random

from PIL import Image, ImageFilter

from marketplace.photos.services import accept_photo

PICTURES = 6
SIZE = (1200, 900)


def make_photos(seed: int) -> list[int]:
    """Add a few photos of soft shapes and return their ids."""
    chance = random.Random(seed)
    return [accept_photo(_picture(chance)).id for _ in range(PICTURES)]


def _picture(chance: random.Random) -> io.BytesIO:
    shapes = Image.frombytes("RGB", (4, 3), chance.randbytes(4 * 3 * 3)).resize(SIZE, Image.Resampling.BICUBIC)
    content = io.BytesIO()
    shapes.filter(ImageFilter.GaussianBlur(2)).save(content, format="JPEG", quality=90)
    content.seek(0)
    return content
