"""What pages of listings tell search engines and chats, beside what every page does."""

from collections.abc import Sequence

from marketplace.catalogue.cards import listing_path
from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.queries.listings import ListingDetails
from marketplace.catalogue.shown import ShownAttraction, ShownListing, ShownProduct
from marketplace.catalogue.structured import structured_attraction, structured_product
from marketplace.foundation.formatting import rupiah
from marketplace.foundation.page_meta import Crumb, PageMeta, absolute_url, structured_crumbs
from marketplace.photos.addresses import PREVIEW_WIDTH, preview_url


def path_of(listing: Listing | ShownListing) -> str:
    """Return the path of a listing's page."""
    return listing_path(listing.kind, listing.id, listing.name)


def meta_for_product(details: ListingDetails[ShownProduct], crumbs: Sequence[Crumb]) -> PageMeta:
    """Return a product page's meta data, with its price and its cover."""
    product, village = details.listing, details.village
    path = path_of(product)
    price = f"{rupiah(product.price)} / {product.unit}" if product.price else "Tanya harga"
    structured = structured_product(details, absolute_url(path), _images(details))
    return PageMeta(
        title=f"{product.name}, {village.name}",
        description=f"{price}. {village.title}, {village.regency.short_name}. {product.description}",
        path=path,
        kind="product",
        price=product.price,
        structured=[structured, structured_crumbs(crumbs, path)],
        **_preview(details),
    )


def meta_for_attraction(details: ListingDetails[ShownAttraction], crumbs: Sequence[Crumb]) -> PageMeta:
    """Return an attraction page's meta data, with its cover."""
    attraction, village = details.listing, details.village
    path = path_of(attraction)
    story = attraction.summary or attraction.description
    structured = structured_attraction(details, absolute_url(path), _images(details))
    return PageMeta(
        title=f"{attraction.name}, {village.regency.short_name}",
        description=f"{village.title}, {village.regency.short_name}. {story}",
        path=path,
        kind="place",
        structured=[structured, structured_crumbs(crumbs, path)],
        **_preview(details),
    )


def _images(details: ListingDetails) -> list[str]:
    return [absolute_url(preview_url(photo.digest)) for photo in details.photos]


def _preview(details: ListingDetails) -> dict:
    if not details.photos:
        return {}
    cover = details.photos[0]
    width = min(cover.width, PREVIEW_WIDTH)
    return {
        "image": absolute_url(preview_url(cover.digest)),
        "image_width": width,
        "image_height": round(cover.height * width / cover.width),
    }
