"""Opening hours as people write them, as pages show them, and what they mean around midnight."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation import clock
from marketplace.foundation.opening_hours import (
    OpeningHours,
    OpeningHoursType,
    parse_opening_hours,
    week_in_schema_words,
)

MINUTES = some.builds(time, some.integers(0, 23), some.integers(0, 59))
MOMENTS_OF_A_DAY = some.lists(MINUTES, unique=True, max_size=6).map(sorted)
# The last of several spans may run past midnight until the first begins.
DAYS = some.one_of(
    MINUTES.map(lambda minute: ((minute, minute),)),
    MOMENTS_OF_A_DAY.map(lambda minutes: tuple(zip(minutes[::2], minutes[1::2], strict=False))),
    MOMENTS_OF_A_DAY.map(lambda minutes: tuple(zip(minutes[1::2], minutes[2::2] + minutes[:1], strict=False))),
)
WEEKS = some.lists(DAYS, min_size=7, max_size=7).map(lambda days: OpeningHours(tuple(days)))
MOMENTS = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(clock.WIB))

MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 28)


def wib(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.WIB)


def is_inside_a_span(hours: OpeningHours, moment: datetime) -> bool:
    """Tell the same as `is_open_at` from whole moments: each span begins on its day and may end on the next."""
    for day in (moment.date() - timedelta(days=1), moment.date()):
        for start, end in hours.days[day.weekday()]:
            opens, closes = (datetime.combine(day, hour, clock.WIB) for hour in (start, end))
            if opens <= moment < (closes if closes > opens else closes + timedelta(days=1)):
                return True
    return False


@given(WEEKS)
def test_hours_that_are_written_out_can_be_read_back(hours):
    assert parse_opening_hours(str(hours)) == hours


@given(WEEKS)
def test_hours_come_back_from_the_database_as_they_were_kept(hours):
    kept = OpeningHoursType().process_bind_param(hours, None)

    assert OpeningHoursType().process_result_value(kept, None) == hours


def test_unknown_hours_stay_unknown_in_the_database():
    assert OpeningHoursType().process_bind_param(None, None) is None
    assert OpeningHoursType().process_result_value(None, None) is None


@given(WEEKS, MOMENTS)
def test_a_stall_is_open_exactly_between_opening_and_closing(hours, moment):
    assert hours.is_open_at(moment) == is_inside_a_span(hours, moment)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("07.00-17.00", [("Setiap hari", "07.00–17.00")]),
        ("7:00 - 17:00", [("Setiap hari", "07.00–17.00")]),
        ("setiap hari 07.00–17.00", [("Setiap hari", "07.00–17.00")]),
        ("24 jam", [("Setiap hari", "24 jam")]),
        ("Buka 24 jam", [("Setiap hari", "24 jam")]),
        ("Tiap hari: 06.00 sampai 24.00", [("Setiap hari", "06.00–24.00")]),
        (
            "Senin-Jumat 07.00-17.00; Sabtu 08.00-12.00",
            [("Senin–Jumat", "07.00–17.00"), ("Sabtu", "08.00–12.00"), ("Minggu", "Tutup")],
        ),
        (
            "senin s/d jumat 07.00-17.00; sabtu, minggu 06.30-17.30",
            [("Senin–Jumat", "07.00–17.00"), ("Sabtu–Minggu", "06.30–17.30")],
        ),
        (
            "Setiap hari 08.00-16.00; Jumat libur",
            [("Senin–Kamis", "08.00–16.00"), ("Jumat", "Tutup"), ("Sabtu–Minggu", "08.00–16.00")],
        ),
        (
            "Sabtu-Senin 09.00-12.00, 13.00-15.00",
            [
                ("Senin", "09.00–12.00, 13.00–15.00"),
                ("Selasa–Jumat", "Tutup"),
                ("Sabtu–Minggu", "09.00–12.00, 13.00–15.00"),
            ],
        ),
        ("Minggu 13.00-15.00 dan 07.00-11.00", [("Senin–Sabtu", "Tutup"), ("Minggu", "07.00–11.00, 13.00–15.00")]),
    ],
)
def test_people_write_hours_in_their_own_way(typed, rows):
    assert parse_opening_hours(typed).rows() == rows


@pytest.mark.parametrize(
    "typed",
    ["pagi sampai sore", "Senin", "07.00", "25.00-26.00", "07.60-08.00", "Ahad 07.00-12.00", "07.00-17.00 WITA"],
)
def test_hours_that_nobody_understands_are_refused_with_the_part_itself(typed):
    with pytest.raises(ValueError, match=typed.replace(".", r"\.")):
        parse_opening_hours(typed)


def test_the_part_that_is_refused_is_named_alone():
    with pytest.raises(ValueError, match='^Jam buka "Sabtu sore" tidak terbaca'):
        parse_opening_hours("Senin-Jumat 07.00-17.00; Sabtu sore")


def test_a_stall_opens_on_the_minute_and_closes_on_the_minute():
    hours = parse_opening_hours("07.00-17.00")

    assert not hours.is_open_at(wib(MONDAY, 6, 59))
    assert hours.is_open_at(wib(MONDAY, 7))
    assert hours.is_open_at(wib(MONDAY, 16, 59))
    assert not hours.is_open_at(wib(MONDAY, 17))


def test_a_stall_rests_at_noon_between_two_spans():
    hours = parse_opening_hours("07.00-12.00, 13.00-17.00")

    assert [hours.is_open_at(wib(MONDAY, hour)) for hour in (11, 12, 13)] == [True, False, True]


def test_a_night_stall_is_still_open_after_midnight_and_its_day_off_begins_when_it_closes():
    hours = parse_opening_hours("Sabtu 18.00-02.00")
    sunday = SATURDAY + timedelta(days=1)

    assert hours.is_open_at(wib(SATURDAY, 23, 59))
    assert hours.is_open_at(wib(sunday, 0))
    assert hours.is_open_at(wib(sunday, 1, 59))
    assert not hours.is_open_at(wib(sunday, 2))
    assert not hours.is_open_at(wib(sunday, 18))
    assert not hours.is_open_at(wib(SATURDAY, 1))


def test_sunday_night_runs_into_monday_morning():
    hours = parse_opening_hours("Minggu 20.00-03.00")

    assert hours.is_open_at(wib(MONDAY, 2))
    assert not hours.is_open_at(wib(MONDAY, 20))


def test_until_midnight_is_not_past_midnight():
    hours = parse_opening_hours("Senin 18.00-24.00")

    assert hours.is_open_at(wib(MONDAY, 23, 59))
    assert not hours.is_open_at(wib(MONDAY + timedelta(days=1), 0))


def test_around_the_clock_is_open_at_any_hour_of_that_day_alone():
    hours = parse_opening_hours("Senin 24 jam")

    assert hours.is_open_at(wib(MONDAY, 0))
    assert hours.is_open_at(wib(MONDAY, 23, 59))
    assert not hours.is_open_at(wib(MONDAY + timedelta(days=1), 0))


def test_a_day_and_a_night_that_begin_at_seven_last_until_seven():
    hours = parse_opening_hours("Senin 07.00-07.00")

    assert not hours.is_open_at(wib(MONDAY, 6, 59))
    assert hours.is_open_at(wib(MONDAY + timedelta(days=1), 6, 59))
    assert not hours.is_open_at(wib(MONDAY + timedelta(days=1), 7))


def test_the_hour_is_the_villages_not_the_servers():
    hours = parse_opening_hours("Senin 07.00-17.00")
    with time_machine.travel(datetime(2026, 11, 23, 0, 30, tzinfo=UTC), tick=False):
        assert hours.is_open_at(clock.now())
    with time_machine.travel(datetime(2026, 11, 23, 10, 30, tzinfo=UTC), tick=False):
        assert not hours.is_open_at(clock.now())


def test_the_weekday_is_the_villages_not_the_servers():
    hours = parse_opening_hours("Selasa 00.00-06.00")
    with time_machine.travel(datetime(2026, 11, 23, 17, 30, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 24)
        assert hours.is_open_at(clock.now())
        assert hours.today_text(clock.today()) == "00.00–06.00"


def test_a_day_off_says_so():
    hours = parse_opening_hours("Senin-Jumat 07.00-17.00")

    assert hours.today_text(MONDAY) == "07.00–17.00"
    assert hours.today_text(SATURDAY) == "Tutup"
    assert not hours.is_open_at(wib(SATURDAY, 9))


def test_search_engines_read_the_week_in_their_own_words():
    hours = parse_opening_hours("Senin 07.00-12.00, 13.00-17.00; Sabtu 24 jam")

    assert week_in_schema_words(hours) == ["Mo 07:00-12:00", "Mo 13:00-17:00", "Sa 00:00-23:59"]


@pytest.mark.parametrize(
    "typed",
    [
        "07.00-12.00, 11.00-17.00",
        "07.00-12.00, 07.00-12.00",
        "Sabtu 18.00-02.00, 20.00-22.00",
        "00.00-24.00, 09.00-10.00",
        "Senin 07.00-17.00; Minggu 06.00-05.00 dan 08.00-09.00",
    ],
)
def test_hours_that_lie_over_each_other_are_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r'^Jam buka "[^;]*" bertumpukan\.'):
        parse_opening_hours(typed)


def test_a_night_may_run_into_the_next_day():
    hours = parse_opening_hours("Sabtu 18.00-02.00; Minggu 24 jam")

    assert hours.is_open_at(wib(SATURDAY, 23))
    assert hours.is_open_at(wib(SATURDAY + timedelta(days=1), 1))


def test_the_fullest_week_fits_its_column_and_a_fuller_one_is_refused():
    hours = parse_opening_hours("06.00-09.00, 11.00-13.30, 16.30-21.00")

    assert len(OpeningHoursType().process_bind_param(hours, None)) <= OpeningHoursType.impl.length
    with pytest.raises(ValueError, match="Paling banyak 3 rentang jam sehari"):
        parse_opening_hours("06.00-07.00, 08.00-09.00, 10.00-11.00, 12.00-13.00")
