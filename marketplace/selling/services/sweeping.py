"""Forgetting what nobody needs any more: drafts put away long ago, what was sent long ago, photos that never came."""

from datetime import datetime, timedelta

from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling.policy.drafts import may_sweep
from marketplace.selling.queries.drafts import list_drafts_to_forget, list_uploads_to_forget
from marketplace.selling.services.uploads import forget_uploads

KEPT_IN_TRASH = timedelta(days=30)
# Until then a telephone that was off may send its draft again and is told of the listing.
KEPT_AFTER_SENDING = timedelta(days=90)
KEPT_UNFINISHED = timedelta(days=30)
# So many in one transaction: others who write wait meanwhile on SQLite.
BATCH = 100


def sweep(actor: Actor, at: datetime) -> int:
    """Forget one batch of what is old enough, and the photos that nothing shows; return how many, 0 when all is done.

    A draft that waits to be sent is never forgotten, however old it is, nor are its photos that have arrived.
    """
    require(may_sweep(actor))
    drafts = list_drafts_to_forget(at - KEPT_IN_TRASH, at - KEPT_AFTER_SENDING, BATCH)
    forget_uploads(upload for draft in drafts for upload in draft.uploads)
    for draft in drafts:
        # Its uploads are gone: read anew, it has none that would have to let go of it.
        db.session.expire(draft, ["uploads"])
        db.session.delete(draft)
    db.session.flush()
    uploads = list_uploads_to_forget(at - KEPT_UNFINISHED, BATCH)
    forget_uploads(uploads)
    return len(drafts) + len(uploads)
