"""What a seller types about their business."""

import re
from typing import Any

from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from marketplace.catalogue.spreadsheets.texts import cleaned
from marketplace.foundation import phones
from marketplace.foundation.forms import Form
from marketplace.foundation.opening_hours import parse_opening_hours

DAY_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]


def one_line(text: str | None) -> str:
    """Return a name as it is kept, without the spaces around and between that nobody means and what nobody sees."""
    return " ".join(cleaned(text or "").split())


class BusinessForm(Form):
    version = HiddenField()
    name = StringField(
        "Nama usaha", validators=[DataRequired("Isi nama usahanya dulu."), Length(min=3, max=80)], filters=[one_line]
    )
    owner_name = StringField(
        "Nama pemilik", validators=[DataRequired("Isi nama pemiliknya dulu."), Length(max=80)], filters=[one_line]
    )
    whatsapp = StringField(
        "Nomor WhatsApp",
        description="Dipakai pembeli untuk memesan. Contoh: 0812-3456-7890",
        validators=[InputRequired("Isi nomor WhatsApp Anda dulu."), Length(max=30)],
        render_kw={"inputmode": "tel", "autocomplete": "tel"},
    )
    hamlet = StringField("Dusun", validators=[Length(max=80)])
    opening_hours = StringField(
        "Jam buka", description="Contoh: Senin-Jumat 07.00-17.00; Sabtu 08.00-12.00", validators=[Length(max=300)]
    )
    description = TextAreaField("Tentang usaha", validators=[Length(max=2000)])
    nib = StringField("NIB", description="13 angka, kalau sudah punya", validators=[Length(max=20)])
    closed_from = DateField("Libur mulai", format=DAY_FORMATS, validators=[Optional()])
    closed_until = DateField("Libur sampai", format=DAY_FORMATS, validators=[Optional()])
    closure_note = StringField("Keterangan libur", validators=[Length(max=200)])

    def validate_whatsapp(self, field) -> None:
        try:
            phones.to_e164(field.data)
        except phones.PhoneRefused as refusal:
            raise ValidationError(refusal.user_message) from refusal

    def validate_opening_hours(self, field) -> None:
        try:
            parse_opening_hours(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_nib(self, field) -> None:
        if field.data and not re.fullmatch(r"[0-9 .-]{13,20}", field.data):
            raise ValidationError("NIB terdiri dari 13 angka. Kosongkan kalau belum punya.")

    def validate(self, extra_validators=None) -> bool:
        """Also see that a holiday has both days, the last not before the first."""
        is_valid = super().validate(extra_validators)
        first, last = self.closed_from.data, self.closed_until.data
        if (first is None) != (last is None) and not (self.closed_from.errors or self.closed_until.errors):
            missing = self.closed_from if first is None else self.closed_until
            missing.errors = ["Isi hari pertama dan hari terakhir liburnya."]
            return False
        if first and last and last < first:
            self.closed_until.errors = ["Hari terakhir libur tidak bisa sebelum hari pertamanya."]
            return False
        return is_valid

    def values(self) -> dict[str, Any]:
        """Return the columns of the business as they were typed."""
        hours = (self.opening_hours.data or "").strip()
        return {
            "name": self.name.data,
            "owner_name": self.owner_name.data,
            "whatsapp": phones.to_e164(self.whatsapp.data),
            "hamlet": (self.hamlet.data or "").strip() or None,
            "opening_hours": parse_opening_hours(hours) if hours else None,
            "description": (self.description.data or "").strip(),
            "nib": re.sub(r"\D", "", self.nib.data or "") or None,
            "closed_from": self.closed_from.data,
            "closed_until": self.closed_until.data,
            "closure_note": (self.closure_note.data or "").strip() or None,
        }
