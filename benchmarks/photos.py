"""What a 12 megapixel photo costs, beside bare Pillow making the same three variants with draft decoding.

    python benchmarks/photos.py [PHOTO ...]

Each measurement is a process of its own; the two take turns, so that a machine that slows down slows both. The goal
is at most 1.3 times bare Pillow in time and in memory, although the pipeline also checks the upload, and makes the
master, the preview for links, the dominant colour and the perceptual hash.
"""

import argparse
import io
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageFilter, ImageOps

from marketplace.photos.addresses import WIDTHS
from marketplace.photos.pipeline import process
from marketplace.photos.pipeline.files import VARIANT_OPTIONS

CAMERA_PHOTO = Path(__file__).resolve().parents[2] / "shared" / "data" / "photos" / "camera_12mp.jpg"
STATUS = Path("/proc/self/status")
GOAL = 1.3
ROUNDS = 9
METHODS = range(7)


def main() -> None:
    """Measure the photos named on the command line, or a generated one and the camera's where it is present."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--once", choices=CONTENDERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.once:
        print(json.dumps(measure(CONTENDERS[arguments.once], arguments.photos[0])))
        return
    with tempfile.TemporaryDirectory() as folder:
        photos = arguments.photos or [generated_photo(Path(folder)), *filter(Path.exists, [CAMERA_PHOTO])]
        for photo in photos:
            compare(photo, arguments.rounds)
            compare_methods(photo)


def compare(photo: Path, rounds: int) -> None:
    """Print the medians of both and their ratios."""
    results = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name, measured in results.items():
            command = [sys.executable, __file__, "--once", name, str(photo)]
            measured.append(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))
    print(f"{photo.name}, medians of {rounds} processes each")
    medians = {}
    for name, measured in results.items():
        medians[name] = {unit: statistics.median(one[unit] for one in measured) for unit in measured[0]}
        print(f"  {name:<9} " + "  ".join(f"{value:7.1f} {unit}" for unit, value in medians[name].items()))
    ratios = {unit: medians["pipeline"][unit] / medians["bare"][unit] for unit in medians["bare"]}
    print(f"  {'ratio':<9} " + "  ".join(f"{ratio:7.2f} x {unit}" for unit, ratio in ratios.items()))
    verdict = "reached" if max(ratios.values()) <= GOAL else "MISSED"
    print(f"  goal of {GOAL} x: {verdict}")


def compare_methods(photo: Path) -> None:
    """Print what WebP's methods cost, from which the pipeline's was chosen."""
    with Image.open(photo) as picture:
        picture.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
        picture = at_width(picture, WIDTHS[-1])
    for method in METHODS:
        started = time.perf_counter()
        size = len(webp(picture, method=method))
        print(f"  WebP method {method}: {(time.perf_counter() - started) * 1000:6.1f} ms, {size / 1024:6.1f} KB")


def measure(contender, photo: Path) -> dict[str, float]:
    """Return what one photo costs in a new process: time, time of the processor, and growth of its peak memory."""
    before = peak_memory()
    started, started_working = time.perf_counter(), time.process_time()
    contender(photo)
    worked, elapsed = time.process_time() - started_working, time.perf_counter() - started
    return {"ms": elapsed * 1000, "ms of CPU": worked * 1000, "MB": peak_memory() - before}


def pipeline(photo: Path) -> None:
    """What an upload goes through here."""
    with photo.open("rb") as upload:
        process(upload)


def bare(photo: Path) -> None:
    """The same three variants, as a script with nothing but Pillow would make them."""
    with Image.open(photo) as picture:
        picture.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
        ImageOps.exif_transpose(picture, in_place=True)
        for width in reversed(WIDTHS):
            picture = at_width(picture, width)
            webp(picture)


CONTENDERS = {"bare": bare, "pipeline": pipeline}


def at_width(picture: Image.Image, width: int) -> Image.Image:
    """Return the picture at this width."""
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


def webp(picture: Image.Image, **options) -> bytes:
    """Return the picture as WebP with the pipeline's options, except these."""
    content = io.BytesIO()
    picture.save(content, **{**VARIANT_OPTIONS, **options})
    return content.getvalue()


def generated_photo(folder: Path) -> Path:
    """Write a JPEG of 4000 x 3000 with as much detail as a photo has: soft shapes below fine grain."""
    dice = random.Random(12)
    shapes = Image.frombytes("RGB", (40, 30), dice.randbytes(40 * 30 * 3)).resize(
        (4000, 3000), Image.Resampling.BICUBIC
    )
    details = Image.frombytes("RGB", (500, 375), dice.randbytes(500 * 375 * 3)).resize(
        (4000, 3000), Image.Resampling.BICUBIC
    )
    grain = Image.effect_noise((4000, 3000), 24).convert("RGB").filter(ImageFilter.BoxBlur(1))
    picture = Image.blend(Image.blend(shapes, details, 0.25), grain, 0.15)
    path = folder / "generated_12mp.jpg"
    picture.save(path, quality=90)
    return path


def peak_memory() -> float:
    """Return the largest memory that this process has had, in MB (Linux and macOS)."""
    if STATUS.exists():
        # Not `getrusage`: on Linux it begins with what the parent process had.
        return int(re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


if __name__ == "__main__":
    main()
