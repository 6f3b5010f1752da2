"""Addresses that nobody was given: each leads to the page that helps, on either database."""

import pytest

pytestmark = pytest.mark.both_databases

LARGEST_ID = 2**31 - 1
SOME_MOMENT = 1_795_000_000_000_000


@pytest.mark.parametrize(
    "path",
    [
        "/tidak-ada",
        f"/produk/{LARGEST_ID}",
        f"/produk/{LARGEST_ID + 1}-keripik",
        f"/wisata/{10**19}",
        f"/usaha/{10**40}-tempe",
        "/produk/-1",
        "/produk/0",
        "/produk/satu",
        "/kategori/tidak-ada",
        "/kim/tidak-ada",
        f"/sitemap-barang-{10**19}.xml",
        f"/sitemap-usaha-{10**19}.xml",
        "/sitemap-barang-0.xml",
        "/desa/%00",
        "/wilayah/35.23%00",
        "/wilayah/35.2%00",
        "/wilayah/%00/produk",
        "/desa/%F0%9F%8C%BE",
        "/desa/%FF%FE",
        "/kategori/%00",
        "/kim/kim%00kedungrejo",
        "/produk/1-%00",
        "/wilayah/../desa",
        "/desa/%25%27%22%3Cscript%3E",
    ],
)
def test_an_address_that_leads_nowhere_leads_to_the_page_that_helps(client, path):
    page = client.get(path)

    assert page.status_code == 404
    assert page.heading == "Halaman ini sudah pindah kios"
    assert page.links["Ke beranda"] == "/"


@pytest.mark.parametrize("path", ["/produk", "/desa/35.23.08.2009/wisata"])
@pytest.mark.parametrize(
    "cursor",
    [
        "2",
        "abc",
        "1-1-1",
        f"{SOME_MOMENT}-{LARGEST_ID + 1}",
        f"{SOME_MOMENT}-{10**17}",
        f"{10**17 * 9}-1",
        f"{10**30}-1",
        "-1-1",
        "%00",
        "1795000000000000-1%20",
        "١٧٩٥٠٠٠٠٠٠٠٠٠٠٠٠-١",
    ],
)
def test_a_place_in_a_list_that_somebody_made_up_leads_nowhere(client, path, cursor):
    page = client.get(f"{path}?setelah={cursor}")

    assert page.status_code == 404
    assert page.heading == "Halaman ini sudah pindah kios"
