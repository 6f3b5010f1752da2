"""Lists continue after the last thing seen."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation.converters import LARGEST_ID
from marketplace.foundation.errors import NotFound
from marketplace.foundation.pagination import Cursor, page_of

MOMENTS = some.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC))


class Row:
    def __init__(self, id: int):
        self.id = id
        self.published_at = datetime(2026, 11, 1, tzinfo=UTC)


@given(MOMENTS, some.integers(0, LARGEST_ID))
def test_a_cursor_survives_its_address(moment, id):
    cursor = Cursor(moment, id)

    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["1", "1-", "-1", "a-b", "1-2-3", "1-2 ", "9" * 19 + "-1", "999999999999999999-1"])
def test_a_made_up_cursor_leads_nowhere(text):
    with pytest.raises(NotFound):
        Cursor.parse(text)


@pytest.mark.parametrize("text", [None, ""])
def test_without_a_cursor_a_list_begins(text):
    assert Cursor.parse(text) is None


def test_a_page_knows_whether_another_follows():
    rows = [Row(id) for id in (3, 2, 1)]

    assert page_of(rows, 3).following is None
    assert [row.id for row in page_of(rows, 2).items] == [3, 2]
    assert page_of(rows, 2).following.id == 2
    assert page_of([], 2).items == []
