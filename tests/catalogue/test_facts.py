"""A listing's fields in the words of people who buy and visit."""

from datetime import date

import pytest

from marketplace.catalogue import facts
from marketplace.catalogue.models.attractions import Attraction, Facility, ManagerKind
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product

NOVEMBER = date(2026, 11, 23)


def a_product(**columns) -> Product:
    return Product(**{"name": "Keripik", "unit": "kg", "availability": Availability.READY} | columns)


def an_attraction(**columns) -> Attraction:
    return Attraction(**{"name": "Sendang", "facilities": frozenset()} | columns)


@pytest.mark.parametrize(
    ("columns", "line", "is_available"),
    [
        ({}, "Siap dipesan", True),
        ({"season": frozenset({11})}, "Siap dipesan", True),
        ({"season": frozenset({6, 7})}, "Belum musimnya, biasanya Juni–Juli", False),
        ({"availability": Availability.SOLD_OUT}, "Sedang habis", False),
        ({"availability": Availability.SOLD_OUT, "season": frozenset({6})}, "Sedang habis", False),
        ({"availability": Availability.TO_ORDER, "days_to_make": 3}, "Dibuat setelah dipesan, sekitar 3 hari", False),
    ],
)
def test_one_line_says_whether_and_when_a_product_can_be_had(columns, line, is_available):
    product = a_product(**columns)

    assert facts.availability_line(product, NOVEMBER) == line
    assert facts.is_available(product, NOVEMBER) == is_available


def test_nothing_is_said_of_what_is_not_known():
    assert facts.facts_of_product(a_product(delivery=frozenset(), payment=frozenset())) == []
    assert facts.stamps_of(a_product(), None, NOVEMBER) == []
    assert facts.ticket_rows(an_attraction()) == []
    assert facts.parking_text(an_attraction()) is None
    assert facts.visit_facts(an_attraction()) == []
    assert facts.facilities_of(an_attraction()) == []


def test_ways_to_send_and_to_pay_stand_in_one_order_and_each_has_its_words():
    product = a_product(delivery=frozenset(Delivery), payment=frozenset(Payment))

    assert [(fact.label, fact.value) for fact in facts.facts_of_product(product)] == [
        ("Kirim", "Ambil sendiri, Diantar penjual, Titip, Ekspedisi"),
        ("Bayar", "Tunai (COD), Transfer, QRIS"),
    ]


@pytest.mark.parametrize(
    ("expires_on", "note"),
    [
        (None, "Belum diperiksa"),
        (date(2026, 11, 23), "Belum diperiksa, berlaku sampai 23 November 2026"),
        (date(2026, 11, 22), "Habis masa berlaku 22 November 2026"),
    ],
)
def test_a_legal_number_is_valid_through_its_last_day_and_nobody_has_checked_it(expires_on, note):
    (stamp,) = facts.stamps_of(a_product(pirt_number="206", pirt_expires_on=expires_on), None, NOVEMBER)

    assert (stamp.name, stamp.number, stamp.note) == ("PIRT", "206", note)


def test_free_is_a_price_and_unknown_is_none():
    attraction = an_attraction(adult_ticket=0, child_ticket=None, motorcycle_parking=0, bus_parking=15_000)

    assert [(row.label, row.value) for row in facts.ticket_rows(attraction)] == [("Dewasa", "Gratis")]
    assert facts.parking_text(attraction) == "Motor Gratis, bus Rp15.000"


def test_every_facility_has_words_and_an_icon():
    shown = facts.facilities_of(an_attraction(facilities=frozenset(Facility)))

    assert len(shown) == len(Facility)
    assert all(facility.label and facility.icon for facility in shown)


@pytest.mark.parametrize(
    ("columns", "manager"),
    [
        ({"manager_kind": ManagerKind.BUMDES, "manager_name": "Tirta Maron"}, "BUMDes Tirta Maron"),
        ({"manager_kind": ManagerKind.BUMDES}, "BUMDes"),
        ({"manager_name": "Pak Slamet"}, "Pak Slamet"),
    ],
)
def test_those_who_run_a_place_are_named_as_far_as_they_are_known(columns, manager):
    assert [(fact.label, fact.value) for fact in facts.visit_facts(an_attraction(**columns))] == [
        ("Pengelola", manager)
    ]


def test_every_kind_of_manager_has_words():
    assert set(facts.MANAGER_WORDS) == set(ManagerKind)


def test_a_warning_holds_through_its_last_day():
    attraction = an_attraction(warning="Longsor", warning_ends_on=NOVEMBER)

    assert attraction.warning_on(NOVEMBER) == "Longsor"
    assert attraction.warning_on(date(2026, 11, 24)) is None
    assert an_attraction().warning_on(NOVEMBER) is None
