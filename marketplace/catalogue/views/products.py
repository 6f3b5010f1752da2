"""The page of one product."""

from flask import redirect, render_template

from marketplace.catalogue import contacts, facts
from marketplace.catalogue.crumbs import crumbs_to_village
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.page_meta import meta_for_product, path_of
from marketplace.catalogue.queries import cards
from marketplace.catalogue.queries.listings import get_public_product
from marketplace.catalogue.views.blueprint import pages
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import absolute_url
from marketplace.kim.queries import find_kim_of_village

SIMILAR_SHOWN = 5
OTHERS_SHOWN = 4


@pages.get("/produk/<int:id>")
@pages.get("/produk/<int:id>-<slug>")
@open_to(anyone)
def show_product(id: int, slug: str = ""):
    """One product: photos, price, how to order it, its seller, what is similar nearby."""
    product = get_public_product(id)
    if slug != product.slug:
        return redirect(path_of(product), 301)
    today = clock.today()
    kim = (product.business and product.business.kim) or find_kim_of_village(product.village)
    crumbs = crumbs_to_village(product.village)
    contact = contacts.contact_for_product(product, kim, absolute_url(path_of(product)))
    others = cards.list_in_place(product.village_code, ListingKind.PRODUCT, size=OTHERS_SHOWN + 1).items
    return render_template(
        "catalogue/show_product.html",
        product=product,
        kim=kim,
        crumbs=crumbs,
        contact=contact,
        facts=facts.facts_of_product(product),
        stamps=facts.stamps_of(product, today),
        availability=facts.availability_line(product, today),
        is_available=facts.is_available(product, today),
        similar=cards.list_similar(product, SIMILAR_SHOWN),
        others=[card for card in others if card.id != product.id][:OTHERS_SHOWN],
        share_text=f"{product.name} dari {product.village.title}",
        meta=meta_for_product(product, crumbs),
        section="produk",
    )
