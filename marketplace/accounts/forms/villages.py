"""The field for the village where somebody lives: chosen by script, or by name from the matches that are offered."""

import re

from wtforms import StringField
from wtforms.validators import ValidationError

from marketplace.foundation.forms import Form
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.find import LONGEST_TEXT, find_villages
from marketplace.regions.places import VillageName
from marketplace.regions.queries import get_village

CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}", re.ASCII)


class VillageField(StringField):
    """A village, sent as its code or as words; `data` is the code or what was typed, `matches` what it may mean."""

    def __init__(self, label: str, **options):
        super().__init__(label, **options)
        self.matches: list[VillageName] = []
        self.village: VillageName | None = None

    @property
    def typed(self) -> str:
        """What the box for the name shows."""
        if self.village is None:
            return self.data or ""
        return f"{self.village.name}, {self.village.district.name}, {self.village.regency.short_name}"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the code that was chosen, unless the words beside it have come to mean another village."""
        values = [value.strip()[:LONGEST_TEXT] for value in valuelist if value.strip()]
        codes = [value for value in values if CODE.fullmatch(value)]
        words = [value for value in values if not CODE.fullmatch(value)]
        is_chosen = codes and (not words or codes[0] in {village.code for village in find_villages(words[0])})
        self.data = codes[0] if is_chosen else (words[0] if words else "")

    def pre_validate(self, form: Form) -> None:
        """Look the village up, or say what to do instead."""
        if not self.data:
            raise ValidationError("Isi desa atau kelurahan Anda dulu.")
        if CODE.fullmatch(self.data):
            try:
                self.village = get_village(self.data)
            except NoSuchPlace as refusal:
                raise ValidationError("Desa itu tidak ada di daftar kami. Ketik namanya.") from refusal
            self.matches = [self.village]
            return
        self.matches = find_villages(self.data)
        if not self.matches:
            raise ValidationError("Belum ketemu. Periksa ejaannya, atau tulis juga kecamatannya.")
        raise ValidationError("Pilih desa Anda dari daftar ini. Kalau tidak ada, tulis juga kecamatannya.")


def village_field() -> VillageField:
    """Return the field for the village where somebody lives."""
    return VillageField(
        "Desa atau kelurahan",
        description="Ketik namanya, boleh dengan kecamatan. Contoh: Kedungrejo Kerek",
    )


class VillageForm(Form):
    village = village_field()
