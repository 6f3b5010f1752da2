"""Posting a product: photos, its name and its price, and where it goes from there."""

from flask import render_template, url_for
from flask_login import current_user
from ulid import ULID

from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.page_meta import PageMeta
from marketplace.regions.queries import get_village
from marketplace.selling.forms.products import USUAL_UNITS, ProductForm
from marketplace.selling.queries.checkers import checker_of
from marketplace.selling.queries.desk import list_own_businesses
from marketplace.selling.views.blueprint import pages

MOST_PHOTOS = 6


@pages.get("/jual/baru")
@open_to(signed_in)
def post_product():
    """The two steps in which a product is posted, one page where there is no script."""
    form = ProductForm(formdata=None)
    business = next(iter(list_own_businesses(current_user)), None)
    village_code = business.village_code if business else current_user.village_code
    village = get_village(village_code) if village_code else None
    return render_template(
        "selling/post_product.html",
        form=form,
        draft_id=str(ULID()),
        kept=[],
        photo_errors=[],
        most_photos=MOST_PHOTOS,
        units=USUAL_UNITS,
        has_shop=business is not None,
        shop_name=business.name if business else current_user.name,
        village=village,
        checker=checker_of(village, business.kim_id if business else None) if village else None,
        meta=PageMeta("Jual produk", "Jual produk Anda di Pasar KIM.", url_for(".post_product"), robots="noindex"),
        section="jual",
    ), form.status
