"""The base of every form: protected against forged requests, speaking Indonesian."""

import re

from flask import Flask, g, request
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms.validators import ValidationError

from marketplace.foundation.errors import Invalid, Refusal

MEGABYTE = 1024 * 1024
# All but the tab and the ends of lines.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LARGEST_TYPED_FORM = 2 * MEGABYTE
"""In bytes: what any view takes, and the most that is typed where a view takes files."""

MESSAGES = {
    "This field is required.": "Isi bagian ini dulu.",
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Not a valid choice": "Pilih salah satu dari daftar.",
    "'%(value)s' is not a valid choice for this field.": "Pilih dari daftar saja.",
    "'%(value)s' are not valid choices for this field.": "Pilih dari daftar saja.",
    "Invalid Choice: could not coerce.": "Pilih salah satu dari daftar.",
    "Not a valid integer value.": "Isi dengan angka saja.",
    "Not a valid decimal value.": "Isi dengan angka saja.",
    "Not a valid date value.": "Tulis tanggalnya lengkap, misalnya 17-08-2026.",
    "Not a valid datetime value.": "Tulis tanggal dan jamnya lengkap.",
    "Invalid input.": "Isian ini belum benar, periksa lagi.",
    "Invalid URL.": "Alamat situsnya belum benar.",
    "Invalid email address.": "Alamat surelnya belum benar.",
    "Number must be at least %(min)s.": "Isi paling sedikit %(min)s.",
    "Number must be at most %(max)s.": "Isi paling banyak %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Isi antara %(min)s dan %(max)s.",
    "Field must be equal to %(other_name)s.": "Isian ini harus sama dengan %(other_name)s.",
    "Field must be at least %(min)d character long.": "Tulis paling sedikit %(min)d huruf.",
    "Field must be at least %(min)d characters long.": "Tulis paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d character.": "Tulis paling banyak %(max)d huruf.",
    "Field cannot be longer than %(max)d characters.": "Tulis paling banyak %(max)d huruf.",
    "Field must be exactly %(max)d character long.": "Tulis tepat %(max)d huruf.",
    "Field must be exactly %(max)d characters long.": "Tulis tepat %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": "Tulis %(min)d sampai %(max)d huruf.",
}


EXPIRED = "Halaman ini terlalu lama terbuka, jadi belum terkirim. Periksa lagi isian Anda, lalu kirim sekali lagi."
TOKEN_HEADER = "X-CSRFToken"  # noqa: S105 - the name of a header
PERSON_HEADER = "X-Person"


class ForgedRequest(Refusal):
    """A script's request without the token of this session: from another site, or from before the last sign-in."""

    status = 400
    user_message = EXPIRED


def token_for_scripts() -> str:
    """Return what a script of our own pages sends as `X-CSRFToken` with whatever it writes."""
    return generate_csrf()


def check_token_of_script() -> None:
    """Accept a request that a script of our own pages sent, or refuse with ForgedRequest.

    Who says for whom they write is refused once somebody else has signed in: a post goes on for minutes, and the token
    of a shared phone outlives the change.
    """
    if PERSON_HEADER in request.headers and request.headers[PERSON_HEADER] != str(getattr(current_user, "id", "")):
        raise ForgedRequest
    try:
        # A token lives as long as its session: drafts written without signal are sent the next morning.
        validate_csrf(request.headers.get(TOKEN_HEADER), time_limit=None)
    except ValidationError as error:
        raise ForgedRequest from error
    g.form_was_checked = True


def check_shared_by_phone() -> None:
    """Accept what the phone's own share sheet sent, which knows no token, or refuse with ForgedRequest.

    Only the browser itself can say `none`, that no page caused this request, or that a page of ours did: scripts cannot
    write this header, and another site's form is sent as `cross-site`, besides without the session's Lax cookie. What
    is accepted so may do no more than begin a draft that nobody else sees.
    """
    if request.headers.get("Sec-Fetch-Site") not in {"none", "same-origin"}:
        raise ForgedRequest
    g.form_was_checked = True


def accepts_uploads(megabytes: int):
    """Declare that a view takes files: how large a request with them may be."""

    def declare(view):
        view.largest_upload = megabytes * MEGABYTE
        return view

    return declare


def receive_form() -> None:
    """Take in all of a form before the database is asked: photos may take minutes to arrive over a weak signal.

    On SQLite nobody else could write meanwhile.
    """
    _ = request.form


def refuse_endless_forms(app: Flask) -> None:
    """Answer 413 to what is too large before it is read into memory or written to the disk."""
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_TYPED_FORM, MAX_FORM_MEMORY_SIZE=LARGEST_TYPED_FORM)

    @app.before_request
    def make_room_for_uploads():
        view = app.view_functions.get(request.endpoint)
        if request.mimetype == "multipart/form-data" and hasattr(view, "largest_upload"):
            request.max_content_length = view.largest_upload


class Indonesian:
    """WTForms' own messages in Indonesian: the library has no such translation."""

    def gettext(self, text: str) -> str:
        return MESSAGES.get(text, text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return self.gettext(plural)


def _as_typed(sent: MultiDict | None) -> MultiDict | None:
    """Return what was sent without characters that nobody types: PostgreSQL takes no NUL in a text."""
    if sent is None:
        return None
    return ImmutableMultiDict(
        (name, CONTROL.sub("", value) if isinstance(value, str) else value) for name, value in sent.items(multi=True)
    )


class Form(FlaskForm):
    """A form that a view reads, checks and shows again; a refused one keeps what the person typed."""

    class Meta(FlaskForm.Meta):
        # Drafts written without signal are sent the next morning: a token lives as long as its session.
        csrf_time_limit = None

        def get_translations(self, form):
            return Indonesian()

        def wrap_formdata(self, form, formdata):
            return _as_typed(super().wrap_formdata(form, formdata))

    @classmethod
    def from_request(cls, **values) -> "Form":
        """Return the form filled from the request, or with these values when nothing was sent."""
        return cls(**values)

    def accepted(self) -> bool:
        """Tell whether the form was sent, comes from our own page, and everything in it can be used."""
        if not self.is_submitted():
            return False
        is_accepted = self.validate()
        if "csrf_token" in self.errors:
            # Nobody sees that field: what happened to it is said above the others.
            self.form_errors.append(EXPIRED)
        else:
            g.form_was_checked = True
        return is_accepted

    @property
    def status(self) -> int:
        """The HTTP status with which to show the form: 422 after a refusal."""
        return 422 if self.errors else 200


class TapForm(Form):
    """One button: only the proof that the wish comes from our own page."""


def check_tap() -> None:
    """Accept the press of a button on our own page, or refuse with Invalid."""
    if not TapForm.from_request().accepted():
        raise Invalid(EXPIRED)
