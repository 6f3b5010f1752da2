"""Drafts as a telephone keeps them on the server, and the moment in which one becomes a listing."""

from functools import wraps

from flask import Response, jsonify
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.error_pages import answers_in_json
from marketplace.foundation.errors import Invalid
from marketplace.foundation.forms import check_token_of_script, token_for_scripts
from marketplace.foundation.limits import limiter
from marketplace.foundation.transactions import committed
from marketplace.selling.errors import DraftChanged, DraftSent, PhotosMissing
from marketplace.selling.forms.posts import FORMS
from marketplace.selling.forms.sent import SentDraft
from marketplace.selling.queries import drafts as queries
from marketplace.selling.services import drafts
from marketplace.selling.shown import draft_in_json, listing_in_json
from marketplace.selling.views.blueprint import pages
from marketplace.selling.views.uploads import TOO_OFTEN, person, settle

# Under this name stands what is not the fault of one field.
WHOLE_FORM = "form"


def answers_for_drafts(view):
    """Tell scripts what the draft has become, or what another telephone made of it, where that is why they are refused."""

    @wraps(view)
    def answer(*arguments, **options):
        try:
            return view(*arguments, **options)
        except DraftSent as refusal:
            return listing_in_json(refusal.listing_id), refusal.status
        except DraftChanged as refusal:
            return {"draft": draft_in_json(refusal.draft)}, refusal.status

    return answer


@pages.get("/jual/sesi")
@open_to(signed_in)
@answers_in_json
def show_session():
    """Who is signed in, and the token with which scripts write."""
    return _private({"person": current_user.id, "name": current_user.name, "token": token_for_scripts()})


@pages.get("/jual/draf")
@open_to(signed_in)
@answers_in_json
def list_drafts():
    """The drafts of the visitor that have not been sent, from whichever telephone."""
    return _private({"drafts": [draft_in_json(draft) for draft in queries.list_waiting_drafts(current_user)]})


@pages.get("/jual/draf/<ulid:draft_id>")
@open_to(signed_in)
@answers_in_json
@answers_for_drafts
def show_draft(draft_id: str):
    """One draft of the visitor; one that was sent tells its listing."""
    draft = queries.get_draft(current_user, draft_id)
    if draft.listing_id is not None:
        raise DraftSent(draft.listing_id)
    return _private(draft_in_json(draft))


@pages.put("/jual/draf/<ulid:draft_id>")
@open_to(signed_in)
@answers_in_json
@limiter.limit("300 per minute", key_func=person, error_message=TOO_OFTEN)
@answers_for_drafts
def keep_draft(draft_id: str):
    """A draft as the telephone has it now."""
    check_token_of_script()
    draft = _keep(draft_id, SentDraft.from_request())
    return {"revision": draft.revision}


@pages.delete("/jual/draf/<ulid:draft_id>")
@open_to(signed_in)
@answers_in_json
@limiter.limit("300 per minute", key_func=person, error_message=TOO_OFTEN)
@answers_for_drafts
def trash_draft(draft_id: str):
    """Puts a draft away."""
    check_token_of_script()
    draft = queries.get_draft(current_user, draft_id, to_change=True)
    drafts.trash_draft(current_user, draft, clock.now())
    return "", 204


@pages.post("/jual/draf/<ulid:draft_id>/pulihkan")
@open_to(signed_in)
@answers_in_json
@limiter.limit("300 per minute", key_func=person, error_message=TOO_OFTEN)
@answers_for_drafts
def restore_draft(draft_id: str):
    """Brings a draft back that was put away."""
    check_token_of_script()
    drafts.restore_draft(current_user, queries.get_draft(current_user, draft_id, to_change=True))
    return "", 204


@pages.post("/jual/draf/<ulid:draft_id>/kirim")
@open_to(signed_in)
@answers_in_json
@limiter.limit("120 per minute", key_func=person, error_message=TOO_OFTEN)
@answers_for_drafts
def send_draft(draft_id: str):
    """Makes a listing of a draft, once, however often it is sent; what cannot be sent yet is kept all the same."""
    check_token_of_script()
    sent = SentDraft.from_request()
    try:
        with committed():
            revision = _keep(draft_id, sent).revision
    except DraftSent as already:
        return listing_in_json(already.listing_id)
    _settle_what_has_arrived(draft_id)
    form_of_purpose = FORMS.get(sent.purpose)
    form = form_of_purpose.from_fields(sent.fields) if form_of_purpose else None
    if form is None or not form.validate():
        return {"errors": form.errors if form else {WHOLE_FORM: [Invalid.user_message]}}, 422
    at = clock.now()
    try:
        draft = queries.get_draft(current_user, draft_id, to_change=True)
        listing = drafts.send_draft(current_user, draft, form.values(), at, revision=revision)
    except PhotosMissing as refusal:
        return {"missing": refusal.upload_ids}, refusal.status
    except Invalid as refusal:
        return {"errors": {refusal.field or WHOLE_FORM: [refusal.user_message]}}, refusal.status
    return listing_in_json(listing.id), 201 if draft.sent_at == at else 200


def _keep(draft_id: str, sent: SentDraft):
    return drafts.keep_draft(current_user, draft_id, sent.purpose, sent.fields, sent.photos, sent.revision, clock.now())


def _settle_what_has_arrived(draft_id: str) -> None:
    """Finish photos whose last piece came in a request that did not live to make a photo of them."""
    with committed():
        draft = queries.get_draft(current_user, draft_id)
        waiting = [(upload.id, upload.size) for upload in draft.uploads if upload.has_arrived and not upload.is_settled]
    for upload_id, size in waiting:
        settle(upload_id, size)


def _private(answer: dict) -> Response:
    response = jsonify(answer)
    response.cache_control.no_store = True
    return response
