"""Opening hours as half hours to look up."""

from datetime import datetime

import pytest

from marketplace.foundation.clock import WIB
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.search.index.opening import ALWAYS, slots_at, slots_of

MONDAY, TUESDAY, SUNDAY = 23, 24, 29


def is_found_open(hours: str, day: int, hour: int, minute: int = 0) -> bool:
    """Tell whether a place with these hours is looked up at this moment of the last week of November 2026."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=WIB)
    return bool(set(slots_of(parse_opening_hours(hours))) & set(slots_at(moment)))


@pytest.mark.parametrize(
    ("hours", "day", "hour", "is_open"),
    [
        ("07.00-17.00", MONDAY, 7, True),
        ("07.00-17.00", SUNDAY, 16, True),
        ("07.00-17.00", MONDAY, 17, False),
        ("07.00-17.00", MONDAY, 6, False),
        ("Senin-Jumat 07.00-17.00", MONDAY, 8, True),
        ("Senin-Jumat 07.00-17.00", SUNDAY, 8, False),
        ("Selasa 07.00-11.00, 13.00-17.00", TUESDAY, 12, False),
        ("Selasa 07.00-11.00, 13.00-17.00", TUESDAY, 13, True),
        ("24 jam", SUNDAY, 3, True),
        ("Senin 20.00-03.00", TUESDAY, 2, True),
        ("Senin 20.00-03.00", TUESDAY, 20, False),
        # The night of Sunday runs into the Monday that begins the week.
        ("Minggu 20.00-03.00", MONDAY, 2, True),
        ("18.00-24.00", MONDAY, 23, True),
        ("18.00-24.00", TUESDAY, 0, False),
    ],
)
def test_a_place_is_looked_up_while_it_is_open(hours, day, hour, is_open):
    assert is_found_open(hours, day, hour) is is_open


def test_a_half_hour_counts_when_a_place_is_open_for_a_part_of_it():
    assert is_found_open("07.15-09.10", MONDAY, 9, 5)
    # The row tells the minutes apart.
    assert is_found_open("07.15-09.10", MONDAY, 9, 20)


def test_a_place_that_never_closes_needs_one_number():
    assert slots_of(parse_opening_hours("24 jam")) == (ALWAYS,)


def test_a_place_that_opens_every_day_alike_needs_the_half_hours_of_one_day():
    assert len(slots_of(parse_opening_hours("07.00-17.00"))) == 20
