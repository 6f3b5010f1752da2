"""What scripts send as JSON: drafts as their telephone has them, and photos that they announce."""

import json
import re
from dataclasses import dataclass
from typing import Any, Self

from flask import request

from marketplace.foundation.converters import LARGEST_ID, ULID
from marketplace.foundation.errors import Invalid
from marketplace.foundation.transactions import begin_anew
from marketplace.selling.models import DraftPurpose
from marketplace.selling.services.drafts import MOST_PHOTOS_OF_A_DRAFT

LARGEST_JSON = 64 * 1024
MOST_FIELDS = 100
MOST_VALUES = 60
LONGEST_FIELD_NAME = 60
# Nobody changes a draft so often; pages without a script count on from what a telephone has told.
LARGEST_REVISION = 1_000_000_000
# NUL, and halves of letters beyond the first plane: no text has them, and PostgreSQL takes neither.
NO_TEXT = re.compile("[\\x00\ud800-\udfff]")
IS_ULID = re.compile(ULID)


class NotReadable(Invalid):
    """JSON that is not what our own pages send."""

    user_message = "Kiriman dari HP ini tidak terbaca. Muat ulang halamannya, lalu coba lagi. Isian Anda aman."


class TooManyFields(Invalid):
    """More than any form of ours has."""

    user_message = "Isian ini terlalu banyak. Kurangi, lalu coba lagi."


@dataclass(frozen=True)
class SentDraft:
    """A draft as its telephone has it: fields by their names in the form, ids of uploads, a count of its changes."""

    purpose: DraftPurpose
    fields: dict[str, str | list[str]]
    photos: list[str]
    revision: int

    @classmethod
    def from_request(cls) -> Self:
        """Return the draft that the request carries, or refuse with Invalid."""
        sent = _read_json()
        purpose, fields, photos = sent.get("purpose"), sent.get("fields"), sent.get("photos")
        if not (isinstance(purpose, str) and purpose in set(DraftPurpose)):
            raise NotReadable
        if not (isinstance(fields, dict) and isinstance(photos, list) and all(map(_is_ulid, photos))):
            raise NotReadable
        if len(fields) > MOST_FIELDS or len(photos) > MOST_PHOTOS_OF_A_DRAFT:
            raise TooManyFields
        if len(set(photos)) < len(photos) or not all(_is_field(name, value) for name, value in fields.items()):
            raise NotReadable
        return cls(DraftPurpose(purpose), fields, photos, _whole_number(sent.get("revision"), 0, LARGEST_REVISION))


@dataclass(frozen=True)
class SentUpload:
    """A photo that is announced: `size` in bytes."""

    id: str
    draft_id: str
    size: int

    @classmethod
    def from_request(cls) -> Self:
        """Return the announcement that the request carries, or refuse with Invalid."""
        sent = _read_json()
        if not (_is_ulid(sent.get("id")) and _is_ulid(sent.get("draft"))):
            raise NotReadable
        return cls(sent["id"], sent["draft"], _whole_number(sent.get("size"), 1, LARGEST_ID))


def read_piece(largest: int) -> tuple[int, bytes]:
    """Return where the piece of a photo that the request carries begins, and its bytes."""
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) <= 10):
        raise NotReadable
    return int(offset), _read_body(largest)


def _read_json() -> dict[str, Any]:
    try:
        sent = json.loads(_read_body(LARGEST_JSON))
    except (ValueError, RecursionError) as error:
        raise NotReadable from error
    if not isinstance(sent, dict):
        raise NotReadable
    return sent


def _read_body(largest: int) -> bytes:
    # On a weak signal it takes seconds to arrive: nobody waits for it who wants to write.
    begin_anew()
    request.max_content_length = largest
    return request.get_data(cache=False)


def _is_ulid(value: Any) -> bool:
    return isinstance(value, str) and IS_ULID.fullmatch(value) is not None


def _is_field(name: str, value: Any) -> bool:
    texts = value if isinstance(value, list) else [value]
    return 0 < len(name) <= LONGEST_FIELD_NAME and len(texts) <= MOST_VALUES and all(map(_is_text, [name, *texts]))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and NO_TEXT.search(value) is None


def _whole_number(value: Any, smallest: int, largest: int) -> int:
    if type(value) is not int or not smallest <= value <= largest:
        raise NotReadable
    return value
