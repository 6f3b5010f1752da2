"""Pictures that the tests send: drawn here, so that every pixel is known."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, ImageCms
from PIL.ExifTags import IFD, Base

from marketplace.photos.pipeline import ProcessedPhoto

RED, GREEN, BLUE, YELLOW, WHITE = (220, 30, 30), (30, 160, 60), (30, 60, 200), (240, 210, 40), (255, 255, 255)
CORNERS = {"top left": RED, "top right": GREEN, "bottom left": BLUE, "bottom right": YELLOW}


def four_corners(width: int = 240, height: int = 160) -> Image.Image:
    """Return a picture with another colour in each quarter, so that it shows every turn and every flip."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height))
    picture.paste(BLUE, (0, height // 2, width, height))
    picture.paste(YELLOW, (width // 2, height // 2, width, height))
    return picture


def market_stall(number: int = 1, width: int = 900, height: int = 600) -> Image.Image:
    """Return a picture with as much going on as a photo has; each number is another stall."""
    blots = random.Random(number).randbytes(24 * 16 * 3)
    return Image.frombytes("RGB", (24, 16), blots).resize((width, height), Image.Resampling.BICUBIC)


def plain(color: tuple[int, int, int] = RED, size: tuple[int, int] = (240, 160)) -> Image.Image:
    """Return a picture of one colour."""
    return Image.new("RGB", size, color)


def saved(picture: Image.Image, format: str = "PNG", **options) -> bytes:
    """Return the picture as a file of this format."""
    content = io.BytesIO()
    picture.save(content, format, **options)
    return content.getvalue()


def taken_at_home(**tags: int) -> Image.Exif:
    """Return what a phone writes: its maker, and where the seller lives."""
    exif = Image.Exif()
    exif[Base.Make] = "SecretPhone"
    exif[Base.Orientation] = tags.get("orientation", 1)
    exif.get_ifd(IFD.GPSInfo).update({1: "S", 2: (7.0, 58.0, 12.0), 3: "E", 4: (112.0, 37.0, 48.0)})
    return exif


def profile_with_red_and_green_exchanged() -> bytes:
    """Return an ICC profile that still calls itself sRGB; a program that ignores it shows red where green was meant."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"----", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"----", b"gXYZ", 1)


def png(width: int, height: int, bits: int, color_type: int, kept: float = 1) -> bytes:
    """Return a black PNG of any size without ever holding its pixels; `kept` is the share of the file that arrives."""
    channels = {0: 1, 2: 3, 6: 4}[color_type]
    row = bytes(1 + (width * bits * channels + 7) // 8)
    compressor = zlib.compressobj(1)
    data = b"".join(compressor.compress(row) for _ in range(height)) + compressor.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, color_type, 0, 0, 0)
    content = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    return content[: round(len(content) * kept)]


def png_header(width: int, height: int) -> bytes:
    """Return the beginning of a PNG that claims this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(64)))


def jpeg_of_size(width: int, height: int) -> bytes:
    """Return a small JPEG whose header claims this size."""
    content = bytearray(saved(plain(), "JPEG"))
    place = content.index(b"\xff\xc0") + 5
    content[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def jpeg_with_scans(count: int, width: int, height: int) -> bytes:
    """Return a progressive JPEG that asks to be worked through this many times more."""
    content = saved(Image.new("L", (width, height)), "JPEG", progressive=True)
    last_scan = content[content.rindex(b"\xff\xda") : -2]
    return content[:-2] + last_scan * count + content[-2:]


def files_of(photo: ProcessedPhoto) -> Iterator[bytes]:
    """Yield every file that is kept of a photo."""
    yield photo.master
    yield from photo.variants.values()
    yield photo.preview


def picture_in(content: bytes) -> Image.Image:
    """Return the decoded picture of a file."""
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def color_at(content: bytes, place: str = "middle") -> tuple[int, int, int]:
    """Return the colour of a file's picture in the middle of it, or in one of its corners."""
    picture = picture_in(content).convert("RGB")
    across = {"left": 0.2, "right": 0.8}.get(place.rpartition(" ")[2], 0.5)
    down = {"top": 0.2, "bottom": 0.8}.get(place.partition(" ")[0], 0.5)
    return picture.getpixel((int(picture.width * across), int(picture.height * down)))


def is_near(color: tuple[int, int, int], wanted: tuple[int, int, int], tolerance: int = 14) -> bool:
    """Tell whether two colours look the same."""
    return max(abs(one - other) for one, other in zip(color, wanted, strict=True)) <= tolerance


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
