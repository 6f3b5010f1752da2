"""What comes of the pictures that people send."""

import io
import itertools
import random
import struct
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from marketplace.photos import errors
from marketplace.photos.pipeline import files_from_master, process
from tests.photos.samples import (
    BLUE,
    CORNERS,
    GREEN,
    RED,
    WHITE,
    color_at,
    files_of,
    four_corners,
    is_near,
    market_stall,
    picture_in,
    plain,
    png,
    profile_with_red_and_green_exchanged,
    saved,
    taken_at_home,
)

# How a camera stores what it saw upright, for each value of the EXIF orientation.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
# Everything that would tell more than the picture: EXIF, GPS, XMP, comments, profiles, and what hides behind the end.
SECRETS = (b"SecretPhone", b"Exif\0", b"xpacket", b"ICC_PROFILE", b"ICCP", b"<?php", b"<script", b"PK\x03\x04")


@pytest.fixture(autouse=True)
def heif_can_be_written():
    pillow_heif.register_heif_opener()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "GIF", "MPO"])
def test_a_photo_of_any_accepted_kind_becomes_the_same_files(format):
    photo = process(saved(four_corners(700, 500), format))

    assert (photo.width, photo.height) == (700, 500)
    assert picture_in(photo.master).format == picture_in(photo.preview).format == "JPEG"
    assert [picture_in(content).format for content in photo.variants.values()] == ["WEBP"] * 3
    for content, (corner, color) in itertools.product(files_of(photo), CORNERS.items()):
        assert is_near(color_at(content, corner), color, 24)


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_taken_sideways_comes_out_upright(orientation, format):
    turn = STORED[orientation]
    stored = four_corners() if turn is None else four_corners().transpose(turn)

    photo = process(saved(stored, format, exif=taken_at_home(orientation=orientation)))

    assert (photo.width, photo.height) == (240, 160)
    for content, (corner, color) in itertools.product(files_of(photo), CORNERS.items()):
        assert is_near(color_at(content, corner), color, 24)


def test_a_heic_photo_is_not_turned_a_second_time_by_its_exif():
    """HEIC says in a box of its own how it is turned; the decoder has obeyed that, and EXIF only repeats it."""
    photo = process(saved(four_corners(), "HEIF", exif=taken_at_home(orientation=6)))

    assert all(is_near(color_at(photo.master, corner), color, 24) for corner, color in CORNERS.items())


@pytest.mark.parametrize("exif", [taken_at_home(orientation=9).tobytes(), b"Exif\0\0II*\0garbage", b"Exif\0\0"])
def test_a_photo_with_a_broken_description_is_still_a_photo(exif):
    photo = process(saved(four_corners(), "JPEG", exif=exif))

    assert all(is_near(color_at(photo.master, corner), color) for corner, color in CORNERS.items())


def test_where_the_seller_lives_is_in_no_file():
    exif = taken_at_home()
    metadata = PngInfo()
    metadata.add_text("Comment", "SecretPhone <?php")
    metadata.add_itxt("XML:com.adobe.xmp", "<?xpacket SecretPhone")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    xmp = b"<?xpacket SecretPhone"
    uploads = [
        saved(four_corners(), "JPEG", exif=exif, comment=b"<?php", icc_profile=profile, xmp=xmp, dpi=(300, 300)),
        saved(four_corners(), "PNG", exif=exif, pnginfo=metadata, icc_profile=profile),
        saved(four_corners(), "WEBP", exif=exif, icc_profile=profile, xmp=xmp),
        saved(four_corners(), "AVIF", exif=exif, icc_profile=profile, xmp=xmp),
        saved(four_corners(), "HEIF", exif=exif, icc_profile=profile, xmp=xmp),
        saved(four_corners(), "GIF", comment=b"SecretPhone"),
    ]

    for upload in uploads:
        assert b"SecretPhone" in upload
        for content in files_of(process(upload)):
            assert [secret for secret in SECRETS if secret in content] == []
            assert not picture_in(content).getexif()
            assert not {"comment", "exif", "xmp", "icc_profile", "dpi"} & set(picture_in(content).info)


@pytest.mark.parametrize("tail", [b"<?php system($_GET[0]); ?>", b"<script>alert(1)</script>", b"PK\x03\x04archive"])
def test_what_hides_behind_the_end_of_a_photo_is_dropped(tail):
    photo = process(saved(four_corners(), "JPEG") + tail)

    assert not any(tail in content for content in files_of(photo))


def test_a_printers_photo_keeps_its_colours():
    assert is_near(color_at(process(saved(plain(RED).convert("CMYK"), "JPEG")).master), RED)


def test_a_sixteen_bit_photo_is_scaled_and_not_washed_out():
    shades = (0, 16_384, 32_768, 49_152, 65_535)
    rows = [struct.pack("<100H", *[shade] * 100) for shade in shades for _ in range(20)]
    photo = process(saved(Image.frombytes("I;16", (100, 100), b"".join(rows)), "PNG"))

    picture = picture_in(photo.master).convert("L")
    found = [picture.getpixel((50, 10 + 20 * number)) for number in range(5)]
    assert found == pytest.approx([0, 64, 128, 192, 255], abs=3)


def test_a_photo_of_sixteen_bits_a_channel_keeps_its_brightness():
    photo = process(png(100, 100, bits=16, color_type=2))

    assert is_near(color_at(photo.master), (0, 0, 0))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "RGB"])
def test_what_is_transparent_becomes_white(mode):
    picture = plain(RED)
    options = {}
    if mode == "RGB":
        options["transparency"] = RED
        picture.paste(BLUE, (120, 0, 240, 160))
    elif mode == "P":
        picture = picture.quantize(2)
        picture.paste(1, (120, 0, 240, 160))
        options["transparency"] = picture.getpixel((0, 0))
    else:
        picture = picture.convert(mode)
        picture.putalpha(Image.new("L", picture.size, 0))
        picture.paste(picture.getpixel((0, 0))[:-1] + (255,), (120, 0, 240, 160))

    photo = process(saved(picture, "PNG", **options))

    assert is_near(color_at(photo.master, "top left"), WHITE)
    assert not is_near(color_at(photo.master, "top right"), WHITE)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_a_drawing_of_few_colours_is_a_photo_too(mode):
    half = Image.new("RGB", (240, 160), "black")
    half.paste("white", (120, 0, 240, 160))

    photo = process(saved(half.convert(mode), "PNG"))

    assert is_near(color_at(photo.master, "top left"), (0, 0, 0))
    assert is_near(color_at(photo.master, "top right"), WHITE)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_colours_are_those_that_the_photos_profile_means(format):
    upload = saved(plain((0, 200, 0)), format, icc_profile=profile_with_red_and_green_exchanged())

    red, green, _blue = color_at(process(upload).master)

    assert red > 150
    assert green < 60


# A profile tells the second in which it was made: as a name the two processes of a run would not agree on it.
@pytest.mark.parametrize(
    "profile", [b"not a profile", profile_with_red_and_green_exchanged()[:300]], ids=["no profile", "cut off"]
)
def test_a_broken_profile_is_ignored(profile):
    assert is_near(color_at(process(saved(plain(GREEN), "JPEG", icc_profile=profile)).master), GREEN)


def test_a_profile_for_another_kind_of_picture_is_ignored():
    upload = saved(plain(WHITE).convert("L"), "JPEG", icc_profile=profile_with_red_and_green_exchanged())

    assert is_near(color_at(process(upload).master), WHITE)


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_of_an_animation_the_first_picture_is_taken(format):
    frames = [plain(BLUE), plain(GREEN)]

    photo = process(saved(plain(RED), format, save_all=True, append_images=frames, duration=100))

    assert is_near(color_at(photo.master), RED, 24)


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (100, [100]),
        (320, [320]),
        (321, [320, 321]),
        (500, [320, 500]),
        (1280, [320, 640, 1280]),
        (3000, [320, 640, 1280]),
    ],
)
def test_a_photo_is_never_enlarged(width, widths):
    photo = process(saved(plain(size=(width, 300))))

    assert sorted(photo.variants) == widths
    assert [picture_in(photo.variants[step]).width for step in widths] == widths
    assert picture_in(photo.preview).width == min(width, 1200)


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (4032, 1976), (2600, 2000), (2048, 1024)])
def test_a_master_is_at_most_2048_pixels_long_and_keeps_the_proportions(size, format):
    photo = process(saved(plain(size=size), format))

    assert 1920 <= max(photo.width, photo.height) <= 2048
    assert photo.width / photo.height == pytest.approx(size[0] / size[1], rel=0.003)
    assert picture_in(photo.master).size == (photo.width, photo.height)


def test_a_preview_fits_beside_a_link_even_when_the_photo_is_all_detail():
    noise = Image.frombytes("RGB", (1500, 1500), random.Random(1).randbytes(1500 * 1500 * 3))

    preview = process(saved(noise, "JPEG", quality=95)).preview

    assert len(preview) <= 300 * 1024
    assert picture_in(preview).width >= 400


def test_the_same_upload_has_the_same_digest_and_another_has_another():
    upload = saved(four_corners(), "JPEG")

    assert process(upload) == process(io.BytesIO(upload))
    assert process(upload).digest != process(saved(four_corners(242, 160), "JPEG")).digest


def test_everything_can_be_made_again_from_the_master():
    photo = process(saved(market_stall(), "JPEG", quality=95))

    again = files_from_master(photo.master)

    assert (again.digest, again.master, again.width, again.height) == (
        photo.digest,
        photo.master,
        photo.width,
        photo.height,
    )
    assert again.variants.keys() == photo.variants.keys()


def test_a_copy_is_recognised_after_it_was_sent_through_whatsapp():
    original = process(saved(market_stall(), "JPEG", quality=95))
    copy = process(saved(market_stall().resize((480, 320)), "JPEG", quality=40))
    other = process(saved(market_stall(2), "JPEG"))

    assert _distance(original, copy) <= 4
    assert _distance(original, other) >= 20
    assert len(original.perceptual_hash) == 16


def test_the_colour_shown_before_the_photo_is_the_one_that_covers_most_of_it():
    picture = plain(BLUE)
    picture.paste(RED, (0, 0, 80, 160))

    color = process(saved(picture)).color

    assert is_near(tuple(bytes.fromhex(color.removeprefix("#"))), BLUE)


def test_a_photo_may_come_as_a_file_that_is_read_only_once():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_place):
            raise io.UnsupportedOperation

    assert process(Pipe(saved(plain()))) == process(saved(plain()))


def test_the_file_that_was_sent_stays_open_and_may_be_sent_again():
    upload = io.BytesIO(saved(plain(), "JPEG"))
    upload.seek(10)

    assert process(upload) == process(upload)
    assert not upload.closed


def test_an_importer_may_use_several_processes():
    uploads = [saved(plain(), "JPEG"), saved(four_corners())]

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(process, uploads)) == [process(upload) for upload in uploads]
        with pytest.raises(errors.EmptyUpload):
            pool.submit(process, b"").result()


def test_the_smallest_and_the_narrowest_photos_are_kept():
    assert process(saved(plain(size=(64, 64)))).width == 64
    panorama = process(saved(plain(size=(64 * 64, 128))))
    assert files_from_master(panorama.master).height == 64


def _distance(one, other) -> int:
    return (int(one.perceptual_hash, 16) ^ int(other.perceptual_hash, 16)).bit_count()
