"""Pages on which something is posted: in one go without a script, and what was sent is kept until it is right."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask_login import current_user
from ulid import ULID

from marketplace.foundation import clock
from marketplace.foundation.converters import ULID as ULID_PATTERN
from marketplace.foundation.errors import Invalid
from marketplace.foundation.forms import Form, TapForm
from marketplace.foundation.limits import limiter
from marketplace.foundation.transactions import committed
from marketplace.selling.errors import DraftChanged, DraftSent, NoSuchDraft, PhotosMissing
from marketplace.selling.forms.photos import Tile, files_of, order_of, texts_of
from marketplace.selling.forms.posts import FORMS
from marketplace.selling.models import Draft, DraftPurpose, name_of_text
from marketplace.selling.queries.drafts import find_draft, get_draft, is_of_another
from marketplace.selling.services.drafts import MOST_PHOTOS, keep_draft, restore_draft, send_draft
from marketplace.selling.services.uploads import keep_file, read_file
from marketplace.selling.views.uploads import person

DRAFT = "draf"
OF_ANOTHER = "Draf ini dibuat dengan akun lain. Isian Anda masih di sini; pilih fotonya lagi, lalu kirim."
# Photos as phones take them; a script sends them smaller, and one by one.
LARGEST_POST_MEGABYTES = 100
TOO_OFTEN = "Terlalu sering mengirim. Tunggu satu jam, lalu kembali ke halaman sebelumnya; isian Anda masih di sana."
# Photos that come whole are decoded while their sender waits.
limit_posts = limiter.shared_limit(
    "120 per hour", scope="posts with photos", key_func=person, methods=["POST"], error_message=TOO_OFTEN
)


@dataclass(frozen=True)
class PostPage:
    """The page of one purpose; `show` draws it from the form and the names that all such pages have."""

    purpose: DraftPurpose
    show: Callable[..., str]

    @property
    def most_photos(self) -> int:
        return MOST_PHOTOS[self.purpose]

    def answer(self):
        """Show the form, or keep what was sent and post it; what cannot be posted yet is shown again with 422."""
        form = FORMS[self.purpose].from_request()
        if not form.is_submitted():
            return self._begin(request.args.get(DRAFT, ""))
        draft_id = request.form.get("draft", "")
        if not TapForm.from_request().accepted():
            form.accepted()
            draft_id = _own_id(draft_id)
            return self._show(form, draft_id, find_draft(current_user, draft_id))
        draft_id = draft_id if re.fullmatch(ULID_PATTERN, draft_id) else str(ULID())
        try:
            draft, photo_errors = self._keep(draft_id, form)
            if not form.accepted() or photo_errors:
                return self._show(form, draft_id, draft, photo_errors)
            listing = send_draft(current_user, draft, form.values(), clock.now())
        except NoSuchDraft as refusal:
            # The page was opened by another person on this telephone: what was typed goes on as this person's own.
            form.form_errors.append(OF_ANOTHER)
            return self._show(form, str(ULID()))[0], refusal.status
        except DraftSent as sent:
            return redirect(url_for("selling.show_sent", id=sent.listing_id), 303)
        except (DraftChanged, PhotosMissing) as refusal:
            # Another page of the same person changes the draft at this moment.
            form.form_errors.append(refusal.user_message)
            return self._show(form, draft_id, find_draft(current_user, draft_id))[0], refusal.status
        except Invalid as refusal:
            photo_errors = [refusal.user_message] if refusal.field == "photos" else []
            if refusal.field in form:
                form[refusal.field].errors = [refusal.user_message]
            elif not photo_errors:
                form.form_errors.append(refusal.user_message)
            return self._show(form, draft_id, find_draft(current_user, draft_id), photo_errors)
        return redirect(url_for("selling.show_sent", id=listing.id), 303)

    def _begin(self, draft_id: str):
        """Show an empty form, or one that was begun on another telephone and never sent."""
        draft = find_draft(current_user, draft_id) if re.fullmatch(ULID_PATTERN, draft_id) else None
        if draft is not None and draft.purpose is not self.purpose:
            draft, draft_id = None, ""
        if draft is not None and draft.listing_id is not None:
            return redirect(url_for("selling.show_sent", id=draft.listing_id))
        form_class = FORMS[self.purpose]
        # What was typed is read as a telephone sends it, and shown in a form that this page sends with a token.
        form = form_class(formdata=None, data=form_class.from_fields(draft.fields).data if draft else None)
        return self._show(form, draft.id if draft else _own_id(draft_id), draft)

    def _keep(self, draft_id: str, form: Form) -> tuple[Draft, list[str]]:
        """Keep what was typed and each photo that can be used; return the draft, and what is wrong with the others.

        Photos are decoded outside of a transaction: others write meanwhile. Then everything is kept at once, so that
        of a form that is sent twice at one moment each has its photos together.
        """
        now, order = clock.now(), order_of(request.form)
        texts = texts_of(request.form, order)
        fields = form.fields | {name_of_text(key): text for key, text in texts.items() if text}
        with committed():
            draft = find_draft(current_user, draft_id)
            arrived = {upload.id for upload in draft.uploads if upload.photo_id} if draft else set()
            order = [key for key in order if key in arrived]
            if draft is None:
                self._keep_order(draft_id, fields, order, now)
        errors, outcomes = [], []
        files = files_of(request.files.getlist("photos"))
        if len(order) + len(files) > self.most_photos:
            errors.append(f"Paling banyak {self.most_photos} foto. Yang lebih dari itu tidak kami simpan.")
        for number, file in enumerate(files[: self.most_photos - len(order)], start=len(order) + 1):
            size = file.stream.seek(0, io.SEEK_END)
            file.stream.seek(0)
            outcome = read_file(file.stream)
            if outcome.refusal:
                errors.append(f"Foto ke-{number}: {outcome.refusal}")
            else:
                outcomes.append((outcome, size))
        with committed():
            draft = get_draft(current_user, draft_id, to_change=True)
            if draft.trashed_at is not None and draft.listing_id is None:
                # Put away on the telephone, and gone on with on this page: nobody wants it forgotten.
                restore_draft(current_user, draft)
            self._keep_order(draft_id, fields, order, now)
            for outcome, size in outcomes:
                # Named at once: what a full draft does not name makes room for the next.
                order.append(keep_file(current_user, draft, outcome, size, now).id)
                self._keep_order(draft_id, fields, order, now)
        return get_draft(current_user, draft_id), errors

    def _keep_order(self, draft_id: str, fields: dict, order: list[str], now) -> None:
        draft = find_draft(current_user, draft_id, to_change=True)
        revision = draft.revision + 1 if draft else 1
        keep_draft(current_user, draft_id, self.purpose, fields, order, revision, now)

    def _show(self, form: Form, draft_id: str, draft: Draft | None = None, photo_errors: list[str] | None = None):
        uploads = {upload.id: upload for upload in draft.uploads} if draft else {}
        kept = [
            Tile(key, uploads[key].photo, draft.fields.get(name_of_text(key), ""))
            for key in (draft.photo_order if draft else [])
            if key in uploads
        ]
        is_refused = form.is_submitted() and request.method == "POST"
        page = self.show(
            form,
            draft_id=draft_id,
            kept=[tile for tile in kept if tile.photo],
            photo_errors=photo_errors or [],
            most_photos=self.most_photos,
        )
        return page, 422 if is_refused else 200


def _own_id(text: str) -> str:
    """Return the id that the page has, or a new one where that is none, or is somebody else's draft."""
    is_id = re.fullmatch(ULID_PATTERN, text)
    return text if is_id and not is_of_another(current_user, text) else str(ULID())
