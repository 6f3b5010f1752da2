"""Photos that the phone's share sheet sends where no service worker takes them: they become a draft on the server."""

import io

from flask import flash, redirect, request, url_for
from flask_login import current_user
from ulid import ULID

from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.forms import CONTROL, accepts_uploads, check_shared_by_phone
from marketplace.foundation.transactions import committed
from marketplace.selling.forms.photos import files_of
from marketplace.selling.models import DraftPurpose
from marketplace.selling.queries.drafts import get_draft
from marketplace.selling.services.drafts import MOST_PHOTOS, keep_draft
from marketplace.selling.services.uploads import keep_file, read_file
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.post_pages import DRAFT, LARGEST_POST_MEGABYTES, limit_posts

LONGEST_NAME = 80
LONGEST_DESCRIPTION = 2000


@pages.post("/jual/berbagi")
@open_to(signed_in)
@accepts_uploads(LARGEST_POST_MEGABYTES)
@limit_posts
def keep_shared():
    """A new draft with what was shared, and on to the page that posts it; what is no photo is said there."""
    check_shared_by_phone()
    most = MOST_PHOTOS[DraftPurpose.OWN_PRODUCT]
    files, fields = files_of(request.files.getlist("photos")), _fields_of_shared()
    if not files and not fields:
        return redirect(url_for(".post_product"), 303)
    if len(files) > most:
        flash(f"Paling banyak {most} foto. Yang lebih dari itu tidak kami simpan.")
    draft_id, order = str(ULID()), []
    _keep(draft_id, fields, order)
    for file in files[:most]:
        size = file.stream.seek(0, io.SEEK_END)
        file.stream.seek(0)
        # Decoding takes long: no transaction is open meanwhile.
        outcome = read_file(file.stream)
        if outcome.refusal:
            flash(outcome.refusal)
            continue
        with committed():
            draft = get_draft(current_user, draft_id)
            order.append(keep_file(current_user, draft, outcome, size, clock.now()).id)
        _keep(draft_id, fields, order)
    return redirect(url_for(".post_product", **{DRAFT: draft_id}), 303)


def _keep(draft_id: str, fields: dict[str, str], order: list[str]) -> None:
    with committed():
        keep_draft(current_user, draft_id, DraftPurpose.OWN_PRODUCT, fields, order, len(order) + 1, clock.now())


def _fields_of_shared() -> dict[str, str]:
    """Return what came along as the form's fields: a short line is the name, a caption the description."""
    title, text, url = (CONTROL.sub("", request.form.get(name, "")).strip() for name in ("title", "text", "url"))
    is_name = not title and len(text) <= LONGEST_NAME and not set(text) & set("\n:/")
    name = (title or (text if is_name else ""))[:LONGEST_NAME]
    description = "\n".join(part for part in ("" if is_name else text, url) if part)[:LONGEST_DESCRIPTION]
    return {field: said for field, said in (("name", name), ("description", description)) if said}
