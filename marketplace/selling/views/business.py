"""The profile of a seller's business, and its holidays."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.foundation import phones
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.errors import Conflict
from marketplace.foundation.page_meta import PageMeta
from marketplace.selling.forms.business import BusinessForm
from marketplace.selling.queries.desk import list_own_businesses
from marketplace.selling.views.blueprint import pages
from marketplace.umkm.errors import BusinessNameTaken
from marketplace.umkm.models import Business
from marketplace.umkm.services import change_business

CHANGED_MEANWHILE = "Profil ini baru saja diubah orang lain. Isian Anda masih di sini; periksa, lalu simpan lagi."


@pages.route("/jual/usaha", methods=["GET", "POST"])
@open_to(signed_in)
def edit_business():
    """What buyers read about the business, and when it is closed; without a business, the way to the first product."""
    business = next(iter(list_own_businesses(current_user)), None)
    status = 200
    form = BusinessForm.from_request(**(_typed(business) if business else {}))
    if form.accepted() and business:
        try:
            change_business(current_user, business, _version_in(form), form.values())
        except BusinessNameTaken as refusal:
            form.name.errors = [refusal.user_message]
        except Conflict as conflict:
            form.form_errors.append(CHANGED_MEANWHILE)
            form.version.data, status = business.version, conflict.status
        else:
            flash("Profil usaha sudah disimpan.")
            return redirect(url_for(".show_desk"), 303)
    return render_template(
        "selling/edit_business.html",
        business=business,
        form=form,
        meta=PageMeta("Usaha saya", "Profil usaha Anda di Pasar KIM.", url_for(".edit_business"), robots="noindex"),
        section="akun",
    ), status if status != 200 else form.status


def _typed(business: Business) -> dict:
    columns = ("version", "name", "owner_name", "hamlet", "description", "nib")
    closure = ("closed_from", "closed_until", "closure_note")
    return {name: getattr(business, name) for name in (*columns, *closure)} | {
        "whatsapp": phones.shown(business.whatsapp) if business.whatsapp else "",
        "opening_hours": str(business.opening_hours) if business.opening_hours else "",
    }


def _version_in(form: BusinessForm) -> int:
    text = str(form.version.data or "")
    return int(text) if text.isascii() and text.isdigit() else 0
