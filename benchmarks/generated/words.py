"""The words that listings are made of: what the examples and the language tables say, and made-up names."""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from marketplace.examples.source import DATA
from marketplace.foundation.opening_hours import OpeningHours, parse_opening_hours
from marketplace.search.language.tables import read_lists, read_pairs

# Pieces of names as Javanese and Madurese people, hamlets and small brands have them.
BEGINNINGS = (
    "su wi har sri mu ka sa wa dar pur ku la ma ni ra ta ba bu di ga gi gu ja ju kar kun lu mar min nur pa pon ri "
    "ro ru sam sar si sun tar ti to tri u wah war yu za fa ha im kas mun nga sla sul"
)
MIDDLES = "bi da di ga gi hi ja ji ki la li lis ma mi na ni nar pa ri ro sa si sun ta ti to wa wi yo min nggi ndra mba"
ENDINGS = (
    "ah an ani anto anti arta arti asih ati atun awan aya dayat di din diyah dono gati gusti hadi harjo hono iah im "
    "iman in ina ini ipah irah is iyah iyem iyo jan jaya jo kan karta kem ko kun lan lestari lin man mat midi min na "
    "nah ndari ngsih ni nik ningrum ningsih no nto nur pah pan rah ran rejo ri rin rini riyadi ro rso rum rti santo "
    "sari seno si sih sono sudin sum suwito tik tin to tri tun udin ul utami wan wanto wari wati wibowo wo yah yani "
    "yanti yem yo yono yuni zah"
)

WORD = re.compile(r"[a-z]{3,}")
SENTENCE = re.compile(r"[^. ][^.]*\.")
FILLING = {"dan", "dari", "dengan", "yang", "untuk", "atau", "para", "per", "oleh", "pada", "ini", "itu", "ada"}
# Kinds of attraction that are called by two words: Air Terjun, Desa Wisata.
BEGIN_TWO_WORDS = {"Air", "Desa", "Kampung", "Wisata", "Taman", "Kebun", "Hutan", "Bukit", "Rumah"}


class Thing(NamedTuple):
    """A kind of thing that people sell or visit, with what is said of it; prices in rupiah."""

    name: str
    category: str
    lowest_price: int
    highest_price: int
    unit: str
    sentences: tuple[str, ...]
    hours: OpeningHours | None


class Words(NamedTuple):
    """All that names and descriptions are put together from, each list in the order of how common it is."""

    products: list[Thing]
    attractions: list[Thing]
    qualities: list[str]
    terms: list[str]
    names: list[str]


def read_words(chance: random.Random) -> Words:
    """Return the words; what is common among them where nothing says so follows from the given chance."""
    sold, visited = list(_rows("products")), list(_rows("attractions"))
    spoken = Counter(word for row in sold for word in WORD.findall(f"{row['description']} {row['keywords']}".lower()))
    words = Words(
        products=[_product(row) for row in sold],
        attractions=[_attraction(row) for row in visited],
        qualities=[word for word, _ in spoken.most_common() if word not in FILLING],
        terms=_terms(),
        names=_names(),
    )
    for items in (words.products, words.attractions, words.terms, words.names):
        chance.shuffle(items)
    return words


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _product(row: dict[str, str]) -> Thing:
    return Thing(
        # What it is comes before where it is from: Batik Tulis Pacitan.
        name=_first_words(row["name"], 2),
        category="rumah-perabot" if row["name"].startswith("Mebel") else row["category"],
        lowest_price=int(row["price_min"]),
        highest_price=int(row["price_max"]),
        unit=row["unit"].removeprefix("per ").split()[0],
        sentences=tuple(SENTENCE.findall(row["description"])),
        hours=None,
    )


def _attraction(row: dict[str, str]) -> Thing:
    ticket = int(row["ticket_price"])
    return Thing(
        name=_first_words(row["name"], 2 if row["name"].split()[0] in BEGIN_TWO_WORDS else 1),
        category=row["kind"],
        lowest_price=ticket,
        highest_price=ticket,
        unit="",
        sentences=tuple(SENTENCE.findall(row["description"])),
        hours=parse_opening_hours(row["opening_hours"]),
    )


def _first_words(name: str, number: int) -> str:
    return " ".join(name.split()[:number])


def _terms() -> list[str]:
    """Return what the language tables know: foods, crafts and landscapes in all the languages that people use."""
    lists = [*read_lists("synonyms"), *([broader, *narrower] for broader, narrower in read_pairs("broader"))]
    return list(dict.fromkeys(term for terms in lists for term in terms))


def _names() -> list[str]:
    pieces = product(BEGINNINGS.split(), MIDDLES.split(), ENDINGS.split())
    return list(dict.fromkeys("".join(three).capitalize() for three in pieces))
