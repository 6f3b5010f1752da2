"""Whatever changes what is found leaves a row for the indexer, in the same transaction."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.services.categories import REFERENCE_FILE, load_categories
from marketplace.catalogue.services.counts import recount
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.database import db
from marketplace.foundation.outbox import Change, Subject
from marketplace.regions.services import REFERENCE_FILE as PLACES
from marketplace.regions.services import load_regions
from marketplace.search.index.changes import ids_concerned
from marketplace.umkm.models import Business
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO, PURWANTORO, TUBAN
from tests.support.queries import query_budget
from tests.support.spreadsheets import a_picture_file, a_product_row, an_attraction_row, bring_in

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]


def noted() -> list[tuple[Subject, str]]:
    """Return what was noted since the last time this was asked."""
    rows = [tuple(row) for row in db.session.execute(select(Change.subject, Change.key).order_by(Change.id))]
    db.session.execute(delete(Change))
    return rows


def listings_noted() -> list[str]:
    return [key for subject, key in noted() if subject is Subject.LISTING]


def ids_of_listings() -> list[str]:
    return [str(id) for id in db.session.scalars(select(Listing.id).order_by(Listing.id))]


def concerned(subject: Subject, key) -> list[int]:
    return sorted(ids_concerned(subject, str(key)))


def test_an_import_notes_each_listing_that_it_adds():
    bring_in(a_product_row(), an_attraction_row())

    assert listings_noted() == ids_of_listings()


def test_an_import_notes_what_it_changes_and_nothing_else():
    bring_in(a_product_row(), an_attraction_row())
    noted()

    bring_in(a_product_row(harga="20.000"), an_attraction_row())
    assert noted() == [(Subject.LISTING, ids_of_listings()[0])]

    bring_in(a_product_row(harga="20.000"), an_attraction_row())
    assert noted() == []


def test_an_import_notes_what_it_publishes():
    bring_in(a_product_row())
    noted()

    bring_in(a_product_row(), publish=True)

    assert db.session.scalars(select(Listing.status)).one() is ListingStatus.PUBLISHED
    assert listings_noted() == ids_of_listings()


def test_an_import_notes_what_gets_other_photos(tmp_path):
    a_picture_file(tmp_path, "a.jpg")
    bring_in(a_product_row())
    noted()

    bring_in(a_product_row(foto="a.jpg"), photos=tmp_path)

    assert listings_noted() == ids_of_listings()


def test_an_import_notes_the_business_that_it_changes():
    bring_in(a_product_row())
    noted()

    bring_in(a_product_row(whatsapp="0813-0000-1111"))

    assert noted() == [(Subject.BUSINESS, str(db.session.scalars(select(Business.id)).one()))]


def test_many_listings_are_noted_at_once():
    with query_budget(1):
        note_changes(range(1, 501))

    assert len(noted()) == 500


def test_counting_anew_notes_nothing():
    a_product()
    recount()

    assert noted() == []


def test_a_category_that_is_called_otherwise_is_noted(tmp_path):
    load_categories()
    noted()
    renamed = tmp_path / "categories.csv"
    renamed.write_text(REFERENCE_FILE.read_text().replace(",Jasa,", ",Jasa Warga,"))

    load_categories(renamed)

    jasa = db.session.scalars(select(Category.id).where(Category.slug == "jasa")).one()
    assert noted() == [(Subject.CATEGORY, str(jasa))]


def test_a_place_that_is_called_otherwise_is_noted(tmp_path):
    load_regions()
    noted()

    load_regions(places_with(tmp_path, KEDUNGREJO, name="Kedung Rejo"))
    assert noted() == [(Subject.PLACE, KEDUNGREJO)]

    load_regions(places_with(tmp_path, KEDUNGREJO, name="Kedung Rejo", lat="-6.9"))
    assert noted() == []


def places_with(folder: Path, code: str, **cells: str) -> Path:
    """Write the places with other cells in the row of one of them."""
    with PLACES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    path = folder / "places.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row | cells if row["code"] == code else row for row in rows)
    return path


def test_a_place_stands_for_all_that_lies_in_it():
    here = an_attraction().id
    next_to_it = an_attraction(a_village(MARGOREJO)).id
    elsewhere = an_attraction(a_village(PURWANTORO)).id

    assert concerned(Subject.PLACE, KEDUNGREJO) == [here]
    assert concerned(Subject.PLACE, KEREK) == concerned(Subject.PLACE, TUBAN) == [here, next_to_it]
    assert concerned(Subject.PLACE, "35") == [here, next_to_it, elsewhere]


def test_a_business_a_kim_and_a_category_stand_for_their_listings():
    kim = a_kim()
    business = a_business(kim_id=kim.id)
    chips = a_product(business).id
    cake = a_product(business, category_id=a_category("kue").id, status=ListingStatus.ARCHIVED).id
    others = a_product(category_id=a_category("kopi", group="minuman").id).id

    assert concerned(Subject.BUSINESS, business.id) == concerned(Subject.KIM, kim.id) == [chips, cake]
    assert concerned(Subject.CATEGORY, a_category("kue").id) == [cake]
    assert concerned(Subject.CATEGORY, a_category("kue").parent_id) == [chips, cake]
    assert concerned(Subject.LISTING, others) == [others]


def test_ids_go_on_after_all_rows_were_removed():
    note_changes([1])
    first = db.session.scalars(select(Change.id)).one()
    noted()

    note_changes([1])

    assert db.session.scalars(select(Change.id)).one() > first
