"""What is asked for often and changes seldom is read now and then."""

import threading

import pytest

from marketplace.foundation.remembered import Remembered

LONGEST_WAIT = 10


def counting(seconds: float) -> Remembered[int]:
    numbers = iter(range(100))
    return Remembered(lambda: next(numbers), seconds)


def test_a_fresh_value_is_not_read_again():
    value = counting(60)

    assert [value.get(), value.get()] == [0, 0]


def test_an_old_value_is_read_again():
    value = counting(0)

    assert [value.get(), value.get()] == [0, 1]


def test_a_forgotten_value_is_read_again():
    value = counting(60)
    value.get()
    value.forget()

    assert value.get() == 1


def test_a_value_that_could_not_be_read_is_asked_for_again():
    answers = iter([OSError("away"), "there"])

    def read():
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    value = Remembered(read, 60)
    with pytest.raises(OSError, match="away"):
        value.get()

    assert value.get() == "there"


def test_whoever_asks_while_an_old_value_is_read_again_gets_the_old_one():
    is_reading, may_end = threading.Event(), threading.Event()
    may_end.set()
    numbers = iter(range(10))

    def read() -> int:
        is_reading.set()
        assert may_end.wait(LONGEST_WAIT)
        return next(numbers)

    value = Remembered(read, 0)
    value.get()
    is_reading.clear()
    may_end.clear()
    reader = threading.Thread(target=value.get)
    reader.start()
    assert is_reading.wait(LONGEST_WAIT)
    assert value.get() == 0
    may_end.set()
    reader.join(LONGEST_WAIT)

    assert value.get() == 2


def test_the_first_who_ask_wait_for_one_reading():
    numbers = iter(range(10))
    value = Remembered(lambda: next(numbers), 60)
    answers: list[int] = []
    people = [threading.Thread(target=lambda: answers.append(value.get())) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join(LONGEST_WAIT)

    assert answers == [0] * 8
