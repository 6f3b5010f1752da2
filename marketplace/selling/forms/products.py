"""What a seller types about a product; each field is read as the spreadsheet's column of the same name is read."""

from collections.abc import Mapping
from typing import Any, Self

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.facts import DELIVERY_WORDS, PAYMENT_WORDS
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product
from marketplace.catalogue.queries.categories import list_groups, list_leaves
from marketplace.catalogue.spreadsheets.cells import BETWEEN_VARIANTS, ON_REQUEST
from marketplace.catalogue.spreadsheets.columns import PRODUCT_FIELDS, Owner
from marketplace.catalogue.spreadsheets.texts import cleaned, word_key
from marketplace.foundation.formatting import angka
from marketplace.foundation.forms import Form
from marketplace.selling.forms.business import one_line
from marketplace.selling.forms.desk import PRICE_ERROR, AtMost
from marketplace.selling.hints.categories import list_categories

READERS = {
    field.attribute: field
    for field in PRODUCT_FIELDS
    if field.owner is Owner.LISTING and field.attribute != "is_example"
}
AVAILABILITY_WORDS = {
    Availability.READY: "Siap, bisa langsung dibeli",
    Availability.TO_ORDER: "Dibuat kalau dipesan",
    Availability.SOLD_OUT: "Sedang habis",
}
# What is offered; whatever else people count in may be typed.
USUAL_UNITS = ("bungkus", "kg", "buah", "botol", "toples", "kotak", "ikat", "lembar", "ekor", "lusin", "porsi", "liter")
AMOUNTS = ("price", "regular_price")
DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
MOST_VARIANTS = 30
PROPOSED_FROM_NAME = "Dipilihkan dari namanya"
LONGEST_VARIANTS = 3_000


def readable(form: Form, field) -> None:
    """Refuse what cannot be read, in the words in which a spreadsheet's cell is refused."""
    try:
        read(field.name, field.data)
    except CellRefused as refusal:
        raise ValidationError(refusal.user_message) from refusal


def read(name: str, text: str | None) -> Any:
    """Return the column of a product from what was typed; refuses with CellRefused."""
    plain = cleaned(text or "")
    if name == "variants":
        plain = BETWEEN_VARIANTS.join(plain.splitlines())
    return READERS[name].value_of(plain)


def _line(label: str, longest: int, description: str = "", **attributes) -> StringField:
    return StringField(label, [AtMost(longest), readable], [one_line], description, render_kw=attributes or None)


def _text(label: str, longest: int, description: str = "") -> TextAreaField:
    return TextAreaField(label, [AtMost(longest), readable], description=description, render_kw={"rows": 3})


class ProductForm(Form):
    """A product as its seller tells it, the photos aside."""

    name = StringField("Nama produk", [DataRequired("Isi nama produknya dulu.")], [one_line])
    price = StringField("Harga", [AtMost(20)], [one_line], render_kw=DIGITS)
    ask_price = BooleanField("Pembeli tanya harga dulu", false_values=(False, "false", "", "0", "tidak"))
    unit = _line("Satuan", 40, autocomplete="off")
    category = SelectField("Kategori", validate_choice=True, filters=[lambda slug: slug or ""])
    description = _text("Cerita produk", 8_000, "Rasa, bahan, cara membuat: yang ingin diketahui pembeli.")
    availability = RadioField(
        "Stok",
        choices=[SelectChoice(member.value, words) for member, words in AVAILABILITY_WORDS.items()],
        default=Availability.READY.value,
        filters=[lambda value: value or Availability.READY.value],
    )
    days_to_make = _line("Berapa hari membuatnya", 20, "Kalau dibuat setelah dipesan. Contoh: 3", **DIGITS)
    net_content = _line("Isi bersih", 40, "Contoh: 250 g")
    minimum_order = _line("Pesan paling sedikit", 20, "Contoh: 5", **DIGITS)
    regular_price = _line("Harga sebelum potongan", 20, "Ditampilkan tercoret. Kosongkan kalau tidak ada.", **DIGITS)
    variants = _text(
        "Pilihan rasa atau ukuran", LONGEST_VARIANTS, "Satu baris satu pilihan. Contoh: Pedas 250 g = 18000"
    )
    season = _line("Bulan adanya", 120, "Kalau musiman. Contoh: Desember-Februari")
    delivery = SelectMultipleField(
        "Cara sampai ke pembeli", choices=[SelectChoice(member.value, DELIVERY_WORDS[member]) for member in Delivery]
    )
    payment = SelectMultipleField(
        "Cara bayar", choices=[SelectChoice(member.value, PAYMENT_WORDS[member]) for member in Payment]
    )
    ingredients = _text("Bahan", 2_000)
    shelf_life = _line("Tahan berapa lama", 120, "Contoh: 3 bulan")
    storage = _line("Cara menyimpan", 120, "Contoh: tempat kering, wadah tertutup")
    brand = _line("Merek", 80)
    pirt_number = _line("Nomor P-IRT", 40)
    pirt_expires_on = _line("P-IRT berlaku sampai", 40, "Contoh: 17-08-2028")
    halal_number = _line("Nomor halal", 40)
    halal_expires_on = _line("Halal berlaku sampai", 40, "Contoh: 17-08-2028")
    bpom_number = _line("Nomor BPOM MD", 40)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        leaves = _leaves_of_products()
        # Rows are read anew after a commit: a form that is shown after one keeps what it needs of them.
        self._category_ids = {leaf.slug: leaf.id for leaf in leaves}
        self.category.choices = [SelectChoice("", PROPOSED_FROM_NAME), *_grouped(leaves)]

    @classmethod
    def of(cls, product: Product, changed: Mapping[str, Any] | None = None, **values) -> Self:
        """Return the form of a product, with the columns that wait to be changed, unless something else was sent."""
        columns = {name: getattr(product, name) for name in ("name", "category_id", *READERS)}
        columns["variants"] = tuple((variant.name, variant.price) for variant in product.variants)
        return cls.from_request(**_texts(columns | dict(changed or {})), **values)

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """Return the form filled with the fields of a draft, of which only texts and lists of texts count.

        Whoever sent them has proved by the token in the header that they come from our own pages.
        """
        return cls(formdata=_as_sent(fields), meta={"csrf": False})

    def validate_name(self, field) -> None:
        if not 3 <= len(field.data) <= 80:
            raise ValidationError("Nama produk 3 sampai 80 huruf.")

    def validate_price(self, field) -> None:
        if self.ask_price.data or word_key(field.data or "") in ON_REQUEST:
            return
        try:
            if read("price", field.data) is None:
                raise ValidationError(PRICE_ERROR)
        except CellRefused as refusal:
            raise ValidationError(PRICE_ERROR) from refusal

    def validate_unit(self, field) -> None:
        if not field.data:
            raise ValidationError("Isi satuannya dulu, misalnya bungkus.")

    def validate_days_to_make(self, field) -> None:
        if self.availability.data == Availability.TO_ORDER and not field.data:
            raise ValidationError("Isi berapa hari membuatnya. Contoh: 3")

    def validate_variants(self, field) -> None:
        if len((field.data or "").splitlines()) > MOST_VARIANTS:
            raise ValidationError(f"Tulis paling banyak {MOST_VARIANTS} pilihan.")

    def validate_category(self, field) -> None:
        if field.data or not self.name.data:
            return
        proposed = list_categories(self.name.data)
        if not proposed:
            raise ValidationError("Pilih kategorinya dulu.")
        field.data = proposed[0].slug

    def validate(self, extra_validators=None) -> bool:
        """Also see that a struck-through price is the higher one."""
        is_valid = super().validate(extra_validators)
        if self.price.errors or self.regular_price.errors:
            return is_valid
        price, regular = self._price(), read("regular_price", self.regular_price.data)
        if price and regular and regular <= price:
            self.regular_price.errors = ["Harga sebelum potongan harus lebih tinggi dari harga sekarang."]
            return False
        return is_valid

    def values(self) -> dict[str, Any]:
        """Return the columns of the product that were typed, by their names."""
        columns = {
            name: read(name, self[name].data) for name in READERS if name not in {"price", "delivery", "payment"}
        }
        columns |= {
            "name": cleaned(self.name.data),
            "category_id": self._category_ids[self.category.data],
            "price": self._price(),
            "delivery": frozenset(map(Delivery, self.delivery.data or ())),
            "payment": frozenset(map(Payment, self.payment.data or ())),
        }
        if columns["price"] is None:
            columns["regular_price"] = None
        if columns["availability"] is Availability.READY:
            # What is there already takes no days.
            columns["days_to_make"] = None
        return columns

    @property
    def fields(self) -> dict[str, str | list[str]]:
        """Return what was typed, as a draft keeps it: the names of the fields and their texts."""
        typed = {field.name: field.data for field in self if not isinstance(field, HiddenField)}
        return {name: _as_kept(value) for name, value in typed.items() if value not in (None, "", [], False)}

    def _price(self) -> int | None:
        return None if self.ask_price.data else read("price", self.price.data)


class ProductChangeForm(ProductForm):
    """A product that somebody changes: `version` is the one that they had before them."""

    version = HiddenField()


def _leaves_of_products() -> list[Category]:
    return [leaf for leaf in list_leaves() if leaf.kind is ListingKind.PRODUCT]


def _grouped(leaves: list[Category]) -> list[SelectChoice]:
    groups = {group.id: group.name for group in list_groups()}
    return [SelectChoice(leaf.slug, leaf.name, optgroup=groups.get(leaf.parent_id)) for leaf in leaves]


def _texts(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a product as they would be typed."""
    texts = {name: str(field.text_of(columns[name])) for name, field in READERS.items()}
    texts |= {name: angka(columns[name]) if columns[name] else "" for name in AMOUNTS}
    texts["variants"] = "\n".join(f"{name} = {angka(price)}" for name, price in columns["variants"] or ())
    leaf = next((leaf for leaf in _leaves_of_products() if leaf.id == columns["category_id"]), None)
    return texts | {
        "name": columns["name"],
        "category": leaf.slug if leaf else "",
        "ask_price": columns["price"] is None,
        "availability": columns["availability"].value,
        "delivery": sorted(columns["delivery"] or ()),
        "payment": sorted(columns["payment"] or ()),
    }


def _as_sent(fields: Mapping[str, Any]) -> MultiDict:
    """Return the fields of a draft as a page would have sent them."""
    several = {"delivery", "payment"}
    sent = MultiDict()
    for name, value in fields.items():
        texts = [text for text in map(_text_of, value if isinstance(value, list) else [value]) if text is not None]
        if name in several:
            sent.setlist(name, texts)
        elif texts:
            sent[name] = ("\n" if name == "variants" else ", ").join(texts)
    return sent


def _text_of(value: Any) -> str | None:
    if value is True:
        return "ya"
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    # Half of a pair of surrogates is no text, and no database takes one.
    return value.encode("utf-8", "ignore").decode() if isinstance(value, str) else None


def _as_kept(value: Any) -> str | list[str]:
    return "ya" if value is True else value if isinstance(value, list) else str(value)
