"""What the search box offers while somebody types: words, categories, places, KIM and listings that begin like that."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple
from urllib.parse import quote_plus

from sqlalchemy import func, select

from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.foundation.database import db
from marketplace.foundation.remembered import Remembered
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Regency, short_regency_name
from marketplace.search.find import suggesting
from marketplace.search.popular import list_popular, plain_words

MOST_SUGGESTIONS = 8
# Nobody types more before looking; what is pasted is searched for, not completed.
LONGEST_TYPED = 80
FRESH_SECONDS = 60

KIND_WORDS = {ListingKind.PRODUCT: "Produk", ListingKind.ATTRACTION: "Wisata"}


class Suggestion(NamedTuple):
    """One line of the list: `kind` is kata, kategori, desa (a place of any level), kim, produk or wisata."""

    kind: str
    text: str
    where: str
    url: str


class Entry(NamedTuple):
    """A name in a directory: the suggestion, and its words as they are compared with what is typed."""

    words: str
    suggestion: Suggestion


def list_suggestions(typed: str) -> list[Suggestion]:
    """Return at most `MOST_SUGGESTIONS` for what was typed so far; with nothing typed what is popular."""
    typed = plain_words(typed[:LONGEST_TYPED])
    if not typed:
        return [_of_words(words) for words in list_popular(MOST_SUGGESTIONS)]
    return _shared_out([list(islice(source(typed), MOST_SUGGESTIONS)) for source in SOURCES])


def _words(typed: str) -> Iterator[Suggestion]:
    completed = chain(list_popular(MOST_SUGGESTIONS, typed), suggesting.complete_words(typed, MOST_SUGGESTIONS))
    # What stands in the box already is no suggestion.
    return (_of_words(words) for words in dict.fromkeys(completed) if words != typed)


def _categories(typed: str) -> Iterator[Suggestion]:
    return _named_like(typed, category_directory.get())


def _places(typed: str) -> Iterator[Suggestion]:
    for place in suggesting.find_places(typed, MOST_SUGGESTIONS):
        # A kabupaten's name tells its level, a village's is what one expects; many a kecamatan is called like either.
        name = f"Kecamatan {place.name}" if place.level == "kecamatan" else place.name
        yield Suggestion("desa", name, place.where, place.url)


def _kims(typed: str) -> Iterator[Suggestion]:
    return _named_like(typed, kim_directory.get())


def _listings(typed: str) -> Iterator[Suggestion]:
    for card in suggesting.find_listing_names(typed, MOST_SUGGESTIONS):
        yield Suggestion(card.kind.value, card.name, card.place, card.url)


# In the order in which they are shown, each with the lines that are kept for it.
SOURCES: dict[Callable[[str], Iterator[Suggestion]], int] = {
    _words: 3,
    _categories: 1,
    _places: 1,
    _kims: 1,
    _listings: 2,
}


def _shared_out(found: Sequence[list[Suggestion]]) -> list[Suggestion]:
    """Return each source's own share, and what room that leaves to those that have more: things before words."""
    taken = [min(len(suggestions), share) for suggestions, share in zip(found, SOURCES.values(), strict=True)]
    for index, suggestions in reversed(list(enumerate(found))):
        taken[index] += min(len(suggestions) - taken[index], MOST_SUGGESTIONS - sum(taken))
    return [suggestion for number, suggestions in zip(taken, found, strict=True) for suggestion in suggestions[:number]]


def _named_like(typed: str, directory: Iterable[Entry]) -> Iterator[Suggestion]:
    """Yield the entries with a word that begins like this, or with words that go on like this."""
    beginning = f" {_compared(typed)}"
    return (suggestion for words, suggestion in directory if beginning in words)


def _compared(text: str) -> str:
    """Return a name without accents, capitals and punctuation."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(plain).split())


def _of_words(words: str) -> Suggestion:
    return Suggestion("kata", words, "", f"/cari?q={quote_plus(words)}")


def _entry(kind: str, name: str, where: str, url: str) -> Entry:
    return Entry(f" {_compared(name)}", Suggestion(kind, name, where, url))


def _read_categories() -> list[Entry]:
    categories = db.session.scalars(select(Category).where(Category.is_current).order_by(Category.position)).all()
    names = {category.id: category.name for category in categories}
    return [
        _entry(
            "kategori",
            category.name,
            names.get(category.parent_id, KIND_WORDS[category.kind]),
            f"/kategori/{category.slug}",
        )
        for category in categories
    ]


def _read_kims() -> list[Entry]:
    rows = db.session.execute(
        select(Kim.name, Kim.slug, District.name, Regency.name)
        .join(District, District.code == Kim.district_code)
        .join(Regency, Regency.code == District.regency_code)
        .where(Kim.status == KimStatus.ACTIVE)
        .order_by(func.lower(Kim.name), Kim.id)
    )
    return [
        _entry("kim", name, f"{district}, {short_regency_name(regency)}", f"/kim/{slug}")
        for name, slug, district, regency in rows
    ]


category_directory = Remembered(_read_categories, FRESH_SECONDS)
kim_directory = Remembered(_read_kims, FRESH_SECONDS)
