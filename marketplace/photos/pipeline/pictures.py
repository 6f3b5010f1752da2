"""From an opened upload to one clean picture: small enough, upright, opaque, sRGB, and nothing else."""

import io
import itertools

from PIL import Image, ImageChops, ImageCms
from PIL.ExifTags import Base as ExifTag

from marketplace.photos.pipeline.uploads import DECODING_FAULTS

LONGEST_MASTER_EDGE = 2048
# JPEG decodes at 1/2, 1/4 or 1/8 of its size for a fraction of the time and memory. Half of a common 12 megapixel
# photo is 2016 or 2000 pixels long: near enough to the longest edge to be worth it.
SHORTEST_DRAFT_EDGE = 1920

SIXTEEN_BIT_MODES = {"I", "I;16", "I;16L", "I;16B", "I;16N"}
OPAQUE_MODES = {"L", "RGB", "CMYK"}
BAND = 256
COLOR_SAMPLE = Image.frombytes("RGB", (216, 1), bytes(itertools.chain(*itertools.product(range(0, 256, 51), repeat=3))))
INVISIBLE_DIFFERENCE = 2
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def clean_picture(upload: Image.Image) -> Image.Image:
    """Return the upload in sRGB, upright, on white, its long edge at most 2048 pixels, without any metadata."""
    _decode(upload)
    turn = UPRIGHT.get(_orientation_of(upload))
    picture = _in_srgb(_shrunk(upload), upload.info.get("icc_profile"))
    if turn is not None:
        picture = picture.transpose(turn)
    # Pillow writes comments, profiles and densities that it finds here into whatever it saves.
    picture.info.clear()
    return picture


def fitted(
    picture: Image.Image, width: int, height: int, filter: Image.Resampling = Image.Resampling.LANCZOS
) -> Image.Image:
    """Return the picture at this size, which is never larger than its own."""
    if picture.size == (width, height):
        return picture
    return picture.resize((width, height), filter)


def _decode(upload: Image.Image) -> None:
    longest = max(upload.size)
    if longest > SHORTEST_DRAFT_EDGE:
        upload.draft(None, tuple(max(1, side * SHORTEST_DRAFT_EDGE // longest) for side in upload.size))
    upload.load()


def _orientation_of(upload: Image.Image) -> int:
    """Return the EXIF orientation, 1 when the block is broken: the picture itself may be fine."""
    try:
        return upload.getexif().get(ExifTag.Orientation, 1)
    except DECODING_FAULTS:
        return 1


def _shrunk(decoded: Image.Image) -> Image.Image:
    """Return the picture at the master's size, opaque, in 8 bits a channel, still in its own colours.

    It is worked through in bands, so that 50 megapixels are never held a second time in another mode.
    """
    factor = max(1, max(decoded.size) // LONGEST_MASTER_EDGE)
    if factor > 1 or decoded.mode not in OPAQUE_MODES or decoded.has_transparency_data:
        decoded = _reduced_in_bands(decoded, factor)
    longest = max(decoded.size)
    if longest <= LONGEST_MASTER_EDGE:
        return decoded
    return fitted(decoded, *(max(1, round(side * LONGEST_MASTER_EDGE / longest)) for side in decoded.size))


def _reduced_in_bands(decoded: Image.Image, factor: int) -> Image.Image:
    width, height = (-(-side // factor) for side in decoded.size)
    reduced = None
    for top in range(0, decoded.height, BAND * factor):
        bottom = min(top + BAND * factor, decoded.height)
        band = _opaque(decoded.crop((0, top, decoded.width, bottom))).reduce(factor)
        if reduced is None:
            reduced = Image.new(band.mode, (width, height))
        reduced.paste(band, (0, top // factor))
    return reduced


def _opaque(band: Image.Image) -> Image.Image:
    """Return the band in one of OPAQUE_MODES, on white where it was transparent."""
    if band.mode in SIXTEEN_BIT_MODES:
        # `convert` alone clips: everything brighter than 255 of 65,535 would come out white.
        return band.point(lambda value: value * (1 / 256)).convert("L")
    if band.has_transparency_data:
        band = band.convert("RGBA")
        white = Image.new("RGB", band.size, "white")
        white.paste(band, mask=band.getchannel("A"))
        return white
    if band.mode in OPAQUE_MODES:
        return band
    return band.convert("L" if band.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB: by its profile, or by the usual formula where there is none that fits it."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            to_srgb = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), picture.mode, "RGB")
            if picture.mode == "RGB" and _changes_nothing(to_srgb):
                return picture
            return ImageCms.applyTransform(picture, to_srgb)
        except (ImageCms.PyCMSError, OSError):
            # Programs write profiles that are cut off or meant for another colour space; browsers ignore those too.
            pass
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Tell whether the profile is sRGB: most are, under many names, and a whole photo takes a quarter of our time."""
    changed = ImageChops.difference(COLOR_SAMPLE, ImageCms.applyTransform(COLOR_SAMPLE, transform))
    return max(highest for _lowest, highest in changed.getextrema()) <= INVISIBLE_DIFFERENCE
