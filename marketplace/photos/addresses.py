"""Where the files of a photo are found: their public addresses, and their keys in the storage.

Nothing here asks the database: a digest and the width of the photo say everything.
"""

WIDTHS = (320, 640, 1280)
PREVIEW_WIDTH = 1200


def widths_of(width: int) -> tuple[int, ...]:
    """Return the widths in which a photo this wide is served, smallest first; it is never enlarged."""
    widest = min(width, WIDTHS[-1])
    return (*(step for step in WIDTHS if step < widest), widest)


def photo_url(digest: str, width: int) -> str:
    """Return the address of one variant; `width` is one of `widths_of`."""
    return f"/foto/{digest}-{width}.webp"


def preview_url(digest: str) -> str:
    """Return the address of the JPEG that is shown beside a link to the page."""
    return f"/foto/{digest}.jpg"


def srcset(digest: str, width: int) -> str:
    """Return the `srcset` of a photo this wide."""
    return ", ".join(f"{photo_url(digest, step)} {step}w" for step in widths_of(width))


def variant_key(digest: str, width: int) -> str:
    """Return where the storage keeps a variant."""
    return f"public/{digest}-{width}.webp"


def preview_key(digest: str) -> str:
    """Return where the storage keeps the preview."""
    return f"public/{digest}.jpg"


def master_key(digest: str) -> str:
    """Return where the storage keeps the master: under a prefix that no address leads to."""
    return f"masters/{digest}.jpg"
