"""The photos that were gathered to break pipelines: every row of their manifest, read in place.

They are not ours to ship, so they lie beside the project on some machines only.
"""

import csv
from pathlib import Path

import pytest
from PIL import ImageChops, ImageStat

from marketplace.photos.errors import PhotoRefused
from marketplace.photos.pipeline import ProcessedPhoto, process
from tests.photos.samples import RED, color_at, files_of, is_near, picture_in, saved

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "photos"
MANIFEST = FOLDER / "MANIFEST.csv"
SECRETS = (b"Exif\0", b"GPS", b"xpacket", b"Photoshop", b"<?php", b"<script", b"PK\x03\x04", b"SAMSUNG", b"Nokia")

if not MANIFEST.exists():
    pytest.skip("../shared/data/photos is absent: its photos are not tested here", allow_module_level=True)

with MANIFEST.open(encoding="utf-8", newline="") as manifest:
    EXPECTED = {row["file"]: row["expected"] for row in csv.DictReader(manifest)}


def processed(name: str) -> ProcessedPhoto:
    """Return the photo that comes of a file of the folder."""
    with (FOLDER / name).open("rb") as upload:
        return process(upload)


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if expected == "accept"])
def test_a_good_photo_is_accepted_and_tells_nothing_but_its_picture(name):
    photo = processed(name)

    for content in files_of(photo):
        picture = picture_in(content)
        assert picture.mode == "RGB"
        assert not picture.getexif()
        assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(picture.info)
        assert [secret for secret in SECRETS if secret in content] == []


@pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if expected == "reject"])
def test_a_bad_file_is_refused_with_a_sentence(name):
    with pytest.raises(PhotoRefused) as refusal:
        processed(name)

    assert refusal.value.user_message.endswith(".")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_landscape_is_upright_however_the_camera_was_held(orientation):
    upright, turned = (picture_in(processed(f"orient_{number}.jpg").master) for number in (1, orientation))

    assert turned.size == (1800, 1200)
    assert max(ImageStat.Stat(ImageChops.difference(upright, turned)).mean) < 4


def test_red_on_black_from_a_printers_file_is_not_negative():
    photo = processed("cmyk_small.jpg")

    colors = picture_in(photo.master).convert("RGB").getcolors(100 * 100)
    assert max(colors)[1] <= (20, 20, 20)
    assert any(is_near(color, RED, 60) for _count, color in colors)


def test_the_arrow_points_up():
    photo = processed("phone_12mp_arrow.heic")

    assert (photo.width, photo.height) == (1536, 2048)


def test_sixteen_bits_look_like_eight():
    grey, colored, plain = (processed(name) for name in ("png_16bit_gray.png", "png_16bit_rgb.png", "photo.png"))

    assert colored.master == plain.master
    assert is_near(color_at(grey.master), color_at(picture_as_grey(plain)), 4)


def picture_as_grey(photo: ProcessedPhoto) -> bytes:
    """Return the photo's picture without its colours, as a file."""
    return saved(picture_in(photo.master).convert("L").convert("RGB"))
