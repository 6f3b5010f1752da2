"""What pages say about themselves to search engines and chats."""

import pytest

from marketplace.foundation.page_meta import (
    LONGEST_DESCRIPTION,
    Crumb,
    PageMeta,
    absolute_url,
    structured_crumbs,
)

pytestmark = pytest.mark.usefixtures("app")


def test_a_page_has_one_address_under_the_public_name():
    meta = PageMeta("Desa Kedungrejo", "Produk dan wisata.", "/desa/35.23.08.2009")

    assert meta.canonical == "http://pasar.test/desa/35.23.08.2009"
    assert absolute_url("/") == "http://pasar.test/"


def test_a_description_is_one_line_that_a_search_engine_does_not_cut():
    meta = PageMeta("Keripik tempe", "Tempe tipis.\n\nDigoreng dua kali, " + "renyah sekali " * 30, "/produk/1")

    assert "\n" not in meta.description
    assert len(meta.description) <= LONGEST_DESCRIPTION
    assert meta.description.startswith("Tempe tipis. Digoreng dua kali, renyah")
    assert meta.description.endswith("renyah…") or meta.description.endswith("sekali…")


def test_a_short_description_stays_as_it_was_written():
    assert PageMeta("Privasi", "Data apa yang disimpan.", "/privasi").description == "Data apa yang disimpan."


def test_the_way_to_a_page_ends_at_the_page_itself():
    crumbs = [Crumb("Jawa Timur", "/wilayah"), Crumb("Tuban", "/wilayah/35.23"), Crumb("Kerek")]

    assert structured_crumbs(crumbs, "/wilayah/35.23.08")["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Jawa Timur", "item": "http://pasar.test/wilayah"},
        {"@type": "ListItem", "position": 2, "name": "Tuban", "item": "http://pasar.test/wilayah/35.23"},
        {"@type": "ListItem", "position": 3, "name": "Kerek", "item": "http://pasar.test/wilayah/35.23.08"},
    ]
