"""Posting a product from a page, with and without a script."""

import pytest

from tests.support.personas import a_business, a_kim, a_person, a_village
from tests.support.places import KEDUNGREJO

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def siti(client):
    siti = a_person(village_code=KEDUNGREJO)
    client.sign_in(siti)
    return siti


def test_a_visitor_signs_in_first_and_comes_back(client):
    answer = client.get("/jual/baru")

    assert (answer.status_code, answer.location) == (302, "/masuk?next=%2Fjual%2Fbaru")


def test_a_person_without_a_business_sees_what_their_shop_will_be_called(client, siti):
    page = client.get("/jual/baru")

    assert f"{siti.name} Nama toko Anda di Pasar KIM." in page.words


def test_a_seller_reads_who_will_check(client, siti):
    a_business(owner_id=siti.id, name="Dapur Sumber")
    assert "Dapur Sumber Diperiksa Dinas Kominfo Kabupaten Tuban" in client.get("/jual/baru").words

    a_kim(a_village())
    assert "Dapur Sumber Diperiksa KIM Kedungrejo" in client.get("/jual/baru").words
