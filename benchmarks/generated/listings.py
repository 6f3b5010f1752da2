"""The stream of made-up listings: any number of them, never more than a few thousand in memory."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from typing import NamedTuple

from benchmarks.generated.villages import Village, read_villages
from benchmarks.generated.words import Thing, Words, read_words
from benchmarks.generated.zipf import sizes, zipf
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.products import Availability
from marketplace.foundation.opening_hours import OpeningHours

SEED = 35
SHARE_OF_PRODUCTS = 0.8
LISTINGS_OF_A_BUSINESS, MOST_OF_A_BUSINESS = 5, 300
# Listings of one business come near each other in time, not one after the other.
CHUNK = 5_000
LONGEST_NAME = 80
# Moments do not depend on the day of the run: the same seed makes the same listings tomorrow.
NEWEST = datetime(2026, 6, 30, tzinfo=UTC)
OLDEST_SECONDS = 3 * 365 * 86_400
WORKSHOPS = ("Dapur", "Griya", "UD", "Usaha", "Omah", "Sumber", "Karya", "Pawon", "Rumah", "Toko", "Sanggar", "Mitra")
MAKERS = ("Bu", "Pak", "Mbak", "Mas", "Mak", "Haji", "Cak", "Ning")
SIZES = ("250 gr", "100 gr", "500 gr", "1 kg", "isi 10", "isi 12", "2 meter", "besar", "mini", "jumbo")
LAST_DAYS_OF_CERTIFICATES = [date(2026 + months // 12, months % 12 + 1, 15) for months in range(72)]


class Business(NamedTuple):
    """A made-up seller; `number` counts from 1."""

    number: int
    name: str
    village: Village


class GeneratedListing(NamedTuple):
    """A made-up product or attraction; `price` in rupiah, of an attraction the ticket.

    `number` counts from 1 and `photo` from 0, None for a listing without; `category` is a slug.
    """

    number: int
    kind: ListingKind
    name: str
    description: str
    brand: str | None
    category: str
    village: Village
    business: Business | None
    price: int | None
    unit: str
    availability: Availability | None
    photo: int | None
    published_at: datetime
    opening_hours: OpeningHours | None
    pirt_expires_on: date | None
    halal_expires_on: date | None

    @property
    def is_sold_out(self) -> bool:
        return self.availability is Availability.SOLD_OUT

    @property
    def summary(self) -> str:
        """The first sentence of the description."""
        return f"{self.description.partition('.')[0]}."


def generate(number: int, seed: int = SEED) -> Iterator[GeneratedListing]:
    """Yield this many listings; those of a smaller number are the first of a larger one."""
    chance = random.Random(seed)
    maker = _Maker(read_words(chance), read_villages(chance), chance)
    return islice((listing for chunk in maker.chunks() for listing in chunk), number)


class _Maker:
    """Draws everything that a listing has, from one chance, in an order that never changes."""

    def __init__(self, words: Words, villages: list[Village], chance: random.Random):
        self.chance = chance
        self.words = words
        self.draw = chance.random
        self.product, self.attraction = zipf(words.products, chance), zipf(words.attractions, chance)
        self.quality, self.term, self.name = (zipf(w, chance) for w in (words.qualities, words.terms, words.names))
        self.village = zipf(villages, chance)
        self.availability = zipf([Availability.READY, Availability.TO_ORDER, Availability.SOLD_OUT], chance)
        self.size_of_business = sizes(LISTINGS_OF_A_BUSINESS, MOST_OF_A_BUSINESS, chance)

    def chunks(self) -> Iterator[list[GeneratedListing]]:
        """Yield chunk after chunk without end, products and attractions mixed."""
        products, numbers = self._products(), count(1)
        products_of_a_chunk = round(CHUNK * SHARE_OF_PRODUCTS)
        while True:
            chunk = list(islice(products, products_of_a_chunk))
            chunk += [self._attraction() for _ in range(CHUNK - products_of_a_chunk)]
            self.chance.shuffle(chunk)
            yield [GeneratedListing._make((next(numbers), *listing)) for listing in chunk]

    def _products(self) -> Iterator[tuple]:
        for number in count(1):
            business = Business(number, self._business_name(number), self.village())
            usual = self.product()
            for _ in range(self.size_of_business()):
                # Most of what a seller has is of one sort.
                thing = usual if self.draw() < 0.6 else self.product()
                yield self._product(thing, business)

    def _business_name(self, number: int) -> str:
        # No two alike in any village: who has the same name has another workshop.
        names = self.words.names
        return f"{WORKSHOPS[(number + number // len(names)) % len(WORKSHOPS)]} {names[-number % len(names)]}"

    def _product(self, thing: Thing, business: Business) -> tuple:
        draw = self.draw
        name = thing.name
        if draw() < 0.7:
            name = f"{name} {self.quality().capitalize()}"
        brand = None
        if draw() < 0.5:
            brand = self.name()
            name = f"{name} {brand}" if draw() < 0.5 else f"{name} {MAKERS[int(draw() * len(MAKERS))]} {brand}"
        if draw() < 0.3:
            village = business.village
            name = f"{name} {village.name if draw() < 0.5 else village.regency_name}"
        if draw() < 0.1:
            name = f"{name} {SIZES[int(draw() * len(SIZES))]}"
        if draw() < 0.02:
            name = self._with_a_slip(name)
        description = (
            f"{thing.sentences[int(draw() * len(thing.sentences))]} {self.quality().capitalize()} {self.quality()} "
            f"dan {self.term()}, cocok dengan {self.term()} {self.quality()}. Dibuat {self.name()} di {self.name()}."
        )
        price = None
        if draw() < 0.95:
            low, high = thing.lowest_price, thing.highest_price
            price = round((low + (high - low) * draw()) * (0.5 + draw()) / 500) * 500 or 500
        has_pirt, has_halal = draw() < 0.15, draw() < 0.12
        return (
            ListingKind.PRODUCT,
            name[:LONGEST_NAME].rstrip(),
            description,
            brand,
            thing.category,
            business.village,
            business,
            price,
            thing.unit,
            self.availability(),
            self._photo(),
            self._moment(),
            None,
            LAST_DAYS_OF_CERTIFICATES[int(draw() * len(LAST_DAYS_OF_CERTIFICATES))] if has_pirt else None,
            LAST_DAYS_OF_CERTIFICATES[int(draw() * len(LAST_DAYS_OF_CERTIFICATES))] if has_halal else None,
        )

    def _attraction(self) -> tuple:
        thing, village, draw = self.attraction(), self.village(), self.draw
        name = f"{thing.name} {self.name() if draw() < 0.7 else village.name}"
        if draw() < 0.2:
            name = f"{name} {self.quality().capitalize()}"
        description = (
            f"{thing.sentences[int(draw() * len(thing.sentences))]} {self.term().capitalize()} dan {self.quality()}, "
            f"dekat {self.term()} {self.name()}. Dirawat warga {self.name()} {self.quality()}."
        )
        return (
            ListingKind.ATTRACTION,
            name[:LONGEST_NAME].rstrip(),
            description,
            None,
            thing.category,
            village,
            None,
            thing.lowest_price,
            "",
            None,
            self._photo(),
            self._moment(),
            thing.hours,
            None,
            None,
        )

    def _photo(self) -> int | None:
        number = self.draw()
        return int(number * 1_000_000) if number < 0.9 else None

    def _moment(self) -> datetime:
        # The marketplace grows: there is more of what is new.
        return NEWEST - timedelta(seconds=int(OLDEST_SECONDS * self.draw() ** 2))

    def _with_a_slip(self, name: str) -> str:
        """Return the name as somebody in a hurry writes it: one letter missing or twice."""
        place = 1 + int(self.draw() * (len(name) - 2))
        return name[:place] + name[place + 1 :] if self.draw() < 0.5 else name[:place] + name[place - 1 :]
