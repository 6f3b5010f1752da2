"""A small market that can be searched: its rows are committed, and its index is built of them."""

from pathlib import Path

from flask import Flask

from marketplace.foundation.transactions import committed
from marketplace.search.find.engine import keep_engine
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store
from tests.support.applications import new_marketplace_with_places
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import PURWANTORO


def a_market(folder: Path) -> tuple[Flask, dict[str, int]]:
    """Return the application and the ids of what it offers: three snacks, one batik, one place to visit."""
    app = new_marketplace_with_places(folder)
    with app.app_context():
        with committed():
            ids = {name: listing.id for name, listing in _offer().items()}
        rebuild(current_store())
        # What was known of the index before is no longer true.
        keep_engine(app)
    return app, ids


def _offer() -> dict:
    seller, in_town = a_business(), a_business(a_village(PURWANTORO))
    a_kim(slug="kedungrejo", name="KIM Kedungrejo")
    batik = a_category("batik", group="fesyen")
    offered = {
        "tempe": a_product(seller, name="Keripik tempe renyah", price=18_000, unit="bungkus", photos=1),
        "pisang": a_product(in_town, name="Keripik pisang manis", price=None, unit="kg"),
        "singkong": a_product(seller, name="Keripik singkong pedas", price=9_000, photos=1),
        "batik": a_product(seller, name="Batik gedog tulis", price=250_000, unit="lembar", category_id=batik.id),
        "nglirip": an_attraction(name="Air Terjun Nglirip", adult_ticket=5_000),
    }
    offered["singkong"].photos[0].photo.width = 500
    return offered
