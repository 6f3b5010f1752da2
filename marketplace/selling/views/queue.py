"""What waits to be sent: on this telephone, which its script shows, and on the server, from whichever telephone."""

from flask import render_template, url_for
from flask_login import current_user

from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.page_meta import PageMeta
from marketplace.kim.policy import coordinates_something
from marketplace.selling.models import DraftPurpose
from marketplace.selling.queries.drafts import list_waiting_drafts
from marketplace.selling.views.blueprint import pages

# The page on which a draft of each purpose goes on.
PAGES = {
    DraftPurpose.OWN_PRODUCT: "selling.post_product",
    DraftPurpose.PRODUCT_OF_SELLER: "selling.post_for_seller",
    DraftPurpose.ATTRACTION: "selling.post_attraction",
}


@pages.get("/jual/antrean")
@open_to(signed_in)
def show_queue():
    """The posts that are not sent yet and how far each has come."""
    drafts = [draft for draft in list_waiting_drafts(current_user) if draft.trashed_at is None]
    return render_template(
        "selling/show_queue.html",
        drafts=[(draft, url_for(PAGES[draft.purpose], draf=draft.id)) for draft in drafts],
        opens_files=coordinates_something(current_user),
        meta=PageMeta("Antrean kirim", "Kiriman Anda yang menunggu.", url_for(".show_queue"), robots="noindex"),
        section="jual",
    )
