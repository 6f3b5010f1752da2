"""The one clock."""

from datetime import UTC, date, datetime

import time_machine

from marketplace.foundation import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


@time_machine.travel(datetime(2026, 11, 23, 16, 59, tzinfo=UTC))
def test_before_midnight_in_java_it_is_still_the_same_day():
    assert clock.today() == date(2026, 11, 23)


@time_machine.travel(datetime(2026, 11, 23, 17, 0, tzinfo=UTC))
def test_the_day_begins_at_midnight_in_java():
    assert clock.today() == date(2026, 11, 24)
