"""How browsers fetch photos."""

import io

import pytest

from marketplace.foundation.storage import S3Storage
from marketplace.photos.addresses import photo_url, preview_url, widths_of
from marketplace.photos.models import Photo
from marketplace.photos.services import accept_photo
from tests.photos.samples import market_stall, picture_in, saved
from tests.support.object_store import running_object_store
from tests.support.queries import query_budget


@pytest.fixture(scope="module")
def object_store(tmp_path_factory):
    with running_object_store(tmp_path_factory.mktemp("object-store")) as store:
        yield store


@pytest.fixture
def bucket(app, object_store, monkeypatch) -> S3Storage:
    """The application's storage during this test: a bucket of a real object store."""
    storage = S3Storage(
        object_store.bucket,
        object_store.endpoint_url,
        "us-east-1",
        object_store.access_key_id,
        object_store.secret_access_key,
    )
    monkeypatch.setitem(app.extensions, "storage", storage)
    return storage


@pytest.fixture(params=["files", "bucket"])
def photo(request) -> Photo:
    """A photo 900 pixels wide, in a local folder and in an object store."""
    request.getfixturevalue(request.param)
    return accept_photo(io.BytesIO(saved(market_stall(), "JPEG")))


def test_a_browser_gets_each_width_and_may_keep_it_for_ever(client, photo):
    for width in widths_of(photo.width):
        answer = client.get(photo_url(photo.digest, width))

        assert answer.status_code == 200
        assert answer.content_type == "image/webp"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]
        assert answer.content_length == len(answer.data)
        assert "Set-Cookie" not in answer.headers
        assert picture_in(answer.data).width == width


def test_another_site_gets_the_preview(client, photo):
    answer = client.get(preview_url(photo.digest))

    assert answer.content_type == "image/jpeg"
    assert picture_in(answer.data).size == (900, 600)


def test_whoever_has_the_photo_is_told_so_without_the_file_being_read(client, photo, app, monkeypatch):
    address = photo_url(photo.digest, 640)
    etag = client.get(address).headers["ETag"]
    monkeypatch.delitem(app.extensions, "storage")

    answer = client.get(address, headers={"If-None-Match": f'"other", W/{etag}'})

    assert answer.status_code == 304
    assert answer.data == b""
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("condition", ['"another"', "*", ""])
def test_whoever_has_another_photo_gets_this_one(client, photo, condition):
    answer = client.get(photo_url(photo.digest, 640), headers={"If-None-Match": condition})

    assert answer.status_code == 200


def test_a_browser_may_ask_how_large_a_photo_is(client, photo):
    address = photo_url(photo.digest, 320)

    answer = client.head(address)

    assert answer.status_code == 200
    assert answer.content_length == len(client.get(address).data)
    assert answer.data == b""


def test_no_photo_costs_a_query(client, photo):
    with query_budget(0):
        client.get(photo_url(photo.digest, 640))
        client.get(preview_url(photo.digest))
        client.get(photo_url(photo.digest, 641))


@pytest.mark.parametrize(
    "address",
    [
        "/foto/{digest}-641.webp",
        "/foto/{digest}-1280.webp",
        "/foto/{digest}-0.webp",
        "/foto/{digest}-9999999.webp",
        "/foto/{digest}-" + "9" * 5000 + ".webp",
        "/foto/{digest}-640.jpg",
        "/foto/{digest}.webp",
        "/foto/{upper}-640.webp",
        "/foto/masters/{digest}.jpg",
        "/foto/../masters/{digest}.jpg",
        "/foto/%2e%2e%2fmasters%2f{digest}.jpg",
        "/foto/" + "0" * 32 + "-640.webp",
        "/foto/" + "." * 32 + ".jpg",
        "/masters/{digest}.jpg",
    ],
)
def test_masters_and_made_up_addresses_lead_nowhere(client, photo, address):
    answer = client.get(address.format(digest=photo.digest, upper=photo.digest.upper()))

    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


def test_a_store_that_does_not_answer_is_a_page_that_says_so(client, app, monkeypatch):
    monkeypatch.setitem(
        app.extensions, "storage", S3Storage("photos", "http://127.0.0.1:9", "us-east-1", "key", "secret")
    )

    answer = client.get(photo_url("0" * 32, 640))

    assert answer.status_code == 503
    assert "Penyimpanan foto sedang tidak bisa dihubungi" in answer.words
