"""What one upload may cost: no file, however it was made, takes the memory that everybody shares."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.photos.samples import jpeg_of_size, plain, png, png_header, saved

ROOT = Path(__file__).parents[2]
MOST_FOR_A_REFUSAL = 300
MOST_FOR_A_PHOTO = 400
STATUS = Path("/proc/self/status")
# In a process of its own, whose largest memory is that of these uploads.
PROCESS_UPLOADS = """
import json, sys, threading
from pathlib import Path
from marketplace.photos.errors import PhotoRefused
from marketplace.photos.pipeline import process

def accept(path):
    try:
        with open(path, "rb") as upload:
            outcomes.append(process(upload).width)
    except PhotoRefused as refusal:
        outcomes.append(type(refusal).__name__)

outcomes, peaks = [], []
for path in sys.argv[2:]:
    threads = [threading.Thread(target=accept, args=[path]) for _ in range(int(sys.argv[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    status = Path("/proc/self/status").read_text()
    peaks.append(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
print(json.dumps([outcomes, peaks]))
"""

pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="memory is measured with /proc, on Linux")


def outcomes_and_peaks(folder: Path, *uploads: bytes, threads: int = 1) -> tuple[list, list[int]]:
    """Return what came of the uploads, one after the other, and how many MB the process had at most until then."""
    paths = [folder / f"upload-{number}" for number in range(len(uploads))]
    for path, upload in zip(paths, uploads, strict=True):
        path.write_bytes(upload)
    command = [sys.executable, "-c", PROCESS_UPLOADS, str(threads), *map(str, paths)]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    return tuple(json.loads(report.stdout))


BOMBS = {
    "900 megapixels in 110 KB": lambda: png(30_000, 30_000, bits=1, color_type=0),
    "a PNG that claims 4 gigapixels": lambda: png_header(65_535, 65_535),
    "a JPEG that claims 4 gigapixels": lambda: jpeg_of_size(65_000, 65_000),
    "100 megapixels, below Pillow's own limit": lambda: png_header(10_000, 10_000),
    "50 megapixels cut off just before the end": lambda: png(7_071, 7_071, bits=8, color_type=6, kept=0.999),
    "50 megapixels of 16 bits cut off": lambda: png(7_071, 7_071, bits=16, color_type=6, kept=0.999),
}


def test_a_bomb_is_refused_before_it_takes_memory(tmp_path):
    outcomes, peaks = outcomes_and_peaks(tmp_path, *(bomb() for bomb in BOMBS.values()))

    for bomb, outcome, peak in zip(BOMBS, outcomes, peaks, strict=True):
        assert outcome in {"PhotoTooLarge", "DamagedPhoto"}, bomb
        assert peak < MOST_FOR_A_REFUSAL, bomb


LARGE_PHOTOS = {
    "true colour": lambda: png(7_071, 7_071, bits=8, color_type=2),
    "transparent": lambda: png(7_071, 7_071, bits=8, color_type=6),
    "16 bit grey": lambda: png(7_071, 7_071, bits=16, color_type=0),
    "JPEG": lambda: saved(plain(size=(8_160, 6_120)), "JPEG"),
    "progressive JPEG": lambda: saved(plain(size=(8_160, 6_120)), "JPEG", progressive=True),
}


@pytest.mark.parametrize("photo", LARGE_PHOTOS)
def test_a_photo_of_50_megapixels_is_never_held_twice(tmp_path, photo):
    (width,), (peak,) = outcomes_and_peaks(tmp_path, LARGE_PHOTOS[photo]())

    assert 1920 <= width <= 2048
    assert peak < MOST_FOR_A_PHOTO


def test_eight_uploads_at_once_take_turns(tmp_path):
    # Decoded, each takes 60 MB: all of them at once would take 480.
    widths, (peak,) = outcomes_and_peaks(tmp_path, png(3_900, 3_900, bits=8, color_type=2), threads=8)

    assert widths == [2048] * 8
    assert peak < MOST_FOR_A_PHOTO
