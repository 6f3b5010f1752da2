"""The page of one product."""

from flask import redirect, render_template

from marketplace.catalogue import contacts, facts
from marketplace.catalogue.crumbs import crumbs_to_village
from marketplace.catalogue.page_meta import meta_for_product, path_of
from marketplace.catalogue.queries.cards import list_around
from marketplace.catalogue.queries.listings import get_public_product
from marketplace.catalogue.views.attention import note_view
from marketplace.catalogue.views.blueprint import pages
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import absolute_url, same_query

SIMILAR_SHOWN = 5
OTHERS_SHOWN = 4


@pages.get("/produk/<int:id>")
@pages.get("/produk/<int:id>-<slug>")
@open_to(anyone)
def show_product(id: int, slug: str = ""):
    """One product: photos, price, how to order it, its seller, what is similar nearby."""
    details = get_public_product(id)
    product, village = details.listing, details.village
    if slug != product.slug:
        return redirect(same_query(path_of(product)), 301)
    note_view(product.id, village.code)
    today = clock.today()
    crumbs = crumbs_to_village(village)
    similar, others = list_around(details, SIMILAR_SHOWN, OTHERS_SHOWN)
    return render_template(
        "catalogue/show_product.html",
        product=product,
        village=village,
        category=details.category,
        business=details.business,
        photos=details.photos,
        variants=details.variants,
        kim=details.kim,
        crumbs=crumbs,
        contact=contacts.contact_for_product(details, absolute_url(path_of(product))),
        facts=facts.facts_of_product(product),
        stamps=facts.stamps_of(product, details.business, today),
        availability=facts.availability_line(product, today),
        is_available=facts.is_available(product, today),
        similar=similar,
        others=others,
        share_text=f"{product.name} dari {village.title}",
        meta=meta_for_product(details, crumbs),
        section="produk",
    )
