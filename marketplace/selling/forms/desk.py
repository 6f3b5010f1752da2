"""What is tapped and typed on the desk."""

import re

from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.foundation.forms import Form

PRICE_ERROR = "Isi harganya dulu, angka saja. Contoh: 18000"
# Rp, spaces, the dots between thousands and a ",00" are how people write prices here.
PRICE = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,00|,-)?", re.IGNORECASE)
HIGHEST_PRICE = 999_999_999


class TapForm(Form):
    """One button: only the proof that the wish comes from our own page."""


class PriceForm(Form):
    price = StringField(
        "Harga baru", validators=[InputRequired(PRICE_ERROR), Length(max=20)], render_kw={"inputmode": "numeric"}
    )

    def validate_price(self, field) -> None:
        if not 0 < (price_in(field.data) or 0) <= HIGHEST_PRICE:
            raise ValidationError(PRICE_ERROR)


def price_in(text: str) -> int | None:
    """Return the rupiah that somebody typed, `Rp18.000` as `18000`; None for what is no price."""
    match = PRICE.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match[1])) if match and match[1].isascii() else None
