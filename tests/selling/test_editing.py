"""Changing what is sold, while the public sees what was approved."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment
from marketplace.foundation.database import db
from marketplace.selling.changes import from_json, to_json
from marketplace.selling.models import ChangeStatus, ProposedChange
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_business, a_person, a_product

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]


@pytest.fixture
def shop(client):
    siti = a_person()
    client.sign_in(siti)
    return a_business(owner_id=siti.id)


def typed(product, **values) -> dict:
    kept = {"name": product.name, "price": "18000", "unit": "bungkus", "description": product.description}
    return {"version": product.version, **kept, **values}


def picture(number: int = 1):
    return io.BytesIO(saved(market_stall(number, 640, 480), "JPEG")), "foto.jpg"


def hidden(page, name: str) -> list[str]:
    return [field.get("value") for field in page.tree.findall(f".//input[@name='{name}']")]


def send(client, product, page=None, **values):
    """Send the form as the page has it, with these values instead."""
    page = page or client.get(f"/jual/{product.id}/ubah")
    data = typed(product, version=hidden(page, "version")[0], kept=hidden(page, "kept"))
    data["csrf_token"] = hidden(page, "csrf_token")[0]
    return client.post(f"/jual/{product.id}/ubah", data={**data, **values}, content_type="multipart/form-data")


def shown(product) -> list[int]:
    db.session.expire_all()
    return [use.photo_id for use in product.photos]


def changes() -> list[ProposedChange]:
    return list(db.session.scalars(select(ProposedChange).execution_options(populate_existing=True)))


def test_the_live_version_stays_while_an_edit_waits(client, shop):
    product = a_product(shop)

    client.submit(f"/jual/{product.id}/ubah", **typed(product, name="Keripik tempe sagu"))

    db.session.refresh(product)
    assert (product.name, product.is_public) == ("Keripik tempe", True)
    assert [change.values for change in changes()] == [{"name": "Keripik tempe sagu"}]
    field = client.get(f"/jual/{product.id}/ubah").tree.find(".//input[@name='name']")
    assert field.get("value") == "Keripik tempe sagu"


def test_an_edit_that_returns_to_what_is_shown_is_withdrawn(client, shop):
    product = a_product(shop)
    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20000"))

    client.submit(f"/jual/{product.id}/ubah", **typed(product))

    assert [change.status for change in changes()] == [ChangeStatus.WITHDRAWN]


@pytest.mark.parametrize("before", [ListingStatus.DRAFT, ListingStatus.WAITING, ListingStatus.NEEDS_FIX])
def test_what_is_not_shown_changes_at_once_and_waits_for_the_kim(client, shop, before):
    product = a_product(shop, status=before, published_at=None, fix_reason="Harganya belum benar.")

    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20.000"))

    db.session.refresh(product)
    assert (product.price, product.status) == (20_000, ListingStatus.WAITING)
    assert product.submitted_at is not None


def test_a_seller_mends_from_the_desk(client, shop):
    a_product(shop, status=ListingStatus.NEEDS_FIX, published_at=None, fix_reason="Foto kedua masih buram.")

    page = client.get(client.get("/jual").links["Perbaiki sekarang: Keripik tempe"])

    assert "Foto kedua masih buram." in page.words


def test_two_who_edit_at_once_lose_nothing(client, shop):
    product = a_product(shop, status=ListingStatus.WAITING, published_at=None)
    before = typed(product)
    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20000"))

    page = client.submit(f"/jual/{product.id}/ubah", **{**before, "name": "Keripik manis"})

    assert page.status_code == 409
    assert page.tree.find(".//input[@name='name']").get("value") == "Keripik manis"
    db.session.refresh(product)
    assert (product.name, product.price) == ("Keripik tempe", 20_000)


@pytest.mark.parametrize("values", [{"name": " a "}, {"price": "mahal"}, {"unit": " "}])
def test_what_cannot_be_used_is_kept_and_explained(client, shop, values):
    product = a_product(shop)

    page = client.submit(f"/jual/{product.id}/ubah", **typed(product, **{"description": "Renyah", **values}))

    assert page.status_code == 422
    assert "Renyah" in page.words
    assert changes() == []


def test_other_people_s_goods_are_not_there_to_edit(client, shop):
    other = a_product(a_business(owner_id=a_person("Joko").id))

    assert client.get(f"/jual/{other.id}/ubah").status_code == 404


def test_everything_of_a_product_can_be_changed(client, shop):
    product = a_product(shop, status=ListingStatus.WAITING, published_at=None)

    send(
        client,
        product,
        availability="pesan-dulu",
        days_to_make="3 hari",
        variants="Pedas = 20.000\nAsin = 18.000",
        delivery=["ambil", "diantar"],
        season="Desember-Februari",
        pirt_number="2063507010123-28",
        pirt_expires_on="17-08-2028",
    )

    db.session.refresh(product)
    assert (product.availability, product.days_to_make) == (Availability.TO_ORDER, 3)
    assert [(variant.name, variant.price) for variant in product.variants] == [("Pedas", 20_000), ("Asin", 18_000)]
    assert (product.delivery, product.season) == ({Delivery.PICK_UP, Delivery.BROUGHT}, {12, 1, 2})
    assert product.pirt_expires_on == date(2028, 8, 17)
    page = client.get(f"/jual/{product.id}/ubah")
    assert page.tree.find(".//textarea[@name='variants']").text.strip() == "Pedas = 20.000\nAsin = 18.000"


def test_photos_of_what_is_not_shown_change_at_once(client, shop):
    product = a_product(shop, photos=2, status=ListingStatus.NEEDS_FIX, published_at=None, fix_reason="Buram.")
    first, second = shown(product)
    page = client.get(f"/jual/{product.id}/ubah")
    first_key, second_key = hidden(page, "kept")

    answer = send(client, product, page, removed=first_key, photos=[picture()])

    assert answer.status_code == 303
    assert shown(product)[0] == second and len(shown(product)) == 2
    assert [use.alt_text for use in product.photos] == ["Foto 2", ""]
    assert first not in shown(product)


def test_photos_of_what_is_shown_wait_while_the_old_ones_stay_up(client, shop):
    product = a_product(shop, photos=2)
    before = shown(product)
    page = client.get(f"/jual/{product.id}/ubah")

    send(client, product, page, **{f"position-{hidden(page, 'kept')[1]}": "1"})

    assert shown(product) == before
    assert [use.photo_id for use in changes()[0].photos] == before[::-1]
    assert hidden(client.get(f"/jual/{product.id}/ubah"), "kept") == hidden(page, "kept")[::-1]


def test_photos_that_return_to_what_is_shown_are_withdrawn(client, shop):
    product = a_product(shop, photos=2)
    page = client.get(f"/jual/{product.id}/ubah")
    first, second = hidden(page, "kept")
    send(client, product, page, **{f"position-{second}": "1"})

    send(client, product, kept=[first, second])

    assert [change.status for change in changes()] == [ChangeStatus.WITHDRAWN]


def test_a_new_photo_is_kept_when_something_else_is_refused(client, shop):
    product = a_product(shop, photos=1)

    page = send(client, product, price="mahal", photos=[picture()])

    assert (page.status_code, len(hidden(page, "kept"))) == (422, 2)
    assert send(client, product, page).status_code == 303
    assert len(changes()[0].photos) == 2


def test_the_last_photo_cannot_be_thrown_away(client, shop):
    product = a_product(shop, photos=1)
    page = client.get(f"/jual/{product.id}/ubah")

    page = send(client, product, page, removed=hidden(page, "kept")[0])

    assert page.status_code == 422
    assert "Tambahkan paling sedikit satu foto." in page.words
    assert changes() == []


def test_a_photo_that_the_page_has_not_shown_cannot_be_taken(client, shop):
    product, other = a_product(shop, photos=1), a_product(shop, photos=1)
    own = hidden(client.get(f"/jual/{product.id}/ubah"), "kept")
    others = hidden(client.get(f"/jual/{other.id}/ubah"), "kept")

    send(client, product, kept=[*own, *others, str(shown(other)[0])])

    assert changes() == []


def test_what_is_no_photo_is_refused(client, shop):
    product = a_product(shop, photos=1)

    page = send(client, product, photos=[(io.BytesIO(b"<svg/>"), "foto.jpg")])

    assert page.status_code == 422
    assert "Foto ke-2: Jenis gambar ini belum bisa dipakai." in page.words


def test_an_edit_that_waits_is_not_overwritten_unseen(client, shop):
    product = a_product(shop)
    send(client, product, name="Keripik sagu")
    page = client.get(f"/jual/{product.id}/ubah")
    send(client, product, name="Keripik manis")

    late = send(client, product, page, name="Keripik asin")

    assert late.status_code == 409
    assert hidden(late, "name") == ["Keripik asin"]
    assert changes()[0].values["name"] == "Keripik manis"


def test_a_forged_edit_is_refused(client, shop):
    product = a_product(shop)

    assert send(client, product, csrf_token="palsu", name="Keripik asin").status_code == 422
    assert changes() == []


def test_an_edit_comes_out_of_the_database_as_it_went_in():
    values = {
        "name": "Keripik",
        "price": None,
        "availability": Availability.READY,
        "season": frozenset({1, 12}),
        "delivery": frozenset({Delivery.PICK_UP, Delivery.COURIER}),
        "payment": frozenset({Payment.CASH}),
        "pirt_expires_on": date(2027, 5, 1),
        "variants": (("Pedas", 20_000), ("Asin", 18_000)),
    }

    assert from_json(to_json(values)) == values
