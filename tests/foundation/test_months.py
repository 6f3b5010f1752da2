"""Seasons: months as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation.months import ALL_YEAR, MonthsType, months_text, parse_months

SEASONS = some.frozensets(some.integers(1, 12), min_size=1)


@given(SEASONS)
def test_a_season_that_is_written_out_can_be_read_back(months):
    assert parse_months(months_text(months)) == months


@given(some.frozensets(some.integers(1, 12)))
def test_a_season_comes_back_from_the_database_as_it_was_kept(months):
    kept = MonthsType().process_bind_param(months, None)

    assert MonthsType().process_result_value(kept, None) == months


def test_no_season_stays_no_season_in_the_database():
    assert MonthsType().process_bind_param(None, None) is None
    assert MonthsType().process_result_value(None, None) is None


@pytest.mark.parametrize("months", [{0}, {13}, {6, 14}])
def test_the_database_never_keeps_a_month_that_there_is_not(months):
    with pytest.raises(ValueError, match="no months"):
        MonthsType().process_bind_param(months, None)


@pytest.mark.parametrize(
    ("months", "text"),
    [
        ({6}, "Juni"),
        ({1, 2, 12}, "Desember–Februari"),
        ({1, 3, 4, 5}, "Januari, Maret–Mei"),
        ({11, 12, 1, 5}, "Mei, November–Januari"),
        (ALL_YEAR, "Sepanjang tahun"),
        (ALL_YEAR - {7}, "Agustus–Juni"),
        (set(), ""),
    ],
)
def test_months_that_follow_each_other_are_joined_also_over_the_new_year(months, text):
    assert months_text(months) == text


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("Desember-Februari, Juni", {12, 1, 2, 6}),
        ("des – feb; jun", {12, 1, 2, 6}),
        ("12,1,2", {12, 1, 2}),
        ("10-2", {10, 11, 12, 1, 2}),
        ("MARET sampai Mei", {3, 4, 5}),
        ("sepanjang tahun", ALL_YEAR),
        ("Agu", {8}),
        ("", set()),
    ],
)
def test_people_write_a_season_in_their_own_way(typed, months):
    assert parse_months(typed) == months


@pytest.mark.parametrize("typed", ["musim hujan", "13", "0", "Ju", "Juni-Julember"])
def test_what_is_no_month_is_refused(typed):
    with pytest.raises(ValueError, match=r"musim hujan|13|0|Ju|Julember"):
        parse_months(typed)
