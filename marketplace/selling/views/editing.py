"""Changing what is sold."""

from collections.abc import Iterable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import PhotoUse
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.foundation.forms import TapForm, accepts_uploads
from marketplace.foundation.limits import limiter
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.selling.changes import from_json
from marketplace.selling.errors import PhotoWanted
from marketplace.selling.forms.photos import MOST_PHOTOS, Tile, files_of, order_of
from marketplace.selling.forms.products import USUAL_UNITS, ProductChangeForm
from marketplace.selling.queries.desk import get_own_listing
from marketplace.selling.services import editing
from marketplace.selling.services.uploads import photo_of, read_file
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.hints import person_asking
from marketplace.selling.views.post_pages import LARGEST_POST_MEGABYTES

CHANGED_MEANWHILE = "Produk ini baru saja diubah orang lain. Isian Anda masih di sini; periksa, lalu simpan lagi."
SENT = "{} dikirim ke KIM untuk diperiksa."
WAITS = "Perubahan {} dikirim ke KIM. Yang lama tetap tayang sampai selesai diperiksa."
UNCHANGED = "{} tetap seperti semula."
TOO_OFTEN = "Terlalu sering mengubah. Tunggu satu jam, lalu coba lagi; yang tayang tidak berubah."


@pages.route("/jual/<int:id>/ubah", methods=["GET", "POST"])
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limiter.limit("120 per hour", key_func=person_asking, methods=["POST"], error_message=TOO_OFTEN)
def edit_listing(id: int):
    """What a product says of itself, to change; what is shown to the public changes only once the KIM has looked."""
    product = get_own_listing(current_user, id)
    if not isinstance(product, Product) or product.status is ListingStatus.ARCHIVED:
        raise NotFound
    change = editing.find_open_change(product)
    form = ProductChangeForm.of(
        product, from_json(change.values) if change else None, version=editing.version_of(product)
    )
    photos, photo_errors = [use.photo for use in editing.photos_after(product, change)], []
    if form.is_submitted() and TapForm.from_request().accepted():
        photos, photo_errors = _sent_photos(id, photos)
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


def _sent_photos(id: int, shown: list[Photo]) -> tuple[list[Photo], list[str]]:
    """Return the photos as they shall be, and what is wrong with those that were sent.

    What can be used is kept at once, whatever becomes of the rest; it is decoded outside of a transaction.
    """
    files = files_of(request.files.getlist("photos"))
    if "kept" not in request.form and not files:
        # A page without photos leaves them as they are.
        return shown, []
    with committed():
        # What was begun by reading ends here: nobody waits for the decoding.
        photo_ids = list(_photo_ids(id, order_of(request.form)))
    errors = []
    if len(photo_ids) + len(files) > MOST_PHOTOS:
        errors.append(f"Paling banyak {MOST_PHOTOS} foto. Yang lebih dari itu tidak kami simpan.")
    for number, file in enumerate(files[: max(0, MOST_PHOTOS - len(photo_ids))], start=len(photo_ids) + 1):
        outcome = read_file(file.stream)
        if outcome.refusal:
            errors.append(f"Foto ke-{number}: {outcome.refusal}")
            continue
        with committed():
            photo_ids.append(photo_of(outcome).id)
    if not photo_ids:
        errors.append(PhotoWanted.user_message)
    photos = {photo_id: db.session.get(Photo, photo_id) for photo_id in dict.fromkeys(photo_ids)}
    return [photo for photo in photos.values() if photo is not None], errors


def _photo_ids(id: int, keys: Iterable[str]) -> Iterable[int]:
    for key in keys:
        try:
            yield _signer(id).loads(key)
        except BadData:
            # Nobody names a photo that this page has not shown them.
            continue


def _signer(id: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key, salt=f"photos of listing {id} for {current_user.id}")


def _show_form(product: Product, form: ProductChangeForm, photos: list[Photo], photo_errors: list[str]) -> str:
    change = editing.find_open_change(product)
    signer = _signer(product.id)
    return render_template(
        "selling/edit_listing.html",
        product=product,
        reason=change.fix_reason if change else product.fix_reason,
        form=form,
        kept=[Tile(signer.dumps(photo.id), photo) for photo in photos],
        photo_errors=photo_errors,
        most_photos=MOST_PHOTOS,
        units=USUAL_UNITS,
        meta=PageMeta(
            f"Ubah {product.name}", "Ubah produk Anda.", url_for(".edit_listing", id=product.id), robots="noindex"
        ),
        section="akun",
    )
