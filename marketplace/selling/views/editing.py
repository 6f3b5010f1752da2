"""Changing what is sold."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import PhotoUse
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.foundation.forms import TapForm, accepts_uploads, receive_form
from marketplace.foundation.limits import limiter
from marketplace.foundation.page_meta import PageMeta
from marketplace.photos.models import Photo
from marketplace.selling.changes import from_json
from marketplace.selling.errors import PhotoWanted
from marketplace.selling.forms.photos import MOST_PHOTOS
from marketplace.selling.forms.products import USUAL_UNITS, ProductChangeForm
from marketplace.selling.queries.desk import get_own_listing
from marketplace.selling.services import editing
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.edited_photos import EditedPhotos
from marketplace.selling.views.post_pages import LARGEST_POST_MEGABYTES
from marketplace.selling.views.uploads import person

CHANGED_MEANWHILE = "Produk ini baru saja diubah orang lain. Isian Anda masih di sini; periksa, lalu simpan lagi."
SENT = "{} dikirim ke KIM untuk diperiksa."
WAITS = "Perubahan {} dikirim ke KIM. Yang lama tetap tayang sampai selesai diperiksa."
UNCHANGED = "{} tetap seperti semula."
TOO_OFTEN = "Terlalu sering mengubah. Tunggu satu jam, lalu coba lagi; yang tayang tidak berubah."


@pages.route("/jual/<int:id>/ubah", methods=["GET", "POST"])
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limiter.limit("120 per hour", key_func=person, methods=["POST"], error_message=TOO_OFTEN)
def edit_listing(id: int):
    """What a product says of itself, to change; what is shown to the public changes only once the KIM has looked."""
    receive_form()
    product = get_own_listing(current_user, id)
    if not isinstance(product, Product) or product.status is ListingStatus.ARCHIVED:
        raise NotFound
    change = editing.find_open_change(product)
    form = ProductChangeForm.of(
        product, from_json(change.values) if change else None, version=editing.version_of(product)
    )
    photos, photo_errors = [use.photo for use in editing.photos_after(product, change)], []
    if form.is_submitted() and TapForm.from_request().accepted():
        photos, photo_errors = EditedPhotos(id, MOST_PHOTOS).sent(photos)
    status = None
    if form.accepted() and not photo_errors:
        product = get_own_listing(current_user, id)
        was_public = product.is_public
        try:
            uses = [PhotoUse(photo.id, alt_text=None) for photo in photos]
            waits = editing.edit_listing(
                current_user, product, form.version.data or "", form.values(), uses, clock.now()
            )
        except Conflict as conflict:
            form.form_errors.append(CHANGED_MEANWHILE)
            form.version.data, status = editing.version_of(product), conflict.status
        else:
            flash((UNCHANGED if was_public and not waits else WAITS if waits else SENT).format(product.name))
            return redirect(url_for(".show_desk"), 303)
    elif photo_errors:
        status = PhotoWanted.status
    return _show_form(get_own_listing(current_user, id), form, photos, photo_errors), status or form.status


def _show_form(product: Product, form: ProductChangeForm, photos: list[Photo], photo_errors: list[str]) -> str:
    change = editing.find_open_change(product)
    return render_template(
        "selling/edit_listing.html",
        product=product,
        reason=change.fix_reason if change else product.fix_reason,
        form=form,
        kept=EditedPhotos(product.id, MOST_PHOTOS).tiles(photos),
        photo_errors=photo_errors,
        most_photos=MOST_PHOTOS,
        units=USUAL_UNITS,
        meta=PageMeta(
            f"Ubah {product.name}", "Ubah produk Anda.", url_for(".edit_listing", id=product.id), robots="noindex"
        ),
        section="akun",
    )
