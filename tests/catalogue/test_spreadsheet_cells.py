"""What people type into cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.models.products import Payment
from marketplace.catalogue.spreadsheets import cells, texts
from marketplace.catalogue.spreadsheets.choices import choices_reader
from marketplace.catalogue.spreadsheets.columns import PAYMENT_WORDS


@pytest.mark.parametrize(
    "typed",
    [
        "18000", "18.000", "Rp18.000", "Rp 18.000", "Rp. 18.000", "rp 18.000,-", "18.000,00", "18,000", "18,000.00",
        "18000,00", "18000.0", "18 000", "18 ribu", "18rb", "18k", "IDR 18000",
    ],
)  # fmt: skip
def test_eighteen_thousand_rupiah_may_be_typed_in_any_usual_way(typed):
    assert cells.read_amount(typed) == 18_000


@pytest.mark.parametrize(("typed", "amount"), [("1,5 juta", 1_500_000), ("2.500.000", 2_500_000), ("500", 500)])
def test_larger_and_smaller_amounts_are_read_too(typed, amount):
    assert cells.read_amount(typed) == amount


@pytest.mark.parametrize("typed", ["18.50", "18,5", "-5000", "murah", "10.000-15.000", "1.0000", "1e5", "9" * 12])
def test_an_amount_that_is_no_whole_rupiah_is_refused(typed):
    with pytest.raises(CellRefused):
        cells.read_amount(typed)


def test_a_seller_who_wants_to_be_asked_has_no_price():
    assert cells.read_price("tanya harga") is None
    assert cells.read_price("-") is None


def test_a_price_of_nothing_is_refused_but_a_ticket_may_be_free():
    with pytest.raises(CellRefused):
        cells.read_price("0")
    assert cells.read_ticket("Gratis") == 0
    assert cells.read_ticket("0") == 0


@pytest.mark.parametrize("typed", ["0812-3456-7890", "812 3456 7890", "6281234567890", "+62 812-3456-7890"])
def test_a_whatsapp_number_may_be_typed_in_any_usual_way(typed):
    assert cells.read_phone(typed) == "+6281234567890"


def test_digits_that_excel_has_cut_off_are_not_taken_for_a_number():
    with pytest.raises(CellRefused, match="Excel"):
        cells.read_phone("8,12346E+11")


@pytest.mark.parametrize(
    "typed", ["2026-11-23", "23-11-2026", "23/11/2026", "23.11.2026", "23 November 2026", "23 Nov 2026"]
)
def test_a_day_may_be_typed_in_any_usual_way(typed):
    assert cells.read_day(typed) == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["31-02-2026", "besok", "11/23/2026", "2026", "01-01-0026"])
def test_a_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(CellRefused):
        cells.read_day(typed)


def test_payments_are_understood_by_their_everyday_names():
    read = choices_reader(Payment, PAYMENT_WORDS)

    assert read("COD, QRIS dan transfer bank") == {Payment.CASH, Payment.QRIS, Payment.TRANSFER}
    assert read("tunai/COD") == {Payment.CASH}


def test_variants_have_a_name_and_a_price():
    assert cells.read_variants("Pedas=15000; Manis = Rp16.000;") == (("Pedas", 15_000), ("Manis", 16_000))
    with pytest.raises(CellRefused, match="Asin"):
        cells.read_variants("Pedas=15000; Asin")


def test_text_leaves_without_what_nobody_sees_and_comes_back_the_same():
    written = cells.write_text(" Kopi\u00a0Ijen\u200b\r\nharum\u2028sekali\x07 ")

    assert written == "Kopi Ijen\nharum\nsekali"
    assert texts.cleaned(written) == written


@pytest.mark.parametrize("formula", ["=1+1", "+62812", "-5", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1"])
def test_no_cell_is_run_as_a_formula(formula):
    assert texts.without_formula(formula).startswith("'")


@given(st.text())
def test_text_that_was_made_safe_comes_back_as_it_was(text):
    assert texts.with_formula(texts.without_formula(text)) == text


@given(st.text(alphabet="'=+-@ a", max_size=6))
def test_text_full_of_marks_comes_back_as_it_was(text):
    assert texts.with_formula(texts.without_formula(text)) == text
