"""Made-up listings as the index takes them, without a database in between."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from benchmarks.generated.database import FACILITIES, FirstIds
from benchmarks.generated.listings import GeneratedListing
from marketplace.catalogue.facts import FACILITY_WORDS
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.foundation.database import db
from marketplace.search.index.documents import ListingToIndex

WORDS_OF_FACILITIES = " ".join(FACILITY_WORDS[facility][0] for facility in sorted(FACILITIES))


def rows_to_index(listings: Iterable[GeneratedListing], first: FirstIds) -> Iterator[ListingToIndex]:
    """Yield listings as reading them from the database that they fill would."""
    shelves = _shelves()
    for listing in listings:
        business = listing.business
        category_id, category_words = shelves[listing.category]
        is_product = listing.kind is ListingKind.PRODUCT
        # The same words as the columns of a database hold: an attraction's summary repeats its first sentence.
        rest = listing.brand or "" if is_product else f"{listing.summary}\n{WORDS_OF_FACILITIES}"
        yield ListingToIndex(
            id=first.listing + listing.number,
            revision=1,
            kind=listing.kind,
            name=listing.name,
            description=f"{listing.description}\n{rest}",
            category_id=category_id,
            category_words=category_words,
            village_code=listing.village.code,
            business_id=first.business + business.number if business else None,
            business_name=business.name if business else "",
            kim_name=listing.village.kim_name if business else "",
            price=listing.price,
            is_sold_out=listing.is_sold_out,
            has_photo=listing.photo is not None,
            published_at=listing.published_at,
            opening_hours=listing.opening_hours,
            has_pirt=listing.pirt_expires_on is not None,
            pirt_expires_on=listing.pirt_expires_on,
            has_halal=listing.halal_expires_on is not None,
            halal_expires_on=listing.halal_expires_on,
        )


def _shelves() -> dict[str, tuple[int, str]]:
    """Return the id of each category, and its name with its group's, by its slug."""
    categories = {category.id: category for category in db.session.scalars(select(Category))}
    words = {category.slug: [category.name] for category in categories.values()}
    for category in categories.values():
        if category.parent_id:
            words[category.slug].append(categories[category.parent_id].name)
    return {category.slug: (category.id, " ".join(words[category.slug])) for category in categories.values()}
