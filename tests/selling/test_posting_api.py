"""A stranger's program posts over a line that is cut again and again, knowing only what the server tells it."""

import http.client
import json
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.browsers import LiveServer
from tests.support.page_faults import parse_page
from tests.support.repository import ROOT
from tests.support.telephone import PIECE, new_id

PICTURES = sorted((ROOT / "marketplace" / "examples" / "data" / "pictures").glob("*.jpg"))[:3]
SELLER = re.compile(r"Penjual .*?: ([\d-]+), (\S+)")
POSTED = """SELECT COUNT(listing_photos.photo_id) FROM listings
LEFT JOIN listing_photos ON listing_photos.listing_id = listings.id
WHERE listings.name = ? GROUP BY listings.id"""


class Stranger:
    """Speaks HTTP with a server, and breaks off when told to."""

    def __init__(self, server: LiveServer):
        self.host = server.url.removeprefix("http://")
        self.cookies: dict[str, str] = {}
        self.token = ""

    def ask(self, method: str, path: str, body: bytes = b"", cut: str | None = None, **headers: str):
        """Return status, headers and body of the answer; None when the line was cut `within` or `behind` the request."""
        with closing(http.client.HTTPConnection(self.host, timeout=60)) as line:
            line.putrequest(method, path)
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            known = {"Cookie": cookie, "X-CSRFToken": self.token, "Content-Length": str(len(body))}
            for name, value in (known | headers).items():
                line.putheader(name.replace("_", "-"), value)
            line.endheaders(body[: len(body) // 2] if cut == "within" else body)
            if cut:
                return None
            answer = line.getresponse()
            for text in answer.headers.get_all("Set-Cookie", ()):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(text).items()}
            return answer.status, answer.headers, answer.read()

    def tell(self, method: str, path: str, content: Any, cut: str | None = None):
        """Send JSON; return status and JSON of the answer."""
        answer = self.ask(method, path, json.dumps(content).encode(), cut, Content_Type="application/json")
        return answer and (answer[0], json.loads(answer[2]))

    def sign_in(self, server: LiveServer) -> None:
        """Fill in the form of the page as its reader would."""
        phone, password = SELLER.search((server.data_dir / "server.log").read_text(encoding="utf-8")).groups()
        page, _ = parse_page(self.ask("GET", "/masuk")[2].decode())
        token = page.find(".//form[@method='post']//input[@name='csrf_token']").get("value")
        form = urlencode({"csrf_token": token, "phone": phone, "password": password}).encode()
        assert self.ask("POST", "/masuk", form, Content_Type="application/x-www-form-urlencoded")[0] in {302, 303}
        self.token = json.loads(self.ask("GET", "/jual/sesi")[2])["token"]


@pytest.fixture
def stranger(live_server: LiveServer) -> Iterator[Stranger]:
    stranger = Stranger(live_server)
    stranger.sign_in(live_server)
    return stranger


def offset_of(stranger: Stranger, upload_id: str) -> int:
    return int(stranger.ask("HEAD", f"/jual/unggahan/{upload_id}")[1]["Upload-Offset"])


def bring(stranger: Stranger, draft_id: str, upload_id: str, content: bytes, chance: random.Random) -> None:
    """Send a photo of which every other piece is cut within or behind its request."""
    announced = {"id": upload_id, "draft": draft_id, "size": len(content)}
    stranger.tell("POST", "/jual/unggahan", announced, cut=chance.choice(["within", "behind"]))
    assert stranger.tell("POST", "/jual/unggahan", announced)[0] in {200, 201}
    is_here = False
    while not is_here:
        received = offset_of(stranger, upload_id)
        # When all has arrived the last piece is repeated: its answer tells what came of the photo.
        begin = received if received < len(content) else max(0, len(content) - PIECE)
        piece, cut = content[begin : begin + PIECE], chance.choice(["within", "behind", None, None])
        answer = stranger.ask("PATCH", f"/jual/unggahan/{upload_id}", piece, cut, Upload_Offset=str(begin))
        if answer is None:
            continue
        assert answer[0] in {200, 409}, answer
        is_here = bool(json.loads(answer[2]).get("photo"))


@pytest.mark.parametrize("seed", range(3))
def test_a_post_over_a_line_that_is_cut_at_every_step_is_one_listing_with_three_photos(live_server, stranger, seed):
    chance, draft_id, name = random.Random(seed), new_id(), f"Keripik yang terputus {seed}"
    uploads = [new_id() for _ in PICTURES]
    fields = {"name": name, "price": "18.000", "unit": "bungkus", "category": "makanan-ringan"}
    draft = {"purpose": "produk", "fields": fields, "photos": uploads, "revision": 1}
    for cut in ("within", "behind", None):
        answer = stranger.tell("PUT", f"/jual/draf/{draft_id}", draft, cut)
    assert answer == (200, {"revision": 1})
    for upload_id, picture in zip(uploads, PICTURES, strict=True):
        bring(stranger, draft_id, upload_id, picture.read_bytes(), chance)

    for cut in ("within", "behind", "behind"):
        stranger.tell("POST", f"/jual/draf/{draft_id}/kirim", draft, cut)
    answers = [stranger.tell("POST", f"/jual/draf/{draft_id}/kirim", draft) for _ in range(2)]

    assert {status for status, _ in answers} <= {200, 201}, answers
    assert len({body["listing"]["id"] for _, body in answers}) == 1
    with closing(sqlite3.connect(live_server.data_dir / "pasar-kim.sqlite3")) as database:
        assert database.execute(POSTED, [name]).fetchall() == [(3,)]
    pieces = [path.name for path in (live_server.data_dir / "photos" / "uploads").rglob("*") if path.is_file()]
    assert not [name for name in pieces if name.startswith(tuple(upload.lower() for upload in uploads))]
