"""The photos of a form without a script: those that have arrived are put in order by number, thrown away by a tick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage, MultiDict

from marketplace.catalogue.spreadsheets.texts import cleaned
from marketplace.photos.models import Photo
from marketplace.selling.models import name_of_text

MOST_PHOTOS = 8
# What is read of a request that names more than any page does.
MOST_NAMED = 24


@dataclass(frozen=True)
class Tile:
    """A photo that has arrived: `key` names it in the form; `text` says what is seen in it."""

    key: str
    photo: Photo
    text: str = ""


def order_of(sent: MultiDict[str, str]) -> list[str]:
    """Return the keys of the photos that stay, in the order of their numbers.

    Of two with one number, what was moved up comes before the other, and what was moved down behind it.
    """
    removed = set(sent.getlist("removed"))
    placed = []
    for place, key in enumerate(list(dict.fromkeys(sent.getlist("kept")))[:MOST_NAMED], start=1):
        typed = sent.get(f"position-{key}", "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else place
        placed.append((number, (number > place) - (number < place), place, key))
    return [key for *_, key in sorted(placed) if key not in removed]


def texts_of(sent: MultiDict[str, str], keys: Iterable[str]) -> dict[str, str]:
    """Return what was typed under each of these keys about what is seen in its photo."""
    typed = {key: sent.get(name_of_text(key)) for key in keys}
    return {key: cleaned(text) for key, text in typed.items() if text is not None}


def files_of(sent: Sequence[FileStorage]) -> list[FileStorage]:
    """Return the files that were chosen: a field in which none was chosen sends an empty one without a name."""
    return [file for file in sent if file.filename]
