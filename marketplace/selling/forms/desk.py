"""What is tapped and typed on the desk."""

import re
from typing import Any

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from marketplace.foundation.forms import Form
from marketplace.selling.forms.business import one_line

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


class EditForm(Form):
    version = HiddenField()
    name = StringField(
        "Nama produk", validators=[DataRequired("Isi nama produknya dulu."), Length(min=3, max=80)], filters=[one_line]
    )
    price = StringField(
        "Harga",
        description="Kosongkan kalau pembeli perlu bertanya dulu.",
        validators=[Length(max=20)],
        render_kw={"inputmode": "numeric"},
    )
    unit = StringField(
        "Satuan",
        description="Contoh: bungkus, kg, lusin",
        validators=[DataRequired("Isi satuannya dulu, misalnya bungkus."), Length(max=40)],
        filters=[one_line],
    )
    description = TextAreaField("Keterangan", validators=[Length(max=5000)])

    def validate_price(self, field) -> None:
        if (field.data or "").strip() and not 0 < (price_in(field.data) or 0) <= HIGHEST_PRICE:
            raise ValidationError(PRICE_ERROR)

    def values(self) -> dict[str, Any]:
        """Return the columns of the product as they were typed."""
        return {
            "name": self.name.data,
            "price": price_in(self.price.data or ""),
            "unit": self.unit.data,
            "description": (self.description.data or "").replace("\r\n", "\n").strip(),
        }


def price_in(text: str) -> int | None:
    """Return the rupiah that somebody typed, `Rp18.000` as `18000`; None for what is no price."""
    match = PRICE.fullmatch(text.strip())
    return int(re.sub(r"\D", "", match[1])) if match and match[1].isascii() else None
