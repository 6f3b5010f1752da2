"""What is tapped and typed on the desk."""

from typing import Any

from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.spreadsheets import cells
from marketplace.foundation.forms import Form
from marketplace.selling.forms.business import one_line

PRICE_ERROR = "Isi harganya dulu, angka saja. Contoh: 18000"


def refuse_what_is_no_price(form: Form, field: Field) -> None:
    """Accept a price as people write it, `18.000`, `Rp 18.000`, `18 ribu`, in the reading that spreadsheets get."""
    try:
        cells.read_positive_amount(field.data)
    except CellRefused as refusal:
        raise ValidationError(PRICE_ERROR) from refusal


class PriceForm(Form):
    price = StringField(
        "Harga baru",
        validators=[InputRequired(PRICE_ERROR), Length(max=20), refuse_what_is_no_price],
        render_kw={"inputmode": "numeric"},
    )

    @property
    def amount(self) -> int:
        """The price in rupiah."""
        return cells.read_positive_amount(self.price.data)


class EditForm(Form):
    version = HiddenField()
    name = StringField(
        "Nama produk", validators=[DataRequired("Isi nama produknya dulu."), Length(min=3, max=80)], filters=[one_line]
    )
    price = StringField(
        "Harga",
        description="Kosongkan kalau pembeli perlu bertanya dulu.",
        validators=[Optional(), Length(max=20), refuse_what_is_no_price],
        render_kw={"inputmode": "numeric"},
    )
    unit = StringField(
        "Satuan",
        description="Contoh: bungkus, kg, lusin",
        validators=[DataRequired("Isi satuannya dulu, misalnya bungkus."), Length(max=40)],
        filters=[one_line],
    )
    description = TextAreaField("Keterangan", validators=[Length(max=5000)])

    def values(self) -> dict[str, Any]:
        """Return the columns of the product as they were typed."""
        return {
            "name": self.name.data,
            "price": cells.read_positive_amount(self.price.data) if self.price.data else None,
            "unit": self.unit.data,
            "description": (self.description.data or "").replace("\r\n", "\n").strip(),
        }
