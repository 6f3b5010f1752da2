"""Listings in the words of schema.org, for search engines."""

from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.queries.listings import ListingDetails
from marketplace.catalogue.shown import ShownAttraction, ShownProduct
from marketplace.foundation.opening_hours import week_in_schema_words

CONTEXT = "https://schema.org"
AVAILABILITY = {
    Availability.READY: "https://schema.org/InStock",
    Availability.TO_ORDER: "https://schema.org/PreOrder",
    Availability.SOLD_OUT: "https://schema.org/OutOfStock",
}


def structured_product(details: ListingDetails[ShownProduct], url: str, images: list[str]) -> dict:
    """Return a product as schema.org's Product; the offer only where there is a price."""
    product, seller = details.listing, details.business
    structured = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": product.name,
        "description": product.description or product.name,
        "url": url,
        "sku": str(product.id),
        "category": details.category.name,
    }
    if images:
        structured["image"] = images
    if product.brand:
        structured["brand"] = {"@type": "Brand", "name": product.brand}
    if product.price:
        structured["offers"] = {
            "@type": "Offer",
            "url": url,
            "price": str(product.price),
            "priceCurrency": "IDR",
            "availability": AVAILABILITY[product.availability],
            "itemCondition": "https://schema.org/NewCondition",
        }
        if seller:
            structured["offers"]["seller"] = {"@type": "Organization", "name": seller.name}
    return structured


def structured_attraction(details: ListingDetails[ShownAttraction], url: str, images: list[str]) -> dict:
    """Return an attraction as schema.org's TouristAttraction."""
    attraction, village = details.listing, details.village
    structured = {
        "@context": CONTEXT,
        "@type": "TouristAttraction",
        "name": attraction.name,
        "description": attraction.summary or attraction.description or attraction.name,
        "url": url,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{village.title}, Kecamatan {village.district.name}",
            "addressLocality": village.regency.name,
            "addressRegion": "Jawa Timur",
            "addressCountry": "ID",
        },
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": attraction.latitude,
            "longitude": attraction.longitude,
        },
    }
    if images:
        structured["image"] = images
    if attraction.adult_ticket is not None:
        structured["isAccessibleForFree"] = attraction.adult_ticket == 0
    if attraction.opening_hours:
        structured["openingHours"] = week_in_schema_words(attraction.opening_hours)
    return structured
