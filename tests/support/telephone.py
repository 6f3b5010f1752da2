"""A telephone as the server hears it: drafts and photos in JSON and in pieces, with the token of its session."""

from typing import Any

from ulid import ULID

from tests.support.client import OpenedPage, PageReader

PIECE = 64 * 1024


def new_id() -> str:
    """Return an id as a telephone makes one."""
    return str(ULID())


class Telephone:
    """Sends what the scripts of our own pages send, as whoever is signed in to this client."""

    def __init__(self, client: PageReader):
        self.client = client

    @property
    def headers(self) -> dict[str, str]:
        return {"X-CSRFToken": self.client.get("/jual/sesi").json["token"]}

    def write(self, method: str, path: str, json: Any = None, **options) -> OpenedPage:
        """Send a request that writes."""
        headers = self.headers | options.pop("headers", {})
        return self.client.open(path, method=method, json=json, headers=headers, **options)

    def keep(self, draft_id: str, *, photos=(), revision=1, purpose="produk", **fields) -> OpenedPage:
        """Tell the server how a draft is now."""
        return self.write("PUT", f"/jual/draf/{draft_id}", _content(purpose, fields, photos, revision))

    def send(self, draft_id: str, *, photos=(), revision=1, purpose="produk", **fields) -> OpenedPage:
        """Ask for the listing of a draft."""
        return self.write("POST", f"/jual/draf/{draft_id}/kirim", _content(purpose, fields, photos, revision))

    def announce(self, draft_id: str, upload_id: str, size: int) -> OpenedPage:
        """Announce a photo."""
        return self.write("POST", "/jual/unggahan", {"id": upload_id, "draft": draft_id, "size": size})

    def send_piece(self, upload_id: str, offset: int | str, content: bytes) -> OpenedPage:
        """Send a piece of a photo."""
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self.write("PATCH", f"/jual/unggahan/{upload_id}", data=content, headers=headers)

    def send_photo(self, draft_id: str, content: bytes, upload_id: str | None = None) -> str:
        """Announce a photo and send all of it; return its id."""
        upload_id = upload_id or new_id()
        assert self.announce(draft_id, upload_id, len(content)).status_code in {200, 201}
        for offset in range(0, len(content), PIECE):
            self.send_piece(upload_id, offset, content[offset : offset + PIECE])
        return upload_id


def _content(purpose: str, fields: dict, photos, revision: int) -> dict:
    return {"purpose": purpose, "fields": fields, "photos": list(photos), "revision": revision}
