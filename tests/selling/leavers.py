"""What people leave behind who leave."""

from ulid import ULID

from marketplace.accounts.models import Device, User
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.photos.models import Photo
from marketplace.selling.models import Draft, DraftPurpose, Upload


def a_draft(person: User, *, photo: Photo | None = None, **columns) -> Draft:
    """A draft of this person, with a photo that has arrived where one is given."""
    draft = Draft(
        id=str(ULID()),
        user_id=person.id,
        purpose=DraftPurpose.OWN_PRODUCT,
        fields={"name": "Keripik setengah jadi"},
        photo_order=[],
        revision=1,
        created_at=clock.now(),
        updated_at=clock.now(),
        **columns,
    )
    db.session.add(draft)
    db.session.flush()
    if photo is not None:
        upload = Upload(
            id=str(ULID()),
            draft_id=draft.id,
            size=10,
            received=10,
            photo_id=photo.id,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        db.session.add(upload)
        db.session.flush()
    return draft


def a_device(person: User) -> Device:
    """A browser that keeps this person signed in."""
    now = clock.now()
    device = Device(
        user_id=person.id, secret_hash="a" * 64, rotated_at=now, name="HP Siti", created_at=now, last_seen_at=now
    )
    db.session.add(device)
    db.session.flush()
    return device
