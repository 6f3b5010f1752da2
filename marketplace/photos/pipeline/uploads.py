"""Opening what was sent: its kind is read from its content, its size from its header, before a pixel is decoded."""

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

# Naming the modules keeps Pillow from loading all its formats when it meets something that it does not know.
from PIL import AvifImagePlugin, GifImagePlugin, Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from marketplace.photos import errors

LARGEST_UPLOAD = 20 * 1024 * 1024
LARGEST_PICTURE = 50_000_000
SMALLEST_SIDE = 64
# Panoramas are six times as wide as they are high; beyond this the short side would all but vanish in the master.
MOST_ELONGATED = 32

# A progressive JPEG is decoded once for each of its scans, of which a small file can hold thousands; real ones have
# about ten. This many pixels are worked through in all: 50 megapixels in 20 scans, 12 megapixels in 80.
LARGEST_SCANNED_AREA = 1_000_000_000
# The markers of a JPEG that begin something, by ITU T.81, annex B. What else may follow FF (a byte of the picture's
# own data, a restart, filling, nothing known) is stepped over, as the decoder does.
JPEG_MARKER = re.compile(rb"\xff([\xc0-\xcf\xd8-\xfe])")
START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN = b"\xd8", b"\xd9", b"\xda"

# "MPO", the pictures of two-lensed phones, is opened as JPEG; naming it here raises KeyError.
PILLOW_FORMATS = (
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
    AvifImagePlugin.AvifImageFile.format,
    GifImagePlugin.GifImageFile.format,
)
HEIF = "HEIF"
ACCEPTED_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8")
OTHER_PICTURES = (b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS", b"<svg", b"<?xml")

# What Pillow and the libraries below it raise for bytes that are not what they claim to be.
DECODING_FAULTS = (OSError, SyntaxError, ValueError, LookupError, EOFError, RuntimeError, struct.error, zlib.error)

# For whatever else in this process opens pictures: beyond the limit it fails instead of writing a warning.
Image.MAX_IMAGE_PIXELS = LARGEST_PICTURE
warnings.simplefilter("error", Image.DecompressionBombWarning)


@contextmanager
def opened(upload: bytes | BinaryIO) -> Iterator[ImageFile.ImageFile]:
    """Yield the upload's first picture, not yet decoded, or refuse with PhotoRefused.

    What fails while the caller decodes it is refused as well: many damaged files show only then.
    """
    stream = _as_stream(upload)
    head = _head_of(stream)
    try:
        with Image.open(stream, formats=_formats_for(head)) as picture:
            _refuse_unfit_size(picture)
            if picture.format in {"JPEG", "MPO"}:
                _refuse_endless_scans(stream, picture)
            yield picture
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise errors.PhotoTooLarge from error
    except Image.UnidentifiedImageError as error:
        raise _refusal_for(head) from error
    except DECODING_FAULTS as error:
        raise errors.DamagedPhoto from error


def _as_stream(upload: bytes | BinaryIO) -> BinaryIO:
    """Return something that can be read twice, without a copy where the upload lies in a file already."""
    if isinstance(upload, bytes):
        return io.BytesIO(upload)
    if upload.seekable():
        return upload
    return io.BytesIO(upload.read(LARGEST_UPLOAD + 1))


def _head_of(stream: BinaryIO) -> bytes:
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise errors.EmptyUpload
    if size > LARGEST_UPLOAD:
        raise errors.PhotoTooHeavy
    stream.seek(0)
    head = stream.read(512)
    stream.seek(0)
    return head


def _formats_for(head: bytes) -> tuple[str, ...]:
    if head[4:8] != b"ftyp":
        return PILLOW_FORMATS
    # Loaded when the first HEIC arrives: its decoders take 80 MB of address space that most processes never need.
    import pillow_heif

    pillow_heif.register_heif_opener()
    return (*PILLOW_FORMATS, HEIF)


def _refuse_unfit_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > LARGEST_PICTURE:
        raise errors.PhotoTooLarge
    if min(width, height) < SMALLEST_SIDE:
        raise errors.PhotoTooSmall
    if max(width, height) > MOST_ELONGATED * min(width, height):
        raise errors.PhotoTooNarrow


def _refuse_endless_scans(stream: BinaryIO, picture: Image.Image) -> None:
    place = stream.tell()
    stream.seek(0)
    scans = _count_scans(stream.read())
    stream.seek(place)
    if scans * picture.width * picture.height > LARGEST_SCANNED_AREA:
        raise errors.DamagedPhoto


def _count_scans(content: bytes) -> int:
    """Count the scans of a JPEG's picture, as its decoder meets them.

    Not in the pictures that lie inside its segments, and not behind its end, where phones keep a video or another
    picture, in which the same bytes are chance.
    """
    scans, place = 0, 0
    while match := JPEG_MARKER.search(content, place):
        marker, place = match[1], match.end()
        if marker == END_OF_IMAGE:
            break
        if marker != START_OF_IMAGE:
            # The length of a segment counts its own two bytes; a shorter one is read as the decoder reads it.
            place += max(2, int.from_bytes(content[place : place + 2]))
        scans += marker == START_OF_SCAN
    return scans


def _refusal_for(head: bytes) -> errors.PhotoRefused:
    """Tell a broken photo from another kind of picture and from anything else: each is mended differently."""
    if head.startswith(ACCEPTED_SIGNATURES) or head[8:12] == b"WEBP" or head[4:8] == b"ftyp":
        return errors.DamagedPhoto()
    if head.lstrip().startswith(OTHER_PICTURES):
        return errors.WrongPicture()
    return errors.NotAPhoto()
