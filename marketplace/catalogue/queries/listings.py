"""One listing with all that its page says."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.regions.models import Village
from marketplace.umkm.models import Business


def get_public_product(product_id: int) -> Product:
    """Return a published product with its place, business, KIM, variants and photos, or refuse."""
    return _get_public(Product, product_id, selectinload(Product.variants))


def get_public_attraction(attraction_id: int) -> Attraction:
    """Return a published attraction with its place and photos, or refuse."""
    return _get_public(Attraction, attraction_id)


def _get_public(model: type, listing_id: int, *options):
    statement = (
        select(model)
        .where(model.id == listing_id, model.status == ListingStatus.PUBLISHED)
        .options(
            joinedload(model.category),
            joinedload(model.village).joinedload(Village.district),
            joinedload(model.village).joinedload(Village.regency),
            joinedload(model.business).joinedload(Business.kim),
            selectinload(model.photos).joinedload(ListingPhoto.photo),
            *options,
        )
    )
    listing = db.session.scalar(statement)
    if listing is None:
        raise NotFound
    return listing
