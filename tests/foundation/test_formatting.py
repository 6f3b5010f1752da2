"""How numbers, money, days and names are written for people."""

import re
from datetime import UTC, date, datetime, time

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation import formatting


@pytest.mark.parametrize(
    ("amount", "text"), [(18_000, "Rp18.000"), (0, "Rp0"), (999, "Rp999"), (1_250_000, "Rp1.250.000")]
)
def test_money_is_written_as_on_a_price_tag(amount, text):
    assert formatting.rupiah(amount) == text


@given(some.integers(-(10**12), 10**12))
def test_money_is_written_as_the_locale_has_it(amount):
    by_babel = format_currency(amount, "IDR", locale="id_ID", format="¤#,##0", currency_digits=False)

    assert formatting.rupiah(amount) == by_babel


def test_numbers_have_dots_for_thousands():
    assert formatting.angka(13_644) == "13.644"


def test_days_are_written_in_indonesian():
    assert formatting.tanggal(date(2026, 11, 23)) == "23 November 2026"
    assert formatting.tanggal(date(2026, 8, 17)) == "17 Agustus 2026"
    assert formatting.tanggal_pendek(date(2026, 10, 1)) == "1 Okt"


def test_a_moment_is_written_as_the_day_that_it_is_in_java():
    assert formatting.tanggal(datetime(2026, 11, 22, 17, 0, tzinfo=UTC)) == "23 November 2026"


def test_hours_have_a_dot():
    assert formatting.jam(time(8, 0)) == "08.00"


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(1945, 8, 17), "Jumat Legi, 17 Agustus"),
        (date(2026, 11, 23), "Senin Wage, 23 November"),
        (date(1945, 8, 16), "Kamis Kliwon, 16 Agustus"),
    ],
)
def test_a_day_has_its_place_in_the_market_week(day, line):
    assert formatting.market_day_line(day) == line


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Keripik Tempe", "keripik-tempe"),
        ("  Jenang & Dodol (isi 12)  ", "jenang-dodol-isi-12"),
        ("Kopi “Wonosalam”", "kopi-wonosalam"),
        ("Café Ijen", "cafe-ijen"),
        ("🍌🍌🍌", "tanpa-nama"),
        ("", "tanpa-nama"),
    ],
)
def test_a_name_becomes_part_of_an_address(name, slug):
    assert formatting.plain_slug(name) == slug


@given(some.text())
def test_every_name_becomes_something_that_fits_in_an_address(name):
    slug = formatting.plain_slug(name)

    assert len(slug) <= 60
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)


def test_a_long_text_is_cut_between_words():
    assert formatting.sentence_of("Tempe tipis,  digoreng\ndua kali.", 100) == "Tempe tipis, digoreng dua kali."
    assert formatting.sentence_of("Tempe tipis, digoreng dua kali.", 16) == "Tempe tipis…"


@given(some.text(), some.integers(2, 200))
def test_a_cut_text_never_exceeds_its_length(text, longest):
    assert len(formatting.sentence_of(text, longest)) <= longest
