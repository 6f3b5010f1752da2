"""What is opened as a photo, and which refusal the rest is answered with."""

import pickle
import random

import pytest
from PIL import Image

from marketplace.photos import errors
from marketplace.photos.pipeline import process
from tests.photos.samples import (
    color_at,
    files_of,
    is_near,
    jpeg_of_size,
    jpeg_with_scans,
    market_stall,
    plain,
    png_header,
    saved,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
NO_PHOTOS = {
    "nothing": (b"", errors.EmptyUpload),
    "zero bytes": (b"\0" * 300, errors.NotAPhoto),
    "a note": (b"Ini catatan, bukan foto.", errors.NotAPhoto),
    "a page": (b"<!doctype html><title>foto</title>", errors.NotAPhoto),
    "a PDF": (b"%PDF-1.7\n%", errors.NotAPhoto),
    "noise": (random.Random(2).randbytes(20_000), errors.NotAPhoto),
    "an SVG": (SVG, errors.WrongPicture),
    "an SVG with a prologue": (b'<?xml version="1.0"?>\n' + SVG, errors.WrongPicture),
    "a BMP": (saved(plain(), "BMP"), errors.WrongPicture),
    "a TIFF": (saved(plain(), "TIFF"), errors.WrongPicture),
    "an icon": (saved(plain(), "ICO"), errors.WrongPicture),
    "a polyglot": (b"\xff\xd8\xff\xe0\0\x10JFIF\0<?php echo 1; ?><script>alert(1)</script>", errors.DamagedPhoto),
    "the head of a HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", errors.DamagedPhoto),
    "one pixel": (saved(plain(size=(1, 1))), errors.PhotoTooSmall),
    "a low photo": (saved(plain(size=(900, 63))), errors.PhotoTooSmall),
    "a strip": (saved(plain(size=(3000, 80))), errors.PhotoTooNarrow),
    "more than 20 MB": (saved(plain()) + bytes(20 * 1024 * 1024), errors.PhotoTooHeavy),
    "a PNG of 4 gigapixels": (png_header(65_535, 65_535), errors.PhotoTooLarge),
    "a PNG just above 50 megapixels": (png_header(7_072, 7_072), errors.PhotoTooLarge),
    "a JPEG of 4 gigapixels": (jpeg_of_size(65_000, 65_000), errors.PhotoTooLarge),
    "a JPEG of a thousand scans": (jpeg_with_scans(1_000, 4_000, 3_000), errors.DamagedPhoto),
}
# What the decoder steps over on its way from one scan to the next.
JPEG_DISGUISES = {
    "a thumbnail that ends": b"\xff\xe1\0\x06\xff\xd8\xff\xd9",
    "a comment that speaks of an end": b"\xff\xfe\0\x04\xff\xd9",
    "filling": b"\xff" * 40,
    "a restart that claims to be long": b"\xff\xd0\xff\xff",
    "a segment shorter than its own length": b"\xff\xec\0\0",
}


@pytest.mark.parametrize("size", [(240, 160), (8_160, 6_120)])
@pytest.mark.parametrize("is_progressive", [False, True])
def test_a_phone_may_keep_a_video_behind_its_photo(size, is_progressive):
    video = b"\0\0\0\x18ftypmp42" + random.Random(1).randbytes(6_000_000) + b"\xff\xda\0\x08" * 1_000

    photo = process(saved(Image.new("L", size, 128), "JPEG", progressive=is_progressive) + video)

    assert is_near(color_at(photo.master), (128, 128, 128))
    assert not any(b"ftypmp42" in content for content in files_of(photo))


@pytest.mark.parametrize("disguise", JPEG_DISGUISES)
def test_no_disguise_hides_endless_scans(disguise):
    def disguised(upload: bytes) -> bytes:
        last_scan = upload.rindex(b"\xff\xda")
        return upload[:last_scan] + JPEG_DISGUISES[disguise] + upload[last_scan:]

    assert process(disguised(jpeg_with_scans(1, 400, 300)))
    with pytest.raises(errors.DamagedPhoto):
        process(disguised(jpeg_with_scans(100, 4_000, 3_000)))


@pytest.mark.parametrize("refusal", errors.PhotoRefused.__subclasses__())
def test_every_refusal_tells_the_person_what_to_do(refusal):
    assert any(advice in refusal.user_message.lower() for advice in ("kirim", "pilih", "simpan", "potong"))
    assert refusal.status == 422
    assert str(pickle.loads(pickle.dumps(refusal()))) == refusal.user_message


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_photo_cut_off_by_a_lost_signal_is_refused(format, kept):
    upload = saved(market_stall(), format)

    with pytest.raises(errors.DamagedPhoto):
        process(upload[: int(len(upload) * kept)])


@pytest.mark.parametrize("kept", [4, 20, 150])
def test_a_photo_cut_off_inside_its_header_is_refused(kept):
    with pytest.raises(errors.DamagedPhoto):
        process(saved(market_stall(), "JPEG")[:kept])


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("kind", NO_PHOTOS)
def test_what_is_no_usable_photo_is_refused(kind):
    upload, refusal = NO_PHOTOS[kind]

    with pytest.raises(refusal) as caught:
        process(upload)

    assert type(caught.value) is refusal
