"""Every list is read through the index made for it, so that it costs the same when the province is full."""

import pytest

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.queries import cards, places
from marketplace.catalogue.queries.listings import get_public_product
from marketplace.foundation.pagination import Cursor
from tests.support.nearby import make_neighbours
from tests.support.personas import BEGINNING, a_business, a_category, a_product
from tests.support.places import KEDUNGREJO, KEREK, TUBAN
from tests.support.plans import query_plans

CURSORS = {"the first page": None, "a later page": Cursor(BEGINNING, 10)}
LISTS = {
    "the province": ("ix_listings_newest", lambda after: cards.list_newest(ListingKind.PRODUCT, after)),
    "a kabupaten": ("ix_listings_of_regency", lambda after: cards.list_in_place(TUBAN, ListingKind.PRODUCT, after)),
    "a kecamatan": ("ix_listings_of_district", lambda after: cards.list_in_place(KEREK, ListingKind.PRODUCT, after)),
    "a village": ("ix_listings_of_village", lambda after: cards.list_in_place(KEDUNGREJO, ListingKind.PRODUCT, after)),
    "a category": ("ix_listings_of_category", lambda after: cards.list_in_categories([a_category().id], after)),
    "a group": (
        "ix_listings_of_category",
        lambda after: cards.list_in_categories([a_category().id, a_category("kue").id], after),
    ),
    "a business": ("ix_listings_of_business", lambda after: cards.list_of_business(a_business().id, after)),
}


def reads_of_listings(steps: list[str]) -> list[str]:
    """Return the steps that choose among all listings; looking one up by its id is no choice."""
    return [step for step in steps if "listings" in step.split() and "INTEGER PRIMARY KEY" not in step]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_through_its_own_index(name, cursor):
    index, read = LISTS[name]
    with query_plans() as steps:
        read(CURSORS[cursor])

    reads = reads_of_listings(steps)
    assert reads
    for step in reads:
        assert step.startswith(f"SEARCH listings USING COVERING INDEX {index} ")
    if cursor == "a later page":
        assert all("published_at" in step for step in reads), "it goes on where the page before ended"


@pytest.mark.usefixtures("app")
def test_what_is_similar_nearby_is_read_through_indexes():
    make_neighbours()
    details = get_public_product(a_product().id)
    with query_plans() as steps:
        cards.list_around(details, 5, 4)

    reads = reads_of_listings(steps)
    assert {step.partition(" (")[0] for step in reads} == {
        "SEARCH listings USING COVERING INDEX ix_listings_similar",
        "SEARCH listings USING COVERING INDEX ix_listings_similar_near",
        "SEARCH listings USING COVERING INDEX ix_listings_of_village",
    }


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "read",
    [
        lambda: places.list_district_folds(TUBAN, 6),
        lambda: places.list_villages_of_district(KEREK),
        lambda: places.list_newest_villages(3),
    ],
)
def test_no_list_of_villages_looks_at_every_village_or_kim_of_the_province(read):
    with query_plans() as steps:
        read()

    assert steps
    assert not [step for step in steps if step.startswith(("SCAN villages", "SCAN kim", "SCAN districts"))]
