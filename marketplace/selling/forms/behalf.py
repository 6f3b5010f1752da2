"""What a coordinator types about a product and the seller for whom they post it."""

from typing import Any

from flask_login import current_user
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from marketplace.catalogue.spreadsheets.texts import cleaned
from marketplace.foundation import phones
from marketplace.selling.forms.business import one_line
from marketplace.selling.forms.products import AtMost, ProductForm
from marketplace.selling.queries.behalf import list_villages_looked_after


class ProductOfSellerForm(ProductForm):
    """A product, and whose it is."""

    seller_name = StringField("Nama penjual", [DataRequired("Isi nama penjualnya dulu."), AtMost(80)], [one_line])
    seller_phone = StringField(
        "Nomor WhatsApp penjual",
        [InputRequired("Isi nomor WhatsApp penjualnya dulu."), AtMost(30)],
        [one_line],
        "Dipakai pembeli untuk memesan, dan untuk meminta persetujuan penjual. Contoh: 0812-3456-7890",
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    business_name = StringField("Nama usaha", [AtMost(80)], [one_line], "Kosongkan kalau sama dengan nama penjual.")
    village = SelectField("Desa penjual", filters=[lambda code: code or ""])

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        villages = list_villages_looked_after(current_user)
        self.village.choices = [SelectChoice(village.code, village.title) for village in villages]
        if len(villages) == 1:
            # There is nothing to choose.
            self.village.data = villages[0].code
        elif villages:
            self.village.choices.insert(0, SelectChoice("", "Pilih desa"))

    def validate_seller_phone(self, field) -> None:
        try:
            phones.to_e164(field.data)
        except phones.PhoneRefused as refusal:
            raise ValidationError(refusal.user_message) from refusal

    def validate_business_name(self, field) -> None:
        if field.data and len(field.data) < 3:
            raise ValidationError("Nama usaha 3 sampai 80 huruf.")

    def validate_village(self, field) -> None:
        if not field.data:
            raise ValidationError("Pilih desa penjualnya dulu.")

    def values(self) -> dict[str, Any]:
        """Return the columns of the product, and who sells it."""
        return super().values() | {
            "seller_name": cleaned(self.seller_name.data),
            "seller_phone": phones.to_e164(self.seller_phone.data),
            "business_name": cleaned(self.business_name.data or ""),
            "village_code": self.village.data,
        }
