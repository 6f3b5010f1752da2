"""Telephone numbers: however people type them, buyers reach the seller."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.foundation.phones import PhoneRefused, PhoneTooShort, shown, to_e164, whatsapp_url

NUMBER = "+6281234567890"
MOBILE_NUMBERS = some.builds(
    "+62{}{:08}".format,
    some.sampled_from((811, 812, 813, 821, 822, 851, 852, 856, 857, 878, 895)),
    some.integers(0, 10**8 - 1),
)


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "81234567890",
        "6281234567890",
        "+6281234567890",
        "0812-3456-7890",
        "812-3456-7890",
        "62812-3456-7890",
        "+62 812-3456-7890",
        "+62 812 3456 7890",
        "(0812) 3456 7890",
        "0812.3456.7890",
        "+62 (0)812-3456-7890",
        "+62081234567890",
        "6208 1234567890",
        "0062 812 3456 7890",
        "  0812 3456 7890 ",
        "WA: 0812-3456-7890",
        "+62\u00a0812\u20113456\u20117890",
    ],
)
def test_every_way_of_typing_a_number_is_the_same_number(typed):
    assert to_e164(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "   ", "abc", "+", "belum ada", "0812 3456 7890 / 0813 4567 8901", "00000000000", "08123456789O"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(PhoneRefused):
        to_e164(typed)


@pytest.mark.parametrize("typed", ["0812", "0812-345", "+62812", "62 812 345"])
def test_a_number_without_its_last_digits_is_called_too_short(typed):
    with pytest.raises(PhoneTooShort) as refusal:
        to_e164(typed)

    assert "kurang panjang" in refusal.value.user_message


def test_a_number_with_a_digit_too_many_is_refused_but_not_called_too_short():
    with pytest.raises(PhoneRefused) as refusal:
        to_e164("0812-3456-7890-1234")

    assert not isinstance(refusal.value, PhoneTooShort)


def test_a_business_may_answer_whatsapp_on_its_line_at_home():
    assert to_e164("(031) 503-1234") == "+62315031234"


@pytest.mark.parametrize(("typed", "kept"), [("+60 12-345 6789", "+60123456789"), ("+65 9123 4567", "+6591234567")])
def test_a_villager_who_works_abroad_keeps_the_number_from_there(typed, kept):
    assert to_e164(typed) == kept
    assert shown(kept) == typed


def test_a_number_is_shown_as_people_here_write_it():
    assert shown(NUMBER) == "0812-3456-7890"


@given(MOBILE_NUMBERS)
def test_a_number_typed_as_it_is_shown_is_the_same_number(number):
    assert to_e164(shown(number)) == number
    assert to_e164(number) == number


@given(some.text(max_size=200))
def test_whatsapp_opens_with_the_very_text(text):
    address = urlsplit(whatsapp_url(NUMBER, text))

    assert (address.scheme, address.netloc, address.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(address.query, keep_blank_values=True) == {"text": [text]}
    assert not address.fragment


def test_whatsapp_lets_one_choose_a_chat_when_no_number_is_given():
    assert whatsapp_url(None, "Lihat ini") == "https://wa.me/?text=Lihat%20ini"
