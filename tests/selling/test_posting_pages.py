"""Posting a product from a page, as without a script: in one go, and what was sent is kept until it is right."""

import io

import pytest
from sqlalchemy import func, select

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.selling.models import Draft, Upload
from tests.photos.samples import market_stall, png_header, saved
from tests.support.personas import a_business, a_category, a_kim, a_person, a_product, a_village
from tests.support.places import KEDUNGREJO

pytestmark = pytest.mark.usefixtures("app", "files")


@pytest.fixture
def siti(client):
    siti = a_person(village_code=KEDUNGREJO)
    client.sign_in(siti)
    a_category("makanan-ringan")
    return siti


def picture(number: int = 1, name: str = "foto.jpg"):
    return io.BytesIO(saved(market_stall(number, 640, 480), "JPEG")), name


def typed(**values) -> dict:
    kept = {"name": "Keripik tempe", "price": "18.000", "unit": "bungkus", "category": "makanan-ringan"}
    return {**kept, "description": "Renyah.", **values}


def hidden(page, name: str) -> str:
    return page.tree.find(f".//input[@name='{name}']").get("value")


def send(client, page=None, **values):
    page = page or client.get("/jual/baru")
    data = {"csrf_token": hidden(page, "csrf_token"), "draft": hidden(page, "draft"), **values}
    return client.post("/jual/baru", data=data, content_type="multipart/form-data")


def kept_photos(page) -> list[str]:
    return [field.get("value") for field in page.tree.findall(".//input[@name='kept']")]


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


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


def test_a_product_is_posted_in_one_go_without_a_script(client, siti):
    answer = send(client, **typed(photos=[picture(1), picture(2)]))

    product = db.session.scalar(select(Product))
    assert (answer.status_code, answer.location) == (303, f"/jual/{product.id}/terkirim")
    assert (product.name, product.price, product.unit) == ("Keripik tempe", 18_000, "bungkus")
    assert (product.status, product.category.slug, len(product.photos)) == (
        ListingStatus.WAITING,
        "makanan-ringan",
        2,
    )
    assert product.business.owner_id == siti.id


def test_what_was_sent_says_who_checks_and_where_to_go_on(client, siti):
    a_kim(a_village())
    page = client.get(send(client, **typed(photos=[picture()])).location)

    assert "Terkirim ke KIM Kedungrejo" in page.words
    assert "Menunggu pemeriksaan KIM" in page.words
    assert (page.links["Dagangan saya"], page.links["Jual lagi"]) == ("/jual", "/jual/baru")


@pytest.mark.parametrize(
    "wrong",
    [{"price": "mahal"}, {"price": ""}, {"name": "ab"}, {"unit": ""}, {"category": "tidak-ada"}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_is_refused_keeps_everything_that_was_typed_and_photographed(client, siti, wrong):
    page = send(client, **typed(photos=[picture(1), picture(2)], **{"brand": "Sumber", **wrong}))

    assert page.status_code == 422
    assert hidden(page, "brand") == "Sumber"
    photos = kept_photos(page)
    assert len(photos) == len(page.tree.findall(".//ol[@data-part='tiles']//img")) == 2

    answer = send(client, page, kept=photos, **typed())

    assert answer.status_code == 303
    assert len(db.session.scalar(select(Product)).photos) == 2


def test_several_things_to_mend_are_told_together_and_lead_there(client, siti):
    page = send(client, **typed(price="", unit="", halal_expires_on="besok"))

    assert "ada 3 yang perlu diperiksa." in page.words
    links = [link.get("href") for link in page.tree.findall(".//div[@role='alert']//a")]
    assert links == ["#price", "#unit", "#halal_expires_on"]
    assert page.tree.find(".//details[@class='fold']").get("open") is not None


def test_one_thing_to_mend_far_down_the_page_is_told_at_its_top(client, siti):
    page = send(client, **typed(halal_expires_on="besok"))

    assert "Belum terkirim, ada 1 yang perlu diperiksa." in page.words
    assert [link.get("href") for link in page.tree.findall(".//div[@role='alert']//a")] == ["#halal_expires_on"]


def test_photos_that_were_kept_are_put_in_order_and_thrown_away(client, siti):
    page = send(client, **typed(price="", photos=[picture(1), picture(2), picture(3)]))
    first, second, third = kept_photos(page)

    page = send(client, page, kept=[first, second, third], removed=second, **{f"position-{third}": "1"}, price="")

    assert kept_photos(page) == [third, first]


def test_a_post_that_is_repeated_gives_one_listing(client, siti):
    page = client.get("/jual/baru")
    first = send(client, page, **typed(photos=[picture()]))

    again = send(client, page, **typed(photos=[picture()]))

    assert (again.status_code, again.location) == (303, first.location)
    assert count(Product) == 1


def test_a_post_without_a_photo_asks_for_one(client, siti):
    page = send(client, **typed())

    assert page.status_code == 422
    assert "Tambahkan paling sedikit satu foto." in page.words


def test_more_photos_than_a_product_shows_are_refused_and_the_first_kept(client, siti):
    page = send(client, **typed(photos=[picture(number) for number in range(1, 11)]))

    assert page.status_code == 422
    assert "Paling banyak 8 foto." in page.words
    assert len(kept_photos(page)) == 8


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"bukan foto", "Berkas ini bukan foto."),
        (b"", "Berkas fotonya kosong."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Jenis gambar ini belum bisa dipakai."),
        (b"<!doctype html><script>alert(1)</script>", "Berkas ini bukan foto."),
        (png_header(40_000, 40_000), "Foto ini lebih dari 50 megapiksel."),
        (saved(market_stall())[:2_000], "Foto ini rusak atau terpotong"),
        (b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "Ukuran foto ini lebih dari 20 MB."),
    ],
    ids=["text", "empty", "svg", "html", "bomb", "cut", "huge"],
)
def test_what_is_no_photo_is_refused_and_the_rest_kept(client, siti, content, sentence):
    page = send(client, **typed(photos=[picture(), (io.BytesIO(content), "foto.jpg")]))

    assert page.status_code == 422
    assert f"Foto ke-2: {sentence}" in page.words
    assert len(kept_photos(page)) == 1
    assert count(Product) == 0


def test_a_forged_post_is_refused_and_nothing_kept(client, siti):
    page = client.get("/jual/baru")
    data = {"csrf_token": "palsu", "draft": hidden(page, "draft"), **typed(photos=[picture()])}
    answer = client.post("/jual/baru", data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "kirim sekali lagi" in answer.words
    assert hidden(answer, "name") == "Keripik tempe"
    assert count(Draft) == count(Upload) == count(Product) == 0


def test_another_person_s_draft_and_photos_are_not_there(client, siti):
    page = send(client, **typed(price="", photos=[picture()]))
    photo = kept_photos(page)[0]
    joko = a_person("Joko", village_code=KEDUNGREJO)
    client.sign_in(joko)
    own = client.get("/jual/baru")

    stolen = send(client, own, kept=photo, **typed())
    taken = client.post(
        "/jual/baru", data={"csrf_token": hidden(own, "csrf_token"), "draft": hidden(page, "draft"), **typed()}
    )

    assert (stolen.status_code, kept_photos(stolen)) == (422, [])
    assert taken.status_code == 404
    assert "Keripik" not in client.get(f"/jual/baru?draf={hidden(page, 'draft')}").words


def test_what_others_have_sent_is_not_there(client, siti):
    other = a_product(a_business(owner_id=a_person("Joko").id), status=ListingStatus.WAITING, published_at=None)

    assert client.get(f"/jual/{other.id}/terkirim").status_code == 404


def test_a_draft_of_another_telephone_goes_on_where_it_was(client, siti):
    page = send(client, **typed(price="", photos=[picture()]))

    page = client.get(f"/jual/baru?draf={hidden(page, 'draft')}")

    assert (hidden(page, "name"), len(kept_photos(page))) == ("Keripik tempe", 1)


def test_who_has_no_village_is_led_to_say_it_and_loses_nothing(client):
    a_category("makanan-ringan")
    client.sign_in(a_person("Joko"))
    page = send(client, **typed(photos=[picture()]))

    assert page.status_code == 422
    assert page.links["Isi desa Anda dulu"] == "/akun"
    assert len(kept_photos(page)) == 1
    assert count(Listing) == 0


def test_all_photos_of_a_full_draft_may_be_exchanged_for_others(client, siti):
    page = send(client, **typed(name="", photos=[picture(number) for number in range(1, 9)]))
    assert len(kept_photos(page)) == 8

    answer = send(client, page, **typed(photos=[picture(number) for number in range(9, 17)]))

    assert answer.status_code == 303
    assert len(db.session.scalars(select(Product)).one().photos) == 8
