"""Pages are kept by browsers and asked about again: what did not change is not sent twice."""

import pytest

from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.database import db
from tests.support.personas import a_business, a_category, a_kim, a_person, a_product, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, TUBAN

FIXED_PATHS = (
    "/",
    "/produk",
    "/wisata",
    "/kategori/camilan",
    "/kategori/makanan-camilan",
    "/wilayah",
    f"/wilayah/{TUBAN}",
    f"/wilayah/{TUBAN}/produk",
    f"/wilayah/{KEREK}",
    f"/wilayah/{KEREK}/wisata",
    f"/desa/{KEDUNGREJO}",
    f"/desa/{KEDUNGREJO}/produk",
    f"/desa/{KEDUNGREJO}/wisata",
    "/kim/kim-kedung",
    "/tentang",
    "/tentang/izin",
    "/jual",
    "/cara-pesan",
    "/privasi",
    "/kim/daftar",
    "/sitemap.xml",
    "/sitemap-utama.xml",
    "/sitemap-wilayah.xml",
    "/robots.txt",
)


@pytest.fixture
def listings() -> list[str]:
    """A village with something on every page; the paths of what lies in it."""
    a_kim(slug="kim-kedung")
    business = a_business(name="Tempe Sanan")
    a_category("kue")
    product, attraction = a_product(business, photos=1), an_attraction(photos=1)
    recount()
    return [
        f"/produk/{product.id}-{product.slug}",
        f"/wisata/{attraction.id}-{attraction.slug}",
        f"/usaha/{business.id}-{business.slug}",
    ]


def assert_is_not_sent_twice(client, path: str) -> None:
    first = client.get(path)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == (
        "public, max-age=3600" if path.startswith("/sitemap") else "public, no-cache"
    )
    assert "Set-Cookie" not in first.headers

    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", FIXED_PATHS)
def test_a_public_page_that_did_not_change_is_not_sent_twice(client, listings, path):
    assert_is_not_sent_twice(client, path)


def test_the_page_of_a_listing_that_did_not_change_is_not_sent_twice(client, listings):
    for path in listings:
        assert_is_not_sent_twice(client, path)


def test_a_buyer_sees_at_once_that_something_is_sold_out(client):
    product = a_product()
    path = f"/produk/{product.id}-{product.slug}"
    first = client.get(path)

    product.availability = Availability.SOLD_OUT
    db.session.flush()
    second = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert second.status_code == 200
    assert "Sedang habis" in second.words


def test_who_signed_in_does_not_get_what_others_kept(client, listings):
    public = client.get("/")
    client.sign_in(a_person())

    own = client.get("/", headers={"If-None-Match": public.headers["ETag"]})

    assert own.status_code == 200
    assert own.headers["Cache-Control"] == "private, no-cache"


def test_the_door_is_kept_by_nobody_else(client):
    assert client.get("/masuk").headers["Cache-Control"] == "private, no-cache"


def test_the_way_to_a_renamed_listing_is_not_remembered_for_ever(client):
    """A name that changes back would otherwise lead browsers in circles."""
    product = a_product(name="Keripik tempe")

    moved = client.get(f"/produk/{product.id}-keripik-lama")

    assert (moved.status_code, moved.headers["Cache-Control"]) == (301, "no-cache")


def test_the_way_to_a_renamed_business_keeps_the_place_in_the_list(client):
    business = a_business(name="Tempe Sanan")

    moved = client.get(f"/usaha/{business.id}-nama-lama?setelah=1-1")

    assert moved.location.endswith(f"/usaha/{business.id}-tempe-sanan?setelah=1-1")


@pytest.mark.parametrize("path", ["/produk/", "/wilayah/35.23/", "/tentang//"])
def test_a_slash_too_many_is_forgiven(client, path):
    moved = client.get(f"{path}?setelah=1-1")

    assert moved.status_code == 301
    assert moved.location == f"{path.rstrip('/')}?setelah=1-1"


@pytest.mark.parametrize("path", ["//contoh.test/", "/tidak-ada/", "//contoh.test/produk/"])
def test_a_slash_too_many_never_leads_to_another_site(client, path):
    answer = client.get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code == 404 or answer.location.startswith("http://pasar.test/")
