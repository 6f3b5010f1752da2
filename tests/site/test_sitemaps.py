"""What search engines are told exists: all that is public, nothing else, in files that are not too long."""

from datetime import UTC
from xml.etree import ElementTree

import pytest

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation.database import db
from marketplace.kim.models import KimStatus
from marketplace.site import queries
from marketplace.umkm.models import BusinessStatus
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO, TUBAN
from tests.support.plans import query_plans

HOST = "http://pasar.test"


def addresses_in(answer) -> list[str]:
    assert answer.status_code == 200
    assert answer.mimetype == "application/xml"
    tree = ElementTree.fromstring(answer.text)  # noqa: S314 - our own file
    return [element.text for element in tree.iter() if element.tag.endswith("}loc")]


def paths_in(client, path: str) -> list[str]:
    return [address.removeprefix(HOST) for address in addresses_in(client.get(path))]


def all_paths(client) -> list[str]:
    """Return every page that any sitemap names."""
    return [path for sitemap in paths_in(client, "/sitemap.xml") for path in paths_in(client, sitemap)]


@pytest.mark.both_databases
def test_everything_public_is_named_once_and_can_be_opened(client):
    kim, business = a_kim(), a_business(name="Tempe Sanan")
    product, attraction = a_product(business), an_attraction()

    paths = all_paths(client)

    assert len(paths) == len(set(paths))
    assert {
        "/",
        "/kategori/camilan",
        f"/kim/{kim.slug}",
        f"/usaha/{business.id}-tempe-sanan",
        f"/produk/{product.id}-keripik-tempe",
        f"/wisata/{attraction.id}-air-terjun-nglirip",
        f"/wilayah/{TUBAN}",
        f"/wilayah/{KEREK}",
        f"/desa/{KEDUNGREJO}",
    } <= set(paths)
    for path in paths:
        if not path.startswith("/wilayah/35."):
            assert client.get(path).status_code == 200, path


def test_what_is_not_public_is_never_named(client):
    a_product(name="Rahasia", status=ListingStatus.WAITING)
    a_product(name="Rahasia lama", status=ListingStatus.ARCHIVED)
    a_business(name="Rahasia usaha", status=BusinessStatus.ARCHIVED)
    a_kim(slug="kim-rahasia", status=KimStatus.APPLYING)
    a_category("rahasia", is_current=False)
    a_village(MARGOREJO).is_current = False
    db.session.flush()

    paths = all_paths(client)

    assert not [path for path in paths if "rahasia" in path]
    assert f"/desa/{MARGOREJO}" not in paths


def test_a_sitemap_holds_fifty_thousand_addresses_at_most():
    assert queries.LARGEST_SITEMAP == 50_000


def test_a_full_province_is_split_into_several_files(client, monkeypatch):
    monkeypatch.setattr(queries, "LARGEST_SITEMAP", 4)
    business = a_business()
    products = [a_product(business, name=f"Keripik {number}") for number in range(10)]

    parts = [path for path in paths_in(client, "/sitemap.xml") if "barang" in path]
    listed = [paths_in(client, part) for part in parts]

    assert len(parts) >= 3
    assert all(len(part) <= 4 for part in listed)
    assert [path for part in listed for path in part] == [
        f"/produk/{product.id}-{product.slug}" for product in products
    ]


def test_a_part_that_there_is_not_leads_nowhere(client):
    a_product()

    for path in ("/sitemap-barang-0.xml", "/sitemap-barang-999.xml", "/sitemap-usaha-999.xml"):
        assert client.get(path).status_code == 404


def test_an_empty_marketplace_has_no_empty_files(client):
    assert paths_in(client, "/sitemap.xml") == ["/sitemap-utama.xml", "/sitemap-wilayah.xml"]


def test_a_listing_says_when_it_last_changed(client):
    product = a_product()
    (part,) = [path for path in paths_in(client, "/sitemap.xml") if "barang" in path][-1:]

    assert (
        f"<lastmod>{product.updated_at.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>"
        in client.get(part).text
    )


def test_a_part_is_read_by_its_numbers_alone(app):
    """Otherwise every part of a full province would walk through all of it."""
    a_product()
    with query_plans() as steps:
        list(queries.list_listing_entries(1))
        list(queries.list_business_entries(1))

    assert [step for step in steps if "SEARCH" in step and "PRIMARY KEY" in step] == steps
