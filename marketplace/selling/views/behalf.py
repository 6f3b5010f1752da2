"""Posting a product for a seller."""

from flask import render_template, url_for
from flask_login import current_user

from marketplace.foundation.access import open_to
from marketplace.foundation.forms import accepts_uploads
from marketplace.foundation.page_meta import PageMeta
from marketplace.kim.policy import coordinates_something
from marketplace.selling.forms.behalf import ProductOfSellerForm
from marketplace.selling.forms.products import USUAL_UNITS
from marketplace.selling.models import DraftPurpose
from marketplace.selling.queries.behalf import list_villages_looked_after
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.post_pages import LARGEST_POST_MEGABYTES, PostPage, limit_posts


@pages.route("/jual/untuk-penjual", methods=["GET", "POST"])
@open_to(coordinates_something)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limit_posts
def post_for_seller():
    """The steps in which a coordinator posts a product of a seller; from here they send the seller the question."""
    return PostPage(DraftPurpose.PRODUCT_OF_SELLER, _post_for_seller).answer()


def _post_for_seller(form: ProductOfSellerForm, **shown) -> str:
    return render_template(
        "selling/post_for_seller.html",
        form=form,
        units=USUAL_UNITS,
        villages=list_villages_looked_after(current_user),
        meta=PageMeta(
            "Jual untuk penjual", "Pasang produk penjual desa Anda.", url_for(".post_for_seller"), robots="noindex"
        ),
        section="jual",
        **shown,
    )
