"""The seller's desk: everything a person sells, and what one tap does to it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.views.lists import Chip
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, has_account, open_to, signed_in
from marketplace.foundation.errors import NotFound
from marketplace.foundation.forms import check_tap
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.pagination import CONTINUE
from marketplace.selling.forms.desk import PriceForm
from marketplace.selling.queries import desk
from marketplace.selling.queries.desk import Shelf
from marketplace.selling.queries.drafts import count_unsent_drafts
from marketplace.selling.services import archive, availability, prices
from marketplace.selling.views.blueprint import pages

SHELF = "rak"
SHELF_WORDS = {
    Shelf.NEEDS_FIX: "Perlu perbaikan",
    Shelf.WAITING: "Menunggu",
    Shelf.PUBLISHED: "Tayang",
    Shelf.SOLD_OUT: "Habis",
    Shelf.DRAFT: "Draf",
    Shelf.ARCHIVED: "Arsip",
}


@pages.get("/jual")
@open_to(anyone)
def show_desk():
    """What the person sells, problems first; visitors are invited."""
    if not has_account():
        return _show_invitation()
    return _show_desk(PriceForm(formdata=None))


@pages.post("/jual/<int:id>/habis")
@open_to(signed_in)
def mark_sold_out(id: int):
    """Say that there is none left, and back to the desk."""
    return _tap(id, availability.mark_sold_out, "ditandai habis.")


@pages.post("/jual/<int:id>/siap")
@open_to(signed_in)
def mark_ready(id: int):
    """Say that there is some again, and back to the desk."""
    return _tap(id, availability.mark_ready, "siap dijual lagi.")


@pages.post("/jual/<int:id>/masih-ada")
@open_to(signed_in)
def confirm_listing(id: int):
    """Say that a listing is still true, and back to the desk."""
    return _tap(id, availability.confirm, "masih ada. Terima kasih sudah mengabari.")


@pages.post("/jual/<int:id>/arsip")
@open_to(signed_in)
def archive_listing(id: int):
    """Put a listing away, and back to the desk."""
    return _tap(id, archive.archive_listing, "disimpan di arsip. Tidak ada yang dihapus.")


@pages.post("/jual/<int:id>/pulihkan")
@open_to(signed_in)
def restore_listing(id: int):
    """Bring a listing back from the archive, and back to the desk."""
    return _tap(id, archive.restore_listing, "dikembalikan dari arsip.")


@pages.post("/jual/<int:id>/gandakan")
@open_to(signed_in)
def duplicate_listing(id: int):
    """Begin a draft with everything of a listing, and back to the desk."""
    return _tap(id, archive.duplicate_listing, "disalin menjadi draf.")


@pages.post("/jual/<int:id>/harga")
@open_to(signed_in)
def change_price(id: int):
    """Give a product a new price, and back to the desk; what is no price is shown again with what was typed."""
    listing = desk.get_own_listing(current_user, id)
    form = PriceForm.from_request()
    if not form.accepted():
        return _show_desk(form, id)
    change = prices.change_price(current_user, listing, form.amount, clock.now())
    if change:
        flash(
            f"Harga baru {listing.name} berubah lebih dari separuh, jadi diperiksa KIM dulu. Harga lama tetap tayang."
        )
    else:
        flash(f"Harga {listing.name} sudah diganti.")
    return redirect(url_for(".show_desk"), 303)


def _tap(id: int, service: Callable[..., object], outcome: str):
    listing: Listing = desk.get_own_listing(current_user, id)
    check_tap()
    service(current_user, listing, clock.now())
    flash(f"{listing.name} {outcome}")
    return redirect(url_for(".show_desk"), 303)


def _show_desk(price_form: PriceForm, priced_id: int | None = None):
    shelf = _chosen_shelf()
    counts = desk.count_shelves(current_user)
    page = desk.list_desk(current_user, shelf, request.args.get(CONTINUE), clock.now())
    own_path = url_for(".show_desk", **({SHELF: shelf.value} if shelf else {}))
    following = url_for(".show_desk", **({SHELF: shelf.value} if shelf else {}), **{CONTINUE: page.following})
    return render_template(
        "selling/show_desk.html",
        businesses=desk.list_own_businesses(current_user),
        rows=page.rows,
        total=sum(counts.values()),
        week=desk.sum_week(current_user),
        chips=_chips(shelf, counts),
        price_form=price_form,
        priced_id=priced_id,
        token=price_form.csrf_token.current_token,
        following_url=following if page.following else None,
        first_url=own_path if CONTINUE in request.args else None,
        unsent=count_unsent_drafts(current_user),
        today=clock.today(),
        meta=PageMeta("Dagangan saya", "Dagangan Anda di Pasar KIM.", url_for(".show_desk"), robots="noindex"),
        section="akun",
    ), price_form.status


def _show_invitation():
    return render_template(
        "selling/show_invitation.html",
        meta=PageMeta(
            "Jual produk",
            "Jual produk desa Anda di Pasar KIM: foto, tulis harganya, kirim ke KIM.",
            url_for(".show_desk"),
        ),
        section="jual",
    )


def _chosen_shelf() -> Shelf | None:
    text = request.args.get(SHELF)
    if not text:
        return None
    try:
        return Shelf(text)
    except ValueError as error:
        raise NotFound from error


def _chips(current: Shelf | None, counts: dict[Shelf, int]) -> list[Chip]:
    everything = Chip(f"Semua {sum(counts.values())}", url_for(".show_desk"), current is None)
    shelves = [
        Chip(f"{SHELF_WORDS[shelf]} {counts[shelf]}", url_for(".show_desk", **{SHELF: shelf.value}), shelf is current)
        for shelf in Shelf
        if counts.get(shelf) or shelf is current and not counts.setdefault(shelf, 0)
    ]
    return [everything, *shelves]
