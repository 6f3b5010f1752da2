"""The files that are made of one clean picture: the master, the variants, the preview."""

import hashlib
import io
import threading
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from marketplace.photos.addresses import PREVIEW_WIDTH, widths_of
from marketplace.photos.pipeline.looks import dominant_color, perceptual_hash
from marketplace.photos.pipeline.pictures import clean_picture, fitted
from marketplace.photos.pipeline.uploads import opened

DIGEST_LENGTH = 32
MASTER_QUALITY = 90
# Method 2 takes 42 ms where the default 4 takes 99 ms for a width of 1280, and 5 % more bytes (benchmarks/photos.py).
VARIANT_OPTIONS = {"format": "WEBP", "quality": 60, "method": 2}
# WhatsApp shows no preview above 300 KB.
LARGEST_PREVIEW = 300 * 1024
PREVIEW_QUALITIES = (80, 65, 50)
SMALLER_PREVIEW = 0.7
# However many people send photos at one moment, the threads of a process take turns: two keep two cores busy, a third
# would only hold more memory. Large photos, of which WebP holds four copies while it decodes, are decoded singly.
PHOTOS_AT_ONCE = threading.BoundedSemaphore(2)
LARGE_DECODES = threading.Lock()
LARGE_PICTURE = 16_000_000


@dataclass(frozen=True)
class ProcessedPhoto:
    """Everything that is kept of an upload: `width` and `height` are the master's, `variants` go by width."""

    digest: str
    width: int
    height: int
    color: str
    perceptual_hash: str
    master: bytes
    variants: Mapping[int, bytes]
    preview: bytes


def process(upload: bytes | BinaryIO) -> ProcessedPhoto:
    """Turn an upload (JPEG, PNG, WebP, AVIF, HEIC; of an animation the first frame) into a photo.

    Refuses with PhotoRefused what is none, is damaged, or is larger than 20 MB or 50 megapixels.
    """
    with PHOTOS_AT_ONCE:
        clean = _clean(upload)
        return _files_of(clean, _encoded(clean, format="JPEG", quality=MASTER_QUALITY))


def files_from_master(master: bytes) -> ProcessedPhoto:
    """Make again what is derived from a master that was kept; the master and its digest stay as they are."""
    with PHOTOS_AT_ONCE:
        return _files_of(_clean(master), master)


def digest_of(master: bytes) -> str:
    """Return the name of the photo: the first half of the SHA-256 of its master."""
    return hashlib.sha256(master).hexdigest()[:DIGEST_LENGTH]


def _clean(upload: bytes | BinaryIO) -> Image.Image:
    # A function of its own: what was decoded is gone before anything is encoded.
    with opened(upload) as picture, _turn_of(picture):
        return clean_picture(picture)


def _turn_of(picture: Image.Image) -> AbstractContextManager:
    return LARGE_DECODES if picture.width * picture.height > LARGE_PICTURE else nullcontext()


def _files_of(clean: Image.Image, master: bytes) -> ProcessedPhoto:
    width, height = clean.size
    variants = {}
    preview = None
    # From the widest to the narrowest: each is made of the one before, so only the first step is a large one.
    for step in reversed(widths_of(width)):
        clean = fitted(clean, step, max(1, round(height * step / width)))
        variants[step] = _encoded(clean, **VARIANT_OPTIONS)
        preview = preview or _preview(clean)
    return ProcessedPhoto(
        digest=digest_of(master),
        width=width,
        height=height,
        color=dominant_color(clean),
        perceptual_hash=perceptual_hash(clean),
        master=master,
        variants=variants,
        preview=preview,
    )


def _preview(picture: Image.Image) -> bytes:
    """Return a JPEG that fits beside a link: coarser first, and smaller when that is not enough."""
    scale = min(1, PREVIEW_WIDTH / picture.width)
    while True:
        # From 1280 to 1200 pixels the sharpest filter shows no difference and takes twice the time.
        smaller = fitted(picture, *(max(1, round(side * scale)) for side in picture.size), Image.Resampling.HAMMING)
        for quality in PREVIEW_QUALITIES:
            content = _encoded(smaller, format="JPEG", quality=quality)
            if len(content) <= LARGEST_PREVIEW:
                return content
        scale *= SMALLER_PREVIEW


def _encoded(picture: Image.Image, **options) -> bytes:
    content = io.BytesIO()
    picture.save(content, **options)
    return content.getvalue()
