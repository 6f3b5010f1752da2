"""How far an index has read the outbox, when rows do not become visible in the order of their ids."""

import pytest

from marketplace.search.index.state import LONGEST_TRANSACTION, Gap, State, read_state, write_state

AT = 1_000_000.0


def a_state(last_id: int = 0, *gaps: Gap) -> State:
    return State(version="1", database="a", last_id=last_id, gaps=gaps, caught_up_at=AT)


def test_rows_without_gaps_move_the_end():
    state = a_state(4).having_read([5, 6, 7], AT)

    assert (state.last_id, state.gaps) == (7, ())


def test_ids_that_are_not_there_yet_are_remembered():
    state = a_state(4).having_read([7, 8, 11], AT)

    assert state.last_id == 11
    assert state.gaps == (Gap(5, 6, AT), Gap(9, 10, AT))


@pytest.mark.parametrize(
    ("late", "left"),
    [
        ([5], [(6, 9)]),
        ([9], [(5, 8)]),
        ([7], [(5, 6), (8, 9)]),
        ([6, 8], [(5, 5), (7, 7), (9, 9)]),
        ([5, 6, 7, 8, 9], []),
    ],
)
def test_a_row_that_turns_up_late_closes_its_gap(late, left):
    state = a_state(10, Gap(5, 9, AT)).having_read(late, AT + 1)

    assert state.last_id == 10
    assert state.gaps == tuple(Gap(first, last, AT) for first, last in left)


def test_late_and_new_rows_come_together():
    state = a_state(10, Gap(5, 5, AT)).having_read([5, 12], AT + 1)

    assert (state.last_id, state.gaps) == (12, (Gap(11, 11, AT + 1),))


def test_what_was_rolled_back_is_not_waited_for_for_ever():
    state = a_state(10, Gap(5, 9, AT), Gap(2, 2, AT + 60)).having_read([], AT + LONGEST_TRANSACTION)

    assert state.gaps == (Gap(2, 2, AT + 60),)


def test_a_state_is_kept_as_it_is(tmp_path):
    state = a_state(12, Gap(5, 9, AT), Gap(11, 11, AT + 0.5))

    write_state(tmp_path, state)

    assert read_state(tmp_path) == state
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", "3", '{"last_id": 3}', '{"gaps": [[1]]}', "\0" * 40])
def test_a_damaged_state_is_none(tmp_path, content):
    (tmp_path / "state.json").write_text(content)

    assert read_state(tmp_path) is None


def test_a_missing_state_is_none(tmp_path):
    assert read_state(tmp_path) is None
