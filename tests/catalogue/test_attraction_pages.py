"""The page of an attraction."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from marketplace.catalogue.models.attractions import Facility, ManagerKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation.opening_hours import parse_opening_hours
from tests.support.nearby import make_neighbours
from tests.support.page_parts import facts_on, sections_on
from tests.support.personas import a_kim, a_product, a_village, an_attraction
from tests.support.places import MARGOREJO, PURWANTORO

# Monday 23 November 2026, nine in the morning in Java.
MONDAY_MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def path_of(attraction) -> str:
    return f"/wisata/{attraction.id}-{attraction.slug}"


@pytest.mark.both_databases
def test_an_attraction_shows_hours_tickets_parking_and_facilities(client):
    attraction = an_attraction(
        name="Sendang Maron",
        summary="Mata air di bawah beringin.",
        opening_hours=parse_opening_hours("Senin-Jumat 07.00-17.00; Sabtu, Minggu 06.00-18.00"),
        adult_ticket=10_000,
        child_ticket=5_000,
        group_ticket=0,
        ticket_note="Rombongan mulai 20 orang",
        motorcycle_parking=2_000,
        car_parking=5_000,
        bus_parking=0,
        facilities=frozenset({Facility.TOILET, Facility.PRAYER_ROOM, Facility.FIRST_AID}),
        walking_minutes=15,
    )

    with time_machine.travel(MONDAY_MORNING, tick=False):
        page = client.get(path_of(attraction))

    assert page.heading == "Sendang Maron"
    assert "Mata air di bawah beringin." in page.words
    assert facts_on(page).items() >= {
        ("Tiket", "Rp10.000"),
        ("Buka hari ini", "07.00–17.00"),
        ("Jalan kaki", "15 menit"),
        ("Senin–Jumat", "07.00–17.00"),
        ("Sabtu–Minggu", "06.00–18.00"),
        ("Dewasa", "Rp10.000"),
        ("Anak", "Rp5.000"),
        ("Rombongan", "Gratis"),
        ("Keterangan", "Rombongan mulai 20 orang"),
        ("Parkir", "Motor Rp2.000, mobil Rp5.000, bus Gratis"),
    }
    facilities = page.tree.findall(".//ul[@class='facilities']/li")
    assert ["".join(facility.itertext()) for facility in facilities] == ["Toilet", "Musala", "P3K"]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "Tutup sekarang"),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), "Buka sekarang"),
        (datetime(2026, 11, 23, 9, 59, tzinfo=UTC), "Buka sekarang"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), "Tutup sekarang"),
        (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), "Tutup sekarang"),
        (datetime(2026, 11, 28, 19, 0, tzinfo=UTC), "Buka sekarang"),
    ],
)
def test_a_visitor_sees_whether_it_is_open_at_this_hour_in_java(client, moment, words):
    attraction = an_attraction(opening_hours=parse_opening_hours("Senin 07.00-17.00; Sabtu 20.00-03.00"))
    with time_machine.travel(moment, tick=False):
        assert words in client.get(path_of(attraction)).words


def test_on_a_day_off_the_page_says_closed_today(client):
    attraction = an_attraction(opening_hours=parse_opening_hours("Sabtu-Minggu 07.00-17.00"))
    with time_machine.travel(MONDAY_MORNING, tick=False):
        assert facts_on(client.get(path_of(attraction)))["Hari ini"] == "Tutup"


def test_where_nothing_is_known_the_page_says_to_ask_first(client):
    page = client.get(path_of(an_attraction(adult_ticket=None)))

    assert "Jam buka dan harga tiket belum diisi. Tanyakan dulu sebelum berangkat." in page.words
    assert facts_on(page)["Tiket"] == facts_on(page)["Buka hari ini"] == "Tanya dulu"
    assert "sekarang" not in page.words


def test_what_costs_nothing_is_free(client):
    assert facts_on(client.get(path_of(an_attraction(adult_ticket=0))))["Tiket"] == "Gratis"


def test_a_warning_is_shown_until_its_last_day_is_over_in_java(client):
    attraction = an_attraction(warning="Jalan longsor, ditutup.", warning_ends_on=date(2026, 11, 23))
    with time_machine.travel(datetime(2026, 11, 23, 16, 59, tzinfo=UTC), tick=False):
        page = client.get(path_of(attraction))
        assert "Jalan longsor, ditutup." in page.words
        assert "Berlaku sampai 23 November 2026" in page.words
    with time_machine.travel(datetime(2026, 11, 23, 17, 0, tzinfo=UTC), tick=False):
        assert "longsor" not in client.get(path_of(attraction)).words


def test_a_visitor_reads_what_to_know_before_leaving_and_how_to_get_there(client):
    attraction = an_attraction(
        last_kilometre="Jalan tanah, licin saat hujan",
        best_season=frozenset({6, 7, 8}),
        prohibitions="Dilarang berenang",
        manager_kind=ManagerKind.POKDARWIS,
        manager_name="Tirta Maron",
        checked_on=date(2026, 10, 1),
        checked_by="KIM Kedung Makmur",
        directions="Dari Alun-alun Tuban: 40 menit lewat Merakurak\n\nDari Terminal Wisata: naik bus",
        latitude=-6.912,
        longitude=111.874,
    )

    page = client.get(path_of(attraction))

    assert facts_on(page).items() >= {
        ("Kilometer terakhir", "Jalan tanah, licin saat hujan"),
        ("Musim terbaik", "Juni–Agustus"),
        ("Larangan", "Dilarang berenang"),
        ("Pengelola", "Pokdarwis Tirta Maron"),
        ("Diperbarui", "1 Oktober 2026 oleh KIM Kedung Makmur"),
    }
    assert "40 menit lewat Merakurak" in page.words
    assert "naik bus" in page.words
    assert page.links["Buka petunjuk arah"].endswith("destination=-6.912,111.874")
    assert "Titik desa, bukan titik lokasi" in page.words


def test_an_exact_point_is_not_called_the_villages(client):
    assert "bukan titik lokasi" not in client.get(path_of(an_attraction(is_exact_point=True))).words


def test_a_visitor_writes_to_those_who_run_the_place(client):
    a_kim(whatsapp="+6281999999999")
    attraction = an_attraction(name="Sendang Maron", manager_name="Tirta Maron", whatsapp="+6281234567890")

    address = urlsplit(client.get(path_of(attraction)).links["Tanya lewat WhatsApp"])

    assert address.path == "/6281234567890"
    assert parse_qs(address.query)["text"][0].splitlines() == [
        "Halo Tirta Maron,",
        "saya mau bertanya tentang kunjungan ke Sendang Maron, Desa Kedungrejo, Tuban.",
        f"http://pasar.test{path_of(attraction)}",
    ]


def test_a_visitor_writes_to_the_kim_where_those_who_run_the_place_have_no_number(client):
    a_kim(whatsapp="+6281999999999")

    assert client.get(path_of(an_attraction())).links["Tanya lewat WhatsApp"].startswith("https://wa.me/6281999999999?")


def test_where_nobody_has_a_number_the_visitor_is_told_where_to_ask(client):
    page = client.get(path_of(an_attraction()))

    assert "Belum ada nomor WhatsApp di sini." in page.words
    assert "Tanya lewat WhatsApp" not in page.links


def test_other_attractions_come_from_the_nearest_villages_first_and_souvenirs_from_the_village(client):
    make_neighbours()
    attraction = an_attraction(name="Sendang Maron")
    an_attraction(a_village(PURWANTORO), name="Kampung Keripik")
    an_attraction(a_village(MARGOREJO), name="Goa Suci")
    an_attraction(a_village(MARGOREJO), name="Goa Arsip", status=ListingStatus.ARCHIVED)
    a_product(name="Batik gedog")
    a_product(name="Batik arsip", status=ListingStatus.ARCHIVED)

    sections = sections_on(client.get(path_of(attraction)))

    assert sections["Wisata lain di sekitar"] == ["Goa Suci", "Kampung Keripik"]
    assert sections["Oleh-oleh Kedungrejo"] == ["Batik gedog"]


@pytest.mark.parametrize("slug", ["", "-salah"])
def test_any_other_name_in_the_address_leads_to_the_right_one(client, slug):
    attraction = an_attraction()

    answer = client.get(f"/wisata/{attraction.id}{slug}")

    assert (answer.status_code, answer.location) == (301, path_of(attraction))


@pytest.mark.parametrize("status", [status for status in ListingStatus if status is not ListingStatus.PUBLISHED])
def test_an_attraction_that_is_not_public_has_no_page(client, status):
    attraction = an_attraction(status=status)

    assert client.get(path_of(attraction)).status_code == 404
    assert client.get(f"/wisata/{attraction.id}").status_code == 404


def test_hostile_texts_stay_text(client):
    text = "</script><script>alert(1)</script>"
    attraction = an_attraction(
        name=f"Goa {text}",
        summary=text,
        description=text,
        warning=text,
        warning_ends_on=date(2099, 1, 1),
        directions=f"{text}: {text}",
    )

    page = client.get(path_of(attraction))

    assert page.heading == f"Goa {text}"
    assert "<script>alert" not in page.text
