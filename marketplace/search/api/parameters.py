"""The parameters of a program's search: read from this one list, and described from it to whoever writes the program."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from marketplace.catalogue.models.categories import ListingKind
from marketplace.search.api.values import Degrees, Kind, OneOf, Shaped, Text, WholeNumber
from marketplace.search.errors import BadParameter
from marketplace.search.find.search import RESULTS_SHOWN, Order, Search
from marketplace.search.parameters import (
    DISTRICT,
    HIGHEST_PRICE,
    LEGALITY,
    LONGEST_TEXT,
    MOST_VALUES,
    REGENCY,
    SLUG,
    VILLAGE,
    plain_text,
)

MOST_RESULTS = 50
FARTHEST_OFFSET = 10_000
YES, NO = "1", "0"


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name as in the addresses of pages, what it means, which values it takes, what holds without."""

    name: str
    kind: Kind
    description: str
    default: object = None
    takes_several: bool = False

    def read(self, texts: Sequence[str]):
        """Return the value, of a parameter that takes several the different ones; or refuse with BadParameter."""
        if self.takes_several:
            values = tuple(dict.fromkeys(self._value(text) for text in texts[: MOST_VALUES + 1]))
            if len(texts) > MOST_VALUES:
                raise BadParameter(self.name, f"Parameter {self.name} paling banyak {MOST_VALUES} kali.")
            return values
        if len(texts) > 1:
            raise BadParameter(self.name, f"Parameter {self.name} hanya boleh satu kali.")
        return self._value(texts[0]) if texts else self.default

    def _value(self, text: str):
        try:
            return self.kind.read(text)
        except ValueError as error:
            raise BadParameter(self.name, f"Isi parameter {self.name} harus {self.kind.expected}.") from error


PARAMETERS = (
    Parameter("q", Text(), f"Kata yang dicari. Yang dibaca {LONGEST_TEXT} huruf pertama.", default=""),
    Parameter("jenis", OneOf.members(ListingKind), "Hanya produk, atau hanya tempat wisata."),
    Parameter("kategori", Shaped(SLUG, "keripik"), "Kategori atau kelompoknya.", takes_several=True),
    Parameter("kabupaten", Shaped(REGENCY, "35.23"), "Kode Kemendagri kabupaten/kota.", takes_several=True),
    Parameter("kecamatan", Shaped(DISTRICT, "35.23.08"), "Kode Kemendagri kecamatan.", takes_several=True),
    Parameter("desa", Shaped(VILLAGE, "35.23.08.2009"), "Kode Kemendagri desa/kelurahan.", takes_several=True),
    Parameter("harga-min", WholeNumber(0, HIGHEST_PRICE), "Harga terendah dalam rupiah; untuk wisata, tiket dewasa."),
    Parameter("harga-max", WholeNumber(0, HIGHEST_PRICE), "Harga tertinggi dalam rupiah, tidak di bawah harga-min."),
    Parameter("buka", OneOf((NO, YES)), f"{YES}: hanya tempat wisata yang sedang buka.", default=NO),
    Parameter("izin", OneOf(tuple(sorted(LEGALITY))), "Hanya yang mencantumkan izin ini.", takes_several=True),
    Parameter("urut", OneOf.members(Order), "Urutan hasil; terdekat perlu lat dan lng.", default=Order.BEST.value),
    Parameter("lat", Degrees(-90, 90), "Lintang tempat orang yang mencari, bersama lng."),
    Parameter("lng", Degrees(-180, 180), "Bujur tempat orang yang mencari, bersama lat."),
    Parameter("persis", OneOf((NO, YES)), f"{YES}: cari persis seperti ditulis, tanpa perbaikan ejaan.", default=NO),
    Parameter("limit", WholeNumber(1, MOST_RESULTS), "Banyaknya hasil dalam satu jawaban.", default=RESULTS_SHOWN),
    Parameter("offset", WholeNumber(0, FARTHEST_OFFSET), "Banyaknya hasil yang dilewati.", default=0),
)
NAMES = tuple(parameter.name for parameter in PARAMETERS)


def read_search(arguments: MultiDict[str, str]) -> Search:
    """Return what a program asks for, or refuse with BadParameter naming the first parameter that is wrong."""
    for name in arguments:
        if name not in NAMES:
            raise BadParameter(name, f"Parameter ini tidak ada. Yang ada: {', '.join(NAMES)}.")
    values = {parameter.name: parameter.read(arguments.getlist(parameter.name)) for parameter in PARAMETERS}
    _refuse_what_does_not_fit_together(values)
    return Search(
        text=plain_text(values["q"]),
        kind=ListingKind(values["jenis"]) if values["jenis"] else None,
        categories=values["kategori"],
        regencies=values["kabupaten"],
        districts=values["kecamatan"],
        villages=values["desa"],
        lowest_price=values["harga-min"],
        highest_price=values["harga-max"],
        open_now=values["buka"] == YES,
        legality=values["izin"],
        order=Order(values["urut"]),
        position=None if values["lat"] is None else (values["lat"], values["lng"]),
        exactly_as_typed=values["persis"] == YES,
        offset=values["offset"],
        limit=values["limit"],
    )


def _refuse_what_does_not_fit_together(values: dict) -> None:
    lowest, highest = values["harga-min"], values["harga-max"]
    if lowest is not None and highest is not None and lowest > highest:
        raise BadParameter("harga-max", "Isi parameter harga-max tidak boleh di bawah harga-min.")
    for name, other in (("lat", "lng"), ("lng", "lat")):
        if values[name] is None and values[other] is not None:
            raise BadParameter(name, "Parameter lat dan lng hanya berguna bersama-sama.")
    if values["urut"] == Order.NEAREST and values["lat"] is None:
        raise BadParameter("lat", "Urutan terdekat perlu lat dan lng.")
