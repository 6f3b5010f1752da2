"""Posting a product: photos, its name and its price, and where it goes from there."""

from flask import redirect, render_template, url_for
from flask_login import current_user

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.forms import accepts_uploads
from marketplace.foundation.page_meta import PageMeta
from marketplace.regions.queries import get_village
from marketplace.selling.forms.products import USUAL_UNITS, ProductForm
from marketplace.selling.models import DraftPurpose
from marketplace.selling.policy.consents import may_ask_consent
from marketplace.selling.queries.desk import list_own_businesses
from marketplace.selling.queries.sent import checker_of, get_sent_listing
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.post_pages import LARGEST_POST_MEGABYTES, PostPage, limit_posts


@pages.route("/jual/baru", methods=["GET", "POST"])
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limit_posts
def post_product():
    """The two steps in which a product is posted, one page without a script, which keeps what was sent until it is right."""
    return PostPage(DraftPurpose.OWN_PRODUCT, _post_product).answer()


@pages.get("/jual/<int:id>/terkirim")
@open_to(signed_in)
def show_sent(id: int):
    """Who checks what was sent, how far it is, and how to go on; for a coordinator first the seller's word."""
    listing = get_sent_listing(current_user, id)
    if listing.awaits_consent and may_ask_consent(current_user, listing):
        return redirect(url_for(".ask_consent", id=id))
    village = get_village(listing.village_code)
    return render_template(
        "selling/show_sent.html",
        listing=listing,
        checker=checker_of(village, listing.business.kim_id if listing.business else None),
        sent_at=listing.submitted_at and listing.submitted_at.astimezone(clock.WIB),
        waits=listing.status is ListingStatus.WAITING,
        meta=PageMeta("Terkirim", "Produk Anda sudah terkirim.", url_for(".show_sent", id=id), robots="noindex"),
        section="jual",
    )


def _post_product(form: ProductForm, **shown) -> str:
    business = next(iter(list_own_businesses(current_user)), None)
    village_code = business.village_code if business else current_user.village_code
    village = get_village(village_code) if village_code else None
    return render_template(
        "selling/post_product.html",
        form=form,
        units=USUAL_UNITS,
        has_shop=business is not None,
        shop_name=business.name if business else current_user.name,
        village=village,
        checker=checker_of(village, business.kim_id if business else None) if village else None,
        meta=PageMeta("Jual produk", "Jual produk Anda di Pasar KIM.", url_for(".post_product"), robots="noindex"),
        section="jual",
        **shown,
    )
