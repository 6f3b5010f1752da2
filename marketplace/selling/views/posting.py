"""Posting a product: photos, its name and its price, and where it goes from there."""

import io
import re

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from ulid import ULID

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.converters import ULID as ULID_PATTERN
from marketplace.foundation.errors import Invalid
from marketplace.foundation.forms import TapForm, accepts_uploads
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.transactions import committed
from marketplace.regions.queries import get_village
from marketplace.selling.errors import DraftSent
from marketplace.selling.forms.photos import MOST_PHOTOS, Tile, files_of, order_of
from marketplace.selling.forms.products import USUAL_UNITS, ProductForm
from marketplace.selling.models import Draft, DraftPurpose
from marketplace.selling.queries.desk import list_own_businesses
from marketplace.selling.queries.drafts import find_draft, get_draft
from marketplace.selling.queries.sent import checker_of, get_sent_listing
from marketplace.selling.services.drafts import keep_draft, send_draft
from marketplace.selling.services.uploads import keep_file, read_file
from marketplace.selling.views.blueprint import pages

DRAFT = "draf"
# Eight photos as phones take them; a script sends them smaller, and one by one.
LARGEST_POST_MEGABYTES = 100


@pages.route("/jual/baru", methods=["GET", "POST"])
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
def post_product():
    """The two steps in which a product is posted, one page without a script, which keeps what was sent until it is right."""
    form = ProductForm.from_request()
    if not form.is_submitted():
        return _begin(request.args.get(DRAFT, ""))
    draft_id = _draft_id(request.form.get("draft", ""))
    if not TapForm.from_request().accepted():
        form.accepted()
        return _show_form(form, draft_id)
    try:
        draft, photo_errors = _keep(draft_id, form)
        if not form.accepted() or photo_errors:
            return _show_form(form, draft_id, draft, photo_errors)
        listing = send_draft(current_user, draft, form.values(), clock.now())
    except DraftSent as sent:
        return redirect(url_for(".show_sent", id=sent.listing_id), 303)
    except Invalid as refusal:
        photo_errors = [refusal.user_message] if refusal.field == "photos" else []
        if not photo_errors:
            form.form_errors.append(refusal.user_message)
        return _show_form(form, draft_id, find_draft(current_user, draft_id), photo_errors)
    return redirect(url_for(".show_sent", id=listing.id), 303)


@pages.get("/jual/<int:id>/terkirim")
@open_to(signed_in)
def show_sent(id: int):
    """Who checks what was sent, how far it is, and how to go on."""
    listing = get_sent_listing(current_user, id)
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


def _begin(draft_id: str):
    """Show an empty form, or one that was begun on another telephone and never sent."""
    draft = find_draft(current_user, draft_id) if re.fullmatch(ULID_PATTERN, draft_id) else None
    if draft is not None and draft.listing_id is not None:
        return redirect(url_for(".show_sent", id=draft.listing_id))
    form = ProductForm.from_fields(draft.fields) if draft else ProductForm(formdata=None)
    return _show_form(form, draft.id if draft else _draft_id(draft_id), draft)


def _draft_id(text: str) -> str:
    return text if re.fullmatch(ULID_PATTERN, text) else str(ULID())


def _keep(draft_id: str, form: ProductForm) -> tuple[Draft, list[str]]:
    """Keep what was typed and each photo that can be used, whatever becomes of the rest; return what is wrong with photos.

    Photos are decoded outside of a transaction: others write meanwhile.
    """
    now, fields, order = clock.now(), form.fields, order_of(request.form)
    with committed():
        draft = find_draft(current_user, draft_id)
        arrived = {upload.id for upload in draft.uploads if upload.photo_id} if draft else set()
        order = [key for key in order if key in arrived]
        _keep_order(draft_id, fields, order, now)
    errors = []
    files = files_of(request.files.getlist("photos"))
    if len(order) + len(files) > MOST_PHOTOS:
        errors.append(f"Paling banyak {MOST_PHOTOS} foto. Yang lebih dari itu tidak kami simpan.")
    for number, file in enumerate(files[: MOST_PHOTOS - len(order)], start=len(order) + 1):
        size = file.stream.seek(0, io.SEEK_END)
        file.stream.seek(0)
        outcome = read_file(file.stream)
        if outcome.refusal:
            errors.append(f"Foto ke-{number}: {outcome.refusal}")
            continue
        with committed():
            order.append(keep_file(current_user, get_draft(current_user, draft_id), outcome, size, now).id)
            _keep_order(draft_id, fields, order, now)
    return get_draft(current_user, draft_id), errors


def _keep_order(draft_id: str, fields: dict, order: list[str], now) -> None:
    draft = find_draft(current_user, draft_id)
    revision = draft.revision + 1 if draft else 1
    keep_draft(current_user, draft_id, DraftPurpose.OWN_PRODUCT, fields, order, revision, now)


def _show_form(form: ProductForm, draft_id: str, draft: Draft | None = None, photo_errors: list[str] | None = None):
    business = next(iter(list_own_businesses(current_user)), None)
    village_code = business.village_code if business else current_user.village_code
    village = get_village(village_code) if village_code else None
    uploads = {upload.id: upload for upload in draft.uploads} if draft else {}
    kept = [Tile(key, uploads[key].photo) for key in (draft.photo_order if draft else []) if key in uploads]
    is_refused = form.is_submitted() and request.method == "POST"
    return render_template(
        "selling/post_product.html",
        form=form,
        draft_id=draft_id,
        kept=[tile for tile in kept if tile.photo],
        photo_errors=photo_errors or [],
        most_photos=MOST_PHOTOS,
        units=USUAL_UNITS,
        has_shop=business is not None,
        shop_name=business.name if business else current_user.name,
        village=village,
        checker=checker_of(village, business.kim_id if business else None) if village else None,
        meta=PageMeta("Jual produk", "Jual produk Anda di Pasar KIM.", url_for(".post_product"), robots="noindex"),
        section="jual",
    ), 422 if is_refused else 200
