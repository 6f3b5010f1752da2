"""Reading the outbox as one index does, which may be one of many."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import Row, delete, func, or_, select, true
from sqlalchemy.engine import make_url

from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.outbox import Change, Subject
from marketplace.search.index.state import LONGEST_TRANSACTION, Gap, State
from marketplace.umkm.models import Business

# A node that was away for longer builds its index anew.
KEPT = timedelta(days=7)
# How many gaps are asked for in one statement: SQLite refuses conditions that are nested too deeply.
GAPS_AT_ONCE = 200

changes, listings, businesses, categories = (model.__table__ for model in (Change, Listing, Business, Category))
# By the length of the code; there is but one province.
COLUMN_OF_LEVEL = {5: listings.c.regency_code, 8: listings.c.district_code, 13: listings.c.village_code}


def state_now(version: str) -> State:
    """Return the state of an index that is made of what the database holds from here on."""
    now = clock.now()
    # What was noted longer ago than any transaction lasts is complete; above it ids may be missing for a while.
    complete = db.session.scalar(
        select(func.max(changes.c.id)).where(changes.c.noted_at < now - timedelta(seconds=LONGEST_TRANSACTION))
    )
    last_id = complete or 0
    before = func.lag(changes.c.id, 1, last_id).over(order_by=changes.c.id).label("before")
    pairs = select(changes.c.id, before).where(changes.c.id > last_id).subquery()
    gaps = tuple(
        Gap(row.before + 1, row.id - 1, now.timestamp())
        for row in db.session.execute(select(pairs).where(pairs.c.id > pairs.c.before + 1).order_by(pairs.c.id))
    )
    highest = db.session.scalar(select(func.max(changes.c.id)))
    return State(version, database_name(), max(last_id, highest or 0), gaps, now.timestamp())


def database_name() -> str:
    """Return what tells this database from others, without saying where it is."""
    url = make_url(current_app.extensions["settings"].database_url)
    # A socket's folder stands in the query, as passwords may, which change.
    options = url.query
    host = options.get("host", url.host)
    address = f"{url.get_backend_name()}://{host}:{url.port}/{url.database}"
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def read_changes(state: State, limit: int) -> list[Row]:
    """Return rows that an index in this state has not applied, by id: all late ones, and the next new ones."""
    columns = select(changes.c.id, changes.c.subject, changes.c.key)
    rows: list[Row] = []
    for start in range(0, len(state.gaps), GAPS_AT_ONCE):
        gaps = state.gaps[start : start + GAPS_AT_ONCE]
        rows += db.session.execute(columns.where(or_(*(changes.c.id.between(gap.first, gap.last) for gap in gaps))))
    rows.sort(key=lambda row: row.id)
    rows += db.session.execute(columns.where(changes.c.id > state.last_id).order_by(changes.c.id).limit(limit))
    return rows


def count_waiting(state: State) -> int:
    """Return how many rows an index in this state has not read yet."""
    return db.session.scalar(select(func.count()).select_from(changes).where(changes.c.id > state.last_id))


def has_missed_changes(state: State) -> bool:
    """Tell whether rows were removed that an index in this state has not read, or its database was put back."""
    oldest, newest = db.session.execute(select(func.min(changes.c.id), func.max(changes.c.id))).one()
    if newest is None or newest < state.last_id:
        # The newest row is never removed: whoever has read it and does not find it reads another past.
        return state.last_id > 0
    was_away_for_long = clock.now().timestamp() - state.caught_up_at > KEPT.total_seconds() / 2
    return was_away_for_long and oldest > state.last_id + 1


def remove_old_changes(now: datetime) -> None:
    """Remove what every index has read or will never need, but the newest row, by which the others are told."""
    newest = select(func.max(changes.c.id)).scalar_subquery()
    db.session.execute(delete(changes).where(changes.c.noted_at < now - KEPT, changes.c.id < newest))


def ids_concerned(subject: Subject, key: str) -> Iterator[int]:
    """Yield the listings whose documents show this, whether or not they are public."""
    match subject:
        case Subject.LISTING:
            yield int(key)
            return
        case Subject.BUSINESS:
            condition = listings.c.business_id == int(key)
        case Subject.KIM:
            condition = listings.c.business_id.in_(select(businesses.c.id).where(businesses.c.kim_id == int(key)))
        case Subject.CATEGORY:
            shelves = select(categories.c.id).where(
                (categories.c.id == int(key)) | (categories.c.parent_id == int(key))
            )
            condition = listings.c.category_id.in_(shelves)
        case Subject.PLACE:
            condition = COLUMN_OF_LEVEL[len(key)] == key if len(key) in COLUMN_OF_LEVEL else true()
    yield from db.session.scalars(select(listings.c.id).where(condition))
