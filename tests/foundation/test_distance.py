"""Distances between villages, as the crow flies."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation.distance import distance_in_kilometres

SURABAYA = (-7.2575, 112.7521)
MALANG = (-7.9797, 112.6304)
POINTS = some.tuples(some.floats(-90, 90), some.floats(-180, 180))


def test_malang_lies_eighty_kilometres_from_surabaya():
    assert distance_in_kilometres(*SURABAYA, *MALANG) == pytest.approx(81.4, abs=0.5)


def test_a_village_is_no_way_from_itself():
    assert distance_in_kilometres(*MALANG, *MALANG) == 0


def test_a_degree_along_the_equator_is_a_hundred_and_eleven_kilometres():
    assert distance_in_kilometres(0, 112, 0, 113) == pytest.approx(111.2, abs=0.1)


@given(POINTS, POINTS)
def test_the_way_back_is_as_long_and_never_longer_than_half_the_earth(here, there):
    away, back = distance_in_kilometres(*here, *there), distance_in_kilometres(*there, *here)

    assert away == pytest.approx(back, abs=1e-6)
    assert 0 <= away <= 20_016
