"""How often each page asks the database: a fixed number, however much there is to show."""

import pytest

from marketplace.catalogue.models.products import Variant
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.database import db
from marketplace.search import popular
from tests.support.nearby import make_neighbours
from tests.support.personas import a_business, a_category, a_kim, a_person, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO, TUBAN
from tests.support.queries import query_budget

STATEMENTS = {
    # What is sought most is asked for once a minute.
    "/": 7,
    "/produk": 3,
    "/wisata": 4,
    "/kategori/makanan-camilan": 3,
    "/kategori/camilan": 3,
    "/wilayah": 2,
    f"/wilayah/{TUBAN}": 5,
    f"/wilayah/{KEREK}": 5,
    f"/wilayah/{TUBAN}/produk": 3,
    f"/wilayah/{KEREK}/wisata": 3,
    f"/desa/{KEDUNGREJO}": 4,
    f"/desa/{KEDUNGREJO}/produk": 3,
    "the product": 3,
    "the attraction": 3,
    "the business": 2,
    "the KIM": 4,
    "/tentang": 0,
    "/masuk": 0,
    "/healthz": 0,
    "/robots.txt": 0,
}


@pytest.fixture
def paths(request) -> dict[str, str]:
    """A province with so many products, attractions, businesses and KIM; the paths of those pages that have names here."""
    load_categories()
    make_neighbours()
    kim, business = a_kim(), a_business(name="Tempe Sanan")
    product, attraction = a_product(business, photos=2), an_attraction(photos=2)
    for number in range(request.param):
        village = a_village(KEDUNGREJO if number % 2 else MARGOREJO)
        a_kim(village)
        a_product(business, photos=1)
        a_product(a_business(village), photos=1, category_id=a_category("kue-jajanan").id)
        an_attraction(village, photos=1)
    recount()
    return {
        "the product": f"/produk/{product.id}-{product.slug}",
        "the attraction": f"/wisata/{attraction.id}-{attraction.slug}",
        "the business": f"/usaha/{business.id}-{business.slug}",
        "the KIM": f"/kim/{kim.slug}",
    }


@pytest.mark.parametrize("paths", [5, 60], indirect=True)
@pytest.mark.parametrize("name", STATEMENTS)
def test_a_page_asks_the_database_as_often_as_promised(client, paths, name):
    db.session.flush()
    db.session.expunge_all()
    popular.popular_words.forget()

    with query_budget(STATEMENTS[name]) as statements:
        page = client.get(paths.get(name, name))

    assert page.status_code == 200
    assert len(statements) == STATEMENTS[name]


def test_a_product_with_variants_asks_once_more_for_all_of_them(client):
    product = a_product()
    product.variants = [Variant(position=number, name=f"Rasa {number}", price=18_000) for number in range(9)]
    db.session.flush()
    db.session.expunge_all()
    path = f"/produk/{product.id}-{product.slug}"

    with query_budget(STATEMENTS["the product"] + 1):
        assert "Rasa 8" in client.get(path).words


def test_who_is_signed_in_costs_one_question_more(client):
    client.sign_in(a_person())
    db.session.expunge_all()

    with query_budget(STATEMENTS[f"/desa/{KEDUNGREJO}"] + 1):
        assert client.get(f"/desa/{KEDUNGREJO}").links["Saya"] == "/akun"
