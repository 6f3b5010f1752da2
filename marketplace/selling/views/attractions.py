"""Putting a place to visit on the map, and changing what is said of it."""

from flask import current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.catalogue.models.listings import LONGEST_PHOTO_TEXT
from marketplace.catalogue.services.listings import PhotoUse
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.forms import TapForm, accepts_uploads, receive_form
from marketplace.foundation.limits import limiter
from marketplace.foundation.page_meta import PageMeta
from marketplace.kim.policy import coordinates_something
from marketplace.selling.changes import from_json
from marketplace.selling.errors import PhotoWanted
from marketplace.selling.forms.attractions import AttractionChangeForm, AttractionForm
from marketplace.selling.models import DraftPurpose
from marketplace.selling.queries.attractions import get_tended_attraction
from marketplace.selling.services import editing
from marketplace.selling.services.attractions import edit_attraction as save_attraction
from marketplace.selling.services.drafts import MOST_PHOTOS
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.edited_photos import EditedPhotos
from marketplace.selling.views.post_pages import LARGEST_POST_MEGABYTES, PostPage, limit_posts
from marketplace.selling.views.uploads import person

MOST_PHOTOS_OF_A_PLACE = MOST_PHOTOS[DraftPurpose.ATTRACTION]
CHANGED_MEANWHILE = "Tempat ini baru saja diubah orang lain. Isian Anda masih di sini; periksa, lalu simpan lagi."
SENT = "{} dikirim ke KIM untuk diperiksa."
WAITS = "Perubahan {} dikirim ke KIM. Yang lama tetap tayang sampai selesai diperiksa."
UNCHANGED = "{} tetap seperti semula."
LONG_TEXT = "Keterangan foto paling banyak 200 huruf."
TOO_OFTEN = "Terlalu sering mengubah. Tunggu satu jam, lalu coba lagi; yang tayang tidak berubah."


@pages.route("/jual/wisata/baru", methods=["GET", "POST"])
@open_to(coordinates_something)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limit_posts
def post_attraction():
    """The steps in which a coordinator puts a place of their village before the KIM."""
    return PostPage(DraftPurpose.ATTRACTION, _post_attraction).answer()


@pages.route("/jual/wisata/<int:id>/ubah", methods=["GET", "POST"])
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limiter.limit("120 per hour", key_func=person, methods=["POST"], error_message=TOO_OFTEN)
def edit_attraction(id: int):
    """What is said of a place, to change; what the public sees changes only once the KIM has looked."""
    receive_form()
    attraction = get_tended_attraction(current_user, id)
    change = editing.find_open_change(attraction)
    form = AttractionChangeForm.of(
        attraction, from_json(change.values) if change else {}, editing.version_of(attraction)
    )
    edited = EditedPhotos(id, MOST_PHOTOS_OF_A_PLACE)
    uses, photo_errors = editing.photos_after(attraction, change), []
    photos, texts = [use.photo for use in uses], {use.photo_id: use.alt_text for use in uses}
    if form.is_submitted() and TapForm.from_request().accepted():
        photos, photo_errors = edited.sent(photos)
        texts |= edited.texts()
        photo_errors += [LONG_TEXT] if any(len(text) > LONGEST_PHOTO_TEXT for text in texts.values()) else []
    status = PhotoWanted.status if photo_errors else None
    if form.accepted() and not photo_errors:
        attraction = get_tended_attraction(current_user, id)
        was_public = attraction.is_public
        try:
            uses = [PhotoUse(photo.id, texts.get(photo.id)) for photo in photos]
            version, values = form.version.data or "", form.values()
            waits = save_attraction(current_user, attraction, version, values, uses, clock.now())
        except Conflict as conflict:
            form.form_errors.append(CHANGED_MEANWHILE)
            form.version.data, status = editing.version_of(attraction), conflict.status
        except Invalid as refusal:
            if refusal.field in form:
                form[refusal.field].errors = [refusal.user_message]
            else:
                form.form_errors.append(refusal.user_message)
            status = refusal.status
        else:
            words = UNCHANGED if was_public and not waits else WAITS if waits else SENT
            flash(words.format(attraction.name))
            return redirect(url_for(".show_desk"), 303)
    attraction = get_tended_attraction(current_user, id)
    change = editing.find_open_change(attraction)
    return render_template(
        "selling/edit_attraction.html",
        attraction=attraction,
        reason=change.fix_reason if change else attraction.fix_reason,
        form=form,
        kept=edited.tiles(photos, texts),
        photo_errors=photo_errors,
        most_photos=MOST_PHOTOS_OF_A_PLACE,
        meta=_meta(f"Ubah {attraction.name}", "Ubah tempat wisata.", url_for(".edit_attraction", id=id)),
        section="akun",
        **_map(),
    ), status or form.status


def _post_attraction(form: AttractionForm, **shown) -> str:
    return render_template(
        "selling/post_attraction.html",
        form=form,
        meta=_meta("Tambah wisata", "Pasang tempat wisata desa Anda.", url_for(".post_attraction")),
        section="jual",
        **_map(),
        **shown,
    )


def _map() -> dict[str, str]:
    settings = current_app.extensions["settings"]
    return {"tiles_url": settings.tiles_url, "tiles_attribution": settings.tiles_attribution}


def _meta(title: str, description: str, url: str) -> PageMeta:
    return PageMeta(title, description, url, robots="noindex")
