"""A coordinator puts a place to visit on the map, from the page as without a script, and changes what is said of it."""

import io
from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.attractions import Attraction, Facility, ManagerKind
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.opening_hours import ALL_DAY, parse_opening_hours
from marketplace.selling.errors import PinTooFar
from marketplace.selling.models import ProposedChange
from marketplace.selling.policy.attractions import may_post_attraction
from marketplace.selling.services.attractions import post_attraction
from tests.photos.samples import market_stall, saved
from tests.support.personas import (
    a_business,
    a_category,
    a_coordinator_of,
    a_kim,
    a_person,
    a_photo,
    a_village,
    an_attraction,
)
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]
PATH = "/jual/wisata/baru"


@pytest.fixture
def rini(client):
    rini = a_coordinator_of(a_kim())
    client.sign_in(rini)
    a_category("air-terjun", ListingKind.ATTRACTION, "tempat-wisata")
    return rini


def near_the_village() -> tuple[str, str]:
    village = a_village()
    return f"{village.latitude + 0.01:.5f}", f"{village.longitude - 0.01:.5f}"


def picture(number: int = 1):
    return io.BytesIO(saved(market_stall(number, 640, 480), "JPEG")), "foto.jpg"


def typed(**values) -> dict:
    return {"name": "Air Terjun Nglirip", "category": "air-terjun", **values}


def hidden(page, name: str) -> str:
    return page.tree.find(f".//input[@name='{name}']").get("value")


def send(client, page=None, **values):
    page = page or client.get(PATH)
    data = {"csrf_token": hidden(page, "csrf_token"), "draft": hidden(page, "draft"), **values}
    return client.post(PATH, data=data, content_type="multipart/form-data")


def the_only() -> Attraction:
    return db.session.scalars(select(Attraction).execution_options(populate_existing=True)).one()


def test_a_place_is_posted_with_everything_that_a_visitor_asks(client, rini):
    latitude, longitude = near_the_village()
    week = {f"opens_{number}": "07:00" for number in range(1, 6)} | {f"closes_{n}": "17:00" for n in range(1, 6)}

    answer = send(
        client,
        **typed(
            summary="Air terjun hijau.",
            adult_ticket="Rp 10.000",
            child_ticket="gratis",
            group_ticket="",
            car_parking="5 ribu",
            facilities=["toilet", "musala"],
            best_season=["4", "5"],
            walking_minutes="10 menit",
            directions="Dari Tuban: 45 menit\nDari Bojonegoro: 1 jam",
            warning="Jalan longsor",
            warning_ends_on="17-08-2027",
            manager_name="Pokdarwis Nglirip",
            manager_kind="pokdarwis",
            whatsapp="0812 3456 7890",
            latitude=latitude,
            longitude=longitude.replace(".", ","),
            hours_6="24-jam",
            hours_7="tutup",
            photos=[picture(1), picture(2)],
            **week,
        ),
    )

    place = the_only()
    assert (answer.status_code, answer.location) == (303, f"/jual/{place.id}/terkirim")
    assert (place.status, place.posted_by_id, place.business_id) == (ListingStatus.WAITING, rini.id, None)
    assert (place.adult_ticket, place.child_ticket, place.group_ticket, place.car_parking) == (10_000, 0, None, 5_000)
    assert place.facilities == {Facility.TOILET, Facility.PRAYER_ROOM}
    assert (place.best_season, place.walking_minutes) == ({4, 5}, 10)
    assert place.directions.splitlines()[1] == "Dari Bojonegoro: 1 jam"
    assert (place.warning, place.warning_ends_on) == ("Jalan longsor", date(2027, 8, 17))
    assert (place.manager_kind, place.whatsapp) == (ManagerKind.POKDARWIS, "+6281234567890")
    assert (f"{place.latitude:.5f}", f"{place.longitude:.5f}", place.is_exact_point) == (latitude, longitude, True)
    assert place.opening_hours.days[4:] == (((time(7), time(17)),), (ALL_DAY,), ())
    assert (place.checked_by, place.checked_on) == ("KIM Kedungrejo", clock.today())
    assert len(place.photos) == 2
    assert publishing.publish_waiting(CONSOLE, None, clock.now()) == 1
    assert client.get(f"/wisata/{place.id}-air-terjun-nglirip").status_code == 200


def test_without_a_point_it_lies_at_its_village_s(client, rini):
    send(client, **typed(photos=[picture()]))

    place = the_only()
    assert (place.latitude, place.longitude, place.is_exact_point) == (
        a_village().latitude,
        a_village().longitude,
        False,
    )
    assert place.opening_hours is None


def test_what_is_pasted_from_a_map_is_read(client, rini):
    latitude, longitude = near_the_village()

    send(client, **typed(point=f"https://www.google.com/maps/place/X/@{latitude},{longitude},17z", photos=[picture()]))

    assert f"{the_only().latitude:.5f}" == latitude


def test_monday_s_hours_may_hold_every_day(client, rini):
    send(client, **typed(same_every_day="y", opens_1="08:00", closes_1="16:00", photos=[picture()]))

    assert the_only().opening_hours == parse_opening_hours("08.00-16.00")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "ab"}, "Nama tempat 3 sampai 80 huruf."),
        ({"category": ""}, "Pilih jenis wisatanya dulu."),
        ({"category": "camilan"}, "Pilih salah satu dari daftar."),
        ({"adult_ticket": "mahal"}, "tidak terbaca sebagai rupiah bulat"),
        ({"latitude": "-6.9"}, "Isi lintang dan bujur dua-duanya."),
        ({"latitude": "-8.5", "longitude": "113.9"}, "km dari Desa Kedungrejo. Periksa lagi"),
        ({"latitude": "111,8", "longitude": "-6,8"}, "km dari Desa Kedungrejo. Periksa lagi"),
        ({"latitude": "nan", "longitude": "inf"}, "bukan koordinat"),
        ({"point": "https://maps.app.goo.gl/abc"}, "Titiknya belum terbaca."),
        ({"warning": "Longsor"}, "Isi peringatan dan hari terakhirnya"),
        ({"opens_1": "07:00"}, "Isi jam buka dan jam tutupnya, atau pilih Tutup."),
        ({"opens_1": "07:00", "closes_1": "17:00"}, "Isi jam buka dan jam tutupnya, atau pilih Tutup."),
        ({"opens_1": "7;8", "closes_1": "99:99"}, "Jam buka Senin belum terbaca."),
        ({"hours_2": "<script>"}, "Jam buka Selasa belum terbaca."),
        ({"whatsapp": "0812"}, "Nomornya kurang panjang"),
        ({"facilities": "kolam"}, "Pilih dari daftar saja."),
        ({"best_season": "13"}, "Pilih dari daftar saja."),
        ({"manager_kind": "raja"}, "Pilih salah satu dari daftar."),
        ({"walking_minutes": "999999999999"}, "bukan angka bulat"),
        ({"photos": []}, "Tambahkan paling sedikit satu foto."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_refused_keeps_everything(client, rini, wrong, sentence):
    page = send(client, **{**typed(photos=[picture()]), "manager_name": "Pokdarwis Nglirip", **wrong})

    assert page.status_code == 422
    assert sentence in page.words
    assert hidden(page, "manager_name") == "Pokdarwis Nglirip"
    assert not db.session.scalars(select(Attraction)).all()


def test_who_puts_places_on_the_map(client):
    rini = a_coordinator_of(a_kim())
    assert may_post_attraction(rini, KEDUNGREJO)
    assert not may_post_attraction(rini, MARGOREJO)
    assert not may_post_attraction(a_person(village_code=KEDUNGREJO), KEDUNGREJO)
    client.sign_in(a_person(village_code=KEDUNGREJO))
    assert client.get(PATH).status_code == 403


def test_a_coordinator_posts_no_place_of_another_village_nor_far_from_their_own(rini):
    category = a_category("air-terjun", ListingKind.ATTRACTION, "tempat-wisata")
    values = {"name": "Goa Akbar", "category_id": category.id, "latitude": None, "longitude": None}

    with pytest.raises(NotAllowed):
        post_attraction(rini, {**values, "village_code": MARGOREJO}, [a_photo().id], clock.now())
    with pytest.raises(PinTooFar):
        far = {**values, "village_code": KEDUNGREJO, "latitude": -7.0, "longitude": 112.5}
        post_attraction(rini, far, [a_photo().id], clock.now())


def test_the_coordinator_of_a_kecamatan_says_which_village(client):
    client.sign_in(a_coordinator_of(a_kim(village_code=None, district_code=KEREK)))
    a_category("air-terjun", ListingKind.ATTRACTION, "tempat-wisata")

    assert "Pilih desanya dulu." in send(client, **typed(photos=[picture()])).words
    assert send(client, **typed(photos=[picture()], village=MARGOREJO)).status_code == 303
    assert the_only().village_code == MARGOREJO


def test_a_telephone_s_draft_is_read_by_the_same_form(client, rini):
    token = client.get("/jual/sesi").json["token"]
    fields = {**typed(), "facilities": ["toilet"], "hours_1": "tutup", "latitude": "x" * 39}

    answer = client.post(
        "/jual/draf/01KB0000000000000000000001/kirim",
        json={"purpose": "wisata", "fields": fields, "photos": [], "revision": 1},
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {
        "latitude",
        "longitude",
        "hours_2",
        "hours_3",
        "hours_4",
        "hours_5",
        "hours_6",
        "hours_7",
    }


def edit(client, place, **values):
    path = f"/jual/wisata/{place.id}/ubah"
    page = client.get(path)
    now = {field.get("name"): field.get("value") or "" for field in page.tree.findall(".//main//input[@name]")}
    several = {"facilities", "best_season", "same_every_day", "photos", "kept", "removed"}
    now = {name: value for name, value in now.items() if name not in several}
    now["category"] = page.tree.find(".//select[@name='category']/option[@selected]").get("value")
    for number in range(1, 8):
        now[f"hours_{number}"] = page.tree.find(f".//select[@name='hours_{number}']/option[@selected]").get("value")
    return client.post(path, data={**now, **values})


def test_what_the_public_sees_stays_while_an_edit_waits(client, rini):
    hours = parse_opening_hours("Senin-Jumat 08.00-12.00, 13.00-16.00; Sabtu 24 jam")
    place = an_attraction(posted_by_id=rini.id, opening_hours=hours, manager_kind=ManagerKind.KIM)

    answer = edit(
        client, place, adult_ticket="15000", facilities=["toilet"], warning="Banjir", warning_ends_on="1-2-2027"
    )

    assert (answer.status_code, answer.location) == (303, "/jual")
    db.session.refresh(place)
    assert (place.adult_ticket, place.is_public, place.opening_hours) == (10_000, True, hours)
    change = db.session.scalars(select(ProposedChange)).one()
    assert change.values == {
        "adult_ticket": 15_000,
        "facilities": ["toilet"],
        "warning": "Banjir",
        "warning_ends_on": "2027-02-01",
    }
    page = client.get(f"/jual/wisata/{place.id}/ubah")
    assert hidden(page, "adult_ticket") == "15000"


def test_an_edit_that_changes_nothing_waits_for_nobody(client, rini):
    place = an_attraction(posted_by_id=rini.id, summary="", description="")

    edit(client, place)

    assert not db.session.scalars(select(ProposedChange)).all()


def test_the_photos_of_a_place_are_changed_while_those_that_are_shown_stay(client, rini):
    place = an_attraction(posted_by_id=rini.id, summary="", description="", photos=2)
    page = client.get(f"/jual/wisata/{place.id}/ubah")
    first, second = (field.get("value") for field in page.tree.findall(".//input[@name='kept']"))

    answer = edit(client, place, kept=[second], photos=[picture(3)])

    assert answer.status_code == 303
    db.session.refresh(place)
    assert len(place.photos) == 2
    page = client.get(f"/jual/wisata/{place.id}/ubah")
    kept = [field.get("value") for field in page.tree.findall(".//input[@name='kept']")]
    assert kept[0] == second and len(kept) == 2 and first not in kept


def test_what_is_not_shown_yet_changes_at_once(client, rini):
    place = an_attraction(posted_by_id=rini.id, status=ListingStatus.WAITING, published_at=None)

    edit(client, place, name="Curug Nglirip")

    db.session.refresh(place)
    assert place.name == "Curug Nglirip"


def test_two_who_edit_at_once_lose_nothing(client, rini):
    place = an_attraction(posted_by_id=rini.id, status=ListingStatus.WAITING, published_at=None)

    page = edit(client, place, version="77", manager_name="Pokdarwis baru")

    assert page.status_code == 409
    assert hidden(page, "manager_name") == "Pokdarwis baru"


def test_whose_business_runs_a_place_edits_it_from_the_desk(client):
    siti = a_person()
    place = an_attraction(business_id=a_business(owner_id=siti.id).id)
    client.sign_in(siti)

    assert client.get("/jual").links["Ubah: Air Terjun Nglirip"] == f"/jual/wisata/{place.id}/ubah"
    assert edit(client, place, adult_ticket="20000").status_code == 303
    assert db.session.scalars(select(ProposedChange)).one().values == {"adult_ticket": 20_000}


def test_a_coordinator_finds_the_ways_on_their_desk_and_a_seller_does_not(client, rini):
    links = client.get("/jual").links
    assert (links["Jual untuk penjual"], links["Tambah wisata"]) == ("/jual/untuk-penjual", PATH)
    assert client.get("/akun").links["Tambah wisata"] == PATH

    client.sign_in(a_person())
    assert "Tambah wisata" not in client.get("/jual").links


def test_the_map_asks_a_host_for_tiles_only_where_the_operator_names_one(client, rini, app, monkeypatch):
    pin = client.get(PATH).tree.find(".//fieldset[@data-component='pin']")
    assert pin.get("data-tiles") is None

    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    settings = replace(app.extensions["settings"], tiles_url=tiles, tiles_attribution="Warga <pemeta>")
    monkeypatch.setitem(app.extensions, "settings", settings)
    pin = client.get(PATH).tree.find(".//fieldset[@data-component='pin']")
    assert (pin.get("data-tiles"), pin.get("data-attribution")) == (tiles, "Warga <pemeta>")


def test_what_was_sent_leads_to_the_next_place(client, rini):
    page = client.get(send(client, **typed(photos=[picture()])).location)

    assert "Terkirim ke KIM Kedungrejo" in page.words
    assert page.links["Tambah wisata lagi"] == PATH


def test_other_people_s_places_are_not_there_to_edit(client, rini):
    other = an_attraction(a_village(MARGOREJO))

    assert client.get(f"/jual/wisata/{other.id}/ubah").status_code == 404
