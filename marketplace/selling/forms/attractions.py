"""What a coordinator types about a place to visit; each field is read as the spreadsheet's column of its name is read."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from flask_login import current_user
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.facts import FACILITY_WORDS, MANAGER_WORDS
from marketplace.catalogue.models.attractions import Attraction, ManagerKind
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.queries.categories import list_leaves
from marketplace.catalogue.spreadsheets.columns import ATTRACTION_FIELDS, Owner
from marketplace.catalogue.spreadsheets.texts import cleaned
from marketplace.foundation.coordinates import parse_point
from marketplace.foundation.months import NAMES as MONTHS
from marketplace.selling.forms.business import one_line
from marketplace.selling.forms.products import DIGITS, AtMost
from marketplace.selling.forms.week import WeekForm, typed_week
from marketplace.selling.queries.behalf import LookedAfterVillage, list_villages_looked_after, looked_after

# Told in other ways than a cell.
OTHERWISE = {"is_example", "opening_hours", "facilities", "best_season", "manager_kind", "is_exact_point"}
CHECKED = {"checked_on", "checked_by"}
READERS = {
    field.attribute: field
    for field in ATTRACTION_FIELDS
    if field.owner is Owner.LISTING and field.attribute not in OTHERWISE | CHECKED
}
POINT = ("latitude", "longitude")
SEVERAL = {"facilities", "best_season"}
TICKET = "Rupiah, atau “gratis”. Kosongkan kalau belum tahu."
NO_POINT = "Titiknya belum terbaca. Contoh: -7.98123, 112.63045, atau tautan panjang dari aplikasi peta."


def readable(form, field) -> None:
    """Refuse what cannot be read, in the words in which a spreadsheet's cell is refused."""
    try:
        _read(field.name, field.data)
    except CellRefused as refusal:
        raise ValidationError(refusal.user_message) from refusal


def _read(name: str, text: str | None) -> Any:
    return READERS[name].value_of(cleaned(text or ""))


def _line(label: str, longest: int, description: str = "", **attributes) -> StringField:
    return StringField(label, [AtMost(longest), readable], [one_line], description, render_kw=attributes or None)


def _text(label: str, longest: int, description: str = "") -> TextAreaField:
    return TextAreaField(label, [AtMost(longest), readable], description=description, render_kw={"rows": 4})


class AttractionForm(WeekForm):
    """A place to visit, the photos aside."""

    name = StringField("Nama tempat", [DataRequired("Isi nama tempatnya dulu.")], [one_line])
    category = SelectField("Jenis wisata", filters=[lambda slug: slug or ""])
    village = SelectField("Desa", filters=[lambda code: code or ""])
    summary = _line("Satu kalimat tentang tempat ini", 300, "Contoh: Air terjun hijau di tengah hutan jati.")
    description = _text("Cerita tempat ini", 8_000, "Apa yang dilihat dan dilakukan pengunjung.")
    adult_ticket = _line("Tiket dewasa", 20, TICKET, autocomplete="off")
    child_ticket = _line("Tiket anak", 20, TICKET, autocomplete="off")
    group_ticket = _line("Tiket rombongan", 20, TICKET, autocomplete="off")
    ticket_note = _line("Keterangan tiket", 200, "Contoh: akhir pekan Rp15.000")
    motorcycle_parking = _line("Parkir motor", 20, TICKET, autocomplete="off")
    car_parking = _line("Parkir mobil", 20, TICKET, autocomplete="off")
    bus_parking = _line("Parkir bus", 20, TICKET, autocomplete="off")
    facilities = SelectMultipleField(
        "Fasilitas", choices=[SelectChoice(member.value, words) for member, (words, _) in FACILITY_WORDS.items()]
    )
    last_kilometre = _line("Kilometer terakhir", 300, "Contoh: jalan makadam 1 km, mobil kecil bisa lewat")
    walking_minutes = _line("Jalan kaki dari parkiran (menit)", 20, "Kosongkan kalau tidak perlu jalan kaki.", **DIGITS)
    directions = _text(
        "Petunjuk jalan", 4_000, "Satu baris satu arah. Contoh: Dari Alun-alun Tuban: 45 menit lewat Kerek"
    )
    best_season = SelectMultipleField(
        "Bulan terbaik", choices=[SelectChoice(str(number), name) for number, name in enumerate(MONTHS, start=1)]
    )
    prohibitions = _line("Larangan", 300, "Contoh: dilarang berenang")
    warning = _line("Peringatan atau penutupan", 300, "Contoh: tutup karena jalan longsor")
    warning_ends_on = _line("Peringatan berlaku sampai", 40, "Contoh: 17-08-2027")
    manager_name = _line("Nama pengelola", 80)
    manager_kind = SelectField(
        "Jenis pengelola",
        choices=[
            SelectChoice("", "Belum tahu"),
            *(SelectChoice(kind.value, words) for kind, words in MANAGER_WORDS.items()),
        ],
        filters=[lambda kind: kind or ""],
    )
    whatsapp = _line("Nomor WhatsApp pengelola", 30, "Contoh: 0812-3456-7890", inputmode="tel", autocomplete="off")
    point = StringField(
        "Tempel titik dari peta",
        [AtMost(2_000)],
        [one_line],
        "Dua angka seperti -7.98123, 112.63045, atau tautan dari aplikasi peta.",
        render_kw={"autocomplete": "off"},
    )
    latitude = _line("Lintang", 40, "Contoh: -7.98123", autocomplete="off")
    longitude = _line("Bujur", 40, "Contoh: 112.63045", autocomplete="off")

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._leaves = [leaf for leaf in list_leaves() if leaf.kind is ListingKind.ATTRACTION]
        self.category.choices = [
            SelectChoice("", "Pilih jenisnya"),
            *(SelectChoice(leaf.slug, leaf.name) for leaf in self._leaves),
        ]
        self._offer(list_villages_looked_after(current_user))

    def _offer(self, villages: Sequence[LookedAfterVillage]) -> None:
        self.villages = villages
        self.village.choices = [SelectChoice(village.code, village.title) for village in villages]
        if len(villages) == 1:
            # There is nothing to choose.
            self.village.data = villages[0].code
        elif villages:
            self.village.choices.insert(0, SelectChoice("", "Pilih desa"))

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Return the form filled with the fields of a draft, which are texts and lists of texts.

        Whoever sent them has proved by the token in the header that they come from our own pages.
        """
        sent = MultiDict()
        for name, value in fields.items():
            texts = value if isinstance(value, list) else [value]
            sent.setlist(name, texts if name in SEVERAL else [", ".join(texts)])
        return cls(formdata=sent, meta={"csrf": False})

    def validate_name(self, field) -> None:
        if not 3 <= len(field.data) <= 80:
            raise ValidationError("Nama tempat 3 sampai 80 huruf.")

    def validate_category(self, field) -> None:
        if not field.data:
            raise ValidationError("Pilih jenis wisatanya dulu.")

    def validate_village(self, field) -> None:
        if not field.data:
            raise ValidationError("Pilih desanya dulu.")

    def validate_point(self, field) -> None:
        if field.data and parse_point(field.data) is None:
            raise ValidationError(NO_POINT)

    def validate_longitude(self, field) -> None:
        if bool(field.data) != bool(self.latitude.data):
            raise ValidationError("Isi lintang dan bujur dua-duanya.")

    def validate_warning_ends_on(self, field) -> None:
        if bool(field.data) != bool(self.warning.data):
            raise ValidationError("Isi peringatan dan hari terakhirnya, atau kosongkan keduanya.")

    def values(self) -> dict[str, Any]:
        """Return the columns of the attraction that were typed; without a point those of `POINT` are None."""
        columns = {name: _read(name, self[name].data) for name in READERS}
        if columns["latitude"] is None:
            columns["latitude"], columns["longitude"] = parse_point(self.point.data or "") or (None, None)
        return columns | {
            "name": cleaned(self.name.data),
            "category_id": next(leaf.id for leaf in self._leaves if leaf.slug == self.category.data),
            "village_code": self.village.data,
            "opening_hours": self.opening_hours(),
            "facilities": frozenset(
                member for member in FACILITY_WORDS if member.value in (self.facilities.data or ())
            ),
            "best_season": frozenset(map(int, self.best_season.data or ())) or None,
            "manager_kind": ManagerKind(self.manager_kind.data) if self.manager_kind.data else None,
        }

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """Return what was typed, as a draft keeps it: the names of the fields and their texts."""
        typed = {field.name: field.data for field in self if not isinstance(field, HiddenField)}
        kept = {name: value for name, value in typed.items() if value not in (None, "", [], False)}
        return {name: "ya" if value is True else value for name, value in kept.items()}


class AttractionChangeForm(AttractionForm):
    """An attraction that somebody changes: `version` is the one that they had before them."""

    version = HiddenField()

    @classmethod
    def of(cls, attraction: Attraction, changed: Mapping[str, Any], version: str) -> Self:
        """Return the form of an attraction, with the columns that wait to be changed, unless something else was sent."""
        columns = {name: getattr(attraction, name) for name in ("name", "category_id", *READERS, *OTHERWISE)} | dict(
            changed
        )
        texts = {name: field.text_of(columns[name]) for name, field in READERS.items()}
        if not columns["is_exact_point"]:
            texts |= dict.fromkeys(POINT, "")
        leaves = [leaf for leaf in list_leaves() if leaf.id == columns["category_id"]]
        form = cls.from_request(
            **{name: str(text) for name, text in texts.items()},
            **typed_week(columns["opening_hours"]),
            version=version,
            name=columns["name"],
            category=leaves[0].slug if leaves else "",
            village=attraction.village_code,
            facilities=sorted(columns["facilities"]),
            best_season=[str(month) for month in sorted(columns["best_season"] or ())],
            manager_kind=columns["manager_kind"] or "",
        )
        if attraction.village_code not in {village.code for village in form.villages}:
            # Whoever tends it need not look after its village: there it stays.
            form._offer([looked_after(attraction.village)])
        return form
