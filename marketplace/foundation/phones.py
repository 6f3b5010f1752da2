"""Telephone numbers: any Indonesian way of typing in, E.164 kept, the local way shown, WhatsApp links out."""

import re
from functools import lru_cache
from urllib.parse import quote

import phonenumbers

from marketplace.foundation.errors import Invalid

COUNTRY = "ID"
COUNTRY_CODE = phonenumbers.country_code_for_region(COUNTRY)
# Mobile numbers here have nine digits or more after the country code; those of Singapore have eight.
SHORTEST_NUMBER = 9


class PhoneRefused(Invalid):
    """What was typed is no telephone number."""

    user_message = "Nomor WhatsApp belum benar. Contoh: 0812-3456-7890."


class PhoneTooShort(PhoneRefused):
    """Digits are missing."""

    user_message = "Nomornya kurang panjang, coba periksa lagi."


def to_e164(text: str) -> str:
    """Return the number as `+6281234567890`, however it was typed, or refuse with PhoneRefused."""
    # An O typed for a zero would otherwise vanish, and leave the number of somebody else.
    if re.search(r"\d[^\W\d_]|[^\W\d_]\d", text):
        raise PhoneRefused
    digits = re.sub(r"[^\d+]", "", text)
    # The library reads "62812…" without a plus as a local number and puts a second 62 before it.
    if re.match(r"(00)?62\d", digits):
        digits = "+" + digits.removeprefix("00")
    try:
        number = phonenumbers.parse(digits, COUNTRY)
    except phonenumbers.NumberParseException as error:
        too_short = error.error_type == phonenumbers.NumberParseException.TOO_SHORT_NSN
        raise (PhoneTooShort if too_short else PhoneRefused) from error
    if number.country_code == COUNTRY_CODE and len(str(number.national_number)) < SHORTEST_NUMBER:
        raise PhoneTooShort
    if not phonenumbers.is_valid_number(number):
        raise PhoneRefused
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=1024)
def shown(e164: str | None) -> str:
    """Return a kept number the way people here write it: 0812-3456-7890; of who has left none is kept."""
    if not e164:
        return "tanpa nomor"
    number = phonenumbers.parse(e164, COUNTRY)
    if number.country_code != COUNTRY_CODE:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def whatsapp_url(e164: str | None, text: str) -> str:
    """Return the link that opens a chat with this number, or a choice of chats without one, the text typed in."""
    return f"https://wa.me/{(e164 or '').lstrip('+')}?text={quote(text, safe='')}"
