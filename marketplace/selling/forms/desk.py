"""What is tapped and typed on the desk."""

from wtforms import Field, StringField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.spreadsheets import cells
from marketplace.foundation.forms import Form

PRICE_ERROR = "Isi harganya dulu, angka saja. Contoh: 18000"


class AtMost:
    """Stops at a text that is longer than it may be: whatever reads it afterwards need not bear everything."""

    def __init__(self, longest: int):
        self.longest = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, form: Form, field: Field) -> None:
        if len(field.data or "") > self.longest:
            raise StopValidation(f"Tulis paling banyak {self.longest} huruf.")


def refuse_what_is_no_price(form: Form, field: Field) -> None:
    """Accept a price as people write it, `18.000`, `Rp 18.000`, `18 ribu`, in the reading that spreadsheets get."""
    try:
        cells.read_positive_amount(field.data)
    except CellRefused as refusal:
        raise ValidationError(PRICE_ERROR) from refusal


class PriceForm(Form):
    price = StringField(
        "Harga baru",
        validators=[InputRequired(PRICE_ERROR), AtMost(20), refuse_what_is_no_price],
        render_kw={"inputmode": "numeric"},
    )

    @property
    def amount(self) -> int:
        """The price in rupiah."""
        return cells.read_positive_amount(self.price.data)
