"""Changing what is sold."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.foundation.page_meta import PageMeta
from marketplace.selling.changes import from_json
from marketplace.selling.forms.desk import EditForm
from marketplace.selling.queries.desk import get_own_listing
from marketplace.selling.services import editing
from marketplace.selling.views.blueprint import pages

CHANGED_MEANWHILE = "Produk ini baru saja diubah orang lain. Isian Anda masih di sini; periksa, lalu simpan lagi."
SENT = "{} dikirim ke KIM untuk diperiksa."
WAITS = "Perubahan {} dikirim ke KIM. Yang lama tetap tayang sampai selesai diperiksa."


@pages.route("/jual/<int:id>/ubah", methods=["GET", "POST"])
@open_to(signed_in)
def edit_listing(id: int):
    """What a product says of itself, to change; what is shown to the public changes only once the KIM has looked."""
    product = get_own_listing(current_user, id)
    if not isinstance(product, Product) or product.status is ListingStatus.ARCHIVED:
        raise NotFound
    change, status = editing.find_open_change(product), None
    form = EditForm.from_request(**_typed(product, change))
    if form.accepted():
        was_public, version = product.is_public, form.version.data or ""
        try:
            number = int(version) if version.isascii() and version.isdigit() else 0
            waits = editing.edit_listing(current_user, product, number, form.values(), clock.now())
        except Conflict as conflict:
            form.form_errors.append(CHANGED_MEANWHILE)
            form.version.data, status = product.version, conflict.status
        else:
            nothing_changed = was_public and not waits
            words = "{} tetap seperti semula." if nothing_changed else WAITS if waits else SENT
            flash(words.format(product.name))
            return redirect(url_for(".show_desk"), 303)
    return render_template(
        "selling/edit_listing.html",
        product=product,
        reason=change.fix_reason if change else product.fix_reason,
        form=form,
        meta=PageMeta(f"Ubah {product.name}", "Ubah produk Anda.", url_for(".edit_listing", id=id), robots="noindex"),
        section="akun",
    ), status or form.status


def _typed(product: Product, change) -> dict:
    shown = {name: getattr(product, name) for name in ("version", "name", "price", "unit", "description")}
    return shown | (from_json(change.values) if change else {})
