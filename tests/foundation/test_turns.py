"""Work that two processes must not do at the same time: one waits until the other has committed."""

import threading

import pytest

from marketplace.foundation.database import take_turns
from marketplace.foundation.transactions import committed

LONGEST_WAIT = 10


@pytest.mark.both_databases
def test_who_comes_second_waits_until_the_first_has_committed(fresh_marketplace):
    happened = []
    first_is_at_work, first_may_end, second_is_there = (threading.Event() for _ in range(3))

    def be_first():
        with fresh_marketplace.app_context(), committed():
            take_turns("counting")
            first_is_at_work.set()
            assert first_may_end.wait(LONGEST_WAIT)
            happened.append("first")

    def be_second():
        assert first_is_at_work.wait(LONGEST_WAIT)
        with fresh_marketplace.app_context(), committed():
            second_is_there.set()
            take_turns("counting")
            happened.append("second")

    people = [threading.Thread(target=act) for act in (be_first, be_second)]
    for person in people:
        person.start()
    assert second_is_there.wait(LONGEST_WAIT)
    # Long enough for somebody who does not wait to be done.
    people[1].join(0.3)
    first_may_end.set()
    for person in people:
        person.join(LONGEST_WAIT)

    assert happened == ["first", "second"]
