"""A listing as the index keeps it."""

from datetime import date, datetime
from typing import NamedTuple

from tantivy import Document

from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation.opening_hours import OpeningHours
from marketplace.search.index.opening import slots_of
from marketplace.search.index.quality import quality_of
from marketplace.search.index.schema import CONTEXT, HEAD, NAME, OPEN, PAIRS, QUALITY, TEXT, code_number
from marketplace.search.language.tokens import tokens_of, tokens_of_name, tokens_of_repeated

KIND_NUMBERS = {ListingKind.PRODUCT: 1, ListingKind.ATTRACTION: 2}
# A certificate without an end; and what has no price stands behind whatever has one.
WITHOUT_END = WITHOUT_PRICE = 2**40


class ListingToIndex(NamedTuple):
    """What the index needs of a public listing.

    `price` in rupiah, of an attraction the adult's ticket, None when it must be asked for; `description` is whatever
    else people can read of it; `category_words` the names by which its shelf is called.
    """

    id: int
    revision: int
    kind: ListingKind
    name: str
    description: str
    category_id: int
    category_words: str
    village_code: str
    business_id: int | None
    business_name: str
    kim_name: str
    price: int | None
    is_sold_out: bool
    has_photo: bool
    published_at: datetime
    opening_hours: OpeningHours | None
    has_pirt: bool
    pirt_expires_on: date | None
    has_halal: bool
    halal_expires_on: date | None
    marks_of_silence: int = 0


def document_of(listing: ListingToIndex) -> Document:
    """Return the document of a listing."""
    name, head, pairs = tokens_of_name(listing.name)
    context = " ".join(map(tokens_of_repeated, _context(listing)))
    village = code_number(listing.village_code)
    document = Document()
    document.add_text(NAME, name)
    document.add_text(HEAD, head)
    document.add_text(PAIRS, pairs)
    document.add_text(CONTEXT, context)
    # The field of everything tells by one token what has a word at all, whichever part of the listing says it.
    document.add_text(TEXT, f"{name} {context} {tokens_of(_description(listing))}")
    document.add_unsigned("id", listing.id)
    document.add_integer("revision", listing.revision)
    document.add_unsigned("kind", KIND_NUMBERS[listing.kind])
    document.add_unsigned("category", listing.category_id)
    document.add_unsigned("regency", village // 1_000_000)
    document.add_unsigned("district", village // 10_000)
    document.add_unsigned("village", village)
    # Without a business nobody else shares its turn: the listing stands for itself, out of the way of ids.
    document.add_integer("business", listing.business_id or 2**40 + listing.id)
    if listing.price is not None:
        document.add_integer("price", listing.price)
    document.add_integer("cheapest", WITHOUT_PRICE if listing.price is None else listing.price)
    document.add_integer("published", int(listing.published_at.timestamp()))
    quality = quality_of(listing.is_sold_out, listing.has_photo, listing.published_at, listing.marks_of_silence)
    document.add_float(QUALITY, quality)
    if listing.has_pirt:
        document.add_integer("pirt_until", _last_day(listing.pirt_expires_on))
    if listing.has_halal:
        document.add_integer("halal_until", _last_day(listing.halal_expires_on))
    if listing.opening_hours:
        for slot in slots_of(listing.opening_hours):
            document.add_unsigned(OPEN, slot)
    return document


def _context(listing: ListingToIndex) -> tuple[str, str, str]:
    return listing.category_words, listing.business_name, listing.kim_name


def _description(listing: ListingToIndex) -> str:
    words = [listing.description]
    # What people ask for in a word although the page says it with a number.
    if listing.has_pirt:
        words.append("pirt")
    if listing.has_halal:
        words.append("halal")
    if listing.kind is ListingKind.ATTRACTION and listing.price == 0:
        words.append("gratis")
    return " ".join(words)


def _last_day(expires_on: date | None) -> int:
    return WITHOUT_END if expires_on is None else expires_on.toordinal()
