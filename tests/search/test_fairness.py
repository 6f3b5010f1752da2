"""Turns: one seller does not fill a page, and nobody is lost or shown twice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from marketplace.search.find.fairness import Hit, take_turns
from marketplace.search.find.search import RESULTS_SHOWN
from marketplace.search.ranking import EQUALS, OF_ONE_SELLER

hits = some.lists(some.tuples(some.integers(1, 6), some.floats(0.1, 20)), max_size=96).map(
    lambda pairs: [
        Hit(number, seller, score) for number, (seller, score) in enumerate(sorted(pairs, key=lambda pair: -pair[1]))
    ]
)


@given(hits)
def test_everything_found_is_shown_once(found):
    assert sorted(take_turns(found)) == sorted(found)


@given(hits)
def test_nobody_is_overtaken_by_what_fits_much_worse(found):
    shown = take_turns(found)

    for place, hit in enumerate(shown):
        assert all(later.score * EQUALS <= hit.score for later in shown[place + 1 :])


def test_a_seller_of_many_equals_leaves_room_for_others():
    found = [Hit(number, 1, 10.0) for number in range(20)] + [Hit(100 + number, 2 + number, 9.5) for number in range(8)]

    first_sellers = Counter(hit.seller for hit in take_turns(found)[: OF_ONE_SELLER + 8])

    assert first_sellers[1] == OF_ONE_SELLER
    assert sum(first_sellers.values()) == OF_ONE_SELLER + 8


def test_the_best_stays_first_whoever_sells_it():
    found = [Hit(1, 1, 30.0), Hit(2, 1, 29.0), Hit(3, 1, 28.0), Hit(4, 1, 27.0), Hit(5, 2, 3.0)]

    assert [hit.id for hit in take_turns(found)] == [1, 2, 3, 4, 5]


def test_a_seller_has_turns_again_on_the_next_page():
    others = [Hit(100 + number, 100 + number, 9.9) for number in range(2 * RESULTS_SHOWN)]
    found = [Hit(number, 1, 10.0) for number in range(2 * OF_ONE_SELLER)] + others

    shown = take_turns(found)

    assert sum(hit.seller == 1 for hit in shown[:RESULTS_SHOWN]) == OF_ONE_SELLER
    assert sum(hit.seller == 1 for hit in shown[RESULTS_SHOWN : 2 * RESULTS_SHOWN]) == OF_ONE_SELLER
