"""Which KIM a person works for."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimMember, KimStatus, MemberRole


def list_coordinated_kim(actor: Actor) -> list[Kim]:
    """Return the active KIM whose sellers this person looks after; none for visitors and the console."""
    if not actor.is_authenticated or actor.is_console:
        return []
    return list(
        db.session.scalars(
            select(Kim)
            .join(KimMember, KimMember.kim_id == Kim.id)
            .where(
                KimMember.user_id == actor.id,
                KimMember.role == MemberRole.COORDINATOR,
                Kim.status == KimStatus.ACTIVE,
            )
            .options(joinedload(Kim.village), joinedload(Kim.district))
            .order_by(Kim.registered_on, Kim.id)
        )
    )
