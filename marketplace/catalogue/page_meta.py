"""What pages of listings tell search engines and chats, beside what every page does."""

from collections.abc import Sequence

from marketplace.catalogue.cards import listing_path
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.structured import structured_attraction, structured_product
from marketplace.foundation.formatting import rupiah
from marketplace.foundation.page_meta import Crumb, PageMeta, absolute_url, structured_crumbs
from marketplace.photos.addresses import PREVIEW_WIDTH, preview_url


def path_of(listing: Listing) -> str:
    """Return the path of a listing's page."""
    return listing_path(listing.kind, listing.id, listing.name)


def meta_for_product(product: Product, crumbs: Sequence[Crumb]) -> PageMeta:
    """Return a product page's meta data, with its price and its cover."""
    price = f"{rupiah(product.price)} / {product.unit}" if product.price else "Tanya harga"
    place = f"{product.village.title}, {product.village.regency.short_name}"
    structured = structured_product(product, absolute_url(path_of(product)), _images(product))
    return PageMeta(
        title=f"{product.name}, {product.village.name}",
        description=f"{price}. {place}. {product.description}",
        path=path_of(product),
        kind="product",
        price=product.price,
        structured=[structured, structured_crumbs(crumbs, path_of(product))],
        **_preview(product),
    )


def meta_for_attraction(attraction: Attraction, crumbs: Sequence[Crumb]) -> PageMeta:
    """Return an attraction page's meta data, with its cover."""
    place = f"{attraction.village.title}, {attraction.village.regency.short_name}"
    structured = structured_attraction(attraction, absolute_url(path_of(attraction)), _images(attraction))
    return PageMeta(
        title=f"{attraction.name}, {attraction.village.regency.short_name}",
        description=f"{place}. {attraction.summary or attraction.description}",
        path=path_of(attraction),
        kind="place",
        structured=[structured, structured_crumbs(crumbs, path_of(attraction))],
        **_preview(attraction),
    )


def _images(listing: Listing) -> list[str]:
    return [absolute_url(preview_url(place.photo.digest)) for place in listing.photos]


def _preview(listing: Listing) -> dict:
    if not listing.photos:
        return {}
    cover = listing.photos[0].photo
    width = min(cover.width, PREVIEW_WIDTH)
    return {
        "image": absolute_url(preview_url(cover.digest)),
        "image_width": width,
        "image_height": round(cover.height * width / cover.width),
    }
